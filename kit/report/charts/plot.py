"""The plotting area of a chart: data coordinates, ticks, spines; bars, lines, marks and texts placed on them.

The methods are those of matplotlib's ``Axes`` that the charts need, with the same names and styles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kit.report.charts import marks

# Base line of a text below its middle, and from one line to the next, in font sizes (DejaVu Sans).
_MIDDLE, _LINE, _DESCENT, _ASCENT = 0.38, 1.16, 0.24, 0.76
_TICK, _PAD = 3.0, 3.5  # points: length of a tick, room to its label
_SPINE = {"color": "#777777", "linewidth": 0.6}


@dataclass
class Tick:
    """A tick's label; its looks may be changed after it was set."""

    at: float
    text: str
    ha: str = "center"
    fontweight: str = "normal"
    fontsize: float = 8.0

    def set_ha(self, ha: str) -> None:
        """Set the horizontal alignment."""
        self.ha = ha

    def set_fontweight(self, weight: str) -> None:
        """Set ``bold`` or ``normal``."""
        self.fontweight = weight


@dataclass
class Plot:
    """The plotting area: ``left``, ``top``, ``width``, ``height`` in points on the sheet."""

    left: float
    top: float
    width: float
    height: float
    measure: Callable[[str, float, str], float]  # width of a text in points: text, size, weight
    xlim: tuple[float, float] = (0.0, 1.0)
    ylim: tuple[float, float] = (0.0, 1.0)
    spines: tuple[str, ...] = ("left", "bottom")
    xticks: list[Tick] = field(default_factory=list)
    yticks: list[Tick] = field(default_factory=list)
    drawn: list[tuple[float, int, Callable[[], str]]] = field(default_factory=list)

    def set_xlim(self, left: float, right: float) -> None:
        """Set the data coordinates of the left and right edge."""
        self.xlim = (left, right)

    def set_ylim(self, bottom: float, top: float) -> None:
        """Set the data coordinates of the lower and upper edge."""
        self.ylim = (bottom, top)

    def set_xticks(self, values: Iterable[float], labels: Sequence[str]) -> None:
        """Set ticks below the area."""
        self.xticks = [Tick(at, label) for at, label in zip(values, labels, strict=True)]

    def set_yticks(self, values: Iterable[float], labels: Sequence[str]) -> None:
        """Set labels on the left; they may have several lines."""
        made = zip(values, labels, strict=True)
        self.yticks = [Tick(at, label, ha="right", fontsize=8.5) for at, label in made]

    def get_xticklabels(self) -> list[Tick]:
        """The labels below the area."""
        return self.xticks

    def get_yticklabels(self) -> list[Tick]:
        """The labels on the left."""
        return self.yticks

    def x(self, value: float) -> float:
        """The place of a value in points from the left edge of the sheet."""
        first, last = self.xlim
        return self.left + (value - first) / (last - first) * self.width

    def y(self, value: float) -> float:
        """The place of a value in points from the upper edge of the sheet."""
        low, high = self.ylim
        return self.top + (high - value) / (high - low) * self.height

    def rectangle(self, corner: marks.Point, width: float, height: float, **style) -> None:
        """Draw a rectangle given in data coordinates."""
        self._later(style, 1, lambda: marks.box(*self._box(*corner, width, height), **style))

    def rectangles(self, corners: Sequence[tuple[float, float, float, float]], **style) -> None:
        """Draw rectangles (x, y, width, height) of one look."""
        self._later(style, 1, lambda: marks.boxes([self._box(*one) for one in corners], **style))

    def barh(self, y: float, width: float, *, left: float = 0.0, height: float = 0.8, **style) -> None:
        """Draw a bar whose middle is at ``y``."""
        look = {"facecolor": style.pop("color"), **style} if "color" in style else style
        self.rectangle((left, y - height / 2), width, height, **look)

    def hlines(self, y, xmin, xmax, *, colors: str, **style) -> None:
        """Draw level lines; each argument may be a list."""
        rows = _alike(y, xmin, xmax)
        self._lines([((a, at), (b, at)) for at, a, b in rows], color=colors, **style)

    def vlines(self, x, ymin, ymax, *, colors: str, **style) -> None:
        """Draw upright lines; each argument may be a list."""
        rows = _alike(x, ymin, ymax)
        self._lines([((at, a), (at, b)) for at, a, b in rows], color=colors, **style)

    def axhline(self, y: float, **style) -> None:
        """Draw a level line through the whole area."""
        self._later(style, 2, lambda: self._path([((self.xlim[0], y), (self.xlim[1], y))], style))

    def axvline(self, x: float, **style) -> None:
        """Draw an upright line through the whole area."""
        self._later(style, 2, lambda: self._path([((x, self.ylim[0]), (x, self.ylim[1]))], style))

    def plot(self, x: Sequence[float], y: Sequence[float], marker: str = "", **style) -> None:
        """Draw a line through points (broken at NaN) or, with a ``marker``, marks at them.

        With both a ``marker`` and a ``linestyle`` other than ``none`` both are drawn.
        """
        places = list(zip(x, y, strict=True))
        if not marker or style.get("linestyle", "none") != "none":
            self._lines(_broken(places), **{"linewidth": 1.0, **style})
        if marker:
            self._later(style, 2, lambda: marks.points(marker, self._placed(places), **_sized(style)))

    def text(self, x: float, y: float, words: str, **style) -> None:
        """Write a text whose middle is at ``y``; ``bbox`` (``facecolor``, ``pad``) is a ground behind it."""
        self._later(style, 3, lambda: self.written(self.x(x), self.y(y), words, **style))

    def annotate(self, words: str, at: marks.Point, *, xytext: marks.Point = (0, 0), **style) -> None:
        """Write a text ``xytext`` points (to the right, upwards) from a place."""
        dx, dy = xytext
        self._later(style, 3, lambda: self.written(self.x(at[0]) + dx, self.y(at[1]) - dy, words, **style))

    def written(self, x: float, y: float, words: str, **style) -> str:
        """Return a text of one or more lines whose middle is at ``y`` points on the sheet."""
        style = {"fontsize": 8.5, "color": "#222222", **style}
        size, lines = style["fontsize"], words.split("\n")
        first = y + size * (_MIDDLE - _LINE * (len(lines) - 1) / 2)
        made = "".join(marks.words(x, first + at * size * _LINE, line, **style) for at, line in enumerate(lines))
        ground = style.get("bbox")
        return self._ground(x, first, words, style) + made if ground else made

    def _ground(self, x: float, base: float, words: str, style: dict) -> str:
        size, pad = style["fontsize"], style["bbox"].get("pad", 2.0)
        wide = self.measure(words, size, style.get("fontweight", "normal"))
        left = x - {"center": wide / 2, "right": wide}.get(style.get("ha", "left"), 0.0)
        top, high = base - _ASCENT * size, (_ASCENT + _DESCENT) * size
        return marks.box(left - pad, top - pad, wide + 2 * pad, high + 2 * pad, facecolor=style["bbox"]["facecolor"])

    def svg(self) -> str:
        """Return everything drawn, by ``zorder`` and then in the order drawn, with ticks and spines between."""
        ordered = sorted(self.drawn, key=lambda one: one[:2])
        below = [paint() for order, _, paint in ordered if order <= 2.2]
        above = [paint() for order, _, paint in ordered if order > 2.2]
        return "".join([*below, *self._ticks(), *above])

    def _ticks(self) -> Iterable[str]:
        low, right = self.top + self.height, self.left + self.width
        for tick in self.xticks:
            x = self.x(tick.at)
            yield marks.line([((x, low), (x, low + _TICK))], color="#444444", linewidth=0.6)
            style = {"fontsize": tick.fontsize, "fontweight": tick.fontweight, "color": "#444444", "ha": tick.ha}
            yield marks.words(x, low + _TICK + _PAD + _ASCENT * tick.fontsize, tick.text, **style)
        for tick in self.yticks:
            style = {"fontsize": tick.fontsize, "fontweight": tick.fontweight, "color": "#222222", "ha": tick.ha}
            yield self.written(self.left - _PAD, self.y(tick.at), tick.text, **style)
        edges = {"left": ((self.left, self.top), (self.left, low)), "bottom": ((self.left, low), (right, low))}
        yield marks.line([edges[name] for name in self.spines], **_SPINE)

    def _later(self, style: dict, usual: float, paint: Callable[[], str]) -> None:
        self.drawn.append((style.get("zorder", usual), len(self.drawn), paint))

    def _lines(self, pieces: Sequence[Sequence[marks.Point]], **style) -> None:
        self._later(style, 2, lambda: self._path(pieces, style))

    def _path(self, pieces: Sequence[Sequence[marks.Point]], style: dict) -> str:
        cut = [[self._within(*place) for place in self._placed(piece)] for piece in pieces]
        return marks.line(cut, **{"linewidth": 1.0, **style})

    def _within(self, x: float, y: float) -> marks.Point:
        """The nearest place in the area: level and upright lines end at its edge."""
        right, low = self.left + self.width, self.top + self.height
        return min(max(x, self.left), right), min(max(y, self.top), low)

    def _placed(self, places: Iterable[marks.Point]) -> list[marks.Point]:
        return [(self.x(x), self.y(y)) for x, y in places]

    def _box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        one, other = self._within(self.x(x), self.y(y)), self._within(self.x(x + width), self.y(y + height))
        (left, right), (top, low) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return left, top, right - left, low - top


def _alike(*values) -> list[tuple]:
    """Scalars and lists made rows of equal length."""
    longest = next((len(value) for value in values if hasattr(value, "__len__")), 1)
    return list(zip(*(value if hasattr(value, "__len__") else [value] * longest for value in values), strict=True))


def _broken(places: Sequence[marks.Point]) -> list[list[marks.Point]]:
    """Split a line where a coordinate is not a number."""
    gaps = [-1, *(at for at, (x, y) in enumerate(places) if x != x or y != y), len(places)]
    return [list(places[a + 1 : b]) for a, b in pairwise(gaps)]


def _sized(style: dict) -> dict:
    return {**style, "size": style.get("markersize", 5.0)}
