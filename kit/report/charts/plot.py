"""The plotting area of a chart: data coordinates, ticks, spines; bars, lines, marks and texts placed on them.

The methods are those of matplotlib's ``Axes`` that the charts need, with the same names and styles; nothing is scaled,
fitted or cut off by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib import rcParams
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, BboxTransform

from kit.report.charts.pen import Pen
from kit.report.charts.style import MM, text_width

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
    """The plotting area: ``area`` in points on the sheet; what it is told is drawn by ``paint``."""

    def __init__(self, area: Bbox, pen: Pen):
        self.area, self.pen, self.view = area, pen, Bbox.unit()
        self.spines: tuple[str, ...] = ("left", "bottom")
        self.xticks: list[Tick] = []
        self.yticks: list[Tick] = []
        self._told: list[tuple[float, int, Callable[[Affine2D], None]]] = []

    def set_xlim(self, left: float, right: float) -> None:
        """Set the data coordinates of the left and right edge."""
        self.view.intervalx = (left, right)

    def set_ylim(self, bottom: float, top: float) -> None:
        """Set the data coordinates of the lower and upper edge."""
        self.view.intervaly = (bottom, top)

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
        x, y, width, height = np.array(corners, dtype=float).T
        edges = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])
        path = Path.make_compound_path_from_polys(edges.transpose(2, 0, 1))
        self._later(style, 1, lambda place: self.pen.shape(path, place, **style))

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
        self._lines((self.view.x0, y, self.view.x1, y), style)

    def axvline(self, x: float, **style) -> None:
        """Draw an upright line through the whole area; the limits must be set."""
        self._lines((x, self.view.y0, x, self.view.y1), style)

    def plot(self, x: Sequence[float], y: Sequence[float], marker: str = "", **style) -> None:
        """Draw a line through points (broken at NaN) or, with a ``marker``, marks at them."""
        places = np.array([x, y], dtype=float).T
        if marker:
            self._later(style, 2, lambda place: self.pen.marks(marker, place.transform(places), **style))
        elif len(places):
            self._path(Path(places), style)

    def text(self, x: float, y: float, words: str, **style) -> None:
        """Write a text whose middle is at ``y``; ``bbox`` (``facecolor``, ``pad``) is a ground behind it."""
        self.annotate(words, (x, y), **style)

    def annotate(self, words: str, at: tuple[float, float], *, xytext: tuple[float, float] = (0, 0), **style) -> None:
        """Write a text ``xytext`` points (to the right, upwards) from a place."""
        self._later(style, 3, lambda place: self.write(*(place.transform(at) + xytext), words, **style))

    def write(self, x: float, y: float, words: str, **style) -> None:
        """Write at once a text of one or more lines whose middle is at ``y`` points on the sheet."""
        size, lines = style.get("fontsize", rcParams["font.size"]), words.split("\n")
        first = y - size * (_MIDDLE - _LINE * (len(lines) - 1) / 2)
        if style.get("bbox"):
            self._ground(x, first, words, style)
        for at, line in enumerate(lines):
            self.pen.words(x, first - at * size * _LINE, line, **style)

    def _ground(self, x: float, base: float, words: str, style: dict) -> None:
        size, pad = style["fontsize"], style["bbox"].get("pad", 2.0)
        wide = text_width(words, size, style.get("fontweight", "normal")) * MM
        left = x - {"center": wide / 2, "right": wide}.get(style.get("ha", "left"), 0.0)
        box = Bbox.from_extents(left, base - _DESCENT * size, left + wide, base + _ASCENT * size).padded(pad)
        self.pen.box(box, facecolor=style["bbox"]["facecolor"])

    def paint(self) -> None:
        """Draw everything by ``zorder`` and then in the order told, with ticks and spines between."""
        place = BboxTransform(self.view, self.area).frozen()
        self._told.append((_TICKS_AT, len(self._told), self._ticks))
        for *_, paint in sorted(self._told, key=lambda one: one[:2]):
            paint(place)

    def _ticks(self, place: Affine2D) -> None:
        left, low, right, top = self.area.extents
        long, pad, size = (rcParams[f"xtick.{name}"] for name in ("major.size", "major.pad", "labelsize"))
        for tick in self.xticks:
            x = place.transform((tick.at, 0.0))[0]
            mark = {"color": rcParams["xtick.color"], "linewidth": rcParams["xtick.major.width"]}
            self.pen.line(Path([(x, low), (x, low - long)]), **mark)
            style = {"fontsize": size, "fontweight": tick.fontweight, "color": rcParams["xtick.color"], "ha": tick.ha}
            self.pen.words(x, low - long - pad - _ASCENT * size, tick.text, **style)
        for tick in self.yticks:
            style = {"fontsize": rcParams["ytick.labelsize"], "fontweight": tick.fontweight, "ha": tick.ha}
            x, y = left - rcParams["ytick.major.pad"], place.transform((0.0, tick.at))[1]
            self.write(x, y, tick.text, color=rcParams["ytick.color"], **style)
        edges = {"left": [(left, top), (left, low)], "bottom": [(left, low), (right, low)]}
        look = {"color": rcParams["axes.edgecolor"], "linewidth": rcParams["axes.linewidth"]}
        for name in self.spines:
            self.pen.line(Path(edges[name]), **look)

    def _later(self, style: dict, usual: float, paint: Callable[[Affine2D], None]) -> None:
        self._told.append((style.get("zorder", usual), len(self._told), paint))

    def _lines(self, ends: tuple, style: dict) -> None:
        """Lines of one look, from the first to the second place of ``ends`` (x, y, x, y: numbers or lists)."""
        places = np.column_stack(np.broadcast_arrays(*ends)).reshape(-1, 2).astype(float)
        if len(places):
            self._path(Path(places, [Path.MOVETO, Path.LINETO] * (len(places) // 2)), style)

    def _path(self, path: Path, style: dict) -> None:
        self._later(style, 2, lambda place: self.pen.line(path, place, **style))
