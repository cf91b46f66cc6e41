"""The policies that a unit has to communicate: assigned to it or to a unit above, those still open first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from kit.collect.labels import labelled

_STAGES = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date")
_ENDS = ("adoption_date", "withdrawn_date")
_READ = ["policy_id", "title", *_STAGES, *_ENDS]


@dataclass(frozen=True)
class UnitPolicy:
    """A policy with the days (both included) between which communication counts; ``None``: not known."""

    policy_id: str
    title: str
    first: date | None
    last: date | None

    @property
    def label(self) -> str:
        """What the drop-down shows."""
        return labelled(self.policy_id, self.title)

    def open_in(self, year: int) -> bool:
        """True when communication in the plan year can count."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return self.first is not None and self.first <= last and (self.last is None or self.last >= first)


class Policies:
    """The policies of the table in its order, and the units that they are assigned to.

    One that ended before ``start``, the plan's first day, stands last: it is only for entries that come late.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame], start: date):
        rows = frames["policies"][_READ].dropna(subset="policy_id").drop_duplicates("policy_id")
        found = [_policy(row) for row in rows.to_dict("records")]
        self._all = sorted(found, key=lambda policy: policy.last is not None and policy.last < start)
        self._assigned: dict[str, set[str]] = {}
        assigned = frames["assignments"][["unit_id", "policy_id"]].dropna()
        for unit, policy in zip(assigned["unit_id"], assigned["policy_id"], strict=True):
            self._assigned.setdefault(unit, set()).add(policy)

    def of(self, above: Sequence[str]) -> list[UnitPolicy]:
        """Return the policies assigned to any of ``above`` (the unit and those above it)."""
        mine = set().union(*(self._assigned.get(unit, ()) for unit in above))
        return [policy for policy in self._all if policy.policy_id in mine]


def _policy(row: Mapping[str, object]) -> UnitPolicy:
    stages = [row[name].date() for name in _STAGES if pd.notna(row[name])]
    ends = [row[name].date() for name in _ENDS if pd.notna(row[name])]
    title = str(row["title"]) if pd.notna(row["title"]) else ""
    return UnitPolicy(str(row["policy_id"]), title, min(stages, default=None), min(ends, default=None))


def example_of(policies: Sequence[UnitPolicy], year: int) -> dict[str, str]:
    """Return the example of an activity that fits the unit: one of its policies, on a day when it can be told.

    Without any the example is an activity that concerns no draft policy.
    """
    wanted = date(year, 3, 5)
    for policy in (one for one in policies if one.open_in(year)):
        day = max(wanted, policy.first + timedelta(days=1))
        day = min(day, policy.last or date(year, 12, 14), date(year, 12, 14))
        if policy.first <= day and day.year == year:
            evidence = f"Sổ truyền thanh tháng {day.month}/{year}"
            return {"policy_id": policy.label, "date": f"{day:%d/%m/%Y}", "evidence": evidence}
    return {"policy_id": "", "kind": "Nâng cao nhận thức", "contents": ""}
