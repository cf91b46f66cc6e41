"""Entry workbooks: schema, unit and rows → the bytes of an .xlsx file (XlsxWriter).

The same content gives the same bytes on the same versions: no clock, no temporary files, fixed creation date.
Text is always written as a string: never a formula, never an automatic link (contracts.md, "CSV in and out").
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kit.collect import workbook_format as looks
from kit.collect.workbook_guide import Guide, GuideSheets, write_guide
from kit.collect.workbook_header import write_header
from kit.collect.workbook_layout import (
    FIRST_ROW,
    GUIDE_SHEET,
    IDENTITY_SHEET,
    LISTS_SHEET,
    Sheet,
    UnitInfo,
    cell_value,
    prefilled_keys,
    sheets_of,
)
from kit.collect.workbook_lists import Sources, write_lists
from kit.collect.workbook_notes import examples_of
from kit.collect.workbook_page import EntryPage, Page
from kit.collect.workbook_rules import add_rules
from kit.schema.model import Schema

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class WorkbookContent:
    """What goes into a unit's workbook.

    ``tables`` maps a table to its rows, each field → value (codes, dates, numbers, booleans; text anywhere stays
    text). ``keys`` maps a table to the keys that drop-downs offer from outside the workbook, as labels
    (``policies``, ``council_members`` of the councils above). ``guide`` fills the first sheet (``None``: no such
    sheet); ``blank_lines`` adds empty lines with prefilled keys; ``examples`` (table → field → text) stand in for the
    schema's in the notes; ``notes`` (table → one text for each of its first rows) are put on the keys of rows.
    """

    unit: UnitInfo
    year: int
    tables: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    full: bool = False
    guide: Guide | None = None
    blank_lines: bool = False
    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Overlay(Protocol):
    """What is laid over a fresh workbook: the values, marks and comments of a returned one (``kit.collect.annotate``).

    ``before`` may add sheets that stand first; ``on_sheet`` is called for each entry sheet when it is complete (header,
    rows of the content, drop-downs; ``first_row`` is the 0-based row of the first entry); ``after`` comes last.
    """

    def before(self, book: xlsxwriter.Workbook) -> None: ...

    def on_sheet(self, page: Worksheet, sheet: Sheet, first_row: int) -> None: ...

    def after(self, book: xlsxwriter.Workbook) -> None: ...


def render_workbook(schema: Schema, content: WorkbookContent, overlay: Overlay | None = None) -> bytes:
    """Return the entry workbook of a unit and plan year as bytes of an .xlsx file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = f"Sổ nhập liệu năm {content.year} - {content.unit.name}"
    book.set_properties({"title": title, "created": datetime(content.year, 1, 1)})
    sheets = sheets_of(schema, content.unit.level, content.tables, content.full)
    formats = looks.formats_of(book)
    if overlay:
        overlay.before(book)
    guide = book.add_worksheet(GUIDE_SHEET) if content.guide else None
    pages = [book.add_worksheet(sheet.name, EntryPage) for sheet in sheets]
    _write_identity(book.add_worksheet(IDENTITY_SHEET), schema, content)
    lists = book.add_worksheet(LISTS_SHEET, Page)
    sources = write_lists(lists, schema, sheets, keys=content.keys, year=content.year)
    if guide and content.guide:
        heading = (content.unit, content.year)
        write_guide(guide, content.guide, heading, of=GuideSheets(sheets, sources.counts), look=formats)
    examples = examples_of(schema, content.year, content.examples, content.keys)
    for page, sheet in zip(pages, sheets, strict=True):
        write_header(page, schema, sheet, examples=examples, look=formats)
        _write_sheet(page, schema, sheet, content=content, drawn=(formats, sources))
        if overlay:
            overlay.on_sheet(page, sheet, FIRST_ROW)
    (guide or pages[0]).activate()
    if overlay:
        overlay.after(book)
    book.close()
    return buffer.getvalue()


def _write_sheet(
    page: EntryPage, schema: Schema, sheet: Sheet, *, content: WorkbookContent, drawn: tuple[Mapping, Sources]
) -> None:
    formats, sources = drawn
    _write_heading(page, sheet, content, count=sources.counts[sheet.name], look=formats)
    _write_rows(page, schema, sheet, formats)
    for row, note in enumerate(content.notes.get(sheet.table.name, ()), start=FIRST_ROW):
        page.write_comment(row, 0, note, {"x_scale": 2})
    if content.blank_lines:
        for row, key in enumerate(prefilled_keys(sheet), start=FIRST_ROW + len(sheet.rows)):
            page.write_string(row, 0, key, formats["key"])
    add_rules(page, schema, sheet, choices=sources.choices, look=formats)


def _write_heading(
    page: Worksheet, sheet: Sheet, content: WorkbookContent, *, count: tuple[str, str, int, int], look: Mapping
) -> None:
    """The line at the top: how many cells are missing, and what the sheet is."""
    lines, missing, begun, lacking = count
    page.set_row(0, 36, look["heading"])
    formula = f'=IF({lines}=0,"Chưa ghi dòng nào",IF({missing}=0,"Không thiếu ô nào","Còn "&{missing}&" ô thiếu"))'
    said = "Chưa ghi dòng nào" if not begun else f"Còn {lacking} ô thiếu" if lacking else "Không thiếu ô nào"
    page.write_formula(0, 0, formula, look["counter"], said)
    rule = {"type": "formula", "criteria": f"={missing}>0", "format": look["missing-count"]}
    page.conditional_format(0, 0, 0, 0, rule)
    where = f" · {content.unit.name} · năm {content.year}"
    parts = [look["heading-title"], sheet.table.title, look["heading-text"], f"{where}. {sheet.table.description}"]
    page.write_rich_string(0, 1, *parts, look["heading"])


def _write_identity(page: Worksheet, schema: Schema, content: WorkbookContent) -> None:
    page.hide()
    page.protect()
    values = (schema.template_version, content.unit.unit_id, content.year)
    for row, (name, value) in enumerate(zip(("template_version", "unit_id", "year"), values, strict=True)):
        page.write_string(row, 0, name)
        if isinstance(value, int):
            page.write_number(row, 1, value)
        else:
            page.write_string(row, 1, value)


def _write_rows(page: Worksheet, schema: Schema, sheet: Sheet, formats: Mapping) -> None:
    drawn = [(looks.width_of(column), formats[looks.body_of(column)]) for column in sheet.columns]
    for index, row in enumerate(sheet.rows, start=FIRST_ROW):
        values = [cell_value(schema, column, row) for column in sheet.columns]
        filled = [(number, value, *drawn[number]) for number, value in enumerate(values) if value is not None]
        page.set_row(index, looks.height_of((value, width) for _, value, width, _ in filled if isinstance(value, str)))
        for number, value, _, look in filled:
            _write_cell(page, (index, number), value, look)


def _write_cell(page: Worksheet, place: tuple[int, int], value: object, look: Format) -> None:
    if isinstance(value, date):
        page.write_datetime(*place, value, look)
    elif isinstance(value, (int, float)):
        page.write_number(*place, value, look)
    else:
        page.write_string(*place, value, look)
