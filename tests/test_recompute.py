"""results.csv against the independent implementation of indicators.md (tests/reference), on random data sets.

Larger sets, through the command line: ``make recompute``.
"""

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
from tests.reference.compare import differences
from tests.reference.generate import generate
from tests.reference.recompute import recompute

TARGETS = {"CS-01": 70, "CD-01": 100, "CS-06": 10, "CD-04": 2, "NT-01": 5, "KP-01": 80.5}
RUNS = (
    (1, 0.0, "2024-H1", "nd09"),
    (2, 0.1, "2024-Y", "nd09"),
    (3, 0.1, "2025-H2", "nd09"),
    (4, 0.1, "2025-9M", "calendar"),
    (5, 0.1, "2023-11-20..2024-04-30", "nd09"),
)


@pytest.mark.parametrize(("seed", "error_rate", "period", "scheme"), RUNS)
def test_every_figure_is_recomputed_alike(tmp_path, seed, error_rate, period, scheme):
    generate(tmp_path, seed=seed, units=40, error_rate=error_rate)
    schema = load_schema()
    params = plan_params({"plan_year": 2024, "scheme": scheme, "targets": TARGETS}, "test")
    asked = params.period(period)
    tables, _ = check(read_data(tmp_path, schema), schema, params=params, period=asked)
    text = render_results_csv(evaluate(open_scope(tables.frames, asked, params)))
    ours = list(csv.DictReader(io.StringIO(text)))
    assert len(ours) >= 32 * 10
    assert not differences(recompute(tmp_path, period, scheme=scheme, targets=TARGETS), ours)
