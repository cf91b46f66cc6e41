"""One report: executed and rendered in a worker process, and its files put in place together."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.run.files import WriteError
from kit.run.issued import Issued
from kit.run.manifest import code_key, notebook_bytes
from kit.run.outputs import NOTEBOOK, file_names, render_outputs
from kit.run.publish import publish, withdraw

OUT = "KIT_OUT"  # environment: where notebooks find the period's store
_INJECTED = "injected-parameters"
_ONE_AT_A_TIME = threading.Lock()  # a cluster's worker may have several threads; charts are drawn in one


@dataclass(frozen=True)
class ReportJob:
    """One report to build: notebook, its parameters, the folder it goes to, and what its manifest records.

    ``facts`` go into the notebook's metadata (``kit``): version, period, unit, date, fictitious. ``record`` has the
    manifest's ``report``, ``inputs`` and ``quality``. ``out`` is the folder of all reports, ``cwd`` the
    folder that relative parameters start from, ``code`` the digest of the code that planned the job.
    """

    notebook: Path
    folder: Path
    formats: tuple[str, ...]
    parameters: Mapping[str, str]
    facts: Mapping[str, str]
    record: Mapping[str, Any]
    out: Path
    latest: Issued = Issued()
    cwd: Path = field(default_factory=Path.cwd)
    code: str = field(default_factory=code_key)

    @property
    def unit_id(self) -> str:
        """The unit the report is about."""
        return self.parameters["unit"]

    @property
    def inputs(self) -> Mapping[str, Any]:
        """What the report is made from (``kit.run.keys``)."""
        return self.record["inputs"]

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that the report consists of."""
        return (NOTEBOOK, *file_names(self.formats))


@dataclass(frozen=True)
class ReportOutcome:
    """What became of a report: ``status`` is ``built``, ``current``, ``planned`` or ``failed``, with the reason."""

    unit_id: str
    status: str
    reason: str = ""
    files: tuple[str, ...] = ()


def build(job: ReportJob) -> ReportOutcome:
    """Build one report and write its files; a failure is an outcome, not an exception."""
    if told := _foreign(job):
        return ReportOutcome(job.unit_id, "failed", told)
    try:
        with _ONE_AT_A_TIME, chdir(job.cwd):
            known = job.parameters
            _ready(known["period"], known["plan"], known["data_dir"], str(job.out), job.formats)
            publish(job, render(job))
    except WriteError as error:
        return ReportOutcome(job.unit_id, "failed", str(error))
    except Exception as error:  # of the notebook or of rendering: one report of many
        withdraw(job)
        told = str(error) if isinstance(error, KitError) else f"{type(error).__name__}: {error}"
        return ReportOutcome(job.unit_id, "failed", told)
    return ReportOutcome(job.unit_id, "built", files=job.files)


def render(job: ReportJob) -> dict[str, bytes]:
    """Execute the notebook and render it; return the bytes of each file."""
    from kit.run.notebook import execute

    began = time.perf_counter()
    notebook = execute(job.notebook, job.parameters)
    notebook.metadata["kit"] = dict(job.facts)
    for cell in notebook.cells:
        if _INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = _INJECTED  # papermill draws one at random
    outputs = render_outputs(notebook, job.formats)
    # Beside papermill's own timings: later runs estimate from it how long they will take.
    notebook.metadata.setdefault("papermill", {})["report_seconds"] = round(time.perf_counter() - began, 3)
    return {NOTEBOOK: notebook_bytes(notebook), **outputs}


def _foreign(job: ReportJob) -> str:
    """What is wrong with this worker; blank when it has the same kit and sees the same folders as the run."""
    if code_key() != job.code:
        return "The worker has another version of the kit than the one that planned this run."
    missing = [str(path) for path in (job.notebook, job.out, job.cwd) if not path.exists()]
    if missing:
        return f"The worker does not see {', '.join(missing)}; data and reports must lie on a folder that all share."
    return ""


@cache
def get_ready(out: str, formats: tuple[str, ...]) -> None:
    """Get this process ready for reports before there are data: its folder, its renderers, its warm process.

    ``out`` is the folder of all reports. Raises ``EngineError`` when the process cannot be had.
    """
    from kit.run import notebook
    from kit.run.processes import remove_own_folder, scratch
    from kit.run.rehearsal import rehearse_renderers

    os.environ[OUT] = out
    os.environ.setdefault("RAYON_NUM_THREADS", "1")  # typst: the workers together have all processors already
    scratch()
    atexit.register(remove_own_folder)
    atexit.register(notebook.close)
    notebook.start()
    rehearse_renderers(formats)


@cache
def _ready(period: str, plan: str, data_dir: str, out: str, formats: tuple[str, ...]) -> None:
    """Get this process ready for the reports of a run: once, before the first of them."""
    from kit.run import notebook

    get_ready(out, formats)
    notebook.warm(period, plan, data_dir, Path(out))
