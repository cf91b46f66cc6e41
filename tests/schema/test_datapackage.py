"""The Frictionless descriptor says what the schema says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kit.schema.datapackage import datapackage, render_datapackage
from kit.schema.load import load_schema

SCHEMA = load_schema()
DATA = Path(__file__).parents[2] / "data"
PACKAGE = datapackage(SCHEMA, "collected/2024/XA-01")
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def described(table, field):
    return next(entry for entry in RESOURCES[table]["schema"]["fields"] if entry["name"] == field)


def test_the_committed_descriptor_is_the_one_the_schema_gives():
    text = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert text == render_datapackage(SCHEMA, "collected/2024/TINH-MAU")


def test_every_described_file_exists_with_exactly_the_described_fields():
    for resource in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        header = (DATA / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_every_table_is_described_reference_and_collected_in_their_folders():
    assert list(RESOURCES) == list(SCHEMA.tables)
    assert RESOURCES["units"]["path"] == "reference/units.csv"
    assert RESOURCES["activities"]["path"] == "collected/2024/XA-01/activities.csv"


def test_a_folder_without_some_files_is_described_without_them_and_without_keys_to_them():
    package = datapackage(SCHEMA, "collected/2024/XA-01", ["units", "activities"])
    assert [resource["name"] for resource in package["resources"]] == ["units", "activities"]
    assert "foreignKeys" not in package["resources"][1]["schema"]


def test_the_name_of_the_package_is_one_that_the_standard_allows():
    assert re.fullmatch(r"[a-z0-9._-]+", PACKAGE["name"])


@pytest.mark.parametrize(
    ("table", "field", "constraints"),
    [
        ("units", "unit_id", {"required": True, "unique": True, "pattern": "[A-Z0-9][A-Z0-9-]{1,19}"}),
        ("units", "parent_id", None),
        ("activities", "sessions", {"minimum": 0}),
        ("tasks", "quality", {"enum": ["good", "acceptable", "poor"]}),
        ("assignments", "policy_id", {"required": True}),
        ("tasks", "coordinating", None),
    ],
)
def test_constraints_are_those_of_the_schema(table, field, constraints):
    assert described(table, field).get("constraints") == constraints


def test_a_list_is_a_string_whose_pattern_allows_its_codes_only():
    field = described("activities", "contents")
    pattern = re.compile(field["constraints"]["pattern"])
    assert field["type"] == "string"
    assert pattern.fullmatch("1;4;7") and not pattern.fullmatch("1;8") and not pattern.fullmatch("1;")


def test_keys_that_are_pairs_are_primary_keys_not_unique_fields():
    assert RESOURCES["narrative"]["schema"]["primaryKey"] == ["period", "section"]
    assert "unique" not in described("narrative", "period")["constraints"]


def test_foreign_keys_follow_the_references_and_members_have_none():
    keys = {key["fields"][0]: key["reference"] for key in RESOURCES["activities"]["schema"]["foreignKeys"]}
    assert keys == {
        "policy_id": {"resource": "policies", "fields": ["policy_id"]},
        "task_id": {"resource": "tasks", "fields": ["task_id"]},
    }
    parents = RESOURCES["units"]["schema"]["foreignKeys"]
    assert parents[0] == {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["unit_id"]}}


def test_booleans_are_true_and_false_and_examples_are_in_csv_form():
    field = described("tasks", "product_required")
    assert "true" in field["trueValues"] and "false" in field["falseValues"]
    assert field["example"] == "true"
    assert described("tasks", "due_date")["example"] == "2024-03-31"
    assert described("budget", "spent")["example"] == "12.5"


def test_a_pattern_with_alternatives_holds_for_the_whole_value():
    pattern = re.compile(f"^{described('submissions', 'period')['constraints']['pattern']}$")
    assert pattern.match("2024-H1") and pattern.match("2024-01-01..2024-02-01")
    assert not pattern.match("2024-H1x") and not pattern.match("x2024-01-01..2024-02-01")
