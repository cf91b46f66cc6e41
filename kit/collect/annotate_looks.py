"""How marks look: colour, pattern and border for each severity, and the comment beside the cell."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from kit.collect import workbook_format as looks
from kit.collect.annotate_remarks import RANK, SEVERITY_WORDS, Remark

AUTHOR = "Bộ công cụ kiểm tra"
COMMENT_START = "Kiểm tra số liệu"
# Told apart without colour too: thick frame, dashed frame with hatching, dotted frame.
_SOLID, _HATCHED, _DOTTED = 1, 14, 17
_THICK, _DASHED, _DOTS = 5, 8, 4
_MARKS: dict[str, dict[str, Any]] = {
    "error": {"pattern": _SOLID, "bg_color": "#F8B4AE", "border": _THICK, "border_color": "#C00000"},
    "warning": {"pattern": _HATCHED, "bg_color": "#FFF2B3", "fg_color": "#E0A800", "border": _DASHED},
    "note": {"pattern": _DOTTED, "bg_color": "#DDEBF7", "fg_color": "#8DB4E2", "border": _DOTS},
}
_MARKS["warning"]["border_color"] = "#9C5700"
_MARKS["note"]["border_color"] = "#1F4E79"
SIGNS = {"error": "tô đỏ, viền đậm", "warning": "tô vàng, gạch chéo, viền đứt", "note": "tô xanh, chấm nhỏ, viền chấm"}
COMMENTS_OF_A_SHEET = 500  # contracts.md, "kit check --json"
_COMMENT = {"error": "#FDE4E1", "warning": "#FFF8DC", "note": "#EAF3FB"}
_WIDE, _LINE = 52, 15  # characters and pixels of a comment's line
_LONGEST_PART = 400


class Formats:
    """Formats of a workbook, added when first needed: a look of the template with a severity, or none."""

    def __init__(self, book: Any):
        self._book = book
        self._made: dict[tuple[str, str, str], Any] = {}

    def of(self, look: str, severity: str = "", number_format: str = "") -> Any:
        """Return the format of a look; cells stay open for entry when the sheet is protected."""
        key = (look, severity, number_format)
        if key not in self._made:
            properties = looks.properties_of(look) | {"locked": False} | _MARKS.get(severity, {})
            if number_format:
                properties["num_format"] = number_format
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def for_value(self, value: object, look: str, severity: str = "") -> Any:
        """Return the format of a cell: its column's look where that suits the value, else one that shows it rightly."""
        if isinstance(value, dt.datetime) and value.time() != dt.time():
            return self.of("date", severity, "dd/mm/yyyy hh:mm")
        if isinstance(value, dt.date):
            return self.of("date", severity)
        if isinstance(value, (dt.time, dt.timedelta)):
            return self.of("date", severity, "[hh]:mm:ss")
        if isinstance(value, (int, float)) and look in ("text", "choice", "mark", "date"):
            return self.of("amount", severity)
        return self.of(look, severity)


def graver(remarks: Sequence[Remark]) -> str:
    """Return the gravest severity among remarks on one cell."""
    return min((remark.severity for remark in remarks), key=RANK.__getitem__)


def comment_text(remarks: Sequence[Remark], where: str) -> str:
    """Return the comment of a cell: what, where, found, allowed, what to do."""
    return "\n\n".join(_one(remark, where) for remark in sorted(remarks, key=lambda remark: RANK[remark.severity]))


def _one(remark: Remark, where: str) -> str:
    lines = [f"{COMMENT_START} – {SEVERITY_WORDS[remark.severity].upper()}: {remark.title}", f"Ở: {where}"]
    lines.append(f"Thấy: {remark.found}")
    if remark.allowed:
        lines.append(f"Được phép: {remark.allowed}.")
    lines.append(f"Cần làm: {remark.action}")
    return "\n".join(line if len(line) <= _LONGEST_PART else line[: _LONGEST_PART - 1] + "…" for line in lines)


def comment_options(text: str, severity: str) -> dict[str, Any]:
    """Return XlsxWriter's options of a comment that shows its whole text."""
    lines = sum(map(_lines_of, text.split("\n")))
    size = {"width": 360, "height": min(_LINE * lines + 12, 600), "font_size": 9, "font_name": "Tahoma"}
    return {"author": AUTHOR, "color": _COMMENT[severity], "visible": False, **size}


@lru_cache(maxsize=1 << 12)  # most lines say the same of many cells
def _lines_of(line: str) -> int:
    return len(textwrap.wrap(line, _WIDE)) or 1
