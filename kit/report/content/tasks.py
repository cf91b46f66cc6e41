"""Where each task of the plan year stands on the cut-off day."""

from __future__ import annotations

import pandas as pd

from kit.report.content.once import once
from kit.report.content.subject import Subject

ON_TIME, LATE, OVERDUE, OPEN = "on_time", "late", "overdue", "open"
STATES = {
    ON_TIME: "Hoàn thành đúng hạn",
    LATE: "Hoàn thành muộn",
    OVERDUE: "Quá hạn",
    OPEN: "Còn trong hạn",
}


@once
def year_tasks(subject: Subject) -> pd.DataFrame:
    """Return the unit's tasks of the plan year with ``state``, sorted by due date.

    Overdue is what CD-04 counts: due before T and not completed by T.
    """
    tasks = subject.scope.year_tasks
    tasks = tasks.loc[tasks["owner"].isin(subject.members)]
    late = tasks["completed_date"] > tasks["due_date"]
    overdue = tasks["due_date"] < subject.cutoff
    state = pd.Series(OPEN, index=tasks.index, dtype="str")
    state = state.mask(overdue, OVERDUE).mask(tasks["completed"], ON_TIME).mask(tasks["completed"] & late, LATE)
    return tasks.assign(state=state).sort_values(["due_date", "owner", "task_id"], kind="stable")
