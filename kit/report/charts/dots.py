"""The dot plot of units: ordered by value, counts beside it, small denominators hollow and apart, unordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kit.report.charts.canvas import ALARM, GREY, INK, Sheet, bare, draw, text_width, wrapped

MOST_ROWS = 30
_ROW, _TOP, _BOTTOM, _LABEL = 5.8, 6.5, 6.0, 52.0


@dataclass(frozen=True)
class Dot:
    """One unit: its percent, how it is printed with its counts, and whether its denominator is small."""

    name: str
    value: float
    printed: str
    small: bool = False


def dots(rows: Sequence[Dot], *, target: float | None = None, target_words: str = "") -> str:
    """Return the SVG of at most ``MOST_ROWS`` units in the order given; ``target`` in percent is a dashed line."""
    labels = [wrapped(row.name, _LABEL, lines=1)[0] for row in rows]
    left = max((text_width(label) for label in labels), default=0) + 5
    right = max((text_width(row.printed, 8) for row in rows), default=0) + 5
    height = _TOP + _ROW * max(1, len(rows)) + _BOTTOM
    paint = partial(_paint, rows=rows, labels=labels, target=target, target_words=target_words)
    return draw(paint, height, (left, right, _TOP, _BOTTOM))


def _paint(sheet: Sheet, *, rows: Sequence[Dot], labels: list[str], target: float | None, target_words: str) -> None:
    axes = sheet.axes
    axes.set_xlim(-2, 102)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    bare(axes, keep=("bottom",))
    axes.set_xticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_yticks(range(len(rows)), labels)
    for y, row in enumerate(rows):
        axes.plot([0, 100], [y, y], color="#dddddd", linewidth=0.5, zorder=0)
        axes.plot([0, row.value], [y, y], color="#b9c9d8", linewidth=1.6, zorder=1, solid_capstyle="butt")
        fill = "#ffffff" if row.small else INK
        axes.plot(
            [row.value], [y], "o", markersize=5.5, markerfacecolor=fill, markeredgecolor=INK, zorder=3, clip_on=False
        )
        where = sheet.top + _ROW * (y + 0.5)
        x = sheet.left + sheet.plot_width + sheet.right - 0.5
        sheet.write(x, where, row.printed, fontsize=8, ha="right", va="center_baseline")
    first_small = next((at for at, row in enumerate(rows) if row.small), 0)
    if first_small:
        axes.axhline(first_small - 0.5, color=GREY, linewidth=0.7, linestyle=(0, (4, 3)), zorder=0)
    if target is not None:
        _target(sheet, target, target_words)


def _target(sheet: Sheet, target: float, words: str) -> None:
    sheet.axes.axvline(target, color=ALARM, linewidth=1, linestyle=(0, (5, 2)), zorder=2)
    half = text_width(words, 7.5) / 2
    at = sheet.left + (target + 2) / 104 * sheet.plot_width
    at = min(max(at, half + 0.5), 165 - half - 0.5)
    sheet.write(at, _TOP - 2.8, words, fontsize=7.5, ha="center", va="center_baseline", color=ALARM)
