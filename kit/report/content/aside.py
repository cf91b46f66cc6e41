"""Rows that the figures leave out because of errors not yet corrected: which they are and how the text says so.

A figure is right only together with what it leaves out: the report says at its beginning how many rows it could not
count, and again where a verdict or a "nothing" rests on it; annex IV has the reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.indicators.byunit import positions, taken
from kit.report import words
from kit.report.content.once import once
from kit.report.content.records import records
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
def records_aside(subject: Subject, table: str) -> list[dict]:
    """Return the rows set aside that would otherwise be counted in this period, as records with their ``owner``.

    A row whose date cannot be read may belong to the period: it is one of them if its workbook is the plan year's.
    """
    _, field, year = _TABLES[table]
    start = subject.scope.year_start if year else subject.scope.start
    return [
        row
        for row in _all_aside(subject, table)
        if (_of_year(subject, row) if field is None or row[field] is None else start <= row[field] <= subject.cutoff)
    ]


@once
def communications_aside(subject: Subject) -> list[dict]:
    """Return the activities set aside that may be communications of the unit's live policies (CS-01 to CS-07)."""
    found = [row for row in _all_aside(subject, "activities") if row["kind"] in (None, "policy_communication")]
    if not found:
        return []
    stages = subject.scope.judgement.pair_stages
    stages = stages.loc[stages["unit_id"] == subject.unit_id]
    if stages.empty:
        return []
    policies, start = {None, *stages["policy_id"]}, stages["stage_start"].min()
    return [
        row
        for row in found
        if row["policy_id"] in policies
        and (_of_year(subject, row) if row["date"] is None else start <= row["date"] <= subject.cutoff)
    ]


def _of_year(subject: Subject, row: dict) -> bool:
    return row["_year"] == subject.period.year


@once
def _all_aside(subject: Subject, table: str) -> list[dict]:
    frame = subject.own.frames[table]
    aside = frame["_set_aside"].tolist()
    if not any(aside):
        return []
    receiver, members = subject.scope.tree.receiver, set(subject.members)
    owned = ({**row, "owner": receiver.get(row["_unit"])} for row in records(taken(frame, positions(aside))))
    return [row for row in owned if row["owner"] in members]


def without(subject: Subject, *tables: str) -> str:
    """Return ``không kể 2 nhiệm vụ và 1 hoạt động có lỗi chưa sửa``; blank when nothing is set aside."""
    counts = [(_TABLES[table][0], len(records_aside(subject, table))) for table in tables]
    return _without([f"{words.number(count)} {noun}" for noun, count in counts if count])


def without_for(subject: Subject, indicator_id: str) -> str:
    """Return what an indicator about tasks, policies or activities leaves out, as ``without`` says it."""
    if indicator_id.startswith("CS"):
        count = len(communications_aside(subject))
        return _without([f"{words.number(count)} hoạt động truyền thông"] if count else [])
    table = {"CD": "tasks", "NT": "activities"}.get(indicator_id[:2])
    return without(subject, table) if table else ""


def _without(counted: Sequence[str]) -> str:
    return f"không kể {words.enumeration(counted)} có lỗi chưa sửa" if counted else ""


def remarks(subject: Subject, table: str) -> tuple[str, ...]:
    """Return the sentence that follows "nothing" where all rows of a table are left out; nothing otherwise.

    What is left out besides counted rows is told once, at the beginning of the report.
    """
    return () if _counted(subject, table) else sentences(without(subject, table))


def _counted(subject: Subject, table: str) -> bool:
    """True when a row of the table that is not set aside belongs to what its section looks at."""
    _, field, year = _TABLES[table]
    start = subject.scope.year_start if year else subject.scope.start
    rows = subject.records(table)
    return any(field is None or (row[field] is not None and start <= row[field] <= subject.cutoff) for row in rows)


def left_out(subject: Subject) -> str:
    """Return what the whole report leaves out, by table, as a sentence; blank when nothing is set aside."""
    said = without(subject, *_TABLES).replace("có lỗi", "có lỗi nhập liệu")  # said in full this once
    return f"Số liệu trong báo cáo này {said} ({ANNEX})." if said else ""


def sentences(left_out: str) -> tuple[str, ...]:
    """Return ``Số liệu trên không kể 2 hoạt động có lỗi chưa sửa (Phụ lục IV).``; nothing for a blank."""
    return (f"Số liệu trên {left_out} ({ANNEX}).",) if left_out else ()
