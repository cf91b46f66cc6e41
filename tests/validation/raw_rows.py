"""Raw tables written by hand: a case gives the rows it is about, everything around them is in order.

``check_rows`` returns what a test looks at: tables, findings, and the findings as ``(code, table, field, row)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kit.collect.raw import META, Problem, RawTables
from kit.params import PlanParams
from kit.schema.load import load_schema
from kit.validation.check import ValidationReport, check
from kit.validation.tables import Tables

SCHEMA = load_schema()
PARAMS = PlanParams(2024)
H1 = PARAMS.period("2024-H1")
UNITS = (
    {"unit_id": "T-1", "name": "Tỉnh Mẫu", "level": "province", "valid_from": "2000-01-01"},
    {"unit_id": "HU-01", "name": "Huyện Mẫu", "level": "district", "parent_id": "T-1", "valid_from": "2000-01-01",
     "valid_to": "2025-06-30"},
    {"unit_id": "XA-01", "name": "Xã Mẫu", "level": "commune", "parent_id": "HU-01", "valid_from": "2000-01-01"},
)  # fmt: skip
# What a row has when a case does not say otherwise. None: the cell is blank.
USUAL: Mapping[str, Mapping[str, object]] = {
    "units": {"name": "Đơn vị", "level": "commune", "valid_from": "2000-01-01"},
    "policies": {
        **{"title": "Luật Mẫu", "document_type": "law", "level": "central", "lead_agency": "Bộ Mẫu"},
        **{"legal_regime": "2015", "needs_proposal": "có", "direct_effect": "có", "contested": "có"},
        **{"wide_effect": "có", "draft_consultation_date": "2024-01-10"},
    },
    "issuers": {"unit_id": "XA-01", "body": "ỦY BAN NHÂN DÂN", "place": "Mẫu", "symbol": "BC-UBND"}
    | {"valid_from": "2020-01-01"},
    "assignments": {"policy_id": "CS-1", "unit_id": "T-1", "role": "lead"},
    "submissions": {"period": "2024-H1", "sent_date": "2024-06-17"},
    "tasks": {"group": "briefing", "title": "Quán triệt", "lead": "Tư pháp", "due_date": "2024-03-31"},
    "products": {"task_id": "NV-01", "kind": "plan", "issued_date": "2024-03-20"},
    "activities": {"date": "2024-03-05", "kind": "training", "form": "conference"},
    "feedback": {"policy_id": "CS-1", "date": "2024-04-10", "received": "5", "accepted": "2", "explained": "1"},
    "budget": {"source": "state_regular", "recorded_date": "2024-05-30"},
    "obstacles": {"category": "staff", "description": "Kiêm nhiệm", "reported_date": "2024-05-20"},
    "inspections": {"date": "2024-05-22", "inspected": "Xã Mẫu Hai"},
    "council_members": {"full_name": "Lê Văn Mẫu", "agency": "Phòng Tư pháp", "member_from": "2023-01-01"},
    "narrative": {"period": "2024-H1", "section": "results", "text": "Đã thực hiện tốt"},
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Outcome:
    """What ``check`` gave back."""

    tables: Tables
    report: ValidationReport

    @property
    def found(self) -> list[tuple[str, str, str, object]]:
        """All findings as (code, table, field, source row)."""
        findings = self.report.findings
        columns = [findings["code"], findings["table"], findings["field"], findings["source_row"]]
        return [tuple(None if pd.isna(item) else item for item in row) for row in zip(*columns, strict=True)]

    @property
    def codes(self) -> list[str]:
        """The codes of all findings, sorted."""
        return sorted(self.report.findings["code"])

    def one(self, code: str) -> pd.Series:
        """The single finding of a code."""
        rows = self.report.findings[self.report.findings["code"] == code]
        assert len(rows) == 1, self.found
        return rows.iloc[0]

    def aside(self, table: str) -> list[bool]:
        """Which rows are set aside."""
        return self.tables.frames[table]["_set_aside"].tolist()

    def errors(self, table: str) -> list[bool]:
        """Which rows have an error."""
        return self.tables.frames[table]["_has_error"].tolist()

    def values(self, table: str, field: str) -> list[object]:
        """The typed values of a field, missing as ``None``."""
        column = self.tables.frames[table][field]
        return [None if pd.isna(value) else value for value in column]


def row_key(table: str, at: int) -> dict[str, str]:
    """A key of its own for each row of a table with one invented key."""
    declared = SCHEMA.tables[table]
    return {declared.primary_key[0]: f"{declared.key_prefix}-{at:02d}"} if declared.key_prefix else {}


def raw_frame(table: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows 2, 3 … of one file, with usual values where a row says nothing; names that begin with ``_`` are meta."""
    full = []
    for at, row in enumerate(rows, start=1):
        collected = SCHEMA.tables[table].collected
        unit = str(row.get("_unit", "XA-01")) if collected else ""
        meta = {"_unit": unit, "_year": 2024 if collected else 0, "_sheet": "", "_row": at + 1, "_origin": "csv"}
        meta["_file"] = f"collected/2024/{unit}/{table}.csv" if collected else f"reference/{table}.csv"
        full.append({**row_key(table, at), **USUAL[table], **meta, **row})
    names = [*dict.fromkeys(name for row in full for name in row if name not in META), *META]
    return pd.DataFrame([{name: row.get(name) for name in names} for row in full], columns=names, dtype=object)


def raw_tables(**tables: Sequence[Mapping[str, object]]) -> RawTables:
    """Raw tables of the rows given; the three usual units and one policy, assigned to the province, are there."""
    given = {"units": UNITS, "policies": [{"policy_id": "CS-1"}], "assignments": [{}], **tables}
    frames = {name: raw_frame(name, rows) for name, rows in given.items() if rows}
    letters = {}
    for name, frame in frames.items():
        columns = [column for column in frame.columns if column not in META]
        places = {column: LETTERS[at] for at, column in enumerate(columns)}
        for file, sheet in set(zip(frame["_file"], frame["_sheet"], strict=True)):
            letters[file, sheet, name] = places
    return RawTables(frames, letters)


def check_rows(*, params=PARAMS, period=None, problems: Sequence[Problem] = (), **tables) -> Outcome:
    """Check rows written by hand."""
    raw = replace(raw_tables(**tables), problems=tuple(problems))
    return Outcome(*check(raw, SCHEMA, params=params, period=period))
