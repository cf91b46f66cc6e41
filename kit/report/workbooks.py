"""results.xlsx and findings.xlsx: the same tables for people, with Vietnamese labels (a CSV opens wrongly in Excel)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

import pandas as pd
import xlsxwriter

from kit.indicators.catalog import INDICATORS
from kit.schema.load import load_schema

# Every workbook of a run carries the same date: two runs of the same input give the same bytes.
_CREATED = datetime(2020, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
STATUS = {
    "met": "Đạt",
    "nearly": "Gần đạt",
    "not_met": "Chưa đạt",
    "no_target": "Không đặt chỉ tiêu",
    "no_data": "Không phát sinh / chưa có số liệu",
}
SEVERITY = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}
WHOLE, BROKEN = "#,##0", "#,##0.0#"
LINE = 15.5  # points
_UNIT = {"%": "%", "days": "ngày", "count": "số lượng"}
_COLOURS = {
    "met": "#D9EAD3",
    "nearly": "#FFF2CC",
    "not_met": "#F4CCCC",
    "error": "#F4CCCC",
    "warning": "#FFF2CC",
}


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet: title, and width in characters."""

    title: str
    width: float


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
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"created": _CREATED, "title": name})
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EDF3", "border": 1})
    formats = {
        (number_format, colour): book.add_format(_format(number_format, colour))
        for number_format in ("", WHOLE, BROKEN)
        for colour in ["", *_COLOURS.values()]
    }
    sheet.set_row(0, 2 * LINE)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, head)
    for line, (row, mark) in enumerate(zip(rows, marks, strict=True), start=1):
        sheet.set_row(line, LINE * _lines(columns, row))
        for place, value in enumerate(row):
            _write(sheet, (line, place), value, formats[_number_format(value), _COLOURS.get(mark, "")])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def _lines(columns: Sequence[SheetColumn], row: Sequence[object]) -> int:
    """Lines that the longest wrapped text of a row needs: not every program fits rows to their text by itself."""
    texts = [(value, column.width) for column, value in zip(columns, row, strict=True) if isinstance(value, str)]
    return min(10, max((ceil(len(value) * 1.1 / width) for value, width in texts if value), default=1))


def _number_format(value: object) -> str:
    if isinstance(value, str) or value is None or value is pd.NA or value != value:
        return ""
    return WHOLE if float(value).is_integer() else BROKEN  # type: ignore[arg-type]


def _format(number_format: str, colour: str) -> dict[str, object]:
    wanted: dict[str, object] = {"valign": "top"}
    wanted |= {"num_format": number_format} if number_format else {"text_wrap": True, "num_format": "@"}
    return wanted | ({"bg_color": colour} if colour else {})


def _write(sheet, place: tuple[int, int], value: object, form) -> None:
    if value is None or value is pd.NA or value != value or value == "":
        sheet.write_blank(*place, None, form)
    elif isinstance(value, str):
        sheet.write_string(*place, value[:32_767], form)  # Excel's limit for a cell
    else:
        sheet.write_number(*place, float(value), form)  # type: ignore[arg-type]
