"""Rules of the units table: parents and their levels, cycles, the end of districts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kit.schema.model import LEVEL_RANK
from kit.validation.integrity.model import Checked, rows_where, rule
from kit.validation.keys import looked_up, match_keys
from kit.validation.marks import Marks


@rule("unit-parent-cycle")
def parent_cycle(checked: Checked, table: str) -> Iterator[Marks]:
    """No cycle arises: the parent cells of all its members are set aside."""
    units = checked.frames[table]
    members = _cycle_members(units)
    rows = rows_where(units["unit_id"].isin(members) & ~_repeated(units), checked.sound(table, "unit_id"))
    yield Marks("unit-parent-cycle", table, "parent_id", rows, {"members": ", ".join(sorted(members)[:10])})


@rule("unit-parent-level")
def parent_level(checked: Checked, table: str) -> Iterator[Marks]:
    """The parent is of a higher level (members of a cycle are named as such)."""
    units = checked.frames[table]
    firsts = units[~_repeated(units)]
    levels = dict(zip(firsts["unit_id"], firsts["level"], strict=True))
    labels = checked.schema.codelists["unit_level"].codes
    above = looked_up(units["parent_id"], levels)
    higher = looked_up(above, LEVEL_RANK, "Int64") > looked_up(units["level"], LEVEL_RANK, "Int64")
    known = above.isin(LEVEL_RANK) & units["level"].isin(LEVEL_RANK)
    outside = ~(units["unit_id"].isin(_cycle_members(units)) & ~_repeated(units))
    rows = rows_where(known & ~higher & outside, checked.sound(table, "parent_id", "level"))
    args = {"parent_level": [labels[code] for code in above.iloc[rows]]}
    yield Marks("unit-parent-level", table, "parent_id", rows, args | {"level": _labels(labels, units, rows)})


@rule("district-after-2025")
def district_end(checked: Checked, table: str) -> Iterator[Marks]:
    """Said where the value is read (``kit.validation.readings``): other rules judge the effective last day."""
    return iter(())


def _labels(labels, units: pd.DataFrame, rows: np.ndarray) -> list[str]:
    return [labels[code] for code in units["level"].iloc[rows]]


def _repeated(units: pd.DataFrame) -> pd.Series:
    """Later rows of a repeated key do not stand."""
    keys = match_keys(units["unit_id"])
    return keys.notna() & keys.duplicated()


def _cycle_members(units: pd.DataFrame) -> set[str]:
    """Return the units from which following parents leads back to themselves."""
    firsts = units[units["unit_id"].notna() & units["parent_id"].notna() & ~_repeated(units)]
    parents = dict(zip(firsts["unit_id"], firsts["parent_id"], strict=True))
    members: set[str] = set()
    settled: set[str] = set()
    for unit in parents:
        path: dict[str, int] = {}
        while unit in parents and unit not in settled and unit not in path:
            path[unit] = len(path)
            unit = parents[unit]
        if unit in path:
            members |= set(list(path)[path[unit] :])
        settled |= set(path)
    return members
