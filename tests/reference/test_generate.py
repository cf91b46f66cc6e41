"""The generator: clean data is clean, every error is the one that was meant, the same seed gives the same bytes."""

from __future__ import annotations

import csv

import pytest

from .error_kinds import ERROR_KINDS
from .generate import generate
from .recompute import found_errors, recompute

ADDRESS = ("unit_id", "year", "table", "row", "field", "sets_aside")


def _expected(folder):
    with (folder / "expected_errors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _addresses(errors):
    return sorted(tuple(error[name] for name in ADDRESS) for error in errors)


@pytest.mark.parametrize("seed", range(5))
def test_data_without_errors_has_none(tmp_path, seed):
    folder = generate(tmp_path, seed=seed, units=25)
    assert found_errors(folder) == [] and _expected(folder) == []


@pytest.mark.parametrize("seed", range(5))
def test_every_planted_error_is_found_and_no_other(tmp_path, seed):
    folder = generate(tmp_path, seed=seed, units=25, error_rate=0.3)
    planted = [error for error in _expected(folder) if error["row"]]
    assert planted and _addresses(planted) == _addresses(found_errors(folder))


def test_every_kind_of_error_can_happen(tmp_path):
    folder = generate(tmp_path, seed=1, units=40, error_rate=0.01, error_kinds=tuple(ERROR_KINDS))
    planted = [error for error in _expected(folder) if error["row"]]
    assert _addresses(planted) == _addresses(found_errors(folder))
    cells = {(error["table"], error["field"]) for error in planted}
    for kind in ERROR_KINDS:
        what, _, where = kind.partition(":")
        if "." in where:
            assert tuple(where.split(".")) in cells, kind


def test_single_kind_is_planted_alone(tmp_path):
    folder = generate(tmp_path, seed=3, units=20, error_rate=0.1, error_kinds=("negative:activities.attendances",))
    assert {(error["kind"], error["sets_aside"]) for error in _expected(folder)} == {("negative", "cell")}


def test_unknown_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no error kind"):
        generate(tmp_path, seed=1, error_rate=0.1, error_kinds=("nonsense",))


def test_same_seed_gives_the_same_bytes_and_figures(tmp_path):
    first, second = (generate(tmp_path / name, seed=7, units=20, error_rate=0.1) for name in ("a", "b"))
    names = sorted(path.relative_to(first) for path in first.rglob("*.csv"))
    assert names == sorted(path.relative_to(second) for path in second.rglob("*.csv"))
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert recompute(first, "2024-Y") == recompute(second, "2024-Y")


@pytest.mark.parametrize("period", ["2023-H1", "2024-Y", "2025-Y", "2025-H1", "2023-04-01..2024-04-30"])
def test_full_coverage_never_exceeds_any_coverage(tmp_path, period):
    folder = generate(tmp_path, seed=11, units=40, error_rate=0.05)
    rows = recompute(folder, period, holidays=[])
    shares = {(row["unit_id"], row["indicator_id"]): row for row in rows}
    for (unit_id, indicator), row in shares.items():
        if indicator == "CS-01":
            any_stage = shares[unit_id, "CS-02"]
            assert int(row["numerator"]) <= int(any_stage["numerator"])
            assert row["denominator"] == any_stage["denominator"]
