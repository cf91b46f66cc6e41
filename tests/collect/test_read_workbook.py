"""Workbooks: addresses, headers, identity, and files that are not what they claim to be."""

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kit.collect.parsed import Unreadable
from kit.collect.read import read_data
from kit.collect.workbook import WorkbookContent, render_workbook
from kit.collect.workbook_layout import FIRST_ROW, UnitInfo
from kit.schema.load import load_schema

SCHEMA = load_schema()
TASKS = ("task_id", "group", "title", "lead", "due_date")
TITLES = ("Mã nhiệm vụ", "Nhóm nhiệm vụ", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Hạn hoàn thành")
ROW = ("NV-01", "Quán triệt", "Quán triệt Đề án", "Bộ phận Tư pháp", dt.date(2024, 3, 31))


def book_with(rows=(ROW,), *, names=TASKS, titles=TITLES, sheet="Nhiệm vụ", **identity):
    """A small workbook made by hand: one sheet of tasks, and the identity sheet (``unit``, ``year``, ``version``)."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in (names, titles, *rows):
        if row is not None:
            page.append(list(row))
    says = {"version": "1", "unit": "XA-01", "year": 2024} | identity
    hidden = book.create_sheet("_kit")
    for pair in (("template_version", says["version"]), ("unit_id", says["unit"]), ("year", says["year"])):
        hidden.append(pair)
    return book


def read(tmp_path, book, *, name="XA-01.xlsx", year=2024):
    folder = tmp_path / "collected" / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(book, bytes):
        (folder / name).write_bytes(book)
    else:
        book.save(folder / name)
    return read_data(tmp_path, SCHEMA)


def codes(raw, *, without=("missing-sheet", "missing-column")):
    return [problem.code for problem in raw.problems if problem.code not in without]


def test_every_value_keeps_its_address(tmp_path):
    raw = read(tmp_path, book_with())
    tasks = raw.frames["tasks"]
    assert tasks.loc[0, ["task_id", "title", "due_date"]].tolist() == [
        "NV-01",
        "Quán triệt Đề án",
        dt.date(2024, 3, 31),
    ]
    assert tasks.loc[0, ["_unit", "_year", "_file", "_sheet", "_row", "_origin"]].tolist() == [
        "XA-01", 2024, "collected/2024/XA-01.xlsx", "Nhiệm vụ", 3, "workbook",
    ]  # fmt: skip
    assert raw.letters["collected/2024/XA-01.xlsx", "Nhiệm vụ", "tasks"]["due_date"] == "E"


def test_addresses_are_right_when_the_sheet_does_not_begin_at_a1(tmp_path):
    book = book_with()
    page = book["Nhiệm vụ"]
    page.insert_rows(1, 4)
    page.insert_cols(1, 2)
    page["C2"] = "KẾ HOẠCH NĂM 2024"
    raw = read(tmp_path, book)
    assert raw.frames["tasks"]["_row"].tolist() == [7]
    assert raw.letters["collected/2024/XA-01.xlsx", "Nhiệm vụ", "tasks"]["task_id"] == "C"
    assert codes(raw) == []


def test_blank_rows_are_skipped_and_counted(tmp_path):
    raw = read(tmp_path, book_with([ROW, [None] * 5, ["  "] * 5, ("NV-02", *ROW[1:])]))
    assert raw.frames["tasks"]["_row"].tolist() == [3, 6]


def test_a_line_with_nothing_but_its_prefilled_key_is_no_data(tmp_path):
    raw = read(tmp_path, book_with([ROW, ("NV-02",), ("NV-03",)]))
    assert raw.frames["tasks"]["task_id"].tolist() == ["NV-01"]


def test_a_period_that_stands_alone_is_an_incomplete_line(tmp_path):
    book = book_with()
    page = book.create_sheet("Gửi báo cáo")
    for row in (("period", "sent_date"), ("Kỳ báo cáo", "Ngày gửi"), ("2024-H1", None)):
        page.append(row)
    assert read(tmp_path, book).frames["submissions"]["period"].tolist() == ["2024-H1"]


def test_a_mark_that_equals_the_default_does_not_make_a_row(tmp_path):
    names, titles = (*TASKS, "product_required"), (*TITLES, "Phải có sản phẩm")
    raw = read(
        tmp_path,
        book_with(
            [("NV-01", None, None, None, None, "có"), ("NV-02", *[None] * 4, "không")], names=names, titles=titles
        ),
    )
    assert raw.frames["tasks"]["task_id"].tolist() == ["NV-02"]


def test_a_filled_row_without_a_key_gets_one_with_a_note(tmp_path):
    raw = read(tmp_path, book_with([ROW, (None, *ROW[1:]), ("nv-d4", *ROW[1:])]))
    assert raw.frames["tasks"]["task_id"].tolist() == ["NV-01", "NV-D4-2", "nv-d4"]
    note = next(problem for problem in raw.problems if problem.code == "key-assigned")
    assert (note.row, note.column, note.field, note.key, note.file) == (
        4,
        "A",
        "task_id",
        "NV-D4-2",
        "collected/2024/XA-01.xlsx",
    )


def test_columns_are_found_by_title_without_tone_placement_when_the_hidden_row_is_lost(tmp_path):
    titles = ("MÃ NHIỆM VỤ *", "Nhóm nhiệm vụ", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Hạn hòan thành")
    raw = read(tmp_path, book_with(names=None, titles=titles))
    assert raw.frames["tasks"]["due_date"].tolist() == [dt.date(2024, 3, 31)]
    assert raw.frames["tasks"]["_row"].tolist() == [2]
    assert codes(raw) == ["header-by-title"]


def test_a_lost_title_row_costs_no_data(tmp_path):
    raw = read(tmp_path, book_with(titles=None))
    assert raw.frames["tasks"]["_row"].tolist() == [2]


def test_a_sheet_without_any_header_is_named(tmp_path):
    raw = read(tmp_path, book_with(names=None, titles=None))
    assert codes(raw) == ["missing-header"]
    assert len(raw.frames["tasks"]) == 0


def test_moved_extra_and_repeated_columns_are_told_apart(tmp_path):
    names = ("due_date", "task_id", None, "lead", "title", "group", "lead")
    titles = ("Hạn hoàn thành", "Mã nhiệm vụ", "Ghi chú", "Cơ quan chủ trì", "Nội dung nhiệm vụ", "Nhóm nhiệm vụ", "x")
    raw = read(
        tmp_path,
        book_with([(dt.date(2024, 3, 31), "NV-01", "?", "A", "T", "Quán triệt", "B")], names=names, titles=titles),
    )
    assert raw.frames["tasks"].loc[0, ["task_id", "lead", "title"]].tolist() == ["NV-01", "A", "T"]
    repeated = next(problem for problem in raw.problems if problem.code == "duplicate-column")
    assert (repeated.column, repeated.field, repeated.args["first"]) == ("G", "lead", "D")


def test_a_missing_required_column_is_named(tmp_path):
    raw = read(tmp_path, book_with([ROW[:4]], names=TASKS[:4], titles=TITLES[:4]))
    missing = {problem.field: problem.args["required"] for problem in raw.problems if problem.code == "missing-column"}
    assert missing["due_date"] is True
    assert missing["start_date"] is False


def test_the_inline_product_becomes_a_product_of_its_task(tmp_path):
    content = WorkbookContent(
        UnitInfo("XA-01", "Xã A", "commune"),
        2024,
        {
            "tasks": [{"task_id": "NV-01", "title": "Tập huấn"}, {"task_id": "NV-02", "title": "Báo cáo"}],
            "products": [
                {"product_id": "NV-02", "task_id": "NV-02", "kind": "report", "issued_date": dt.date(2024, 5, 2)}
            ],
        },
    )
    raw = read(tmp_path, render_workbook(SCHEMA, content))
    products = raw.frames["products"]
    assert products[["product_id", "task_id", "issued_date", "_row"]].values.tolist() == [
        ["NV-02", "NV-02", dt.date(2024, 5, 2), FIRST_ROW + 2]
    ]
    assert "product.kind" not in raw.frames["tasks"]
    letters = raw.letters["collected/2024/XA-01.xlsx", "Nhiệm vụ", "products"]
    assert letters["product_id"] == "A" and letters["issued_date"] > "J"
    assert raw.problems == ()


def test_x_columns_stay_columns_of_their_own(tmp_path):
    content = WorkbookContent(
        UnitInfo("XA-01", "Xã A", "commune"), 2024,
        {"activities": [{"activity_id": "HD-01", "date": dt.date(2024, 5, 1), "audiences": ("citizens", "workers")}]},
    )  # fmt: skip
    row = read(tmp_path, render_workbook(SCHEMA, content)).frames["activities"].iloc[0]
    assert [name for name in row.index if name.startswith("audiences.") and row[name] == "x"] == [
        "audiences.workers",
        "audiences.citizens",
    ]


def test_an_empty_template_has_no_rows_and_no_problems(tmp_path):
    content = WorkbookContent(UnitInfo("XA-01", "Xã A", "commune"), 2024)
    raw = read(tmp_path, render_workbook(SCHEMA, content))
    assert raw.problems == ()
    assert all(len(frame) == 0 for frame in raw.frames.values())


def test_error_values_and_uncalculated_formulas_are_not_silent(tmp_path):
    book = book_with([ROW, ("NV-02", "Quán triệt", "=A1&A2", "#REF!", "=DATE(2024,1,1)")])
    book["Nhiệm vụ"]["D4"].data_type = "e"
    row = read(tmp_path, book).frames["tasks"].iloc[1]
    assert row[["title", "lead", "due_date"]].tolist() == [
        Unreadable("formula-no-value"), Unreadable("error-value"), Unreadable("formula-no-value"),
    ]  # fmt: skip


def test_a_formula_with_its_value_is_read_as_the_value(tmp_path):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("Nhiệm vụ")
    page.write_row(0, 0, TASKS)
    page.write_row(1, 0, TITLES)
    page.write_row(2, 0, ROW[:3])
    page.write_formula(2, 3, '="Tư"&" pháp"', None, "Tư pháp")
    identity = book.add_worksheet("_kit")
    for row, pair in enumerate((("template_version", "1"), ("unit_id", "XA-01"), ("year", 2024))):
        identity.write_row(row, 0, pair)
    book.close()
    assert read(tmp_path, buffer.getvalue()).frames["tasks"]["lead"].tolist() == ["Tư pháp"]


def test_dates_of_a_1904_workbook_are_the_same_days(tmp_path):
    book = book_with()
    book.epoch = CALENDAR_MAC_1904
    assert read(tmp_path, book).frames["tasks"]["due_date"].tolist() == [dt.date(2024, 3, 31)]


def test_a_renamed_sheet_is_known_by_its_field_names(tmp_path):
    raw = read(tmp_path, book_with(sheet="Sheet1", names=(*TASKS, "start_date"), titles=(*TITLES, "Ngày bắt đầu")))
    assert len(raw.frames["tasks"]) == 1
    assert codes(raw) == ["renamed-sheet"]


def test_a_second_sheet_of_a_table_and_a_foreign_sheet_are_named(tmp_path):
    book = book_with(names=(*TASKS, "start_date"), titles=(*TITLES, "Ngày bắt đầu"))
    book.copy_worksheet(book["Nhiệm vụ"]).title = "Nhiệm vụ (2)"
    book.create_sheet("Ghi chú")["A1"] = "x"
    raw = read(tmp_path, book)
    sheets = [(problem.code, problem.sheet) for problem in raw.problems if problem.sheet not in ("", "Nhiệm vụ")]
    assert sheets == [("second-sheet", "Nhiệm vụ (2)"), ("extra-sheet", "Ghi chú")]
    assert len(raw.frames["tasks"]) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "XA-02"}, "unit-mismatch"),
        ({"year": 2023}, "year-mismatch"),
        ({"version": "99"}, "newer-template"),
        ({"version": "cũ"}, "wrong-template"),
        ({"unit": None}, "wrong-template"),
        ({"year": "nay"}, "wrong-template"),
    ],
)
def test_a_file_that_is_not_what_its_place_says_is_not_used(tmp_path, changes, code):
    raw = read(tmp_path, book_with(**changes))
    assert codes(raw) == [code]
    assert [file.readable for file in raw.files] == [False]
    assert len(raw.frames["tasks"]) == 0


def test_the_unit_of_a_file_is_matched_without_case(tmp_path):
    raw = read(tmp_path, book_with(unit="xa-01"), name="Xa-01.xlsx")
    assert raw.frames["tasks"]["_unit"].tolist() == ["XA-01"]


def test_a_workbook_without_identity_is_not_used(tmp_path):
    book = book_with()
    del book["_kit"]
    assert codes(read(tmp_path, book)) == ["wrong-template"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"<html><table></table></html>", "file-not-a-workbook"),
        (b"PK\x03\x04 cut off", "file-unreadable"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "file-password"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000, "file-unreadable"),
    ],
)
def test_a_broken_file_does_not_stop_the_others(tmp_path, content, code):
    read(tmp_path, content, name="XA-00.xlsx")
    raw = read(tmp_path, book_with())
    assert codes(raw) == [code]
    assert [(file.file, file.readable) for file in raw.files] == [
        ("collected/2024/XA-00.xlsx", False), ("collected/2024/XA-01.xlsx", True),
    ]  # fmt: skip
    assert len(raw.frames["tasks"]) == 1


def test_a_cell_in_the_last_corner_does_not_cost_the_sheet(tmp_path):
    book = book_with()
    book["Nhiệm vụ"].cell(1_048_576, 16_384, "x")
    raw = read(tmp_path, book)
    assert codes(raw) == ["stray-cell"]
    assert [(problem.row, problem.column) for problem in raw.problems if problem.code == "stray-cell"] == [
        (1_048_576, "XFD")
    ]
    assert raw.frames["tasks"]["task_id"].tolist() == ["NV-01"]
