"""Which rows a unit's figure is computed from (indicators.md, "Units and roll-up")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from .periods import Period
from .rows import DataSet, Row
from .tables import COLLECTED_TABLES
from .units import UnitTree

DEFAULT_DEADLINES = {"commune": 2, "district": 4, "department": 4, "province": 7, "ministry": 9}


@dataclass(frozen=True)
class Parameters:
    """The plan parameters the figures depend on. `holidays` None is the built-in calendar of Viet Nam."""

    scheme: str = "nd09"
    targets: dict[str, float] = field(default_factory=dict)
    start_grace_days: int = 7
    deadline_working_days: dict[str, int] = field(default_factory=lambda: dict(DEFAULT_DEADLINES))
    holidays: Collection[date] | None = None
    reading_date: date | None = None


class Pool:
    """Rows by the unit that receives them on T, and what is needed to pool them over subtrees."""

    def __init__(self, data: DataSet, tree: UnitTree, period: Period, *, parameters: Parameters):
        self.data, self.tree, self.period, self.parameters = data, tree, period, parameters
        self._received: dict[str, dict[str, list[Row]]] = {table: defaultdict(list) for table in COLLECTED_TABLES}
        for workbook in data.workbooks:
            receiver = tree.receiver(workbook.unit_id)
            if receiver is None:
                continue
            for table, rows in workbook.tables.items():
                self._received[table][receiver].extend(rows)
        self.submissions = self._own_submissions()

    def subtree(self, unit: str) -> list[str]:
        """The unit and its descendants on T."""
        return self.tree.subtrees[unit]

    def all_rows(self, table: str, unit: str) -> Iterator[Row]:
        """Rows of the subtree, own and passed on, set aside or not, of all years."""
        for member in self.subtree(unit):
            yield from self._received[table][member]

    def rows(self, table: str, unit: str) -> Iterator[Row]:
        """Rows of the subtree, own and passed on, of all years, that are not set aside."""
        return (row for row in self.all_rows(table, unit) if not row.set_aside)

    def received(self, table: str, unit: str) -> Iterator[Row]:
        """Rows of the unit itself, own and passed on, of all years, that are not set aside."""
        return (row for row in self._received[table][unit] if not row.set_aside)

    def _own_submissions(self) -> dict[str, list[date]]:
        """The days on which each valid unit itself sent a report for exactly this period."""
        days: dict[str, list[date]] = defaultdict(list)
        for unit in self.tree.valid:
            for row in self.received("submissions", unit):
                if row.unit_id == unit and row["period"] == self.period.code:
                    days[unit].append(row["sent_date"])
        return days

    def has_submission(self, unit: str) -> bool:
        """Whether a unit of the subtree itself sent a report for this period, whatever the reading date."""
        return any(self.submissions.get(member) for member in self.subtree(unit))
