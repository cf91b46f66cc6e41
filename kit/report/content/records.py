"""Rows of a frame as plain records: a report has few rows and asks much of them, which lists answer faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd


def records(frame: pd.DataFrame, names: Sequence[str] = ()) -> list[dict]:
    """Return the rows in their order, each a dict of its columns (``names`` given: of these); missing is ``None``."""
    if not len(frame):
        return []
    if names:
        columns = (frame[name].to_numpy(dtype=object, na_value=None).tolist() for name in names)
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(dtype=object, na_value=None).tolist()]


def within(rows: Iterable[dict], field: str, first: pd.Timestamp, last: pd.Timestamp) -> list[dict]:
    """Return the rows dated in ``[first, last]``; those without a date are not."""
    return [row for row in rows if row[field] is not None and first <= row[field] <= last]


def by(*fields: str) -> Callable[[dict], tuple]:
    """Return the key that sorts records by fields as frames are sorted: what is missing comes last."""
    return lambda row: tuple((row[name] is None, row[name]) for name in fields)
