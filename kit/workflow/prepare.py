"""The period's store: there and current, or read, checked, evaluated and written anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from kit.params import PlanParams
from kit.paths import PeriodPaths
from kit.periods import Period
from kit.workflow.places import Places, period_and_params

if TYPE_CHECKING:
    from pandas import DataFrame

    from kit.console import Teller
    from kit.run.pools import Pool
    from kit.store import PeriodData


@dataclass(frozen=True)
class Prepared:
    """A period whose store is current. ``key`` is what the store was made from; its tables are read when asked for."""

    period: Period
    params: PlanParams
    places: Places
    key: Mapping[str, str]

    @property
    def paths(self) -> PeriodPaths:
        """Where the period's files lie."""
        return PeriodPaths(self.places.out, self.period.code)

    @property
    def is_current(self) -> bool:
        """True when the store at hand was made from today's inputs by this code."""
        from kit.digests import stored_key

        return stored_key(self.paths.store) == self.key

    @cached_property
    def data(self) -> PeriodData:
        """The period's tables, findings and results."""
        from kit.store import read_store

        return read_store(self.paths.store, self.period, self.params)

    @cached_property
    def tables(self) -> dict[str, bytes]:
        """The period's results and findings as files."""
        from kit.run.period import render_tables

        return render_tables(self.data)


def open_prepared(code: str, places: Places) -> Prepared:
    """Return a period as its inputs stand now, whether or not its store is current."""
    from kit.digests import input_key

    period, params, params_file = period_and_params(code, places)
    return Prepared(period, params, places, input_key(places.data_folder, params_file))


def prepare(code: str, places: Places, *, tell: Teller) -> Prepared:
    """Return a period with a current store; it is made anew, under the lock of its folder, when inputs changed."""
    from kit.run.lock import hold

    made = open_prepared(code, places)
    if made.is_current:
        tell.step("Data unchanged since the last check")
    else:
        with hold(made.paths.folder, f"checking {code}"):
            build_store(made, tell=tell)
    return made


def build_store(made: Prepared, pool: Pool | None = None, *, tell: Teller) -> None:
    """Read, check, evaluate and store a period; a pool's workers take a share of it. Raises ``WriteError``."""
    from kit.run.files import explained

    with explained(made.paths.folder):
        _build_store(made, pool, tell=tell)


def _build_store(made: Prepared, pool: Pool | None, *, tell: Teller) -> None:
    from kit.collect.read import read_data
    from kit.digests import read_notice
    from kit.indicators.evaluate import evaluate, open_scope
    from kit.indicators.series import comparison_periods, evaluate_series, in_order, joined_series
    from kit.schema.load import load_schema
    from kit.store import EngineRecord, PeriodData, files_frame, write_store
    from kit.validation.check import check as check_tables
    from kit.validation.corrections import load_corrections
    from kit.validation.corrections_apply import apply_corrections

    data, schema, period, params = made.places.data_folder, load_schema(), made.period, made.params
    tell.step("Reading files")
    raw = apply_corrections(read_data(data, schema), load_corrections(data, schema), schema, cutoff=period.cutoff)
    tell.step("Checking")
    tables, report = check_tables(raw, schema, params=params, period=period)
    tell.step("Computing indicators")
    earlier = [
        partial(evaluate_series, tables.frames, [one], params, now=period)
        for one in in_order(comparison_periods(period))
    ]
    if pool:
        from kit.run.pools import called

        earlier = [pool.submit(called, one).result for one in earlier]
    results = evaluate(open_scope(tables.frames, period, params))
    findings = _with_results_rules(report.findings, results, tables.frames, period=period, params=params)
    notice, files, series = read_notice(data), files_frame(raw.files), joined_series([one() for one in earlier])
    whole = PeriodData(period, params, tables.frames, findings, results, notice, files, series)
    shutil.rmtree(made.paths.returned, ignore_errors=True)  # of older data
    write_store(made.paths.store, whole, made.key, engine=EngineRecord(report.suites, report.results))


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


def send_back(made: Prepared, ended: Event) -> None:
    """Write the workbooks that go back to the units of the plan year, unless those at hand are of the same data.

    They are put in place together; none is when ``ended`` is set before all are written.
    """
    from kit.collect.files import collected_files, naming
    from kit.run.files import explained
    from kit.schema.load import load_schema
    from kit.workflow.returned import Checked, return_names, write_returned

    folder, data = made.paths.returned, made.places.data_folder
    if folder.is_dir():
        return
    files = [file for file in collected_files(data) if file.plan_year == made.period.year]
    fresh: Path = folder.with_name("returned.new")
    checked = Checked(naming(files, data), load_schema(), made.params, made.data.frames, made.data.findings)
    with explained(made.paths.folder):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for file, name in return_names(files).items():
            if ended.is_set():
                return
            write_returned({file: name}, checked, fresh)
        if not ended.is_set():
            os.replace(fresh, folder)
