"""IV. What is due next: overdue and coming tasks, stages that begin, policies at risk, what the target still needs."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd

from kit.indicators.steering import GROUPS
from kit.report import words
from kit.report.blocks import Bullets, Column, Paragraphs, Table
from kit.report.content.aside import ANNEX, records_aside
from kit.report.content.coverage import Coverage
from kit.report.content.left_behind import lost, year_over
from kit.report.content.milestones import begins, last_day, milestone_table, milestones
from kit.report.content.narrative import own_words
from kit.report.content.outlook import (
    assigned_policies,
    ends_in_year,
    policy_outlook,
    so_far,
    task_outlook,
    within_year,
)
from kit.report.content.records import within
from kit.report.content.result import limit_words
from kit.report.content.risks import long_line, risk_table, risks, silent_line
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, day, table, text
from kit.report.content.tasks import ABSENT, OPEN, OVERDUE, PENDING, UNREAD, groundwork, year_tasks


def next_tasks(coverage: Coverage) -> Blocks:
    """Return section IV."""
    subject = coverage.subject
    tasks, policies, found = year_tasks(subject), assigned_policies(subject), risks(coverage)
    ahead = milestones(subject, policies)
    limit = subject.data.params.silence_days
    lines = (
        _own_report(subject),
        _overdue(subject, tasks),
        silent_line(found),
        long_line(found, limit),
        begins(subject, ahead),
        lost(coverage),
        *(_to_year_end(subject, tasks, policies) if within_year(subject) else year_over(coverage)),
        _due_next(subject, tasks),
        _missing_reports(subject),
        _handover(subject),
    )
    lines = _known_once(subject, [line for line in lines if line])
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
    until = pd.Timestamp(last_day(subject))
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
    states = Counter(groundwork(subject).values())
    target = limit_words(result, result.target)
    # Some of them may be done, on rows that cannot be counted.
    wrong = sum(text(row["group"]) in ("", *GROUPS) for row in records_aside(subject, "tasks"))
    mend = f"sửa số liệu có lỗi của {words.number(wrong)} nhiệm vụ ({ANNEX})" if wrong else ""
    if left == result.of - result.n and result.of == len(GROUPS):
        return words.sentence(_by_name(groundwork(subject), mend, target))
    aim = f"trước cuối năm để đạt chỉ tiêu {target}"
    what = (
        f"Hoàn thành thêm {words.number(left)} nhóm nhiệm vụ quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch {aim}"
    )
    if states[ABSENT]:
        what += f"; trong các nhóm còn thiếu, {words.number(states[ABSENT])} nhóm phải bổ sung nhiệm vụ vào kế hoạch"
    return f"{what}{f'; trước hết {mend}' if mend else ''}."


def _by_name(states: dict[tuple[str, str], str], mend: str, target: str) -> str:
    """What is left of the four groups of one unit, each by its name: to be corrected, to be done, to be planned."""
    named = {
        state: [label("task_group", group).lower() for (_, group), own in states.items() if own == state]
        for state in (UNREAD, PENDING, ABSENT)
    }
    unread, pending, absent = map(words.enumeration, named.values())
    said = [f"sửa số liệu có lỗi của các nhiệm vụ thuộc nhóm {unread} ({ANNEX})" if unread else mend]
    if not pending and not absent:
        which = "các nhóm này" if len(named[UNREAD]) > 1 else "nhóm này"
        return f"{said[0]} để {which} được tính vào chỉ tiêu {target}"
    said += [f"hoàn thành nhiệm vụ thuộc nhóm {pending}"] if pending else []
    said += [f"bổ sung vào kế hoạch và hoàn thành nhiệm vụ thuộc nhóm {absent}"] if absent else []
    return f"{'; '.join(filter(None, said))} trước cuối năm để đạt chỉ tiêu {target} đối với bốn nhóm nhiệm vụ"


def _handover(subject: Subject) -> str:
    last = ends_in_year(subject)
    if not last:
        return ""
    heir = subject.names.get(subject.unit["successor_id"])
    whom = words.in_sentence(heir) if heir else "đơn vị kế thừa"
    return (
        f"{words.capitalised(subject.name_inside)} kết thúc hoạt động sau ngày {last}: bàn giao cho {whom} số liệu, hồ "
        "sơ, các nhiệm vụ chưa hoàn thành và việc truyền thông các giai đoạn bắt đầu sau ngày này."
    )


def _known_once(subject: Subject, lines: list[str]) -> tuple[str, ...]:
    """What a verdict rests on while reports are missing is said in full the first time only."""
    known = words.capitalised(so_far(subject))
    told = [line for line in lines if known and line.startswith(known)]
    again = {line: f"Cũng theo số liệu này, {line.removeprefix(known)}" for line in told[1:]}
    return tuple(again.get(line, line) for line in lines)


def _own_report(subject: Subject) -> str:
    """First of all of one unit alone that has not reported; districts are told with those below them."""
    sent = subject.result("BC-01")
    if subject.pooled or subject.period.free or sent.n >= sent.of:
        return ""
    return "Hoàn thành và gửi báo cáo của kỳ này."


def _missing_reports(subject: Subject) -> str:
    sent = subject.result("BC-01")
    missing = sent.of - sent.n
    if not missing or not subject.pooled:
        return ""
    own = not subject.sent_itself
    others = missing - own
    said = [f"đôn đốc {words.number(others)} đơn vị trực thuộc gửi báo cáo của kỳ này"] if others else []
    said += [f"hoàn thành báo cáo của {subject.name_inside}"] if own else []
    return words.sentence(f"{words.enumeration(said)} (danh sách tại Phụ lục IV)" if others else said[0])


def _coming(subject: Subject, tasks: list[dict]) -> Table | None:
    last = subject.unit["valid_to"]  # what is due later is the successor's
    open_tasks = [
        task
        for task in tasks
        if task["state"] == OPEN and (last is None or task["due_date"] is None or task["due_date"] <= last)
    ]
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
