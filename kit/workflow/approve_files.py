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
INTERNAL, PUBLIC = "internal", "public"
FORMATS = {"html": "report.html", "pdf": "report.pdf", "docx": "report.docx", "png": "summary.png"}


def issue_report(issue: Issue, places: Places, *, tell: Teller) -> Path:
    """Write the issue, rebuild every edition of the report at hand, keep their files; return where they are kept.

    Raises ``EngineError`` when a report cannot be rebuilt: issue and reports are then as they were.
    """
    from kit.run.issue_files import issue_path, write_issue

    folders = editions_at_hand(PeriodPaths(places.out, issue.period).report(issue.unit_id))
    with tempfile.TemporaryDirectory(prefix="kit-") as scratch:
        before = _Before(tuple(folders.values()), issue_path(places.data_folder, issue), Path(scratch))
        try:
            write_issue(places.data_folder, issue)
            outputs = {}
            for edition, folder in folders.items():
                _rebuild(issue, places, edition, folder, tell=tell)
                outputs |= {_named(edition, name): digest for name, digest in _outputs(folder).items()}
                _keep(folder, issue.issue)
            write_issue(places.data_folder, replace(issue, outputs=outputs))
        except BaseException:  # also when the run is stopped at the keyboard
            before.put_back()
            raise
    return folders[INTERNAL] / ISSUED / str(issue.issue)


def editions_at_hand(folder: Path) -> dict[str, Path]:
    """The editions of a report that were built, with their folders; the internal one is in the unit's own."""
    from kit.run.manifest import load_manifest

    public = {PUBLIC: folder / PUBLIC} if load_manifest(folder / PUBLIC) else {}
    return {INTERNAL: folder, **public}


def formats_of(folder: Path) -> tuple[str, ...]:
    """The formats that a report at hand was built in."""
    return tuple(kind for kind, name in FORMATS.items() if name in _outputs(folder))


def _outputs(folder: Path) -> dict[str, str]:
    from kit.run.manifest import load_manifest

    return dict(load_manifest(folder).get("outputs", {}))


def _named(edition: str, name: str) -> str:
    return name if edition == INTERNAL else f"{edition}/{name}"


def _rebuild(issue: Issue, places: Places, edition: str, folder: Path, *, tell: Teller) -> None:
    from kit.run.manifest import NAME
    from kit.workflow.reports import Edition
    from kit.workflow.run import RunRequest, run

    wanted = Edition(edition, formats_of(folder))
    request = RunRequest(issue.period, units=(issue.unit_id,), edition=wanted, jobs=1)
    # Without its manifest a report is unfinished, so it is built whatever else is current.
    (folder / NAME).unlink(missing_ok=True)
    outcome = run(request, places, tell=tell)
    failed = [report for report in outcome.reports if report.status != "built"]
    if failed or not outcome.reports:
        reason = failed[0].reason if failed else "it was not built"
        raise EngineError(f"The report of {issue.unit_id} is not approved, because it could not be rebuilt: {reason}")


def _keep(folder: Path, number: int) -> None:
    """Copy the approved files to ``issued/<n>/`` of the report's folder, all at once."""
    from kit.run.manifest import NAME
    from kit.run.outputs import NOTEBOOK

    kept = folder / ISSUED / str(number)
    fresh = kept.with_name(f".{number}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in sorted({*_outputs(folder), NOTEBOOK, NAME}):
        if (folder / name).is_file():
            shutil.copy2(folder / name, fresh / name)
    shutil.rmtree(kept, ignore_errors=True)
    os.replace(fresh, kept)


class _Before:
    """Copies of the reports and the issue as they were, to put back when an approval fails."""

    def __init__(self, folders: tuple[Path, ...], issue: Path, scratch: Path):
        self._issue, self._text = issue, issue.read_bytes() if issue.is_file() else None
        self._copies = {folder: scratch / str(at) for at, folder in enumerate(folders)}
        for folder, copy in self._copies.items():
            copy.mkdir()
            for path in _files(folder):
                shutil.copy2(path, copy / path.name)

    def put_back(self) -> None:
        """Restore all; the manifest comes last, since it says that the report is whole."""
        from kit.run.files import write_whole
        from kit.run.manifest import NAME

        if self._text is None:
            self._issue.unlink(missing_ok=True)
        else:
            write_whole(self._issue, self._text)
        for folder, copy in self._copies.items():
            for path in _files(folder):
                if not (copy / path.name).is_file():
                    path.unlink()
            for path in sorted(_files(copy), key=lambda path: path.name == NAME):
                write_whole(folder / path.name, path.read_bytes())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()]
