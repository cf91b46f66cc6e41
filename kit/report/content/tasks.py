"""Where each task of the plan year stands on the cut-off day."""

from __future__ import annotations

import pandas as pd

from kit.report.content.once import once
from kit.report.content.records import by, records
from kit.report.content.subject import Subject

ON_TIME, LATE, OVERDUE, OPEN = "on_time", "late", "overdue", "open"
STATES = {
    ON_TIME: "Hoàn thành đúng hạn",
    LATE: "Hoàn thành muộn",
    OVERDUE: "Quá hạn",
    OPEN: "Còn trong hạn",
}


@once
def year_tasks(subject: Subject) -> list[dict]:
    """Return the unit's tasks of the plan year as records with ``state``, sorted by due date."""
    members, cutoff = set(subject.members), subject.cutoff
    tasks = [
        {**task, "state": _state(task, cutoff)}
        for task in records(subject.scope.year_tasks)
        if task["owner"] in members
    ]
    return sorted(tasks, key=by("due_date", "owner", "task_id"))


def _state(task: dict, cutoff: pd.Timestamp) -> str:
    """Overdue is what CD-04 counts: due before T and not completed by T."""
    due = task["due_date"]
    if task["completed"]:
        return LATE if due is not None and task["completed_date"] > due else ON_TIME
    return OVERDUE if due is not None and due < cutoff else OPEN
