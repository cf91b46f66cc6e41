"""``kit template``: the empty entry workbook of one unit, or of every unit of a plan year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import UsageError
from kit.params import PlanParams, load_plan_params
from kit.paths import find
from kit.workflow.places import Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame

    from kit.console import Teller
    from kit.schema.model import Schema

_PLAN = re.compile(r"plan-([0-9]{4})\.ya?ml")


@dataclass(frozen=True)
class TemplateOrder:
    """What ``kit template`` was asked for: one unit, or ``every`` unit of the year; ``output``: a file or a folder."""

    unit: str | None
    year: int
    every: bool = False
    full: bool = False
    output: Path | None = None


def template(order: TemplateOrder, places: Places, *, tell: Teller) -> list[Path]:
    """Write the workbooks; return their paths. Raises ``UsageError`` for an unknown unit or year."""
    from kit.collect.template import template_content
    from kit.collect.template_offers import Offers, units_of
    from kit.collect.workbook import render_workbook
    from kit.run.files import write_whole
    from kit.schema.load import load_schema

    _require_order(order)
    schema, params = load_schema(), template_params(order.year, places, tell=tell)
    tell.step("Reading files")
    frames = typed_frames(places.data_folder, schema)
    units = [order.unit] if order.unit else units_of(frames["units"], order.year)
    if not units:
        raise UsageError(f"No unit exists in {order.year}; see reference/units.csv in the data folder.")
    written, offers = [], Offers(frames, order.year, params)
    for name in units:
        content = template_content(schema, offers, name, full=order.full)
        path = _path(order, places, content.unit.unit_id)
        write_whole(path, render_workbook(schema, content))
        written.append(path)
    return written


def _require_order(order: TemplateOrder) -> None:
    if bool(order.unit) == order.every:
        raise UsageError("Name one unit (kit template XA-01 --year 2024), or ask for all with --all.")
    if order.year not in range(2000, 2100):
        found = f"found {order.year}" if order.year else "none was given"
        raise UsageError(f"--year takes a plan year like 2024; {found}.")


def _path(order: TemplateOrder, places: Places, unit: str) -> Path:
    """``-o`` names the file of one unit, or the folder of several; a folder that exists is one in either case."""
    folder = places.out / str(order.year)
    if order.output is None:
        return folder / f"{unit}.xlsx"
    if order.every or order.output.is_dir():
        return order.output / f"{unit}.xlsx"
    if order.output.suffix.lower() != ".xlsx":
        raise UsageError(f"'{order.output}' is no folder and does not end in .xlsx; name a file like {unit}.xlsx.")
    return order.output


def template_params(year: int, places: Places, *, tell: Teller) -> PlanParams:
    """Return the parameters of the plan year; before these are written, those of the last plan before it serve."""
    named = places.params
    if named or find(Path("params") / f"plan-{year}.yaml").is_file():
        return load_plan_params(places.params_file(year))
    folder = find("params")
    earlier = [p for p in folder.glob("plan-*") if _PLAN.fullmatch(p.name)] if folder.is_dir() else []
    earlier = sorted(path for path in earlier if int(_PLAN.fullmatch(path.name)[1]) < year)
    if not earlier:
        tell.step(f"There is no params/plan-{year}.yaml: periods and deadlines are those of the kit")
        return PlanParams(plan_year=year)
    tell.step(f"There is no params/plan-{year}.yaml: periods and deadlines as in {earlier[-1].name}")
    return replace(load_plan_params(earlier[-1]), plan_year=year)


def typed_frames(data: Path, schema: Schema) -> Mapping[str, DataFrame]:
    """Read a data folder into typed frames without judging them: no engine is imported."""
    from kit.collect.read import read_data
    from kit.validation.conform import conform, sizes
    from kit.validation.findings import load_catalogue
    from kit.validation.keys import canonical_references
    from kit.validation.marks import Ledger

    raw = read_data(data, schema)
    ledger = Ledger(schema, load_catalogue(schema), sizes(raw, schema))
    return canonical_references(conform(raw, schema, ledger).frames, schema, ledger)
