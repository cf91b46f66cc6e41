"""A template of the sample data, opened, filled in as a person would, and read back."""

from __future__ import annotations

import io
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl

from kit.collect.read import read_data
from kit.collect.template import template_content
from kit.collect.template_offers import Offers
from kit.collect.workbook import render_workbook
from kit.params import PlanParams
from kit.schema.load import load_schema
from kit.workflow.template import typed_frames

SCHEMA = load_schema()
DATA = Path(__file__).parents[2] / "data"
NAMES, TITLES, FIRST = 2, 3, 4  # rows of an entry sheet, counted from 1


@cache
def frames():
    """Typed frames of the sample data."""
    return typed_frames(DATA, SCHEMA)


def content_of(unit, year=2024, *, scheme="nd09", full=False):
    """The content of a unit's template."""
    return template_content(SCHEMA, Offers(frames(), year, PlanParams(year, scheme)), unit, full=full)


def opened(content):
    """The rendered workbook, open."""
    return openpyxl.load_workbook(io.BytesIO(render_workbook(SCHEMA, content)))


def names_of(page):
    """Column name → number of the column, counted from 1."""
    return {cell.value: cell.column for cell in page[NAMES] if cell.value}


def fill(page, row, values):
    """Type values into a row, as Excel takes them: a date becomes a date, a whole number a number."""
    places = names_of(page)
    for name, value in values.items():
        cell = page.cell(row, places[name])
        cell.value = as_typed(value, page.cell(row, places[name]).number_format)


def as_typed(value, number_format="General"):
    """What a spreadsheet makes of typed text; a cell of text format keeps it."""
    if not isinstance(value, str) or number_format == "@":
        return value
    if len(value) == 10 and value[2] == value[5] == "/":
        day, month, year = map(int, value.split("/"))
        return date(year, month, day)
    if value.replace(",", "", 1).isdigit():
        return float(value.replace(",", ".")) if "," in value else int(value)
    return value


def members_of(unit, year=2024):
    """The rows of a unit's council list in the sample data."""
    table = frames()["council_members"]
    rows = table[(table["_unit"] == unit) & (table["_year"] == year)]
    fields = SCHEMA.tables["council_members"].field_names
    return [{n: row[n] for n in fields if row[n] == row[n] and row[n] is not None} for row in rows.to_dict("records")]


def saved(book):
    """The bytes of an open workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def data_with(folder, books, year=2024):
    """A data folder with the sample's reference tables and these workbooks (unit → bytes); read."""
    shutil.copytree(DATA / "reference", folder / "reference")
    place = folder / "collected" / str(year)
    place.mkdir(parents=True)
    for unit, content in books.items():
        (place / f"{unit}.xlsx").write_bytes(content)
    return read_data(folder, SCHEMA)


def lists_of(book):
    """List name → what the drop-down offers from outside the workbook."""
    columns = {cells[0].value: cells[1:] for cells in book["_lists"].columns if cells[0].value}
    plain = {name: [cell.value for cell in cells if cell.value is not None] for name, cells in columns.items()}
    return {name: [text for text in texts if not str(text).startswith("=")] for name, texts in plain.items()}
