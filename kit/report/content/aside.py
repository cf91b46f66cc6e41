"""Rows that the figures leave out because of errors not yet corrected: which they are and how the text says so.

A figure is right only together with what it leaves out, so every section that counts rows says how many it could not
count; annex IV has the reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.report import words
from kit.report.content.once import once
from kit.report.content.subject import Subject

# table → what one row is called, its date field, and whether its section looks at the year to T (else the period)
_TABLES = {
    "tasks": ("nhiệm vụ", None, True),
    "activities": ("hoạt động", "date", False),
    "feedback": ("dòng ý kiến góp ý", "date", False),
    "budget": ("khoản kinh phí", "recorded_date", True),
    "inspections": ("cuộc kiểm tra, giám sát", "date", False),
    "obstacles": ("khó khăn, vướng mắc", "reported_date", True),
    "products": ("sản phẩm", "issued_date", False),
}
ANNEX = "Phụ lục IV"


@once
def rows_aside(subject: Subject, table: str) -> pd.DataFrame:
    """Return the rows set aside that would otherwise be counted in this period, with their ``owner``.

    A row whose date cannot be read may belong to the period: it is one of them if its workbook is the plan year's.
    """
    _, field, year = _TABLES[table]
    frame = _all_aside(subject, table)
    if frame.empty:
        return frame
    same_year = frame["_year"] == subject.period.year
    if field is None:
        return frame.loc[same_year]
    start = subject.scope.year_start if year else subject.scope.start
    dated = frame[field].between(start, subject.cutoff)
    return frame.loc[dated | (frame[field].isna() & same_year)]


@once
def communications_aside(subject: Subject) -> pd.DataFrame:
    """Return the activities set aside that may be communications of the unit's live policies (CS-01 to CS-07)."""
    frame = _all_aside(subject, "activities")
    if frame.empty:
        return frame
    stages = subject.scope.judgement.pair_stages
    stages = stages.loc[stages["unit_id"] == subject.unit_id]
    kind, policy, date = (frame[name] for name in ("kind", "policy_id", "date"))
    kept = (kind.isna() | (kind == "policy_communication")) & (policy.isna() | policy.isin(stages["policy_id"]))
    within = date.between(stages["stage_start"].min(), subject.cutoff)
    undated = date.isna() & (frame["_year"] == subject.period.year)
    return frame.loc[kept & (within | undated)] if len(stages) else frame.iloc[:0]


@once
def _all_aside(subject: Subject, table: str) -> pd.DataFrame:
    frame = subject.own.frames[table]
    aside = frame["_set_aside"].astype(bool)
    frame = frame.loc[aside] if aside.any() else frame.iloc[:0]
    frame = frame.assign(owner=subject.scope.tree.owner(frame["_unit"]))
    return frame.loc[frame["owner"].isin(subject.members)]


def without(subject: Subject, *tables: str) -> str:
    """Return ``không kể 2 nhiệm vụ và 1 hoạt động có lỗi chưa sửa``; blank when nothing is set aside."""
    counts = [(_TABLES[table][0], len(rows_aside(subject, table))) for table in tables]
    return _without([f"{words.number(count)} {noun}" for noun, count in counts if count])


def without_for(subject: Subject, indicator_id: str) -> str:
    """Return what an indicator about tasks, policies or activities leaves out, as ``without`` says it."""
    if indicator_id.startswith("CS"):
        count = len(communications_aside(subject))
        return _without([f"{words.number(count)} hoạt động"] if count else [])
    table = {"CD": "tasks", "NT": "activities"}.get(indicator_id[:2])
    return without(subject, table) if table else ""


def _without(counted: Sequence[str]) -> str:
    return f"không kể {words.enumeration(counted)} có lỗi chưa sửa" if counted else ""


def remarks(subject: Subject, table: str) -> tuple[str, ...]:
    """Return the sentence that follows a section's figures when it leaves out rows of a table; nothing otherwise."""
    return sentences(without(subject, table))


def sentences(left_out: str) -> tuple[str, ...]:
    """Return ``Số liệu trên không kể 2 hoạt động có lỗi chưa sửa (Phụ lục IV).``; nothing for a blank."""
    return (f"Số liệu trên {left_out} ({ANNEX}).",) if left_out else ()
