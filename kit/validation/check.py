"""The one public door of validation: raw tables → typed tables and a report. Pure: no disk, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kit.collect.raw import RawTables
from kit.params import PlanParams
from kit.periods import Period
from kit.schema.model import Schema
from kit.schema.rules import neutral_rules
from kit.validation.addresses import findings_frame, problem_marks
from kit.validation.conform import Candidates, conform, sizes
from kit.validation.findings import load_catalogue
from kit.validation.integrity import Checked, integrity_marks
from kit.validation.integrity.targets import target_marks
from kit.validation.judged import record_run
from kit.validation.keys import canonical_references, row_keys
from kit.validation.lazy_import import lazily
from kit.validation.marks import Ledger
from kit.validation.readings import read_anew
from kit.validation.tables import Tables, settle

# Great Expectations imports them for expectations that no rule of ours has; they take longer than the rest of it.
_NOT_USED = ("altair", "jsonschema", "scipy.stats")


@dataclass(frozen=True)
class ValidationReport:
    """``findings`` as contracts.md has them; per table the suite and the result of Great Expectations as JSON-able
    dicts (``great_expectations.ExpectationSuite(**suites["activities"])`` loads one)."""

    findings: pd.DataFrame
    suites: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    results: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def check(
    raw: RawTables, schema: Schema, *, params: PlanParams, period: Period | None = None
) -> tuple[Tables, ValidationReport]:
    """Type all raw rows and check every rule of data-model.md.

    Without a period nothing is judged against a cut-off. Bad data never raises; ``EngineError`` and
    ``DeclarationError`` do.
    """
    ledger = Ledger(schema, load_catalogue(schema), sizes(raw, schema))
    candidates = conform(raw, schema, ledger)
    problem_marks(raw, ledger)
    frames = read_anew(canonical_references(candidates.frames, schema, ledger), schema, ledger)
    candidates = Candidates(frames, raw)
    suites, results = _run_engine(candidates, ledger)
    integrity_marks(Checked(frames, ledger, params=params, period=period))
    ledger.add(target_marks(params))
    tables = settle(candidates, ledger)
    return tables, ValidationReport(findings_frame(candidates, ledger), suites, results)


def _run_engine(candidates: Candidates, ledger: Ledger) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run the neutral rules of every table that has rows."""
    with lazily(*_NOT_USED):
        from kit.validation.gx import run_rules  # the engine takes seconds to import

    suites, results = {}, {}
    for table in ledger.schema.tables.values():
        frame = candidates.frames[table.name]
        rules = neutral_rules(ledger.schema, table)
        keys = row_keys(frame, table)
        run = run_rules(table.name, frame, rules, keys=keys)
        suites[table.name], results[table.name] = run.suite, run.result
        found = [(rule, run.unexpected[rule.id]) for rule in rules]
        record_run(table, frame, rules=found, keys=keys, ledger=ledger)
    return suites, results
