"""Small data sets written by hand, for the tests of the oracle."""

from __future__ import annotations

import csv
from pathlib import Path

from .random_units import unit
from .recompute import recompute
from .tables import FIELDS

POLICY = {
    "title": "Luật thử",
    "document_type": "law",
    "level": "central",
    "lead_agency": "Bộ Tư pháp",
    "legal_regime": "2015",
    **dict.fromkeys(("needs_proposal", "direct_effect", "contested", "wide_effect"), "true"),
}
G1, G2, G3, ADOPTED = (
    "proposal_consultation_date",
    "draft_consultation_date",
    "appraisal_date",
    "adoption_date",
)
FILLED = {
    "activities": {"kind": "awareness", "form": "conference"},
    "tasks": {"group": "reporting", "title": "Việc", "lead": "Tư pháp", "due_date": "2024-06-01"},
    "products": {"kind": "report"},
    "council_members": {"full_name": "Trần Thị A", "agency": "Tư pháp", "member_from": "2024-01-01"},
    "obstacles": {"category": "staff", "description": "Thiếu người"},
    "feedback": {"policy_id": "P1"},
    "budget": {"source": "mobilised", "recorded_date": "2024-03-01"},
    "inspections": {"inspected": "Thôn 1"},
}
UNITS = [unit("HU-01", "district", "", valid_to="2025-06-30"), unit("XA-01", "commune", "HU-01")]


def policy(policy_id: str, **cells: str) -> dict[str, str]:
    return {"policy_id": policy_id, **POLICY, **cells}


def communication(policy_id: str, day: str, **cells: str) -> dict[str, str]:
    return {"kind": "policy_communication", "policy_id": policy_id, "date": day, **cells}


class SmallData:
    """A data folder that is filled by hand; keys of collected rows are numbered when left out."""

    def __init__(self, folder: Path, units=None):
        self.folder = folder
        self._write(folder / "reference", "units", UNITS if units is None else units)

    def policies(self, *rows: dict[str, str], to: tuple[str, ...] = ("XA-01",)) -> SmallData:
        """Policies, each assigned to all of `to`."""
        pairs = [{"policy_id": row["policy_id"], "unit_id": each, "role": "lead"} for row in rows for each in to]
        self._write(self.folder / "reference", "policies", rows)
        self._write(self.folder / "reference", "assignments", pairs)
        return self

    def add(self, unit_id: str, table: str, *rows: dict[str, str], year: int = 2024) -> SmallData:
        """Rows of one table of a workbook."""
        key = next(iter(FIELDS[table]))
        filled = [{key: f"K{n}", **FILLED.get(table, {}), **row} for n, row in enumerate(rows, start=1)]
        self._write(self.folder / "collected" / str(year) / unit_id, table, filled)
        return self

    def sent(self, unit_id: str, day: str = "2024-06-17", *, period: str = "2024-H1") -> SmallData:
        return self.add(unit_id, "submissions", {"period": period, "sent_date": day})

    def figures(self, unit_id: str, period: str = "2024-H1", **parameters) -> dict[str, tuple[str, str, str]]:
        """Numerator, denominator and value of every indicator of a unit, as text."""
        rows = self.results(unit_id, period, **parameters)
        return {key: (row["numerator"], row["denominator"], row["value"]) for key, row in rows.items()}

    def results(self, unit_id: str, period: str = "2024-H1", **parameters) -> dict[str, dict[str, str]]:
        """The result rows of a unit by indicator."""
        rows = recompute(self.folder, period, **{"holidays": [], **parameters})
        return {row["indicator_id"]: row for row in rows if row["unit_id"] == unit_id}

    def _write(self, folder: Path, table: str, rows) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(FIELDS[table]), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
