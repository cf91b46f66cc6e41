"""What an entry sheet says while people type: drop-downs, dates and numbers checked on entry, missing cells shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xlsxwriter.worksheet import Worksheet

from kit.collect.workbook_layout import FIRST_ROW, Column, Sheet
from kit.collect.workbook_lists import MEMBERS, PERIODS, choices_of
from kit.collect.workbook_needed import missing_formula, needs_of
from kit.schema.model import Schema

_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def add_rules(page: Worksheet, schema: Schema, sheet: Sheet, *, choices: Mapping[str, str], look: Mapping) -> None:
    """Add data validations to every column that has one, and colour what is missing."""
    for number, column in enumerate(sheet.columns):
        rule = _validation(sheet, column, choices)
        if rule:
            page.data_validation(FIRST_ROW, number, sheet.last_row, number, rule)
    for need in needs_of(schema, sheet):
        number = sheet.place(need.column.name)
        rule = {"type": "formula", "criteria": missing_formula(sheet, need)}
        rule["format"] = look["missing" if need.strict else "advised"]
        page.conditional_format(FIRST_ROW, number, sheet.last_row, number, rule)


def _validation(sheet: Sheet, column: Column, choices: Mapping[str, str]) -> dict[str, object] | None:
    field, offered = column.field, choices_of(sheet, column)
    if offered in choices:
        return _choice(choices[offered], free=offered.startswith("keys:") or offered in (PERIODS, MEMBERS))
    if field.type == "date":
        return {
            "validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY,
            "error_title": "Chưa đúng ngày",
            "error_message": "Đề nghị gõ ngày/tháng/năm, ví dụ 05/03/2024. Nếu máy không nhận, gõ năm-tháng-ngày: "
            "2024-03-05.",
        }  # fmt: skip
    if field.type in ("integer", "number"):
        whole = field.type == "integer"
        return {
            "validate": "integer" if whole else "decimal", "criteria": ">=", "value": field.minimum or 0,
            "error_title": "Chưa đúng số",
            "error_message": f"Đề nghị chỉ gõ {'số nguyên' if whole else 'số'} từ 0 trở lên, không kèm chữ; "
            "không có số liệu thì để trống.",
        }  # fmt: skip
    return None


def _choice(source: str, *, free: bool) -> dict[str, object]:
    """A list to choose from; where a key may also be typed, another value is asked about, not refused."""
    rule: dict[str, object] = {"validate": "list", "source": source, "error_title": "Giá trị không có trong danh sách"}
    if free:
        rule["error_type"] = "warning"
        rule["error_message"] = "Giá trị này không có trong danh sách của ô. Vẫn giữ nếu chắc chắn là đúng mã?"
    else:
        rule["error_message"] = "Đề nghị chọn một giá trị trong danh sách của ô (bấm mũi tên bên phải ô)."
    return rule
