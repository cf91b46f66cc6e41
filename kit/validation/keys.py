"""Keys and references: canonical spelling, unknown references.

Keys are compared by ``match_key`` (case, dash style and tone placement do not matter) within one workbook (unit and
plan year), those of reference tables within the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from kit.collect.text import match_key
from kit.schema.model import Field, Schema, Table
from kit.validation.marks import Ledger, Marks
from kit.validation.unread import without_table

Frames = Mapping[str, pd.DataFrame]


def match_keys(values: pd.Series) -> pd.Series:
    """Return the match key of each text; every distinct text is folded once."""
    codes, distinct = pd.factorize(values)
    folded = pd.Series([*(match_key(text) for text in distinct), None], dtype="str")
    return folded.take(codes).reset_index(drop=True)


def looked_up(keys: pd.Series, values: Mapping[str, object], dtype: str = "str") -> pd.Series:
    """Return the value of each key, missing where there is none; typed also when nothing is found. Keeps the index."""
    codes, distinct = pd.factorize(keys)
    found = pd.Series([*(values.get(key) for key in distinct), None], dtype="object").astype(dtype)
    return found.take(codes).set_axis(keys.index)


def canonical_units(frames: Frames) -> dict[str, pd.DataFrame]:
    """Write reporting units as the units table writes them."""
    units = frames["units"]["unit_id"].dropna()
    spelling = dict(zip(match_keys(units)[::-1], units[::-1], strict=True))
    spelled = {}
    for name, frame in frames.items():
        known = looked_up(match_keys(frame["_unit"]), spelling)
        spelled[name] = frame.assign(_unit=known.fillna(frame["_unit"]))
    return spelled


def workbook(frame: pd.DataFrame) -> pd.Series:
    """Return what tells workbooks apart: unit and plan year (one and the same for a reference table)."""
    return frame["_unit"] + "\x1f" + frame["_year"].astype("str")


def row_keys(frame: pd.DataFrame, table: Table) -> pd.Series:
    """Return the key of each row in its workbook, folded; missing where a part of the key is."""
    keys = workbook(frame)
    for name in table.primary_key:
        keys = keys + "\x1f" + match_keys(frame[name])
    return keys


def shown_keys(frame: pd.DataFrame, table: Table) -> pd.Series:
    """Return keys as findings name them; blank where the table has none or a part is missing."""
    keys = pd.Series("", index=frame.index, dtype="str")
    for at, name in enumerate(table.primary_key):
        keys = keys + ("/" if at else "") + frame[name].fillna("")
    return keys


def canonical_references(frames: Frames, schema: Schema, ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Write references as their target is written; mark those that no row of the target has, set aside or not."""
    canonical = dict(frames)
    kinds = schema.codelists["activity_kind"].codes
    for table in schema.tables.values():
        for field in table.fields:
            if field.references:
                spelled, unknown = _looked_up(canonical, schema, table, field=field)
                canonical[table.name] = canonical[table.name].assign(**{field.name: spelled})
                lost = without_table(canonical[table.name], field.references, ledger)
                if field.required and lost.any():  # named already: the sheet that they refer to is damaged
                    ledger.set_aside(table.name, unknown[lost[unknown]])
                unknown = unknown[~lost[unknown]]
                ledger.add(_unknown(table, field, unknown, frames=canonical, kinds=kinds))
    return canonical


def _looked_up(frames: Frames, schema: Schema, table: Table, *, field: Field) -> tuple[pd.Series, np.ndarray]:
    """Return a reference column in canonical spelling and the positions of unknown references."""
    frame, target = frames[table.name], schema.tables[field.references]
    rows = frames[target.name]
    own = match_keys(frame[field.name])
    theirs = match_keys(rows[target.primary_key[0]])
    if target.collected:  # ``task_id`` refers to a task of the same workbook
        own, theirs = workbook(frame) + "\x1f" + own, workbook(rows) + "\x1f" + theirs
    firsts = theirs.notna() & ~theirs.duplicated()
    spelling = dict(zip(theirs[firsts], rows.loc[firsts.to_numpy(), target.primary_key[0]], strict=True))
    known = looked_up(own, spelling)
    unknown = np.flatnonzero(frame[field.name].notna() & known.isna())
    return known.fillna(frame[field.name]), unknown


def _unknown(table: Table, field: Field, rows: np.ndarray, *, frames: Frames, kinds: Mapping) -> Iterator[Marks]:
    if table.name == "activities" and field.name == "policy_id":
        # Communications without a known policy and policies on other kinds have rules of their own, which say more.
        rows = rows[~frames["activities"]["kind"].iloc[rows].isin(kinds).to_numpy()]
    code = "task-unknown" if field.references == "tasks" else "reference-unknown"
    yield Marks(code, table.name, field.name, rows)
