"""The sheet that every chart is drawn on: one style, millimetres, measured labels, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kit.report.charts.pen import Pen
from kit.report.charts.plot import Plot
from kit.report.charts.style import MM, STYLE

WIDTH = 165.0  # mm: the text width of an A4 page with margins of 30 and 15 mm


@dataclass(frozen=True)
class Sheet:
    """A chart being drawn: its plotting area and margins around it in mm, and what is drawn outside the area."""

    axes: Plot
    height: float
    left: float
    right: float
    top: float
    bottom: float
    outside: list[Callable[[], None]] = field(default_factory=list)

    @property
    def plot_width(self) -> float:
        """Width of the plotting area in mm."""
        return WIDTH - self.left - self.right

    def write(self, x: float, y: float, words: str, **style) -> None:
        """Write one line at ``x`` mm from the left, its middle ``y`` mm from the top; styled as by ``Plot.text``."""
        self.outside.append(lambda: self.axes.write(*self._place(x, y), words, **style))

    def box(self, x: float, y: float, width: float, height: float, **style) -> None:
        """Draw a box whose upper left corner is ``x``, ``y`` mm from that of the sheet; styled as by ``Pen.shape``."""
        corners = (*self._place(x, y + height), *self._place(x + width, y))
        self.outside.append(lambda: self.axes.pen.box(*corners, **style))

    def mark(self, marker: str, x: float, y: float, **style) -> None:
        """Draw a mark ``x``, ``y`` mm from the upper left corner; ``style`` as for ``Plot.plot``."""
        self.outside.append(lambda: self.axes.pen.marks(marker, [self._place(x, y)], **style))

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """Points from the lower left corner, of millimetres from the upper left one."""
        return x * MM, (self.height - y) * MM


def draw(paint: Callable[[Sheet], None], height: float, margins: tuple[float, float, float, float]) -> str:
    """Return the SVG of a chart ``height`` mm high; ``margins`` are left, right, top, bottom in mm around the axes."""
    left, right, top, bottom = margins
    wide, high = WIDTH * MM, height * MM
    pen = Pen(wide, high)
    pen.box(0, 0, wide, high, facecolor=STYLE["savefig.facecolor"])
    sheet = Sheet(Plot((left * MM, bottom * MM, wide - right * MM, high - top * MM), pen), height, *margins)
    paint(sheet)
    sheet.axes.paint()
    for one in sheet.outside:
        one()
    return pen.finish()


def bare(axes: Plot, *, keep: tuple[str, ...] = ()) -> None:
    """Take ticks, labels and spines away, except the spines named."""
    axes.xticks, axes.yticks, axes.spines = [], [], keep
