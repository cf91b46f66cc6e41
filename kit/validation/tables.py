"""Typed tables, and what errors set aside (data-model.md, "Severities")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kit.schema.model import Schema, Table
from kit.validation.conform import Candidates
from kit.validation.marks import Ledger
from kit.validation.readings import LAST_DAY_OF_DISTRICTS, ending_districts


@dataclass(frozen=True)
class Tables:
    """The typed tables: what indicators, reports and the store read.

    One frame per table of the schema, index 0…n-1: all schema fields in order (text ``str``, dates ``datetime64[s]``,
    ``Int64``, ``Float64``, ``boolean``; lists are codes joined by ``;``; a blank or set-aside cell is missing or has
    the field's default), the address columns (``kit.collect.raw.META``), ``_set_aside`` (no indicator uses the row) and
    ``_has_error`` (an error finding stands on the row or on one of its cells).
    """

    frames: Mapping[str, pd.DataFrame]


def settle(candidates: Candidates, ledger: Ledger) -> Tables:
    """Apply the consequences of all errors: rows are set aside, cells are read like blank ones."""
    schema = ledger.schema
    return Tables({name: _settled(candidates.frames[name], schema, name, ledger=ledger) for name in schema.tables})


def _settled(frame: pd.DataFrame, schema: Schema, name: str, *, ledger: Ledger) -> pd.DataFrame:
    table: Table = schema.tables[name]
    settled = frame.copy()
    for marks in ledger.marks:
        if marks.table == name and marks.severity == "error" and marks.sets_aside == "cell":
            settled.loc[marks.rows, marks.field] = pd.NA
    for field in table.fields:
        if field.default is not None:
            settled[field.name] = settled[field.name].fillna(field.default)
    if name == "units":  # a cell set aside is read like a blank one, and a blank one is read as 30/6/2025
        settled["valid_to"] = settled["valid_to"].mask(ending_districts(settled), LAST_DAY_OF_DISTRICTS)
    return settled.assign(_set_aside=ledger.aside(name), _has_error=ledger.errors(name))
