"""I. Steering: groundwork, tasks by group and state, overdue tasks by name (plan, parts I.2 and II)."""

from __future__ import annotations

from collections import Counter

from kit.indicators.steering import GROUPS
from kit.report import words
from kit.report.blocks import Column, Figure, Paragraphs, Table
from kit.report.charts.stacked import state_bars
from kit.report.content.aside import ANNEX, records_aside, without
from kit.report.content.products import products
from kit.report.content.result import Result, verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, amount, day, table, text
from kit.report.content.tasks import LATE, OVERDUE, STATES, year_tasks
from kit.schema.load import load_schema

_CHARTED = 8  # fewer tasks, or those of one unit, are read faster in the table
_FOUR = "quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch"
_EARLY = (
    "Bảng gồm mọi nhiệm vụ của kế hoạch năm, kể cả nhiệm vụ đã hoàn thành khi chưa đến hạn; các tỷ lệ nêu trên chỉ "
    "tính trong số nhiệm vụ đến hạn."
)


def steering(subject: Subject) -> Blocks:
    """Return section I."""
    tasks = year_tasks(subject)
    if not tasks:
        return Blocks.of(Paragraphs((_no_tasks(subject),)), products(subject))
    sentences = tuple(filter(None, (_groundwork(subject, tasks), _tasks(subject, tasks), _quality(subject))))
    return Blocks.of(
        Paragraphs(sentences),
        _figure(tasks) if subject.pooled else None,
        _by_group(subject, tasks),
        _overdue(subject, tasks),
        products(subject),
    )


def _no_tasks(subject: Subject) -> str:
    year, aside = subject.period.year, len(records_aside(subject, "tasks"))
    said = f"Chưa ghi nhận nhiệm vụ nào của kế hoạch năm {year}"
    if aside == 1:
        said = f"Nhiệm vụ duy nhất của kế hoạch năm {year} có lỗi chưa sửa ({ANNEX})"
    elif aside:
        said = f"Cả {words.number(aside)} nhiệm vụ của kế hoạch năm {year} đều có lỗi chưa sửa ({ANNEX})"
    return f"{said}; vì vậy chưa có số liệu để đánh giá công tác quán triệt, hướng dẫn, tập huấn và xây dựng kế hoạch."


def _groundwork(subject: Subject, tasks: list[dict]) -> str:
    result = subject.result("CD-01")
    if not result.known:
        return ""
    tail = f", {verdict(result)}" if verdict(result) else ""
    if subject.pooled and result.of > len(GROUPS):
        units = words.number(result.of // len(GROUPS))
        return (
            f"Tính trên {units} đơn vị có nhiệm vụ của kế hoạch năm {subject.period.year}, các nhóm nhiệm vụ {_FOUR} "
            f"đã hoàn thành {result.full}{tail}."
        )
    done: dict[str, bool] = {}
    for task in tasks:
        done[task["group"]] = task["completed"] and done.get(task["group"], True)
    names = {group: label("task_group", group).lower() for group in GROUPS}
    finished = [names[group] for group in GROUPS if done.get(group)]
    wrong = {text(row["group"]) for row in records_aside(subject, "tasks")}
    if len(finished) == len(GROUPS):
        but = f", {without(subject, 'tasks')}" if wrong & {"", *GROUPS} else ""
        return f"Đã hoàn thành cả bốn nhóm nhiệm vụ: {words.enumeration(finished)}{but}{tail}."
    pending = [names[group] for group in GROUPS if group in done and not done[group]]
    unread = [names[group] for group in GROUPS if group not in done and group in wrong]
    absent = [names[group] for group in GROUPS if group not in done and group not in wrong]
    parts = [f"Đã hoàn thành {result.n}/{result.of} nhóm nhiệm vụ {_FOUR} ({words.percent(result.value)}){tail}"]
    parts += [f"còn nhiệm vụ chưa hoàn thành ở nhóm {words.enumeration(pending)}"] if pending else []
    # A group whose only tasks are set aside has tasks: they only cannot be counted yet.
    unread_names = words.enumeration(unread)
    parts += [f"nhiệm vụ thuộc nhóm {unread_names} có lỗi chưa sửa nên chưa được tính"] if unread else []
    valid = " hợp lệ" if "" in wrong else ""
    parts += [f"chưa có nhiệm vụ{valid} thuộc nhóm {words.enumeration(absent)}"] if absent else []
    return "; ".join(parts) + "."


def _tasks(subject: Subject, tasks: list[dict]) -> str:
    done, on_time, overdue = (subject.result(id) for id in ("CD-02", "CD-03", "CD-04"))
    whose = " của các đơn vị" if subject.pooled else ""
    aside = without(subject, "tasks")
    total = f"Kế hoạch năm {subject.period.year}{whose} có {words.number(len(tasks))} nhiệm vụ"
    total += f", {aside} ({ANNEX})" if aside else ""
    if not done.known:
        return f"{total}; đến {subject.until} chưa có nhiệm vụ nào đến hạn."
    parts = [f"{total}{_due(subject, done.of, len(tasks), ';' if aside else ',')}"]
    # All tasks of the year are in the figure of a year, also those that are due after T.
    which = "của năm" if subject.period.is_year else "đến hạn"
    parts.append(f"đã hoàn thành {done.counts} nhiệm vụ {which} ({done.printed}){_tail(done)}")
    if on_time.known and on_time.n:
        among = "" if on_time.of == done.of else ", tính trên số nhiệm vụ đã đến hạn hoặc đã hoàn thành"
        parts.append(f"hoàn thành đúng hạn {on_time.full}{among}")
    late = sum(task["state"] == LATE for task in tasks)
    parts += [f"{words.number(late)} nhiệm vụ hoàn thành muộn"] if late else []
    if overdue.known:
        parts.append(f"{overdue.printed} nhiệm vụ quá hạn" if overdue.value else "không có nhiệm vụ quá hạn")
    return "; ".join(parts) + "."


def _due(subject: Subject, due: int, total: int, mark: str) -> str:
    """How many of the tasks are due, as the rest of the sentence that gave their number; nothing for a year."""
    if subject.period.is_year:
        return ""
    when = f"đến hạn tính đến {subject.until}"
    if due < total:
        return f"{mark} trong đó {words.number(due)} nhiệm vụ {when}"
    return f"{mark} {'đều ' if total > 1 else ''}đã {when}"


def _quality(subject: Subject) -> str:
    quality, product = subject.result("CD-05"), subject.result("CD-06")
    parts = []
    if quality.known:
        parts.append(f"{_share(quality, ' có đánh giá chất lượng')} được xếp loại đạt trở lên{_tail(quality)}")
    if product.known:
        parts.append(f"{_share(product)} có sản phẩm theo yêu cầu{_tail(product)}")
    return words.sentence("; ".join(parts))


def _share(result: Result, which: str = "") -> str:
    """How many of the completed tasks, up to the verb: ``cả 5 nhiệm vụ hoàn thành (100%) đều``."""
    if result.of == 1:
        return f"nhiệm vụ duy nhất đã hoàn thành{which} {'đã' if result.n else 'chưa'}"
    if result.n == result.of:
        return f"cả {words.number(result.of)} nhiệm vụ hoàn thành{which} ({result.printed}) đều"
    return f"có {result.counts} nhiệm vụ hoàn thành{which} ({result.printed})"


def _tail(result: Result) -> str:
    return f", {verdict(result)}" if verdict(result) else ""


def _figure(tasks: list[dict]) -> Figure | None:
    if len(tasks) < _CHARTED:
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
        data=(("Nhóm nhiệm vụ", *STATES.values()), *(tuple(map(str, row)) for row in rows)),
    )


def _counts(tasks: list[dict]) -> dict[str, list[int]]:
    """Number of tasks in each state, by group in the order of the codes."""
    counted = Counter((task["group"], task["state"]) for task in tasks)
    known = {group for group, _ in counted}
    order = [group for group in load_schema().codelists["task_group"].codes if group in known]
    return {group: [counted[group, state] for state in STATES] for group in order}


def _by_group(subject: Subject, tasks: list[dict]) -> Table:
    numbers = _counts(tasks)
    rows = [(label("task_group", group), sum(row), *row) for group, row in numbers.items()]
    rows.append(("Cộng", len(tasks), *map(sum, zip(*numbers.values(), strict=True))))
    early = any(task["completed"] and not task["due"] for task in tasks)
    notes = [_EARLY] if early else []
    notes += [f"{words.capitalised(aside)}."] if (aside := without(subject, "tasks")) else []
    columns = [Column("Nhóm nhiệm vụ", "left", 2), Column("Tổng số", "right", 0.9)]
    columns += [Column(title, "right", 1.1) for title in STATES.values()]
    return table(
        "Bảng số liệu nhiệm vụ theo nhóm và tình trạng",
        columns,
        shown=[(row[0], *(amount(value) for value in row[1:])) for row in rows],
        data=(("group", "total", *STATES), rows[:-1]),
        totals=(len(rows) - 1,),
        note=" ".join(notes),
        name="nhiem-vu",
    )


def _overdue(subject: Subject, tasks: list[dict]) -> Table | None:
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
