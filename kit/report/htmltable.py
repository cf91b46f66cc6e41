"""HTML tables as grid nodes: every cell with its place, so that an exporter need not resolve spans.

A grid node is ``{"kind": "grid", "columns": n, "head": h, "rows": r, "shares": [...], "cells": [...]}``: ``head`` is
the number of header rows, ``shares`` the suggested relative widths. A cell is ``{"x", "y", "colspan", "rowspan",
"header", "align", "blocks"}``. Spans never overlap, never leave the grid and never cross from the header into the body.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace

from bs4 import Tag

Blocks = Callable[[Tag], list[dict]]
_NUMBER = re.compile(r"[-+−–]?[\d.,\s]*\d[\d.,]*\s*%?")
_BLANK = frozenset({"", "-", "–", "nan", "nat", "none", "<na>"})
MOST_COLUMNS = 400
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")


def grid(table: Tag, blocks: Blocks) -> list[dict]:
    """Return ``table`` as caption paragraph (if any) and grid node; an empty table gives its caption only."""
    caption = table.find("caption", recursive=False)
    made = blocks(SimpleNamespace(children=list(_loose(table)))) + (blocks(caption) if caption else [])
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    rows, head = _joined_head(rows, _header_rows(rows))
    cells = [*_placed(rows[:head], 0), *_placed(rows[head:], head)]
    if not cells:
        return made
    columns = max(cell["x"] + cell["colspan"] for cell, _ in cells)
    shares = _shares(cells, columns)
    aligned = _aligned(cells, head, columns)
    nodes = [{**cell, "align": align, "blocks": blocks(tag)} for (cell, tag), align in zip(cells, aligned, strict=True)]
    node = {"kind": "grid", "columns": columns, "rows": len(rows), "head": head, "shares": shares, "cells": nodes}
    return [*made, node]


def _loose(parent: Tag) -> Iterator:
    """Yield what stands in a table outside its cells; browsers show it before the table."""
    for child in parent.children:
        name = child.name if isinstance(child, Tag) else ""
        if name in ("thead", "tbody", "tfoot", "tr"):
            yield from _loose(child)
        elif name not in ("caption", "colgroup", "col", "td", "th"):
            yield child


def _header_rows(rows: list[Tag]) -> int:
    in_head = [row.parent.name == "thead" for row in rows]
    if any(in_head):
        return in_head.index(False) if False in in_head else len(rows)
    first = rows[0].find_all(["th", "td"], recursive=False) if rows else []
    return 1 if len(rows) > 1 and first and all(cell.name == "th" for cell in first) else 0


def _joined_head(rows: list[Tag], head: int) -> tuple[list[Tag], int]:
    """Join two header rows that fill each other's gaps: pandas names its index in a row of its own, else empty."""
    above, below = ([_cells(row) for row in rows[:2]]) if head == 2 else ([], [])
    spanned = any(tag.has_attr("colspan") or tag.has_attr("rowspan") for tag in (*above, *below))
    if not above or spanned or len(above) != len(below):
        return rows, head
    filled = [(_text(upper), _text(lower)) for upper, lower in zip(above, below, strict=True)]
    if any(upper and lower for upper, lower in filled):
        return rows, head
    joined = copy.copy(rows[0])
    for cell, lower, (upper_text, _) in zip(_cells(joined), below, filled, strict=True):
        if not upper_text:
            cell.replace_with(copy.copy(lower))
    return [joined, *rows[2:]], 1


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["th", "td"], recursive=False)


def _text(tag: Tag) -> str:
    return tag.get_text(strip=True) or ("img" if tag.find("img") else "")


def _span(tag: Tag, name: str) -> int:
    text = str(tag.get(name, "1")).strip()
    return max(1, int(text)) if re.fullmatch(r"\d{1,4}", text) else 1


def _placed(rows: list[Tag], first: int) -> list[tuple[dict, Tag]]:
    """Give each cell of a section its column and row, as the HTML table model does."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for y, row in enumerate(rows):
        x = 0
        for tag in row.find_all(["th", "td"], recursive=False):
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            wide = next((n for n in range(1, _span(tag, "colspan")) if (x + n, y) in taken), _span(tag, "colspan"))
            wide, tall = min(wide, MOST_COLUMNS - x), min(_span(tag, "rowspan"), len(rows) - y)
            taken |= {(x + i, y + j) for i in range(wide) for j in range(tall)}
            cell = {"x": x, "y": y + first, "colspan": wide, "rowspan": tall, "header": tag.name == "th"}
            placed.append((cell, tag))
            x += wide
    return placed


def _shares(cells: list[tuple[dict, Tag]], columns: int) -> list[float]:
    """Return relative column widths from the texts: longest word at least, then damped text length."""
    longest = [2.0] * columns
    for cell, tag in cells:
        if cell["colspan"] == 1:
            text = tag.get_text(" ", strip=True)[:400]
            word = max((len(part) for part in text.split()), default=0)
            wanted = max(min(word, 24) + 1, 4 * math.sqrt(len(text)))
            longest[cell["x"]] = max(longest[cell["x"]], wanted)
    return [round(share, 2) for share in longest]


def _aligned(cells: list[tuple[dict, Tag]], head: int, columns: int) -> list[str]:
    """Return the alignment of each cell: its own style, otherwise right in a column of numbers."""
    texts: list[list[str]] = [[] for _ in range(columns)]
    for cell, tag in cells:
        text = tag.get_text(strip=True)
        if cell["y"] >= head and cell["colspan"] == 1 and text.casefold() not in _BLANK:
            texts[cell["x"]].append(text)
    usual = ["right" if found and all(map(_NUMBER.fullmatch, found)) else "left" for found in texts]
    return [_own_align(tag) or ("center" if cell["colspan"] > 1 else usual[cell["x"]]) for cell, tag in cells]


def _own_align(tag: Tag) -> str:
    found = _ALIGN.search(str(tag.get("style", "")))
    given = found[1] if found else str(tag.get("align", ""))
    return given if given in ("left", "right", "center") else ""
