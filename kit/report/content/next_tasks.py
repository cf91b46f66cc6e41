"""IV. What is due next: overdue and coming tasks, stages that begin, policies at risk, what the target still needs."""

from __future__ import annotations

import math

import pandas as pd

from kit.periods import Period
from kit.report import words
from kit.report.blocks import Bullets, Column, Paragraphs, Table
from kit.report.content.aside import ANNEX, records_aside
from kit.report.content.coverage import Coverage
from kit.report.content.milestones import begins, horizon, milestone_table, milestones
from kit.report.content.narrative import own_words
from kit.report.content.outlook import assigned_policies, ends_in_year, policy_outlook, task_outlook, within_year
from kit.report.content.records import within
from kit.report.content.result import limit_words
from kit.report.content.risks import long_line, risk_table, risks, silent_line
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, day, table, text
from kit.report.content.tasks import OPEN, OVERDUE, year_tasks

_DECEMBER = 12


def next_tasks(coverage: Coverage) -> Blocks:
    """Return section IV."""
    subject = coverage.subject
    tasks, policies, found = year_tasks(subject), assigned_policies(subject), risks(coverage)
    ahead = milestones(subject, policies)
    limit = subject.data.params.silence_days
    lines = (
        _overdue(subject, tasks),
        silent_line(found),
        long_line(found, limit),
        begins(subject, ahead),
        _lost(coverage),
        *(_to_year_end(subject, tasks, policies) if within_year(subject) else _year_over(coverage)),
        _due_next(subject, tasks),
        _missing_reports(subject),
        _handover(subject),
    )
    lines = tuple(line for line in lines if line)
    risky = risk_table(coverage, found, ahead)
    starting = milestone_table(subject, ahead, {risk.policy_id for risk in found} if risky else ())
    coming = _coming(subject, tasks)
    own = own_words(subject, "next_tasks")
    if not lines and coming is None and starting is None and not own:
        return Blocks.of(
            Paragraphs(("Chưa ghi nhận nhiệm vụ hoặc giai đoạn truyền thông nào phải thực hiện trong kỳ tới.",))
        )
    listed = Bullets(lines) if len(lines) > 1 else Paragraphs(lines) if lines else None
    return Blocks.of(listed, risky, starting, coming, Paragraphs(own) if own else None)


def _to_year_end(subject: Subject, tasks: list[dict], policies: list[dict]) -> tuple[str, ...]:
    return policy_outlook(subject, policies), _groundwork_left(subject), task_outlook(subject, tasks)


def _year_over(coverage: Coverage) -> tuple[str, ...]:
    """Nothing is reckoned to a year's end that has come, or that a free period or an ending unit does not reach."""
    if ends_in_year(coverage.subject):
        return ()
    return _needed(coverage), _carried_over(coverage)


def _overdue(subject: Subject, tasks: list[dict]) -> str:
    late = [task["due_date"] for task in tasks if task["state"] == OVERDUE]
    if not late:
        return ""
    days = words.number((subject.cutoff - late[0]).days)
    if len(late) == 1:
        return f"Hoàn thành dứt điểm nhiệm vụ quá hạn nêu tại mục I, đã quá {days} ngày."
    return f"Hoàn thành dứt điểm {words.number(len(late))} nhiệm vụ quá hạn nêu tại mục I, lâu nhất đã quá {days} ngày."


def _due_next(subject: Subject, tasks: list[dict]) -> str:
    """How many tasks fall due within the next period, and when the first does."""
    until = pd.Timestamp(horizon(subject.period))
    due = [task["due_date"] for task in within(tasks, "due_date", subject.cutoff, until) if task["state"] == OPEN]
    if not due:
        return ""
    earliest = day(due[0])
    if subject.period.is_year:
        year, count = subject.period.year, words.number(len(due))
        first = "sớm nhất " if len(due) > 1 else ""
        return f"Kế hoạch năm {year} còn {count} nhiệm vụ đến hạn sau {subject.until}, {first}vào ngày {earliest}."
    if len(due) == 1:
        return f"Trong kỳ tới có 1 nhiệm vụ đến hạn, vào ngày {earliest}."
    return f"Trong kỳ tới có {words.number(len(due))} nhiệm vụ đến hạn, sớm nhất vào ngày {earliest}."


def _groundwork_left(subject: Subject) -> str:
    result = subject.result("CD-01")
    if not result.known or result.target is None or result.status == "met":
        return ""
    left = math.ceil(result.target * result.denominator / 100 - result.numerator)
    # Some of them may be done, on rows that cannot be counted.
    wrong = len(records_aside(subject, "tasks"))
    mend = f"; trước hết sửa {words.number(wrong)} nhiệm vụ có lỗi ({ANNEX})" if wrong else ""
    return (
        f"Hoàn thành thêm {words.number(left)} nhóm nhiệm vụ quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch trước "
        f"cuối năm để đạt chỉ tiêu {limit_words(result, result.target)}{mend}."
    )


def _carried_over(coverage: Coverage) -> str:
    """At the end of a year: policies that are not adopted yet go on."""
    period = coverage.subject.period
    if period.free or period.last < _DECEMBER:
        return ""
    going = sum(policy["window_end"] > coverage.subject.cutoff for policy in coverage.rows)
    if not going:
        return ""
    which = "Chính sách chưa được thông qua" if going == 1 else f"{words.number(going)} chính sách chưa được thông qua"
    return f"{which} chuyển tiếp sang năm {period.year + 1}; đưa vào kế hoạch truyền thông của năm {period.year + 1}."


def _handover(subject: Subject) -> str:
    last = ends_in_year(subject)
    if not last:
        return ""
    return (
        f"{words.capitalised(subject.name_inside)} kết thúc hoạt động sau ngày {last}: bàn giao các nhiệm vụ chưa hoàn "
        "thành, số liệu và hồ sơ cho đơn vị kế thừa."
    )


def _lost(coverage: Coverage) -> str:
    over = [stage["policy_id"] for stage in coverage.silent if not stage["still_open"]]
    if not over:
        return ""
    count, gone = words.number(len(set(over))), "giai đoạn này" if len(over) == 1 else "các giai đoạn này"
    return (
        f"Rút kinh nghiệm đối với {count} chính sách có giai đoạn đã kết thúc mà chưa được truyền thông "
        f"(nêu tại mục II.2); {gone} không thể truyền thông bổ sung."
    )


def _needed(coverage: Coverage) -> str:
    """How many more policies the declared target still asks for, and whether open stages allow it."""
    result = coverage.subject.result("CS-01")
    if not result.known or result.target is None or result.status == "met":
        return ""
    needed = math.ceil(result.target * result.denominator / 100 - result.numerator)
    silent = coverage.silent
    lost = {stage["policy_id"] for stage in silent if not stage["still_open"]}
    possible = len({stage["policy_id"] for stage in silent} - lost)
    target, of = limit_words(result, result.target), words.number(result.of)
    period = coverage.subject.period
    if not period.free:
        return _short_of(period, needed, possible, target)
    if possible >= needed:
        return (
            f"Để đạt chỉ tiêu {target}, cần thêm ít nhất {words.number(needed)} chính sách được truyền thông đủ các "
            f"giai đoạn (tính trên {of} chính sách của kỳ này); {words.number(possible)} chính sách còn có thể bổ "
            "sung vì các giai đoạn còn thiếu chưa kết thúc."
        )
    which = "chính sách duy nhất" if result.of == 1 else f"{of} chính sách"
    can = f"chỉ {words.number(possible)} chính sách" if possible else "không còn chính sách nào"
    why = "giai đoạn chưa được truyền thông đã kết thúc"
    if result.of > 1:
        why = f"cần thêm {words.number(needed)} chính sách được truyền thông đủ nhưng {can} còn có thể bổ sung"
    return (
        f"Chỉ tiêu {target} không còn khả năng đạt được đối với {which} của kỳ này ({why}); từ kỳ tới cần truyền "
        "thông đủ các giai đoạn của những chính sách mới ngay từ khi lấy ý kiến."
    )


def _short_of(period: Period, needed: int, possible: int, target: str) -> str:
    """At the end of a year: what is missing is said, and what the next year can do about it."""
    which, after = f"Năm {period.year}" if period.is_year else "Kỳ này", period.year + 1
    then = f"từ năm {after} cần truyền thông đủ các giai đoạn của mỗi chính sách ngay từ khi lấy ý kiến"
    if possible:
        then = f"{words.number(possible)} chính sách còn giai đoạn chưa kết thúc, cần truyền thông ngay đầu năm {after}"
    return f"{which} còn thiếu {words.number(needed)} chính sách được truyền thông đủ so với chỉ tiêu {target}; {then}."


def _missing_reports(subject: Subject) -> str:
    sent = subject.result("BC-01")
    missing = sent.of - sent.n
    if not missing or not subject.pooled:
        return ""
    if not sent.n:
        return f"Đôn đốc tất cả {words.number(missing)} đơn vị gửi báo cáo của kỳ này."
    return f"Đôn đốc {words.number(missing)} đơn vị chưa gửi báo cáo của kỳ này (danh sách tại Phụ lục IV)."


def _coming(subject: Subject, tasks: list[dict]) -> Table | None:
    open_tasks = [task for task in tasks if task["state"] == OPEN]
    if not open_tasks:
        return None
    fields = ("task_id", "title", "lead", "due_date")
    # The same task of many units is one line: a province would otherwise list it for each commune.
    groups: dict[tuple, list[dict]] = {}
    for task in open_tasks:
        groups.setdefault((task["due_date"], task["title"]), []).append(task)
    shown = [
        (str(at), text(title), _leads(subject, group), day(due))
        for at, ((due, title), group) in enumerate(groups.items(), 1)
    ]
    return table(
        f"Nhiệm vụ còn phải hoàn thành sau {subject.until}",
        (
            NUMBER,
            Column("Nhiệm vụ", "left", 3.4),
            Column("Cơ quan, bộ phận chủ trì", "left", 2.4),
            Column("Hạn", "center", 1),
        ),
        shown=shown,
        data=(("unit_id", *fields), [(task["owner"], *(task[name] for name in fields)) for task in open_tasks]),
        limit=15,
        name="nhiem-vu-ky-toi",
    )


def _leads(subject: Subject, group: list[dict]) -> str:
    leads = list(dict.fromkeys(text(task["lead"]) for task in group))
    if not subject.pooled:
        return "; ".join(leads)
    units = list(dict.fromkeys(subject.names[task["owner"]] for task in group))
    if len(units) == 1:
        return f"{'; '.join(leads)} – {units[0]}"
    return words.some_of([units[0], *map(words.in_sentence, units[1:])], 4, "đơn vị")
