"""What the workbooks of a plan year offer each unit: its policies, the council members above it, periods, examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from kit.collect.labels import YEAR_CODES, labelled, period_title
from kit.collect.template_policies import Policies, UnitPolicy, example_of
from kit.collect.text import match_key
from kit.collect.workbook import WorkbookContent
from kit.collect.workbook_guide import Guide, GuidePeriod, GuidePolicy
from kit.collect.workbook_layout import UnitInfo
from kit.errors import UsageError, suggestion
from kit.params import PlanParams

Frames = Mapping[str, pd.DataFrame]
_MEMBER = ["_unit", "member_id", "full_name", "agency"]
GUIDE_PERIODS = ("Q1", "H1", "9M", "Y", "Q2", "Q3", "Q4", "H2")


class Offers:
    """What the workbooks of a plan year offer; the tables are looked through once for all units.

    ``frames`` are typed frames of all tables with their ``_unit`` and ``_year``.
    """

    def __init__(self, frames: Frames, year: int, params: PlanParams):
        units, members = frames["units"], frames["council_members"]
        self.frames, self.year, self._params, self._units = frames, year, params, units
        self._known = {match_key(unit): at for at, unit in reversed(list(units["unit_id"].dropna().items()))}
        self._alive = frozenset(units_of(units, year))
        self._parents = dict(zip(units["unit_id"], units["parent_id"], strict=True))
        self._policies = Policies(frames, params.period(f"{year}-Y").start)
        self._members: dict[object, list[dict]] = {}
        rows = members.loc[(members["_year"] == year) & members["member_id"].notna(), _MEMBER]
        for row in rows.to_dict("records"):
            self._members.setdefault(row["_unit"], []).append(row)

    def unit(self, asked: str) -> UnitInfo:
        """Return the unit as the units table has it.

        Raises ``UsageError``, with a suggestion or the successor, for one that does not exist, or not in the plan year.
        """
        ids = self._units["unit_id"]
        if match_key(asked) not in self._known:
            raise UsageError(f"There is no unit '{asked}'{suggestion(asked, ids.dropna())}.")
        row = self._units.loc[self._known[match_key(asked)]]
        if row["unit_id"] not in self._alive:
            heir = row["successor_id"]
            told = f"its successor is {heir}: ask for that unit" if pd.notna(heir) else "it has no successor"
            raise UsageError(f"Unit {row['unit_id']} does not exist in {self.year}; {told}.")
        return UnitInfo(str(row["unit_id"]), str(row["name"]), str(row["level"]))

    def content(self, unit_id: str, *, full: bool = False) -> WorkbookContent:
        """Return what a unit's workbook offers (first sheet, drop-downs, examples), without rows or lines for them.

        ``full`` asks for every table. Raises ``UsageError`` as ``unit`` does.
        """
        unit = self.unit(unit_id)
        above = self._upwards(unit.unit_id)
        policies = self._policies.of(above)
        still_open = [policy for policy in policies if policy.open_in(self.year)]
        shown = tuple(GuidePolicy(one.policy_id, one.title, one.first, one.last) for one in still_open)
        keys = {"policies": [policy.label for policy in policies], "council_members": list(self._labels(above))}
        guide, examples = Guide(self._periods(unit.level), shown), self._examples(still_open, unit.level)
        return WorkbookContent(unit, self.year, keys=keys, full=full, guide=guide, examples=examples)

    def _upwards(self, unit_id: str) -> list[str]:
        """The unit, its parent, and so on upwards, whether or not these are valid."""
        chain = [unit_id]
        while pd.notna(above := self._parents.get(chain[-1])) and above not in chain:
            chain.append(str(above))
        return chain

    def _labels(self, above: Sequence[str]) -> Iterator[str]:
        """Labels of the members that a ``member_id`` can mean from outside: the nearest list that has it counts.

        The unit's own members are listed by the workbook itself, as they are entered.
        """
        seen = {match_key(row["member_id"]) for row in self._members.get(above[0], ())}
        for row in (row for unit in above[1:] for row in self._members.get(unit, ())):
            if match_key(row["member_id"]) not in seen:
                seen.add(match_key(row["member_id"]))
                agency = f" ({row['agency']})" if pd.notna(row["agency"]) else ""
                name = f"{row['full_name']}{agency}" if pd.notna(row["full_name"]) else ""
                yield labelled(row["member_id"], name)

    def _periods(self, level: str) -> tuple[GuidePeriod, ...]:
        periods = sorted((self._params.period(f"{self.year}-{kind}") for kind in GUIDE_PERIODS), key=_by_end)
        return tuple(
            GuidePeriod(p.code, period_title(p), p.start, p.cutoff, self._params.deadline(p, level)) for p in periods
        )

    def _examples(self, still_open: Sequence[UnitPolicy], level: str) -> dict[str, dict[str, str]]:
        half = self._params.period(f"{self.year}-H1")
        sent = f"{self._params.deadline(half, level):%d/%m/%Y}"
        examples = {"submissions": {"sent_date": sent}, "activities": example_of(still_open, self.year)}
        return examples | ({"feedback": {"policy_id": still_open[0].label}} if still_open else {})


def units_of(units: pd.DataFrame, year: int) -> list[str]:
    """Return the units that exist on some day of the plan year, in the order of the table."""
    alive = (units["valid_from"] <= f"{year}-12-31") & ~(units["valid_to"] < f"{year}-01-01")
    return list(dict.fromkeys(units.loc[alive & units["level"].notna() & units["name"].notna(), "unit_id"].dropna()))


def _by_end(period: object) -> tuple:
    return period.end, -period.start.toordinal(), YEAR_CODES.index(period.code[5:])
