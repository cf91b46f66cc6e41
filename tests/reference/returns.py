"""BC and DL: who reported and in time, how many rows are valid; and the row counts beside each indicator."""

from __future__ import annotations

from datetime import date

from .figures import Figure, ratio
from .pool import DEFAULT_DEADLINES, Pool
from .tables import COLLECTED_TABLES
from .workdays import deadline, vietnamese_holidays

TABLES_USED = {
    "CS": ("activities",),
    "NT": ("activities",),
    "HD": ("activities", "council_members"),
    "CD": ("tasks",),
    "CD-06": ("tasks", "products"),
    "GY": ("feedback",),
    "KP": ("budget",),
    "KT": ("inspections",),
    "VM": ("obstacles",),
    "BC": ("submissions",),
    "DL": COLLECTED_TABLES,
}


def tables_used(indicator: str) -> tuple[str, ...]:
    """The tables whose rows stand in `n_records` of an indicator."""
    return TABLES_USED.get(indicator) or TABLES_USED[indicator[:2]]


class ReturnFigures:
    """The BC and DL figures of every unit, and the counts of rows."""

    def __init__(self, pool: Pool):
        self.pool = pool
        self.counts = {unit: self._counts(unit) for unit in pool.tree.valid}
        self.deadlines = self._deadlines()

    def _deadlines(self) -> dict[str, date]:
        parameters, day = self.pool.parameters, self.pool.period.last
        days_off = parameters.holidays
        if days_off is None:
            days_off = vietnamese_holidays((day.year, day.year + 1))
        working_days = DEFAULT_DEADLINES | parameters.deadline_working_days
        return {level: deadline(day, number, frozenset(days_off)) for level, number in working_days.items()}

    def _sent(self, unit: str) -> list[date]:
        """Days of the unit's own reports for this period, up to the reading date."""
        limit = self.pool.parameters.reading_date
        return [day for day in self.pool.submissions.get(unit, ()) if limit is None or day <= limit]

    def _in_time(self, unit: str) -> bool:
        last = self.deadlines[self.pool.tree.units[unit].level]
        return any(day <= last for day in self._sent(unit))

    def _counts(self, unit: str) -> dict[str, tuple[int, int, int]]:
        """Per table, of the plan year's workbooks: rows, rows set aside, rows without any error."""
        found = {}
        for table in COLLECTED_TABLES:
            rows = [row for row in self.pool.all_rows(table, unit) if row.year == self.pool.period.year]
            found[table] = (len(rows), sum(row.set_aside for row in rows), sum(not row.faults for row in rows))
        return found

    def records(self, unit: str, indicator: str) -> tuple[int, int]:
        """`n_records` and `excluded_records`."""
        counts = [self.counts[unit][table] for table in tables_used(indicator)]
        return sum(each[0] for each in counts), sum(each[1] for each in counts)

    def figures(self, unit: str) -> dict[str, Figure]:
        """BC-01, BC-02 and DL-01 of one unit."""
        members = self.pool.subtree(unit)
        counts = self.counts[unit].values()
        return {
            "BC-01": ratio(sum(bool(self._sent(member)) for member in members), len(members)),
            "BC-02": ratio(sum(self._in_time(member) for member in members), len(members)),
            "DL-01": ratio(sum(each[2] for each in counts), sum(each[0] for each in counts)),
        }
