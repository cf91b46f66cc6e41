"""Bytes of a CSV file → text and records: encoding, delimiter, quotes. Decides only what is certain."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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


def has_open_quote(text: str, delimiter: str) -> bool:
    """True when a quotation mark is opened and never closed, so that it would swallow all rows below."""
    if text.count('"') % 2 == 0:
        return False
    try:
        with _long_cells():
            for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the records of a CSV text; a blank line is an empty record."""
    with _long_cells():
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def line_records(text: str, delimiter: str) -> Iterator[list[str] | None]:
    """Yield one record for each line, ``None`` where its quotation marks do not come in pairs."""
    for line in text.split("\n"):
        whole = line.rstrip("\r")
        yield None if whole.count('"') % 2 else next(csv.reader([whole], delimiter=delimiter), [])


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
