"""Text of a cell as people meant it, and the key under which two spellings of the same name meet.

Folded silently: Unicode form (NFC), odd spaces, hyphens that only break differently, spaces around. Said with a note:
removed characters that nobody sees (Unicode control, bidirectional, noncharacters) and repaired damage. Zero-width
joiners stay (contracts, "Text").
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from functools import lru_cache

from kit.collect.parsed import BLANK, READ_AS, Parsed, Unreadable, is_blank
from kit.collect.repair import WORD, Repair, may_be_converted, repaired, undouble
from kit.collect.syllables import TONES, is_possible

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width space, word joiner, byte order mark
_HYPHENS = re.compile("[\u2010\u2011]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
# Letters were replaced: by the replacement character, or by "?" inside words of a text that has no accents left.
_LOST = re.compile(r"[a-z]\?[a-z]")
_DASHES = re.compile("\\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+\\s*")
_CACHED_LENGTH = 120
_ETH = str.maketrans("Ðð", "Đđ")

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# One look that nearly all text passes: anything but plain Vietnamese, or a pair of letters that damage leaves behind.
_SUSPECT = re.compile(
    f"[^ -~\n{_LETTERS}{_LETTERS.upper()}‘’“”–…]|^\\s|\\s$|[ÃĂÂáâ][‘’“”–…]|Xà|\\?[a-z]"
    "|[aeyAEY][ùâáàãêéèúõÙÂÁÀÃÊÉÈÚÕ]|[ôÔ][ùõÙÕ]|[A-ZĐƠƯ][ẩẫấèềểễếí][A-ZĐƠƯ]|[ẩẫấèềểễếí][A-ZĐƠƯ]"
)


def clean_text(value: str) -> Parsed | Unreadable:
    """Return the text as meant: ``Parsed(str | None)`` or ``Unreadable("text-unreadable")`` for uncertain damage."""
    if value.isascii() and value.isprintable():
        text = value.strip()
        if "?" in text and len(_LOST.findall(text)) > 1 and "://" not in text:
            return Unreadable("text-unreadable", "lost-letters")
        return Parsed(text) if text else BLANK
    if not _SUSPECT.search(value) and not may_be_converted(value):
        return Parsed(value)
    return _clean(value)


def parse_text(value: object) -> Parsed | Unreadable:
    """Read the text of a cell of any type; what the spreadsheet turned into a number or a date becomes text again.

    A whole number loses its ``.0``; a date comes back day first (``05/06/2024``) with a note.
    """
    if is_blank(value):
        return BLANK
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Unreadable):
        return value
    if isinstance(value, bool):
        return Parsed("TRUE" if value else "FALSE", READ_AS, "truth-value")
    if isinstance(value, int | float) and math.isfinite(value):
        return Parsed(str(int(value)) if value == int(value) else repr(value))
    if isinstance(value, dt.date):
        return Parsed(value.strftime("%d/%m/%Y"), READ_AS, "date")
    return Parsed(str(value), READ_AS, "time")


def _clean(value: str) -> Parsed | Unreadable:
    doubled = undouble(value)
    text = _BREAKS.sub("\n", doubled.text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    without = _UNWANTED.sub("", text)
    if not doubled.certain or "\ufffd" in without:
        return Unreadable("text-unreadable", doubled.how or "lost-letters")
    outcome = repaired(_SPACES.sub(" ", without))
    if not outcome.certain:
        return Unreadable("text-unreadable", outcome.how)
    final = _HYPHENS.sub("-", _INVISIBLE.sub("", outcome.text)).strip()
    if "Ð" in final or "ð" in final:
        final = WORD.sub(_with_d_bar, final)
    if not final:
        return BLANK
    how = _how(doubled, outcome, removed=without != text)
    return Parsed(final, READ_AS, how) if how else Parsed(final)


def _with_d_bar(match: re.Match) -> str:
    """Old documents write the Icelandic eth for Đ (``Ðại``, ``QÐ``); a word that is not Vietnamese keeps it."""
    folded = match[0].translate(_ETH)
    return folded if is_possible(folded) or folded.isupper() else match[0]


def _how(doubled: Repair, outcome: Repair, *, removed: bool) -> str:
    return doubled.how or outcome.how or ("unseen-characters" if removed else "")


def match_key(text: str) -> str:
    """Return the key of a name, code or reference: without case, dash style, spacing and the *place* of tone marks.

    ``HOÀ BÌNH``/``Hòa Bình`` and ``UỶ``/``Ủy`` meet; ``hòa`` and ``hóa`` do not. Each run of letters keeps its tones
    at its end, in order, so that no table of syllables is needed.
    """
    return _short_key(text) if len(text) <= _CACHED_LENGTH else _key(text)


def _key(text: str) -> str:
    folded = _DASHES.sub("-", " ".join(text.split()))
    if folded.isascii():
        return folded.casefold()
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFC", folded)).casefold().translate(_ETH)
    return re.sub(r"[^\W\d_]+", _tones_last, unicodedata.normalize("NFC", folded))


_short_key = lru_cache(maxsize=65536)(_key)  # names and codes come again and again, long texts do not


def _tones_last(match: re.Match) -> str:
    decomposed = unicodedata.normalize("NFD", match[0])
    letters = "".join(char for char in decomposed if char not in TONES)
    tones = "".join(char for char in decomposed if char in TONES)
    return unicodedata.normalize("NFC", letters) + "".join(f"'{ord(tone):x}" for tone in tones)
