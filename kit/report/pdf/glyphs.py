"""Characters that no font at hand has: kept from failing a PDF/UA-1 file, shown, and reported.

matplotlib brings a font of last resort that draws a box with a sign of the script for any character; where it is at
hand, such text stays as it is and can be copied. Otherwise the character is printed as its code. Characters for
private use mean nothing outside the program that wrote them and are always printed as their code.
"""

from __future__ import annotations

import re
import warnings

_UNCOVERED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_IGNORABLE = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_LAST_RESORT = b"LastResort"


def uncovered(diagnostics: str) -> set[str]:
    """Return the clusters that typst says no font can display."""
    return {
        _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text) for text in _UNCOVERED.findall(diagnostics)
    }


def without(text: str, clusters: set[str]) -> str:
    """Replace clusters no font has: first without invisible joiners and selectors, then letter by letter as codes."""
    pattern = "|".join(re.escape(cluster) for cluster in sorted(clusters, key=lambda c: (-len(c), c)))
    return re.sub(pattern, lambda found: _shown(found[0]), text)


def without_private(text: str) -> tuple[str, set[str]]:
    """Return the text with private-use characters as codes, and the characters replaced."""
    found = set(_PRIVATE.findall(text))
    return (without(text, found) if found else text), found


def warn(replaced: set[str], content: bytes) -> None:
    """Warn about characters printed as codes, and about boxes in the finished file."""
    if replaced:
        codes = sorted({f"U+{ord(c):04X}" for cluster in replaced for c in cluster if not _is_latin(c)})
        some = ", ".join(codes[:10]) + (f" and {len(codes) - 10} more" if len(codes) > 10 else "")
        warnings.warn(f"no font at hand has these characters, printed as their codes: {some}", stacklevel=3)
    if _LAST_RESORT in content:
        warnings.warn(
            "no font at hand has some characters (another script, emoji): the PDF shows boxes in their place; "
            "their text can still be searched and copied",
            stacklevel=3,
        )


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "\u00c0" <= letter <= "\u024f" or "\u1ea0" <= letter <= "\u1ef9"


def _shown(cluster: str) -> str:
    bare = _IGNORABLE.sub("", cluster)
    if bare != cluster:
        return bare
    return "".join(c if _is_latin(c) else f"[U+{ord(c):04X}]" for c in cluster)
