"""CD-01 … CD-06: steering, from the tasks of the plan year."""

from __future__ import annotations

from .figures import Figure, count, ratio
from .pool import Pool
from .rows import Row
from .values import match_form

GROUPS = ("briefing", "guidance", "training", "planning")


class TaskFigures:
    """The CD figures of every unit."""

    def __init__(self, pool: Pool):
        self.pool, self.day = pool, pool.period.last
        self.with_product = {
            (row.unit_id, row.year, match_form(row["task_id"]))
            for workbook in pool.data.workbooks
            for row in workbook.tables["products"]
            if not row.set_aside and row["issued_date"] <= self.day
        }

    def _of_plan_year(self, rows) -> list[Row]:
        return [row for row in rows if row.year == self.pool.period.year]

    def _done(self, task: Row) -> bool:
        return task["completed_date"] is not None and task["completed_date"] <= self.day

    def _has_product(self, task: Row) -> bool:
        return (task.unit_id, task.year, match_form(task["task_id"])) in self.with_product

    def figures(self, unit: str) -> dict[str, Figure]:
        """CD-01 … CD-06 of one unit."""
        tasks = self._of_plan_year(self.pool.rows("tasks", unit))
        due = [task for task in tasks if self.pool.period.is_year or task["due_date"] <= self.day]
        timed = [task for task in due if task["due_date"] <= self.day or self._done(task)]
        done = [task for task in due if self._done(task)]
        rated = [task for task in done if task["quality"] is not None]
        to_document = [task for task in done if task["product_required"]]
        overdue = [task for task in tasks if task["due_date"] < self.day and not self._done(task)]
        return {
            "CD-01": self._groups_done(unit),
            "CD-02": ratio(len(done), len(due)),
            "CD-03": ratio(
                sum(self._done(task) and task["completed_date"] <= task["due_date"] for task in timed), len(timed)
            ),
            "CD-04": count(len(overdue) if tasks else None),
            "CD-05": ratio(sum(task["quality"] in ("good", "acceptable") for task in rated), len(rated)),
            "CD-06": ratio(sum(self._has_product(task) for task in to_document), len(to_document)),
        }

    def _groups_done(self, unit: str) -> Figure:
        """CD-01: summed over the units of the subtree with at least one task of the plan year, 4 groups each."""
        numerator = denominator = 0
        for member in self.pool.subtree(unit):
            tasks = self._of_plan_year(self.pool.received("tasks", member))
            if not tasks:
                continue
            denominator += len(GROUPS)
            for group in GROUPS:
                of_group = [task for task in tasks if task["group"] == group]
                numerator += bool(of_group) and all(self._done(task) for task in of_group)
        return ratio(numerator, denominator)
