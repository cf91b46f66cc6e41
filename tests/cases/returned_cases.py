"""The list of cases: a name, what is spoilt, and the findings that must come of it - written by hand, not computed.

An expected finding is ``severity code table.field row``; ``row`` counts as Excel shows it, ``-`` for none; the column's
letter follows from the field, and is given after the row where it is another one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.cases.returned_book import Book

Spoil = Callable[[Book], None]
Finish = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Case:
    """One folder of ``returns``: the file's bytes are ``finish(content of the spoilt book)``."""

    name: str
    title: str
    expected: tuple[str, ...]
    spoil: Spoil
    suffix: str = "xlsx"
    level: str = "commune"
    finish: Finish | None = None


CASES: dict[str, Case] = {}


def case(name: str, title: str, expected: Sequence[str] | str = (), **options: object) -> Callable[[Spoil], Spoil]:
    """Declare a case; the function spoils a book that is in order."""

    def declared(spoil: Spoil) -> Spoil:
        assert name not in CASES, name
        found = (expected,) if isinstance(expected, str) else tuple(expected)
        CASES[name] = Case(name, title, found, spoil, **options)
        return spoil

    return declared


def cell(name: str, expected: Sequence[str] | str, where: str, value: object, *, title: str = "") -> None:
    """Declare a case that puts a value (``None``: nothing) into one cell; ``where`` is ``table.field position``."""
    address, _, position = where.partition(" ")
    table, _, column = address.partition(".")

    def spoil(book: Book) -> None:
        rows = book.rows[table]
        entry = rows[int(position or 0)]
        entry.pop(column, None)
        if value is not None:
            entry[column] = value

    case(name, title or f"{address}: {value!r}", expected)(spoil)
