"""``kit run``: check → evaluate → reports → period files; only what is out of date."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.workflow.places import Places
from kit.workflow.prepare import Prepared, build_store, open_prepared, send_back
from kit.workflow.reports import Edition, keys_of, report_jobs, require_units

if TYPE_CHECKING:
    from kit.console import Teller
    from kit.outcomes import RunOutcome
    from kit.run.job import ReportJob, ReportOutcome
    from kit.run.pools import Pool


class Interrupted(KitError):
    """Ctrl-C: what was finished stays."""

    exit_code = 130


@dataclass(frozen=True)
class RunRequest:
    """What ``kit run`` was asked to do; ``scheduler`` is the address of a Dask cluster, blank for this machine."""

    period: str
    units: tuple[str, ...] = ()
    edition: Edition = Edition()
    jobs: int | None = None
    scheduler: str = ""
    dry_run: bool = False
    force: bool = False
    strict: bool = False

    @property
    def workers(self) -> int:
        """Reports built at the same time on this machine."""
        return self.jobs or os.cpu_count() or 1


def run(request: RunRequest, places: Places, *, tell: Teller) -> RunOutcome:
    """Check → evaluate → reports → period files; only what is out of date. One run at a time in a period's folder."""
    from kit.run.lock import hold
    from kit.run.processes import sweep_scratch

    made = open_prepared(request.period, places)
    if request.dry_run and made.is_current:
        return _dry_run(request, made)
    with hold(made.paths.folder, f"kit run {request.period}") as lost:
        try:
            return _run(request, made, lost, tell=tell)
        except KeyboardInterrupt:
            raise Interrupted("Interrupted before any report was built; run again.") from None
        finally:
            sweep_scratch()


def _run(request: RunRequest, made: Prepared, lost: Event, *, tell: Teller) -> RunOutcome:
    from kit.run.processes import sweep_scratch

    sweep_scratch()
    _sweep(made)
    if made.is_current and not request.force:
        tell.step("Data unchanged since the last check")
        return _finish(request, made, None, lost=lost, tell=tell)
    with _early_workers(request, made) as pool:
        build_store(made, pool, tell=tell)
        return _finish(request, made, pool, lost=lost, tell=tell)


def _finish(request: RunRequest, made: Prepared, pool: Pool | None, *, lost: Event, tell: Teller) -> RunOutcome:
    """Reports and period files on a current store."""
    from kit import outcomes
    from kit.run import batch
    from kit.workflow.meanwhile import meanwhile

    if request.dry_run:
        return _dry_run(request, made)
    if not made.paths.returned.is_dir():
        tell.step("Marking")
    only_reports = _only_reports_are_due(made)
    shared = only_reports and not request.scheduler
    with nullcontext() if only_reports else meanwhile(partial(_period_work, made)):
        if not request.units:
            _remove_former_units(made, tell=tell)
        jobs, reasons = _planned(request, made)
        due = [job for job in jobs if job.unit_id in reasons]
        last = partial(_write_period_files, made) if shared else None
        build_all = partial(batch.build_all, lost=lost, last=last)
        built = _build(request, due, pool, build_all=build_all, tell=tell)
    if not (shared and due):
        _write_period_files(made)
    return outcomes.finished(
        made.period.code,
        [built.get(job.unit_id) or _current(job) for job in jobs],
        keys_of(made).quality,
        strict=request.strict,
    )


def _write_period_files(made: Prepared) -> None:
    from kit.run.period import write_period_files

    units = keys_of(made).units
    write_period_files(made.paths, units, key=made.key, data_dir=made.places.data_folder, contents=made)


def _only_reports_are_due(made: Prepared) -> bool:
    """Whether this process does not read the period's tables otherwise: then a worker writes the index from them."""
    from kit.run.period import tables_are_current

    return made.is_current and made.paths.returned.is_dir() and tables_are_current(made.paths, made.key)


def _period_work(made: Prepared, ended: Event) -> None:
    """What the reports do not wait for: returned workbooks, and results and findings as files."""
    from kit.run.period import tables_are_current

    send_back(made, ended)
    if not ended.is_set() and not tables_are_current(made.paths, made.key):
        _ = made.tables


@contextmanager
def _early_workers(request: RunRequest, made: Prepared) -> Iterator[Pool | None]:
    """Worker processes that get ready while the data are still being checked; none where no report will be due."""
    from kit.run.job import get_ready
    from kit.run.pools import open_pool

    if request.dry_run or request.scheduler or not request.edition.formats:
        yield None
        return
    pool = open_pool(min(request.workers, len(request.units) or request.workers))
    try:
        pool.begin(partial(get_ready, str(made.places.out.resolve()), request.edition.formats))
        yield pool
    finally:
        pool.stop()


def _planned(request: RunRequest, made: Prepared) -> tuple[list[ReportJob], dict[str, str]]:
    """The reports asked for, and why some of them must be built."""
    from kit.run import batch

    units = require_units(made, request.units)
    if not request.edition.formats:
        return [], {}
    jobs = report_jobs(made, request.edition, units)
    return jobs, batch.plan(jobs, force=request.force)


def _dry_run(request: RunRequest, made: Prepared) -> RunOutcome:
    from kit import outcomes
    from kit.run import batch

    jobs, reasons = _planned(request, made)
    due = [job for job in jobs if job.unit_id in reasons]
    told = ""
    if due:
        seconds, known = batch.estimated_seconds(due, [job.folder for job in jobs])
        about = outcomes.duration(seconds / (1 if request.scheduler else min(request.workers, len(due))))
        told = f", {about} of work on the cluster" if request.scheduler else f" in about {about}"
        told += "" if known else f" (no earlier run to judge by; {batch.USUAL_SECONDS:g} s for a report assumed)"
    reports = [replace(_current(job), status="planned", reason=reasons[job.unit_id]) for job in due]
    current = [_current(job) for job in jobs if job.unit_id not in reasons]
    return outcomes.planned(made.period.code, reports + current, keys_of(made).quality, told=told)


def _current(job: ReportJob) -> ReportOutcome:
    from kit.run.job import ReportOutcome

    return ReportOutcome(job.unit_id, "current", files=job.files)


def _build(
    request: RunRequest, due: list[ReportJob], pool: Pool | None, *, build_all: Callable[..., None], tell: Teller
) -> dict[str, ReportOutcome]:
    """Build what is due; a line or a bar says how far it is, and a failure at once what failed."""
    from kit.run import batch
    from kit.run.pools import open_pool

    built: dict[str, ReportOutcome] = {}
    if not due:
        return built
    with tell.counting("Building reports", len(due)) as counter:

        def done(outcome: ReportOutcome) -> None:
            built[outcome.unit_id] = outcome
            counter.advance(f"{outcome.unit_id} {outcome.status} {outcome.reason}".rstrip())

        try:
            pool = pool or open_pool(min(request.workers, len(due)), request.scheduler)
            build_all(due, pool, done)
        except KeyboardInterrupt:
            raise Interrupted(batch.summary_of(built, len(due))) from None
    return built


def _sweep(made: Prepared) -> None:
    """Remove what a killed run left half-written."""
    from kit.run.files import sweep

    sweep(made.paths.folder, deep=True)
    for folder in (*made.paths.folder.glob("*.new"), *made.paths.folder.glob(".*.new")):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _remove_former_units(made: Prepared, *, tell: Teller) -> None:
    """Take away reports of units that the period no longer has; what was approved under ``issued/`` stays."""
    from kit.run.manifest import load_manifest
    from kit.run.publish import remove_report

    units = set(keys_of(made).units)
    for folder in sorted(path for path in made.paths.folder.iterdir() if path.is_dir() and path.name not in units):
        for place in (folder / "public", folder):
            if load_manifest(place):
                remove_report(place)
                tell.step(f"Removed the report of {folder.name}, no longer a unit of {made.period.code}")
