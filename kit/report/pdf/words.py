"""The longest words of each table column, found here because typst would need a regular expression for every cell."""

from __future__ import annotations

_SHORT = 5  # words up to this many letters fit any column
_MEASURED = 3
_LEAST_WIDTH = 0.1  # a share of nothing would leave a column without room


def with_longest(tree: dict) -> dict:
    """Return the tree whose kit tables have ``longest`` in each column: its few longest words, the title's included."""
    return {**tree, "nodes": [_measured(node) if node["kind"] == "table" else node for node in tree["nodes"]]}


def _measured(table: dict) -> dict:
    texts = zip(*table["rows"], strict=True) if table["rows"] else [()] * len(table["columns"])
    columns = [
        {**column, "width": max(column["width"], _LEAST_WIDTH), "longest": _longest((column["title"], *values))}
        for column, values in zip(table["columns"], texts, strict=True)
    ]
    return {**table, "columns": columns}


def _longest(texts: tuple[str, ...]) -> list[str]:
    words = {word for text in set(texts) for word in text.split() if len(word) > _SHORT}
    return sorted(words, key=lambda word: (-len(word), word))[:_MEASURED]
