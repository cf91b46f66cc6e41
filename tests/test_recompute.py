"""results.csv against the independent implementation of indicators.md (tests/reference), on random data sets."""

from __future__ import annotations

import csv
import io

import pytest

from kit.collect.read import read_data
from kit.indicators.evaluate import evaluate, open_scope
from kit.params import plan_params
from kit.report.tables import render_results_csv
from kit.schema.load import load_schema
from kit.validation.check import check
from tests.reference.generate import generate
from tests.reference.recompute import recompute

TARGETS = {"CS-01": 70, "CD-01": 100, "CS-06": 10, "CD-04": 2, "NT-01": 5, "KP-01": 80.5}
COMPARED = ("numerator", "denominator", "value", "target", "target_national", "status", "status_national")
COMPARED += ("n_records", "excluded_records")
RUNS = (
    ("2024-H1", "nd09"),
    ("2024-Y", "nd09"),
    ("2025-H2", "nd09"),
    ("2025-9M", "calendar"),
    ("2024-Q1", "calendar"),
    ("2023-11-20..2024-04-30", "nd09"),
)


def kit_rows(data_dir, period: str, scheme: str) -> list[dict[str, str]]:
    schema = load_schema()
    params = plan_params({"plan_year": 2024, "scheme": scheme, "targets": TARGETS}, "test")
    asked = params.period(period)
    tables, _ = check(read_data(data_dir, schema), schema, params=params, period=asked)
    text = render_results_csv(evaluate(open_scope(tables.frames, asked, params)))
    return list(csv.DictReader(io.StringIO(text)))


def differences(data_dir, period: str, scheme: str) -> list[str]:
    ours = {(row["unit_id"], row["indicator_id"]): row for row in kit_rows(data_dir, period, scheme)}
    other = recompute(data_dir, period, scheme=scheme, targets=TARGETS)
    assert list(ours) == [(row["unit_id"], row["indicator_id"]) for row in other]
    return [
        f"{row['unit_id']} {row['indicator_id']} {name}: {ours[row['unit_id'], row['indicator_id']][name]} ≠ {row[name]}"
        for row in other
        for name in COMPARED
        if ours[row["unit_id"], row["indicator_id"]][name] != row[name]
    ]


@pytest.mark.parametrize("error_rate", [0.0, 0.1])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_recomputed_alike(tmp_path, seed, error_rate):
    generate(tmp_path, seed=seed, units=40, error_rate=error_rate)
    wrong = {run: differences(tmp_path, *run) for run in RUNS}
    assert not {run: found[:10] for run, found in wrong.items() if found}
