"""How far the filled cells of a sheet reach: an engine lays them out as one rectangle, which must fit into memory.

A few cells far from all others (a stray space in the last corner) are passed over and named; a sheet that is large in
earnest is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kit.collect.archive import Archive

MOST_CELLS = 4_000_000  # cells of a sheet's rectangle: 50,000 rows of 80 columns
MOST_STRAY = 200  # cells that may be passed over before the sheet counts as too large


@dataclass(frozen=True)
class SheetNotes:
    """What is known of a sheet beside its values; places are (row, column) counted from 1.

    ``unread`` maps places to ``error-value`` or ``formula-no-value``; ``merged`` are (first row, first column, last
    row, last column); ``stray`` are cells that were taken out; ``refused`` is a finding code, the sheet is not read.
    """

    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stray: tuple[tuple[int, int], ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Prepared:
    """The bytes to hand to the engine, what is known of each sheet by name, and where its XML is (.xlsx)."""

    content: bytes
    sheets: dict[str, SheetNotes] = field(default_factory=dict)
    archive: Archive | None = None
    paths: dict[str, str] = field(default_factory=dict)


def stray_cells(rows: Sequence[int], columns: Sequence[int]) -> list[int] | None:
    """Return which of the filled cells to pass over so that the others fit; ``None`` when too many would have to go.

    ``rows`` and ``columns`` are the places of the filled cells. Each time the last row or the last column goes,
    whichever makes the rectangle shrink more.
    """
    at_rows, at_columns = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
    kept = np.ones(len(at_rows), dtype=bool)
    while kept.any():
        last_row, last_column = at_rows[kept].max(), at_columns[kept].max()
        if int(last_row) * int(last_column) <= MOST_CELLS:
            break
        lower, nearer = kept & (at_rows == last_row), kept & (at_columns == last_column)
        without_row, without_column = kept & ~lower, kept & ~nearer
        rows_left = _largest(at_rows, without_row) / last_row
        columns_left = _largest(at_columns, without_column) / last_column
        kept = without_row if rows_left <= columns_left else without_column
        if (~kept).sum() > MOST_STRAY:
            return None
    return np.flatnonzero(~kept).tolist()


def _largest(places: np.ndarray, kept: np.ndarray) -> int:
    return int(places[kept].max()) if kept.any() else 0


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letter(number: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
