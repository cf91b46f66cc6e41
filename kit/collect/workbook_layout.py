"""Which sheets and columns an entry workbook has: derived from the schema, nothing is drawn here.

The forms are fixed in contracts.md ("Workbooks"): one "x" column per code of a list field, the first product of a task
inline, English field names in a hidden row directly above the Vietnamese titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kit.collect.text import match_key
from kit.schema.model import Field, Schema, Table

IDENTITY_SHEET = "_kit"
LISTS_SHEET = "_lists"
GUIDE_SHEET, GUIDE_MARK = "Hướng dẫn", "SỔ NHẬP LIỆU"  # the first sheet; its cell A1 begins with the mark
# 0-based rows of an entry sheet: what it is and what is missing, hidden field names, visible titles, first entry.
HEADING_ROW, NAMES_ROW, TITLES_ROW, FIRST_ROW = range(4)
LINES = {"activities": 500}  # lines with a prefilled key in a new template
OTHER_LINES = 200
SPARE_LINES = 500  # further lines that get drop-downs
RESULT_SHEET, RESULT_MARK = "Kết quả kiểm tra", "kit:result"  # of a returned workbook; the mark stands in its cell A1
# The officer of a commune meets five sheets (data-model.md); the others come with rows or on request.
COMMUNE_SHEETS = ("submissions", "tasks", "activities", "obstacles", "narrative")
INLINE_PRODUCT = ("kind", "document_number", "issued_date", "title")
MARK, YES, NO = "x", "có", "không"

_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_PRODUCT_TITLES = {"kind": "Sản phẩm: loại", "document_number": "Sản phẩm: số, ký hiệu"}
_PRODUCT_TITLES |= {"issued_date": "Sản phẩm: ngày ban hành", "title": "Sản phẩm: tên"}


@dataclass(frozen=True)
class UnitInfo:
    """The unit a workbook belongs to; ``level`` is a code of ``unit_level``."""

    unit_id: str
    name: str
    level: str


@dataclass(frozen=True)
class Column:
    """One column: ``name`` as in the hidden row, ``title`` as people see it, ``code`` for an "x" column."""

    name: str
    title: str
    field: Field
    code: str = ""
    inline: bool = False

    @property
    def mark(self) -> bool:
        """True for an "x" column of one code."""
        return bool(self.code)


@dataclass(frozen=True)
class Sheet:
    """One entry sheet: its name as Excel accepts it, its table, columns and rows (field → value)."""

    name: str
    table: Table
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, object], ...]

    @property
    def lines(self) -> int:
        """Lines that a new template offers for entries."""
        return max(LINES.get(self.table.name, OTHER_LINES), len(self.rows) + 50)

    @property
    def last_row(self) -> int:
        """0-based last row with drop-downs."""
        return FIRST_ROW + self.lines + SPARE_LINES - 1

    def place(self, name: str) -> int:
        """0-based column of a column name; raises ``KeyError``."""
        for index, column in enumerate(self.columns):
            if column.name == name:
                return index
        raise KeyError(f"{self.table.name}.{name}")

    def keyed(self, column: Column) -> bool:
        """True for the column of prefilled keys."""
        return bool(self.table.key_prefix) and self.table.primary_key == (column.name,)


def is_own_sheet(name: str, first_cell: object) -> bool:
    """True for a sheet of the kit without entries, known by its name and, where people see it, by its cell A1."""
    key = match_key(name)
    if key == match_key(GUIDE_SHEET):
        return str(first_cell).startswith(GUIDE_MARK)
    return key in (IDENTITY_SHEET, LISTS_SHEET) or (key == match_key(RESULT_SHEET) and first_cell == RESULT_MARK)


def sheet_name(title: str, taken: Iterable[str] = ()) -> str:
    """Return a sheet name that Excel accepts: at most 31 characters, none of ``[]:*?/\\``, unique without case."""
    clean = " ".join(_REFUSED.sub(" ", title).split()).strip("'") or "Sheet"
    if clean.casefold() == "history":  # reserved by Excel
        clean += "_"
    used = {name.casefold() for name in taken}
    name, number = clean[:_LONGEST_NAME].rstrip(), 2
    while name.casefold() in used:
        suffix = f" ({number})"
        name, number = clean[: _LONGEST_NAME - len(suffix)].rstrip() + suffix, number + 1
    return name


def sheets_of(schema: Schema, level: str, tables: Mapping[str, Sequence[Mapping]], full: bool = False) -> list[Sheet]:
    """Return the entry sheets of a unit's level, in schema order, with their rows.

    A table the level does not have, or that a commune normally does not see, has a sheet when it has rows; ``full``
    asks for every table of the level.
    """
    rows = {name: list(entries) for name, entries in tables.items()}
    rows["tasks"], rows["products"] = _inline_products(rows.get("tasks", []), rows.get("products", []))
    sheets: list[Sheet] = []
    for table in schema.collected:
        if _shown(table, level, full) or rows.get(table.name):
            name = sheet_name(table.title, [sheet.name for sheet in sheets])
            sheets.append(Sheet(name, table, tuple(_columns(schema, table)), tuple(rows.get(table.name, ()))))
    return sheets


def prefilled_keys(sheet: Sheet) -> list[str]:
    """Return the keys of the empty lines below the rows: the table's prefix and the next free numbers."""
    name = sheet.table.primary_key[0] if sheet.table.primary_key else ""
    if not sheet.table.key_prefix or len(sheet.table.primary_key) != 1:
        return []
    taken = {str(row.get(name)).upper() for row in sheet.rows}
    wanted, keys, number = sheet.lines - len(sheet.rows), [], 1
    while len(keys) < wanted:
        key = numbered_key(sheet.table, number)
        keys += [] if key in taken else [key]
        number += 1
    return keys


def numbered_key(table: Table, number: int) -> str:
    """Return a key as the table's example writes it: ``HD-007``."""
    digits = len(table.field(table.primary_key[0]).example.rpartition("-")[2])
    return f"{table.key_prefix}-{number:0{digits}d}"


def cell_value(schema: Schema, column: Column, row: Mapping[str, object]) -> object:
    """Return what the cell shows: a label, "x", "có"/"không", a date, a number, text, or ``None`` for blank.

    A row may name the column itself (``audiences.citizens``) to say what stands in that one cell; text in a date or
    number field is shown as text.
    """
    if column.name in row:
        value = row[column.name]
    elif column.mark:
        return MARK if column.code in _items(row.get(column.field.name)) else None
    else:
        value = None
    if isinstance(value, bool):
        return (MARK if column.field.default is False else YES) if value else NO
    if column.field.codelist and isinstance(value, str) and not column.mark:
        return schema.codelists[column.field.codelist].label(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(str(item) for item in value)
    return value if value is None or isinstance(value, (int, float, date)) else str(value)


def _shown(table: Table, level: str, full: bool) -> bool:
    return level in table.levels and (full or level != "commune" or table.name in COMMUNE_SHEETS)


def _columns(schema: Schema, table: Table) -> Iterable[Column]:
    for field in table.fields:
        if field.type == "list" and field.codelist:
            for code, label in schema.codes(field).items():
                yield Column(f"{field.name}.{code}", f"{field.title}: {label}", field, code)
        else:
            yield Column(field.name, field.title, field)
    if table.name == "tasks":
        for field in map(schema.tables["products"].field, INLINE_PRODUCT):
            yield Column(f"product.{field.name}", _PRODUCT_TITLES[field.name], field, inline=True)


def _inline_products(tasks: Sequence[Mapping], products: Sequence[Mapping]) -> tuple[list[Mapping], list[Mapping]]:
    """Move the product that carries its task's own id into that task's row (contracts.md)."""
    inline: dict[object, Mapping] = {}
    own_sheet = []
    task_ids = {task.get("task_id") for task in tasks}
    for product in products:
        key = product.get("product_id")
        if key == product.get("task_id") and key in task_ids and key not in inline:
            inline[key] = {f"product.{name}": product.get(name) for name in INLINE_PRODUCT}
        else:
            own_sheet.append(product)
    # A key that stands twice among the tasks gets its product once, on the first of them.
    return [{**task, **inline.pop(task.get("task_id"), {})} for task in tasks], own_sheet


def _items(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    items = value.split(";") if isinstance(value, str) else value
    return tuple(str(item).strip() for item in items)
