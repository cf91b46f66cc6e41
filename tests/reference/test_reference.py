"""The oracle against the worked example of indicators.md, periods, and CS cases computed by hand."""

from __future__ import annotations

from datetime import date

import pytest

from .periods import parse_period
from .random_units import unit
from .recompute import COLUMNS, INDICATORS
from .small_data import ADOPTED, G1, G2, G3, UNITS, SmallData, communication, policy


def test_worked_example_gives_its_figures(tmp_path):
    data = SmallData(tmp_path).policies(
        policy("P1", **{G1: "2024-01-10", G2: "2024-03-01"}),
        policy("P2", **{G2: "2024-05-20"}),
        policy("P3", **{G1: "2023-09-01", G2: "2023-11-01", G3: "2023-12-01", ADOPTED: "2023-12-20"}),
        policy("P4", **{G1: "2024-07-01"}),
    )
    data.add("XA-01", "activities", communication("P1", "2024-01-12"), communication("P1", "2024-03-05"))
    data.add("XA-01", "activities", communication("P3", "2023-09-02"), communication("P3", "2023-12-10"), year=2023)
    expected = {
        "CS-01": ("1", "3", "33.333333333333336"),
        "CS-02": ("2", "3", "66.66666666666667"),
        "CS-03": ("2", "3", "66.66666666666667"),
        "CS-04": ("4", "6", "66.66666666666667"),
        "CS-06": ("", "2", "1.5"),
        "CS-07": ("2", "3", "66.66666666666667"),
    }
    for unit_id in ("XA-01", "HU-01"):
        figures = data.figures(unit_id)
        assert {key: figures[key] for key in expected} == expected


def test_every_valid_unit_has_every_indicator_in_the_order_of_the_page(tmp_path):
    data = SmallData(tmp_path)
    rows = data.results("XA-01")
    assert list(rows) == list(INDICATORS) and len(INDICATORS) == 32
    assert all(tuple(row) == COLUMNS for row in rows.values())
    assert data.results("HU-01", "2025-H2") == {}


@pytest.mark.parametrize(
    ("code", "scheme", "first", "last", "year_start"),
    [
        ("2024-M01", "nd09", "2023-12-15", "2024-01-14", "2023-12-15"),
        ("2024-M03", "nd09", "2024-02-15", "2024-03-14", "2023-12-15"),
        ("2024-Q1", "nd09", "2023-12-15", "2024-03-14", "2023-12-15"),
        ("2024-Q4", "nd09", "2024-09-15", "2024-12-14", "2023-12-15"),
        ("2024-H2", "nd09", "2024-06-15", "2024-12-14", "2023-12-15"),
        ("2024-9M", "nd09", "2023-12-15", "2024-09-14", "2023-12-15"),
        ("2024-Y", "nd09", "2023-12-15", "2024-12-14", "2023-12-15"),
        ("2024-M02", "calendar", "2024-02-01", "2024-02-29", "2024-01-01"),
        ("2024-H2", "calendar", "2024-07-01", "2024-12-31", "2024-01-01"),
        ("2022-04-01..2023-04-30", "calendar", "2022-04-01", "2023-04-30", "2022-04-01"),
    ],
)
def test_period_codes_give_their_days(code, scheme, first, last, year_start):
    period = parse_period(code, scheme=scheme)
    assert [period.first, period.last, period.year_start] == [
        date.fromisoformat(day) for day in (first, last, year_start)
    ]


@pytest.mark.parametrize("code", ["2024-M13", "2024-H3", "2024", "2024-02-30..2024-03-01", "2024-03-02..2024-03-01"])
def test_other_codes_are_no_periods(code):
    with pytest.raises(ValueError):
        parse_period(code)


def test_stage_on_the_day_of_the_next_does_not_apply(tmp_path):
    data = SmallData(tmp_path).policies(policy("P1", **{G1: "2024-02-01", G2: "2024-02-01", G3: "2024-03-01"}))
    data.add("XA-01", "activities", communication("P1", "2024-02-29"))
    assert data.figures("XA-01")["CS-04"] == ("1", "2", "50")


@pytest.mark.parametrize(("start", "judged"), [("2024-06-07", "1"), ("2024-06-08", "0")])
def test_stage_is_reached_after_the_starting_grace(tmp_path, start, judged):
    data = SmallData(tmp_path).policies(policy("P1", **{G1: start}))
    assert data.figures("XA-01")["CS-01"][1] == judged


def test_stage_within_its_grace_is_reached_by_a_communication_of_the_subtree(tmp_path):
    data = SmallData(tmp_path, [*UNITS, unit("XA-02", "commune", "HU-01")])
    data.policies(policy("P1", **{G1: "2024-06-12"}), to=("XA-01", "XA-02"))
    data.add("XA-02", "activities", communication("P1", "2024-06-14", contents="1;7;9;1"))
    assert data.figures("XA-01")["CS-02"] == ("0", "0", "")
    assert data.figures("XA-02")["CS-05"] == ("1", "6", "16.666666666666668")
    assert data.figures("HU-01")["CS-07"] == ("1", "2", "50")


def test_communication_outside_the_window_does_not_count(tmp_path):
    data = SmallData(tmp_path).policies(policy("P1", **{G1: "2024-02-01", ADOPTED: "2024-03-01"}))
    data.add("XA-01", "activities", communication("P1", "2024-01-31"), communication("P1", "2024-03-02"))
    assert data.figures("XA-01")["CS-02"] == ("0", "1", "0")
    assert data.figures("XA-01")["CS-06"] == ("", "0", "")


def test_withdrawn_or_adopted_before_the_period_is_not_live(tmp_path):
    data = SmallData(tmp_path).policies(
        policy("P1", **{G1: "2023-02-01", "withdrawn_date": "2024-06-14"}),
        policy("P2", **{G1: "2023-02-01", "withdrawn_date": "2024-06-15"}),
        policy("P3", **{G1: "2023-02-01", ADOPTED: "2023-12-14"}),
        policy("P4", **{G1: "2023-02-01", ADOPTED: "2023-12-15"}),
        policy("P5", **{G1: "2023-02-01", "contested": "false"}),
    )
    assert data.figures("XA-01")["CS-02"] == ("0", "2", "0")
