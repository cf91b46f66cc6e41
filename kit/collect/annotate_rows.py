"""Rows of the file sent → rows of the returned workbook: which line goes where, and what its cells show. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.collect.annotate_cells import early, fitting
from kit.collect.annotate_sent import Sent, SentSheet, cell_of
from kit.collect.booleans import parse_boolean
from kit.collect.dates import parse_date
from kit.collect.numbers import parse_number
from kit.collect.parsed import Parsed
from kit.collect.text import match_key
from kit.collect.workbook_layout import MARK, Column
from kit.schema.model import Field, Schema

MOST_GAPS = 300  # blank lines that keep their place; with more of them the lines move up
_WORKBOOK_TYPES = {"date", "integer", "number", "boolean"}


@dataclass(frozen=True)
class Lines:
    """Where the rows of one sent sheet stand: row as sent → line of the entries, counted from 0 in the new sheet.

    ``values`` are what the rows hold (``values_at``).
    """

    sheet: SentSheet
    line_of: Mapping[int, int]
    values: Mapping[int, Mapping[str, object]]

    @property
    def end(self) -> int:
        """The first line after all of them."""
        return max(self.line_of.values(), default=-1) + 1


def lines_of(sent: Sent, schema: Schema) -> dict[str, list[Lines]]:
    """Return table → the lines of its sheets; two files of one table stand under each other."""
    found: dict[str, list[Lines]] = {}
    for sheet in sent.sheets:
        above = found.setdefault(sheet.table, [])
        start = above[-1].end if above else 0
        rows = sheet.entry_rows()
        spread = rows[-1] - sheet.entry_row + 1 if rows else 0
        kept = spread - len(rows) <= MOST_GAPS
        lines = {row: start + (row - sheet.entry_row if kept else at) for at, row in enumerate(rows)}
        above.append(Lines(sheet, lines, {row: values_at(sheet, row, schema) for row in rows}))
    return found


def entries(lines: Sequence[Lines]) -> list[Mapping[str, object]]:
    """Return the rows of a table for the template's writer: column name → value, blank lines as empty rows.

    A table without rows has one empty row, so that its sheet is there.
    """
    rows: list[Mapping[str, object]] = [{} for _ in range(max(lines[-1].end, 1))]
    for part in lines:
        for row, line in part.line_of.items():
            rows[line] = part.values[row]
    if lines[0].sheet.table == "products":  # a product that has its task's id stays on its own sheet
        rows = [{**row, "product_id": None, "task_id": row.get("task_id") or ""} for row in rows]
    return rows


def values_at(sheet: SentSheet, row: int, schema: Schema) -> dict[str, object]:
    """Return the values of one row, as they were sent; those of a CSV file as a workbook shows them."""
    values = {name: cell_of(sheet.grid, row, number) for name, number in sheet.columns.items()}
    values = {name: fitting(value) for name, value in values.items() if value is not None}
    if not sheet.csv:
        return values
    shown: dict[str, object] = {}
    for name, value in values.items():
        shown |= _from_csv(name, str(value), schema, sheet.table)
    return shown


def field_of(schema: Schema, table: str, name: str) -> Field | None:
    """Return the field of a column, also of an "x" column and of the product beside a task."""
    inline = name.startswith("product.")
    owner = schema.tables["products" if inline else table]
    plain = name.removeprefix("product.").split(".")[0]
    return owner.field(plain) if plain in owner.field_names else None


def _from_csv(name: str, text: str, schema: Schema, table: str) -> dict[str, object]:
    """Typed values where the text is plain, so that a workbook reads what the CSV file said; else the text."""
    field = field_of(schema, table, name)
    if field is None or "." in name.removeprefix("product."):
        return {name: text}
    codes = schema.codes(field)
    if field.type == "list" and codes:
        items = [item.strip() for item in text.split(";") if item.strip()]
        return {f"{name}.{item}": MARK for item in items} if all(item in codes for item in items) else {name: text}
    if codes:
        return {name: codes.get(text, text)}
    return {name: _typed(field, text) if field.type in _WORKBOOK_TYPES else text}


def _typed(field: Field, text: str) -> object:
    if field.type == "date":
        outcome = parse_date(text)
    elif field.type == "boolean":
        outcome = parse_boolean(text)
    else:
        outcome = parse_number(text, integer=field.type == "integer", origin="csv")
    plain = isinstance(outcome, Parsed) and outcome.value is not None and not outcome.note
    return outcome.value if plain else text


def is_plain(schema: Schema, column: Column, value: object) -> bool:
    """True when the template's writer shows the value just as it is, in the column's own format."""
    if value is None:
        return True
    kind = column.field.type
    if isinstance(value, str):
        codes = schema.codes(column.field) if not column.mark else {}
        return value not in codes or codes[value] == value
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return kind in ("integer", "number")
    timed = not isinstance(value, dt.date) or (isinstance(value, dt.datetime) and value.time() != dt.time())
    return kind == "date" and not timed and not early(value)


def place_of(name: str, columns: Sequence[Column], extras: Mapping[str, int]) -> int | None:
    """Return the place of a column in the new sheet: the template's own, one kept beside it, the first of a list."""
    for place, column in enumerate(columns):
        if column.name == name:
            return place
    if name in extras:
        return extras[name]
    stem = match_key(name.split(".")[0]) + "."
    return next((place for place, column in enumerate(columns) if match_key(column.name).startswith(stem)), None)
