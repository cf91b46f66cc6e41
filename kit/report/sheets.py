"""Spreadsheets for people: one XlsxWriter book with its formats, and how cells, rows and pages of a sheet are set.

Text is always written as a string, never as a formula or an automatic link (contracts.md, "CSV in and out"), and the
same input gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

import pandas as pd
import xlsxwriter

CREATED = datetime(2020, 1, 1)  # of a workbook without a date of its own: never the clock's
LINE = 15.5  # points
WHOLE, BROKEN, DAY = "#,##0", "#,##0.0#", "dd/mm/yyyy"
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EDF3", "border": 1}
_RULE = {"bottom": 1, "bottom_color": "#D9D5CB"}
COLOURS = {"met": "#D9EAD3", "nearly": "#FFF2CC", "not_met": "#F4CCCC", "error": "#F4CCCC", "warning": "#FFF2CC"}
_LONGEST = 32_767  # characters of a cell
_MOST_LINES = 10
_A4 = 9
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet: title, and width in characters."""

    title: str
    width: float


class Book:
    """A workbook being made: ``sheet`` adds a sheet, ``form`` gives a format, ``close`` returns the bytes."""

    def __init__(self, title: str, *, author: str = "", created: datetime = CREATED):
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, _OPTIONS)
        self._book.set_properties({"created": created, "title": title, "author": author})
        self._forms: dict[tuple, object] = {}
        self._value_forms: dict[tuple[str, str], object] = {}  # apart: asked for each cell

    def form(self, **wanted: object):
        """Return the format with these properties of XlsxWriter, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self._forms:
            self._forms[key] = self._book.add_format(wanted)
        return self._forms[key]

    def value_form(self, number_format: str, colour: str = ""):
        """Return the format of a value: Vietnamese Excel shows ``#,##0.0#`` as 1.234,5."""
        key = number_format, colour
        if key not in self._value_forms:
            self._value_forms[key] = self.form(**_value_properties(*key))
        return self._value_forms[key]

    def sheet(self, name: str):
        """Add a sheet."""
        return self._book.add_worksheet(name)

    def close(self) -> bytes:
        """Return the finished workbook."""
        self._book.close()
        return self._out.getvalue()


def write_head(book: Book, sheet, line: int, columns: Sequence[SheetColumn]) -> None:
    """Write the titles of columns in a line and set the widths."""
    head = book.form(**HEAD)
    sheet.set_row(line, LINE * max(2, lines(columns, [column.title for column in columns])))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(line, place, column.title, head)


def write_row(book: Book, sheet, line: int, row: Sequence[object], colours: Mapping[int, str]) -> None:
    """Write the values of a row, those in some places with a colour behind them.

    A text is written as a string whatever it begins with, a missing value as a blank cell.
    """
    for place, value in enumerate(row):
        colour = colours.get(place, "")
        if isinstance(value, str) and value:
            said = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
            sheet.write_string(line, place, said, book.value_form("", colour))
        elif value is None or value is pd.NA or value != value or value == "":
            sheet.write_blank(line, place, None, book.value_form("", colour))
        elif isinstance(value, date):
            sheet.write_datetime(line, place, value, book.value_form(DAY, colour))
        else:
            number = float(value)  # type: ignore[arg-type]
            sheet.write_number(line, place, number, book.value_form(WHOLE if number.is_integer() else BROKEN, colour))


def lines(columns: Sequence[SheetColumn], row: Sequence[object]) -> int:
    """Lines that the longest wrapped text of a row needs: not every program fits rows to their text by itself."""
    most = 1
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str) and (len(value) * 1.1 > column.width or "\n" in value):
            most = max(most, text_lines(value, column.width))
    return min(_MOST_LINES, most)


def text_lines(text: str, width: float) -> int:
    """Lines that a text needs in a width in characters."""
    if "\n" in text:
        return sum(text_lines(part, width) for part in text.split("\n"))
    return max(1, ceil(len(text) * 1.1 / width))


def finish(sheet, head: int, rows: int, columns: int) -> None:
    """Freeze and filter under the titles in line ``head``; print landscape A4, one page wide, titles on each page."""
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, head + max(rows, 1), columns - 1)
    set_page(sheet)
    sheet.repeat_rows(head)


def set_page(sheet, *, landscape: bool = True) -> None:
    """Print on A4, one page wide."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _value_properties(number_format: str, colour: str) -> dict[str, object]:
    wanted: dict[str, object] = {"valign": "top", "num_format": number_format or "@", **_RULE}
    wanted |= {} if number_format else {"text_wrap": True, "indent": 1}
    wanted |= {"align": "center"} if number_format == DAY else {}
    return wanted | ({"bg_color": colour} if colour else {})
