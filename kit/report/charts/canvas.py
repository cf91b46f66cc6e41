"""The sheet that every chart is drawn on: one style, millimetres, measured labels, the same bytes each time.

No pyplot and no global state: a ``Figure`` is made, drawn to SVG and dropped. Text stays text (``svg.fonttype: none``)
and is never parsed as mathematics, so a ``$`` in a title is a ``$``.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from kit.report.plain import visible

WIDTH = 165.0  # mm: the text width of an A4 page with margins of 30 and 15 mm
STYLE = Path(__file__).parents[1] / "kit.mplstyle"
# Greys and one blue differ in lightness: they stay apart in print and for colour-blind readers.
INK, MIDDLE, PALE, ALARM = "#1f4e79", "#7da7c9", "#d3e2ee", "#9c2a1d"
GREY = "#666666"
_MM = 25.4


@dataclass(frozen=True)
class Sheet:
    # Greys and one blue differ in lightness: they stay apart in print and for colour-blind readers.

    figure: Figure
    axes: Axes
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def plot_width(self) -> float:
        """Width of the plotting area in mm."""
        return WIDTH - self.left - self.right

    def write(self, x: float, y: float, words: str, **style) -> None:
        """Write one line at ``x`` mm from the left and ``y`` mm from the top; ``style`` as for ``Figure.text``."""
        self.figure.text(x / WIDTH, 1 - y / self.height, words, **style)


def draw(paint: Callable[[Sheet], None], height: float, margins: tuple[float, float, float, float]) -> str:
    """Return the SVG of a chart ``height`` mm high; ``margins`` are left, right, top, bottom in mm around the axes."""
    with mpl.rc_context(_style()), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a letter that DejaVu Sans lacks is the reader's font's matter
        left, right, top, bottom = margins
        figure = Figure(figsize=(WIDTH / _MM, height / _MM))
        place = (left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, (height - top - bottom) / height)
        paint(Sheet(figure, figure.add_axes(place), height, left, right, top, bottom))
        out = io.StringIO()
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    return out.getvalue()


@lru_cache(maxsize=1)
def _style() -> dict:
    """All settings: the style sheet over matplotlib's own defaults, whatever the user's matplotlibrc says."""
    settings = mpl.rc_params_from_file(STYLE, use_default_template=True)
    return {key: value for key, value in settings.items() if not key.startswith("backend")}


@lru_cache(maxsize=4)
def _font(weight: str):
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
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


def bare(axes: Axes, *, keep: tuple[str, ...] = ()) -> None:
    """Take ticks, labels and spines away, except the spines named."""
    axes.set_xticks([])
    axes.set_yticks([])
    for name, spine in axes.spines.items():
        spine.set_visible(name in keep)
