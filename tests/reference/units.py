"""Units on the cut-off T: who is valid, who receives whose rows, the tree and its subtrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .rows import DataSet, Row
from .values import match_form

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)


@dataclass(frozen=True)
class Unit:
    """A unit whose row is not set aside; references are None where blank or set aside."""

    unit_id: str
    level: str
    parent: str | None
    successor: str | None
    valid_from: date
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def _unit(row: Row) -> Unit:
    last = row["valid_to"]
    if row["level"] == "district" and (last is None or last > LAST_DAY_OF_DISTRICTS):
        last = LAST_DAY_OF_DISTRICTS
    parent, successor = (match_form(row[name]) if row[name] else None for name in ("parent_id", "successor_id"))
    return Unit(row["unit_id"], row["level"], parent, successor, row["valid_from"], last)


class UnitTree:
    """The units on one day. Units are named by the form ids are compared by."""

    def __init__(self, data: DataSet, day: date):
        self.day = day
        self.units = {row.key[0]: _unit(row) for row in data.reference["units"] if not row.set_aside}

    @cached_property
    def valid(self) -> list[str]:
        return [name for name, unit in self.units.items() if unit.valid_on(self.day)]

    def _first_valid(self, name: str | None) -> str | None:
        """The first valid unit along the succession from `name`; a unit not yet valid is passed through."""
        seen = set()
        while name in self.units and name not in seen:
            seen.add(name)
            unit = self.units[name]
            if unit.valid_on(self.day):
                return name
            name = unit.successor or unit.parent
        return None

    def receiver(self, name: str) -> str | None:
        """The valid unit whose figure counts the rows of `name` itself; None when no indicator uses them."""
        unit = self.units.get(name)
        if unit is None or self.day < unit.valid_from:
            return None
        return self._first_valid(name)

    def parent_on_day(self, name: str) -> str | None:
        """The parent in the tree on T: the recorded one, or whoever stands in its place."""
        parent = self._first_valid(self.units[name].parent)
        return None if parent == name else parent

    @cached_property
    def subtrees(self) -> dict[str, list[str]]:
        """Every valid unit with itself and all its descendants on T."""
        parents = {name: self.parent_on_day(name) for name in self.valid}
        members: dict[str, list[str]] = {name: [] for name in self.valid}
        for name in self.valid:
            above, seen = name, set()
            while above is not None and above not in seen:
                seen.add(above)
                members[above].append(name)
                above = parents[above]
        return members

    def recorded_ancestry(self, name: str) -> list[str]:
        """The unit, its recorded parent and so on upwards, whether or not these are valid on T."""
        chain: list[str] = []
        while name in self.units and name not in chain:
            chain.append(name)
            name = self.units[name].parent
        return chain
