"""The sheet that every chart is drawn on: one style, millimetres, measured labels, the same bytes each time.

Texts are measured with matplotlib's DejaVu Sans, the shapes written as SVG (``kit.report.charts.marks`` says why). Text
stays text and is never parsed as mathematics, so a ``$`` in a title is a ``$``.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font, LoadFlags

from kit.report.charts import marks
from kit.report.charts.plot import Plot
from kit.report.plain import visible

WIDTH = 165.0  # mm: the text width of an A4 page with margins of 30 and 15 mm
# Greys and one blue differ in lightness: they stay apart in print and for colour-blind readers.
INK, MIDDLE, PALE, ALARM = "#1f4e79", "#7da7c9", "#d3e2ee", "#9c2a1d"
GREY = "#666666"
_MM = 25.4
_POINTS = 72 / _MM
# Verdana is as wide as DejaVu Sans, for readers without it.
_LOOK = "font-family:'DejaVu Sans','Verdana','Arial',sans-serif;stroke-linejoin:miter;stroke-linecap:butt"


@dataclass(frozen=True)
class Sheet:
    """A chart being drawn: its plotting area and margins around it in mm, and what is written outside the area."""

    axes: Plot
    height: float
    left: float
    right: float
    top: float
    bottom: float
    written: list[str] = field(default_factory=list)

    @property
    def plot_width(self) -> float:
        """Width of the plotting area in mm."""
        return WIDTH - self.left - self.right

    def write(self, x: float, y: float, words: str, **style) -> None:
        """Write one line at ``x`` mm from the left, its middle ``y`` mm from the top; styled as by ``Plot.text``."""
        self.written.append(self.axes.written(x * _POINTS, y * _POINTS, words, **style))

    def box(self, x: float, y: float, width: float, height: float, **style) -> None:
        """Draw a box whose upper left corner is ``x``, ``y`` mm from that of the sheet; styled as ``marks.box``."""
        self.written.append(marks.box(*(mm * _POINTS for mm in (x, y, width, height)), **style))

    def mark(self, marker: str, x: float, y: float, **style) -> None:
        """Draw a mark ``x``, ``y`` mm from the upper left corner; ``style`` as for ``Plot.plot``."""
        size = style.get("markersize", 5.0)
        self.written.append(marks.points(marker, [(x * _POINTS, y * _POINTS)], size, **style))


def draw(paint: Callable[[Sheet], None], height: float, margins: tuple[float, float, float, float]) -> str:
    """Return the SVG of a chart ``height`` mm high; ``margins`` are left, right, top, bottom in mm around the axes."""
    left, right, top, bottom = margins
    place = (mm * _POINTS for mm in (left, top, WIDTH - left - right, height - top - bottom))
    sheet = Sheet(Plot(*place, _points_wide), height, left, right, top, bottom)
    paint(sheet)
    wide, high = (f"{mm * _POINTS:.4f}" for mm in (WIDTH, height))
    size = f'width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}"'
    ground = f'<rect width="{wide}" height="{high}" style="fill:#ffffff"/>'
    inner = "\n".join([ground, sheet.axes.svg(), *sheet.written])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size}>\n<g style="{_LOOK}">\n{inner}\n</g>\n</svg>\n'
    )


@lru_cache(maxsize=4)
def _font(weight: str):
    name = "DejaVuSans-Bold.ttf" if weight == "bold" else "DejaVuSans.ttf"
    font = FT2Font(str(Path(get_data_path()) / "fonts" / "ttf" / name))
    font.set_size(100, 72)
    return font


@lru_cache(maxsize=4096)
def _advance(letter: str, weight: str) -> float:
    """Width of one letter in points at size 100."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter the font lacks has the width of its replacement
        return _font(weight).load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536


def text_width(text: str, size: float = 8.5, weight: str = "normal") -> float:
    """Return the width of one line of text in mm (without kerning, which only makes it narrower)."""
    return sum(_advance(letter, weight) for letter in text) * size / 100 / 72 * _MM


def _points_wide(text: str, size: float, weight: str) -> float:
    return text_width(text, size, weight) * _POINTS


def wrapped(text: str, width: float, *, size: float = 8.5, lines: int = 2) -> list[str]:
    """Return a label in at most ``lines`` lines of ``width`` mm; a longer text ends with ``…``."""
    rest = " ".join(visible(text).split()) or "–"
    made: list[str] = []
    while rest and len(made) < lines:
        line = _head_of(rest, width, size)
        rest = rest[len(line) :].strip()
        if rest and len(made) == lines - 1:
            line = _ended(line, width, size)
        made.append(line.strip())
    return made


def _head_of(text: str, width: float, size: float) -> str:
    """The longest beginning that fits: whole words, or letters of a word too long for a line."""
    words = text.split(" ")
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if text_width(longer, size) > width:
            break
        line = longer
    if line:
        return line
    word, low, high = words[0], 1, len(words[0])
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(word[:middle], size) <= width else (low, middle - 1)
    return word[:low]


def _ended(line: str, width: float, size: float) -> str:
    while line and text_width(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line.rstrip(' ,;.')}…"


def bare(axes: Plot, *, keep: tuple[str, ...] = ()) -> None:
    """Take ticks, labels and spines away, except the spines named."""
    axes.xticks, axes.yticks, axes.spines = [], [], keep
