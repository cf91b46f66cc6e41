"""Counted things and rows in words, for people who follow a figure back to the workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

import pandas as pd

from kit.report import words
from kit.report.content.coverage import STAGES
from kit.schema.load import load_schema
from kit.schema.model import Field
from kit.store import PeriodData

_TEXT = 140  # letters of a text in a row's description
# The fields by which people know a row of a table.
_FIELDS = {
    "submissions": ("period", "sent_date"),
    "tasks": ("title", "due_date", "completed_date"),
    "products": ("kind", "title", "issued_date"),
    "activities": ("date", "kind", "policy_id", "form"),
    "feedback": ("date", "policy_id", "respondents", "received"),
    "budget": ("recorded_date", "source", "allocated"),
    "obstacles": ("reported_date", "category", "description"),
    "inspections": ("date", "inspected", "result"),
    "council_members": ("full_name", "agency"),
    "narrative": ("period", "section"),
    "policies": ("title",),
    "assignments": ("policy_id", "unit_id"),
}
_BEFORE = {
    "due_date": "hạn ",
    "completed_date": "xong ",
    "received": "số ý kiến ",
    "allocated": "được giao (triệu đồng) ",
}


@dataclass(frozen=True)
class Speaker:
    """Says units, policies, things and rows of a period in words."""

    data: PeriodData

    def unit(self, unit_id: str) -> str:
        """The name of a unit, its id where it has none."""
        return self._units.get(unit_id, unit_id)

    def policy(self, policy_id: str) -> str:
        """The title of a policy, its id where it has none."""
        return self._policies.get(policy_id, policy_id)

    def thing(self, indicator_id: str, key: tuple[str, ...]) -> str:
        """What an indicator counts, by its key (``kit.indicators.evidence.Thing``)."""
        if indicator_id == "CD-01":
            return f"{self.unit(key[0])}: {load_schema().codelists['task_group'].label(key[1]).lower()}"
        if indicator_id == "NT-03":
            return load_schema().codelists["audience"].label(key[0])
        if indicator_id == "HD-01":
            return f"{self._member(*key)} (danh sách của {words.in_sentence(self.unit(key[0]))})"
        if indicator_id in ("BC-01", "BC-02"):
            return self.unit(key[0])
        if indicator_id.startswith("CS"):
            more = {"CS-04": lambda: f"{key[1]}: {STAGES.get(key[1], '')}", "CS-07": lambda: self.unit(key[1])}
            tail = f" – {more[indicator_id]()}" if indicator_id in more else ""
            return f"{words.shortened(self.policy(key[0]), _TEXT)}{tail}"
        return self.row(key[0], self._label(*key))

    def row(self, table: str, at: object) -> str:
        """A row by the fields that people know it by; with the unit where it is not the reader's own."""
        declared = load_schema().tables[table]
        found = self.data.scope.frames[table].loc[at]
        fields = [declared.field(name) for name in _FIELDS.get(table, declared.primary_key)]
        said = [
            f"{_BEFORE.get(field.name, '')}{text}"
            for field in fields
            if (text := self._value(field, found[field.name]))
        ]
        return "; ".join(said) or "dòng không ghi nội dung"

    def addresses(self, places: Sequence[tuple], most: int) -> str:
        """Where rows stand: ``XA-01.xlsx, Hoạt động: dòng 9, 12; policies.csv: dòng 4``."""
        found: dict[str, list[object]] = {}
        for _, _, key, file, sheet, row in places:
            where = ", ".join(part for part in (PurePosixPath(str(file)).name, str(sheet)) if part)
            found.setdefault(where, []).append(row if where else key)
        said, left = [], most
        for where, rows in found.items():
            shown = [str(row) for row in dict.fromkeys(rows)]
            more = f" và {words.number(len(shown) - left)} dòng khác" if len(shown) > left else ""
            if left > 0:
                said.append(
                    f"{where}: dòng {', '.join(shown[:left])}{more}" if where else f"{', '.join(shown[:left])}{more}"
                )
            left -= len(shown)
        hidden = len(found) - len(said)
        return "; ".join(said) + (f"; và {words.number(hidden)} trang khác" if hidden > 0 else "")

    def _value(self, field: Field, value: object) -> str:
        if value is None or pd.isna(value):
            return ""
        if field.type == "date":
            return words.short_date(value)
        if field.references == "policies":
            return words.shortened(self.policy(str(value)), _TEXT)
        if field.references == "units":
            return self.unit(str(value))
        if field.codelist:
            return load_schema().codelists[field.codelist].label(str(value))
        return words.number(value) if field.type in ("integer", "number") else words.shortened(str(value), _TEXT)

    def _label(self, table: str, at: str) -> object:
        return self._labels.setdefault(table, {str(label): label for label in self.data.scope.frames[table].index})[at]

    @cached_property
    def _labels(self) -> dict[str, dict[str, object]]:
        return {}

    @cached_property
    def _units(self) -> dict[str, str]:
        units = self.data.frames["units"]
        return dict(zip(units["unit_id"], units["name"].fillna(units["unit_id"]), strict=True))

    @cached_property
    def _policies(self) -> dict[str, str]:
        policies = self.data.frames["policies"]
        return dict(zip(policies["policy_id"], policies["title"].fillna(policies["policy_id"]), strict=True))

    def _member(self, unit_id: str, member_id: str) -> str:
        members = self.data.frames["council_members"]
        own = members.loc[(members["_unit"] == unit_id) & (members["member_id"] == member_id), "full_name"].dropna()
        return str(own.iloc[0]) if len(own) else member_id
