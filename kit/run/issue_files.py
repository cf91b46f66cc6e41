"""Issues on disk: ``data/issued/<period>/<unit_id>/<n>.json``, whole or absent, never overwritten unasked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kit.digests import load_json
from kit.errors import DeclarationError
from kit.report.issues import STATES, UNREADABLE, Issue, IssueState, issue_state, parse_issue, render_issue
from kit.run.files import write_whole

FOLDER = "issued"
INDEX = "slices.json"  # of the store: the digests of what every report reads


def issue_path(data_dir: Path, issue: Issue) -> Path:
    """Where an issue is kept."""
    return data_dir / FOLDER / issue.period / issue.unit_id / f"{issue.issue}.json"


def load_issues(data_dir: Path, period: str, unit_id: str) -> tuple[Issue, ...]:
    """Return the issues of one unit's report in order; none when it was never approved.

    Raises ``DeclarationError`` naming the file that is damaged, was edited, or stands in the wrong place.
    """
    return _load(data_dir / FOLDER / period / unit_id)


def _load(folder: Path) -> tuple[Issue, ...]:
    found = sorted((int(path.stem), path) for path in folder.glob("*.json") if path.stem.isdecimal())
    issues = []
    for place, (number, path) in enumerate(found, 1):
        where = f"{FOLDER}/{folder.parent.name}/{folder.name}/{path.name}"
        try:
            issue = parse_issue(path.read_text(encoding="utf-8"), where)
        except (OSError, UnicodeDecodeError) as error:
            raise DeclarationError(f"{where} cannot be read:", [" ".join(str(error).split())]) from None
        claimed = (issue.period, issue.unit_id, issue.issue)
        if claimed != (folder.parent.name, folder.name, number):
            raise DeclarationError(f"{where} is in the wrong place:", [f"it is issue {claimed[2]} of {claimed[:2]}"])
        if number != place:
            raise DeclarationError(f"{where} stands alone:", [f"issue {place} before it is missing"])
        issues.append(issue)
    return tuple(issues)


def issue_states(data_dir: Path, period: str, today: Mapping[str, str]) -> dict[str, IssueState]:
    """Return how the report of each unit with an issue stands; a unit that is not in it has a draft.

    ``today`` maps units to the digest of their data now (the manifest's ``inputs["data"]``). Only folders of approved
    reports are looked into, so thousands of units without any cost one listing. A damaged file is a state.
    """
    folder = data_dir / FOLDER / period
    units = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return {unit: state for unit in units if (state := _state(folder / unit, today.get(unit)))}


def _state(folder: Path, today: str | None) -> IssueState | None:
    try:
        issues = _load(folder)
    except DeclarationError as error:
        return IssueState(UNREADABLE, f"{STATES[UNREADABLE]}: {str(error).splitlines()[0]}")
    return issue_state(issues, today) if issues else None


def write_issue(data_dir: Path, issue: Issue) -> Path:
    """Write an issue and return its path."""
    path = issue_path(data_dir, issue)
    write_whole(path, render_issue(issue).encode(), durable=True)
    return path


def issues_of(data_dir: Path, unit_id: str) -> tuple[Issue, ...]:
    """Return every issue of a unit, of all periods."""
    folders = sorted((data_dir / FOLDER).glob(f"*/{unit_id}"))
    return tuple(issue for folder in folders for issue in _load(folder))


def data_digest(store: Path, unit_id: str) -> str:
    """Return the digest of the data that a unit's report is made from: its manifest's ``inputs["data"]``."""
    return str(load_json(store / INDEX).get("reports", {}).get(unit_id, {}).get("data", ""))
