"""The plotting area of a chart: data coordinates, ticks, spines; bars, lines, marks and texts placed on them.

The methods are those of matplotlib's ``Axes`` that the charts need, with the same names and styles; nothing is scaled,
fitted or cut off by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import isnan
from operator import add

from kit.report.charts.pen import Pen, Point
from kit.report.charts.style import MM, STYLE, text_width

# Base line of a text below its middle, and from one line to the next, in font sizes (DejaVu Sans).
_MIDDLE, _LINE, _DESCENT, _ASCENT = 0.38, 1.16, 0.24, 0.76
_TICKS_AT = 2.2  # zorder of ticks and spines


@dataclass
class Tick:
    """A tick's label; its looks may be changed after it was set."""

    at: float
    text: str
    ha: str = "center"
    fontweight: str = "normal"

    def set_ha(self, ha: str) -> None:
        """Set the horizontal alignment."""
        self.ha = ha

    def set_fontweight(self, weight: str) -> None:
        """Set ``bold`` or ``normal``."""
        self.fontweight = weight


class Plot:
    """The plotting area: ``area`` (left, low, right, top) in points on the sheet; ``paint`` draws what it is told."""

    def __init__(self, area: tuple[float, float, float, float], pen: Pen):
        self.area, self.pen = area, pen
        self.xlim = self.ylim = (0.0, 1.0)
        self.spines: tuple[str, ...] = ("left", "bottom")
        self.xticks: list[Tick] = []
        self.yticks: list[Tick] = []
        self._told: list[tuple[float, int, Callable[[], None]]] = []

    def set_xlim(self, left: float, right: float) -> None:
        """Set the data coordinates of the left and right edge."""
        self.xlim = (left, right)

    def set_ylim(self, bottom: float, top: float) -> None:
        """Set the data coordinates of the lower and upper edge."""
        self.ylim = (bottom, top)

    def place(self, x: float, y: float) -> Point:
        """Return where a place in data coordinates is on the sheet, in points."""
        left, low, right, top = self.area
        across = (right - left) / (self.xlim[1] - self.xlim[0])
        upward = (top - low) / (self.ylim[1] - self.ylim[0])
        return across * x + (left - self.xlim[0] * across), upward * y + (low - self.ylim[0] * upward)

    def set_xticks(self, values: Iterable[float], labels: Sequence[str]) -> None:
        """Set ticks below the area."""
        self.xticks = [Tick(at, label) for at, label in zip(values, labels, strict=True)]

    def set_yticks(self, values: Iterable[float], labels: Sequence[str]) -> None:
        """Set labels on the left; they may have several lines."""
        self.yticks = [Tick(at, label, ha="right") for at, label in zip(values, labels, strict=True)]

    def get_xticklabels(self) -> list[Tick]:
        """The labels below the area."""
        return self.xticks

    def get_yticklabels(self) -> list[Tick]:
        """The labels on the left."""
        return self.yticks

    def rectangle(self, corner: tuple[float, float], width: float, height: float, **style) -> None:
        """Draw a rectangle given in data coordinates."""
        self.rectangles([(*corner, width, height)], **style)

    def rectangles(self, corners: Sequence[tuple[float, float, float, float]], **style) -> None:
        """Draw rectangles (x, y, width, height) of one look."""
        edges = [((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)) for x, y, wide, high in corners]
        self._later(style, 1, lambda: self.pen.shape([[self.place(*at) for at in own] for own in edges], **style))

    def barh(self, y: float, width: float, *, left: float = 0.0, height: float = 0.8, **style) -> None:
        """Draw a bar whose middle is at ``y``."""
        look = {"facecolor": style.pop("color"), **style} if "color" in style else style
        self.rectangle((left, y - height / 2), width, height, **look)

    def hlines(self, y, xmin, xmax, *, colors: str, **style) -> None:
        """Draw level lines; each argument may be a list."""
        self._lines((xmin, y, xmax, y), {"color": colors, **style})

    def vlines(self, x, ymin, ymax, *, colors: str, **style) -> None:
        """Draw upright lines; each argument may be a list."""
        self._lines((x, ymin, x, ymax), {"color": colors, **style})

    def axhline(self, y: float, **style) -> None:
        """Draw a level line through the whole area; the limits must be set."""
        self._lines((self.xlim[0], y, self.xlim[1], y), style)

    def axvline(self, x: float, **style) -> None:
        """Draw an upright line through the whole area; the limits must be set."""
        self._lines((x, self.ylim[0], x, self.ylim[1]), style)

    def plot(self, x: Sequence[float], y: Sequence[float], marker: str = "", **style) -> None:
        """Draw a line through points (broken at NaN) or, with a ``marker``, marks at them."""
        places = list(zip(x, y, strict=True))
        if marker:
            marked = partial(self.pen.marks, marker, **style)
            self._later(style, 2, lambda: marked([self.place(*at) for at in places]))
        else:
            self._runs([list(run) for known, run in groupby(places, _known) if known], style)

    def text(self, x: float, y: float, words: str, **style) -> None:
        """Write a text whose middle is at ``y``; ``bbox`` (``facecolor``, ``pad``) is a ground behind it."""
        self.annotate(words, (x, y), **style)

    def annotate(self, words: str, at: tuple[float, float], *, xytext: tuple[float, float] = (0, 0), **style) -> None:
        """Write a text ``xytext`` points (to the right, upwards) from a place."""
        self._later(style, 3, lambda: self.write(*map(add, self.place(*at), xytext), words, **style))

    def write(self, x: float, y: float, words: str, **style) -> None:
        """Write at once a text of one or more lines whose middle is at ``y`` points on the sheet."""
        size, lines = style.get("fontsize", STYLE["font.size"]), words.split("\n")
        first = y - size * (_MIDDLE - _LINE * (len(lines) - 1) / 2)
        if style.get("bbox"):
            self._ground(x, first, words, style)
        for at, line in enumerate(lines):
            self.pen.words(x, first - at * size * _LINE, line, **style)

    def _ground(self, x: float, base: float, words: str, style: dict) -> None:
        size, pad = style["fontsize"], style["bbox"].get("pad", 2.0)
        wide = text_width(words, size, style.get("fontweight", "normal")) * MM
        left = x - {"center": wide / 2, "right": wide}.get(style.get("ha", "left"), 0.0)
        low, high = base - _DESCENT * size, base + _ASCENT * size
        self.pen.box(left - pad, low - pad, left + wide + pad, high + pad, facecolor=style["bbox"]["facecolor"])

    def paint(self) -> None:
        """Draw everything by ``zorder`` and then in the order told, with ticks and spines between."""
        self._told.append((_TICKS_AT, len(self._told), self._ticks))
        for *_, paint in sorted(self._told, key=lambda one: one[:2]):
            paint()

    def _ticks(self) -> None:
        left, low, right, top = self.area
        long, pad, size = (STYLE[f"xtick.{name}"] for name in ("major.size", "major.pad", "labelsize"))
        for tick in self.xticks:
            x = self.place(tick.at, 0.0)[0]
            mark = {"color": STYLE["xtick.color"], "linewidth": STYLE["xtick.major.width"]}
            self.pen.line([[(x, low), (x, low - long)]], **mark)
            style = {"fontsize": size, "fontweight": tick.fontweight, "color": STYLE["xtick.color"], "ha": tick.ha}
            self.pen.words(x, low - long - pad - _ASCENT * size, tick.text, **style)
        for tick in self.yticks:
            style = {"fontsize": STYLE["ytick.labelsize"], "fontweight": tick.fontweight, "ha": tick.ha}
            x, y = left - STYLE["ytick.major.pad"], self.place(0.0, tick.at)[1]
            self.write(x, y, tick.text, color=STYLE["ytick.color"], **style)
        edges = {"left": [(left, top), (left, low)], "bottom": [(left, low), (right, low)]}
        look = {"color": STYLE["axes.edgecolor"], "linewidth": STYLE["axes.linewidth"]}
        for name in self.spines:
            self.pen.line([edges[name]], **look)

    def _later(self, style: dict, usual: float, paint: Callable[[], None]) -> None:
        self._told.append((style.get("zorder", usual), len(self._told), paint))

    def _lines(self, ends: Sequence[float | Sequence[float]], style: dict) -> None:
        """Lines of one look, from the first to the second place of ``ends`` (x, y, x, y: numbers or lists)."""
        number = next((len(one) for one in ends if isinstance(one, Sequence)), 1)
        columns = [one if isinstance(one, Sequence) else [one] * number for one in ends]
        self._runs([[(x, y), (to_x, to_y)] for x, y, to_x, to_y in zip(*columns, strict=True)], style)

    def _runs(self, runs: Sequence[Sequence[Point]], style: dict) -> None:
        if runs:
            self._later(style, 2, lambda: self.pen.line([[self.place(*at) for at in run] for run in runs], **style))


def _known(place: Point) -> bool:
    return not any(map(isnan, place))
