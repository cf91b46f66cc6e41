"""III.3: causes – what the units name as difficulties, and what the figures themselves point at."""

from __future__ import annotations

from kit.report import words
from kit.report.content.activities import year_activities
from kit.report.content.aside import ANNEX
from kit.report.content.difficulties import by_category, reported
from kit.report.content.judgements import Judgement
from kit.report.content.records import within
from kit.report.content.subject import Subject
from kit.report.content.tasks import LATE, OVERDUE, year_tasks

_FEW, _MOST = 5, 3
_OF_POLICIES = frozenset(("CS-01", "CS-02", "CS-03", "CS-05", "CS-07"))


def causes(subject: Subject, shortfalls: tuple[Judgement, ...]) -> tuple[str, ...]:
    """Return the difficulties named most, then what the figures show beside the shortfalls; blank ones left out."""
    return tuple(filter(None, (_named(subject), _shown(subject, shortfalls), _errors(subject, shortfalls))))


def _named(subject: Subject) -> str:
    """The difficulties named most: what the units themselves give as a reason."""
    groups = _most([group for group in by_category(reported(subject)) if group["category"] != "other"])
    if not groups:
        return ""
    if subject.pooled:
        opening = "Theo phản ánh của các đơn vị, khó khăn chủ yếu thuộc"
        counts = [f"{words.number(group['units'])} đơn vị" for group in groups]
        titles = [group["title"].lower() for group in groups]
        if len(titles) == 1:
            return f"{opening} nhóm {titles[0]} ({counts[0]})."
        if len(set(counts)) == 1:
            return f"{opening} các nhóm: {'; '.join(titles)} (mỗi nhóm {counts[0]})."
        told = [f"{title} ({count})" for title, count in zip(titles, counts, strict=True)]
        return f"{opening} các nhóm: {'; '.join(told)}."
    told = [group["title"].lower() for group in groups]
    groups = f"nhóm {told[0]}" if len(told) == 1 else f"các nhóm: {'; '.join(told)}"
    return f"Khó khăn đã phản ánh (nêu tại mục 4) thuộc {groups}."


def _most(groups: list[dict]) -> list[dict]:
    """A few groups all; of more the first, and whatever is named as often as the last of them."""
    if len(groups) <= _FEW:
        return groups
    last = groups[_MOST - 1]
    return [group for at, group in enumerate(groups) if at < _MOST or group["units"] == last["units"]]


def _shown(subject: Subject, shortfalls: tuple[Judgement, ...]) -> str:
    """Facts of the data that go with the shortfalls; the report does not claim more than that they go together."""
    ids = {id for one in shortfalls for id in one.evidence}
    facts = []
    if ids & _OF_POLICIES:
        facts += [_no_training(subject), _late_plan(subject), _no_money(subject)]
    facts = [fact for fact in facts if fact]
    return f"Số liệu cho thấy: {'; '.join(facts)}." if len(facts) > 1 else _one(facts)


def _errors(subject: Subject, shortfalls: tuple[Judgement, ...]) -> str:
    """Rows set aside, where a shortfall rests on a figure that leaves out many; how many, the report's opening says."""
    rows = subject.result("DL-01")
    if not rows.known or not any(subject.result(id).note for one in shortfalls for id in one.evidence):
        return ""
    return f"Một phần số liệu có lỗi chưa sửa nên không được tính ({ANNEX}); kết quả có thể thấp hơn thực tế."


def _one(facts: list[str]) -> str:
    return f"Số liệu cho thấy {facts[0]}." if facts else ""


def _no_training(subject: Subject) -> str:
    """No class since the beginning of the year, where somebody has answered."""
    if not subject.reported or any(row["kind"] == "training" for row in year_activities(subject)):
        return ""
    return "từ đầu năm chưa tổ chức lớp tập huấn nào về truyền thông dự thảo chính sách"


def _late_plan(subject: Subject) -> str:
    """Plans issued after their due date, or not yet."""
    tasks = [task for task in year_tasks(subject) if task["group"] == "planning"]
    late = {task["owner"] for task in tasks if task["state"] == LATE}
    waiting = {task["owner"] for task in tasks if task["state"] == OVERDUE} - late
    if not subject.pooled:
        late_one = "Kế hoạch của đơn vị ban hành muộn so với hạn"
        return late_one if late else "Kế hoạch của đơn vị chưa ban hành" if waiting else ""
    said = [f"{words.number(len(late))} đơn vị ban hành kế hoạch muộn so với hạn"] if late else []
    said += [f"{words.number(len(waiting))} đơn vị chưa ban hành kế hoạch dù đã đến hạn"] if waiting else []
    return "; ".join(said)


def _no_money(subject: Subject) -> str:
    """Lines that say that no money of its own was given for the plan."""
    lines = within(subject.records("budget"), "recorded_date", subject.scope.year_start, subject.cutoff)
    without = {line["owner"] for line in lines} - {line["owner"] for line in lines if (line["allocated"] or 0) > 0}
    if not without:
        return ""
    if not subject.pooled:
        return "không bố trí kinh phí riêng cho Kế hoạch"
    return f"{words.number(len(without))} đơn vị không bố trí kinh phí riêng cho Kế hoạch"
