"""The comparison finds what differs and nothing else."""

from __future__ import annotations

import csv

import pytest

from .compare import differences, read_results
from .recompute import COLUMNS, recompute
from .small_data import SmallData


@pytest.fixture
def rows(tmp_path):
    return recompute(SmallData(tmp_path).sent("XA-01").folder, "2024-H1", holidays=[])


def test_equal_rows_do_not_differ(rows, tmp_path):
    with (tmp_path / "results.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    assert differences(rows, read_results(tmp_path / "results.csv")) == []


def test_cell_row_and_order_are_named(rows):
    changed = [rows[0] | {"status": "met"}, *rows[1:]]
    assert differences(rows, changed) == ["('HU-01', 'CS-01') status: expected 'no_data', found 'met'"]
    assert differences(rows, rows[1:]) == ["('HU-01', 'CS-01'): missing"]
    assert differences(rows[1:], rows) == ["('HU-01', 'CS-01'): not expected"]
    assert differences(rows, rows[::-1]) == ["rows are in another order"]


def test_other_columns_are_refused(tmp_path):
    (tmp_path / "results.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        read_results(tmp_path / "results.csv")
