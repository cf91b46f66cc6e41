"""A unit's workbook built by hand for the cases of ``tests/cases/returns``: in order first, then one thing is spoilt.

Built with XlsxWriter from the schema's fields, not with the kit's own templates: a case is what a unit may send, also
years after templates have changed. Row 1 has the hidden field names, row 2 the titles, entries begin in row 3.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kit.collect.header import column_titles
from kit.collect.sheet_extent import column_letter
from kit.schema.load import load_schema

SCHEMA = load_schema()
TITLES = column_titles(SCHEMA)
YEAR = 2024
FIRST = 3  # row of the first entry
D = date


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the program stored; blank: never calculated."""

    text: str
    value: object = ""


BASE: Mapping[str, list[dict[str, object]]] = {
    "submissions": [{"period": "2024-H1", "sent_date": D(2024, 6, 17), "prepared_by": "Trần Thị Mẫu"}],
    "tasks": [
        {"task_id": "NV-01", "group": "Quán triệt", "title": "Hội nghị quán triệt Đề án", "lead": "Bộ phận Tư pháp",
         "start_date": D(2024, 1, 8), "due_date": D(2024, 3, 29), "completed_date": D(2024, 3, 20), "quality": "Tốt",
         "product.kind": "Văn bản", "product.document_number": "05/KH-UBND", "product.issued_date": D(2024, 3, 20)},
        {"task_id": "NV-02", "group": "Tập huấn", "title": "Tập huấn kỹ năng cho tuyên truyền viên",
         "lead": "Bộ phận Tư pháp", "start_date": D(2024, 4, 1), "due_date": D(2024, 9, 30)},
        {"task_id": "NV-03", "group": "Truyền thông", "title": "Phát tin trên đài truyền thanh xã",
         "lead": "Bộ phận Văn hóa", "due_date": D(2024, 11, 29)},
    ],
    "activities": [
        {"activity_id": "HD-01", "date": D(2024, 3, 5), "kind": "Nâng cao nhận thức", "task_id": "NV-01",
         "form": "Hội nghị", "audiences.citizens": "x", "audiences.officials": "x", "sessions": 2, "attendances": 160},
        {"activity_id": "HD-02", "date": D(2024, 4, 16), "kind": "Truyền thông dự thảo chính sách", "policy_id": "CS-1",
         "form": "Truyền thanh cơ sở", "audiences.citizens": "x", "contents.1": "x", "contents.4": "x",
         "broadcasts": 12},
        {"activity_id": "HD-03", "date": D(2024, 5, 22), "kind": "Tập huấn", "task_id": "NV-02",
         "form": "Lớp tập huấn", "audiences.officials": "x", "sessions": 1, "attendances": 45, "printed_documents": 45},
    ],
    "obstacles": [
        {"obstacle_id": "VM-01", "category": "Nhân lực", "description": "Công chức Tư pháp kiêm nhiệm nhiều việc",
         "reported_date": D(2024, 5, 20), "responsible_level": "Cấp xã", "proposal": "Bố trí thêm người"},
    ],
    "narrative": [
        {"period": "2024-H1", "section": "Kết quả đạt được",
         "text": "Xã đã tổ chức quán triệt và phát tin theo kế hoạch đã đề ra."},
        {"period": "2024-H1", "section": "Tồn tại, hạn chế",
         "text": "Số người dự một số buổi còn ít, tài liệu phát chưa đủ."},
    ],
}  # fmt: skip
FEEDBACK = {"feedback_id": "GY-01", "policy_id": "CS-1", "date": D(2024, 4, 22), "received": 9, "accepted": 4,
            "explained": 3}  # fmt: skip
LINE = {"line_id": "KP-01", "task_id": "NV-01", "source": "Ngân sách nhà nước - theo Đề án", "allocated": 12.5,
        "spent": 8, "recorded_date": D(2024, 5, 30)}  # fmt: skip
INSPECTION = {"inspection_id": "KT-01", "date": D(2024, 5, 22), "inspected": "Thôn Mẫu", "result": "Đạt",
              "document_number": "09/BC-UBND"}  # fmt: skip
MEMBER = {"member_id": "TV-01", "full_name": "Lê Văn Mẫu", "agency": "Phòng Tư pháp", "member_from": D(2023, 1, 1)}


@dataclass
class Book:
    """Rows by table, and how the sheets look; a case changes what it is about."""

    unit: str
    rows: dict[str, list[dict[str, object]]] = field(default_factory=lambda: copy.deepcopy(dict(BASE)))
    identity: dict[str, object] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)  # order of columns, where it is not the usual one
    titles: dict[str, dict[str, str | None]] = field(default_factory=dict)  # other titles (``None``: blank)
    names: dict[str, dict[str, str | None]] = field(default_factory=dict)  # other field names
    names_row: bool = True
    titles_row: bool = True
    above: list[str] = field(default_factory=list)  # texts of rows above the header
    sheets: dict[str, str] = field(default_factory=dict)  # other names of sheets
    options: dict[str, object] = field(default_factory=dict)  # of the workbook (XlsxWriter)
    decorate: Callable[[xlsxwriter.Workbook, dict[str, Worksheet]], None] | None = None

    def __post_init__(self) -> None:
        self.identity = {"template_version": "1", "unit_id": self.unit, "year": YEAR} | self.identity

    def at(self, table: str, name: str) -> int:
        """0-based column of a field."""
        return self.order(table).index(name)

    def letter(self, table: str, name: str) -> str:
        """Letter of a field's column."""
        return column_letter(self.at(table, name) + 1)

    def order(self, table: str) -> list[str]:
        """Column names of a sheet, in order."""
        return self.columns.get(table) or list(TITLES[table])

    def first(self) -> int:
        """Row of the first entry, as Excel shows it."""
        return len(self.above) + self.names_row + self.titles_row + 1

    def content(self) -> bytes:
        """The workbook as bytes; the same book gives the same bytes."""
        buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **self.options}
        book = xlsxwriter.Workbook(buffer, options)
        book.set_properties({"created": datetime(YEAR, 1, 1)})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        pages = {table: book.add_worksheet(self.sheets.get(table, SCHEMA.tables[table].title)) for table in self.rows}
        for table, page in pages.items():
            self._sheet(page, table, day)
        if self.identity:
            hidden = book.add_worksheet("_kit")
            hidden.hide()
            for row, pair in enumerate(self.identity.items()):
                hidden.write_row(row, 0, pair)
        if self.decorate:
            self.decorate(book, pages)
        book.close()
        return buffer.getvalue()

    def _sheet(self, page: Worksheet, table: str, day: object) -> None:
        order = self.order(table)
        row = len(self.above)
        for number, text in enumerate(self.above):
            page.write_string(number, 0, text)
        if self.names_row:
            page.set_row(row, None, None, {"hidden": True})
            page.write_row(row, 0, [self.names.get(table, {}).get(name, name) for name in order])
            row += 1
        if self.titles_row:
            usual = TITLES[table]
            page.write_row(row, 0, [self.titles.get(table, {}).get(name, usual.get(name, name)) for name in order])
            row += 1
        for number, entry in enumerate(self.rows[table], start=row):
            for name, value in entry.items():
                _write(page, (number, order.index(name)), value, day)


def _write(page: Worksheet, place: tuple[int, int], value: object, day: object) -> None:
    if isinstance(value, Formula):
        page.write_formula(*place, value.text, None, value.value)
    elif isinstance(value, date):
        page.write_datetime(*place, value, day)
    elif isinstance(value, str):
        page.write_string(*place, value)
    elif value is not None:
        page.write(*place, value)
