"""Putting a report's files in place together, and taking away what no longer is one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import KitError
from kit.run.files import write_together
from kit.run.issued import keep_approved
from kit.run.keys import changed_inputs
from kit.run.manifest import NAME, damaged, load_manifest, made_by_this_kit, notebook_digest, render_manifest
from kit.run.outputs import FILES, NOTEBOOK

if TYPE_CHECKING:
    from kit.run.job import ReportJob


def publish(job: ReportJob, outputs: Mapping[str, bytes]) -> None:
    """Put the files in place, the manifest last; files of the report that are not of the same make are removed.

    Files of the latest approved issue are kept under ``issued/`` before the draft of the next takes their names.
    Raises ``WriteError``.
    """
    before = load_manifest(job.folder)
    if job.latest.data != job.inputs["data"]:
        keep_approved(job.folder, before, job.latest)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in outputs.items() if name != NOTEBOOK}
    digests = {**_still_good(job, before), **digests}
    facts = {**job.record, "parameters": _named(job.parameters)}
    manifest = render_manifest(facts, digests, notebook_digest(outputs[NOTEBOOK]))
    stale = [NAME, *(name for name in FILES if name not in digests)]
    write_together(job.folder, {**outputs, NAME: manifest}, without=stale)


def _still_good(job: ReportJob, before: Mapping[str, Any]) -> dict[str, str]:
    """Files of an earlier run in other formats, made from the same inputs by the same kit."""
    if changed_inputs(before.get("inputs", {}), job.inputs) or not made_by_this_kit(before):
        return {}
    others = {name: told for name, told in before["outputs"].items() if name in FILES and name not in job.files}
    return {name: told for name, told in others.items() if not damaged(job.folder, {"outputs": {name: told}})}


def withdraw(job: ReportJob) -> None:
    """Take away a report of other data than today's: what cannot be built anew must not stand for it."""
    before = load_manifest(job.folder)
    if before.get("inputs", {}).get("data") in (None, job.inputs["data"]):
        return
    try:
        keep_approved(job.folder, before, job.latest)
        remove_report(job.folder)
    except (OSError, KitError):
        return  # it stays, and is tried again


def remove_report(folder: Path) -> None:
    """Remove a report's files, the manifest first, and its folder when nothing else is in it."""
    for name in (NAME, NOTEBOOK, *sorted(FILES)):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _named(parameters: Mapping[str, str]) -> dict[str, str]:
    """Parameters without the folders of this machine."""
    return {name: Path(value).name if os.path.isabs(value) else value for name, value in parameters.items()}
