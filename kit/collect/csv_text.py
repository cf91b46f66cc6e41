"""Bytes of a CSV file → text and records: encoding, delimiter, quotes. Decides only what is certain."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kit.collect.syllables import is_possible
from kit.collect.text import match_key

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 2**30
_WORD = re.compile(r"[^\W\d_]+")
_FEW = 0.01  # share of damaged characters up to which a file still counts as UTF-8 with damaged cells


@dataclass(frozen=True)
class Decoded:
    """Text of a file; ``encoding`` as Python names it, blank when no encoding is certain."""

    text: str
    encoding: str


def decoded(content: bytes) -> Decoded:
    """Decode UTF-8 (with or without BOM), else UTF-16 or Windows-1258 where that is certain.

    A few bytes that are not UTF-8 become U+FFFD, which makes their cells unreadable and leaves the others alone.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return Decoded(content.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding)
    sample = content[:4000]
    for encoding, blanks in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sample and blanks.count(0) > len(sample) * 0.3:
            return Decoded(content.decode(encoding, errors="replace"), encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    replaced = content.decode("utf-8", errors="replace")
    damaged = replaced.count("\ufffd")
    accented = sum(1 for char in replaced if char > "\x7f") - damaged
    if damaged <= max(1, accented * _FEW):
        return Decoded(replaced, "utf-8")
    windows = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    words = {word for word in _WORD.findall(windows) if not word.isascii()}
    if "\ufffd" not in windows and words and all(is_possible(word) for word in words):
        return Decoded(windows, "cp1258")
    return Decoded("", "")


def delimiter_of(header: str, known: Mapping[str, str]) -> str:
    """Return the delimiter under which most cells of the first line are known names; a comma when none is."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        count = sum(1 for cell in cells if match_key(cell.strip()) in known)
        if count > most:
            best, most = delimiter, count
    return best


def has_open_quote(text: str) -> bool:
    """True when the quotation marks of a file do not come in pairs, so that one of them would swallow rows."""
    return text.count('"') % 2 == 1


def records(text: str, delimiter: str, *, by_line: bool = False) -> Iterator[list[str]]:
    """Yield the records of a CSV text, blank lines as empty lists; ``by_line`` lets no quote reach over a line's end."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        if by_line:
            for line in text.splitlines():
                yield next(csv.reader([line], delimiter=delimiter), [])
        else:
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    finally:
        csv.field_size_limit(before)
