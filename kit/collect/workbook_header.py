"""The head of an entry sheet: hidden field names, titles with notes, widths, folded columns, printing, protection."""

from __future__ import annotations

from collections.abc import Mapping

from kit.collect import workbook_format as looks
from kit.collect.workbook_layout import FIRST_ROW, NAMES_ROW, TITLES_ROW, Column, Sheet
from kit.collect.workbook_notes import Examples, note_of
from kit.collect.workbook_page import EntryPage
from kit.schema.model import Schema

ONE_PAGE_COLUMNS = 14  # wider sheets are printed on two pages side by side
# No password: the lock keeps titles from slipping away, nobody is kept from anything. Deleting a line works because
# every cell of it is unlocked, those beyond the last column too.
_ALLOWED = dict.fromkeys(
    (
        *("select_locked_cells", "select_unlocked_cells", "sort", "autofilter", "insert_rows", "delete_rows"),
        *("format_cells", "format_columns", "format_rows"),
    ),
    True,
)
_NOTE = {"author": "Bộ công cụ", "font_name": "Tahoma", "font_size": 9, "color": "#FFF8DC"}


def write_header(page: EntryPage, schema: Schema, sheet: Sheet, *, examples: Examples, look: Mapping) -> None:
    """Write names, titles and notes, and set up columns, view, printing and protection."""
    page.set_row(NAMES_ROW, None, None, {"hidden": True})
    page.set_row(TITLES_ROW, looks.header_height(sheet.columns))
    for index, column in enumerate(sheet.columns):
        page.write_string(NAMES_ROW, index, column.name)
        page.write_string(TITLES_ROW, index, column.title, look[looks.header_of(column, sheet.table.primary_key)])
        note = note_of(schema, sheet, column, examples)
        page.write_comment(TITLES_ROW, index, note, {**_NOTE, **_size(note)})
        body = look["key" if sheet.keyed(column) else looks.body_of(column)]
        page.set_column(index, index, looks.width_of(column), body, _outline(sheet, index))
    last = len(sheet.columns) - 1
    page.spare = (look["spare"], {"collapsed": True} if _folded(sheet, last) else {})
    page.autofilter(TITLES_ROW, 0, max(FIRST_ROW + len(sheet.rows) - 1, FIRST_ROW), last)
    page.freeze_panes(FIRST_ROW, 1)
    page.protect("", _ALLOWED)
    _print_setup(page, sheet)


def _print_setup(page: EntryPage, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1 if len(sheet.columns) <= ONE_PAGE_COLUMNS else 2, 0)
    page.repeat_columns(0)
    page.repeat_rows(TITLES_ROW)


def _size(note: str) -> dict[str, int]:
    lines = sum(1 + len(line) // 52 for line in note.splitlines())
    return {"width": 330, "height": 16 * lines + 14}


def _outline(sheet: Sheet, index: int) -> dict[str, object]:
    """Rarely used columns are folded away, unless the rows carry something there; the next one shows the "+"."""
    if _folded(sheet, index):
        return {"level": 1, "hidden": True}
    return {"collapsed": True} if index and _folded(sheet, index - 1) else {}


def _folded(sheet: Sheet, index: int) -> bool:
    column: Column = sheet.columns[index]
    return column.field.rare and all(row.get(column.name) is None for row in sheet.rows)
