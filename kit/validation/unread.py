"""Tables of a workbook that could not be read at all: nothing that looks for their rows can be judged.

Errors do not spread (data-model.md): where the sheet of tasks is damaged, every reference to a task would be unknown.
The damaged sheet is named once, and references into it are left alone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kit.validation.marks import Ledger

# Findings that say that rows of a table were there and are not known.
_CODES = frozenset(
    {
        *("sheet-unreadable", "sheet-too-large", "missing-header", "file-unreadable", "file-too-large"),
        *("file-not-csv", "csv-encoding"),
    }
)


def without_table(frame: pd.DataFrame, table: str, ledger: Ledger) -> np.ndarray:
    """Return which rows come from a workbook (or CSV folder) whose sheet of ``table`` could not be read."""
    problems = [mark.problem for mark in ledger.file_marks]
    places = {_place(one.file) for one in problems if one.code in _CODES and one.table == table}
    if not places:
        return np.zeros(len(frame), dtype=bool)
    return frame["_file"].map(_place).isin(places).to_numpy(dtype=bool)


def _place(file: str) -> str:
    return file.rpartition("/")[0] if file.lower().endswith(".csv") else file
