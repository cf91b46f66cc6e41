"""Tables of the report: printed rows cut to what a page can hold, machine-readable rows whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Table

FIRST_ROWS = 25
CELL_TEXT = 600  # characters of one cell; the download has the whole text

NUMBER = Column("STT", "center", 0.45)


def table(
    caption: str,
    columns: Sequence[Column],
    *,
    shown: Iterable[Sequence[str]],
    data: tuple[Sequence[str], Iterable[Sequence[object]]],
    **more,
) -> Table:
    """Return a table of the first ``limit`` (25) rows of ``shown``; ``data`` is (header, all rows) of its download.

    ``more`` are other fields of ``Table``; ``totals`` and ``status`` belong to the rows as given. Total rows are kept
    even where rows before them are hidden.
    """
    rows = [tuple(words.shortened(cell, CELL_TEXT) for cell in row) for row in shown]
    limit = more.pop("limit", FIRST_ROWS)
    totals = set(more.pop("totals", ()))
    status = tuple(more.pop("status", ()))
    # One or two rows too many are not worth hiding.
    kept = [at for at in range(len(rows)) if len(rows) <= limit + 2 or at < limit or at in totals]
    header, raw = data
    return Table(
        caption,
        tuple(columns),
        tuple(rows[at] for at in kept),
        status=tuple(status[at] for at in kept) if status else (),
        totals=tuple(place for place, at in enumerate(kept) if at in totals),
        hidden_rows=len(rows) - len(kept),
        data=(tuple(header), *(tuple(plain(value) for value in row) for row in raw)),
        **more,
    )


def plain(value: object) -> str:
    """Return a value as results.csv writes it: ISO dates, ``.`` as decimal point, blank for missing."""
    if isinstance(value, str):
        return value
    if _missing(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, Fraction):
        value = float(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def day(value: object) -> str:
    """Return a date cell of a frame as ``14/6/2024``; blank when missing."""
    return "" if _missing(value) else words.short_date(value.date())


def amount(value: object) -> str:
    """Return a number cell as it is printed; ``–`` when nothing was recorded."""
    if _missing(value):
        return "–"
    return words.number(value if isinstance(value, int) else Fraction(str(value)))


def text(value: object) -> str:
    """Return a text cell; blank when missing."""
    return value if isinstance(value, str) else ""


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value != value
