"""The results table as a whole (indicators.md, "The results table", "Status against the target")."""

from __future__ import annotations

import random
from fractions import Fraction

import pandas as pd
import pytest

from kit.indicators.catalog import INDICATORS
from kit.indicators.evaluate import evaluate, open_scope
from kit.indicators.model import RESULT_COLUMNS
from kit.params import PlanParams
from kit.report.tables import render_results_csv
from tests.indicators.frames import frames

ORDER = ["CS", "CD", "NT", "HD", "GY", "KP", "KT", "VM", "BC", "DL"]
UNITS = [
    {"unit_id": "TINH", "level": "province"},
    {"unit_id": "HU-01", "level": "district", "parent_id": "TINH"},
    {"unit_id": "XA-10", "parent_id": "HU-01"},
    {"unit_id": "XA-2", "parent_id": "HU-01"},
    {"unit_id": "XA-09", "parent_id": "HU-01", "valid_to": "2024-03-31", "successor_id": "XA-2"},
    {"unit_id": "XA-11", "parent_id": "HU-01", "valid_from": "2024-07-01"},
]
VALID = ["HU-01", "TINH", "XA-10", "XA-2"]
PARAMS = PlanParams(2024, targets={"CS-01": Fraction(70)})


def results(tables: dict[str, pd.DataFrame], *ids: str, params: PlanParams = PARAMS) -> pd.DataFrame:
    """The results of 2024-H1: of the indicators named, of all when none is."""
    chosen = [INDICATORS[id] for id in ids or INDICATORS]
    return evaluate(open_scope(tables, params.period("2024-H1"), params), chosen)


def some_day(chance: random.Random, start: str, days: int) -> str:
    return str((pd.Timestamp(start) + pd.Timedelta(days=chance.randrange(days))).date())


def random_frames(seed: int, *, shuffled: bool = False) -> dict[str, pd.DataFrame]:
    """Policies with random stages and communications by random units; ``shuffled``: the same rows in another order."""
    chance = random.Random(seed)
    columns = ["proposal_consultation_date", "draft_consultation_date", "appraisal_date", "adoption_date"]
    policies = []
    for number in range(12):
        dates = sorted(some_day(chance, "2023-08-01", 330) for _ in columns)
        known = {column: date for column, date in zip(columns, dates, strict=True) if chance.random() < 0.7}
        policies.append({"policy_id": f"P{number}", **known})
    units = [unit["unit_id"] for unit in UNITS]
    pairs = [(policy["policy_id"], unit) for policy in policies for unit in units if chance.random() < 0.5]
    activities = [
        {
            "_unit": chance.choice(units),
            "date": some_day(chance, "2023-08-01", 330),
            "kind": chance.choice(["policy_communication", "policy_communication", "awareness"]),
            "policy_id": f"P{chance.randrange(12)}",
            "attendances": chance.choice([None, chance.randrange(200)]),
            "contents": chance.choice([None, "1;2", "3;4;5;6;7"]),
            "_set_aside": chance.random() < 0.1,
        }
        for _ in range(60)
    ]
    budget = [
        {"_unit": chance.choice(units), "recorded_date": "2024-03-01", "allocated": 0.7, "spent": chance.random()}
        for _ in range(30)
    ]
    tables = {
        "units": list(UNITS),
        "policies": policies,
        "assignments": [{"policy_id": policy, "unit_id": unit} for policy, unit in pairs],
        "activities": activities,
        "budget": budget,
    }
    if shuffled:
        for rows in tables.values():
            chance.shuffle(rows)
    return frames(**tables)


def test_the_catalogue_has_the_32_indicators_in_the_order_of_the_page():
    assert len(INDICATORS) == 32
    assert list(dict.fromkeys(id[:2] for id in INDICATORS)) == ORDER
    for group in ORDER:
        numbers = [int(id[3:]) for id in INDICATORS if id.startswith(group)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_indicator_says_all_about_itself():
    for indicator in INDICATORS.values():
        assert all((indicator.title, indicator.question, indicator.formula, indicator.clause)), indicator.id
        assert indicator.question.endswith("?")
    assert [id for id, indicator in INDICATORS.items() if indicator.smaller_is_better] == ["CS-06", "CD-04"]
    assert [id for id, indicator in INDICATORS.items() if indicator.national_targets] == ["CS-01"]


def test_every_valid_unit_has_a_row_for_every_indicator_in_order():
    table = results(random_frames(1))
    assert list(table.columns) == RESULT_COLUMNS
    assert list(zip(table["unit_id"], table["indicator_id"], strict=True)) == [
        (unit, indicator) for unit in VALID for indicator in INDICATORS
    ]
    assert set(table["period"]) == {"2024-H1"}


def test_units_are_sorted_by_code_points():
    units = [{"unit_id": unit} for unit in ("XA-2", "XA-10", "XA1", "A", "Z")]
    assert list(results(frames(units=units), "CS-01", "BC-01")["unit_id"].unique()) == [
        "A",
        "XA-10",
        "XA-2",
        "XA1",
        "Z",
    ]


def test_without_any_row_only_the_return_of_reports_has_a_value():
    table = results(frames(units=UNITS))
    known = table.loc[table["value"].notna(), "indicator_id"]
    assert set(known) == {"BC-01", "BC-02"}
    assert set(table.loc[table["value"].isna(), "status"]) == {"no_data"}
    assert (table[["n_records", "excluded_records"]] == 0).all(axis=None)


def test_without_any_unit_the_table_is_empty_with_its_columns():
    table = results(frames())
    assert len(table) == 0 and list(table.columns) == RESULT_COLUMNS


def test_a_kind_of_indicator_fills_its_own_columns():
    table = results(random_frames(2)).set_index("indicator_id")
    for id, indicator in INDICATORS.items():
        rows = table.loc[id]
        if indicator.kind == "sum":
            assert rows["denominator"].isna().all() and rows["numerator"].equals(rows["value"]), id
        elif indicator.kind == "median":
            assert rows["numerator"].isna().all() and rows["denominator"].notna().all(), id
        else:
            assert rows["denominator"].notna().all(), id
            filled = rows.loc[rows["value"].notna()]
            assert ((filled["numerator"] * 100 / filled["denominator"] - filled["value"]).abs() < 1e-9).all(), id
            assert (rows["value"].isna() == ((rows["denominator"] == 0) | rows["numerator"].isna())).all(), id
        assert set(rows["unit"]) == {indicator.unit}


@pytest.mark.parametrize("seed", range(5))
def test_full_coverage_never_exceeds_any_coverage(seed: int):
    table = results(random_frames(seed), "CS-01", "CS-02").set_index(["indicator_id", "unit_id"])
    full, any_one = table.loc["CS-01"], table.loc["CS-02"]
    assert (full["numerator"] <= any_one["numerator"]).all()
    assert full["denominator"].equals(any_one["denominator"])
    assert full["denominator"].sum() > 0 and (full["numerator"] < any_one["numerator"]).any()


def test_the_order_of_rows_does_not_change_a_byte():
    assert render_results_csv(results(random_frames(3))) == render_results_csv(results(random_frames(3, shuffled=True)))


def test_evaluating_leaves_the_tables_alone():
    tables = random_frames(4)
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    results(tables)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(tables[name], frame)


def test_one_indicator_alone_gives_the_same_row_as_in_the_whole():
    scope = open_scope(random_frames(5), PARAMS.period("2024-H1"), PARAMS)
    whole = evaluate(scope)
    alone = evaluate(scope, [INDICATORS["CS-04"]])
    pd.testing.assert_frame_equal(alone, whole.loc[whole["indicator_id"] == "CS-04"].reset_index(drop=True))


@pytest.mark.parametrize(
    ("spent", "target", "status"),
    [
        (70, 70, "met"),
        (100, 70, "met"),
        (69.999999, 70, "nearly"),
        (63, 70, "nearly"),
        (62.999999, 70, "not_met"),
        (0, 70, "not_met"),
        (0, 0, "met"),
        (33.3, 37, "nearly"),  # 0.9 × 37 = 33.3, which binary floating point misses
        (29.7, 33, "nearly"),
    ],
)
def test_larger_is_better_and_compared_unrounded(spent: float, target: int, status: str):
    params = PlanParams(2024, targets={"KP-01": Fraction(target)})
    line = {"_unit": "A", "recorded_date": "2024-03-01", "allocated": 100, "spent": spent}
    table = results(frames(units=[{"unit_id": "A"}], budget=[line]), "KP-01", params=params).set_index("indicator_id")
    assert (table.at["KP-01", "status"], table.at["KP-01", "target"]) == (status, target)
    assert table.at["KP-01", "status_national"] == "no_target"


def test_a_target_that_no_binary_number_hits_is_met_exactly():
    params = PlanParams(2024, targets={"KP-01": Fraction("0.3")})
    line = {"_unit": "A", "recorded_date": "2024-03-01", "allocated": 1000, "spent": 3}
    table = results(frames(units=[{"unit_id": "A"}], budget=[line]), "KP-01", params=params).set_index("indicator_id")
    assert table.at["KP-01", "status"] == "met"


def test_the_national_target_stands_beside_the_declared_one():
    table = results(frames(units=[{"unit_id": "A"}])).set_index("indicator_id")
    assert (table.at["CS-01", "target"], table.at["CS-01", "target_national"]) == (70, 100)
    assert table.drop("CS-01")[["target", "target_national"]].isna().all(axis=None)


@pytest.mark.parametrize(("year", "target"), [(2019, None), (2021, None), (2022, 70), (2023, 100), (2027, 100)])
def test_the_national_target_depends_on_the_year(year: int, target: int | None):
    assert INDICATORS["CS-01"].national_target(year) == target
    assert INDICATORS["CS-02"].national_target(year) is None
