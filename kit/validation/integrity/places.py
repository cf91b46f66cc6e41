"""What concerns a whole file: rows of units that are unknown, ended without an heir or not yet there; odd sheets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kit.collect.raw import Problem
from kit.indicators.rollup import FUTURE
from kit.validation.integrity.model import Checked
from kit.validation.marks import FileMark


def place_marks(checked: Checked) -> Iterator[FileMark]:
    """Yield one finding per file for its unit, and one per sheet that the unit's level does not have."""
    for (unit, file), covers in _files(checked).items():
        code = _trouble(checked, unit)
        if code:
            count = sum(len(rows) for rows in covers.values())
            period = checked.period.code if checked.period else ""
            problem = Problem(code, file, unit, value=unit, args={"unit": unit, "count": count, "period": period})
            aside = checked.ledger.catalogue[code].severity == "error"
            yield FileMark(problem, covers=covers if aside else {})
    yield from _odd_sheets(checked)


def _files(checked: Checked) -> dict[tuple[str, str], dict[str, np.ndarray]]:
    """Return row positions by (unit, file) and table."""
    found: dict[tuple[str, str], dict[str, np.ndarray]] = {}
    for table in checked.schema.collected:
        groups = checked.frames[table.name].groupby(["_unit", "_file"], sort=False).indices
        for place, rows in groups.items():
            found.setdefault(place, {}).setdefault(table.name, []).append(rows)
    return {place: {name: np.concatenate(parts) for name, parts in tables.items()} for place, tables in found.items()}


def _trouble(checked: Checked, unit: str) -> str:
    if unit not in checked.ancestry:
        return "unit-unknown"
    if checked.tree is None or unit in checked.tree.receiver:
        return ""
    return "unit-not-yet-valid" if checked.tree.state[unit] == FUTURE else "unit-without-successor"


def _odd_sheets(checked: Checked) -> Iterator[FileMark]:
    """A sheet that the unit's level does not have is used and named (data-model.md, "Where data lives")."""
    labels = checked.schema.codelists["unit_level"].codes
    for table in checked.schema.collected:
        frame = checked.frames[table.name]
        levels: pd.Series = checked.levels(frame["_unit"])
        odd = frame[levels.notna() & ~levels.isin(table.levels)]
        for (file, sheet), rows in odd.groupby(["_file", "_sheet"], sort=False):
            unit = rows["_unit"].iat[0]
            args = {"level": labels[levels.loc[rows.index[0]]], "count": len(rows)}
            yield FileMark(Problem("sheet-not-for-level", file, unit, table.name, sheet, args=args))
