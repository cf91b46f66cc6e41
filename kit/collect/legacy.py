"""Text typed with the fonts of before Unicode, as its bytes look in Latin-1.

Two encodings: TCVN3 (``ph¸p luËt``) and VNI (``phaùp luaät``).

The code tables are those of the two encodings as published; case of TCVN3 capitals lies in the font, not in the text,
and is taken from the neighbouring letters.
"""

from __future__ import annotations

import re

from kit.collect.syllables import is_attested, is_possible

_TCVN3_BYTES = bytes.fromhex(
    "a1a2a3a4a5a6a7 a8a9aaabacadae b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcddde"
    "dfe1e2e3e4 e5e6e7e8e9 eaebecedee eff1f2f3f4 f5f6f7f8f9 fafbfcfdfe"
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip(_TCVN3_BYTES.decode("latin-1"), _TCVN3_LETTERS, strict=True))

_VNI_PAIRS = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
}
_VNI_SINGLE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
_VNI_TOKEN = re.compile(r"[aeouyôö][ùøûõïâáàåãäêéèúüë]|[íìæóòôöîñ]", re.IGNORECASE)

# Signs of such text: letters Vietnamese does not have, symbols inside words, or a plain vowel before a marked one.
_SIGNS = re.compile(
    r"[A-Za-zÀ-ÿ][¡-¬\u00ad®µ-¹»-¾]|[¡-¬\u00ad®µ-¹»-¾][A-Za-zÀ-ÿ]|[ÄÅÆÇËÎÏÑÖØÛÜßäåæçëîïñöøûüþÞÿ]"
    r"|[aeyAEY][ùâáàãêéèúõÙÂÁÀÃÊÉÈÚÕ]|[ôÔ][ùõÙÕ]"
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ¡-¬\u00ad®µ-¹»-¾\u0100-\u1eff]+")
_LEAST_LETTERS = 3


def _tcvn3(word: str) -> str:
    letters = [char for char in word if char.isascii()]
    capital = bool(letters) and all(char.isupper() for char in letters) and len(word) > 1
    first_only = capital and len(letters) == 1
    mapped = "".join(_TCVN3.get(char, char) for char in word)
    return mapped.upper() if capital and not first_only else mapped


def _vni(word: str) -> str:
    def letter(match: re.Match) -> str:
        pair = match[0].lower()
        found = _VNI_PAIRS[pair[0]].get(pair[1]) if len(pair) == 2 else _VNI_SINGLE[pair]
        if found is None:  # a single letter of VNI followed by a mark that does not belong to it
            return _VNI_SINGLE.get(pair[0], pair[0]) + _VNI_SINGLE.get(pair[1], pair[1])
        return found.upper() if match[0][0].isupper() else found

    return _VNI_TOKEN.sub(letter, word)


def _reading(text: str, convert) -> tuple[str | None, int]:
    """Return the text read with one encoding (``None`` if a word is no syllable then) and how many words say so."""
    evidence, fails, sound = 0, False, False
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        if any(char > "\xff" for char in word):
            sound = True
            continue
        read = convert(word)
        if not is_possible(read):
            fails = fails or not is_possible(word)
        elif not is_possible(word) and len(word) >= _LEAST_LETTERS:
            evidence += 2 if is_attested(read) else 1
        elif not is_possible(word):
            evidence += 1
    if evidence < 2 or fails:
        return None, 0
    if sound:  # letters no such font has stand beside it
        return None, evidence
    return _WORD.sub(lambda match: match[0] if match[0].isascii() else convert(match[0]), text), evidence


def legacy_readings(text: str) -> list[tuple[str, str | None]]:
    """Return the readings of a text as ``(encoding, text)``; empty for text that is no such text.

    The text is ``None`` when damaged and sound words stand side by side, so that no reading is certain.
    """
    if not _SIGNS.search(text):
        return []
    found = []
    for name, convert in (("tcvn3", _tcvn3), ("vni", _vni)):
        reading, evidence = _reading(text, convert)
        if evidence:
            found.append((name, reading))
    return found
