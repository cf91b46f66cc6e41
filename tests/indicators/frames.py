"""Typed frames written by hand for indicator tests: a few fields given, the rest blank."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kit.schema.load import load_schema
from kit.schema.model import Field, Table

DTYPES = {
    "string": "str",
    "list": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}
CRITERIA = {"needs_proposal": True, "direct_effect": True, "contested": True, "wide_effect": True}
# What a row has when a case does not say otherwise.
USUAL: Mapping[str, Mapping[str, object]] = {
    "units": {"level": "commune", "valid_from": "2020-01-01"},
    "policies": {**CRITERIA, "legal_regime": "2015", "level": "central", "document_type": "law"},
    "assignments": {"role": "participant"},
    "council_members": {"member_from": "2020-01-01"},
    "submissions": {"sent_date": "2024-06-17"},
}


def typed(name: str, rows: list[dict]) -> pd.DataFrame:
    """Rows of one table as the indicators take them; the columns that begin with ``_`` may be given too."""
    table = load_schema().tables[name]
    given = [{**USUAL.get(name, {}), **row} for row in rows]
    frame = pd.DataFrame({field.name: _column(table, field, given) for field in table.fields})
    frame["_unit"] = pd.Series([row.get("_unit", "") for row in given], dtype="str")
    frame["_year"] = pd.Series([row.get("_year", 2024) for row in given], dtype="int64")
    frame["_set_aside"] = pd.Series([bool(row.get("_set_aside", False)) for row in given], dtype=bool)
    frame["_has_error"] = pd.Series(
        [bool(row.get("_has_error", row.get("_set_aside", False))) for row in given], dtype=bool
    )
    return frame


def _column(table: Table, field: Field, rows: list[dict]) -> pd.Series:
    values = []
    for row in rows:
        unknown = [name for name in row if not name.startswith("_") and name not in table.field_names]
        assert not unknown, f"{table.name} has no field {unknown}"
        value = row.get(field.name, field.default)
        values.append(None if value is None else pd.Timestamp(value) if field.type == "date" else value)
    return pd.Series(values, dtype=DTYPES[field.type])


def frames(**tables: list[dict]) -> dict[str, pd.DataFrame]:
    """Frames of all tables; those not named are empty."""
    return {name: typed(name, tables.get(name, [])) for name in load_schema().tables}
