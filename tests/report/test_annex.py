"""annex.xlsx: the figures behind every table and chart of a report."""

import io
from datetime import datetime

import openpyxl
import pytest
from sample_document import HEAD, notebook
from sample_period import period_data, tables

from kit.report import blocks as b
from kit.report.annex import data_sheets, render_annex
from kit.report.content.narrative import LONG_TEXTS, long_texts, own_words
from kit.report.content.subject import Subject
from kit.report.datawords import column_title
from kit.report.plain import FRONT_SHEET, sheet_name
from kit.report.report import Report
from tests.report.content.reading import SECTIONS, blocks_of

HOSTILE = ("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "https://example.org", "<b>&amp;</b>", "007", "1e5")


def opened(items=None):
    return openpyxl.load_workbook(io.BytesIO(render_annex(notebook(items))))


def rows_of(sheet, columns):
    return [list(row) for row in sheet.iter_rows(min_row=4, max_col=columns, values_only=True)]


def table(**changes) -> b.Table:
    fields = {"caption": "Bảng thử", "columns": (b.Column("Tên"),), "rows": (("a",),), "name": "thu"} | changes
    return b.Table(**fields)


def test_the_first_sheet_says_what_it_is_and_lists_the_others_with_links():
    book = opened()
    front = book[FRONT_SHEET]
    texts = [str(cell.value) for row in front.iter_rows() for cell in row if cell.value is not None]
    assert {"PHỤ LỤC SỐ LIỆU", "15/12/2023 – 14/6/2024", "Dự thảo, chưa ban hành"} <= set(texts)
    assert any("XÃ TÂN PHƯỚC" in text.upper() for text in texts)
    linked = [cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink]
    assert linked == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_rows_that_the_report_cuts_are_in_the_annex():
    rows = tuple((f"Dòng {n}",) for n in range(60))
    cut = table(rows=rows[:25], hidden_rows=35, data=(("name",), *rows))
    book = opened([cut])
    assert rows_of(book["Bảng thử"], 1) == [["Tên"], *([f"Dòng {n}"] for n in range(60))]
    assert "trang này có đủ 60 dòng" in book["Bảng thử"]["A2"].value


def test_figures_are_numbers_days_are_dates_and_codes_are_words():
    data = (("date", "form", "attendances", "unit_id"), ("2024-03-05", "loudspeaker", "1200", "01"), ("", "", "", ""))
    title, row, blank = rows_of(opened([table(data=data)])["Bảng thử"], 4)
    assert title == ["Ngày", "Hình thức", "Số lượt người", "Mã đơn vị"]
    assert row == [datetime(2024, 3, 5), "Truyền thanh cơ sở", 1200, "01"]
    assert blank == [None] * 4


def test_hostile_text_is_a_string_without_a_link():
    made = table(caption="=1+1", data=(("title",), *((text,) for text in HOSTILE)), note="=HYPERLINK(1)")
    sheet = opened([made]).worksheets[1]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells[-len(HOSTILE) :]] == [text.replace("\t", "\t") for text in HOSTILE]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink.location for cell in cells if cell.hyperlink] == [f"'{FRONT_SHEET}'!A1"]


@pytest.mark.parametrize("caption", ["a" * 80, "[x]:*?/\\", "'", "History", FRONT_SHEET, "", "😀" * 20, "Lỗi\n2/3"])
def test_a_sheet_has_a_name_that_excel_takes(caption):
    name = sheet_name(caption)
    assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
    assert not set(name) & set("[]:*?/\\\n") and name.strip("'") == name
    assert name.casefold() not in ("history", FRONT_SHEET.casefold())
    assert len(opened([table(caption=caption), table(caption=caption, rows=(("b",),))]).sheetnames) == 3


def test_a_table_printed_twice_has_one_sheet_and_an_empty_one_none():
    assert opened([table(), table(), table(rows=())]).sheetnames == [FRONT_SHEET, "Bảng thử"]


def test_a_long_table_points_to_its_sheet():
    made = table(caption="Nhiệm vụ còn phải hoàn thành sau ngày 14/6/2024", hidden_rows=3)
    assert f"trang “{opened([made]).sheetnames[1]}”" in made._repr_mimebundle_()["text/plain"]


def test_the_same_notebook_gives_the_same_bytes():
    assert render_annex(notebook()) == render_annex(notebook())


@pytest.mark.parametrize("unit", ["XA-01", "TINH"])
def test_every_column_of_a_real_report_has_a_vietnamese_title_and_the_indicators_come_first(unit):
    report = Report(period_data(), unit)
    blocks = [block.to_json() for name in SECTIONS for block in blocks_of(getattr(report, name)())]
    nodes = [block for block in blocks if block["kind"] in ("table", "figure")]
    unnamed = {name for node in nodes for name in (node["data"] or [()])[0] if column_title(name) == name}
    assert not {name for name in unnamed if name.isascii()}
    first = data_sheets(nodes)[0]
    assert first.caption.startswith("Định nghĩa các chỉ số") and len(first.rows) == 32
    assert "Cách tính" in [column.title for column in first.columns]


def test_an_issued_report_says_so():
    issued = b.Head(**{**HEAD.__dict__, "draft": False, "number_line": "Số: 12/BC-UBND"})
    texts = [cell.value for row in opened([issued])[FRONT_SHEET].iter_rows() for cell in row if cell.value]
    assert any(str(text).startswith("Đã ban hành: Số: 12/BC-UBND") for text in texts)


def test_words_of_a_unit_that_the_report_shortens_are_whole_in_the_annex():
    long = "Đã tổ chức truyền thông. " * 200
    row = {"_unit": "XA-01", "period": "2024-H1", "section": "results", "text": long.strip()}
    subject = Subject(period_data(rows={"units": tables()["units"], "narrative": [row]}), "XA-01")
    book = opened([long_texts(subject)])
    assert rows_of(book[LONG_TEXTS], 2) == [["Mục", "Nội dung"], ["Kết quả đạt được", long.strip()]]
    assert own_words(subject, "results")[-1].endswith(f"trang “{LONG_TEXTS}”.)")


@pytest.mark.parametrize(
    ("columns", "paper", "across", "frozen", "repeated"),
    [(2, "9", "1", "A5", None), (5, "8", "1", "B5", None), (14, "8", "3", "B5", "$A:$A")],
    ids=["narrow", "wide", "very wide"],
)
def test_a_wide_sheet_is_printed_large_enough_and_keeps_its_first_column_in_view(
    columns, paper, across, frozen, repeated
):
    header = tuple(f"Cột {at}" for at in range(columns))
    sheet = opened([table(data=(header, tuple(f"{name} " + "dài " * 30 for name in header)))])["Bảng thử"]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.fitToWidth or 1) == (int(paper), int(across))
    assert sheet.freeze_panes == frozen and sheet.print_title_cols == repeated
    assert sheet.print_title_rows == "$4:$4"
