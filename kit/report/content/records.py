"""Rows of a frame as plain records: a report has few rows and asks much of them, which lists answer faster."""

from __future__ import annotations

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict]:
    """Return the rows in their order, each a dict of its columns; whatever is missing is ``None``."""
    columns = ([None if _missing(value) else value for value in frame[name].tolist()] for name in frame)
    names = list(frame)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value
