"""The heat table: units × indicators, the value in every cell, its height as a shade, its status as a sign.

Five shades of one hue differ in lightness, so they stay apart in grey; the sign says the status without any colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kit.report.charts.canvas import WIDTH, Sheet, bare, draw
from kit.report.charts.key import Entry, draw_key
from kit.report.charts.key import height as key_height
from kit.report.charts.style import text_width, wrapped
from kit.report.plain import STATUS_MARKS, STATUS_WORDS

MOST_ROWS, MOST_COLUMNS = 28, 10
# From which percent on → fill; the last one is dark and bears light text.
_SHADES = ((0.0, "#f1f5f9"), (25.0, "#d3e2ee"), (50.0, "#aac6dd"), (75.0, "#7da7c9"), (100.0, "#1f4e79"))
_SHADE_WORDS = ("dưới 25%", "25% đến dưới 50%", "50% đến dưới 75%", "75% đến dưới 100%", "từ 100%")
_ROW, _LABEL, _HEAD, _SIZE = 5.6, 42.0, 7.0, 7.5
_HEAD_LINE = 3.3  # mm


@dataclass(frozen=True)
class Cell:
    """One figure: its printed value, its percent for the shade (``None``: no shade), its status code or blank."""

    printed: str
    percent: float | None = None
    status: str = ""


@dataclass(frozen=True)
class HeatRow:
    """One unit; ``whole`` is the pooled figure of all, set apart."""

    name: str
    cells: tuple[Cell, ...]
    whole: bool = False


def heat(columns: Sequence[tuple[str, str]], rows: Sequence[HeatRow]) -> str:
    """Return the SVG; ``columns`` are (code, short title), at most ``MOST_COLUMNS``; at most ``MOST_ROWS`` rows."""
    labels = [wrapped(row.name, _LABEL, size=_SIZE, lines=1)[0] for row in rows]
    left = max((text_width(label, _SIZE, "bold") for label in labels), default=0) + 3
    each = (WIDTH - left - 1) / max(1, len(columns))
    heads = [[code, *wrapped(title, each - 1.2, size=_HEAD, lines=4)] for code, title in columns]
    entries = _entries(rows)
    key = key_height(entries)
    top = key + _HEAD_LINE * max((len(head) for head in heads), default=1) + 1.5
    paint = partial(_paint, rows=rows, labels=labels, heads=heads, key=(key, entries))
    return draw(paint, top + _ROW * max(1, len(rows)) + 2, (left, 1, top, 2))


def _entries(rows: Sequence[HeatRow]) -> list[Entry]:
    cells = [cell for row in rows for cell in row.cells]
    used = {_shade(cell) for cell in cells}
    entries = [
        Entry(words, {"facecolor": fill, "edgecolor": "#8899aa"})
        for (_, fill), words in zip(_SHADES, _SHADE_WORDS, strict=True)
        if fill in used
    ]
    told = {cell.status for cell in cells}
    return entries + [
        Entry(f"{STATUS_MARKS[code]} {STATUS_WORDS[code].lower()} chỉ tiêu")
        for code in ("met", "nearly", "not_met")
        if code in told
    ]


def _shade(cell: Cell) -> str:
    if cell.percent is None:
        return "#ffffff"
    return [fill for least, fill in _SHADES if cell.percent >= least][-1] if cell.percent >= 0 else _SHADES[0][1]


def _paint(
    sheet: Sheet, *, rows: Sequence[HeatRow], labels: list[str], heads: list[list[str]], key: tuple[float, list[Entry]]
) -> None:
    axes = sheet.axes
    axes.set_xlim(0, max(1, len(heads)))
    axes.set_ylim(max(1, len(rows)), 0)
    bare(axes)
    draw_key(sheet, key[1])
    _heads(sheet, heads, key[0])
    _fills(sheet, rows)
    for y, (row, label) in enumerate(zip(rows, labels, strict=True)):
        where = sheet.top + _ROW * (y + 0.5)
        weight = "bold" if row.whole else "normal"
        sheet.write(0.5, where, label, fontsize=_SIZE, fontweight=weight, va="center_baseline")
        for x, cell in enumerate(row.cells):
            dark = _shade(cell) == _SHADES[-1][1]
            sign = f"{STATUS_MARKS[cell.status]} " if cell.status in ("met", "nearly", "not_met") else ""
            style = {"ha": "center", "va": "center_baseline", "fontweight": weight}
            colour = "#ffffff" if dark else "#222222"
            axes.text(x + 0.5, y + 0.5, f"{sign}{cell.printed}", fontsize=_SIZE, color=colour, **style)
        if row.whole:
            axes.axhline(y, color="#222222", linewidth=0.9, zorder=4)


def _heads(sheet: Sheet, heads: list[list[str]], top: float) -> None:
    each = sheet.plot_width / max(1, len(heads))
    for at, lines in enumerate(heads):
        for number, line in enumerate(lines):
            x, y = sheet.left + (at + 0.5) * each, top + _HEAD_LINE * (number + 0.5)
            weight = "normal" if number else "bold"
            sheet.write(x, y, line, fontsize=_HEAD, fontweight=weight, ha="center", va="center_baseline")


def _fills(sheet: Sheet, rows: Sequence[HeatRow]) -> None:
    boxes: dict[str, list[tuple[float, float, float, float]]] = {}
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.cells):
            boxes.setdefault(_shade(cell), []).append((x, y, 1, 1))
    for fill, own in sorted(boxes.items()):
        sheet.axes.rectangles(own, facecolor=fill, edgecolor="#c4ced8", linewidth=0.4, zorder=1)
