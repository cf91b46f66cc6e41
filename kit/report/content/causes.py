"""III.3: causes – what the units name as difficulties, and what the figures themselves point at."""

from __future__ import annotations

from kit.report import words
from kit.report.content.activities import year_activities
from kit.report.content.difficulties import by_category, reported
from kit.report.content.judgements import Judgement
from kit.report.content.records import within
from kit.report.content.subject import Subject
from kit.report.content.tasks import LATE, OVERDUE, year_tasks

_MOST = 3
_OF_POLICIES = frozenset(("CS-01", "CS-02", "CS-03", "CS-05", "CS-07"))


def causes(subject: Subject, shortfalls: tuple[Judgement, ...]) -> tuple[str, ...]:
    """Return the difficulties named most, then what the figures show beside the shortfalls; blank ones left out."""
    return tuple(filter(None, (_named(subject), _shown(subject, shortfalls))))


def _named(subject: Subject) -> str:
    """The difficulties named most: what the units themselves give as a reason."""
    groups = [group for group in by_category(reported(subject)) if group["category"] != "other"][:_MOST]
    if not groups:
        return ""
    if subject.pooled:
        told = [f"{group['title'].lower()} ({words.number(group['units'])} đơn vị)" for group in groups]
        return f"Theo phản ánh của các đơn vị, khó khăn chủ yếu thuộc các nhóm: {'; '.join(told)}."
    told = [group["title"].lower() for group in groups]
    groups = f"nhóm {told[0]}" if len(told) == 1 else f"các nhóm: {'; '.join(told)}"
    return f"Khó khăn đã phản ánh (nêu tại mục 4) thuộc {groups}."


def _shown(subject: Subject, shortfalls: tuple[Judgement, ...]) -> str:
    """Facts of the data that go with the shortfalls; the report does not claim more than that they go together."""
    ids = {id for one in shortfalls for id in one.evidence}
    facts = []
    if ids & _OF_POLICIES:
        facts += [_no_training(subject), _late_plan(subject), _no_money(subject)]
    if ids & {"BC-01"} and subject.pooled:
        sent = subject.result("BC-01")
        facts.append(
            f"{words.number(sent.of - sent.n)} đơn vị chưa gửi báo cáo nên số liệu tổng hợp có thể chưa đầy đủ"
        )
    if any(subject.result(id).note for id in ids):
        facts.append("nhiều dòng số liệu có lỗi chưa sửa nên kết quả có thể thấp hơn thực tế")
    facts = [fact for fact in facts if fact]
    return f"Số liệu cho thấy: {'; '.join(facts)}." if len(facts) > 1 else _one(facts)


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
    waiting = {task["owner"] for task in tasks if task["state"] == OVERDUE}
    if not late | waiting:
        return ""
    if not subject.pooled:
        return "Kế hoạch của đơn vị ban hành muộn so với hạn" if late else "Kế hoạch của đơn vị chưa ban hành"
    return f"{words.number(len(late | waiting))} đơn vị ban hành kế hoạch muộn hoặc chưa ban hành"


def _no_money(subject: Subject) -> str:
    """Lines that say that no money of its own was given for the plan."""
    lines = within(subject.records("budget"), "recorded_date", subject.scope.year_start, subject.cutoff)
    without = {line["owner"] for line in lines} - {line["owner"] for line in lines if (line["allocated"] or 0) > 0}
    if not without:
        return ""
    if not subject.pooled:
        return "không bố trí kinh phí riêng cho Kế hoạch"
    return f"{words.number(len(without))} đơn vị không bố trí kinh phí riêng cho Kế hoạch"
