"""results.xlsx and findings.xlsx: the same tables for people, with Vietnamese labels (a CSV opens wrongly in Excel)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kit.indicators.catalog import INDICATORS
from kit.report.sheets import COLOURS, LINE, Book, SheetColumn, finish, lines, write_head, write_row
from kit.schema.load import load_schema

STATUS = {
    "met": "Đạt",
    "nearly": "Gần đạt",
    "not_met": "Chưa đạt",
    "no_target": "Không đặt chỉ tiêu",
    "no_data": "Không phát sinh / chưa có số liệu",
}
SEVERITY = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}
_UNIT = {"%": "%", "days": "ngày", "count": "số lượng"}
_RESULT_SHEET = (
    SheetColumn("Mã đơn vị", 11),
    SheetColumn("Đơn vị", 26),
    SheetColumn("Chỉ số", 8),
    SheetColumn("Tên chỉ số", 52),
    SheetColumn("Tử số", 11),
    SheetColumn("Mẫu số", 11),
    SheetColumn("Giá trị", 11),
    SheetColumn("Đơn vị tính", 11),
    SheetColumn("Chỉ tiêu Kế hoạch", 11),
    SheetColumn("So với Kế hoạch", 16),
    SheetColumn("Chỉ tiêu Đề án", 11),
    SheetColumn("So với Đề án", 16),
    SheetColumn("Số bản ghi", 9),
    SheetColumn("Bản ghi bị loại", 9),
    SheetColumn("Ghi chú", 40),
)
_FINDING_SHEET = (
    SheetColumn("Mức độ", 10),
    SheetColumn("Mã đơn vị", 11),
    SheetColumn("Đơn vị", 26),
    SheetColumn("Tệp", 30),
    SheetColumn("Trang tính", 20),
    SheetColumn("Dòng", 7),
    SheetColumn("Cột", 6),
    SheetColumn("Bảng", 20),
    SheetColumn("Cột dữ liệu", 22),
    SheetColumn("Mã dòng", 12),
    SheetColumn("Nội dung", 80),
    SheetColumn("Giá trị trong tệp", 28),
    SheetColumn("Mã phát hiện", 22),
)


def render_results_xlsx(results: pd.DataFrame, names: Mapping[str, str]) -> bytes:
    """Return results.xlsx; ``names`` maps a unit to its name."""
    rows = []
    for row in results.to_dict("records"):
        indicator = INDICATORS[row["indicator_id"]]
        rows.append(
            (
                *(row["unit_id"], names.get(row["unit_id"], ""), indicator.id, indicator.title),
                *(row["numerator"], row["denominator"], row["value"], _UNIT[row["unit"]]),
                *(row["target"], STATUS[row["status"]], row["target_national"], STATUS[row["status_national"]]),
                *(row["n_records"], row["excluded_records"], row["note"]),
            )
        )
    return _render("Kết quả", _RESULT_SHEET, rows, marks=results["status"].tolist())


def render_findings_xlsx(findings: pd.DataFrame, names: Mapping[str, str]) -> bytes:
    """Return findings.xlsx, errors first; ``names`` maps a unit to its name."""
    tables = load_schema().tables
    order = {severity: place for place, severity in enumerate(SEVERITY)}
    findings = findings.sort_values("severity", key=lambda column: column.map(order), kind="stable")
    rows = []
    for row in findings.to_dict("records"):
        table = tables.get(row["table"])
        titles = {field.name: field.title for field in table.fields} if table else {}
        rows.append(
            (
                *(SEVERITY[row["severity"]], row["unit_id"], names.get(row["unit_id"], ""), row["source_file"]),
                *(row["source_sheet"], row["source_row"], row["source_column"], table.title if table else ""),
                *(titles.get(row["field"], row["field"]), row["key"], row["message"], row["value"], row["code"]),
            )
        )
    return _render("Phát hiện", _FINDING_SHEET, rows, marks=findings["severity"].tolist())


def _render(
    name: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[object]], *, marks: Sequence[str]
) -> bytes:
    book = Book(name)
    sheet = book.sheet(name)
    write_head(book, sheet, 0, columns)
    for line, (row, mark) in enumerate(zip(rows, marks, strict=True), start=1):
        sheet.set_row(line, LINE * lines(columns, row))
        write_row(book, sheet, line, row, dict.fromkeys(range(len(row)), COLOURS.get(mark, "")))
    finish(sheet, 0, len(rows), len(columns))
    return book.close()
