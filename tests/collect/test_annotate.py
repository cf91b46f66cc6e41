"""The returned workbook: values as sent, in their order and types; marks, comments, formulas, columns of one's own."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from kit.collect.annotate import Return, render_returned
from kit.collect.annotate_carried import carries_marks
from kit.collect.annotate_looks import COMMENTS_OF_A_SHEET
from kit.collect.annotate_remarks import Address, Remark
from kit.collect.annotate_sent import load_sent
from kit.collect.engine import open_workbook
from kit.collect.files import CollectedFile
from kit.collect.read_workbook import read_workbook
from kit.collect.workbook import WorkbookContent, render_workbook
from kit.collect.workbook_layout import RESULT_SHEET, UnitInfo
from kit.schema.load import load_schema

SCHEMA = load_schema()
UNIT = UnitInfo("XA-01", "Xã Mẫu Một", "commune")
CONTENT = WorkbookContent(UNIT, 2024)
ACTIVITIES = ("activity_id", "date", "kind", "form", "attendances", "evidence", "audiences.citizens", "Ghi thêm")
TITLES = ("Mã hoạt động", "Ngày", "Loại hoạt động", "Hình thức", "Số lượt người", "Minh chứng", "Nhân dân", "Ghi thêm")
ROWS = (
    ("HD-001", dt.date(2024, 3, 5), "Quán triệt", "Hội nghị", 60, "Sổ 1", "x", "của xã"),
    ("HD-002", "31/02/2024", "awareness", "Hội nghị", "hơn 60", 45420, None, dt.date(2024, 1, 2)),
    ("=1+1", 45420, "Tuyên truyền", "@form", True, dt.date(2024, 5, 6), "có", 7.5),
    (None, None, None, None, None, None, None, None),
    ("HD-004", dt.datetime(2024, 5, 6, 7, 30), "+84", "http://x.vn", 1.5, "_x0041_ & <b>", False, None),
)


def sent_book(rows=ROWS, *, above=(), columns=ACTIVITIES, formulas=(), extra_sheet=True) -> bytes:
    """A workbook as a unit might send it: the sheet of activities only, title rows ``above`` the header."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    date, moment = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    page, kit = book.add_worksheet("Hoạt động"), book.add_worksheet("_kit")
    for at, pair in enumerate((("template_version", "1"), ("unit_id", "XA-01"), ("year", 2024))):
        kit.write_row(at, 0, pair)
    lines = [*above, [name if name != "Ghi thêm" else None for name in columns]]
    lines += [[dict(zip(ACTIVITIES, TITLES, strict=True))[name] for name in columns], *rows]
    for at, line in enumerate(lines):
        for place, value in enumerate(line):
            if isinstance(value, dt.date):
                page.write_datetime(at, place, value, moment if isinstance(value, dt.datetime) else date)
            elif value is not None:
                page.write(at, place, value)
    for cell, text, value in formulas:
        page.write_formula(cell, text, None, value)
    if extra_sheet:
        own = book.add_worksheet("Tính riêng")
        own.write_row(1, 1, ("Tổng", 12.5))
    book.close()
    return buffer.getvalue()


def returned(content: bytes, folder: Path, remarks=(), suffix=".xlsx") -> tuple[Path, Path]:
    """Write what was sent and what goes back; return both paths."""
    path, back = folder / f"sent{suffix}", folder / "back.xlsx"
    path.write_bytes(content)
    sent = load_sent(CollectedFile(path, "workbook"), lambda path: path.name, SCHEMA)
    back.write_bytes(render_returned(SCHEMA, CONTENT, Return(path.name, sent, tuple(remarks))))
    return path, back


def remark(row, field, severity="error", column="A", **more) -> Remark:
    address = Address(more.pop("file", "sent.xlsx"), "Hoạt động", row, column, "activities", field)
    return Remark(address, severity, "Sai", "thấy gì", "làm gì", **more)


def values_of(path: Path, sheet: str = "Hoạt động") -> list[dict[str, object]]:
    """Filled rows below the header as the reading engine gives them, column name → value, blanks left out."""
    rows = open_workbook(path.read_bytes()).grid(sheet, plain=True).rows
    at = next(at for at, row in enumerate(rows) if "activity_id" in row)
    named = zip(rows[at], rows[at + 1], strict=True)
    names = [str(name or title) for name, title in named]
    lines = [{n: c for n, c in zip(names, row, strict=True) if c is not None} for row in rows[at + 2 :]]
    return [line for line in lines if line]


def expected(rows=ROWS) -> list[dict[str, object]]:
    lines = [{n: v for n, v in zip(ACTIVITIES, row, strict=True) if v is not None} for row in rows]
    return [line for line in lines if line]


def test_values_are_those_sent_in_their_order_and_types(tmp_path):
    _, back = returned(sent_book(), tmp_path)
    assert values_of(back) == expected()
    kinds = [{name: type(value) for name, value in line.items()} for line in values_of(back)]
    assert kinds[1]["attendances"] is str and kinds[1]["evidence"] is float and kinds[0]["date"] is dt.date
    assert kinds[2]["attendances"] is bool and kinds[2]["date"] is float and kinds[3]["date"] is dt.datetime


def test_the_kit_reads_the_returned_workbook_as_it_read_the_file(tmp_path):
    path, back = returned(sent_book(), tmp_path, [remark(4, "date")])

    def read(file: Path) -> dict[str, list[object]]:
        blocks = read_workbook(CollectedFile(file, "workbook"), "f", SCHEMA).blocks
        (block,) = [block for block in blocks if block.table == "activities"]
        return {name: list(cells) for name, cells in block.columns.items() if any(c is not None for c in cells)}

    assert read(back) == read(path)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    _, back = returned(sent_book(), tmp_path, [remark(5, "activity_id"), remark(5, "form")])
    cells = {
        cell.value: cell.data_type for row in load_workbook(back)["Hoạt động"].iter_rows(min_row=4) for cell in row
    }
    assert cells["=1+1"] == cells["@form"] == cells["+84"] == "s"


def test_blank_lines_keep_their_place_so_that_addresses_stay_near(tmp_path):
    _, back = returned(sent_book(), tmp_path)
    sheet = load_workbook(back)["Hoạt động"]
    assert [sheet.cell(row, 1).value for row in range(4, 9)] == ["HD-001", "HD-002", "=1+1", None, "HD-004"]


def test_a_mark_finds_its_cell_under_title_rows_and_reordered_columns(tmp_path):
    order = (6, 4, 0, 1, 2, 3, 5)
    columns = [ACTIVITIES[at] for at in order]
    rows = [[row[at] for at in order] for row in ROWS]
    content = sent_book(rows, above=[["ỦY BAN NHÂN DÂN XÃ"], ["Sổ hoạt động"]], columns=columns)
    _, back = returned(content, tmp_path, [remark(6, "date", column="D")])
    sheet = load_workbook(back)["Hoạt động"]
    (marked,) = [c for row in sheet.iter_rows(min_row=4) for c in row if c.comment]
    assert (marked.value, sheet.cell(2, marked.column).value) == ("31/02/2024", "date")
    assert marked.fill.patternType == "solid" and not marked.protection.locked


@pytest.mark.parametrize(
    ("field", "name"),
    [("", "activity_id"), ("audiences", "audiences.officials"), ("audiences.citizens", "audiences.citizens")],
)
def test_a_finding_of_a_row_marks_the_key_and_one_of_a_list_its_columns(field, name, tmp_path):
    _, back = returned(sent_book(), tmp_path, [remark(3, field, column="")])
    sheet = load_workbook(back)["Hoạt động"]
    (marked,) = [c for row in sheet.iter_rows(min_row=4) for c in row if c.comment]
    assert (sheet.cell(2, marked.column).value, marked.row) == (name, 4)


def test_what_concerns_a_column_stands_on_its_title_above_the_note_of_the_template(tmp_path):
    _, plain = returned(sent_book(), tmp_path)
    _, back = returned(sent_book(), tmp_path, [remark(None, "date", column=""), remark(1, "kind", "warning", "C")])
    titles, before = load_workbook(back)["Hoạt động"][3], load_workbook(plain)["Hoạt động"][3]
    for place in (1, 2):
        text, note = titles[place].comment.text, before[place].comment.text
        assert text.startswith("Kiểm tra số liệu") and text.endswith(note)
        assert titles[place].value == before[place].value


def test_columns_and_sheets_of_ones_own_are_kept_as_values_at_the_end(tmp_path):
    _, back = returned(sent_book(), tmp_path)
    book = load_workbook(back)
    assert book.sheetnames[-1] == "Tính riêng" and [c.value for c in book["Tính riêng"][2]] == [None, "Tổng", 12.5]
    last = list(book["Hoạt động"].columns)[-1]
    assert [cell.value for cell in last[1:6]] == [None, "Ghi thêm", "của xã", dt.datetime(2024, 1, 2), 7.5]


def test_a_formula_keeps_its_text_its_place_and_its_last_result(tmp_path):
    formulas = [("E3", "=SUM(E4:E7)+'Tính riêng'!C2", 72.5), ("E7", "=E3*2", ""), ("F3", "=[1]Sheet!A1", "ngoài")]
    _, back = returned(sent_book(formulas=formulas), tmp_path)
    sheet, shown = load_workbook(back)["Hoạt động"], load_workbook(back, data_only=True)["Hoạt động"]
    place = [cell.value for cell in sheet[2]].index("attendances") + 1
    letter = sheet.cell(2, place).column_letter
    assert sheet.cell(4, place).value == f"=SUM({letter}5:{letter}8)+'Tính riêng'!C2"
    assert shown.cell(4, place).value == 72.5
    assert (sheet.cell(8, place).value, shown.cell(8, place).value) == (f"={letter}4*2", None)
    evidence = [cell.value for cell in sheet[2]].index("evidence") + 1
    assert (sheet.cell(4, evidence).value, sheet.cell(4, evidence).data_type) == ("ngoài", "s")


def test_at_most_five_hundred_comments_a_sheet_the_gravest_first(tmp_path):
    rows = [(f"HD-{n:04d}", "x", *[None] * 6) for n in range(700)]
    found = [remark(n + 3, "date", "error" if n >= 650 else "warning", "B") for n in range(700)]
    _, back = returned(sent_book(rows), tmp_path, found)
    book = load_workbook(back)
    cells = [row[1] for row in book["Hoạt động"].iter_rows(min_row=4, max_row=703)]
    commented = [cell for cell in cells if cell.comment]
    assert len(commented) == COMMENTS_OF_A_SHEET == 500
    assert all(cell.comment for cell in cells[650:])
    assert all(cell.fill.patternType for cell in cells)
    listed = [row for row in book[RESULT_SHEET].iter_rows(min_row=10) if row[3].hyperlink]
    assert len(listed) == 700


def test_what_concerns_the_file_or_a_sheet_is_listed_too(tmp_path):
    told = (
        Remark(Address("sent.xlsx"), "warning", "Tệp", "cả tệp", "làm"),
        Remark(Address("sent.xlsx", "", None, "", "tasks"), "warning", "Thiếu trang", "không có trang", "làm"),
        Remark(Address("sent.xlsx", "Tính riêng"), "note", "Trang ngoài mẫu", "không đọc", "không sửa"),
    )
    _, back = returned(sent_book(), tmp_path, told)
    rows = [row for row in load_workbook(back)[RESULT_SHEET].iter_rows() if row[5].value in [one.found for one in told]]
    places = {row[5].value: (row[2].value, row[3].hyperlink and row[3].hyperlink.location) for row in rows}
    assert places["cả tệp"] == ("Cả tệp", None)
    assert places["không có trang"] == ("Nhiệm vụ", "'Nhiệm vụ'!A1")
    assert places["không đọc"] == ("Tính riêng", "'Tính riêng'!A1")


def test_notes_alone_leave_the_workbook_clean(tmp_path):
    _, back = returned(sent_book(), tmp_path, [remark(3, "date", "note")])
    assert RESULT_SHEET not in load_workbook(back).sheetnames and not carries_marks(back)


def test_marks_of_an_earlier_check_are_known_also_when_the_list_was_deleted(tmp_path):
    path, back = returned(sent_book(), tmp_path, [remark(3, "date")])
    assert carries_marks(back) and not carries_marks(path)
    book = load_workbook(back)
    del book[RESULT_SHEET]
    book.save(tmp_path / "less.xlsx")
    assert carries_marks(tmp_path / "less.xlsx")


def test_the_reader_passes_over_the_list_of_findings(tmp_path):
    _, back = returned(sent_book(extra_sheet=False), tmp_path, [remark(3, "date")])
    read = read_workbook(CollectedFile(back, "workbook"), "f", SCHEMA)
    assert [problem.code for problem in read.problems if problem.sheet == RESULT_SHEET] == []
    assert [problem.code for problem in read.problems if problem.code.startswith("extra")] == ["extra-column"]


def test_a_sheet_that_the_unit_named_like_the_list_is_kept(tmp_path):
    path, back = returned(sent_book(), tmp_path)
    book = load_workbook(back)
    book.create_sheet(RESULT_SHEET)["B2"] = "của xã"
    buffer = io.BytesIO()
    book.save(buffer)
    _, again = returned(buffer.getvalue(), tmp_path, [remark(4, "date")])
    assert load_workbook(again)[f"{RESULT_SHEET} (2)"]["B2"].value == "của xã"
    assert path.exists()


def test_the_same_file_gives_the_same_bytes(tmp_path):
    _, back = returned(sent_book(), tmp_path, [remark(4, "date")])
    first = back.read_bytes()
    returned(sent_book(), tmp_path, [remark(4, "date")])
    assert back.read_bytes() == first


def test_a_csv_folder_comes_back_as_a_workbook_that_reads_alike(tmp_path):
    folder = tmp_path / "2024" / "XA-01"
    folder.mkdir(parents=True)
    header = "activity_id,date,kind,form,audiences,attendances,evidence,ghi thêm\n"
    lines = [
        "HD-1,2024-03-05,briefing,conference,citizens;officials,1234,'=1+1,a\n",
        'HD-2,31/02/2024,briefing,conference,citizens;khác,"1,234",x,\n',
    ]
    (folder / "activities.csv").write_text(header + "".join(lines), encoding="utf-8")
    products = "product_id,task_id,kind,issued_date\nNV-1,NV-1,plan,2024-01-05\n"
    (folder / "products.csv").write_text(products, encoding="utf-8")
    tasks = "task_id,title,due_date\nNV-1,Kế hoạch,2024-01-31\n"
    (folder / "tasks.csv").write_text(tasks, encoding="utf-8")
    sent = load_sent(CollectedFile(folder, "csv", "XA-01", 2024), lambda path: path.name, SCHEMA)
    told = Remark(Address("products.csv", "", 2, "D", "products", "issued_date"), "error", "Sai", "ngày", "làm")
    back = tmp_path / "back.xlsx"
    back.write_bytes(render_returned(SCHEMA, CONTENT, Return("XA-01", sent, (told,))))
    first, second = values_of(back)
    assert first == {
        **{"activity_id": "HD-1", "date": dt.date(2024, 3, 5), "kind": "Quán triệt", "form": "Hội nghị"},
        **{"audiences.citizens": "x", "audiences.officials": "x", "attendances": 1234.0},
        **{"evidence": "=1+1", "ghi thêm": "a"},
    }
    assert (second["date"], second["attendances"], second["audiences"]) == ("31/02/2024", "1,234", "citizens;khác")
    sheet = load_workbook(back)["Sản phẩm"]
    (marked,) = [c for row in sheet.iter_rows(min_row=4) for c in row if c.comment]
    assert marked.value == dt.datetime(2024, 1, 5) and sheet["A4"].value == "NV-1"


needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs the Debian package libreoffice-calc")


def converted(path: Path, kind: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{kind}"


@needs_soffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_formats_come_back_by_the_same_way(kind, tmp_path):
    path, straight = returned(sent_book(), tmp_path)
    other = converted(path, kind, tmp_path / kind)
    _, back = returned(other.read_bytes(), tmp_path / kind, suffix=f".{kind}")
    assert values_of(back) == values_of(straight)


@needs_soffice
def test_comments_choices_and_protection_outlive_an_open_and_save_in_libreoffice(tmp_path):
    _, back = returned(sent_book(), tmp_path, [remark(4, "date"), remark(5, "kind", "warning", "C")])
    saved = converted(back, "xlsx", tmp_path / "saved")
    before, after = load_workbook(back), load_workbook(saved)
    for sheet in before:
        twin = after[sheet.title]
        assert (twin.sheet_state, twin.protection.sheet) == (sheet.sheet_state, sheet.protection.sheet)
        assert len(twin.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        texts = [
            {c.coordinate: c.comment.text for row in page.iter_rows() for c in row if c.comment}
            for page in (sheet, twin)
        ]
        assert texts[0] == texts[1]
    assert values_of(saved) == values_of(back)
    assert carries_marks(saved)


def test_a_fresh_template_carries_no_marks(tmp_path):
    path = tmp_path / "fresh.xlsx"
    path.write_bytes(render_workbook(SCHEMA, CONTENT))
    assert not carries_marks(path)
