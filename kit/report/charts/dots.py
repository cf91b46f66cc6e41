"""The dot plot of units: ordered by value, counts beside it, small denominators hollow and apart, unordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import floor, log10

from kit.report import words
from kit.report.charts.canvas import WIDTH, Sheet, bare, draw
from kit.report.charts.style import ALARM, GREY, INK, YTICK_SIZE, text_width, wrapped

MOST_ROWS = 30
_ROW, _TOP, _BOTTOM, _LABEL = 5.8, 6.5, 6.0, 52.0

_USUAL = "88,8% (888/888)"


@dataclass(frozen=True)
class Dot:
    """One unit: its value, how it is printed with its counts, and whether its denominator is small.

    ``whole`` marks the pooled figure of all units, which stands apart from them.
    """

    name: str
    value: float
    printed: str
    small: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Scale:
    """The horizontal scale from 0 to ``most`` with what follows its numbers: ``%``, `` ngày`` or nothing."""

    most: float = 100.0
    unit: str = "%"

    @classmethod
    def over(cls, values: Sequence[float], unit: str) -> Scale:
        """A scale for values that are no percent; a percent above 100 (disbursement) widens its scale too."""
        most = max([*values, 100.0 if unit == "%" else 1.0])
        return cls(most, unit)

    @property
    def ticks(self) -> list[float]:
        """Four or five round numbers from 0."""
        if self.unit == "%" and self.most <= 100:
            return [0, 25, 50, 75, 100]
        power = 10 ** floor(log10(self.most / 4))
        step = max(1, next(power * n for n in (1, 2, 2.5, 5, 10) if power * n * 5 > self.most))
        return [step * n for n in range(int(self.most / step) + 1)]

    def words(self, value: float) -> str:
        """A tick's label."""
        return f"{words.number(value)}{self.unit}"


PERCENT = Scale()


def dots(
    rows: Sequence[Dot | str], *, target: float | None = None, target_words: str = "", scale: Scale = PERCENT
) -> str:
    """Return the SVG of units in the order given; ``target`` is a dashed line.

    A row that is a text is a remark between the units (how many are left out, which are not ranked).
    """
    units = [row for row in rows if isinstance(row, Dot)]
    labels = ["" if isinstance(row, str) else wrapped(row.name, _LABEL, size=YTICK_SIZE, lines=1)[0] for row in rows]
    left = max((text_width(label, YTICK_SIZE, "bold") for label in labels), default=0) + 5
    # Room for the usual figures at least, so that scales of charts one below the other stand in a line.
    right = max(text_width(text, 8, "bold") for text in (_USUAL, *(row.printed for row in units))) + 5
    height = _TOP + _ROW * max(1, len(rows)) + _BOTTOM
    paint = partial(_paint, rows=rows, labels=labels, target=(target, target_words), scale=scale)
    return draw(paint, height, (left, right, _TOP, _BOTTOM))


def _paint(
    sheet: Sheet, *, rows: Sequence[Dot | str], labels: list[str], target: tuple[float | None, str], scale: Scale
) -> None:
    axes = sheet.axes
    axes.set_xlim(-0.02 * scale.most, 1.02 * scale.most)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    bare(axes, keep=("bottom",))
    axes.set_xticks(scale.ticks, [scale.words(tick) for tick in scale.ticks])
    axes.set_yticks(range(len(rows)), labels)
    for (y, row), tick in zip(enumerate(rows), axes.get_yticklabels(), strict=True):
        where = sheet.top + _ROW * (y + 0.5)
        if isinstance(row, str):
            _remark(sheet, row, where, first=y == 0)
            continue
        weight = "bold" if row.whole else "normal"
        tick.set_fontweight(weight)
        x = sheet.left + sheet.plot_width + sheet.right - 0.5
        sheet.write(x, where, row.printed, fontsize=8, fontweight=weight, ha="right", va="center_baseline")
        if row.whole and y:
            axes.axhline(y - 0.5, color="#222222", linewidth=0.8, zorder=0)
    _points(sheet, rows, scale)
    if target[0] is not None:
        _target(sheet, target[0], target[1], scale)


def _points(sheet: Sheet, rows: Sequence[Dot | str], scale: Scale) -> None:
    axes = sheet.axes
    units = [(y, row) for y, row in enumerate(rows) if isinstance(row, Dot)]
    axes.hlines([y for y, _ in units], 0, scale.most, colors="#dddddd", linewidth=0.5, zorder=0)
    axes.hlines([y for y, _ in units], 0, [row.value for _, row in units], colors="#b9c9d8", linewidth=1.6, zorder=1)
    looks = {
        "full": ("o", INK, 5.5, lambda row: not row.small and not row.whole),
        "hollow": ("o", "#ffffff", 5.5, lambda row: row.small and not row.whole),
        "whole": ("D", "#222222", 5.0, lambda row: row.whole),
    }
    for marker, fill, size, wanted in looks.values():
        own = [(row.value, y) for y, row in units if wanted(row)]
        edge = "#222222" if marker == "D" else INK
        style = {"markerfacecolor": fill, "markeredgecolor": edge, "markersize": size, "zorder": 3}
        axes.plot([x for x, _ in own], [y for _, y in own], marker, **style)


def _remark(sheet: Sheet, text: str, where: float, *, first: bool) -> None:
    sheet.write(0.5, where, text, fontsize=7.5, color="#555555", va="center_baseline")
    if not first:
        y = (where - sheet.top) / _ROW - 1.0
        sheet.axes.axhline(y, color=GREY, linewidth=0.7, linestyle=(0, (4, 3)), zorder=0)


def _target(sheet: Sheet, target: float, words: str, scale: Scale) -> None:
    sheet.axes.axvline(target, color=ALARM, linewidth=1, linestyle=(0, (5, 2)), zorder=2)
    half = text_width(words, 7.5) / 2
    at = sheet.left + (target / scale.most + 0.02) / 1.04 * sheet.plot_width
    at = min(max(at, half + 0.5), WIDTH - half - 0.5)
    sheet.write(at, _TOP - 2.8, words, fontsize=7.5, ha="center", va="center_baseline", color=ALARM)
