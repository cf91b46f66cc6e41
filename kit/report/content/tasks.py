"""Where each task of the plan year stands on the cut-off day."""

from __future__ import annotations

import pandas as pd

from kit.indicators.steering import GROUPS
from kit.report.content.aside import records_aside
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
DONE, PENDING, UNREAD, ABSENT = "done", "pending", "unread", "absent"


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


@once
def groundwork(subject: Subject) -> dict[tuple[str, str], str]:
    """Return the state of each group that CD-01 counts, by unit with tasks and group.

    ``UNREAD`` is a group whose only tasks are set aside: it has tasks, they only cannot be counted yet.
    """
    done: dict[tuple[str, str], bool] = {}
    for task in year_tasks(subject):
        at = task["owner"], task["group"]
        done[at] = task["completed"] and done.get(at, True)
    aside = {(row["owner"], row["group"]) for row in records_aside(subject, "tasks")}
    return {
        at: (DONE if done[at] else PENDING) if at in done else UNREAD if at in aside else ABSENT
        for owner in dict.fromkeys(owner for owner, _ in done)
        for at in ((owner, group) for group in GROUPS)
    }
