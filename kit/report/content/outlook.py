"""IV: what is still needed to reach the target by the end of the year, and whether the present pace suffices.

Reckoned on the dates known on T, with what was communicated up to T: policies assigned later, and stages without a date
yet, are not in it. Rules as in indicators.md, "Policies", in plain Python: it is a forecast of one unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from kit.indicators.policies import CRITERIA, STAGES
from kit.indicators.rollup import FAR
from kit.periods import parse_period
from kit.report import words
from kit.report.content.records import records
from kit.report.content.result import Result, limit_words
from kit.report.content.subject import Subject
from kit.report.content.tasks import OPEN, OVERDUE

_DAY = pd.Timedelta(days=1)
_FEW_TASKS = 10  # an average of fewer says nothing: they are mostly due at the end of the year anyway
_YEAR = 12


@dataclass(frozen=True)
class YearEnd:
    """Policies that will be judged at the end of the year: ``sure`` wholly told, ``still`` to be told, ``lost``."""

    sure: int
    still: int
    lost: int

    @property
    def of(self) -> int:
        """All policies that will be judged."""
        return self.sure + self.still + self.lost


def assigned_policies(subject: Subject) -> list[dict]:
    """Return the policies in scope that are assigned to the unit or below it and not withdrawn by T, as records."""
    given = subject.own.frames["assignments"]
    marked = zip(given["policy_id"].tolist(), given["_set_aside"].tolist(), strict=True)
    assigned = {policy for policy, aside in marked if not aside}
    rows = [row for row in records(subject.data.frames["policies"]) if row["policy_id"] in assigned]
    return [row for row in rows if _in_scope(row) and not _by(row["withdrawn_date"], subject.cutoff)]


def _in_scope(row: dict) -> bool:
    return not row["_set_aside"] and all(row[name] for name in CRITERIA)


def _by(day: pd.Timestamp | None, last: pd.Timestamp) -> bool:
    """True for a known day on or before ``last``."""
    return day is not None and day <= last


def year_end(subject: Subject, policies: list[dict]) -> YearEnd:
    """Judge the assigned policies as of the last day of the year, with the communications known on T."""
    year = parse_period(f"{subject.period.year}-Y", subject.period.scheme)
    start, last = pd.Timestamp(year.start), pd.Timestamp(year.cutoff)
    days = _communications(subject, {policy["policy_id"] for policy in policies})
    found = {"sure": 0, "still": 0, "lost": 0}
    for policy in policies:
        stages = _stages(policy)
        if not stages or _by(policy["adoption_date"], start - _DAY) or _window_start(policy) > last:
            continue
        if _by(policy["withdrawn_date"], last):
            continue
        told = days.get(policy["policy_id"], ())
        states = [_state(stage, told, subject, last) for stage in stages]
        states = [state for state in states if state]
        if states:
            found[next((state for state in ("lost", "still") if state in states), "sure")] += 1
    return YearEnd(**found)


def _stages(policy: dict) -> list[tuple[pd.Timestamp, pd.Timestamp, pd.Timestamp]]:
    """The stages that apply: first day, last day, and the day on which the stage counts as ended."""
    adopted = policy["adoption_date"]
    following, over = (FAR, FAR) if adopted is None else (adopted + _DAY, adopted)
    found = []
    for column in reversed(STAGES.values()):
        start = policy[column]
        if start is None:
            continue
        if start < following:
            found.append((start, following - _DAY, over))
        following = over = start
    return found[::-1]


def _window_start(policy: dict) -> pd.Timestamp:
    return next(policy[column] for column in STAGES.values() if policy[column] is not None)


def _state(stage: tuple, told: tuple, subject: Subject, last: pd.Timestamp) -> str:
    """``sure``, ``still`` or ``lost``; blank for a stage that will not be reached by the end of the year."""
    start, end, over = stage
    if any(start <= day <= end for day in told):
        return "sure"
    if over > last and start + pd.Timedelta(days=subject.data.params.start_grace_days) > last:
        return ""
    return "lost" if end <= subject.cutoff else "still"


def _communications(subject: Subject, policies: set[str]) -> dict[str, tuple[pd.Timestamp, ...]]:
    found: dict[str, list[pd.Timestamp]] = {}
    for row in subject.records("activities"):
        wanted = row["kind"] == "policy_communication" and row["policy_id"] in policies
        if wanted and _by(row["date"], subject.cutoff):
            found.setdefault(row["policy_id"], []).append(row["date"])
    return {policy: tuple(days) for policy, days in found.items()}


def within_year(subject: Subject) -> bool:
    """True when months of the year are left after the period, and the unit will be there to use them."""
    return not subject.period.free and subject.period.last < _YEAR and not ends_in_year(subject)


def ends_in_year(subject: Subject) -> str:
    """The last day of a unit that ends before its year does; blank for others."""
    if subject.period.free:
        return ""
    day = subject.unit["valid_to"]
    over = parse_period(f"{subject.period.year}-Y", subject.period.scheme).cutoff
    return "" if day is None or day >= pd.Timestamp(over) else words.short_date(day)


def policy_outlook(subject: Subject, policies: list[dict]) -> str:
    """How many policies the target of the year still asks for, of how many; blank where there is no target."""
    result = subject.result("CS-01")
    target = result.target if result.target is not None else result.target_national
    end = year_end(subject, policies)
    if target is None or not end.of:
        return ""
    aim = f"chỉ tiêu {limit_words(result, target)} của {'Kế hoạch' if result.target is not None else 'Đề án'}"
    needed = math.ceil(Fraction(target) * end.of / 100)
    if end.sure >= needed:
        return _secured(aim, end)
    if end.sure + end.still < needed:
        known = so_far(subject)
        return words.capitalised(f"{known}{_out_of_reach(aim, end, 'chưa ghi nhận' if known else 'không được')}")
    return f"{_to_do(aim, end, needed)}{_pace(result, end, needed)}"


def _secured(aim: str, end: YearEnd) -> str:
    if not end.still:
        return ""
    return (
        f"Theo các mốc đã biết, {aim} cả năm đã bảo đảm với {words.counts(end.sure, end.of)} chính sách; tiếp tục "
        f"truyền thông các giai đoạn còn lại của {words.number(end.still)} chính sách."
    )


def so_far(subject: Subject) -> str:
    """Return what a verdict begins with while reports are missing; it is no last word.

    ``theo số liệu hiện có (đơn vị chưa gửi báo cáo), ``; blank when all have come, or for a free period.
    """
    sent = subject.result("BC-01")
    missing = sent.of - sent.n
    if not missing or subject.period.free:
        return ""
    if not subject.pooled:
        who = "đơn vị chưa gửi báo cáo"
    elif sent.n:
        who = f"{words.counts(missing, sent.of)} đơn vị chưa gửi báo cáo"
    else:
        who = "chưa có đơn vị nào gửi báo cáo"
    return f"theo số liệu hiện có ({who}), "


def _out_of_reach(aim: str, end: YearEnd, how: str) -> str:
    why = f"do có giai đoạn đã kết thúc mà {how} truyền thông"
    if end.of == 1:
        return f"{aim} cả năm không còn khả năng đạt được {why}."
    most = words.share(end.sure + end.still, end.of)
    keep = f"; tập trung truyền thông đủ {words.number(end.still)} chính sách còn lại" if end.still else ""
    return f"{aim} cả năm không còn khả năng đạt được, tối đa chỉ còn {most}, {why}{keep}."


def _to_do(aim: str, end: YearEnd, needed: int) -> str:
    left = needed - end.sure
    if end.of == 1:
        return (
            f"Để đạt {aim} cả năm, phải truyền thông đủ các giai đoạn còn lại của chính sách duy nhất được đánh giá "
            "đến cuối năm"
        )
    which = f"cả {words.number(end.still)}" if left == end.still else f"ít nhất {words.number(left)} trong {end.still}"
    sure = f"Đến nay đã bảo đảm được {words.number(end.sure)} chính sách, vì vậy phải" if end.sure else "Phải"
    still = "chính sách còn giai đoạn đang hoặc sẽ diễn ra" if end.still > 1 else "chính sách còn lại"
    which = "" if end.still == 1 else f"{which} "
    return (
        f"Dự kiến đến cuối năm có {words.number(end.of)} chính sách được đánh giá; để đạt {aim} cần "
        f"{words.number(needed)} chính sách được truyền thông đủ các giai đoạn. {sure} truyền thông đủ {which}{still}"
    )


def _pace(result: Result, end: YearEnd, needed: int) -> str:
    """Whether the share reached so far, kept up over the policies still open, would do."""
    if end.of == 1:
        return "."
    if not result.known:
        return "; chưa đủ căn cứ để nhận định tiến độ."
    if result.value * end.still >= (needed - end.sure) * 100:
        return f"; nếu giữ được tỷ lệ hiện nay là {result.full} thì đạt chỉ tiêu."
    return f"; với tỷ lệ hiện nay là {result.full} thì chưa đạt chỉ tiêu."


def task_outlook(subject: Subject, tasks: list[dict]) -> str:
    """Tasks of the plan that remain this year, and the number a month against that of the months gone by.

    Blank when only overdue ones remain, which section IV tells of first.
    """
    overdue = sum(task["state"] == OVERDUE for task in tasks)
    left = overdue + sum(task["state"] == OPEN for task in tasks)
    if left == overdue:
        return ""
    of_them = f" (trong đó {words.number(overdue)} nhiệm vụ đã quá hạn)" if overdue else ""
    said = f"Từ nay đến cuối năm còn phải hoàn thành {words.number(left)} nhiệm vụ của Kế hoạch{of_them}"
    gone, ahead, done = subject.period.last, _YEAR - subject.period.last, len(tasks) - left
    if not done:
        return f"{said}; từ đầu năm chưa hoàn thành nhiệm vụ nào{', cần khẩn trương triển khai' if overdue else ''}."
    if left < _FEW_TASKS:
        return f"{said}; đến nay đã hoàn thành {words.counts(done, len(tasks))} nhiệm vụ của năm."
    need, pace = Fraction(left, ahead), Fraction(done, gone)
    told = (
        f"{said}, bình quân {words.number(need, decimals=1)} nhiệm vụ mỗi tháng; từ đầu năm bình quân mỗi tháng hoàn "
        f"thành {words.number(pace, decimals=1)} nhiệm vụ"
    )
    if pace >= need:
        return f"{told}, tiến độ này đủ để hoàn thành trong năm."
    # A plan that has most of its tasks at the end of the year is not behind.
    return f"{told}{', tiến độ này chưa đủ để hoàn thành trong năm' if overdue else '; không có nhiệm vụ quá hạn'}."
