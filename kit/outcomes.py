"""What a command hands to its door: the outcome, its exit code, and its JSON form (contracts.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from kit.collect.raw import RawTables, SourceFile
    from kit.run.job import ReportOutcome


@dataclass(frozen=True)
class CheckOutcome:
    """Files read, their findings (columns of findings.csv), and where the workbook sent back for each file is."""

    files: tuple[SourceFile, ...]
    findings: pd.DataFrame
    returned: Mapping[str, Path] = field(default_factory=dict)

    @property
    def _unreadable(self) -> set[str]:
        """Files that cannot be read as what they claim to be; one set aside for its twin can."""
        twins = set(self.findings.loc[self.findings["code"] == "same-unit-twice", "source_file"])
        return {file.file for file in self.files if not file.readable} - twins

    @property
    def exit_code(self) -> int:
        """3 when a file cannot be read, else 1 when there are errors in data, else 0."""
        if self._unreadable:
            return 3
        return 1 if (self.findings["severity"] == "error").any() else 0

    @property
    def summary(self) -> str:
        """One Vietnamese sentence with the counts."""
        found = self.findings["severity"].value_counts()
        counts = f"{found.get('error', 0)} lỗi, {found.get('warning', 0)} cảnh báo, {found.get('note', 0)} ghi chú"
        unreadable = len(self._unreadable)
        more = f"; {unreadable} tệp không đọc được" if unreadable else ""
        return f"Đã kiểm tra {len(self.files)} tệp: {counts}{more}."

    def to_json(self) -> dict[str, Any]:
        """The document of ``kit check --json``."""
        by_file = dict(tuple(self.findings.groupby("source_file", sort=False)))
        named = [file.file for file in self.files]
        files = [self._file(file, by_file.get(file.file)) for file in self.files]
        rest = [self._other(name, frame) for name, frame in by_file.items() if name not in named]
        return {"files": files + rest}

    def _file(self, file: SourceFile, findings: pd.DataFrame | None) -> dict[str, Any]:
        listed = [] if findings is None else [_finding(row) for row in findings.to_dict("records")]
        errors = any(finding["severity"] == "error" for finding in listed)
        status = "unreadable" if file.file in self._unreadable else "errors" if errors else "ok"
        document = {"file": file.file, "unit_id": file.unit_id, "status": status, "findings": listed}
        back = self.returned.get(file.file)
        return document | {"returned": back.as_posix()} if back else document

    def _other(self, name: str, findings: pd.DataFrame) -> dict[str, Any]:
        listed = [_finding(row) for row in findings.to_dict("records")]
        errors = any(finding["severity"] == "error" for finding in listed)
        return {"file": name, "unit_id": "", "status": "errors" if errors else "ok", "findings": listed}


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    number = row["source_row"]
    return {
        "code": row["code"],
        "severity": row["severity"],
        "table": row["table"],
        "sheet": row["source_sheet"],
        "row": int(number) if isinstance(number, Integral) else None,
        "column": row["source_column"],
        "field": row["field"],
        "value": row["value"],
        "message": row["message"],
    }


def check_outcome(raw: RawTables, findings: pd.DataFrame, *, only: set[str] | None) -> CheckOutcome:
    """Outcome of a check; with ``only`` (file names as addresses have them) just those files and their findings."""
    if only is None:
        return CheckOutcome(raw.files, findings)
    kept = findings.loc[findings["source_file"].isin(only)].reset_index(drop=True)
    return CheckOutcome(tuple(file for file in raw.files if file.file in only), kept)


@dataclass(frozen=True)
class RunOutcome:
    """What became of each report of a period."""

    period: str
    reports: tuple[ReportOutcome, ...]
    errors: int
    exit_code: int
    summary: str

    def to_json(self) -> dict[str, Any]:
        """The document of ``kit run --json``."""
        reports = [
            {"unit_id": one.unit_id, "status": one.status, "reason": one.reason, "files": list(one.files)}
            for one in self.reports
        ]
        return {"period": self.period, "reports": reports, "errors_in_data": self.errors, "exit_code": self.exit_code}


def planned(period: str, reports: list[ReportOutcome], quality: Mapping[str, Any], *, told: str) -> RunOutcome:
    """Outcome of a dry run; ``told`` says how long it would take."""
    due = [report for report in reports if report.status == "planned"]
    text = f"{len(due)} of {_some(len(reports), 'report')} would be built{told}."
    return RunOutcome(period, tuple(due), quality["errors"], 0, text)


def finished(period: str, reports: list[ReportOutcome], quality: Mapping[str, Any], *, strict: bool) -> RunOutcome:
    """Outcome of a run; ``quality`` counts the findings of the whole period."""
    built, current, failed = (sum(one.status == status for one in reports) for status in ("built", "current", "failed"))
    errors = quality["errors"]
    counts = f"{_some(built, 'report')} built, {current} current, {failed} failed"
    found = f"{_some(errors, 'error')} and {_some(quality['warnings'], 'warning')} in data"
    text = f"{period}: {counts}; {found}, see findings.xlsx."
    return RunOutcome(period, tuple(reports), errors, int(failed > 0 or (strict and errors > 0)), text)


def duration(seconds: float) -> str:
    """``40 s``, ``12 min``, ``2 h 5 min``: a time that is about right."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
