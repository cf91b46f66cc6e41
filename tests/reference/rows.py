"""Rows of the CSV files with their address, their values and what is wrong with them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from .tables import COLLECTED_TABLES, FIELDS, KEYS, REFERENCE_TABLES
from .values import OutOfRange, UnknownCode, Unreadable, clean_text, known_items, match_form, read_value


@dataclass(frozen=True)
class Fault:
    """One error: the field it stands on, its kind, and whether it sets the whole row aside."""

    field: str
    kind: str
    row: bool


@dataclass
class Row:
    """One row: `line` as Excel shows it, `values` typed (missing is None or the default), `unit_id` who reported it."""

    table: str
    line: int
    texts: dict[str, str]
    values: dict[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    key: tuple[str, ...] | None = None
    unit_id: str = ""
    year: int = 0

    def __getitem__(self, name: str):
        return self.values[name]

    @property
    def set_aside(self) -> bool:
        return any(fault.row for fault in self.faults)

    def wrong(self, name: str, kind: str, *, row: bool) -> None:
        """Record an error; one on a cell makes it read like a blank cell."""
        self.faults.append(Fault(name, kind, row))
        if not row:
            self.values[name] = FIELDS[self.table][name].default

    def has_fault_on(self, name: str) -> bool:
        return any(fault.field == name for fault in self.faults)


@dataclass
class Workbook:
    """The collected tables of one unit and plan year (the folder's year and name)."""

    unit_id: str
    year: int
    tables: dict[str, list[Row]]


@dataclass
class DataSet:
    """Everything below `data/`."""

    reference: dict[str, list[Row]]
    workbooks: list[Workbook]


def _read_rows(path: Path, table: str) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.reader(file))
    if not records:
        return []
    header = [name.strip() for name in records[0]]
    rows = []
    for line, record in enumerate(records[1:], start=2):
        texts = {name: clean_text(text) for name, text in zip(header, record, strict=False)}
        if any(texts.values()):
            rows.append(Row(table, line, texts))
    return rows


def read_data(data_dir: Path) -> DataSet:
    """Read all CSV files and type their cells; a missing file is an empty table."""
    data_dir = Path(data_dir)
    reference = {table: _read_rows(data_dir / "reference" / f"{table}.csv", table) for table in REFERENCE_TABLES}
    workbooks = []
    collected = data_dir / "collected"
    years = sorted(collected.iterdir()) if collected.is_dir() else []
    for year in (folder for folder in years if folder.is_dir() and folder.name.isdecimal()):
        for folder in sorted(folder for folder in year.iterdir() if folder.is_dir()):
            tables = {table: _read_rows(folder / f"{table}.csv", table) for table in COLLECTED_TABLES}
            for row in (row for rows in tables.values() for row in rows):
                row.unit_id, row.year = match_form(folder.name), int(year.name)
            workbooks.append(Workbook(match_form(folder.name), int(year.name), tables))
    for tables in [reference, *(workbook.tables for workbook in workbooks)]:
        for rows in tables.values():
            type_rows(rows)
    return DataSet(reference, workbooks)


def type_rows(rows: list[Row]) -> None:
    """Type every cell, then find repeated keys: the first row of a key stands, whatever else is wrong with it."""
    first_lines: dict[tuple[str, ...], int] = {}
    for row in rows:
        for name, declared in FIELDS[row.table].items():
            _type_cell(row, name, declared)
        row.key = _key(row)
        if row.key is None:
            continue
        if row.key in first_lines:
            row.wrong(KEYS[row.table][0], "duplicate", row=True)
        else:
            first_lines[row.key] = row.line


def _type_cell(row: Row, name: str, declared) -> None:
    text = row.texts.get(name, "")
    row.values[name] = declared.default
    if not text:
        if declared.required:
            row.wrong(name, "missing", row=True)
        return
    try:
        value = read_value(text, declared)
    except Unreadable:
        row.wrong(name, "unreadable", row=declared.required)
    except OutOfRange:
        row.wrong(name, "negative", row=declared.required)
    except UnknownCode:
        row.wrong(name, "unknown_code", row=declared.required)
        if declared.type == "list":
            row.values[name] = known_items(text, declared) or None
    else:
        row.values[name] = value


def _key(row: Row) -> tuple[str, ...] | None:
    """What the row's key is compared by; None when a part of it is missing or unreadable."""
    parts = [row.values[name] for name in KEYS[row.table]]
    return None if any(part is None for part in parts) else tuple(match_form(str(part)) for part in parts)


def first_by_key(rows: list[Row]) -> dict[str, Row]:
    """Rows of a table with a single key, the first of each key, by the form keys are compared by."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.key is not None:
            found.setdefault(row.key[0], row)
    return found
