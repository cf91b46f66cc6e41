"""Which column holds which field: the hidden row of field names, or the visible titles where that row is lost."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kit.collect.text import match_key
from kit.collect.workbook_layout import sheets_of
from kit.schema.model import Schema, Table

HEADER_WITHIN = 60  # rows from the top in which a header is looked for
_TITLES_WITHIN = 5  # rows below the field names in which the titles may stand
_LEAST_MATCHES = 2
_ALIKE = 0.72  # likeness above which an unknown title is taken for a misspelt one, 1 is equal


@dataclass(frozen=True)
class Header:
    """Columns found: ``columns`` maps a field (or ``field.code``) to its place in the row, counted from 0.

    ``first_row`` is the place of the first data row; ``extra`` are texts of unknown columns, ``twice`` of fields that
    have two columns (the first counts), each with its place. ``titled`` are fields known by their title although the
    row of field names is there.
    """

    columns: Mapping[str, int]
    first_row: int
    by_title: bool = False
    extra: tuple[tuple[str, int], ...] = ()
    twice: tuple[tuple[str, int], ...] = ()
    titled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """What the columns of a table's sheet may be called: match key of the field name, of the title → column name."""

    table: Table
    titles: Mapping[str, str]
    by_name: Mapping[str, str]
    by_title: Mapping[str, str]


def names_of(schema: Schema) -> dict[str, Names]:
    """Return for each collected table what its columns may be called."""
    titles = column_titles(schema)
    return {table.name: table_names(table, titles[table.name]) for table in schema.collected}


def table_names(table: Table, titles: Mapping[str, str]) -> Names:
    """Return what the columns of one table may be called; ``titles`` maps the columns of its sheet to their titles."""
    return Names(table, titles, known_names(table, titles), known_titles(table, titles))


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


@lru_cache(maxsize=4096)
def title_key(text: str) -> str:
    """Return the matching key of a visible title, without a star of required fields and line breaks."""
    return match_key(re.sub(r"[*\s]+$", "", text))


def header_of(rows: Sequence[Sequence[object]], names: Names) -> Header | None:
    """Find the header of a sheet: the row of field names first, then the row of titles; ``None`` without either."""
    best = _best_row(rows, names.by_name, match_key)
    if best is None:
        best = _best_row(rows, names.by_title, title_key)
        header = columns_of(rows[best], names.by_title, best + 1, title_key) if best is not None else None
        return replace(header, by_title=True) if header else None
    header = columns_of(rows[best], names.by_name, best + 1)
    for below in range(best + 1, min(best + 1 + _TITLES_WITHIN, len(rows))):
        titled = columns_of(rows[below], names.by_title, 0, title_key)
        agree = sum(1 for name, place in titled.columns.items() if header.columns.get(name) == place)
        if agree >= min(_LEAST_MATCHES, len(header.columns)):
            return _completed(header, titled, below + 1)
    return header


def _completed(header: Header, titled: Header, first_row: int) -> Header:
    """Add the columns that only their title tells, and name by their title those that nobody knows."""
    taken = set(header.columns.values()) | {place for _, place in header.twice}
    added = {n: place for n, place in titled.columns.items() if n not in header.columns and place not in taken}
    texts = {place: text for text, place in (*header.extra, *titled.extra)}
    used = taken | set(added.values())
    extra = tuple((text, place) for place, text in sorted(texts.items()) if place not in used)
    columns = {**header.columns, **added}
    return replace(header, columns=columns, first_row=first_row, extra=extra, titled=tuple(added))


def columns_of(
    cells: Sequence[object], known: Mapping[str, str], first_row: int, key: Callable[[str], str] = match_key
) -> Header:
    """Match the cells of one header row with the known names or titles."""
    columns: dict[str, int] = {}
    extra, twice = [], []
    for place, cell in enumerate(cells):
        text = cell.strip() if type(cell) is str else "" if cell is None else str(cell).strip()
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


def _best_row(rows: Sequence[Sequence[object]], known: Mapping[str, str], key: Callable[[str], str]) -> int | None:
    """Return the first row with most matches, if these are enough to be sure that it is a header."""
    best, most = None, _LEAST_MATCHES - 1
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        texts = [cell for cell in row if type(cell) is str]
        if len(texts) <= most:
            continue
        found = len({known[name] for name in map(key, texts) if name in known})
        if found > most:
            best, most = at, found
    return best


def likely_column(text: str, names: Names, missing: Sequence[str]) -> str:
    """Return which of the missing columns an unknown title was probably meant to be, or blank."""
    found = {_plain(names.titles[name]): name for name in missing if name in names.titles}
    near = difflib.get_close_matches(_plain(text), found, n=1, cutoff=_ALIKE)
    begins = [title for title in found if _plain(text).startswith(f"{title} ") or title.startswith(f"{_plain(text)} ")]
    return found[(near or begins)[0]] if near or begins else ""


def _plain(text: str) -> str:
    """Lower case without any accent: in a title somebody retyped, accents are what differs most."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())
