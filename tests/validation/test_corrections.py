"""The office's corrections: what a declaration must say, and how it meets the data or fails loudly."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kit.collect.raw import SourceFile
from kit.errors import DeclarationError
from kit.validation.corrections import corrections_of, load_corrections
from kit.validation.corrections_apply import apply_corrections
from tests.validation.raw_rows import SCHEMA, raw_tables

UNTIL = dt.date(2024, 12, 31)
FIX = {
    **{"unit": "XA-01", "year": 2024, "table": "activities", "key": "HD-1"},
    **{"field": "attendances", "from": 5000, "to": 500},
    **{"reason": "Ghi thừa một số 0", "told": "Nguyễn Văn Mẫu, 20/6/2024", "until": UNTIL},
}
FILE = "collected/2024/XA-01.xlsx"


def raw(*activities: dict, file: str = FILE, readable: bool = True, **tables):
    rows = [{"activity_id": "HD-1", "_origin": "workbook", "attendances": "5000", **row} for row in activities or ({},)]
    made = raw_tables(activities=rows, **tables)
    frames = {name: frame.assign(_file=file) if name == "activities" else frame for name, frame in made.frames.items()}
    letters = {(file, *place[1:]): of for place, of in made.letters.items()}
    return replace(made, frames=frames, letters=letters, files=(SourceFile(file, "workbook", "XA-01", 2024, readable),))


def applied(*entries: dict, data=None, cutoff=None):
    return apply_corrections(data or raw(), corrections_of(list(entries), SCHEMA), SCHEMA, cutoff=cutoff)


def without(*names: str, **more: object) -> dict:
    return {name: value for name, value in {**FIX, **more}.items() if name not in names}


def misfit(*entries: dict, **more) -> str:
    with pytest.raises(DeclarationError) as raised:
        applied(*entries, **more)
    return str(raised.value)


def test_a_cell_is_changed_and_a_note_says_why():
    before = raw()
    after = applied(FIX, data=before)
    assert after.frames["activities"]["attendances"].tolist() == [500]
    assert before.frames["activities"]["attendances"].tolist() == ["5000"]  # inputs are never modified
    [problem] = after.problems
    assert (problem.code, problem.field, problem.key, problem.value) == ("corrected", "attendances", "HD-1", "5000")
    assert problem.row == before.frames["activities"]["_row"].iloc[0]
    assert (
        problem.column
        == before.letters[FILE, before.frames["activities"]["_sheet"].iloc[0], "activities"]["attendances"]
    )
    assert "Ghi thừa" in problem.args["reason"] and problem.args["until"] == "31/12/2024"


@pytest.mark.parametrize(
    ("field", "cell", "old", "new"),
    [
        ("attendances", 5000.0, 5000, 500),
        ("attendances", "5.000", 5000, 500),
        ("attendances", "khoảng 5000", "khoảng 5000", 500),
        ("date", dt.datetime(2024, 3, 5), dt.date(2024, 3, 5), dt.date(2024, 3, 6)),
        ("date", "31/02/2024", "31/02/2024", dt.date(2024, 2, 29)),
        ("kind", "Tập huấn", "training", "awareness"),
        ("audiences", "Cán bộ; Nhân dân", ["citizens", "officials"], ["citizens"]),
        ("attendances", None, None, 20),
        ("evidence", "  ", None, "Biên bản"),
        ("is_owner", None, True, False),
        ("attendances", "5000", 5000, None),
    ],
)
def test_from_is_compared_by_value_or_as_it_is_written(field, cell, old, new):
    data = raw({field: cell})
    after = applied(without(field=field, **{"from": old, "to": new}), data=data)
    assert len(after.problems) == 1
    assert after.frames["activities"][field].iloc[0] == ("citizens" if field == "audiences" else new)


def test_the_marks_of_a_list_are_read_as_one_value():
    data = raw({"audiences.citizens": "x", "audiences.workers": "x"})
    fix = without(field="audiences", **{"from": ["workers", "citizens"], "to": "officials"})
    row = applied(fix, data=data).frames["activities"].iloc[0]
    assert row["audiences"] == "officials" and row["audiences.citizens"] is None and row["audiences.workers"] is None


def test_a_row_is_dropped_by_key_or_by_row_number():
    data = raw({"activity_id": "HD-1"}, {"activity_id": "HD-2"})
    after = applied(without("field", "from", "to", drop=True), data=data)
    assert after.frames["activities"]["activity_id"].tolist() == ["HD-2"] and after.frames[
        "activities"
    ].index.tolist() == [0]
    assert [problem.code for problem in after.problems] == ["row-dropped"]
    number = int(data.frames["activities"]["_row"].iloc[1])
    after = applied(without("key", "field", "from", "to", drop=True, row=number), data=data)
    assert after.frames["activities"]["activity_id"].tolist() == ["HD-1"]


def test_all_corrections_that_do_not_fit_are_named_at_once():
    data = raw({"activity_id": "HD-1"}, {"activity_id": "HD-2"}, {"activity_id": "HD-2"})
    told = misfit(
        without(key="HD-9"),
        without(key="HD-2"),
        without(**{"from": 4000}),
        without(unit="XA-09"),
        without(**{"from": None}),
        without(until=dt.date(2024, 1, 31)),
        data=data,
        cutoff=dt.date(2024, 6, 14),
    )
    assert "correction 1 (XA-01, 2024, activities, HD-9): there is no such row" in told
    assert "correction 2 (XA-01, 2024, activities, HD-2): it matches several rows" in told
    assert "'from' is '4000', but the cell has '5000'" in told
    assert "there is no file of XA-09 for 2024" in told
    assert "'from' is nothing, but the cell has '5000'" in told
    assert "until 2024-01-31, before the cut-off 2024-06-14" in told


def test_without_a_period_no_correction_is_too_old():
    assert len(applied(without(until=dt.date(2020, 1, 1))).problems) == 1
    assert len(applied(without(until=dt.date(2024, 6, 14)), cutoff=dt.date(2024, 6, 14)).problems) == 1


def test_two_corrections_of_one_cell_or_of_a_dropped_row_contradict():
    drop = without("field", "from", "to", drop=True)
    for pair in ((FIX, FIX), (FIX, drop), (drop, FIX), (drop, drop)):
        assert "another correction names the same cell or row" in misfit(*pair)
    assert len(applied(FIX, without(field="form", **{"from": "conference", "to": "workshop"})).problems) == 2


def test_a_correction_waits_while_the_units_file_cannot_be_read():
    after = applied(FIX, data=raw(readable=False))
    assert [(problem.code, problem.file, problem.row) for problem in after.problems] == [
        ("correction-waiting", FILE, None)
    ]


def test_a_file_from_outside_is_judged_as_sent():
    data = raw(file="bao cao.xlsx")
    assert applied(FIX, without(key="HD-9"), data=data).problems == ()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (without("reason", "told"), ("'reason' is missing", "'told' is missing")),
        (without(tabel="x"), ("unknown name 'tabel' (did you mean 'table'?)",)),
        (without(table="activity"), ("did you mean 'activities'?",)),
        (without(table="units"), ("'units' is not a collected table",)),
        (without(field="attendance"), ("did you mean 'attendances'?",)),
        (without(row=3), ("either by its key or by its row number",)),
        (without("key"), ("either by its key or by its row number",)),
        (without("from"), ("'from' is missing (write null",)),
        (without(to="nhiều"), ("'nhiều' is not a value of 'attendances'",)),
        (without(field="kind", **{"from": "training", "to": "hội thi"}), ("'hội thi' is not a value of 'kind'",)),
        (without(year="năm nay", until="cuối năm"), ("year: a year", "until: an ISO date")),
        (without(drop=True), ("a row that is dropped has no 'to'",)),
        ("XA-01", ("a mapping is expected",)),
    ],
)
def test_a_wrong_declaration_says_all_that_is_wrong(entry, told):
    with pytest.raises(DeclarationError) as raised:
        corrections_of([FIX, entry], SCHEMA)
    assert all(f"correction 2: {part}" in str(raised.value) or part in str(raised.value) for part in told)
    assert len(raised.value.mistakes) == len(told)


def test_the_file_is_read_from_the_data_folder(tmp_path):
    assert load_corrections(tmp_path, SCHEMA) == ()
    path = tmp_path / "corrections.yaml"
    path.write_text("# chưa có đính chính nào\n", encoding="utf-8")
    assert load_corrections(tmp_path, SCHEMA) == ()
    lines = "unit: XA-01, year: 2024, table: tasks, key: NV-1, field: due_date, from: 2024-02-03, to: 2024-03-02"
    path.write_text(f"- {{{lines}, reason: Nhầm ngày tháng, told: A, until: 2024-12-31}}\n", encoding="utf-8")
    [correction] = load_corrections(tmp_path, SCHEMA)
    assert (correction.old, correction.new, correction.until) == (dt.date(2024, 2, 3), dt.date(2024, 3, 2), UNTIL)
    path.write_text("- [", encoding="utf-8")
    with pytest.raises(DeclarationError, match="cannot be read"):
        load_corrections(tmp_path, SCHEMA)
