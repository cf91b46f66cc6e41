"""How an entry workbook looks: cell formats, column widths, row heights."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from kit.collect.workbook_layout import Column

_LINE = 16.5  # points that one line of 12-point text needs
_TALLEST_ROW = 409  # points, Excel's limit
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_HEADER = _FONT | {
    "bold": True,
    "font_size": 11,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "border": 1,
}
_LINES = {"border": 1, "border_color": "#BFC9D4"}
_BODY = _FONT | _LINES | {"valign": "top", "locked": False}
_GUIDE = _FONT | {"valign": "vcenter"}
_GUIDE_CELL = _GUIDE | _LINES
_DARK = "#1F3864"
_LOOKS = {
    "required": _HEADER | {"bg_color": "#CFE2F3"},
    "optional": _HEADER | {"bg_color": "#EEEEEE"},
    "text": _BODY | {"text_wrap": True, "num_format": "@"},
    "choice": _BODY | {"text_wrap": True},
    "mark": _BODY | {"align": "center"},
    "date": _BODY | {"align": "center", "num_format": "dd/mm/yyyy"},
    "count": _BODY | {"num_format": "#,##0"},
    "amount": _BODY,
    "key": _BODY | {"num_format": "@", "font_color": "#44546A", "bg_color": "#F7F9FB"},
    "spare": _FONT | {"locked": False},
    "heading": _FONT | {"bg_color": _DARK, "font_color": "#FFFFFF", "valign": "vcenter"},
    "heading-title": _FONT | {"bold": True, "font_size": 15, "font_color": "#FFFFFF"},
    "heading-text": _FONT | {"font_color": "#FFFFFF"},
    "counter": _FONT
    | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#E2EFDA"}
    | {"font_color": "#375623", "font_size": 11},
    "missing-count": {"bg_color": "#F8CBAD", "font_color": "#9C0006"},
    "missing": {"bg_color": "#F8CBAD"},
    "advised": {"bg_color": "#FFF2CC"},
    "guide": _GUIDE,
    "guide-title": _GUIDE | {"bold": True, "font_size": 20, "font_color": _DARK},
    "guide-unit": _GUIDE | {"bold": True, "font_size": 14},
    "guide-section": _GUIDE | {"bold": True, "font_size": 14, "font_color": _DARK},
    "guide-number": _GUIDE | {"align": "center", "valign": "top", "bold": True, "font_color": _DARK},
    "guide-text": _GUIDE | {"text_wrap": True, "valign": "top"},
    "guide-strong": _GUIDE | {"text_wrap": True, "valign": "top", "bg_color": "#FFF2CC"},
    "guide-head": _GUIDE_CELL | {"bold": True, "align": "center", "bg_color": "#CFE2F3"},
    "guide-cell": _GUIDE_CELL | {"text_wrap": True},
    "guide-center": _GUIDE_CELL | {"align": "center"},
    "guide-link": _GUIDE_CELL | {"font_color": "#0563C1", "underline": 1},
    "guide-date": _GUIDE_CELL | {"align": "center", "num_format": "dd/mm/yyyy"},
    "guide-deadline": _GUIDE_CELL | {"align": "center", "num_format": "dd/mm/yyyy", "bold": True},
}
_WIDTHS = {"date": 13, "integer": 11, "number": 13, "boolean": 11, "list": 28}
_WIDE = {"text": 90, "description": 60, "title": 55, "proposal": 45, "evidence": 36}
_MIDDLE = {"coordinating": 34, "lead": 26, "inspected": 28, "agency": 30, "position": 28, "full_name": 24}
_MIDDLE |= {
    "group": 20,
    "form": 26,
    "kind": 26,
    "category": 30,
    "source": 34,
    "prepared_by": 24,
    "approved_by": 24,
    "period": 32,
}


def formats_of(book: Any) -> dict[str, Any]:
    """Add the formats to an XlsxWriter workbook; look name → format."""
    return {name: book.add_format(properties) for name, properties in _LOOKS.items()}


def header_of(column: Column, primary_key: Sequence[str]) -> str:
    """Return the look of a column's title: required fields stand out; an inline product is optional as a whole."""
    needed = column.field.required or column.field.name in primary_key
    return "required" if needed and not column.inline else "optional"


def body_of(column: Column) -> str:
    """Return the look of a column's cells."""
    field = column.field
    if column.mark or field.type == "boolean":
        return "mark"
    by_type = {"date": "date", "integer": "count", "number": "amount"}
    return by_type.get(field.type, "choice" if field.codelist else "text")


def width_of(column: Column) -> float:
    """Return the column's width in characters."""
    if column.mark:
        return 13
    name = column.field.name
    if column.inline and name == "title":
        return 40
    if column.field.references:
        return 38  # a key with its title
    return _WIDE.get(name) or _MIDDLE.get(name) or _WIDTHS.get(column.field.type, 16)


def header_height(columns: Iterable[Column]) -> float:
    """Return the height in points that shows every title whole."""
    return height_of([(column.title, width_of(column)) for column in columns], margin=6)


def height_of(texts: Iterable[tuple[str, float]], *, margin: float = 1) -> float:
    """Return the height in points of a row of wrapped texts, each with its column's width in characters.

    Said explicitly because not every program fits rows to wrapped text when it opens a file.
    """
    lines = [len(part) for text, width in texts for part in [_wrapped(text, width)]]
    return min(_LINE * max(lines, default=1) + margin, _TALLEST_ROW)


@lru_cache(maxsize=1 << 14)  # thousands of remarks of one workbook have the same words
def _wrapped(text: str, width: float) -> list[str]:
    if len(text) <= width and text.isprintable():  # most texts are short, and wrapping is slow
        return [text]
    lines = [textwrap.wrap(line, max(int(width), 1)) or [""] for line in text.splitlines()] or [[""]]
    return [line for part in lines for line in part]


def properties_of(look: str) -> dict[str, Any]:
    """Return the properties of a look, for a cell that needs them and more (the marks of a returned workbook)."""
    return dict(_LOOKS[look])
