"""Great Expectations runs the neutral rules: its crashes are no findings, its suites load again."""

from __future__ import annotations

import json

import great_expectations
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
import pytest

from kit.errors import EngineError
from kit.schema.rules import NeutralRule, neutral_rules
from kit.validation import gx
from tests.validation.raw_rows import SCHEMA, check_rows

RULE = NeutralRule("t.a.minimum", "below-minimum", "t", "minimum", ("a",), "a", minimum=0)
FRAME = pd.DataFrame({"a": pd.Series([1, -1, None], dtype="Int64")})
KEYS = pd.Series(["x", "y", "z"], dtype="str")


def test_unexpected_rows_come_back_by_rule():
    run = gx.run_rules("t", FRAME, [RULE], keys=KEYS)
    assert {name: rows.tolist() for name, rows in run.unexpected.items()} == {"t.a.minimum": [1]}


def test_a_crash_of_the_engine_is_an_engine_error(monkeypatch):
    # The column is not in the frame: the engine answers with a failed result and an exception inside.
    monkeypatch.setattr(gx, "gx_frame", lambda frame, rules, keys: pd.DataFrame({"_row_number": np.arange(3)}))
    with pytest.raises(EngineError, match="t.a.minimum"):
        gx.run_rules("t", FRAME, [RULE], keys=KEYS)


def test_equal_expectations_that_merge_are_an_engine_error(monkeypatch):
    monkeypatch.setattr(gx, "expectation", lambda rule: gxe.ExpectColumnValuesToNotBeNull(column="a", meta={}))
    with pytest.raises(EngineError, match="merged|answer"):
        gx.run_rules("t", FRAME, [RULE, NeutralRule("t.b", "x", "t", "required", ("a",), "a")], keys=KEYS)


def test_suites_and_results_are_json_and_suites_load_again():
    report = check_rows(activities=[{"form": "lạ"}]).report
    assert set(report.suites) == set(SCHEMA.tables)
    for name, suite in report.suites.items():
        loaded = great_expectations.ExpectationSuite(**json.loads(json.dumps(suite)))
        rules = neutral_rules(SCHEMA, SCHEMA.tables[name])
        assert [item.meta["rule"] for item in loaded.expectations] == [rule.id for rule in rules]
    stored = json.loads(json.dumps(report.results["activities"]))
    failed = [item for item in stored["results"] if not item["success"]]
    assert [item["expectation_config"]["meta"]["rule"] for item in failed] == ["activities.form.codes"]
    assert failed[0]["result"]["unexpected_count"] == 1


def test_every_neutral_rule_has_an_expectation_of_its_own():
    for table in SCHEMA.tables.values():
        rules = neutral_rules(SCHEMA, table)
        assert len({rule.id for rule in rules}) == len(rules)
        assert {gx.expectation(rule).meta["rule"] for rule in rules} == {rule.id for rule in rules}
