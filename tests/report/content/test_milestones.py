"""How far ahead section IV looks, and what a unit that ends hands on."""

from __future__ import annotations

import pytest

from kit.periods import parse_period
from kit.report.content.milestones import horizon, last_day, milestones
from kit.report.content.outlook import assigned_policies
from tests.report.content.stub import subject


@pytest.mark.parametrize(
    ("code", "scheme", "day"),
    [
        ("2024-H1", "calendar", "2024-12-31"),
        ("2024-H2", "calendar", "2025-06-30"),
        ("2024-Q4", "calendar", "2025-03-31"),
        ("2024-M01", "calendar", "2024-02-29"),
        ("2024-M12", "calendar", "2025-01-31"),
        ("2024-Y", "calendar", "2025-12-31"),
        ("2024-9M", "calendar", "2024-12-31"),
        ("2024-H1", "nd09", "2024-12-14"),
        ("2024-Q1", "nd09", "2024-06-14"),
        ("2024-9M", "nd09", "2024-12-14"),
        ("2024-01-01..2024-06-30", "nd09", "2024-12-29"),
        ("2024-06-01..2024-06-02", "nd09", "2024-08-31"),
        ("2020-01-01..2024-06-30", "nd09", "2025-06-30"),
    ],
)
def test_the_next_period_ends_where_its_own_kind_ends(code, scheme, day):
    assert horizon(parse_period(code, scheme)).isoformat() == day


def test_stages_after_the_last_day_of_a_unit_are_its_successors():
    days = {"proposal_consultation_date": "2025-01-10", "draft_consultation_date": "2025-06-30"}
    policy = {"policy_id": "P", "title": "T", **days, "appraisal_date": "2025-07-10"}
    rows = {"policies": [policy], "assignments": [{"policy_id": "P", "unit_id": "HU-01"}]}
    district, province = subject("HU-01", "2025-Q1", **rows), subject("TINH", "2025-Q1", **rows)
    assert last_day(district).isoformat() == "2025-06-14"
    later = [subject(unit, "2025-H1", **rows) for unit in ("HU-01", "TINH")]
    assert [last_day(one).isoformat() for one in later] == ["2025-06-30", "2025-12-14"]
    assert [[one.stage for one in milestones(one, assigned_policies(one))] for one in later] == [["G2"], ["G2", "G3"]]
    assert last_day(province).isoformat() == "2025-06-14"
