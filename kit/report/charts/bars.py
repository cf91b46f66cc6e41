"""Plain horizontal bars with the figure at the end: activities by form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kit.report.charts.canvas import WIDTH, Sheet, bare, draw
from kit.report.charts.style import INK, YTICK_SIZE, text_width, wrapped

_ROW, _LABEL = 6.4, 46.0


def bars(rows: Sequence[tuple[str, float, str]]) -> str:
    """Return the SVG; a row is (label, value, printed value), from top to bottom."""
    labels = ["\n".join(wrapped(label, _LABEL, size=YTICK_SIZE, lines=2)) for label, _, _ in rows]
    left = max((text_width(line, YTICK_SIZE) for label in labels for line in label.split("\n")), default=0) + 4
    right = max((text_width(printed, weight="bold") for *_, printed in rows), default=0) + 4
    height = sum(_ROW if "\n" not in label else _ROW + 2.4 for label in labels) + 4
    return draw(partial(_paint, rows=rows, labels=labels), height, (min(left, WIDTH / 2), right, 2, 2))


def _paint(sheet: Sheet, *, rows: Sequence[tuple[str, float, str]], labels: list[str]) -> None:
    axes, most = sheet.axes, max((value for _, value, _ in rows), default=0) or 1
    for y, (_, value, printed) in enumerate(rows):
        axes.barh(y, value, height=0.6, color=INK)
        axes.annotate(
            printed, (value, y), xytext=(3, 0), textcoords="offset points", va="center_baseline", fontweight="bold"
        )
    axes.set_xlim(0, most)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    bare(axes, keep=("left",))
    axes.set_yticks(range(len(rows)), labels)
