"""The oracle against succession cases computed by hand."""

from __future__ import annotations

from .random_units import unit
from .small_data import G1, SmallData, communication, policy


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


def test_child_of_a_unit_set_aside_has_no_parent(tmp_path):
    units = [row | {"valid_from": ""} if row["unit_id"] == "HU-01" else row for row in _merged_units()]
    data = SmallData(tmp_path, units).add("XA-03", "inspections", {"date": "2024-03-01"})
    assert data.figures("TINH-01")["KT-01"] == ("", "", "") and data.figures("XA-03")["KT-01"] == ("1", "", "1")


def test_unknown_successor_is_read_as_none(tmp_path):
    units = [row | {"successor_id": "XA-99"} if row["unit_id"] == "XA-01" else row for row in _merged_units()]
    data = SmallData(tmp_path, units).add("XA-01", "inspections", {"date": "2024-03-01"})
    assert data.figures("HU-01")["KT-01"] == ("1", "", "1")


def test_cycle_of_parents_takes_the_parent_of_all_its_members(tmp_path):
    units = [unit("TINH-01", "province", "HU-01"), unit("HU-01", "district", "TINH-01")]
    units.append(unit("XA-01", "commune", "HU-01"))
    data = SmallData(tmp_path, units).add("XA-01", "inspections", {"date": "2024-03-01"})
    assert data.figures("TINH-01")["KT-01"] == ("", "", "") and data.figures("HU-01")["KT-01"] == ("1", "", "1")


def test_successions_in_a_circle_are_used_by_nobody(tmp_path):
    ended = {"valid_to": "2024-01-31"}
    units = [
        unit("TINH-01", "province", ""),
        unit("XA-01", "commune", "TINH-01", successor_id="XA-02", **ended),
        unit("XA-02", "commune", "TINH-01", successor_id="XA-01", **ended),
    ]
    data = SmallData(tmp_path, units).add("XA-01", "inspections", {"date": "2024-01-05"})
    assert data.results("TINH-01")["KT-01"]["n_records"] == "0"


def test_passed_on_report_does_not_speak_for_the_receiver(tmp_path):
    data = SmallData(tmp_path, _merged_units()).sent("XA-02")
    assert data.figures("XA-03")["KT-01"] == ("", "", "") and data.figures("XA-03")["BC-01"] == ("0", "1", "0")


def test_membership_ends_with_the_unit(tmp_path):
    data = SmallData(tmp_path, _merged_units())
    data.add("XA-02", "council_members", {"member_id": "TV-1"}).add("HU-01", "council_members", {"member_id": "TV-2"})
    assert data.figures("HU-01")["HD-01"] == ("0", "1", "0")
    assert data.results("HU-01")["HD-01"]["n_records"] == "2"
