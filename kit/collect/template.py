"""What a unit's new workbook holds: what it offers, and what is left over from last year.

Pure: typed frames of the data folder (``kit.validation.conform``) and plan parameters → ``WorkbookContent``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from kit.collect.template_offers import Frames, Offers
from kit.collect.workbook import WorkbookContent
from kit.collect.workbook_layout import numbered_key
from kit.schema.model import Schema, Table


def template_content(schema: Schema, offers: Offers, unit_id: str, *, full: bool = False) -> WorkbookContent:
    """Return the content of a unit's empty workbook, with last year's open tasks and unresolved obstacles.

    ``full`` asks for every table. Raises ``UsageError`` for a unit that does not exist, or not in the plan year.
    """
    bare = offers.content(unit_id, full=full)
    tables, notes = _left_over(schema, offers.frames, bare.unit.unit_id, year=offers.year)
    guide = replace(bare.guide, carried={name: len(rows) for name, rows in tables.items()})
    return replace(bare, tables=tables, guide=guide, blank_lines=True, notes=notes)


def _left_over(schema: Schema, frames: Frames, unit_id: str, *, year: int) -> tuple[dict, dict]:
    """Rows that the new year begins with, under fresh keys, and what is said of each: which row of the old book."""
    tasks, obstacles = frames["tasks"], frames["obstacles"]
    open_tasks = tasks[tasks["completed_date"].isna() & (tasks["title"].notna() | tasks["lead"].notna())]
    standing = obstacles[obstacles["resolved_date"].isna() & (obstacles["category"] != "none").fillna(True)]
    sources = _predecessors(frames["units"], unit_id, year)
    tables, notes = {}, {}
    for name, left, dropped in (("tasks", open_tasks, ("quality", "completed_date")), ("obstacles", standing, ())):
        rows = left[(left["_year"] == year - 1) & left["_unit"].isin(sources)]
        table = schema.tables[name]
        tables[name] = [
            _row(table, row, number, dropped) for number, row in enumerate(rows.to_dict("records"), start=1)
        ]
        notes[name] = [_said(row, table, unit_id, year) for row in rows.to_dict("records")]
    return tables, notes


def _predecessors(units: pd.DataFrame, unit_id: str, year: int) -> list[str]:
    """The unit, and those that ended before the plan year and were succeeded by it, also through others."""
    ended = units[(units["valid_to"] < f"{year}-01-01") & units["successor_id"].notna()]
    heirs = dict(zip(ended["unit_id"], ended["successor_id"], strict=True))
    found = [unit_id]
    for one in found:
        found += [unit for unit, heir in heirs.items() if heir == one and unit not in found]
    return found


def _row(table: Table, row: Mapping[str, object], number: int, dropped: Sequence[str]) -> dict[str, object]:
    kept = {f.name: row[f.name] for f in table.fields if f.name not in dropped and pd.notna(row[f.name])}
    kept = {name: value.date() if isinstance(value, pd.Timestamp) else value for name, value in kept.items()}
    defaults = [f.name for f in table.fields if f.default is not None and kept.get(f.name) is f.default]
    kept = {name: bool(value) if name in _booleans(table) else value for name, value in kept.items()}
    kept = {name: value for name, value in kept.items() if name not in defaults}
    kept = {
        n: v.replace(";", "; ") if table.field(n).type == "list" and isinstance(v, str) else v for n, v in kept.items()
    }
    return kept | {table.primary_key[0]: numbered_key(table, number)}


def _booleans(table: Table) -> set[str]:
    return {field.name for field in table.fields if field.type == "boolean"}


def _said(row: Mapping[str, object], table: Table, unit_id: str, year: int) -> str:
    key = row[table.primary_key[0]]
    old = f", mã cũ {key}" if pd.notna(key) else ""
    whose = f" của {row['_unit']}" if row["_unit"] != unit_id else ""
    return f"Chuyển từ sổ năm {year - 1}{whose}{old}."
