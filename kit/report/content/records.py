"""Rows of a frame as plain records: a report has few rows and asks much of them, which lists answer faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict]:
    """Return the rows in their order, each a dict of its columns; whatever is missing is ``None``."""
    names = list(frame.columns)
    rows = frame.to_numpy(dtype=object, na_value=None).tolist() if len(frame) else []
    return [dict(zip(names, row, strict=True)) for row in rows]


def within(rows: Iterable[dict], field: str, first: pd.Timestamp, last: pd.Timestamp) -> list[dict]:
    """Return the rows dated in ``[first, last]``; those without a date are not."""
    return [row for row in rows if row[field] is not None and first <= row[field] <= last]


def by(*fields: str) -> Callable[[dict], tuple]:
    """Return the key that sorts records by fields as frames are sorted: what is missing comes last."""
    return lambda row: tuple((row[name] is None, row[name]) for name in fields)
