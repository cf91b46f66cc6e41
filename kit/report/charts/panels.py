"""Small multiples: one small panel for each unit or indicator over the same periods, on one scale, with broken series.

All panels are drawn in one coordinate system of millimetres: few artists, so that eighteen panels cost what one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kit.report.charts.canvas import WIDTH, Sheet, bare, draw
from kit.report.charts.style import ALARM, GREY, INK, text_width, wrapped

COLUMNS, MOST_PANELS = 3, 15
_HEIGHT, _TITLE, _PLOT, _GAP = 33.0, 9.5, 15.0, 5.0  # mm: a panel, where its plot begins, the plot's height, between
_BEFORE, _AFTER = 9.0, 9.0  # mm beside a plot: its scale, its last figure
_BREAK = "#555555"
_BOLD = 1.15  # a bold title is so much wider at most


@dataclass(frozen=True)
class Point:
    """The figure of one period: its value (``None``: missing), how it is printed, whether its denominator is small."""

    value: float | None
    printed: str
    small: bool = False


@dataclass(frozen=True)
class Panel:
    """One series. ``breaks``: (place, words): a broken series between the points ``place - 1`` and ``place``."""

    title: str
    points: tuple[Point, ...]
    breaks: tuple[tuple[int, str], ...] = ()
    most: float = 100.0
    most_words: str = "100%"
    target: float | None = None


def panels(made: Sequence[Panel], periods: Sequence[str]) -> str:
    """Return the SVG of at most ``MOST_PANELS`` panels; ``periods`` are the short names of the points."""
    lines = -(-max(1, len(made)) // COLUMNS)
    height = _HEIGHT * lines + 1
    return draw(partial(_paint, made=made, periods=periods), height, (0, 0, 0, 0))


def _paint(sheet: Sheet, *, made: Sequence[Panel], periods: Sequence[str]) -> None:
    sheet.axes.set_xlim(0, WIDTH)
    sheet.axes.set_ylim(sheet.height, 0)
    bare(sheet.axes)
    wide = (WIDTH - _GAP * (COLUMNS - 1)) / COLUMNS
    for at, panel in enumerate(made):
        left, top = (at % COLUMNS) * (wide + _GAP), (at // COLUMNS) * _HEIGHT + 0.5
        _panel(_Place(sheet, left, top, wide, len(periods)), panel, periods)


@dataclass(frozen=True)
class _Place:
    """Where a panel stands on the sheet, in mm."""

    sheet: Sheet
    left: float
    top: float
    wide: float
    count: int

    @property
    def base(self) -> float:
        """The height of zero."""
        return self.top + _TITLE + _PLOT

    @property
    def ends(self) -> tuple[float, float]:
        """Left and right end of the plot."""
        return self.left + _BEFORE, self.left + self.wide - _AFTER

    def x(self, at: float) -> float:
        """Where a point stands; a single one in the middle."""
        start, end = self.ends[0] + 2, self.ends[1] - 2
        return (start + end) / 2 if self.count < 2 else start + (end - start) * at / (self.count - 1)

    def y(self, value: float, most: float) -> float:
        """The height of a value."""
        return self.base - _PLOT * value / (most or 1)


def _panel(place: _Place, panel: Panel, periods: Sequence[str]) -> None:
    _frame(place, panel, periods)
    axes = place.sheet.axes
    for at, words in panel.breaks:
        x = place.x(at - 0.5)
        axes.plot([x, x], [place.top + _TITLE - 2.2, place.base], color=_BREAK, linewidth=0.9, linestyle=(0, (2, 1.5)))
        half = text_width(words, 6) / 2
        x = min(max(x, place.left + half), place.left + place.wide - half)
        place.sheet.write(
            x, place.top + _TITLE - 3.4, words, fontsize=6, color=_BREAK, ha="center", va="center_baseline"
        )
    for run in _runs(panel):
        axes.plot(
            [place.x(at) for at in run],
            [place.y(panel.points[at].value, panel.most) for at in run],
            color=INK,
            linewidth=1.2,
            zorder=3,
        )
    for small in (False, True):
        own = [at for at, one in enumerate(panel.points) if one.value is not None and one.small == small]
        face = "#ffffff" if small else INK
        x, y = [place.x(at) for at in own], [place.y(panel.points[at].value, panel.most) for at in own]
        axes.plot(x, y, "o", markersize=3.6, markerfacecolor=face, markeredgecolor=INK, zorder=4)
    missing = [place.x(at) for at, one in enumerate(panel.points) if one.value is None]
    axes.plot(
        missing, [place.base - 1] * len(missing), "X", color=GREY, markersize=3.2, markeredgecolor="none", zorder=4
    )
    _last(place, panel)


def _frame(place: _Place, panel: Panel, periods: Sequence[str]) -> None:
    sheet, (start, end) = place.sheet, place.ends
    title = wrapped(panel.title, (place.wide - 1) / _BOLD, size=7.5, lines=1)[0]
    sheet.write(place.left, place.top + 2, title, fontsize=7.5, fontweight="bold", va="center_baseline")
    for level, words in ((0.0, "0"), (panel.most, panel.most_words)):
        y = place.y(level, panel.most)
        sheet.axes.plot([start, end], [y, y], color="#999999" if not level else "#dddddd", linewidth=0.5, zorder=0)
        sheet.write(start - 1, y, words, fontsize=6, color="#555555", ha="right", va="center_baseline")
    if panel.target is not None and panel.target <= panel.most:
        y = place.y(panel.target, panel.most)
        sheet.axes.plot([start, end], [y, y], color=ALARM, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    shown = {0, len(periods) - 1} if periods else set()
    for at in sorted(shown):
        half = text_width(periods[at], 6) / 2
        x = min(max(place.x(at), place.left + half), place.left + place.wide - half)
        sheet.write(x, place.base + 2.2, periods[at], fontsize=6, color="#555555", ha="center", va="center_baseline")


def _runs(panel: Panel) -> list[list[int]]:
    """Stretches of points that a line joins: not over a missing figure and not over a break."""
    breaks = {at for at, _ in panel.breaks}
    runs: list[list[int]] = [[]]
    for at, point in enumerate(panel.points):
        if point.value is None or at in breaks:
            runs.append([])
        if point.value is not None:
            runs[-1].append(at)
    return [run for run in runs if len(run) > 1]


def _last(place: _Place, panel: Panel) -> None:
    """Print the last figure beside its point."""
    if not panel.points:
        return
    last = panel.points[-1]
    y = place.base - 1 if last.value is None else place.y(last.value, panel.most)
    x = place.x(len(panel.points) - 1) + 1.8
    room = place.left + place.wide + _GAP - 0.5 - x
    size = next((size for size in (7, 6.5, 6, 5.5) if text_width(last.printed, size, "bold") <= room), 5)
    place.sheet.write(x, y, last.printed, fontsize=size, fontweight="bold", va="center_baseline")
