"""Entry workbooks: schema, unit and rows → the bytes of an .xlsx file (XlsxWriter).

The same content gives the same bytes on the same versions: no clock, no temporary files, fixed creation date.
Text is always written as a string: never a formula, never an automatic link (contracts.md, "CSV in and out").
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kit.collect import workbook_format as looks
from kit.collect.workbook_layout import (
    IDENTITY_SHEET,
    LISTS_SHEET,
    MARK,
    NO,
    YES,
    Column,
    Sheet,
    UnitInfo,
    cell_value,
    sheets_of,
)
from kit.schema.model import Schema

NAMES_ROW, TITLES_ROW, FIRST_ROW = 0, 1, 2  # 0-based: hidden field names, visible titles, first entry
ENTRY_ROWS = 2000  # rows that get drop-downs
ONE_PAGE_COLUMNS = 14  # wider sheets are printed on two pages side by side
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class WorkbookContent:
    """What goes into a unit's workbook.

    ``tables`` maps a table to its rows, each field → value (codes, dates, numbers, booleans; text anywhere stays
    text). ``keys`` maps a reference table to the keys offered in drop-downs (``policies`` → its ids).
    """

    unit: UnitInfo
    year: int
    tables: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    full: bool = False


def render_workbook(schema: Schema, content: WorkbookContent) -> bytes:
    """Return the entry workbook of a unit and plan year as bytes of an .xlsx file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = f"Sổ nhập liệu năm {content.year} - {content.unit.name}"
    book.set_properties({"title": title, "created": datetime(content.year, 1, 1)})
    sheets = sheets_of(schema, content.unit.level, content.tables, content.full)
    formats = looks.formats_of(book)
    pages = [book.add_worksheet(sheet.name) for sheet in sheets]
    _write_identity(book.add_worksheet(IDENTITY_SHEET), schema, content)
    sources = _write_lists(book.add_worksheet(LISTS_SHEET), schema, sheets, content.keys)
    for page, sheet in zip(pages, sheets, strict=True):
        _write_header(page, sheet, formats)
        _write_rows(page, schema, sheet, formats)
        _add_dropdowns(page, sheet, sources | _task_keys(sheets))
    pages[0].activate()
    book.close()
    return buffer.getvalue()


def _write_identity(page: Worksheet, schema: Schema, content: WorkbookContent) -> None:
    page.hide()
    values = (schema.template_version, content.unit.unit_id, content.year)
    for row, (name, value) in enumerate(zip(("template_version", "unit_id", "year"), values, strict=True)):
        page.write_string(row, 0, name)
        if isinstance(value, int):
            page.write_number(row, 1, value)
        else:
            page.write_string(row, 1, value)


def _write_lists(page: Worksheet, schema: Schema, sheets: Sequence[Sheet], keys: Mapping) -> dict[str, str]:
    """Write every list of choices into its own column; return list name → the range that holds it."""
    page.hide()
    fields = [column.field for sheet in sheets for column in sheet.columns if not column.mark]
    lists = {item.codelist: list(schema.codes(item).values()) for item in fields if item.codelist}
    lists |= {f"keys:{table}": list(values) for table, values in keys.items() if values}
    lists |= {"mark": [MARK], "boolean:True": [YES, NO], "boolean:False": [MARK, NO]}
    ranges = {}
    for column, (name, choices) in enumerate(lists.items()):
        page.write_string(0, column, name)
        for row, choice in enumerate(choices, start=1):
            page.write_string(row, column, choice)
        letter = xl_col_to_name(column)
        ranges[name] = f"={LISTS_SHEET}!${letter}$2:${letter}${len(choices) + 1}"
    return ranges


def _task_keys(sheets: Sequence[Sheet]) -> dict[str, str]:
    for sheet in sheets:
        if sheet.table.name == "tasks":
            quoted = sheet.name.replace("'", "''")
            return {"keys:tasks": f"='{quoted}'!$A${FIRST_ROW + 1}:$A${FIRST_ROW + ENTRY_ROWS}"}
    return {}


def _write_header(page: Worksheet, sheet: Sheet, formats: Mapping) -> None:
    page.set_row(NAMES_ROW, None, None, {"hidden": True})
    page.set_row(TITLES_ROW, looks.header_height(sheet.columns))
    page.freeze_panes(FIRST_ROW, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1 if len(sheet.columns) <= ONE_PAGE_COLUMNS else 2, 0)
    page.repeat_columns(0)
    page.repeat_rows(TITLES_ROW)
    for index, column in enumerate(sheet.columns):
        page.write_string(NAMES_ROW, index, column.name)
        page.write_string(TITLES_ROW, index, column.title, formats[looks.header_of(column, sheet.table.primary_key)])
        options = _outline(sheet, index)
        page.set_column(index, index, looks.width_of(column), formats[looks.body_of(column)], options)
    page.autofilter(TITLES_ROW, 0, TITLES_ROW + max(len(sheet.rows), 1), len(sheet.columns) - 1)


def _outline(sheet: Sheet, index: int) -> dict[str, object]:
    """Rarely used columns are folded away, unless the rows carry something there; the next one shows the "+"."""
    if _folded(sheet, sheet.columns[index]):
        return {"level": 1, "hidden": True}
    return {"collapsed": True} if index and _folded(sheet, sheet.columns[index - 1]) else {}


def _folded(sheet: Sheet, column: Column) -> bool:
    return column.field.rare and all(row.get(column.name) is None for row in sheet.rows)


def _write_rows(page: Worksheet, schema: Schema, sheet: Sheet, formats: Mapping) -> None:
    for index, row in enumerate(sheet.rows, start=FIRST_ROW):
        values = [cell_value(schema, column, row) for column in sheet.columns]
        pairs = zip(values, sheet.columns, strict=True)
        texts = [(value, looks.width_of(column)) for value, column in pairs if isinstance(value, str)]
        page.set_row(index, looks.height_of(texts))
        for number, (value, column) in enumerate(zip(values, sheet.columns, strict=True)):
            _write_cell(page, (index, number), value, formats[looks.body_of(column)])


def _write_cell(page: Worksheet, place: tuple[int, int], value: object, look: Format) -> None:
    if isinstance(value, date):
        page.write_datetime(*place, value, look)
    elif isinstance(value, (int, float)):
        page.write_number(*place, value, look)
    elif value is not None:
        page.write_string(*place, value, look)


def _add_dropdowns(page: Worksheet, sheet: Sheet, sources: Mapping[str, str]) -> None:
    last = FIRST_ROW + max(ENTRY_ROWS, len(sheet.rows)) - 1
    for number, column in enumerate(sheet.columns):
        if source := sources.get(_choices_of(column)):
            rule = {"validate": "list", "source": source, "error_title": "Giá trị không có trong danh sách"}
            rule["error_message"] = "Đề nghị chọn một giá trị trong danh sách của ô."
            page.data_validation(FIRST_ROW, number, last, number, rule)


def _choices_of(column: Column) -> str:
    if column.mark:
        return "mark"
    if column.field.type == "boolean":
        return f"boolean:{column.field.default is not False}"
    return column.field.codelist or f"keys:{column.field.references}"
