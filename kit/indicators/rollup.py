"""The tree of units on the cut-off day T, succession, and pooling of rows (indicators.md, "Units and roll-up")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

VALID, ENDED, FUTURE = "valid", "ended", "future"
FAR = pd.Timestamp("2262-01-01")  # the last day of what has no end


@dataclass(frozen=True)
class Tree:
    """The units on T.

    ``state`` maps every known unit to ``valid``, ``ended`` or ``future``; ``receiver`` maps a unit to the valid unit
    that its rows belong to (itself when valid; absent when there is none, or when the unit is not yet valid);
    ``parent`` maps a valid unit to its valid parent on T (absent for a root).
    """

    state: Mapping[str, str]
    receiver: Mapping[str, str]
    parent: Mapping[str, str]

    @cached_property
    def units(self) -> list[str]:
        """The units valid on T, sorted by code points."""
        return sorted(unit for unit, state in self.state.items() if state == VALID)

    def owner(self, units: pd.Series) -> pd.Series:
        """Map reporting units to the units that receive their rows (missing: used by no indicator)."""
        dtype = units.dtype if isinstance(units.dtype, pd.StringDtype) else "str"
        found = [self.receiver.get(unit) for unit in units.tolist()]  # ``map`` would make an index of all units first
        return pd.Series(found, index=units.index, name=units.name, dtype=dtype)

    def pool(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Repeat rows with an ``owner`` for each unit whose figure they enter: adds ``unit_id``."""
        return self.closure.merge(frame, left_on="member", right_on="owner").drop(columns="member")

    def subtree(self, unit: str) -> list[str]:
        """The valid units of a unit's subtree, itself included, sorted."""
        return self._subtrees.get(unit, [])

    @cached_property
    def closure(self) -> pd.DataFrame:
        """One row for each pair of a valid unit (``unit_id``) and a valid unit of its subtree, itself included
        (``member``)."""
        pairs = [(unit, member) for unit, members in sorted(self._subtrees.items()) for member in members]
        return pd.DataFrame(pairs, columns=["unit_id", "member"], dtype="str")

    @cached_property
    def _subtrees(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for member in self.units:
            above: str | None = member
            seen: set[str] = set()
            while above and above not in seen:
                found.setdefault(above, []).append(member)
                seen.add(above)
                above = self.parent.get(above)
        return found

    def part(self, units: Iterable[str]) -> Tree:
        """The tree of some units that have among them whatever stands above them or received their rows."""
        state = {unit: self.state[unit] for unit in units if unit in self.state}
        receiver = {unit: self.receiver[unit] for unit in state if unit in self.receiver}
        parent = {unit: self.parent[unit] for unit in state if unit in self.parent}
        return Tree(state, receiver, parent)


def build_tree(units: pd.DataFrame, cutoff: date) -> Tree:
    """Resolve validity, succession and parents on T.

    ``units`` is the typed reference table; rows with ``_set_aside`` are treated as unknown. Cycles end a succession.
    """
    known = units.loc[~units["_set_aside"]] if "_set_aside" in units else units
    day = pd.Timestamp(cutoff)
    ended = known["valid_to"].notna() & (known["valid_to"] < day)
    future = known["valid_from"] > day
    state = {
        unit: ENDED if over else FUTURE if early else VALID
        for unit, over, early in zip(known["unit_id"], ended, future, strict=True)
    }
    parents = _links(known, "parent_id")
    heirs = {**parents, **_links(known, "successor_id")}
    met = {unit: _receiver(unit, heirs, state) for unit in state}
    receiver = {unit: found for unit, found in met.items() if found and state[unit] != FUTURE}
    parent = {}
    for unit, own in state.items():
        above = met.get(parents.get(unit, ""))
        if own == VALID and above and above != unit:
            parent[unit] = above
    return Tree(state, receiver, parent)


def _links(units: pd.DataFrame, column: str) -> dict[str, str]:
    filled = units.loc[units[column].notna()]
    return dict(zip(filled["unit_id"], filled[column], strict=True))


def _receiver(unit: str, heirs: Mapping[str, str], state: Mapping[str, str]) -> str | None:
    """Follow the succession to a valid unit; ``None`` where it ends, meets an unknown unit or turns round."""
    seen: set[str] = set()
    while unit in state and unit not in seen:
        if state[unit] == VALID:
            return unit
        seen.add(unit)
        unit = heirs.get(unit, "")
    return None
