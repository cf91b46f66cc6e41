"""How wide a line in the bold of Times New Roman is, near enough for a rule drawn under it."""

from __future__ import annotations

import unicodedata

# Advance widths in thousandths of the size; Vietnamese marks add nothing to their base letter.
_WIDTHS = {
    250: " .,",
    278: "ijlt",
    333: "-f():;'",
    389: "Is",
    444: "cerz",
    500: "Jaogvxy0123456789_",
    556: "bdhknpqu",
    611: "FP",
    667: "BELSTZ",
    722: "ACDKNRUVXYw",
    778: "GHOQ",
    833: "m",
    944: "M",
    1000: "W…–",
}
_ADVANCE = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BARRED = str.maketrans("đĐ", "dD")


def bold_width(text: str, size: float) -> float:
    """Return the width of one line of bold text of ``size`` points, in twips."""
    bare = unicodedata.normalize("NFD", text.translate(_BARRED))
    return sum(_ADVANCE.get(c, 556) for c in bare if not unicodedata.combining(c)) / 1000 * size * 20
