"""What errors set aside, that they do not spread, and that one cell has one finding."""

from __future__ import annotations

import json

import pytest

from kit.collect.raw import Problem, RawTables
from kit.validation.check import check
from kit.validation.findings import COLUMNS
from tests.validation.raw_rows import H1, PARAMS, SCHEMA, check_rows

TELL = {"kind": "policy_communication", "policy_id": "CS-1"}


def test_correct_rows_give_no_finding():
    rows = {"tasks": [{}], "products": [{}], "activities": [TELL, {}], "budget": [{}], "submissions": [{}]}
    outcome = check_rows(period=H1, **rows, narrative=[{}], council_members=[{"_unit": "HU-01"}])
    assert outcome.found == []
    assert not any(frame["_set_aside"].any() for frame in outcome.tables.frames.values())


def test_no_rows_at_all_give_empty_typed_tables():
    tables, report = check(RawTables({}, {}), SCHEMA, params=PARAMS, period=H1)
    assert list(report.findings.columns) == list(COLUMNS) and report.findings.empty
    assert [len(frame) for frame in tables.frames.values()] == [0] * len(SCHEMA.tables)
    assert tables.frames["activities"]["date"].dtype == "datetime64[s]"


def test_an_error_on_a_required_field_sets_the_row_aside():
    outcome = check_rows(tasks=[{"due_date": "31/02/2024"}, {}, {"group": "khác lạ"}])
    assert outcome.found == [("date-impossible", "tasks", "due_date", 2), ("code-unknown", "tasks", "group", 4)]
    assert outcome.aside("tasks") == outcome.errors("tasks") == [True, False, True]


def test_an_error_on_an_optional_field_sets_only_the_cell_aside():
    rows = [{"sessions": "nhiều"}, {"attendances": "-3", "sessions": "1"}, {"is_owner": "có lẽ", "form": "other"}]
    outcome = check_rows(activities=rows)
    assert outcome.codes == ["below-minimum", "boolean-unknown", "number-not-a-number"]
    assert outcome.aside("activities") == [False] * 3 and outcome.errors("activities") == [True] * 3
    assert outcome.values("activities", "attendances") == [None] * 3
    assert outcome.values("activities", "is_owner") == [True] * 3  # the default, as for a blank cell


def test_only_the_unknown_item_of_a_list_goes():
    outcome = check_rows(activities=[{"audiences": "Nhân dân;người ngoài; officials"}])
    assert outcome.one("item-unknown")["message"].startswith("“người ngoài”")
    assert outcome.values("activities", "audiences") == ["officials;citizens"]
    assert outcome.errors("activities") == [True] and outcome.aside("activities") == [False]


def test_x_columns_and_a_list_cell_are_one_list():
    rows = [{"audiences.citizens": "x", "audiences.workers": "không"}, {"audiences.citizens": "?", "contents": 4}]
    rows[1]["form"] = "other"
    outcome = check_rows(activities=rows)
    assert outcome.found == [("boolean-unknown", "activities", "audiences.citizens", 3)]
    assert outcome.values("activities", "audiences") == ["citizens", None]
    assert outcome.values("activities", "contents") == [None, "4"]


def test_a_cell_that_cannot_be_read_is_not_reported_again_as_missing():
    outcome = check_rows(feedback=[{"_unit": "T-1", "received": "vài"}])
    assert outcome.codes == ["number-not-a-number"]


def test_one_cell_has_one_finding_the_gravest_and_says_the_other_too():
    outcome = check_rows(period=H1, activities=[{**TELL, "date": "2025-01-05", "_year": 2024}],
                         policies=[{"policy_id": "CS-1", "adoption_date": "2024-06-01"}])  # fmt: skip
    found = outcome.one("outside-window")
    assert outcome.codes == ["outside-window"] and "sau ngày chốt số liệu" in found["message"]


def test_one_row_can_have_findings_on_several_cells():
    outcome = check_rows(tasks=[{"due_date": None, "lead": None}])
    assert outcome.codes == ["required-missing", "required-missing"]


def test_errors_do_not_spread_to_references():
    outcome = check_rows(tasks=[{"due_date": "x"}], products=[{}], activities=[{"task_id": "nv-01"}])
    assert outcome.codes == ["date-not-a-date"]
    assert outcome.values("activities", "task_id") == ["NV-01"]


def test_errors_do_not_spread_to_row_rules():
    rows = [{"description": None, "category": "lạ"}]
    assert check_rows(obstacles=rows).codes == ["code-unknown"]
    rows = [{"quality": "Tốt", "completed_date": "tháng 3"}]
    assert check_rows(tasks=rows).codes == ["date-not-a-date"]


@pytest.mark.parametrize(("field", "aside"), [("task_id", False), ("lead_unit_id", False)])
def test_an_unknown_optional_reference_sets_the_cell_aside(field, aside):
    table = "budget" if field == "task_id" else "policies"
    outcome = check_rows(**{table: [{field: "KHÔNG-CÓ", "policy_id": "CS-1"} if table == "policies" else {field: "X"}]})
    assert outcome.aside(table) == [aside] and outcome.errors(table) == [True]
    assert outcome.values(table, field) == [None]


def test_an_unknown_required_reference_sets_the_row_aside():
    outcome = check_rows(products=[{"task_id": "NV-77"}], assignments=[{"unit_id": "XA-99"}])
    assert outcome.codes == ["reference-unknown", "task-unknown"]
    assert outcome.aside("products") == outcome.aside("assignments") == [True]


def test_a_task_of_another_unit_or_year_is_unknown():
    lines = [{"task_id": "NV-02"}, {"task_id": "NV-02", "_unit": "HU-01"}]
    outcome = check_rows(tasks=[{}, {"_unit": "HU-01"}], budget=lines)
    assert outcome.found == [("task-unknown", "budget", "task_id", 2)]


def test_the_first_row_of_a_repeated_key_stands_and_is_named():
    rows = [{"task_id": "NV-1", "due_date": "x"}, {"task_id": "nv–1"}, {"task_id": "NV-1", "_unit": "HU-01"}]
    outcome = check_rows(tasks=rows)
    duplicate = outcome.one("key-duplicate")
    assert (duplicate["source_row"], "dòng 2" in duplicate["message"]) == (3, True)
    assert outcome.aside("tasks") == [True, True, False]


def test_a_key_of_two_fields_is_repeated_when_both_are():
    outcome = check_rows(assignments=[{}, {"unit_id": "HU-01"}, {}])
    assert outcome.found == [("key-duplicate", "assignments", "policy_id", 4)]
    assert "“Mã chính sách” và “Mã đơn vị” riêng" in outcome.one("key-duplicate")["message"]


def test_a_missing_required_column_is_one_finding_and_its_rows_are_set_aside():
    rows = [{"due_date": None}, {"due_date": None}]
    raw = RawTables(*_without_letter("tasks", rows, "due_date"))
    tables, report = check(raw, SCHEMA, params=PARAMS)
    assert report.findings["code"].tolist() == ["missing-column"]
    assert "2 dòng" in report.findings["message"][0] and "Hạn hoàn thành" in report.findings["message"][0]
    assert tables.frames["tasks"]["_set_aside"].tolist() == tables.frames["tasks"]["_has_error"].tolist() == [True] * 2


def _without_letter(table, rows, field):
    from tests.validation.raw_rows import raw_tables

    raw = raw_tables(**{table: rows})
    letters = {
        place: {name: letter for name, letter in names.items() if not (place[2] == table and name == field)}
        for place, names in raw.letters.items()
    }
    return raw.frames, letters


def test_rows_of_an_unknown_unit_are_one_finding_for_the_file():
    outcome = check_rows(tasks=[{"_unit": "XA-99"}, {"_unit": "XA-99"}, {}])
    assert outcome.found == [("unit-unknown", "", "", None)]
    assert outcome.aside("tasks") == [True, True, False]


def test_a_unit_whose_row_is_set_aside_is_unknown():
    outcome = check_rows(units=[{"unit_id": "XA-01", "level": None}], assignments=[], tasks=[{}])
    assert outcome.codes == ["required-missing", "unit-unknown"]


def test_a_succession_that_ends_nowhere_sets_rows_aside_only_with_a_period():
    units = [{"unit_id": "XA-01", "valid_to": "2023-12-31"}]
    rows = {"units": units, "assignments": [], "tasks": [{}]}
    assert check_rows(**rows).codes == []
    outcome = check_rows(period=H1, **rows)
    assert outcome.codes == ["unit-without-successor"] and outcome.aside("tasks") == [True]


def test_a_unit_not_yet_valid_is_a_note():
    outcome = check_rows(
        period=H1, units=[{"unit_id": "XA-01", "valid_from": "2024-07-01"}], assignments=[], tasks=[{}]
    )
    assert outcome.one("unit-not-yet-valid")["severity"] == "note" and outcome.aside("tasks") == [False]


def test_a_sheet_that_the_level_does_not_have_is_used_and_named():
    outcome = check_rows(feedback=[{}])
    assert outcome.one("sheet-not-for-level")["severity"] == "warning" and outcome.aside("feedback") == [False]


def test_units_are_known_whatever_the_case_and_dash_style():
    outcome = check_rows(tasks=[{"_unit": "xa–01"}])
    assert outcome.found == [] and outcome.values("tasks", "_unit") == ["XA-01"]


def test_codes_are_read_by_label_whatever_the_tone_placement():
    outcome = check_rows(activities=[{"form": "TOẠ ĐÀM", "kind": "Tập huấn"}])
    assert outcome.found == [] and outcome.values("activities", "form") == ["seminar"]


def test_a_districts_last_day_is_30_june_2025_whatever_is_written():
    rows = [{"unit_id": f"HU-{at}", "level": "district", "valid_to": day} for at, day in enumerate((None, "9999", "x"))]
    outcome = check_rows(units=rows, assignments=[])
    assert [str(value.date()) for value in outcome.values("units", "valid_to")] == ["2025-06-30"] * 3


def test_all_members_of_a_cycle_lose_their_parent():
    rows = [
        {"unit_id": "A1", "level": "province", "parent_id": "B1"},
        {"unit_id": "B1", "level": "commune", "parent_id": "A1"},
        {"unit_id": "C1", "level": "commune", "parent_id": "A1"},
    ]
    outcome = check_rows(units=rows, assignments=[])
    assert outcome.codes == ["unit-parent-cycle"] * 2
    assert outcome.values("units", "parent_id") == [None, None, "A1"]


def test_lost_hyphens_of_document_numbers_are_repaired_and_reported():
    outcome = check_rows(tasks=[{}], products=[{"document_number": "12/KHUBND"}])
    assert outcome.codes == ["document-number-repaired"]
    assert outcome.values("products", "document_number") == ["12/KH-UBND"]


def test_a_target_below_the_schemes_is_named():
    from fractions import Fraction

    from kit.params import PlanParams

    outcome = check_rows(params=PlanParams(2024, targets={"CS-01": Fraction(70), "CS-02": Fraction(1)}))
    assert outcome.found == [("target-below-scheme", "", "targets.CS-01", None)]
    assert check_rows(params=PlanParams(2022, targets={"CS-01": Fraction(70)})).found == []


def test_what_reading_found_on_a_row_has_the_same_consequences():
    place = {"file": "collected/2024/XA-01/tasks.csv", "table": "tasks", "row": 2}
    outcome = check_rows(tasks=[{}, {}], problems=[Problem("csv-quote", **place)])
    assert outcome.aside("tasks") == [True, False]
    note = Problem("key-assigned", field="task_id", key="NV-D2", column="A", **place)
    assert check_rows(tasks=[{}], problems=[note]).one("key-assigned")["severity"] == "note"


def test_findings_have_an_address_and_are_sorted():
    rows = [{"sessions": "x" * 2, "attendances": "y"}, {"date": "31/02/2024"}]
    findings = check_rows(activities=[*rows, {"_unit": "HU-01", "date": None}]).report.findings
    assert findings["unit_id"].tolist() == ["HU-01", "XA-01", "XA-01", "XA-01"]
    assert findings["source_row"].tolist()[1:] == [2, 2, 3]
    assert findings["source_column"].tolist()[1:] == sorted(findings["source_column"][1:3]) + ["B"]
    assert findings["value"].tolist()[3] == "31/02/2024" and findings["key"].tolist()[3] == "HD-02"


def test_hostile_cells_never_raise():
    hostile = [b"x", ["a"], {"b": 1}, 10**5000, float("inf"), -0.0, "\x00", "\ud800", "9" * 5000, "=1+1", object(), 3.5]
    fields = [field.name for field in SCHEMA.tables["activities"].fields]
    rows = [dict.fromkeys(fields, value) for value in hostile]
    outcome = check_rows(period=H1, activities=rows, tasks=[{"title": value} for value in hostile])
    assert len(outcome.tables.frames["activities"]) == len(hostile)
    json.dumps(outcome.report.findings.to_dict("records"))


def test_a_rule_with_a_programming_error_raises(monkeypatch):
    from kit.validation.integrity.model import RULES

    monkeypatch.setitem(RULES, "due-outside-year", lambda checked, table: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        check_rows(tasks=[{}])
