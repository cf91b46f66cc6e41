"""How wide letters and words are at most in the serif families that reports are set in, without looking at a font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# The widest that a letter is in bold in any of the serif families of the text, in thousandths of the size.
_WIDEST = {
    350: " .,:;!'‘’/\\()ijl",
    400: "-[]ftI",
    500: "ceszr",
    600: "abdgopquvxyJ_0123456789",
    700: "hknBEFLPSTZ",
    850: "wACDGHKNOQRUVXY",
    1050: "mMW%",
}
_WIDTHS = {letter: width for width, letters in _WIDEST.items() for letter in letters}
_UNKNOWN, _HORN = 2000, 100
_BARRED = str.maketrans("đĐ", "dD")


@lru_cache(maxsize=4096)
def widest(word: str) -> float:
    """Return what a word is at most wide in bold, in sizes of the type."""
    total = 0
    for letter in unicodedata.normalize("NFD", word.translate(_BARRED)):
        if not unicodedata.combining(letter):
            total += _WIDTHS.get(letter, _UNKNOWN)
        elif letter == "\u031b":  # of ơ and ư, the only mark that takes room
            total += _HORN
    return total / 1000
