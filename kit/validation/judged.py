"""What the engine found → marks: cell rules before row rules, nothing about a cell that is already in error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kit.schema.model import Table
from kit.schema.rules import NeutralRule
from kit.validation.marks import Ledger, Marks
from kit.validation.wording import shown


def record_run(
    table: Table,
    frame: pd.DataFrame,
    *,
    rules: Sequence[tuple[NeutralRule, np.ndarray]],
    keys: pd.Series,
    ledger: Ledger,
) -> None:
    """Record the unexpected rows of each rule, in the order of rules."""
    for rule, rows in rules:
        rows = rows[~ledger.wrong(table.name, *rule.reads)[rows]]
        args: Mapping[str, object] = {}
        if rule.check == "unique":
            rows, args = _later_rows(frame, keys, rows)
        elif rule.check in ("ordered", "sum_at_most"):
            args = _compared(table, frame.iloc[rows], rule)
        ledger.add([Marks(rule.code, table.name, rule.field, rows, args)])


def _later_rows(frame: pd.DataFrame, keys: pd.Series, rows: np.ndarray) -> tuple[np.ndarray, Mapping[str, object]]:
    """Keep rows after the first of their key, whatever else is wrong with that one; name it."""
    first_of = frame["_row"].groupby(keys.to_numpy()).transform("first")
    first_file = frame["_file"].groupby(keys.to_numpy()).transform("first")
    later = rows[keys.duplicated().to_numpy()[rows]]
    same_file = (first_file.iloc[later] == frame["_file"].iloc[later]).to_numpy()
    elsewhere = [f" của tệp {file}" for file in first_file.iloc[later]]
    where = ["" if same else place for same, place in zip(same_file, elsewhere, strict=True)]
    return later, {"first": [int(row) for row in first_of.iloc[later]], "elsewhere": where}


def _compared(table: Table, frame: pd.DataFrame, rule: NeutralRule) -> Mapping[str, object]:
    """The titles and values that a comparison names: ``first``, ``last``, ``sum``."""
    first, last = rule.fields[0], rule.fields[-1]
    args: dict[str, object] = {
        "first_title": table.field(first).title,
        "last_title": table.field(last).title,
        "first": [shown(value) for value in frame[first]],
        "last": [shown(value) for value in frame[last]],
    }
    if rule.check == "sum_at_most":
        args["sum"] = [shown(value) for value in frame[list(rule.fields[:-1])].sum(axis=1)]
    return args
