"""What a command hands to its door: the outcome, its exit code, and its JSON form (contracts.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from kit.collect.raw import RawTables, SourceFile
    from kit.run.batch import ReportJob, ReportOutcome
    from kit.store import PeriodData


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
        "row": None if number is None or number is pd.NA or number != number else int(number),
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


def planned(data: PeriodData, jobs: list[ReportJob], reasons: dict[str, str]) -> RunOutcome:
    """Outcome of a dry run."""
    reports = [_report(job.unit_id, "planned", reasons[job.unit_id]) for job in jobs if job.unit_id in reasons]
    text = f"{len(reports)} of {_some(len(jobs), 'report')} would be built."
    return RunOutcome(data.period.code, tuple(reports), _errors(data), 0, text)


def finished(data: PeriodData, jobs: list[ReportJob], built: list[ReportOutcome], *, strict: bool) -> RunOutcome:
    """Outcome of a run; reports that were current are listed as such."""
    by_unit = {outcome.unit_id: outcome for outcome in built}
    reports = [by_unit.get(job.unit_id) or _report(job.unit_id, "current", "", job.files) for job in jobs]
    failed = sum(report.status == "failed" for report in reports)
    errors = _errors(data)
    built_now, current = (sum(report.status == status for report in reports) for status in ("built", "current"))
    warnings = int((data.findings["severity"] == "warning").sum())
    counts = f"{_some(built_now, 'report')} built, {current} current, {failed} failed"
    found = f"{_some(errors, 'error')} and {_some(warnings, 'warning')} in data"
    text = f"{data.period.code}: {counts}; {found}, see findings.xlsx."
    return RunOutcome(data.period.code, tuple(reports), errors, int(failed > 0 or (strict and errors > 0)), text)


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _report(unit: str, status: str, reason: str, files: tuple[str, ...] = ()) -> ReportOutcome:
    from kit.run.batch import ReportOutcome

    return ReportOutcome(unit, status, reason, files)


def _errors(data: PeriodData) -> int:
    return int((data.findings["severity"] == "error").sum())
