"""Stacked horizontal bars: tasks by group and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from kit.report.charts.canvas import Sheet, bare, draw
from kit.report.charts.key import Entry, draw_key
from kit.report.charts.key import height as key_height
from kit.report.charts.style import ALARM, INK, MIDDLE, YTICK_SIZE, text_width, wrapped

# state → words and look; overdue is hatched so that it is told without colour.
STATES = {
    "on_time": ("Hoàn thành đúng hạn", {"facecolor": INK, "edgecolor": INK}),
    "late": ("Hoàn thành muộn", {"facecolor": MIDDLE, "edgecolor": INK}),
    "overdue": ("Quá hạn", {"facecolor": "#ffffff", "edgecolor": ALARM, "hatch": "//////"}),
    "open": ("Còn trong hạn", {"facecolor": "#ffffff", "edgecolor": "#555555"}),
}
_ROW = 7.0


def state_bars(rows: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """Return the SVG: one bar for each row (its label, its number in each of the states), its total at the end."""
    entries = [Entry(words, style) for words, style in STATES.values()]
    labels = ["\n".join(wrapped(name, 34, size=YTICK_SIZE, lines=2)) for name, _ in rows]
    left = max((text_width(line, YTICK_SIZE) for label in labels for line in label.split("\n")), default=0) + 4
    top = key_height(entries) + 2
    paint = partial(_paint, counts=[counts for _, counts in rows], labels=labels, entries=entries)
    return draw(paint, top + _ROW * max(1, len(rows)) + 2, (left, 12, top, 2))


def _paint(sheet: Sheet, *, counts: Sequence[Mapping[str, int]], labels: list[str], entries: list[Entry]) -> None:
    axes, most = sheet.axes, max([1, *(sum(row.values()) for row in counts)])
    draw_key(sheet, entries)
    for y, row in enumerate(counts):
        start = 0
        for state, (_, style) in STATES.items():
            if count := row[state]:
                axes.barh(y, count, left=start, height=0.62, linewidth=0.7, **style)
                _count(sheet, state, (start + count / 2, y), count, count / most * sheet.plot_width)
                start += count
        axes.text(start + most * 0.012, y, str(start), va="center_baseline", fontweight="bold")
    axes.set_xlim(0, most)
    axes.set_ylim(len(counts) - 0.5, -0.5)
    bare(axes, keep=("left",))
    axes.set_yticks(range(len(counts)), labels)


def _count(sheet: Sheet, state: str, at: tuple[float, float], count: int, room: float) -> None:
    """Write the count inside its segment where it fits."""
    if text_width(str(count), 8) + 1.5 > room:
        return
    colour = "#ffffff" if state == "on_time" else "#222222"
    # Beside the ground of a number hatching and outline stay visible.
    box = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.8} if state == "overdue" else None
    weight = "bold" if box else "normal"
    style = {"fontsize": 8, "fontweight": weight, "color": colour, "bbox": box}
    sheet.axes.text(*at, str(count), ha="center", va="center_baseline", **style)
