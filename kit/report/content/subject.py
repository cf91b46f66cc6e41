"""The subject of a report: one unit in one period, its rows and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from kit.errors import UsageError, suggestion
from kit.indicators.byunit import among, positions, taken
from kit.indicators.catalog import INDICATORS
from kit.indicators.model import Scope
from kit.report import words
from kit.report.content.change import Change, Past, pasts
from kit.report.content.once import once
from kit.report.content.records import records
from kit.report.content.result import Result
from kit.report.issues import Issues
from kit.schema.load import load_schema
from kit.store import PeriodData

_BELOW = ("CS-07", "CD-01", "CD-04")  # of which the text says at which units below something is missing


@dataclass(frozen=True)
class Subject:
    """One unit's view of a period. ``data`` may be whole or already sliced; the unit must be valid on T.

    ``issues`` are the approved issues of its report; ``public`` tells that ``data`` is ``redacted``.
    """

    data: PeriodData
    unit_id: str
    issues: Issues = Issues()
    public: bool = False

    def __post_init__(self):
        known = self.data.scope.tree.units
        if self.unit_id not in known:
            raise UsageError(
                f"Unit '{self.unit_id}' is not valid on the last day of the period{suggestion(self.unit_id, known)}"
            )

    @cached_property
    def own(self) -> PeriodData:
        """The unit's slice; of the assignments only those of its subtree and of units passed on to it."""
        data = self.data.slice(self.unit_id)
        tree = self.data.scope.tree
        subtree = set(tree.subtree(self.unit_id))
        assignments = data.frames["assignments"]
        kept = positions(tree.receiver.get(unit) in subtree for unit in assignments["unit_id"].tolist())
        frames = {**data.frames, "assignments": taken(assignments, kept).reset_index(drop=True)}
        own = replace(data, frames=frames)
        vars(own)["scope"] = data.scope  # which judges the subtree's assignments only
        return own

    @cached_property
    def scope(self) -> Scope:
        """What the indicator formulas compute on, for this unit's rows."""
        return self.own.scope

    @property
    def period(self):
        """The period."""
        return self.data.period

    @property
    def cutoff(self) -> pd.Timestamp:
        """T, the last day included."""
        return self.scope.cutoff

    @property
    def until(self) -> str:
        """The cut-off as the text speaks of it: ``ngày 14/6/2024``."""
        return f"ngày {words.short_date(self.period.cutoff)}"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Name of every known unit."""
        units = self.data.frames["units"]
        return dict(zip(units["unit_id"], units["name"].fillna(units["unit_id"]), strict=True))

    @cached_property
    def unit(self) -> dict:
        """The unit's row of the reference table."""
        units = self.data.frames["units"]
        return records(among(units, "unit_id", {self.unit_id}).head(1))[0]

    @property
    def level(self) -> str:
        """The unit's level (code)."""
        return str(self.unit["level"])

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.names[self.unit_id]

    def reporter(self, unit_id: str) -> str:
        """The name of a unit that reported rows; one that has been merged with the unit it now belongs to."""
        name = self.names.get(unit_id, unit_id)
        now = self.scope.tree.receiver.get(unit_id, unit_id)
        return name if now == unit_id else f"{name} (nay thuộc {words.in_sentence(self.names.get(now, now))})"

    @property
    def name_inside(self) -> str:
        """The unit's name inside a sentence."""
        return words.in_sentence(self.name)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The valid units of the subtree, itself included."""
        return tuple(self.scope.tree.subtree(self.unit_id))

    @property
    def pooled(self) -> bool:
        """True when there are units below this one."""
        return len(self.members) > 1

    @cached_property
    def children(self) -> tuple[str, ...]:
        """The units directly below, in the order of the list of units."""
        return tuple(sorted(unit for unit, parent in self.scope.tree.parent.items() if parent == self.unit_id))

    @property
    def reported(self) -> bool:
        """True when a unit of the subtree has sent a report for this period."""
        return self.unit_id in self.scope.reported_units

    @cached_property
    def sent_itself(self) -> bool:
        """True when the unit itself has sent its report for this period."""
        return self.unit_id in set(self.scope.submissions["owner"])

    @cached_property
    def deadline(self) -> date:
        """The day by which this unit's report is due."""
        return self.data.params.deadline(self.period, self.level)

    @property
    def document_date(self) -> date:
        """The date of the report: that of its approval, else the day by which it is due."""
        return self.issues.approved.date if self.issues.approved else self.deadline

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """The unit's figures by indicator."""
        return results_of(self.data.results, self.unit_id, answered=self.reported)

    def result(self, indicator_id: str) -> Result:
        """One figure; one that the results do not have is nothing counted."""
        return self.results.get(indicator_id) or Result(INDICATORS[indicator_id], answered=self.reported)

    @cached_property
    def pasts(self) -> tuple[Past, ...]:
        """Earlier periods: the same of last year, then the previous one of the same kind; none for a free period."""
        return pasts(self.data.series, self.unit_id, self.period)

    def change(self, indicator_id: str) -> Change | None:
        """The change of one figure since the same period of last year, where it may be told."""
        return self.pasts[0].change(self.result(indicator_id)) if self.pasts else None

    @cached_property
    def below(self) -> Mapping[str, Mapping[str, Result]]:
        """The figures of each unit directly below, by unit and indicator."""
        found: dict[str, dict[str, Result]] = {unit: {} for unit in self.children}
        if not found:
            return found
        for row in records(among(among(self.data.results, "indicator_id", _BELOW), "unit_id", found)):
            found[row["unit_id"]][row["indicator_id"]] = Result.from_row(row)
        return found

    @once
    def rows(self, table: str) -> pd.DataFrame:
        """Rows of the subtree that indicators may use, with their ``owner``."""
        frame = self.scope.rows(table)
        return frame.loc[frame["owner"].isin(self.members)]

    @once
    def records(self, table: str) -> list[dict]:
        """``rows`` as records, with ``None`` for what is missing; shared, so nobody writes into them."""
        receiver, members = self.scope.tree.receiver, set(self.members)
        used = (row for row in records(self.own.frames[table]) if not row["_set_aside"])
        owned = ({**row, "owner": receiver.get(row["_unit"])} for row in used)
        return [row for row in owned if row["owner"] in members]

    def has_sheet(self, table: str) -> bool:
        """True when the workbook of this unit's level, or of a unit below, has the table."""
        return bool(self._levels & set(load_schema().tables[table].levels))

    @cached_property
    def _levels(self) -> frozenset[str]:
        units = self.data.frames["units"]
        levels = dict(zip(units["unit_id"].tolist(), units["level"].tolist(), strict=True))
        return frozenset(levels[unit] for unit in self.members)


def results_of(results: pd.DataFrame, unit_id: str, *, answered: bool = True) -> dict[str, Result]:
    """Return the figures of one unit by indicator; ``answered``: it, or a unit below it, has sent its report."""
    rows = [row for row in records(among(results, "unit_id", {unit_id})) if row["indicator_id"] in INDICATORS]
    return {row["indicator_id"]: Result.from_row(row, answered=answered) for row in rows}


def label(codelist: str, code: object) -> str:
    """Return what people see for a code; blank for a missing one."""
    if not isinstance(code, str):
        return ""
    return load_schema().codelists[codelist].label(code)
