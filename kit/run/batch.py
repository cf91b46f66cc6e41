"""Build the reports of many units: notebook → HTML and PDF → files that appear whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kit.errors import KitError
from kit.run.files import write_whole
from kit.run.manifest import NAME, out_of_date, render_manifest

FORMATS = ("html", "pdf")
NOTEBOOK = "report.ipynb"


@dataclass(frozen=True)
class ReportJob:
    """One report to build: notebook, its parameters, the folder it goes to, and the digests of what it reads.

    ``facts`` go into the notebook's metadata (``kit``): version, period, unit, date, fictitious.
    """

    notebook: Path
    folder: Path
    formats: tuple[str, ...]
    parameters: Mapping[str, str]
    facts: Mapping[str, str]
    inputs: Mapping[str, str]

    @property
    def unit_id(self) -> str:
        """The unit the report is about."""
        return self.parameters["unit"]

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that the report consists of."""
        return (NOTEBOOK, *(f"report.{kind}" for kind in self.formats))


@dataclass(frozen=True)
class ReportOutcome:
    """What became of a report: ``status`` is ``built``, ``current``, ``planned`` or ``failed``, with the reason."""

    unit_id: str
    status: str
    reason: str = ""
    files: tuple[str, ...] = ()


def plan(jobs: list[ReportJob], *, force: bool = False) -> dict[str, str]:
    """Return why each report must be built, by unit; those that are current are not in it."""
    reasons = {job.unit_id: "asked for" if force else out_of_date(job.folder, job.inputs, job.files) for job in jobs}
    return {unit: reason for unit, reason in reasons.items() if reason}


def build_all(jobs: list[ReportJob], workers: int, done: Callable[[ReportOutcome], None]) -> list[ReportOutcome]:
    """Build reports in parallel; ``done`` is told of each as it ends. A failed one does not stop the others."""
    if not jobs:
        return []
    outcomes = []
    with _executor(min(workers, len(jobs))) as executor:
        for outcome in _run(executor, jobs):
            outcomes.append(outcome)
            done(outcome)
    return sorted(outcomes, key=lambda outcome: outcome.unit_id)


def _executor(workers: int) -> Executor:
    # spawn: the same on every system, and typst's threads must not be forked.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _run(executor: Executor, jobs: list[ReportJob]) -> Iterator[ReportOutcome]:
    waiting: dict[Future[ReportOutcome], ReportJob] = {executor.submit(build, job): job for job in jobs}
    for future in as_completed(waiting):
        try:
            yield future.result()
        except Exception as error:  # a worker that died, or an outcome that cannot be sent back
            yield ReportOutcome(waiting[future].unit_id, "failed", f"{type(error).__name__}: {error}")


def build(job: ReportJob) -> ReportOutcome:
    """Build one report and write its files; a failure is an outcome, not an exception."""
    try:
        outputs = render(job)
        folder = job.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).unlink(missing_ok=True)  # from here to the end the report is not complete
        for name, content in outputs.items():
            write_whole(folder / name, content)
        bound = {name: content for name, content in outputs.items() if name != NOTEBOOK}
        write_whole(folder / NAME, render_manifest(_named(job), job.inputs, bound).encode())
    except KitError as error:
        return ReportOutcome(job.unit_id, "failed", str(error))
    except OSError as error:
        return ReportOutcome(job.unit_id, "failed", f"{error.strerror or error} ({Path(error.filename or '').name})")
    return ReportOutcome(job.unit_id, "built", files=job.files)


def _named(job: ReportJob) -> dict[str, str]:
    """Parameters without the folders of this machine."""
    return {name: Path(value).name if os.path.isabs(value) else value for name, value in job.parameters.items()}


def render(job: ReportJob) -> dict[str, bytes]:
    """Execute the notebook and render it; return the bytes of each file."""
    import nbformat

    from kit.run.notebook import execute

    notebook = execute(job.notebook, job.parameters)
    notebook.metadata["kit"] = dict(job.facts)
    outputs = {NOTEBOOK: nbformat.writes(notebook).encode()}
    for kind in job.formats:
        content, _ = _exporter_of(kind).from_notebook_node(notebook)
        outputs[f"report.{kind}"] = content if isinstance(content, bytes) else content.encode()
    return outputs


@cache
def _exporter_of(kind: str):
    """One exporter of a kind for all reports of this worker: making one costs more than a page."""
    from kit.report.html.exporter import KitHTMLExporter
    from kit.report.pdf.exporter import KitPDFExporter

    return {"html": KitHTMLExporter, "pdf": KitPDFExporter}[kind]()
