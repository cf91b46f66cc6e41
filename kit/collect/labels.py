"""Keys as people choose them ("CS-2024-01 – Luật …"): labels of drop-downs, and the way back to the key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kit.periods import Period, is_period, parse_period

SEPARATOR = " – "
LONGEST_TITLE = 90
_SPLIT = re.compile(r"\s+[-\u2010-\u2015]\s+")
_COMPARED = 25  # letters of a title that tell whether a label still says what its key means
YEAR_CODES = ("H1", "H2", "9M", "Y", *(f"Q{number}" for number in range(1, 5)), *(f"M{m:02d}" for m in range(1, 13)))


def labelled(key: str, title: str) -> str:
    """Return the label of a key, its title shortened at a word."""
    text = " ".join(title.split())
    if len(text) > LONGEST_TITLE:
        text = text[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"
    return f"{key}{SEPARATOR}{text}" if text else key


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield every way to read a text as key and title, the shortest key first."""
    for match in _SPLIT.finditer(text):
        yield text[: match.start()].strip(), text[match.end() :].strip()


def agrees(said: str, title: str) -> bool:
    """True when the title in a label is the one that its key has, as far as both go."""
    one, other = (unicodedata.normalize("NFC", " ".join(text.split())).casefold() for text in (said, title))
    length = min(len(one.rstrip("…")), len(other), _COMPARED)
    return one[:length] == other[:length] and (length > 0 or not other)


def period_title(period: Period) -> str:
    """Return what people call a coded period, as a title begins: ``6 tháng đầu năm 2024``, ``Quý I năm 2024``."""
    return period.name[:1].upper() + period.name[1:]


def is_period_label(code: str, said: str) -> bool:
    """True when ``said`` is what people call the period of a code."""
    return is_period(code) and ".." not in code and agrees(said, period_title(parse_period(code)))


def period_labels(year: int) -> list[str]:
    """Return the labels of all coded periods of a year."""
    return [labelled(code, period_title(parse_period(code))) for code in (f"{year}-{kind}" for kind in YEAR_CODES)]
