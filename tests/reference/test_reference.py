"""The oracle itself, against the worked example of indicators.md and cases computed by hand."""

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


def _merged_units():
    return [
        unit("TINH-01", "province", ""),
        unit("HU-01", "district", "TINH-01"),
        unit("XA-01", "commune", "HU-01", valid_to="2024-03-31", successor_id="XM-01"),
        unit("XA-02", "commune", "HU-01", valid_to="2024-03-31", successor_id="XA-03"),
        unit("XA-03", "commune", "HU-01"),
        unit("XM-01", "commune", "TINH-01", valid_from="2025-07-01"),
    ]


def test_rows_pass_to_the_first_valid_unit_through_one_not_yet_valid(tmp_path):
    data = SmallData(tmp_path, _merged_units())
    for unit_id in ("XA-01", "XA-02", "XA-03", "XM-01"):
        data.add(unit_id, "inspections", {"date": "2024-03-01"})
    assert [data.figures(name)["KT-01"][0] for name in ("TINH-01", "HU-01", "XA-03")] == ["3", "2", "2"]
    assert data.results("XA-01") == {} and data.results("XM-01") == {}


def test_policy_assigned_twice_to_the_receiver_counts_once(tmp_path):
    data = SmallData(tmp_path, _merged_units())
    data.policies(policy("P1", **{G1: "2024-02-01"}), to=("XA-02", "XA-03"))
    data.add("XA-02", "activities", communication("P1", "2024-02-02"))
    assert data.figures("HU-01")["CS-07"] == ("1", "1", "100")


def test_commune_of_an_ended_district_stands_below_the_province(tmp_path):
    data = SmallData(tmp_path, _merged_units()).sent("HU-01", "2025-12-15", period="2025-H2")
    assert data.results("HU-01", "2025-H2") == {}
    assert data.figures("TINH-01", "2025-H2")["BC-01"] == ("0", "3", "0")


def test_succession_that_meets_a_unit_set_aside_ends_there(tmp_path):
    units = [row | {"name": ""} if row["unit_id"] == "XA-03" else row for row in _merged_units()]
    data = SmallData(tmp_path, units).add("XA-02", "inspections", {"date": "2024-03-01"})
    assert data.figures("HU-01")["KT-01"] == ("", "", "")


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
