"""I. Steering: groundwork, tasks by group and state, overdue tasks by name (plan, parts I.2 and II)."""

from __future__ import annotations

from kit.indicators.steering import GROUPS
from kit.report import words
from kit.report.blocks import Paragraphs
from kit.report.content.aside import ANNEX, records_aside, without
from kit.report.content.products import products
from kit.report.content.result import Result, verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import text
from kit.report.content.task_states import late_tasks, overdue_table, state_figure, state_table
from kit.report.content.tasks import (
    ABSENT,
    DONE,
    LATE,
    ON_TIME,
    OVERDUE,
    PENDING,
    UNREAD,
    groundwork,
    year_tasks,
)

_TABLED = 12  # so many tasks of one unit need no table: what is late is named
_ALONE = {
    ON_TIME: "đã hoàn thành đúng hạn",
    LATE: "đã hoàn thành nhưng muộn so với hạn",
    OVERDUE: "đã quá hạn mà chưa hoàn thành",
}
_FOUR = "quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch"


def steering(subject: Subject) -> Blocks:
    """Return section I."""
    tasks = year_tasks(subject)
    if not tasks:
        return Blocks.of(Paragraphs((_no_tasks(subject),)), products(subject))
    few = not subject.pooled and len(tasks) <= _TABLED
    sentences = (
        _groundwork(subject),
        _tasks(subject, tasks),
        _quality(subject),
        late_tasks(subject, tasks) if few else "",
    )
    return Blocks.of(
        Paragraphs(tuple(filter(None, sentences))),
        None if few else (state_figure(subject, tasks) or state_table(subject, tasks),),
        None if few else overdue_table(subject, tasks),
        products(subject),
    )


def _no_tasks(subject: Subject) -> str:
    year, aside = subject.period.year, len(records_aside(subject, "tasks"))
    said = f"Chưa ghi nhận nhiệm vụ nào của kế hoạch năm {year}"
    if aside == 1:
        said = f"Nhiệm vụ duy nhất của kế hoạch năm {year} có lỗi chưa sửa ({ANNEX})"
    elif aside:
        said = f"Cả {words.number(aside)} nhiệm vụ của kế hoạch năm {year} đều có lỗi chưa sửa ({ANNEX})"
    return f"{said}; vì vậy chưa có cơ sở để đánh giá công tác quán triệt, hướng dẫn, tập huấn và xây dựng kế hoạch."


def _groundwork(subject: Subject) -> str:
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
    names = {group: label("task_group", group).lower() for group in GROUPS}
    (owner,) = {owner for owner, _ in groundwork(subject)}
    finished, pending, unread, absent = (
        words.enumeration([names[group] for group in GROUPS if groundwork(subject)[owner, group] == state])
        for state in (DONE, PENDING, UNREAD, ABSENT)
    )
    wrong = {text(row["group"]) for row in records_aside(subject, "tasks")}
    if result.n == result.of:
        but = f", {without(subject, 'tasks')}" if wrong & {"", *GROUPS} else ""
        return f"Đã hoàn thành cả bốn nhóm nhiệm vụ: {finished}{but}{tail}."
    parts = [f"Đã hoàn thành {result.n}/{result.of} nhóm nhiệm vụ {_FOUR} ({words.percent(result.value)}){tail}"]
    if not result.n:
        parts = [f"Chưa hoàn thành nhóm nào trong bốn nhóm nhiệm vụ {_FOUR}{tail}"]
    parts += [f"còn nhiệm vụ chưa hoàn thành ở nhóm {pending}"] if pending else []
    parts += [f"nhiệm vụ thuộc nhóm {unread} có lỗi chưa sửa nên chưa được tính"] if unread else []
    valid = " hợp lệ" if "" in wrong else ""
    parts += [f"kế hoạch chưa có nhiệm vụ{valid} thuộc nhóm {absent}"] if absent else []
    return "; ".join(parts) + "."


def _tasks(subject: Subject, tasks: list[dict]) -> str:
    done, on_time, overdue = (subject.result(id) for id in ("CD-02", "CD-03", "CD-04"))
    whose = " của các đơn vị" if subject.pooled else ""
    aside = without(subject, "tasks")
    total = f"Kế hoạch năm {subject.period.year}{whose} có {words.number(len(tasks))} nhiệm vụ"
    total += f", {aside} ({ANNEX})" if aside else ""
    if len(tasks) == 1 and tasks[0]["state"] in _ALONE:
        return f"{total}{';' if aside else ','} {_ALONE[tasks[0]['state']]}{_tail(done)}."
    if not done.known:
        return f"{total}; đến {subject.until} chưa có nhiệm vụ nào đến hạn{_before_due(tasks)}."
    parts = [f"{total}{_due(subject, done.of, len(tasks), ';' if aside else ',')}"]
    if done.of == 1 < len(tasks) and not subject.period.is_year:
        (only,) = (task["state"] for task in tasks if task["due"])
        return f"{parts[0]}; nhiệm vụ này {_ALONE.get(only, 'chưa hoàn thành')}{_tail(done)}{_before_due(tasks)}."
    parts.append(f"{_done(subject, done)}{_tail(done)}")
    if on_time.known and on_time.n:
        among = "" if on_time.of == done.of else ", tính trên số nhiệm vụ đã đến hạn hoặc đã hoàn thành"
        parts.append(f"hoàn thành đúng hạn {on_time.full}{among}")
    late = sum(task["state"] == LATE for task in tasks)
    parts += [f"{words.number(late)} nhiệm vụ hoàn thành muộn"] if late else []
    if overdue.known:
        parts.append(f"{overdue.printed} nhiệm vụ quá hạn" if overdue.value else "không có nhiệm vụ quá hạn")
    return "; ".join(parts) + _before_due(tasks) + "."


def _done(subject: Subject, done: Result) -> str:
    # All tasks of the year are in the figure of a year, also those that are due after T.
    which = "của năm" if subject.period.is_year else "đến hạn"
    if not done.n:
        return f"chưa hoàn thành nhiệm vụ {which} nào"
    if done.n == done.of > 1:
        return f"đã hoàn thành cả {words.number(done.of)} nhiệm vụ {which} ({done.printed})"
    return f"đã hoàn thành {done.counts} nhiệm vụ {which} ({done.printed})"


def _before_due(tasks: list[dict]) -> str:
    """Tasks that are done and not in the figures yet, as the end of the sentence on them."""
    early = sum(task["completed"] and not task["due"] for task in tasks)
    return f"; ngoài ra đã hoàn thành {words.number(early)} nhiệm vụ chưa đến hạn" if early else ""


def _due(subject: Subject, due: int, total: int, mark: str) -> str:
    """How many of the tasks are due, as the rest of the sentence that gave their number; nothing for a year."""
    if subject.period.is_year:
        return ""
    when = f"đến hạn tính đến {subject.until}"
    if due < total:
        return f"{mark} trong đó {words.number(due)} nhiệm vụ {when}"
    return f"{mark} {'đều ' if total > 1 else ''}đã {when}"


def _quality(subject: Subject) -> str:
    """Both figures are shares of the completed tasks that are in CD-02: of those rated, of those with a product due."""
    quality, product = subject.result("CD-05"), subject.result("CD-06")
    which = "" if subject.period.is_year else " đến hạn"
    if subject.result("CD-02").n == 1:
        return _quality_of_one(f"Nhiệm vụ{which} đã hoàn thành", quality, product)
    parts = []
    if quality.known:
        parts.append(f"{_share(quality, 'có đánh giá chất lượng')} được xếp loại đạt trở lên{_tail(quality)}")
    if product.known:
        parts.append(f"{_share(product, 'phải có sản phẩm')} có sản phẩm theo yêu cầu{_tail(product)}")
    return f"Trong số nhiệm vụ{which} đã hoàn thành: {'; '.join(parts)}." if parts else ""


def _quality_of_one(which: str, quality: Result, product: Result) -> str:
    said = []
    if quality.known:
        said.append(f"{'được xếp loại đạt trở lên' if quality.n else 'xếp loại chưa đạt'}{_tail(quality)}")
    if product.known:
        said.append(f"{'có' if product.n else 'chưa có'} sản phẩm theo yêu cầu{_tail(product)}")
    between = " và " if quality.n == product.n else " nhưng "
    return f"{which} {between.join(said)}." if said else ""


def _share(result: Result, which: str) -> str:
    """How many of the tasks, up to the verb: ``cả 5 nhiệm vụ phải có sản phẩm (100%) đều``."""
    if result.of == 1:
        return f"nhiệm vụ duy nhất {which} {'đã' if result.n else 'chưa'}"
    if not result.n:
        return f"cả {words.number(result.of)} nhiệm vụ {which} đều chưa"
    if result.n == result.of:
        return f"cả {words.number(result.of)} nhiệm vụ {which} ({result.printed}) đều"
    return f"{result.counts} nhiệm vụ {which} ({result.printed})"


def _tail(result: Result) -> str:
    return f", {verdict(result)}" if verdict(result) else ""
