"""``kit check``: named files, or everything collected → findings, and each faulty workbook back with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import UsageError
from kit.params import PlanParams, load_plan_params
from kit.paths import find
from kit.periods import Period
from kit.workflow.places import Places, period_and_params

if TYPE_CHECKING:
    from kit.console import Teller
    from kit.outcomes import CheckOutcome


def check(paths: Sequence[Path], places: Places, *, period_code: str | None, tell: Teller) -> CheckOutcome:
    """Check named files, or everything collected; write findings.csv and returned/ under ``places.out``."""
    from kit import outcomes
    from kit.collect.files import collected_files, named_files, naming, source_names
    from kit.collect.read import read_data
    from kit.report.tables import render_findings_csv
    from kit.run.files import write_whole
    from kit.schema.load import load_schema
    from kit.validation.check import check as check_tables
    from kit.validation.corrections import load_corrections
    from kit.validation.corrections_apply import apply_corrections
    from kit.workflow.returned import Checked, return_names, write_returned

    data, schema = places.data_folder, load_schema()
    period, params = _check_context(period_code, places)
    tell.step("Reading files")
    try:
        raw = read_data(data, schema, named=paths)
    except FileNotFoundError as error:
        raise UsageError(f"There is no file or folder '{error}'.") from None
    raw = apply_corrections(raw, load_corrections(data, schema), schema, cutoff=period.cutoff if period else None)
    tell.step("Checking")
    tables, report = check_tables(raw, schema, params=params, period=period)
    outcome = outcomes.check_outcome(raw, report.findings, only=source_names(paths, data) if paths else None)
    places.out.mkdir(parents=True, exist_ok=True)
    write_whole(places.out / "findings.csv", render_findings_csv(outcome.findings).encode())
    tell.step("Marking")
    files = named_files(paths, data) if paths else collected_files(data)
    checked = Checked(naming(files, data), schema, params, tables.frames, report.findings)
    return replace(outcome, returned=write_returned(return_names(files), checked, places.out / "returned"))


def _check_context(code: str | None, places: Places) -> tuple[Period | None, PlanParams]:
    """Without a period the newest parameter file at hand serves: rules that need a cut-off do not run anyway."""
    if code:
        period, params, _ = period_and_params(code, places)
        return period, params
    found = sorted(find("params").glob("plan-*.yaml"))
    path = find(places.params) if places.params else found[-1] if found else None
    return None, load_plan_params(path) if path else PlanParams(plan_year=2024)
