"""The oracle against cases computed by hand: tasks, outreach, council, money, obstacles, returns, statuses."""

from __future__ import annotations

from datetime import date

import pytest

from .random_units import unit
from .small_data import UNITS, SmallData, policy


def test_nothing_counted_is_nil_only_where_a_report_was_sent(tmp_path):
    data = SmallData(tmp_path, [*UNITS, unit("XA-02", "commune", "HU-01")]).sent("XA-02")
    counts = ("NT-01", "NT-02", "NT-09", "GY-01", "KT-01", "VM-01")
    silent, reported = data.figures("XA-01"), data.figures("XA-02")
    assert {silent[key] for key in counts} == {("", "", "")}
    assert {reported[key] for key in counts} == {("0", "", "0")}
    assert (silent["NT-03"], reported["NT-03"]) == (("", "7", ""), ("0", "7", "0"))
    assert data.figures("HU-01", reading_date=date(2024, 1, 1))["NT-02"] == ("0", "", "0")
    assert reported["CD-04"] == ("", "", "") and reported["VM-02"] == ("0", "0", "")


def test_counted_rows_without_the_measure_are_missing_not_nil(tmp_path):
    data = SmallData(tmp_path).sent("XA-01").add("XA-01", "activities", {"date": "2024-06-14"}, {"date": "2024-06-15"})
    figures = data.figures("XA-01")
    assert figures["NT-01"] == ("1", "", "1")
    assert figures["NT-02"] == ("", "", "") and figures["NT-03"] == ("", "7", "")
    assert figures["NT-04"] == ("0", "", "0")


def test_only_owned_activities_not_counted_elsewhere_are_measured(tmp_path):
    day = {"date": "2024-01-02", "attendances": "10"}
    data = SmallData(tmp_path).add(
        "XA-01", "activities", day, day | {"is_owner": "false"}, day | {"counted_elsewhere": "true"}
    )
    assert data.figures("XA-01")["NT-02"] == ("10", "", "10")


def test_wrong_cell_is_missing_and_wrong_row_is_set_aside(tmp_path):
    good = {"date": "2024-01-02", "attendances": "10"}
    rows = [good, good | {"attendances": "-5"}, good | {"date": "2024-02-31"}, good | {"activity_id": "K1"}]
    data = SmallData(tmp_path).add("XA-01", "activities", *rows)
    results = data.results("XA-01")
    assert results["NT-02"]["value"] == "10" and results["NT-01"]["value"] == "2"
    assert (results["NT-02"]["n_records"], results["NT-02"]["excluded_records"]) == ("4", "2")
    assert results["NT-02"]["note"] and (results["DL-01"]["numerator"], results["DL-01"]["denominator"]) == ("1", "4")


def test_first_row_of_a_key_stands_also_when_set_aside(tmp_path):
    rows = [{"task_id": "T1", "title": ""}, {"task_id": "t1"}, {"task_id": "T2"}]
    data = SmallData(tmp_path).add("XA-01", "tasks", *rows)
    assert data.figures("XA-01")["CD-02"] == ("0", "1", "0")


def test_year_report_judges_all_tasks_but_timeliness_only_when_due_or_done(tmp_path):
    late = {"due_date": "2024-12-31"}
    rows = [late, late | {"completed_date": "2024-12-14"}, {"completed_date": "2024-06-02"}]
    figures = SmallData(tmp_path).add("XA-01", "tasks", *rows).figures("XA-01", "2024-Y")
    assert figures["CD-02"] == ("2", "3", "66.66666666666667")
    assert figures["CD-03"] == ("1", "2", "50") and figures["CD-04"] == ("0", "", "0")
    assert SmallData(tmp_path).figures("XA-01", "2024-H1")["CD-02"] == ("1", "1", "100")


def test_groups_are_counted_per_unit_with_tasks(tmp_path):
    data = SmallData(tmp_path, [*UNITS, unit("XA-02", "commune", "HU-01")])
    done = {"completed_date": "2024-01-02"}
    data.add("XA-01", "tasks", {"group": "training"} | done, {"group": "training"}, {"group": "planning"} | done)
    assert data.figures("HU-01")["CD-01"] == ("1", "4", "25")
    assert data.figures("XA-02")["CD-01"] == ("0", "0", "")


def test_products_count_when_issued_by_the_cut_off(tmp_path):
    done = {"completed_date": "2024-01-02"}
    data = SmallData(tmp_path).add("XA-01", "tasks", done, done, done | {"product_required": "false"}, {"quality": ""})
    issued = [{"task_id": "K1", "issued_date": "2024-06-14"}, {"task_id": "K2", "issued_date": "2024-06-15"}]
    assert data.add("XA-01", "products", *issued).figures("XA-01")["CD-06"] == ("1", "2", "50")


def test_deadline_skips_weekends_and_holidays(tmp_path):
    assert SmallData(tmp_path).sent("XA-01", "2024-06-18").figures("XA-01")["BC-02"] == ("1", "1", "100")
    assert SmallData(tmp_path).sent("XA-01", "2024-06-19").figures("XA-01")["BC-02"] == ("0", "1", "0")
    later = SmallData(tmp_path).figures("XA-01", holidays=[date(2024, 6, 17)])
    assert later["BC-02"] == ("1", "1", "100")
    early = SmallData(tmp_path).figures("HU-01", reading_date=date(2024, 6, 18))
    assert early["BC-01"] == ("0", "2", "0")


def test_built_in_holidays_are_those_of_viet_nam(tmp_path):
    data = SmallData(tmp_path).sent("XA-01", "2024-02-19", period="2024-02-01..2024-02-07")
    # Tết 2024: 8 to 14 February, so that the second working day after 7 February is Friday, 16 February
    assert data.figures("XA-01", "2024-02-01..2024-02-07", holidays=None)["BC-02"] == ("0", "1", "0")
    data.sent("XA-01", "2024-02-16", period="2024-02-01..2024-02-07")
    assert data.figures("XA-01", "2024-02-01..2024-02-07", holidays=None)["BC-02"] == ("1", "1", "100")


def test_members_are_looked_up_upwards_and_counted_once(tmp_path):
    data = SmallData(tmp_path).add(
        "HU-01",
        "council_members",
        {"member_id": "TV-1"},
        {"member_id": "TV-2", "member_to": "2024-06-13"},
        {"member_id": "TV-3"},
    )
    data.add("HU-01", "council_members", {"member_id": "TV-1"}, {"member_id": "TV-3"}, year=2023)
    named = {"date": "2024-05-01", "member_id": "tv-1"}
    data.add("XA-01", "activities", named, named, named | {"member_id": "TV-2"})
    assert data.figures("HU-01")["HD-01"] == ("1", "2", "50")
    data.add("XA-01", "activities", named | {"date": "2023-12-20", "member_id": "TV-3"}, year=2023)
    assert data.figures("HU-01", "2024-H2")["HD-01"] == ("2", "2", "100")
    assert data.figures("XA-01")["HD-01"] == ("0", "0", "")


def test_money_counts_lines_with_an_allocation(tmp_path):
    lines = [{"allocated": "10", "spent": "2.5"}, {"allocated": "10"}, {"spent": "100"}, {"allocated": "-1"}]
    assert SmallData(tmp_path).add("XA-01", "budget", *lines).figures("XA-01")["KP-01"] == ("2.5", "20", "12.5")


def test_feedback_without_opinions_is_no_ratio(tmp_path):
    none = {"date": "2024-01-05", "received": "0", "accepted": "0", "explained": "0"}
    data = SmallData(tmp_path).policies(policy("P1")).add("HU-01", "feedback", none)
    assert data.figures("HU-01")["GY-01"] == ("0", "", "0") and data.figures("HU-01")["GY-02"] == ("0", "0", "")


def test_reported_none_is_nil_obstacles(tmp_path):
    none = {"category": "none", "description": "", "reported_date": "2023-12-15"}
    data = SmallData(tmp_path).add("XA-01", "obstacles", none)
    assert data.figures("HU-01", "2024-H2")["VM-01"] == ("0", "", "0")
    data.add("XA-01", "obstacles", none, {"reported_date": "2024-01-01", "resolved_date": "2024-06-14"})
    assert data.figures("HU-01", "2024-H2")["VM-02"] == ("1", "1", "100")


@pytest.mark.parametrize(("target", "expected"), [(50, "met"), (55, "nearly"), (55.6, "not_met"), (None, "no_target")])
def test_status_compares_unrounded(tmp_path, target, expected):
    done = {"completed_date": "2024-01-02"}
    data = SmallData(tmp_path).add("XA-01", "tasks", done, {})
    row = data.results("XA-01", targets={} if target is None else {"CD-02": target})["CD-02"]
    assert (row["status"], row["status_national"], row["target_national"]) == (expected, "no_target", "")


def test_smaller_is_better_for_overdue_tasks(tmp_path):
    data = SmallData(tmp_path).add("XA-01", "tasks", *[{}] * 11)
    assert [data.results("XA-01", targets={"CD-04": n})["CD-04"]["status"] for n in (11, 10, 9)] == [
        "met",
        "nearly",
        "not_met",
    ]
