"""The style sheet of all charts, ``kit/report/kit.mplstyle``, and the width of texts set in it."""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

from kit.report.plain import visible

STYLE = mpl.rc_params_from_file(Path(__file__).parents[1] / "kit.mplstyle", use_default_template=False)
INK, MIDDLE, ALARM, GREY, PALE = STYLE["axes.prop_cycle"].by_key()["color"][:5]
SIZE, YTICK_SIZE, KEY_SIZE = (STYLE[name] for name in ("font.size", "ytick.labelsize", "legend.fontsize"))
MM = 72 / 25.4  # points
FAMILY = ", ".join([*map(repr, STYLE["font.sans-serif"]), *STYLE["font.family"]])  # as a style sheet names it


@lru_cache(maxsize=64)
def font(size: float, weight: str) -> FontProperties:
    """Return the font of the style sheet; not to be changed."""
    families = STYLE["font.family"]
    names = [name for family in families for name in STYLE.get(f"font.{family}", [family])]
    return FontProperties(
        family=names + [family for family in families if family not in names], size=size, weight=weight
    )


@lru_cache(maxsize=4)
def _face(weight: str) -> FT2Font:
    face = FT2Font(findfont(font(100, weight)))
    face.set_size(100, 72)
    return face


@lru_cache(maxsize=4096)
def _advance(letter: str, weight: str) -> float:
    """Width of one letter in points at size 100."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter the font lacks has the width of its replacement
        return _face(weight).load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536


@lru_cache(maxsize=1 << 13)
def text_width(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return the width of one line of text in mm (without kerning, which only makes it narrower)."""
    return sum(_advance(letter, weight) for letter in text) * size / 100 / MM


def wrapped(text: str, width: float, *, size: float = SIZE, lines: int = 2) -> list[str]:
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
