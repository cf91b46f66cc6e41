"""``kit status``: who was expected, has sent, is late or has errors; which reports are issued, which to build anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import UsageError
from kit.workflow.places import Places

if TYPE_CHECKING:
    import pandas as pd

    from kit.console import Teller
    from kit.report.issues import IssueState
    from kit.store import PeriodData
    from kit.workflow.prepare import Prepared


@dataclass(frozen=True)
class StatusRequest:
    """What ``kit status`` was asked; ``today`` decides what is overdue, ``reminders`` is a file to write."""

    period: str
    today: date
    reminders: Path | None = None


@dataclass(frozen=True)
class StatusOutcome:
    """One period's returns on one day, the reports that are out of date with the reason, and how each stands.

    ``reports`` has a state for each unit whose report was built or approved (``kit.report.issues.IssueState``).
    """

    data: PeriodData
    today: date
    rebuild: dict[str, str]
    reports: Mapping[str, IssueState] = field(default_factory=dict)

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row per expected unit (``kit.report.status.returns_frame``)."""
        from kit.report.status import returns_frame

        return returns_frame(self.data, today=self.today)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Reporting rates of every unit with units below it (``kit.report.status.rates_frame``)."""
        from kit.report.status import rates_frame

        return rates_frame(self.data)

    @cached_property
    def unreadable(self) -> pd.DataFrame:
        """Files that cannot be used."""
        from kit.report.status import unreadable_files

        return unreadable_files(self.data)

    @cached_property
    def others(self) -> pd.DataFrame:
        """Files of units that are not expected."""
        from kit.report.status import other_files

        return other_files(self.data)

    @cached_property
    def reminders(self) -> dict[str, str]:
        """A text for each unit that has something to do."""
        from kit.report.reminders import reminders

        return reminders(self.data, today=self.today)

    def to_json(self) -> dict[str, Any]:
        """The document of ``kit status --json``: dates in ISO form, ``null`` for what is missing."""
        period = self.data.period
        units = _records(self.units)
        for unit in units:
            unit["files"] = [name for name in unit["files"].split("; ") if name]
            unit["unreadable"] = [name for name in unit["unreadable"].split("; ") if name]
            unit["reminder"] = self.reminders.get(unit["unit_id"])
        return {
            "period": period.code,
            "start": period.start.isoformat(),
            "cutoff": period.cutoff.isoformat(),
            "today": self.today.isoformat(),
            "units": units,
            "rates": _records(self.rates),
            "unreadable_files": _records(self.unreadable),
            "other_files": _records(self.others),
            "rebuild": [{"unit_id": unit, "reason": reason} for unit, reason in self.rebuild.items()],
            "reports": [_report(unit, self.reports.get(unit)) for unit in self.data.scope.tree.units],
        }


def _report(unit: str, state: IssueState | None) -> dict[str, Any]:
    """How a report stands: ``absent`` is not built; number and date are those of the latest issue."""
    if state is None:
        return {"unit_id": unit, "state": "absent", "issue": None, "number": None, "date": None}
    day = state.date.isoformat() if state.date else None
    return {
        "unit_id": unit,
        "state": state.kind,
        "issue": state.issue or None,
        "number": state.number or None,
        "date": day,
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them."""
    return [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if value is None or value != value:
        return None
    if hasattr(value, "date"):
        return value.date().isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value.item() if hasattr(value, "item") else value


def status(request: StatusRequest, places: Places, *, tell: Teller) -> StatusOutcome:
    """Say how a period stands. Nothing is checked anew while the store is current."""
    from kit.report.reminders import render_reminders
    from kit.run import batch
    from kit.run.files import write_whole
    from kit.workflow.prepare import prepare
    from kit.workflow.reports import Edition, report_jobs, require_units

    made = prepare(request.period, places, tell=tell)
    rebuild = batch.plan(report_jobs(made, Edition(), require_units(made, ())))
    outcome = StatusOutcome(made.data, request.today, rebuild, _reports(made))
    if request.reminders:
        write_whole(request.reminders, render_reminders(outcome.reminders).encode("utf-8-sig"))
    return outcome


def _reports(made: Prepared) -> dict[str, IssueState]:
    """How each report that was built or approved stands: a draft, issued, changed since."""
    from kit.report.issues import issue_state
    from kit.run.issue_files import issue_states
    from kit.run.manifest import load_manifest
    from kit.workflow.reports import keys_of

    keys = keys_of(made)
    today = {unit: keys.index["reports"][unit]["data"] for unit in keys.units}
    built = [unit for unit in keys.units if load_manifest(made.paths.report(unit))]
    drafts = {unit: issue_state((), today[unit]) for unit in built}
    found = issue_states(made.places.data_folder, made.period.code, today)
    return drafts | {unit: state for unit, state in found.items() if unit in today}


def parse_day(text: str) -> date:
    """Return the day of an ISO date. Raises ``UsageError``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is not a day; write it like 2024-06-20.") from None
