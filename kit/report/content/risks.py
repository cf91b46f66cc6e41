"""IV: policies at risk – a stage that is running and silent, and a silence of many days within the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Table
from kit.report.content.coverage import STAGE_KEY, Coverage
from kit.report.content.milestones import Milestone, marks
from kit.report.content.tables import NUMBER, day, table, text

_FEWEST_ROWS = 2  # one policy is named in the sentence
_SHOWN = 15
_IN_TABLE = " (bảng Chính sách cần chú ý)"


@dataclass(frozen=True)
class Risk:
    """One policy: its running stages without communication (``silent``), its last communication, days since then."""

    policy_id: str
    title: str
    now: str
    silent: tuple[str, ...]
    last: pd.Timestamp | None
    days: int


def risks(coverage: Coverage) -> tuple[Risk, ...]:
    """Return judged policies whose window is open and that are silent in a stage, or for longer than the plan allows.

    The days count from the last communication, from the start of the window where there is none.
    """
    subject = coverage.subject
    silent: dict[str, list[str]] = {}
    for row in coverage.silent:
        if row["still_open"]:
            silent.setdefault(row["policy_id"], []).append(row["stage"])
    told = {one["policy_id"]: one["date"] for one in coverage.communications}  # by date: the last one stays
    found = []
    for policy in coverage.rows:
        id, last = policy["policy_id"], told.get(policy["policy_id"])
        if not policy["reached"] or policy["window_end"] <= subject.cutoff:
            continue
        days = (subject.cutoff - (last or policy["window_start"])).days
        if id in silent or days > subject.data.params.silence_days:
            stages = tuple(silent.get(id, ()))
            found.append(Risk(id, coverage.title(id), coverage.now(policy), stages, last, days))
    return tuple(sorted(found, key=lambda risk: (not risk.silent, -risk.days, risk.policy_id)))


def silent_line(found: tuple[Risk, ...]) -> str:
    """The sentence on running stages without any communication."""
    open_ = [risk for risk in found if risk.silent]
    if not open_:
        return ""
    named = _IN_TABLE if len(found) >= _FEWEST_ROWS else f": {open_[0].title} ({', '.join(open_[0].silent)})"
    return (
        f"Tổ chức ngay hoạt động truyền thông đối với {words.number(len(open_))} chính sách đang ở giai đoạn chưa có "
        f"truyền thông{named}."
    )


def long_line(found: tuple[Risk, ...], limit: int) -> str:
    """The sentence on the other policies at risk: no running stage is silent, but nothing was told for long."""
    long = [risk for risk in found if not risk.silent]
    if not long:
        return ""
    # Policies of the sentence before may have been silent as long: these come in addition to them.
    more = len(long) < len(found)
    opening, other = ("Ngoài ra, truyền thông tiếp", " khác") if more else ("Truyền thông tiếp", "")
    named = _IN_TABLE if len(found) >= _FEWEST_ROWS else f": {long[0].title} ({words.number(long[0].days)} ngày)"
    named = "" if more else named  # the sentence before has named the table
    return f"{opening} {words.number(len(long))} chính sách{other} đã gián đoạn truyền thông quá {limit} ngày{named}."


def risk_table(coverage: Coverage, found: tuple[Risk, ...], ahead: Sequence[Milestone] = ()) -> Table | None:
    """The policies at risk, the silent stages first, with their milestones ``ahead``.

    Nothing for one policy, which the sentence names.
    """
    if len(found) < _FEWEST_ROWS:
        return None
    coming = {risk.policy_id: marks(ahead, risk.policy_id) for risk in found[:_SHOWN]}
    next_ones = (Column("Mốc tiếp theo", "left", 1.8),) if any(coming.values()) else ()
    return table(
        f"Chính sách cần chú ý tính đến {coverage.subject.until}",
        (
            NUMBER,
            Column("Dự thảo chính sách", "left", 3.2),
            Column("Đang ở", "center", 0.8),
            Column("Lần truyền thông gần nhất", "center", 1.2),
            Column("Số ngày gián đoạn", "right", 0.8),
            Column("Vấn đề", "left", 1.5),
            *next_ones,
        ),
        shown=[
            (
                *(str(at), words.without_place(text(risk.title)), risk.now, day(risk.last) or "Chưa có"),
                *(words.number(risk.days), _problem(risk)),
                *((coming.get(risk.policy_id) or "–",) if next_ones else ()),
            )
            for at, risk in enumerate(found, 1)
        ],
        data=(
            ("policy_id", "title", "silent_stages", "last_communication", "days_silent"),
            [(risk.policy_id, risk.title, ";".join(risk.silent), risk.last, risk.days) for risk in found],
        ),
        limit=_SHOWN,
        note=f"{STAGE_KEY} "
        "Số ngày gián đoạn tính từ lần truyền thông gần nhất; chưa có lần nào thì tính từ khi bắt đầu lấy ý kiến.",
        name="chinh-sach-can-chu-y",
    )


def _problem(risk: Risk) -> str:
    return f"Chưa truyền thông ở {', '.join(risk.silent)}" if risk.silent else "Gián đoạn kéo dài"
