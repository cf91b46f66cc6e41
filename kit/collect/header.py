"""Which column holds which field: the hidden row of field names, or the visible titles where that row is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.collect.text import match_key
from kit.collect.workbook_layout import sheets_of
from kit.schema.model import Schema, Table

HEADER_WITHIN = 60  # rows from the top in which a header is looked for
_LEAST_MATCHES = 2


@dataclass(frozen=True)
class Header:
    """Columns found: ``columns`` maps a field (or ``field.code``) to its place in the row, counted from 0.

    ``first_row`` is the place of the first data row; ``extra`` are texts of unknown columns, ``twice`` of fields that
    have two columns (the first counts), each with its place.
    """

    columns: Mapping[str, int]
    first_row: int
    by_title: bool = False
    extra: tuple[tuple[str, int], ...] = ()
    twice: tuple[tuple[str, int], ...] = ()


def column_titles(schema: Schema) -> dict[str, dict[str, str]]:
    """Return, for each collected table, the titles of the columns that its sheet has (column name → title)."""
    rows = {table.name: [{}] for table in schema.collected} | {"products": [{"product_id": "-"}]}
    sheets = sheets_of(schema, "commune", rows, full=True)
    return {sheet.table.name: {column.name: column.title for column in sheet.columns} for sheet in sheets}


def known_names(table: Table, titles: Mapping[str, str]) -> dict[str, str]:
    """Return match key → column name, for the columns of the sheet and the fields of the table (lists in one cell)."""
    return {match_key(name): name for name in (*titles, *table.field_names)}


def known_titles(table: Table, titles: Mapping[str, str]) -> dict[str, str]:
    """Return match key of the title → column name; a title that two columns share is left out."""
    pairs = [(title_key(title), name) for name, title in titles.items()]
    pairs += [(title_key(field.title), field.name) for field in table.fields if field.name not in titles]
    keys = [key for key, _ in pairs]
    return {key: name for key, name in pairs if keys.count(key) == 1}


def title_key(text: object) -> str:
    """Return the matching key of a visible title, without a star of required fields and line breaks."""
    return match_key(re.sub(r"[*\s]+$", "", str(text)))


def header_of(rows: Sequence[Sequence[object]], table: Table, titles: Mapping[str, str]) -> Header | None:
    """Find the header of a sheet: the row of field names first, then the row of titles; ``None`` without either."""
    names, by_title = known_names(table, titles), known_titles(table, titles)
    best = _best_row(rows, names, match_key)
    if best is not None:
        header = columns_of(rows[best], names, best + 1)
        below = rows[best + 1] if best + 1 < len(rows) else ()
        titled = columns_of(below, by_title, 0, title_key)
        agree = sum(1 for name, place in titled.columns.items() if header.columns.get(name) == place)
        return header if not agree else Header(header.columns, best + 2, False, header.extra, header.twice)
    best = _best_row(rows, by_title, title_key)
    if best is None:
        return None
    header = columns_of(rows[best], by_title, best + 1, title_key)
    return Header(header.columns, header.first_row, True, header.extra, header.twice)


def columns_of(cells: Sequence[object], known: Mapping[str, str], first_row: int, key=match_key) -> Header:
    """Match the cells of one header row with the known names or titles."""
    columns: dict[str, int] = {}
    extra, twice = [], []
    for place, cell in enumerate(cells):
        text = "" if cell is None else str(cell).strip()
        if not text:
            continue
        name = known.get(key(text))
        if name is None:
            extra.append((text, place))
        elif name in columns:
            twice.append((name, place))
        else:
            columns[name] = place
    return Header(columns, first_row, False, tuple(extra), tuple(twice))


def _best_row(rows: Sequence[Sequence[object]], known: Mapping[str, str], key) -> int | None:
    """Return the first row with most matches, if these are enough to be sure that it is a header."""
    counts = [len(columns_of(row, known, 0, key).columns) for row in rows[:HEADER_WITHIN]]
    most = max(counts, default=0)
    return counts.index(most) if most >= _LEAST_MATCHES else None
