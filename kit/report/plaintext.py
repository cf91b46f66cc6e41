"""Texts as every page can print them: NFC, without control characters, bidirectional controls and noncharacters."""

from __future__ import annotations

import re
import unicodedata

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
# Kept: tab, line feed and the zero-width joiners; U+2028 and U+2029 are line breaks to a reader.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_VERBATIM = frozenset({"data", "svg", "format", "kind", "href"})


def clean_text(text: str) -> str:
    """Return ``text`` in NFC without escape sequences, controls and noncharacters; lone surrogates become U+FFFD."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # none of what is taken away is printable
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", _ANSI.sub("", text)))
    return unicodedata.normalize("NFC", text)


def cleaned(value):
    """Return a JSON value with all its texts cleaned; sources of pictures stay as they are, bar lone surrogates."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {k: _verbatim(v) if k in _VERBATIM and isinstance(v, str) else cleaned(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(item) for item in value]
    return value


def _verbatim(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
