"""The words of annex.xlsx: its first sheet, and what stands over the figures of each sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from kit.report.plain import FRONT_SHEET
from kit.report.sheets import LINE, Book, SheetColumn, lines, set_page, text_lines, write_head

if TYPE_CHECKING:
    from kit.report.annex import DataSheet

_COLUMNS = (
    SheetColumn("STT", 5),
    SheetColumn("Trang", 34),
    SheetColumn("Loại", 10),
    SheetColumn("Bảng, biểu đồ", 62),
    SheetColumn("Mục trong báo cáo", 48),
    SheetColumn("Số dòng", 9),
)
_READING = (
    "Mỗi bảng và biểu đồ của báo cáo có một trang mang tên của nó, với đầy đủ số liệu, kể cả những dòng mà bản HTML, "
    "PDF và Word không in hết. Bấm vào tên trang ở danh mục dưới đây để mở trang.",
    "Số là số thực, chưa làm tròn; Excel chỉ làm tròn khi hiển thị. Ô để trống là chưa có số liệu, khác với số 0.",
    "Mũi tên ở tiêu đề cột dùng để lọc và sắp xếp. Văn bản được ghi nguyên văn, không có công thức trong tệp này.",
)
_LINK = {"font_color": "#1D4F7C", "underline": 1, "valign": "top", "text_wrap": True}
_WIDTH = sum(column.width for column in _COLUMNS)
_LAST = len(_COLUMNS) - 1


def write_front(book: Book, tree: dict, facts: Mapping[str, object], sheets: Sequence[DataSheet]) -> None:
    """Write the first sheet: what this is, how to read it, and the list of sheets with links."""
    page = book.sheet(FRONT_SHEET)
    page.hide_gridlines(2)
    page.set_row(0, 26)
    page.write_string(0, 0, "PHỤ LỤC SỐ LIỆU", book.form(bold=True, font_size=16, font_color="#1D4F7C"))
    line = _facts(book, page, tree, facts)
    line = _reading(book, page, line + 1)
    if sheets:
        _contents(book, page, line + 1, sheets)
    set_page(page)


def _facts(book: Book, page, tree: dict, facts: Mapping[str, object]) -> int:
    head = next((node for node in tree["nodes"] if node["kind"] == "head"), {})
    line = 1
    name, said = book.form(bold=True, valign="top"), book.form(text_wrap=True, valign="top")
    for title, text in _about(tree, head, facts):
        page.write_string(line, 0, title, name)
        page.merge_range(line, 2, line, _LAST, "", said)
        page.write_string(line, 2, text, said)
        page.set_row(line, LINE * text_lines(text, _WIDTH - 39))
        line += 1
    return line


def _about(tree: dict, head: dict, facts: Mapping[str, object]) -> list[tuple[str, str]]:
    state = "Dự thảo, chưa ban hành" if head.get("draft") else "Đã ban hành"
    issued = " – ".join(filter(None, (head.get("number_line", ""), head.get("date_line", ""))))
    told = (
        ("Báo cáo", f"{head['subject']} – {head['body']}" if head else tree["title"]),
        ("Mã đơn vị", str(facts.get("unit") or "")),
        ("Kỳ báo cáo", head.get("period_line", "").removeprefix("Kỳ báo cáo: ") or str(facts.get("period") or "")),
        ("Trạng thái", (state if head["draft"] else f"{state}: {issued}") if head else ""),
        ("Lưu ý", str(facts.get("fictitious") or "")),
    )
    return [(title, " ".join(text.split())) for title, text in told if text.strip()]


def _reading(book: Book, page, line: int) -> int:
    page.write_string(line, 0, "Cách đọc", book.form(bold=True, font_size=12, font_color="#1D4F7C"))
    form = book.form(text_wrap=True, valign="top")
    for text in _READING:
        line += 1
        page.merge_range(line, 0, line, _LAST, "", form)
        page.write_string(line, 0, text, form)
        page.set_row(line, LINE * text_lines(text, _WIDTH))
    return line + 1


def _contents(book: Book, page, line: int, sheets: Sequence[DataSheet]) -> None:
    write_head(book, page, line, _COLUMNS)
    text, link = book.form(text_wrap=True, valign="top"), book.form(**_LINK)
    middle = book.form(valign="top", align="center")
    for at, sheet in enumerate(sheets, 1):
        count = f"{len(sheet.rows)}"
        row = (str(at), sheet.name, sheet.kind, sheet.caption, sheet.section, count)
        page.set_row(line + at, LINE * lines(_COLUMNS, row))
        page.write_number(line + at, 0, at, middle)
        page.write_url(line + at, 1, _address(sheet.name), link, sheet.name)
        for place in (2, 3, 4):
            page.write_string(line + at, place, row[place], text)
        page.write_number(line + at, 5, len(sheet.rows), middle)
    page.repeat_rows(line)


def write_above(book: Book, page, sheet: DataSheet, *, width: float) -> None:
    """Write a sheet's first lines: the caption, where it stands in the report with the remarks, the way back."""
    ends = list(accumulate(column.width for column in sheet.columns))
    last = next((place for place, end in enumerate(ends) if end >= width), len(ends) + int((width - ends[-1]) // 9))
    room = ends[last] if last < len(ends) else ends[-1] + 9 * (last + 1 - len(ends))
    remarks = "\n".join(filter(None, (sheet.section and f"Mục: {sheet.section}", _cut(sheet), sheet.note)))
    bold = book.form(bold=True, font_size=13, font_color="#1D4F7C", text_wrap=True, valign="vcenter")
    soft = book.form(font_color="#545C66", text_wrap=True, valign="top")
    for line, (text, form, height) in enumerate(((sheet.caption, bold, 19), (remarks, soft, LINE))):
        page.merge_range(line, 0, line, last, "", form)
        page.write_string(line, 0, text, form)
        page.set_row(line, height * text_lines(text, room))
    page.write_url(2, 0, _address(FRONT_SHEET), book.form(**{**_LINK, "text_wrap": False}), "← Danh mục trang")


def _cut(sheet: DataSheet) -> str:
    if sheet.printed is None:
        return ""
    return f"Báo cáo in {sheet.printed} dòng đầu; trang này có đủ {len(sheet.rows)} dòng."


def _address(name: str) -> str:
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A1"
