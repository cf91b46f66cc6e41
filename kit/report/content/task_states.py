"""Tasks of the plan by group and state, and those late by name: what section I shows beside its sentences."""

from __future__ import annotations

from collections import Counter

from kit.report import words
from kit.report.blocks import Column, Figure, Table
from kit.report.charts.stacked import state_bars
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, amount, day, table, text
from kit.report.content.tasks import LATE, OVERDUE, STATES
from kit.schema.load import load_schema

_CHARTED = 8  # fewer tasks, or those of one unit, are read faster in the table
_EARLY = (
    "Gồm mọi nhiệm vụ của kế hoạch năm, kể cả nhiệm vụ đã hoàn thành khi chưa đến hạn; các tỷ lệ nêu trên chỉ tính "
    "trong số nhiệm vụ đến hạn."
)


def late_tasks(subject: Subject, tasks: list[dict]) -> str:
    """Return the sentences that name tasks overdue or done late: what a table would show of a few; or a blank."""
    overdue = [
        f"{_title(subject, task)} ({_lead(task)}hạn {day(task['due_date'])}, quá "
        f"{words.number((subject.cutoff - task['due_date']).days)} ngày)"
        for task in tasks
        if task["state"] == OVERDUE
    ]
    late = [
        f"{_title(subject, task)} (hạn {day(task['due_date'])}, hoàn thành ngày {day(task['completed_date'])})"
        for task in tasks
        if task["state"] == LATE
    ]
    said = [f"Nhiệm vụ quá hạn: {'; '.join(overdue)}."] if overdue else []
    said += [f"Nhiệm vụ hoàn thành muộn: {'; '.join(late)}."] if late else []
    return " ".join(said)


def _title(subject: Subject, task: dict) -> str:
    """The task, with whose it was where the unit has taken it over: both may have had the same one."""
    title, whose = text(task["title"]), task["_unit"]
    return (
        title
        if whose == subject.unit_id
        else f"{title} – của {words.in_sentence(subject.names.get(whose, whose))} trước đây"
    )


def _lead(task: dict) -> str:
    return f"{text(task['lead'])}, " if text(task["lead"]) else ""


def state_figure(subject: Subject, tasks: list[dict]) -> Figure | None:
    """Return the chart of many tasks of units together, its numbers as data, in place of the table; else nothing."""
    if not subject.pooled or len(tasks) < _CHARTED:
        return None
    counts = _counts(tasks)
    names = [label("task_group", group) for group in counts]
    rows = [(name, *row) for name, row in zip(names, counts.values(), strict=True)]
    told = "; ".join(
        f"{name}: {', '.join(f'{count} {STATES[s].lower()}' for s, count in zip(STATES, row, strict=True) if count)}"
        for name, *row in rows
    )
    return Figure(
        "Biểu đồ: Nhiệm vụ của kế hoạch theo nhóm và tình trạng",
        state_bars([(name, dict(zip(STATES, row, strict=True))) for name, *row in rows]),
        f"Biểu đồ thanh ngang, số nhiệm vụ theo nhóm và tình trạng. {told}.",
        name="nhiem-vu-theo-nhom",
        note=_note(tasks),
        data=(
            ("Nhóm nhiệm vụ", "Tổng số", *STATES.values()),
            *((name, *map(str, (sum(row), *row))) for name, *row in (*rows, _whole(counts))),
        ),
    )


def _note(tasks: list[dict]) -> str:
    return _EARLY if any(task["completed"] and not task["due"] for task in tasks) else ""


def _whole(counts: dict[str, list[int]]) -> tuple:
    return "Cộng", *map(sum, zip(*counts.values(), strict=True))


def _counts(tasks: list[dict]) -> dict[str, list[int]]:
    """Number of tasks in each state, by group in the order of the codes."""
    counted = Counter((task["group"], task["state"]) for task in tasks)
    known = {group for group, _ in counted}
    order = [group for group in load_schema().codelists["task_group"].codes if group in known]
    return {group: [counted[group, state] for state in STATES] for group in order}


def state_table(subject: Subject, tasks: list[dict]) -> Table:
    """Return the number of tasks by group and state."""
    numbers = _counts(tasks)
    rows = [(label("task_group", group), sum(row), *row) for group, row in numbers.items()]
    title, *whole = _whole(numbers)
    rows.append((title, len(tasks), *whole))
    columns = [Column("Nhóm nhiệm vụ", "left", 2), Column("Tổng số", "right", 0.9)]
    columns += [Column(title, "right", 1.1) for title in STATES.values()]
    return table(
        "Bảng số liệu nhiệm vụ theo nhóm và tình trạng",
        columns,
        shown=[(row[0], *(amount(value) for value in row[1:])) for row in rows],
        data=(("group", "total", *STATES), rows[:-1]),
        totals=(len(rows) - 1,),
        note=_note(tasks),
        name="nhiem-vu",
    )


def overdue_table(subject: Subject, tasks: list[dict]) -> Table | None:
    """Return the overdue tasks with who is responsible for them; nothing without any."""
    late = [task for task in tasks if task["state"] == OVERDUE]
    if not late:
        return None
    shown, raw = [], []
    for at, row in enumerate(late, 1):
        days = (subject.cutoff - row["due_date"]).days
        unit = subject.names[row["owner"]]
        who = f"{text(row['lead'])} – {unit}" if subject.pooled else text(row["lead"])
        shown.append((str(at), text(row["title"]), who, day(row["due_date"]), words.number(days)))
        raw.append((row["owner"], unit, row["task_id"], row["title"], row["lead"], row["due_date"], days))
    return table(
        f"Nhiệm vụ quá hạn, chưa hoàn thành đến {subject.until}",
        (
            NUMBER,
            Column("Nhiệm vụ", "left", 3.2),
            Column("Cơ quan, bộ phận chịu trách nhiệm", "left", 2.2),
            Column("Hạn", "center", 1.05),
            Column("Số ngày quá hạn", "right", 0.8),
        ),
        shown=shown,
        data=(("unit_id", "unit", "task_id", "title", "lead", "due_date", "days_overdue"), raw),
        name="nhiem-vu-qua-han",
    )
