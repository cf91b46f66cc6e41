"""IV: what begins after T – stages and adoptions of assigned policies – and how far ahead the section looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from kit.indicators.policies import STAGES as STAGE_DATES
from kit.periods import Period, parse_period
from kit.report import words
from kit.report.blocks import Column, Table
from kit.report.content.coverage import STAGE_KEY
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, day, table, text

_QUARTER, _YEAR = timedelta(days=90), timedelta(days=365)


@dataclass(frozen=True)
class Milestone:
    """A stage (or, with a blank ``stage``, an adoption) of an assigned policy that begins after T."""

    when: pd.Timestamp
    policy_id: str
    title: str
    stage: str


def milestones(subject: Subject, policies: list[dict]) -> list[Milestone]:
    """Stages, and adoptions, of assigned policies that begin in the period after this one, by date.

    Those after the last day of a unit that ends are its successor's.
    """
    until = pd.Timestamp(last_day(subject))
    # Without the beginning of its window a policy is not judged, whatever dates follow.
    policies = [one for one in policies if any(one[column] is not None for column in STAGE_DATES.values())]
    columns = {**{column: stage for stage, column in STAGE_DATES.items()}, "adoption_date": ""}
    found = [
        Milestone(policy[column], policy["policy_id"], text(policy["title"]), stage)
        for policy in policies
        for column, stage in columns.items()
        if policy[column] is not None and subject.cutoff < policy[column] <= until
        if policy["withdrawn_date"] is None or policy["withdrawn_date"] > policy[column]
    ]
    return sorted(found, key=lambda one: (one.when, one.policy_id))


def milestone_table(subject: Subject, found: list[Milestone], told: Collection[str] = ()) -> Table | None:
    """The milestones by date, without those of the policies ``told`` of elsewhere; nothing without any."""
    found = [one for one in found if one.policy_id not in told]
    if not found:
        return None
    other = " khác" if told else ""
    return table(
        f"Các mốc của chính sách{other} sau {subject.until}, đến ngày {words.short_date(last_day(subject))}",
        (NUMBER, Column("Dự thảo chính sách", "left", 3.6), Column("Mốc", "left", 2)),
        shown=[(str(at), title, marks) for at, (title, marks) in enumerate(_by_policy(found), 1)],
        data=(
            ("date", "policy_id", "title", "stage"),
            [(one.when, one.policy_id, one.title, one.stage or "adoption") for one in found],
        ),
        limit=12,
        note=STAGE_KEY if any(one.stage for one in found) else "",
        name="moc-sap-toi",
    )


def marks(found: Iterable[Milestone], policy_id: str) -> str:
    """``G2: 10/7/2024; thông qua: 05/12/2024``: the milestones of one policy; blank without any."""
    return "; ".join(_milestone(one) for one in found if one.policy_id == policy_id)


def _by_policy(found: list[Milestone]) -> list[tuple[str, str]]:
    """Title and milestones of each policy, in the order of its first milestone."""
    titles = {one.policy_id: one.title for one in found}
    return [(words.without_place(title), marks(found, id)) for id, title in titles.items()]


def _milestone(one: Milestone) -> str:
    return f"{one.stage or 'thông qua'}: {day(one.when)}"


def begins(subject: Subject, found: list[Milestone]) -> str:
    """The sentence on stages that begin within the next period."""
    stages = [one for one in found if one.stage]
    if not stages:
        return ""
    until = words.short_date(last_day(subject))
    first = day(stages[0].when)
    if len(stages) == 1:
        return f"Chuẩn bị truyền thông giai đoạn {stages[0].stage} bắt đầu ngày {first}: {stages[0].title}."
    return (
        f"Chuẩn bị truyền thông {words.number(len(stages))} giai đoạn sẽ bắt đầu từ nay đến ngày {until}, sớm nhất là "
        f"ngày {first}."
    )


def last_day(subject: Subject) -> date:
    """Return the last day that section IV looks ahead to: the ``horizon``, or the unit's own last day before it."""
    until, over = horizon(subject.period), subject.unit["valid_to"]
    return until if over is None else min(until, over.date())


def horizon(period: Period) -> date:
    """Return the last day of the next period of the same kind; after 9M of what is left of its year.

    A free period has no next one: as long again, at least a quarter and at most a year.
    """
    if period.free:
        return period.cutoff + min(max(period.end - period.start, _QUARTER), _YEAR)
    if period.code.endswith("9M"):
        return parse_period(f"{period.year}-Y", period.scheme).cutoff
    span = period.last - period.first + 1
    first, year = (period.last + 1, period.year) if period.last < 12 else (1, period.year + 1)
    part = {1: f"M{first:02d}", 3: f"Q{(first + 2) // 3}", 6: f"H{(first + 5) // 6}", 12: "Y"}[span]
    return parse_period(f"{year}-{part}", period.scheme).cutoff
