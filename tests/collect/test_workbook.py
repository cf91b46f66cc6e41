"""The entry workbook: sheets, hidden header, labels, text that stays text."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from kit.collect.workbook import WorkbookContent, render_workbook
from kit.collect.workbook_layout import UnitInfo, sheet_name
from kit.collect.workbook_page import EntryPage, Page
from kit.schema.load import load_schema

SCHEMA = load_schema()
COMMUNE = UnitInfo("XA-01", "Xã Mẫu Một", "commune")
FIVE = ["Gửi báo cáo", "Nhiệm vụ", "Hoạt động", "Khó khăn, vướng mắc", "Nhận xét"]
TASK = {"task_id": "NV-01", "group": "briefing", "title": "Quán triệt", "lead": "UBND xã", "due_date": date(2024, 3, 1)}
ACTIVITY = {"activity_id": "HD-001", "date": date(2024, 3, 5), "kind": "briefing", "form": "conference"}


def book(unit=COMMUNE, **content):
    return load_workbook(io.BytesIO(render_workbook(SCHEMA, WorkbookContent(unit, 2024, **content))))


def entry_sheets(workbook):
    return [sheet.title for sheet in workbook if sheet.sheet_state == "visible"]


def row_of(sheet, number=4):
    names = [cell.value for cell in sheet[2]]
    return dict(zip(names, [cell.value for cell in sheet[number]], strict=True))


def test_a_commune_meets_exactly_five_sheets():
    assert entry_sheets(book()) == FIVE


def test_a_table_with_rows_has_its_sheet_also_where_the_commune_does_not_see_it():
    line = {"line_id": "KP-01", "source": "mobilised", "recorded_date": date(2024, 5, 1)}
    assert entry_sheets(book(tables={"budget": [line]})) == [*FIVE[:3], "Kinh phí", *FIVE[3:]]


def test_full_gives_every_table_of_the_level():
    titles = [table.title for table in SCHEMA.collected if "commune" in table.levels]
    assert entry_sheets(book(full=True)) == titles


def test_a_district_has_the_tables_of_its_level_and_no_others():
    titles = [table.title for table in SCHEMA.collected if "district" in table.levels]
    assert entry_sheets(book(UnitInfo("HU-01", "Huyện Mẫu Đông", "district"))) == titles


def test_the_hidden_row_holds_field_names_directly_above_the_titles():
    sheet = book()["Hoạt động"]
    assert sheet.row_dimensions[2].hidden and not sheet.row_dimensions[3].hidden
    names = [cell.value for cell in sheet[2]]
    assert names[:3] == ["activity_id", "date", "kind"]
    assert "audiences.citizens" in names and "contents.7" in names and "audiences" not in names
    assert [cell.value for cell in sheet[3]][:3] == ["Mã hoạt động", "Ngày", "Loại hoạt động"]
    assert sheet["A3"].font.bold and sheet.freeze_panes == "B4"


def test_the_first_product_of_a_task_stands_in_the_tasks_row():
    products = [{"product_id": "NV-01", "task_id": "NV-01", "kind": "plan", "document_number": "05/KH-UBND"}]
    products += [{"product_id": "SP-01", "task_id": "NV-01", "kind": "report"}]
    workbook = book(tables={"tasks": [TASK], "products": products})
    row = row_of(workbook["Nhiệm vụ"])
    assert (row["product.kind"], row["product.document_number"]) == ("Kế hoạch", "05/KH-UBND")
    assert [cell.value for cell in workbook["Sản phẩm"]["A"]][3:] == ["SP-01"]


def test_a_product_with_its_tasks_id_but_no_such_task_keeps_its_row():
    products = [{"product_id": "NV-09", "task_id": "NV-09", "kind": "plan"}]
    assert row_of(book(tables={"tasks": [TASK], "products": products})["Sản phẩm"])["product_id"] == "NV-09"


def test_codes_are_shown_by_label_lists_by_crosses_booleans_in_words():
    activity = {**ACTIVITY, "audiences": "citizens;officials", "is_owner": False, "counted_elsewhere": True}
    row = row_of(book(tables={"activities": [activity]})["Hoạt động"])
    assert (row["kind"], row["form"]) == ("Quán triệt", "Hội nghị")
    assert (row["audiences.officials"], row["audiences.workers"], row["audiences.citizens"]) == ("x", None, "x")
    assert (row["is_owner"], row["counted_elsewhere"]) == ("không", "x")


def test_a_code_that_is_in_no_list_is_shown_as_it_is():
    activity = {**ACTIVITY, "kind": "Tuyên truyền"}
    assert row_of(book(tables={"activities": [activity]})["Hoạt động"])["kind"] == "Tuyên truyền"


def test_dates_are_real_dates_shown_day_first():
    cell = book(tables={"activities": [ACTIVITY]})["Hoạt động"]["B4"]
    assert (cell.value, cell.number_format) == (datetime(2024, 3, 5), "dd/mm/yyyy")


@pytest.mark.parametrize("text", ["=1+1", "+84", "@x", "http://x.vn", "007", "1e5", "31/02/2024", "true", "{=A1}"])
def test_text_stays_a_string_never_a_formula_number_or_link(text):
    sheet = book(tables={"activities": [{**ACTIVITY, "evidence": text}]})["Hoạt động"]
    cell = sheet.cell(4, [cell.value for cell in sheet[2]].index("evidence") + 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_text_typed_into_a_date_or_number_cell_stays_as_typed():
    activity = {**ACTIVITY, "date": "30.6.2024", "attendances": "hơn 60"}
    row = row_of(book(tables={"activities": [activity]})["Hoạt động"])
    assert (row["date"], row["attendances"]) == ("30.6.2024", "hơn 60")


def test_the_identity_sheet_is_hidden_and_names_version_unit_and_year():
    sheet = book()["_kit"]
    assert sheet.sheet_state == "hidden"
    rows = [[cell.value for cell in row] for row in sheet["A1:B3"]]
    assert rows == [["template_version", SCHEMA.template_version], ["unit_id", "XA-01"], ["year", 2024]]


def test_dropdowns_refer_to_ranges_with_the_labels():
    workbook = book(keys={"policies": ["CS-1", "CS-2"]})
    rules = {str(rule.sqref): rule.formula1 for rule in workbook["Hoạt động"].data_validations.dataValidation}
    sheet, _, place = rules["C4:C1003"].lstrip("=").partition("!")
    labels = [row[0].value for row in workbook[sheet][place.replace("$", "")]]
    assert labels == list(SCHEMA.codelists["activity_kind"].codes.values())
    lists = [rule for rule in workbook["Hoạt động"].data_validations.dataValidation if rule.type == "list"]
    assert all("!" in rule.formula1 for rule in lists)  # literal lists are limited to 255 characters
    policies = rules["D4:D1003"].partition("!")[2].replace("$", "")
    assert [row[0].value for row in workbook[sheet][policies]] == ["CS-1", "CS-2"]


def test_rarely_used_columns_are_folded_unless_a_row_uses_them():
    def folded(tables):
        sheet = book(tables=tables)["Hoạt động"]
        names = [cell.value for cell in sheet[2]]
        letter = sheet.cell(2, names.index("printed_documents") + 1).column_letter
        return sheet.column_dimensions[letter].hidden

    assert folded({}) is True
    assert not folded({"activities": [{**ACTIVITY, "printed_documents": 2}]})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Khó khăn, vướng mắc", "Khó khăn, vướng mắc"),
        ("a[b]:c*d?e/f\\g", "a b c d e f g"),
        ("'Nháy đơn'", "Nháy đơn"),
        ("Thành viên Hội đồng phối hợp phổ biến", "Thành viên Hội đồng phối hợp ph"),
        ("History", "History_"),
        ("//", "Sheet"),
    ],
)
def test_a_sheet_name_is_one_that_excel_accepts(title, name):
    assert sheet_name(title) == name and len(name) <= 31


def test_two_sheets_never_share_a_name():
    assert sheet_name("Hoạt động", ["HOẠT ĐỘNG"]) == "Hoạt động (2)"


def test_the_same_content_gives_the_same_bytes_without_a_clock():
    content = WorkbookContent(COMMUNE, 2024, {"activities": [ACTIVITY]})
    first, second = render_workbook(SCHEMA, content), render_workbook(SCHEMA, content)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_libreoffice_opens_the_workbook_and_keeps_its_values(tmp_path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("soffice is missing: install the Debian package libreoffice-calc")
    source = tmp_path / "XA-01.xlsx"
    activity = {**ACTIVITY, "evidence": "=1+1", "audiences": "citizens"}
    source.write_bytes(render_workbook(SCHEMA, WorkbookContent(COMMUNE, 2024, {"activities": [activity]})))
    profile = (tmp_path / "profile").as_uri()
    command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "ods", source.name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    converted = CalamineWorkbook.from_path(tmp_path / "XA-01.ods")
    assert [name for name in converted.sheet_names if not name.startswith("_")] == FIVE
    _, names, _, row = converted.get_sheet_by_name("Hoạt động").to_python()[:4]
    values = dict(zip(names, row, strict=True))
    assert (values["date"], values["kind"]) == (date(2024, 3, 5), "Quán triệt")
    assert (values["evidence"], values["audiences.citizens"]) == ("=1+1", "x")


def test_the_short_ways_of_a_page_write_what_xlsxwriter_writes(monkeypatch):
    def all_columns(page):
        first, widest = max(page.col_info) + 1, page.dim_colmax
        page.set_column(first, 16_383, None, *page.spare)
        page.dim_colmax = widest
        Worksheet._write_cols(page)

    content = WorkbookContent(COMMUNE, 2024, tables={"tasks": [TASK], "activities": [ACTIVITY]}, full=True)
    short = render_workbook(SCHEMA, content)
    monkeypatch.delattr(Page, "_prepare_formula")
    monkeypatch.delattr(EntryPage, "_write_col_info")
    monkeypatch.setattr(EntryPage, "_write_cols", all_columns)
    assert render_workbook(SCHEMA, content) == short
