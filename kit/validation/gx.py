"""Great Expectations runs the neutral rules: the only door to the engine, imported late (it takes seconds).

One run per table for all units together, on one pandas batch. Nothing leaves the process: an ephemeral context,
analytics and progress bars off, no files. Results say which rows are unexpected, never why: words come from the
catalogue of findings. The engine turns its own crashes into failed results; here they are ``EngineError``.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read when the package is imported

import great_expectations as gx
import numpy as np
import pandas as pd
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from kit.errors import EngineError
from kit.schema.rules import NeutralRule
from kit.validation.gx_expectations import expectation
from kit.validation.gx_frame import ROW, gx_frame

_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [ROW],
    "include_unexpected_rows": False,
}
# What a stored result keeps: counts and examples, not hundreds of thousands of values.
_KEPT = frozenset(
    {
        *("element_count", "missing_count", "unexpected_count", "unexpected_percent"),
        *("partial_unexpected_list", "partial_unexpected_index_list", "unexpected_index_column_names"),
    }
)


@dataclass(frozen=True)
class TableRun:
    """One run: row positions by rule id, and the suite and result as JSON-able dicts a GX user can load."""

    unexpected: Mapping[str, np.ndarray]
    suite: dict[str, Any]
    result: dict[str, Any]


def run_rules(name: str, frame: pd.DataFrame, rules: Sequence[NeutralRule], *, keys: pd.Series) -> TableRun:
    """Run the rules of one table over a candidate frame (positions 0…n-1); ``keys`` are its folded row keys.

    Raises ``EngineError`` when the engine crashed on an expectation, or did not answer for every rule.
    """
    suite = gx.ExpectationSuite(name=name, expectations=[expectation(rule) for rule in rules])
    if len(suite.expectations) != len(rules):
        raise EngineError(f"Great Expectations merged equal expectations of table '{name}'.")
    if frame.empty:  # nothing to judge: half a second saved for each such table
        return TableRun({rule.id: np.empty(0, dtype=np.int64) for rule in rules}, suite.to_json_dict(), {})
    outcome = _validated(name, gx_frame(frame, rules, keys), suite)
    found = {_rule_id(result): result for result in outcome.results}
    if set(found) != {rule.id for rule in rules} or len(outcome.results) != len(rules):
        raise EngineError(f"Great Expectations did not answer for every rule of table '{name}'.")
    unexpected = {rule.id: _rows(found[rule.id], rule.id) for rule in rules}
    return TableRun(unexpected, suite.to_json_dict(), _stored(outcome, rules=found))


def _validated(name: str, frame: pd.DataFrame, suite: gx.ExpectationSuite):
    """Validate on an ephemeral context of our own, so that runs do not see each other."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = gx.get_context(mode="ephemeral", project_config=_context_config())
        asset = context.data_sources.add_pandas("kit").add_dataframe_asset(name)
        whole = asset.add_batch_definition_whole_dataframe("all_units")
        batch = whole.get_batch(batch_parameters={"dataframe": frame})
        return batch.validate(suite, result_format=_RESULT_FORMAT)


def _context_config() -> DataContextConfig:
    """Everything in memory: no folder for data docs, no analytics, no progress bars."""
    return DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )


def _rule_id(result) -> str:
    return (result.expectation_config.meta or {}).get("rule", "")


def _rows(result, rule_id: str) -> np.ndarray:
    """Return positions of unexpected rows; a crash of the engine is never bad data."""
    raised = _exception(result.exception_info)
    if raised:
        raise EngineError(f"Great Expectations failed on rule '{rule_id}': {raised}")
    found = result.result.get("unexpected_index_list") or []
    if len(found) != result.result.get("unexpected_count", 0) or bool(found) == result.success:
        raise EngineError(f"Great Expectations counts other rows than it names for rule '{rule_id}'.")
    return np.array(sorted(item[ROW] for item in found), dtype=np.int64)


def _exception(info: Mapping[str, Any] | None) -> str:
    """Return the engine's own error: ``exception_info`` is one record, or one for each metric."""
    records = [info] if info and "raised_exception" in info else list((info or {}).values())
    messages = [str(record.get("exception_message")) for record in records if record.get("raised_exception")]
    return "; ".join(messages)


def _stored(outcome, *, rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return the run's result as a JSON-able dict: per expectation what was asked, counts and examples."""
    results = []
    for result in rules.values():
        result.result = {name: value for name, value in result.result.items() if name in _KEPT}
        results.append(result.to_json_dict())
    return {
        "success": bool(outcome.success),
        "suite_name": outcome.suite_name,
        "statistics": dict(outcome.statistics),
        "results": results,
    }
