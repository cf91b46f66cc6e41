"""Records of the indicators: the declaration, and what a formula is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from kit.indicators.byunit import ByUnit

if TYPE_CHECKING:
    from kit.indicators.policies import Judgement
    from kit.indicators.rollup import Tree
    from kit.params import PlanParams
    from kit.periods import Period

_MOST = 2**62
# What a scope singles out of a table's rows → the table; a slice takes its part of it.
SINGLED_OUT = {"counted_activities": "activities", "year_tasks": "tasks", "submissions": "submissions"}
RESULT_COLUMNS = [
    *("indicator_id", "unit_id", "period", "numerator", "denominator", "value", "unit"),
    *("target", "target_national", "status", "status_national", "n_records", "excluded_records", "note"),
]


@dataclass(frozen=True)
class Indicator:
    """One indicator, declared once.

    ``formula`` says in words what ``compute`` does: it takes a ``Scope`` and returns a frame indexed by ``unit_id``
    with ``numerator`` and ``denominator`` (a missing unit is 0 of 0 for a ratio). ``kind`` is ``ratio``, ``sum``
    (counts and sums: the value is the numerator) or ``median`` (the value is given, its number in the denominator).
    ``tables`` are those whose rows ``n_records`` counts; none named: all.
    """

    id: str
    title: str
    question: str
    formula: str
    clause: str
    tables: tuple[str, ...]
    compute: Callable[[Scope], pd.DataFrame]
    kind: str = "ratio"
    unit: str = "%"
    smaller_is_better: bool = False
    national_targets: Mapping[int, int] | None = None  # year from which → percent

    def national_target(self, year: int) -> int | None:
        """The Scheme's own target in a year, ``None`` where it sets none."""
        dated = [target for start, target in sorted((self.national_targets or {}).items()) if start <= year]
        return dated[-1] if dated else None


@dataclass(frozen=True)
class Scope:
    """Everything formulas compute on: typed frames, the period, the parameters and the tree of units on T."""

    frames: Mapping[str, pd.DataFrame]
    period: Period
    params: PlanParams
    tree: Tree

    @property
    def start(self) -> pd.Timestamp:
        """First day of the period."""
        return pd.Timestamp(self.period.start)

    @property
    def year_start(self) -> pd.Timestamp:
        """First day of the year-to-date window."""
        return pd.Timestamp(self.period.year_start)

    @property
    def cutoff(self) -> pd.Timestamp:
        """T, the last day included."""
        return pd.Timestamp(self.period.cutoff)

    def rows(self, table: str) -> pd.DataFrame:
        """Rows that indicators may use: not set aside, with the ``owner`` that receives them on T."""
        if table not in self._rows:
            frame = self.frames[table]
            owned = frame.assign(owner=self.tree.owner(frame["_unit"]))
            kept = ~owned["_set_aside"] & owned["owner"].notna()
            self._rows[table] = owned if kept.all() else owned.loc[kept]
        return self._rows[table]

    @cached_property
    def _rows(self) -> dict[str, pd.DataFrame]:
        return {}

    def dated(self, table: str, start: pd.Timestamp, field: str = "date") -> pd.DataFrame:
        """``rows`` dated within ``[start, T]``."""
        frame = self.rows(table)
        return frame.loc[frame[field].between(start, self.cutoff)]

    @cached_property
    def counted_activities(self) -> pd.DataFrame:
        """Activities of the year to T that this unit's line reports: owned, not counted elsewhere."""
        frame = self.dated("activities", self.year_start)
        return frame.loc[frame["is_owner"] & ~frame["counted_elsewhere"]]

    @cached_property
    def period_activities(self) -> pd.DataFrame:
        """Counted activities dated in the period."""
        return self.counted_activities.loc[self.counted_activities["date"] >= self.start]

    @cached_property
    def year_tasks(self) -> pd.DataFrame:
        """Tasks of the plan year, with ``completed`` (≤ T) and ``due`` (in a Y period every task is)."""
        frame = self.rows("tasks")
        frame = frame.loc[frame["_year"] == self.period.year]
        due = pd.Series(True, index=frame.index) if self.period.is_year else frame["due_date"] <= self.cutoff
        return frame.assign(completed=frame["completed_date"] <= self.cutoff, due=due)

    @cached_property
    def submissions(self) -> pd.DataFrame:
        """Submissions for exactly this period that valid units sent themselves, with ``level`` of the unit."""
        frame = self.rows("submissions")
        return frame.loc[(frame["period"] == self.period.code) & (frame["_unit"] == frame["owner"])]

    @cached_property
    def reported_units(self) -> frozenset[str]:
        """Units with at least one submission for this period in their subtree (whatever the reading date)."""
        return frozenset(self.tree.pool(self.submissions[["owner"]].drop_duplicates())["unit_id"])

    @cached_property
    def by_unit(self) -> Mapping[str, ByUnit]:
        """The tables of ``SINGLED_OUT``, set aside or not, by reporting unit."""
        return {table: ByUnit(self.frames[table], "_unit") for table in SINGLED_OUT.values()}

    @cached_property
    def singled_out(self) -> Mapping[str, ByUnit]:
        """The rows of ``SINGLED_OUT`` by reporting unit."""
        return {name: ByUnit(getattr(self, name), "_unit") for name in SINGLED_OUT}

    @cached_property
    def judgement(self) -> Judgement:
        """Live, reached and judged policies of every unit (``kit.indicators.policies``)."""
        from kit.indicators.policies import judge  # that module builds on this one

        return judge(self)

    def count(self, frame: pd.DataFrame) -> pd.Series:
        """Number of rows for each unit, pooled over its subtree; only units with rows."""
        return self.total(frame.assign(n=1), "n")

    def total(self, frame: pd.DataFrame, column: str) -> pd.Series:
        """Sum of a column without gaps for each unit, pooled over its subtree; only units with rows."""
        amounts = frame[column]
        if len(frame) and amounts.dtype != object and abs(int(amounts.max())) * len(frame) > _MOST:
            frame = frame.assign(**{column: amounts.astype(object)})  # Python's integers do not overflow
        own = frame.groupby("owner", as_index=False)[column].sum()
        return self.tree.pool(own).groupby("unit_id")[column].sum()

    def distinct(self, frame: pd.DataFrame, columns: list[str]) -> pd.Series:
        """Number of distinct things for each unit, pooled over its subtree; only units with rows."""
        own = frame[["owner", *columns]].drop_duplicates()
        return self.tree.pool(own).drop_duplicates(["unit_id", *columns]).groupby("unit_id").size()


def ratio(numerator: pd.Series, denominator: pd.Series) -> pd.DataFrame:
    """Put counts side by side; a unit that only the denominator knows has numerator 0."""
    frame = pd.DataFrame({"numerator": numerator, "denominator": denominator})
    return frame.fillna({"numerator": 0, "denominator": 0})
