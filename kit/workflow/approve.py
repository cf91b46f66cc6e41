"""``kit approve``: the report at hand becomes an issue, with number and date, and its figures are kept."""

from __future__ import annotations

import getpass
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import UsageError
from kit.workflow.places import Places

if TYPE_CHECKING:
    from kit.console import Teller
    from kit.report.issues import Issue, Issues
    from kit.store import PeriodData

_NUMBER = re.compile(r"0*([0-9]{1,5})([A-Za-zĐđ]?)")


@dataclass(frozen=True)
class ApprovalRequest:
    """What ``kit approve`` was asked. ``now`` is the time of approval; ``by`` blank: the OS user.

    ``number`` is ``45`` or whole, ``45/BC-UBND``. ``correct`` gives the latest issue another number or date.
    """

    period: str
    unit: str
    number: str
    day: date
    now: datetime
    by: str = ""
    correct: bool = False


@dataclass(frozen=True)
class Approval:
    """What was approved: the issue, the name of its unit, where its files are kept, and remarks for the office."""

    issue: Issue
    unit_name: str
    kept: Path
    remarks: tuple[str, ...] = ()


def approve(request: ApprovalRequest, places: Places, *, tell: Teller) -> Approval:
    """Mark the report at hand as issued, rebuild it with number and date, and keep its figures and files.

    Raises ``UsageError`` when there is nothing to approve: no report, one that is not whole or not of today's data, one
    already approved, a number or date that cannot be right. Raises ``EngineError`` when the report cannot be rebuilt;
    then everything is as before.
    """
    from kit.run.issue_files import data_digest, load_issues
    from kit.session import require_unit
    from kit.workflow.approve_files import editions_at_hand, issue_report
    from kit.workflow.prepare import prepare

    tell = _SaidOnce(tell)  # the report is rebuilt by a run of its own, which prepares the period again
    prepared = prepare(request.period, places, tell=tell)
    made, paths = prepared.data, prepared.paths
    unit = require_unit(made, request.unit)
    today = data_digest(paths.store, unit)
    for folder in editions_at_hand(paths.report(unit)).values():
        _require_report(folder, unit, today, period=paths.period)
    issue = _issue(request, made, places, issues=load_issues(places.data_folder, made.period.code, unit), today=today)
    kept = issue_report(issue, places, tell=tell)
    names = dict(zip(made.units["unit_id"], made.units["name"], strict=True))
    return Approval(issue, names[unit], kept, _remarks(request))


class _SaidOnce:
    """A teller that says no step twice."""

    def __init__(self, tell: Teller):
        self._tell, self._said, self.counting = tell, set(), tell.counting

    def step(self, text: str) -> None:
        """Say what is being done, unless it was said."""
        if text not in self._said:
            self._said.add(text)
            self._tell.step(text)


def _require_report(folder: Path, unit: str, today: str, *, period: str) -> None:
    """Raise ``UsageError`` unless the report at hand is whole and of today's data; it says what to run first."""
    from kit.digests import digest
    from kit.run.manifest import load_manifest

    edition = " --edition public" if folder.name == "public" else ""
    first = f"run `kit run {period} --unit {unit}{edition}` first, read the report"
    manifest = load_manifest(folder)
    if not manifest:
        raise UsageError(f"There is no finished report of {unit} for {period}: {first}, then approve it.")
    for name, claimed in sorted(manifest.get("outputs", {}).items()):
        if not (folder / name).is_file():
            raise UsageError(f"{name} of {unit} is missing: {first}, then approve it.")
        if digest(folder / name) != claimed:
            raise UsageError(f"{name} of {unit} was changed after it was built: {first}, then approve it.")
    if manifest.get("inputs", {}).get("data") != today:
        raise UsageError(f"The data changed since the report of {unit} was built: {first} again, then approve it.")


def _issue(
    request: ApprovalRequest, made: PeriodData, places: Places, *, issues: tuple[Issue, ...], today: str
) -> Issue:
    from kit import __version__
    from kit.report.issues import Issue, Issues
    from kit.report.revision import result_rows
    from kit.report.sources import sources_of

    unit, period = request.unit, made.period
    known = Issues(issues, today)
    _require_turn(request, known)
    _require_date(request, made, known)
    number = whole_number(request.number, _symbol(made, unit, request.day))
    _require_free(number, request, places, again=known.approved)
    own = made.slice(unit)
    issue = Issue(
        *(period.code, unit, (known.approved.issue if known.approved else len(issues) + 1), number, request.day),
        approved_by=request.by or getpass.getuser(),
        approved_at=request.now.isoformat(timespec="seconds"),
        data=today,
        kit=__version__,
        figures=result_rows(own.results, unit),
        sources=sources_of(own, unit),
    )
    return replace(issue, replaced=_with_earlier(known.approved)) if known.approved else issue


def _with_earlier(issue: Issue) -> tuple[dict[str, str], ...]:
    """What was said before of an issue whose number or date is corrected; an unfinished approval leaves nothing."""
    if not issue.outputs:
        return issue.replaced
    said = {"number": issue.number, "date": issue.date.isoformat()}
    return (*issue.replaced, {**said, "approved_by": issue.approved_by, "approved_at": issue.approved_at})


def _require_turn(request: ApprovalRequest, known: Issues) -> None:
    """An unchanged report is approved once; only a changed one is issued again."""
    approved = known.approved
    if approved and approved.outputs and not request.correct:
        raise UsageError(
            f"The report of {request.unit} for {request.period} is already approved as {approved.number} of "
            f"{approved.date.isoformat()}, and its data did not change since. To correct its number or date, add "
            "--correct."
        )
    if request.correct and not approved:
        why = "its data changed since the last issue" if known.latest else "it was never approved"
        raise UsageError(f"--correct is for a report that is issued, and there is none ({why}): leave --correct out.")


def _require_date(request: ApprovalRequest, made: PeriodData, known: Issues) -> None:
    cutoff, earlier = made.period.cutoff, known.previous
    if request.day < cutoff:
        raise UsageError(
            f"A report for {made.period.code} cannot be dated {request.day.isoformat()}, before the last day of its "
            f"data ({cutoff.isoformat()})."
        )
    if earlier and request.day < earlier.date:
        raise UsageError(
            f"The report replaces {earlier.number} of {earlier.date.isoformat()} and cannot be dated before it "
            f"({request.day.isoformat()})."
        )


def _symbol(made: PeriodData, unit: str, day: date) -> str:
    from kit.report.content.issuer import issuer_of
    from kit.report.content.subject import Subject

    return issuer_of(Subject(made, unit), day).symbol


def whole_number(text: str, symbol: str) -> str:
    """Return ``45/BC-UBND`` for ``45`` or ``45/BC-UBND``; below 10 with a zero (Nghị định 30/2020, Phụ lục I).

    Raises ``UsageError`` for another shape, or a symbol that is not the issuer's on the report's date.
    """
    given, slash, rest = "".join(text.split()).partition("/")
    found = _NUMBER.fullmatch(given)
    if not found or (slash and not rest) or not int(found[1]):
        raise UsageError(f"'{text}' is not a document number; write it like 45 or 45/{symbol}.")
    if slash and rest.casefold() != symbol.casefold():
        raise UsageError(f"Number '{text}': the issuer's symbol on that day is {symbol}, not {rest} (issuers.csv).")
    return f"{int(found[1]):02d}{found[2]}/{symbol}"


def _require_free(number: str, request: ApprovalRequest, places: Places, *, again: Issue | None) -> None:
    """One number stands for one document of an issuer in a year."""
    from kit.run.issue_files import issues_of

    for issue in issues_of(places.data_folder, request.unit):
        same = again and (issue.period, issue.issue) == (again.period, again.issue)
        if issue.number == number and issue.date.year == request.day.year and not same:
            raise UsageError(
                f"Number {number} of {request.day.year} is already that of the report for {issue.period}, dated "
                f"{issue.date.isoformat()}."
            )


def _remarks(request: ApprovalRequest) -> tuple[str, ...]:
    if request.day > request.now.date():
        return (f"Ngày ban hành {request.day:%d/%m/%Y} chưa tới; đề nghị kiểm tra lại.",)
    return ()
