"""Rows of a frame as plain records: a report has few rows and asks much of them, which lists answer faster."""

from __future__ import annotations

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict]:
    """Return the rows in their order, each a dict of its columns; whatever is missing is ``None``."""
    rows = frame.to_dict("records")
    for row in rows:
        for name, value in row.items():
            if value is pd.NA or value is pd.NaT or value != value:
                row[name] = None
    return rows
