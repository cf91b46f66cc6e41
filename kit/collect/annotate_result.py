"""The first sheet of a returned workbook, "Kết quả kiểm tra": counts, what the marks mean, all findings with links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kit.collect.annotate_looks import COMMENTS_OF_A_SHEET, SIGNS, Formats
from kit.collect.annotate_place import Located
from kit.collect.annotate_remarks import RANK, SEVERITY_WORDS
from kit.collect.workbook import WorkbookContent
from kit.collect.workbook_format import height_of

MOST_LINKS = 60_000  # a sheet holds at most 65,530
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _FONT | {"bold": True, "font_size": 15},
    "plain": _FONT,
    "wrapped": _FONT | {"text_wrap": True},
    "head": _FONT | {"bold": True, "bg_color": "#CFE2F3", "border": 1, "text_wrap": True, "align": "center"},
    "cell": _FONT | {"border": 1, "border_color": "#999999", "text_wrap": True},
    "number": _FONT | {"border": 1, "border_color": "#999999", "align": "center"},
    "link": _FONT | {"border": 1, "border_color": "#999999", "font_color": "#0563C1", "underline": 1},
    "group": _FONT | {"bold": True, "bg_color": "#EEEEEE", "border": 1},
}
_MEANING = {
    "error": "Phải sửa: ô hoặc dòng này chưa được dùng để tính.",
    "warning": "Cần xem lại: số liệu vẫn được dùng; đúng như đã ghi thì giữ nguyên.",
    "note": "Để biết số liệu được đọc thế nào; không phải sửa nếu đã đúng.",
}
_HEADS = (
    "STT",
    "Mức độ",
    "Trang",
    "Ô",
    "Cột",
    "Phát hiện",
    "Được phép",
    "Cần làm",
    "Giá trị đã ghi",
    "Vị trí trong tệp đã gửi",
)
_WIDTHS = (6, 12, 20, 9, 22, 52, 38, 44, 24, 24)
_HOW = (
    "Cách làm: bấm vào tên ô ở cột “Ô” để đến ô cần sửa, đọc ghi chú của ô, sửa ngay trong sổ này, lưu rồi gửi lại.",
    "Không cần xóa màu, ghi chú hay trang này: khi kiểm tra lại, chương trình bỏ qua chúng; ô đã đúng thì hết dấu.",
)


@dataclass(frozen=True)
class Result:
    """What the sheet tells: the ``name`` of the file sent, whose it is, all remarks with their places, and the sheets
    of the workbook in their order."""

    name: str
    content: WorkbookContent
    spots: tuple[Located, ...]
    pages: tuple[str, ...] = ()

    @property
    def ordered(self) -> list[Located]:
        """Errors first; within a severity what concerns files and sheets, then by sheet and cell."""
        pages = {page: at for at, page in enumerate(self.pages)}
        return sorted(
            self.spots,
            key=lambda spot: (RANK[spot.remark.severity], pages.get(spot.page, -1), spot.cell or (-1, -1)),
        )


def write_result(page: Worksheet, book: xlsxwriter.Workbook, result: Result) -> None:
    """Write the sheet; its row 1 is hidden and holds the mark by which the reader knows it."""
    looks = {name: book.add_format(properties) for name, properties in _LOOKS.items()}
    looks |= {severity: Formats(book).of("choice", severity) for severity in SEVERITY_WORDS}
    page.set_row(0, None, None, {"hidden": True})
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)
    unit = result.content.unit
    page.write_string(1, 0, f"KẾT QUẢ KIỂM TRA SỔ NHẬP LIỆU NĂM {result.content.year}", looks["title"])
    page.write_string(2, 0, f"Đơn vị: {unit.name} ({unit.unit_id}). Tệp đã gửi: {result.name}", looks["plain"])
    row = _write_counts(page, looks, result, 4)
    for at, text in enumerate(_how(result), start=row + 2):
        page.write_string(at, 0, text, looks["plain"])
        row = at
    _write_list(page, looks, result.ordered, row + 2)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)


def _how(result: Result) -> list[str]:
    texts = list(_HOW)
    cells = {(spot.page, spot.cell) for spot in result.spots if spot.cell}
    pages = [page for page, _ in cells]
    if any(pages.count(page) > COMMENTS_OF_A_SHEET for page in set(pages)):
        texts.append(
            f"Mỗi trang có tối đa {COMMENTS_OF_A_SHEET} ghi chú; các ô còn lại được tô màu và liệt kê dưới đây."
        )
    return texts


def _write_counts(page: Worksheet, looks: dict[str, Any], result: Result, row: int) -> int:
    """Write the counts by severity, which are also the legend of the marks; return the last row."""
    for place, text in ((0, "Số lượng"), (2, "Mức độ, dấu hiệu trên ô"), (4, "Ý nghĩa")):
        last = {0: 1, 2: 3, 4: 6}[place]
        page.merge_range(row, place, row, last, text, looks["head"])
    for severity, word in SEVERITY_WORDS.items():
        row += 1
        count = sum(spot.remark.severity == severity for spot in result.spots)
        page.merge_range(row, 0, row, 1, count, looks["number"])
        page.merge_range(row, 2, row, 3, f"{word} ({SIGNS[severity]})", looks[severity])
        page.merge_range(row, 4, row, 6, _MEANING[severity], looks["cell"])
        page.set_row(row, 36)
    return row


def _write_list(page: Worksheet, looks: dict[str, Any], spots: Sequence[Located], row: int) -> None:
    for place, text in enumerate(_HEADS):
        page.write_string(row, place, text, looks["head"])
    page.repeat_rows(row)
    page.autofilter(row, 0, row + max(len(spots), 1), len(_HEADS) - 1)
    for number, spot in enumerate(spots, start=1):
        _write_line(page, looks, (row + number, number), spot)


def _write_line(page: Worksheet, looks: dict[str, Any], at: tuple[int, int], spot: Located) -> None:
    row, number = at
    remark = spot.remark
    page.write_number(row, 0, number, looks["number"])
    found = remark.found or remark.title
    texts = (SEVERITY_WORDS[remark.severity], spot.page or "Cả tệp", None, remark.column_title, found, remark.allowed,
             remark.action, remark.value, str(remark.address))  # fmt: skip
    for place, text in enumerate(texts, start=1):
        if text is not None:
            page.write_string(row, place, text, looks[remark.severity if place == 1 else "cell"])
    page.set_row(row, height_of((text, _WIDTHS[place]) for place, text in enumerate(texts, start=1) if text))
    cell = xl_rowcol_to_cell(*spot.cell) if spot.cell else "A1"
    if spot.page and number <= MOST_LINKS:
        quoted = spot.page.replace("'", "''")
        shown = cell if spot.cell else "cả trang"
        page.write_url(row, 3, f"internal:'{quoted}'!{cell}", looks["link"], shown, "Đến ô cần xem")
    else:
        page.write_string(row, 3, cell if spot.cell else "", looks["cell"])
