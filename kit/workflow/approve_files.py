"""The files of an approval: rebuilt with number and date, kept beside the report; all or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import EngineError
from kit.paths import PeriodPaths

if TYPE_CHECKING:
    from kit.console import Teller
    from kit.report.issues import Issue
    from kit.workflow.places import Places

ISSUED = "issued"  # the folder of a report that keeps its approved files


def issue_report(issue: Issue, places: Places, formats: tuple[str, ...], *, tell: Teller) -> Path:
    """Write the issue, rebuild the report, keep its files; return the folder they are kept in.

    Raises ``EngineError`` when the report cannot be rebuilt: issue and report are then as they were.
    """
    from kit.run.issued import issue_path, write_issue
    from kit.run.manifest import load_manifest

    folder = PeriodPaths(places.out, issue.period).report(issue.unit_id)
    path = issue_path(places.data_folder, issue)
    with tempfile.TemporaryDirectory(prefix="kit-") as scratch:
        before = _Before(folder, path, Path(scratch))
        try:
            write_issue(places.data_folder, issue)
            _rebuild(issue, places, formats, tell=tell)
            outputs = load_manifest(folder).get("outputs", {})
            kept = _keep(folder, issue.issue, outputs)
            write_issue(places.data_folder, replace(issue, outputs=dict(outputs)))
        except BaseException:  # also when the run is stopped at the keyboard
            before.put_back()
            raise
    return kept


def _rebuild(issue: Issue, places: Places, formats: tuple[str, ...], *, tell: Teller) -> None:
    from kit.run.manifest import NAME
    from kit.workflow.run import RunRequest, run

    # Without its manifest a report is unfinished, so it is built whatever else is current.
    (PeriodPaths(places.out, issue.period).report(issue.unit_id) / NAME).unlink(missing_ok=True)
    outcome = run(RunRequest(issue.period, units=(issue.unit_id,), formats=formats, jobs=1), places, tell=tell)
    failed = [report for report in outcome.reports if report.status != "built"]
    if failed or not outcome.reports:
        reason = failed[0].reason if failed else "it was not built"
        raise EngineError(f"The report of {issue.unit_id} is not approved, because it could not be rebuilt: {reason}")


def _keep(folder: Path, number: int, outputs: dict[str, str]) -> Path:
    """Copy the approved files to ``issued/<n>/`` of the report's folder, all at once."""
    from kit.run.batch import NOTEBOOK
    from kit.run.manifest import NAME

    kept = folder / ISSUED / str(number)
    fresh = kept.with_name(f".{number}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in sorted({*outputs, NOTEBOOK, NAME}):
        if (folder / name).is_file():
            shutil.copy2(folder / name, fresh / name)
    shutil.rmtree(kept, ignore_errors=True)
    os.replace(fresh, kept)
    return kept


class _Before:
    """Copies of the report and the issue as they were, to put back when an approval fails."""

    def __init__(self, folder: Path, issue: Path, scratch: Path):
        self._folder, self._issue, self._scratch = folder, issue, scratch
        self._names = [path.name for path in folder.iterdir() if path.is_file()]
        for name in self._names:
            shutil.copy2(folder / name, scratch / name)
        self._text = issue.read_bytes() if issue.is_file() else None

    def put_back(self) -> None:
        """Restore both; the manifest comes last, since it says that the report is whole."""
        from kit.run.files import write_whole
        from kit.run.manifest import NAME

        if self._text is None:
            self._issue.unlink(missing_ok=True)
        else:
            write_whole(self._issue, self._text)
        for path in [path for path in self._folder.iterdir() if path.is_file() and path.name not in self._names]:
            path.unlink()
        for name in sorted(self._names, key=lambda name: name == NAME):
            write_whole(self._folder / name, (self._scratch / name).read_bytes())
