"""Repair of damaged Vietnamese text, only where the repair is certain (domain.md §7.3).

Four kinds: UTF-8 read as a Windows code page (``PhÃ¡p``), a lost capital before a no-break space (``XàHỘI``), Unicode
pushed through a TCVN3 converter (``phỏp luật``), and bytes of the old TCVN3 and VNI fonts (``ph¸p luËt``, ``chaøo``).
Correct Vietnamese is never touched: every repair needs a form that cannot be Vietnamese and becomes Vietnamese by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.collect.legacy import legacy_readings
from kit.collect.syllables import is_attested, is_compound, is_non_word, is_possible

WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Repair:
    """Text after repair; ``how`` blank: nothing was wrong; ``certain`` False: damaged, and not repaired."""

    text: str
    how: str = ""
    certain: bool = True


_CP1252 = {char: char.encode("cp1252")[0] for char in "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"}
_BYTE = {chr(code): code for code in range(256)} | _CP1252 | {"Ă": 0xC3}  # Ă: the lead byte as code page 1258 shows it
_CONTINUATION = "".join(re.escape(char) for char, code in _BYTE.items() if 0x80 <= code <= 0xBF)
_PUNCTUATION = "\u00a0‘’“”–—…•«»·"
_SURE = "".join(re.escape(char) for char, code in _BYTE.items() if 0x80 <= code <= 0xBF and char not in _PUNCTUATION)
# Pairs that correct text never contains; after Ã, Ă and á» a quotation mark or a dash may simply be punctuation.
_CERTAIN_UTF8 = re.compile(
    f"[ÃĂÂ][{_SURE}]|[ÄÅÆ][{_CONTINUATION}]|(?<!\\w)[ÃĂ][‘’“”•–—](?=\\w)"
    f"|á[{_SURE}][{_CONTINUATION}]|á»[{_SURE}]|â[€][{_CONTINUATION}]"
)
_LEFT_OVER = re.compile(f"[ÃĂ][{_PUNCTUATION}]|[ÄÅÆ]|á[º»]|â€")
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_PLAUSIBLE = frozenset(_LETTERS + _LETTERS.upper() + _PUNCTUATION + "₫°²³§×÷±½¼\u2011\u00ad" + "".join(_CP1252))


def _decoded_once(text: str) -> str | None:
    try:
        return bytes(_BYTE[char] for char in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def _is_plausible(text: str) -> bool:
    return all(char < "\x7f" or char in _PLAUSIBLE for char in text)


def _decoded(text: str) -> str | None:
    """Decode up to three layers of the whole text; ``None`` when no layer is plain Vietnamese."""
    current: str | None = text
    for _ in range(3):
        current = _decoded_once(current) if current else None
        if current is None or _is_plausible(current):
            return current
    return None


def undouble(text: str) -> Repair:
    """Read UTF-8 that was taken for Windows-1252, 1258 or Latin-1, once or several times over."""
    if not _CERTAIN_UTF8.search(text):
        return Repair(text)
    whole = _decoded(text)
    if whole is None:  # damaged and sound parts side by side: only pairs that nothing else explains
        whole = _CERTAIN_UTF8.sub(lambda match: _decoded(match[0]) or match[0], text)
        if _CERTAIN_UTF8.search(whole) or _LEFT_OVER.search(whole):
            return Repair(text, "utf-8", certain=False)
    return Repair(whole, "utf-8" if whole != text else "")


# "XÃ HỘI" with a no-break space: the bytes C3 A0 were read as one letter, à. X-à cannot be a syllable in capitals.
_LOST_CAPITAL = re.compile(r"(?<![^\W\d_])Xà(?=[^\W\d_a-zàáảãạăâđèéêìíòóôơùúưý][^\W\d_]*)")


def restore_capitals(text: str) -> Repair:
    """``XàHỘI`` → ``XÃ HỘI``."""

    def restored(match: re.Match) -> str:
        rest = WORD.match(text, match.end())
        return "XÃ " if rest and rest[0].isupper() and is_possible(rest[0]) else match[0]

    repaired = _LOST_CAPITAL.sub(restored, text)
    return Repair(repaired, "utf-8" if repaired != text else "")


# Which letter a TCVN3 → Unicode converter made of which Unicode letter (Latin-1 code = TCVN3 code), inverted.
_UNCONVERT = str.maketrans("ỏõóốộờỡớũúụừựỳ", "áâãèéêìíòóôõùú")
_ALWAYS = str.maketrans("õóú", "âãó")  # the converter leaves no õ, ó, ú of its own, so these are sure
_CONVERTED = frozenset("ỏõóốộờỡớũúụừựỳ")
_SOUND = frozenset("áâãèéêìíòôùÈÉÊÌÒÓÔÕÝ")  # letters that no converted text contains
_CAPITALS = str.maketrans("ẩẫấèềểễếí", "ÈÉÊÌÒÓÔÕÝ")
_MIXED = re.compile(r"[^\W\d_a-zđơư][ẩẫấèềểễếí]|[ẩẫấèềểễếí][^\W\d_a-zđơư]")


def _capital_word(match: re.Match) -> str:
    word = match[0]
    others = [char for char in word if char not in "ẩẫấèềểễếí"]
    if len(others) < 2 or len(others) == len(word) or not all(char.isupper() for char in others):
        return word
    repaired = word.translate(_CAPITALS)
    return repaired if is_possible(repaired) else word


def _title(word: str, repaired: str) -> str:
    return repaired.capitalize() if word[0].isupper() else repaired


def _unconverted_words(words: list[str]) -> list[str] | None:
    """Read each word of a converted text, or ``None`` where two readings remain."""
    result: list[str] = []
    for index, word in enumerate(words):
        low = word.lower()
        readings = {low.translate(_ALWAYS), low.translate(_UNCONVERT)}
        readings = {each for each in readings if is_possible(each)} or {low.translate(_ALWAYS)}
        if len(readings) > 1:
            before = result[-1] if result else ""
            after = words[index + 1] if index + 1 < len(words) else ""
            told = {each for each in readings if is_compound(before, each) or is_compound(each, after)}
            readings = told or {each for each in readings if is_attested(each)}
        if len(readings) != 1:
            return None
        result.append(_title(word, readings.pop()))
    return result


def may_be_converted(line: str) -> bool:
    """False for text that certainly did not go through a TCVN3 converter (a quick look)."""
    return not _CONVERTED.isdisjoint(line) and ("\n" in line or _SOUND.isdisjoint(line))


def _unconvert_line(line: str) -> Repair:
    line_fixed = WORD.sub(_capital_word, line) if _MIXED.search(line) else line
    how = "tcvn3" if line_fixed != line else ""
    if not _CONVERTED.intersection(line) or _SOUND.intersection(line):
        return Repair(line_fixed, how)
    words = WORD.findall(line_fixed)
    suspects = [
        word for word in words if _CONVERTED.intersection(word) and (is_non_word(word) or not is_possible(word))
    ]
    if not any(is_attested(word.lower().translate(_UNCONVERT)) for word in suspects):
        return Repair(line_fixed, how)
    lowered = [word for word in words if not word.isupper()]
    readings = _unconverted_words(lowered)
    if readings is None:
        return Repair(line, "tcvn3", certain=False)
    following = iter(readings)
    return Repair(WORD.sub(lambda match: match[0] if match[0].isupper() else next(following), line_fixed), "tcvn3")


def unconvert(text: str) -> Repair:
    """Undo a TCVN3 → Unicode conversion of text that was Unicode already (``phỏp luật`` → ``pháp luật``), by lines."""
    lines = [_unconvert_line(line) for line in text.split("\n")]
    if not all(line.certain for line in lines):
        return Repair(text, "tcvn3", certain=False)
    how = next((line.how for line in lines if line.how), "")
    return Repair("\n".join(line.text for line in lines), how)


def repaired(text: str) -> Repair:
    """Repair NFC text of any damage known; see the module docstring. Text without damage comes back unchanged."""
    for step in (_read_legacy, restore_capitals, unconvert):
        outcome = step(text)
        if outcome.how:
            return outcome
    return Repair(text)


def _read_legacy(text: str) -> Repair:
    """Read text typed with a TCVN3 or VNI font; uncertain when both encodings give different Vietnamese."""
    readings = legacy_readings(text)
    if not readings:
        return Repair(text)
    if len({reading for _, reading in readings}) > 1 or any(reading is None for _, reading in readings):
        return Repair(text, readings[0][0], certain=False)
    how, reading = readings[0]
    return Repair(reading or text, how)
