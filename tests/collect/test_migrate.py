"""Workbooks of older template versions: read through declared migrations, or refused with what to copy where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from kit.collect.read import read_data
from kit.schema.load import load_schema
from kit.schema.migrations import changes_since, read_migrations, unknown_targets
from kit.schema.model import Migration
from kit.workflow.template import typed_frames

TODAY = load_schema()
# Version 2 renamed the sheet of activities, a column, a list field and two codes; version 3 renamed one of these again.
SECOND = Migration(
    "2",
    {"Sổ hoạt động": "activities"},
    {
        "activities": {"day": "when", "target": "audiences", "Ngày diễn ra": "when"},
        "products": {"number": "document_number"},
    },
    {"activity_form": {"radio": "speaker", "Loa phường": "speaker"}, "audience": {"people": "citizens"}},
)
THIRD = Migration("3", {}, {"activities": {"when": "date"}}, {"activity_form": {"speaker": "loudspeaker"}})
SCHEMA = replace(TODAY, template_version="3", migrations=(SECOND, THIRD))


def old_book(folder, version, **sheets):
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        page = book.create_sheet(title.replace("_", " "))
        for row in rows:
            page.append(row)
    identity = book.create_sheet("_kit")
    for pair in (("template_version", version), ("unit_id", "XA-01"), ("year", 2024)):
        identity.append(pair)
    place = folder / "collected" / "2024"
    place.mkdir(parents=True)
    book.save(place / "XA-01.xlsx")
    return read_data(folder, SCHEMA)


def codes(raw):
    return [problem.code for problem in raw.problems if problem.code not in ("missing-sheet", "missing-column")]


NAMES = ["activity_id", "day", "kind", "form", "target.people", "target.officials"]
TITLES = ["Mã hoạt động", "Ngày diễn ra", "Loại hoạt động", "Hình thức", "Dân", "Cán bộ"]
ROW = ["HD-01", date(2024, 3, 5), "Quán triệt", "Loa phường", "x", None]


def test_a_workbook_of_the_first_version_is_read_by_todays_names(tmp_path):
    raw = old_book(tmp_path, "1", Sổ_hoạt_động=[NAMES, TITLES, ROW, ["HD-02", date(2024, 3, 6), "Quán triệt", "radio"]])
    assert codes(raw) == []
    rows = raw.frames["activities"]
    assert rows["date"].tolist() == [date(2024, 3, 5), date(2024, 3, 6)]
    assert rows["form"].tolist() == ["loudspeaker", "loudspeaker"]
    assert rows["audiences.citizens"].tolist() == ["x", None]


def test_only_the_steps_after_the_files_version_are_taken(tmp_path):
    names = ["activity_id", "when", "kind", "form"]
    row = ["HD-01", date(2024, 3, 5), "Quán triệt", "radio"]
    raw = old_book(tmp_path, "2", Hoạt_động=[names, TITLES[:4], row])
    assert raw.frames["activities"]["date"].tolist() == [date(2024, 3, 5)]
    assert raw.frames["activities"]["form"].tolist() == ["radio"]  # no code of version 2: left for the check


def test_old_titles_serve_where_the_hidden_names_are_lost(tmp_path):
    raw = old_book(tmp_path, "1", Hoạt_động=[TITLES[:4], ROW[:4]])
    assert codes(raw) == ["header-by-title"]
    assert raw.frames["activities"]["date"].tolist() == [date(2024, 3, 5)]


def test_the_inline_product_is_renamed_with_its_table(tmp_path):
    names = ["task_id", "group", "title", "lead", "due_date", "product.kind", "product.number"]
    row = ["NV-01", "Quán triệt", "T", "A", date(2024, 3, 31), "Kế hoạch", "05/KH-UBND"]
    raw = old_book(tmp_path, "1", Nhiệm_vụ=[names, row])
    assert raw.frames["products"]["document_number"].tolist() == ["05/KH-UBND"]


def test_text_that_only_looks_like_an_old_name_is_left_alone(tmp_path):
    rows = [["HD-01", date(2024, 3, 5), "Quán triệt", "Hội nghị", "day"]]
    raw = old_book(tmp_path, "1", Hoạt_động=[["activity_id", "day", "kind", "form", "evidence"], *rows])
    assert raw.frames["activities"]["evidence"].tolist() == ["day"]


def test_what_no_program_can_move_is_said_sheet_and_column_by_name(tmp_path, monkeypatch):
    steps = "Chép cột “Số người” của trang “Hoạt động” sang cột “Số lượt người” của trang “Hoạt động”."
    by_hand = replace(SCHEMA, migrations=(SECOND, replace(THIRD, by_hand=(steps,))))
    monkeypatch.setitem(globals(), "SCHEMA", by_hand)
    raw = old_book(tmp_path, "2", Hoạt_động=[NAMES, TITLES, ROW])
    assert codes(raw) == ["old-template"] and len(raw.frames["activities"]) == 0
    (problem,) = raw.problems
    assert problem.args["steps"] == steps.rstrip(".")  # the message ends the sentence


def test_a_newer_workbook_than_the_kit_is_refused_and_says_who_must_act(tmp_path):
    assert codes(old_book(tmp_path, "4", Hoạt_động=[NAMES, TITLES, ROW])) == ["newer-template"]


def test_every_declared_migration_leads_to_what_the_schema_has():
    assert unknown_targets(TODAY) == []
    assert {int(step.version) for step in TODAY.migrations} <= set(range(2, int(TODAY.template_version) + 1))


def test_steps_of_several_versions_are_one():
    changes = changes_since(SCHEMA, "1")
    assert changes.columns["activities"]["day"] == changes.columns["activities"]["when"] == "date"
    assert changes.codes["activity_form"] == {
        "radio": "loudspeaker",
        "Loa phường": "loudspeaker",
        "speaker": "loudspeaker",
    }


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("- {version: 9}", "a version from 2 to"),
        ("- {version: 2, sheet: {}}", "unknown key 'sheet' (did you mean 'sheets'?)"),
        ("- {version: 2, columns: {activity: {a: b}}}", "no collected table 'activity' (did you mean 'activities'?)"),
        ("- {version: 2, codes: {forms: {a: b}}}", "no codelist 'forms'"),
        ("version: 2", "a list of mappings is expected"),
        ("- {version: 2, by_hand: x}", "by_hand is a list"),
    ],
)
def test_mistakes_in_the_declarations_are_named(tmp_path, text, mistake):
    path = tmp_path / "migrations.yaml"
    path.write_text(text, encoding="utf-8")
    mistakes: list[str] = []
    assert read_migrations(path, replace(TODAY, template_version="2"), mistakes) == ()
    assert len(mistakes) == 1 and mistake in mistakes[0]


def test_last_years_workbook_of_an_older_version_still_gives_its_rows(tmp_path):
    old_book(tmp_path, "1", Hoạt_động=[NAMES, TITLES, ROW])
    assert typed_frames(tmp_path, SCHEMA)["activities"]["form"].tolist() == ["loudspeaker"]
