"""Earlier periods: which are compared, what is missing rather than 0, and where a unit's series is broken."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kit.indicators.rollup import build_tree
from kit.indicators.series import NOT_COLLECTED, comparison_periods, empty_series, evaluate_series, series_breaks
from kit.params import PlanParams
from kit.periods import parse_period
from tests.indicators.frames import frames, typed

THEN, NOW, AFTER = date(2023, 6, 14), date(2024, 6, 14), date(2025, 12, 14)
DISTRICT = {"unit_id": "HU", "name": "Huyện Mẫu", "level": "district", "parent_id": "TINH", "valid_to": "2025-06-30"}
UNITS = [
    {"unit_id": "TINH", "name": "Tỉnh Mẫu", "level": "province"},
    DISTRICT,
    {"unit_id": "XA-1", "name": "Xã Một", "parent_id": "HU"},
    {"unit_id": "XA-2", "name": "Xã Hai", "parent_id": "HU", "valid_to": "2024-03-31", "successor_id": "XA-1"},
    {"unit_id": "XA-3", "name": "Xã Ba", "parent_id": "HU", "valid_from": "2024-01-01"},
    {"unit_id": "XA-4", "name": "Xã Bốn", "parent_id": "HU"},
]


@pytest.mark.parametrize(
    ("code", "compared"),
    [
        ("2024-H1", ["2023-H2", "2023-H1"]),
        ("2024-Q2", ["2024-Q1", "2023-Q2"]),
        ("2024-M01", ["2023-M12", "2023-M01"]),
        ("2024-9M", ["2023-9M"]),
        ("2024-Y", ["2023-Y"]),
        ("2024-01-01..2024-06-30", []),
    ],
)
def test_what_a_period_is_compared_with(code, compared):
    assert [one.code for one in comparison_periods(parse_period(code))] == compared


@pytest.fixture(scope="module")
def series() -> pd.DataFrame:
    policy = {"policy_id": "P", "proposal_consultation_date": "2023-02-01"}
    told = {"_unit": "XA-1", "_year": 2023, "activity_id": "1", "date": "2023-02-03", "policy_id": "P", "sessions": 2}
    rows = frames(
        units=UNITS,
        policies=[policy],
        assignments=[{"policy_id": "P", "unit_id": unit} for unit in ("XA-1", "XA-4")],
        activities=[{**told, "kind": "policy_communication", "form": "news"}],
        submissions=[{"_unit": "XA-1", "_year": 2023, "period": "2023-Y"}],
    )
    period = parse_period("2024-H1")
    params = PlanParams(2024, targets={"CS-01": 70}, reading_date=date(2024, 7, 1))
    return evaluate_series(rows, [parse_period("2023-H1")], params, now=period)


def row(series: pd.DataFrame, unit: str, indicator: str) -> pd.Series:
    return series.set_index(["unit_id", "indicator_id"]).loc[(unit, indicator)]


def test_a_unit_without_returns_has_no_figure_rather_than_zero(series):
    silent = row(series, "XA-4", "CS-01")
    assert pd.isna(silent["value"]) and pd.isna(silent["denominator"])
    assert (silent["status"], silent["note"]) == ("no_data", NOT_COLLECTED)
    assert row(series, "XA-1", "CS-01")["value"] == 100


def test_a_period_that_nobody_reported_on_has_no_reporting_rate(series):
    assert pd.isna(row(series, "TINH", "BC-01")["value"])


def test_a_report_on_the_year_answers_for_its_half(series):
    assert tuple(row(series, "TINH", "CS-01")[["units", "reporters", "reporters_now"]]) == (5, 1, 0)


def test_the_targets_of_a_plan_are_not_those_of_an_earlier_year(series):
    told = row(series, "XA-1", "CS-01")
    assert pd.isna(told["target"]) and told["target_national"] == 100


def test_units_not_yet_valid_have_no_earlier_row(series):
    assert "XA-3" not in set(series["unit_id"])


def test_no_period_gives_an_empty_series_of_the_same_columns(series):
    assert empty_series().dtypes.to_dict() == series.dtypes.to_dict()


def breaks(then: date, now: date) -> dict[str, tuple[date, str]]:
    units = typed("units", UNITS)
    found = series_breaks(units, (then, build_tree(units, then)), (now, build_tree(units, now)))
    return {unit: (one.since, one.reason) for unit, one in found.items()}


def test_a_merger_breaks_the_series_of_the_receiver_only():
    assert breaks(THEN, NOW) == {"XA-1": (date(2024, 4, 1), "sáp nhập thêm xã Hai từ ngày 01/4/2024")}


def test_the_end_of_districts_breaks_the_series_of_the_province():
    found = breaks(NOW, AFTER)
    assert found == {"TINH": (date(2025, 7, 1), "không tổ chức cấp huyện từ ngày 01/7/2025")}


def test_nothing_changed_breaks_nothing():
    assert breaks(NOW, NOW) == {}


def test_a_unit_that_left_breaks_the_series_of_the_one_above():
    units = typed("units", [*UNITS[:2], {"unit_id": "X", "name": "Xã Tư", "parent_id": "HU", "valid_to": "2023-12-31"}])
    lost = build_tree(units, THEN), build_tree(units, NOW)
    assert series_breaks(units, (THEN, lost[0]), (NOW, lost[1])) == {}  # its rows pass to the district
