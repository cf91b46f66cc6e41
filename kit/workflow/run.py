"""``kit run``: check → evaluate → reports → period files; only what is out of date."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import UsageError, suggestion
from kit.params import PlanParams
from kit.paths import PeriodPaths, find
from kit.periods import Period
from kit.workflow.places import Places, period_and_params

if TYPE_CHECKING:
    from pandas import DataFrame

    from kit.console import Teller
    from kit.outcomes import RunOutcome
    from kit.store import PeriodData

FORMATS = ("html", "pdf")
NOTEBOOK = "03_evaluation_report.ipynb"


@dataclass(frozen=True)
class RunRequest:
    """What ``kit run`` was asked to do."""

    period: str
    units: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    jobs: int | None = None
    dry_run: bool = False
    force: bool = False
    strict: bool = False


def parse_formats(text: str) -> tuple[str, ...]:
    """``"html,pdf"`` → formats in the kit's order; ``none`` → none. Raises ``UsageError``."""
    asked = [part.strip().lower() for part in text.split(",") if part.strip()]
    if asked == ["none"]:
        return ()
    for part in asked:
        if part not in FORMATS:
            raise UsageError(
                f"Unknown format '{part}'{suggestion(part, FORMATS)}; allowed: {', '.join(FORMATS)}, none."
            )
    if not asked:
        raise UsageError(f"No format given; allowed: {', '.join(FORMATS)}, none.")
    return tuple(kind for kind in FORMATS if kind in asked)


def prepare(code: str, places: Places, *, tell: Teller, force: bool = False) -> PeriodData:
    """Return a period's data: from its store, or read, checked, evaluated and stored anew when inputs changed."""
    from kit.store import input_key, read_store, stored_key

    period, params, params_file = period_and_params(code, places)
    data = places.data_folder
    store = PeriodPaths(places.out, period.code).store
    key = input_key(data, params_file)
    if not force and stored_key(store) == key:
        tell.step("Data unchanged since the last check")
        return read_store(store, period, params)
    return _build_store(period, params, places, key=key, tell=tell)


def _build_store(
    period: Period, params: PlanParams, places: Places, *, key: dict[str, str], tell: Teller
) -> PeriodData:
    from kit.collect.read import read_data
    from kit.indicators.evaluate import evaluate, open_scope
    from kit.indicators.series import comparison_periods, evaluate_series
    from kit.schema.load import load_schema
    from kit.store import EngineRecord, PeriodData, files_frame, read_notice, write_store
    from kit.validation.check import check as check_tables
    from kit.validation.corrections import load_corrections
    from kit.validation.corrections_apply import apply_corrections

    data, schema = places.data_folder, load_schema()
    tell.step("Reading files")
    raw = apply_corrections(read_data(data, schema), load_corrections(data, schema), schema, cutoff=period.cutoff)
    tell.step("Checking")
    tables, report = check_tables(raw, schema, params=params, period=period)
    tell.step("Computing indicators")
    results = evaluate(open_scope(tables.frames, period, params))
    findings = _with_results_rules(report.findings, results, tables.frames, period=period, params=params)
    series = evaluate_series(tables.frames, comparison_periods(period), params, now=period)
    notice, files = read_notice(data), files_frame(raw.files)
    made = PeriodData(period, params, tables.frames, findings, results, notice, files, series)
    shutil.rmtree(PeriodPaths(places.out, period.code).returned, ignore_errors=True)  # of older data
    store = PeriodPaths(places.out, period.code).store
    write_store(store, made, key, engine=EngineRecord(report.suites, report.results))
    return made


def _send_back(made: PeriodData, places: Places, *, tell: Teller) -> None:
    """Write the workbooks that go back to the units of the plan year, unless those at hand are of the same data."""
    from kit.collect.files import collected_files, naming
    from kit.schema.load import load_schema
    from kit.workflow.returned import Checked, return_names, write_returned

    folder = PeriodPaths(places.out, made.period.code).returned
    if folder.is_dir():
        return
    tell.step("Marking")
    data = places.data_folder
    files = [file for file in collected_files(data) if file.plan_year == made.period.year]
    fresh = folder.with_name("returned.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    checked = Checked(naming(files, data), load_schema(), made.params, made.frames, made.findings)
    write_returned(return_names(files), checked, fresh)
    os.replace(fresh, folder)


def _with_results_rules(
    findings: DataFrame, results: DataFrame, frames: Mapping[str, DataFrame], *, period: Period, params: PlanParams
) -> DataFrame:
    """Add findings on results: a whole year's figures that are nearly those of its first half."""
    from kit.indicators.evaluate import evaluate, open_scope
    from kit.schema.load import load_schema
    from kit.validation.findings import joined_findings, load_catalogue
    from kit.validation.integrity.results import year_near_half

    if not period.is_year:
        return findings
    half = evaluate(open_scope(frames, params.period(f"{period.year}-H1"), params))
    catalogue = load_catalogue(load_schema())
    near = year_near_half(results, half, submissions=frames["submissions"], catalogue=catalogue)
    return joined_findings([findings, near])


def run(request: RunRequest, places: Places, *, tell: Teller) -> RunOutcome:
    """Check → evaluate → reports → period files; only what is out of date."""
    from kit import outcomes
    from kit.run import batch
    from kit.run.period import write_period_files
    from kit.session import OUT, require_unit

    made = prepare(request.period, places, tell=tell, force=request.force)
    if not request.dry_run:
        _send_back(made, places, tell=tell)
    units = tuple(require_unit(made, unit) for unit in request.units) or tuple(made.scope.tree.units)
    jobs = report_jobs(request, places, made, units=units) if request.formats else []
    reasons = batch.plan(jobs, force=request.force)
    if request.dry_run:
        return outcomes.planned(made, jobs, reasons)
    due = [job for job in jobs if job.unit_id in reasons]
    os.environ[OUT] = str(places.out.resolve())  # the notebooks' kernels find the store there
    workers = request.jobs or os.cpu_count() or 1
    built = []
    if due:
        with tell.counting("Building reports", len(due)) as counter:
            built = batch.build_all(due, workers, lambda done: counter.advance(f"{done.unit_id} {done.status}"))
    write_period_files(places.out, made, places.data_folder)
    return outcomes.finished(made, jobs, built, strict=request.strict)


def report_jobs(request: RunRequest, places: Places, made: PeriodData, *, units: tuple[str, ...]) -> list:
    """The report of each unit, with the digests of what it reads."""
    from kit import __version__
    from kit.run.batch import ReportJob
    from kit.store import digest, key_digest, stored_key

    notebook = find(Path("notebooks") / NOTEBOOK)
    if not notebook.is_file():
        raise UsageError(f"There is no notebook {NOTEBOOK}; run kit in the project folder, the one with notebooks/.")
    paths = PeriodPaths(places.out, made.period.code)
    inputs = {"data": key_digest(stored_key(paths.store)), "notebook": digest(notebook)}
    plan = places.params or Path("params") / f"plan-{made.period.year}.yaml"
    facts = {"version": __version__, "period": made.period.code, "date": made.period.cutoff.isoformat()}
    return [
        ReportJob(
            notebook=notebook,
            folder=paths.report(unit),
            formats=request.formats,
            parameters={"period": made.period.code, "unit": unit, "plan": str(plan), "data_dir": str(places.data)},
            facts={**facts, "unit": unit, "fictitious": made.notice},
            inputs=inputs,
        )
        for unit in units
    ]
