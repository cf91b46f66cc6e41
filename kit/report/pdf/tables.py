"""The kit's tables made ready for typst: whatever can be decided about a cell is decided here.

A closure called for a cell costs typst about as much as setting its text, so most cells are plain strings. A cell that
needs more is a dict: ``text`` with ``name`` (a line in bold over it), ``hidden`` (digits not shown, so that decimal
commas stand in a line), ``status`` and ``words`` (a badge after the text), ``total`` (of a total row), ``long`` (of a
row that may run over two pages) and ``column`` (the position of its column, for a word that may be wider than it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from kit.report.columns import Page, first_lines, fitted_widths, named
from kit.report.letters import widest

_ROOM = 162 / 25.4 * 72  # points between the margins
_INSET = 9.0  # points of a column that are not its text's
_LETTER = 0.75  # of the size: letters of a word are on average never wider, in bold neither
_LEAST_LETTERS = 3
_MEASURED = 3
_LONG_CELL = 600
_PITCH, _LEAD, _ROW_INSET = 1.16, 0.5, 10.0  # of lines, in sizes; of a row, in points (tables.typ)
_CAPTION, _CAPTION_LETTERS = 22.0, 70  # points and letters of a line of the caption
_LEAST_START, _MOST_START = 85.0, 200.0  # points
_SHORT_ROWS, _SHORT_HEIGHT = 8, 150.0  # a table of at most so many rows and points stays whole
_FIRST_ROWS = 2  # that stand under the head before a table breaks
_NUMBER = re.compile(r"[-+−–]?[\d.]+(,\d+)?( ?%)?")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class _Column:
    """A column's texts, title first, and what they need: ``digits`` hides, ``limit`` letters surely fit ``width``."""

    at: int
    size: int
    width: float
    limit: int
    texts: tuple[str, ...]
    align: str
    named: bool = False

    @property
    def doubtful(self) -> list[str]:
        """The longest of the words that may be wider than the column, for typst to measure."""
        return sorted(self.wide, key=lambda word: (-len(word), word))[:_MEASURED]

    @cached_property
    def wide(self) -> frozenset[str]:
        """The words that may be wider than the column."""
        words = {word for text in set(self.texts) if len(text) >= self.limit for word in text.split()}
        return frozenset(w for w in words if len(w) >= self.limit and widest(w) * self.size > self.width)

    @property
    def fraction(self) -> str:
        """The longest decimal fraction of a column of numbers, as ``,00``; blank where nothing is to be aligned."""
        if self.align != "right":
            return ""
        found = [number for text in self.texts[1:] if (number := _NUMBER.fullmatch(text))]
        if any(number[2] for number in found):
            return ""
        digits = max((len(number[1] or "") for number in found), default=0)
        return "," + "0" * (digits - 1) if digits else ""

    def cells(self) -> list[dict]:
        """Return the cells, title first, with what this column makes of them."""
        fraction, wide = self.fraction, self.wide
        return [
            self._said(text, y)
            | ({"hidden": hidden} if y and (hidden := _hidden(text, fraction)) else {})
            | ({"column": self.at} if wide and not wide.isdisjoint(text.split()) else {})
            for y, text in enumerate(self.texts)
        ]

    def _said(self, text: str, y: int) -> dict:
        name, _, rest = text.partition("\n")
        return {"name": name, "text": rest} if self.named and y else {"text": text}


def with_cells(tree: dict) -> dict:
    """Return the tree with its kit tables as the template takes them, and without what is only for downloads."""
    return {**tree, "nodes": [_prepared(node) for node in tree["nodes"]]}


def _prepared(node: dict) -> dict:
    if node["kind"] == "table":
        return _table(node)
    return {**node, "data": []} if node["kind"] == "figure" else node


def _table(node: dict) -> dict:
    size = 10 if len(node["columns"]) > 7 else 11
    page = Page(_ROOM, size, _INSET)
    widths = fitted_widths(node, page)
    columns = _columns(node, size, widths)
    head, *rows = zip(*(column.cells() for column in columns), strict=True) if columns else [()]
    return {
        **{key: node[key] for key in ("kind", "caption", "empty_text")},
        "size": size,
        "columns": [
            {"share": column.width + _INSET, "width": column.width, "limit": column.limit}
            | {"align": column.align, "doubtful": column.doubtful}
            for column in columns
        ],
        "start": _start(node, page, widths) if node["columns"] else _LEAST_START,
        "head": [_simple(cell) for cell in head],
        "rows": [
            [_simple({**cell, **more}) for cell, more in zip(row, _more(node, y), strict=True)]
            for y, row in enumerate(rows)
        ],
        "short": len(rows) <= _SHORT_ROWS and _height(node, page, widths, len(rows)) <= _SHORT_HEIGHT,
        "notes": [text for text in (node["hidden_note"], node["note"]) if text],
    }


def _columns(node: dict, size: int, widths: Sequence[float]) -> list[_Column]:
    made = []
    for at, (column, whole) in enumerate(zip(node["columns"], widths, strict=True)):
        width = whole - _INSET
        limit = max(_LEAST_LETTERS, int(width / (size * _LETTER)))
        texts = (column["title"], *(row[at] for row in node["rows"]))
        made.append(_Column(at, size, width, limit, texts, column["align"], named(node, at)))
    return made


def _start(node: dict, page: Page, widths: Sequence[float]) -> float:
    """Return the room that caption, head and first rows need: with less a table begins on the next page."""
    return min(max(_height(node, page, widths, _FIRST_ROWS), _LEAST_START), _MOST_START)


def _height(node: dict, page: Page, widths: Sequence[float], rows: int) -> float:
    """Return about how high caption, head and so many rows are, in points."""
    lines = first_lines(node, page, widths, rows)
    caption = _CAPTION * ceil(len(node["caption"]) / _CAPTION_LETTERS)
    return caption + sum(page.size * (_PITCH * count - _LEAD) + _ROW_INSET for count in lines)


def _more(node: dict, y: int) -> list[dict]:
    """Return what the row ``y`` adds to each of its cells."""
    row = node["rows"][y]
    shared = {"total": True} if y in node["totals"] else {}
    if any(len(text) > _LONG_CELL for text in row):
        shared["long"] = True
    made = [shared] * len(row)
    at, status = node["status_column"], node["status"][y] if y < len(node["status"]) else ""
    if status and 0 <= at < len(row):
        words = node["words"].get(status, "")
        badge = {"words": words} if _DIGIT.search(row[at]) else {"text": "", "words": row[at] or words}
        made[at] = {**shared, "status": status, **badge}
    return made


def _hidden(text: str, fraction: str) -> str:
    number = _NUMBER.fullmatch(text) if fraction else None
    return fraction[len(number[1] or "") :] if number else ""


def _simple(cell: dict) -> dict | str:
    return cell["text"] if len(cell) == 1 else cell
