"""The hand-worked cases of ``tests/cases/indicators``: one file per indicator, one case per sentence of the definition.

A case says ``name`` (a sentence), ``period``, ``input`` (rows by table), ``expected`` (unit → cells of its result) and
``why`` (the arithmetic by hand). What ``input`` leaves out is usual: one commune XA-01, a row is reported by XA-01 in
the workbook of the period's year. ``unit``, ``year``, ``set_aside`` and ``error`` say otherwise for a row;
``communications`` are activities of the kind ``policy_communication``. ``missing`` is an empty cell, ``absent`` a unit
without a row. Values are compared as printed with two decimals, numerators and denominators exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from kit.indicators.catalog import INDICATORS
from kit.indicators.evaluate import evaluate, open_scope
from kit.params import plan_params
from kit.schema.load import load_schema
from tests.indicators.frames import frames

FOLDER = Path(__file__).parents[1] / "cases" / "indicators"
SETTINGS = {
    "scheme": "scheme",
    "targets": "targets",
    "grace": "start_grace_days",
    "reading_date": "reading_date",
    "holidays": "holidays",
    "deadline_working_days": "deadline_working_days",
}
MARKS = {"unit": "_unit", "year": "_year", "set_aside": "_set_aside", "error": "_has_error"}
NEEDED = {"name", "period", "input", "expected", "why"}


@dataclass(frozen=True)
class Case:
    """One case of one indicator, as written."""

    indicator: str
    raw: dict[str, Any]

    @property
    def name(self) -> str:
        """The test id: indicator and sentence."""
        return f"{self.indicator}: {self.raw['name']}"

    def results(self) -> pd.DataFrame:
        """The indicator's rows of the results table, indexed by unit."""
        given = {SETTINGS[key]: value for key, value in self.raw.items() if key in SETTINGS}
        code = self.raw["period"]
        year = int(code.rpartition("..")[2][:4])
        params = plan_params({"plan_year": year, **given}, self.name)
        scope = open_scope(_frames(self.raw["input"], year), params.period(code), params)
        return evaluate(scope, [INDICATORS[self.indicator]]).set_index("unit_id")


def load_cases() -> list[Case]:
    """All cases, in the order of files and within them."""
    return [
        Case(path.stem, raw)
        for path in sorted(FOLDER.glob("*.yaml"))
        for raw in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _frames(tables: dict[str, list[dict]], year: int) -> dict[str, pd.DataFrame]:
    schema = load_schema()
    given = {"units": [{"unit_id": "XA-01"}], **tables}
    told = [{"kind": "policy_communication", **row} for row in given.pop("communications", [])]
    given["activities"] = [*given.get("activities", []), *told]
    usual = {"unit": "XA-01", "year": year}
    return frames(
        **{
            name: [_marked({**usual, **row} if schema.tables[name].collected else row) for row in rows]
            for name, rows in given.items()
        }
    )


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    return {MARKS.get(key, key): value for key, value in row.items()}
