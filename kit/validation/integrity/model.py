"""What rules across rows and tables look at, and the register of their functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from kit.indicators.rollup import Tree, build_tree
from kit.params import PlanParams
from kit.periods import Period
from kit.schema.model import Schema
from kit.validation.keys import looked_up
from kit.validation.marks import FileMark, Ledger, Marks


@dataclass(frozen=True)
class Checked:
    """Typed frames before settling (positions 0…n-1), what is already known to be wrong, and what to judge by.

    Without a ``period`` there is no cut-off.
    """

    frames: Mapping[str, pd.DataFrame]
    ledger: Ledger
    params: PlanParams
    period: Period | None = None

    @property
    def schema(self) -> Schema:
        """The declared schema."""
        return self.ledger.schema

    @property
    def cutoff(self) -> pd.Timestamp | None:
        """T, the last day included; ``None`` without a period."""
        return pd.Timestamp(self.period.cutoff) if self.period else None

    def sound(self, table: str, *fields: str) -> np.ndarray:
        """Return which rows have no error on any of the fields: rules say nothing of the others."""
        return ~self.ledger.wrong(table, *fields)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units whose rows are not set aside, with cells set aside blanked: all others are treated as unknown.

        Used by rules that come after those of the units table.
        """
        units = self.frames["units"]
        parent = units["parent_id"].mask(self.ledger.wrong("units", "parent_id"))
        successor = units["successor_id"].mask(self.ledger.wrong("units", "successor_id"))
        known = ~self.ledger.aside("units")
        return units.assign(parent_id=parent, successor_id=successor)[known].reset_index(drop=True)

    @cached_property
    def tree(self) -> Tree | None:
        """The tree on T; ``None`` without a period."""
        return build_tree(self.units, self.period.cutoff) if self.period else None

    @cached_property
    def ancestry(self) -> Mapping[str, tuple[str, ...]]:
        """Each known unit with its recorded parents upwards, whether or not these are valid on T; itself first."""
        filled = self.units.loc[self.units["parent_id"].notna()]
        parents = dict(zip(filled["unit_id"], filled["parent_id"], strict=True))
        known = set(self.units["unit_id"])
        return {unit: _upwards(unit, parents, known) for unit in known}

    def levels(self, units: pd.Series) -> pd.Series:
        """Map units to their levels; missing for an unknown unit."""
        return looked_up(units, dict(zip(self.units["unit_id"], self.units["level"], strict=True)))


def _upwards(unit: str, parents: Mapping[str, str], known: set[str]) -> tuple[str, ...]:
    chain: list[str] = []
    while unit in known and unit not in chain:
        chain.append(unit)
        unit = parents.get(unit, "")
    return tuple(chain)


Check = Callable[[Checked, str], Iterator[Marks | FileMark]]
RULES: dict[str, Check] = {}


def rule(code: str) -> Callable[[Check], Check]:
    """Register the function of a declared rule of kind ``integrity``; it is called for each table that declares it."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule '{code}' has two functions")
        RULES[code] = check
        return check

    return register


def rows_where(mask: pd.Series | np.ndarray, sound: np.ndarray) -> np.ndarray:
    """Return positions where a condition is certainly true (missing is not) on sound rows."""
    known = mask.fillna(False).to_numpy(dtype=bool) if isinstance(mask, pd.Series) else mask
    return np.flatnonzero(known & sound)
