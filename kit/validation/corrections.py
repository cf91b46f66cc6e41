"""``data/corrections.yaml``: fixes that the office declares for data that units sent, each with a reason and an end.

A declaration is checked as a whole; every mistake is said at once. ``corrections_apply`` applies them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from kit.collect.parsed import APPROXIMATE, READ_AS, is_blank
from kit.collect.raw import META
from kit.collect.text import match_key
from kit.errors import DeclarationError, suggestion
from kit.schema.model import Field, Schema, Table
from kit.validation.conform import conform_table

NAME = "corrections.yaml"
NAMES = ("unit", "year", "table", "key", "row", "field", "from", "to", "drop", "reason", "told", "until")
_ALWAYS = ("unit", "year", "table", "reason", "told", "until")


@dataclass(frozen=True)
class Correction:
    """One fix of one cell (``field``, ``old`` → ``new``) or, with ``drop``, of one row.

    The row is named by its ``key`` (parts joined by ``/``) or its ``row`` as Excel shows it (0: by key). ``told`` says
    who of the unit was told, ``until`` the last cut-off that the fix may be used for: by then the unit has to have
    corrected its own workbook. ``place`` names the entry in messages.
    """

    place: str
    unit_id: str
    year: int
    table: str
    key: str
    row: int
    field: str
    old: object
    new: object
    drop: bool
    reason: str
    told: str
    until: dt.date

    @property
    def target(self) -> str:
        """The row as messages name it: ``XA-01, 2024, activities, HD-012``."""
        return f"{self.unit_id}, {self.year}, {self.table}, {self.key or f'row {self.row}'}"


def load_corrections(data_dir: Path, schema: Schema) -> tuple[Correction, ...]:
    """Read the office's corrections; none when there is no file. Raises ``DeclarationError`` with all mistakes."""
    path = data_dir / NAME
    if not path.is_file():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        raise DeclarationError(f"{NAME} cannot be read:", [" ".join(str(error).split())]) from None
    return corrections_of(entries, schema)


def corrections_of(entries: Any, schema: Schema) -> tuple[Correction, ...]:
    """Check a list of mappings and return the records. Raises ``DeclarationError`` with all mistakes."""
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise DeclarationError(f"{NAME}:", ["a list of corrections is expected, each beginning with '- unit:'"])
    mistakes: list[str] = []
    made = []
    for number, entry in enumerate(entries, start=1):
        place = f"correction {number}"
        found = list(_mistakes(entry, schema))
        mistakes += [f"{place}: {text}" for text in found]
        if not found:
            made.append(_record(entry, place))
    if mistakes:
        raise DeclarationError(f"{NAME} has mistakes:", mistakes)
    return tuple(made)


def _mistakes(entry: Any, schema: Schema) -> Iterator[str]:
    if not isinstance(entry, Mapping):
        yield f"a mapping is expected, found {entry!r}"
        return
    yield from (f"unknown name '{name}'{suggestion(name, NAMES)}" for name in entry if name not in NAMES)
    yield from (f"'{name}' is missing" for name in _ALWAYS if is_blank(entry.get(name)))
    if not is_blank(entry.get("year")) and not _whole(entry["year"]):
        yield f"year: a year such as 2024 is expected, found {entry['year']!r}"
    if not is_blank(entry.get("until")) and type(entry["until"]) is not dt.date:
        yield f"until: an ISO date such as 2024-12-31 is expected, found {entry['until']!r}"
    yield from _mistakes_in_row(entry)
    tables = {table.name: table for table in schema.collected}
    table = tables.get(str(entry.get("table")))
    if table:
        yield from _mistakes_in_cell(entry, table, schema)
    elif not is_blank(entry.get("table")):
        yield f"table: '{entry['table']}' is not a collected table{suggestion(entry['table'], tables)}"


def _mistakes_in_row(entry: Mapping[str, Any]) -> Iterator[str]:
    named = [name for name in ("key", "row") if not is_blank(entry.get(name))]
    if len(named) != 1:
        yield "name the row either by its key or by its row number"
    elif named == ["row"] and not _whole(entry["row"]):
        yield f"row: a row number as Excel shows it is expected, found {entry['row']!r}"
    if not isinstance(entry.get("drop", False), bool):
        yield f"drop: true or false is expected, found {entry['drop']!r}"


def _mistakes_in_cell(entry: Mapping[str, Any], table: Table, schema: Schema) -> Iterator[str]:
    if entry.get("drop") is True:
        if "to" in entry:
            yield "a row that is dropped has no 'to'"
        if is_blank(entry.get("field")):
            return
    else:
        yield from (
            f"'{name}' is missing (write null for a blank cell)" for name in ("from", "to") if name not in entry
        )
    name = entry.get("field")
    if name not in table.field_names:
        yield f"field: '{name}' is not a field of {table.name}{suggestion(name, table.field_names)}"
    elif not is_blank(entry.get("to")) and not is_readable(entry["to"], table.field(name), table, schema=schema):
        yield f"to: {entry['to']!r} is not a value of '{name}' ({table.field(name).type})"


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def is_readable(value: object, field: Field, table: Table, *, schema: Schema) -> bool:
    """True when a cell with this value would be read without an error."""
    typed, marks = conform_table(one_cell(field.name, value), table, schema)
    if any(mark.code not in (READ_AS, APPROXIMATE) for mark in marks):
        return False
    codes = schema.codes(field)
    read = typed[field.name].iloc[0]
    return not codes or field.type == "list" or read in codes


def one_cell(name: str, value: object) -> pd.DataFrame:
    """Return a raw frame of one row with one cell, as a workbook would have it."""
    meta = {**dict.fromkeys(META, ""), "_year": 0, "_row": 1, "_origin": "workbook"}
    cells = {name: as_cell(value), **meta}
    return pd.DataFrame({column: pd.Series([cell], dtype=object) for column, cell in cells.items()})


def as_cell(value: object) -> object:
    """Return a value of YAML as a cell holds it: a list of codes joined by ``;``."""
    return ";".join(str(item) for item in value) if isinstance(value, (list, tuple)) else value


def _record(entry: Mapping[str, Any], place: str) -> Correction:
    return Correction(
        place=place,
        unit_id=str(entry["unit"]).strip(),
        year=entry["year"],
        table=entry["table"],
        key="" if is_blank(entry.get("key")) else str(entry["key"]),
        row=entry.get("row") or 0,
        field=entry.get("field") or "",
        old=as_cell(entry.get("from")),
        new=as_cell(entry.get("to")),
        drop=entry.get("drop", False),
        reason=" ".join(str(entry["reason"]).split()),
        told=" ".join(str(entry["told"]).split()),
        until=entry["until"],
    )


def owner_of(unit: str, year: int) -> tuple[str, int]:
    """Return what unit and year of a correction, a file or a row are compared by."""
    return match_key(unit), int(year)
