"""Rows of a frame as plain records: a report has few rows and asks much of them, which lists answer faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd


def records(frame: pd.DataFrame) -> list[dict]:
    """Return the rows in their order, each a dict of its columns; whatever is missing is ``None``."""
    columns = [_values(column) for _, column in frame.items()] if len(frame) else []
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series) -> list:
    values = column.tolist()
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biu":  # which have nothing missing
        return values
    return [None if value is pd.NA or value is pd.NaT or value != value else value for value in values]


def within(rows: Iterable[dict], field: str, first: pd.Timestamp, last: pd.Timestamp) -> list[dict]:
    """Return the rows dated in ``[first, last]``; those without a date are not."""
    return [row for row in rows if row[field] is not None and first <= row[field] <= last]


def by(*fields: str) -> Callable[[dict], tuple]:
    """Return the key that sorts records by fields as frames are sorted: what is missing comes last."""
    return lambda row: tuple((row[name] is None, row[name]) for name in fields)
