"""The policies that a unit has to communicate: assigned to it or to a unit above, those still open first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from kit.collect.labels import labelled
from kit.periods import parse_period

if TYPE_CHECKING:
    from kit.collect.template import TemplateRequest

_STAGES = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date")
_ENDS = ("adoption_date", "withdrawn_date")


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


def policies_of(frames: Mapping[str, pd.DataFrame], above: Sequence[str], request: TemplateRequest) -> list[UnitPolicy]:
    """Return the policies assigned to any of ``above`` (the unit and those above it), in the order of the table.

    One that ended before the plan's first day stands last: it is only for entries that come late.
    """
    assigned = frames["assignments"]
    mine = set(assigned.loc[assigned["unit_id"].isin(above), "policy_id"].dropna())
    rows = frames["policies"][frames["policies"]["policy_id"].isin(mine)].drop_duplicates("policy_id")
    found = [_policy(row) for row in rows.to_dict("records")]
    start = parse_period(f"{request.year}-Y", request.params.scheme).start
    return sorted(found, key=lambda policy: policy.last is not None and policy.last < start)


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
