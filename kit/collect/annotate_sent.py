"""What a unit sent, as it stands in its file: every value in its place, formulas, columns and sheets of its own.

Reading for checking (``read_workbook``, ``read_csv``) hands over what is used; the returned workbook needs all the rest
too. Which column holds which field is taken from that reading, never decided a second time.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kit.collect.annotate_formulas import Formula, formulas_of
from kit.collect.csv_text import decoded, delimiter_of, has_open_quote, records
from kit.collect.engine import Grid, open_workbook
from kit.collect.files import CollectedFile, csv_files
from kit.collect.header import Names, header_of, names_of
from kit.collect.merged import spread_merged
from kit.collect.raw import SourceFile
from kit.collect.read_csv import read_csv
from kit.collect.read_workbook import read_workbook
from kit.collect.rows import PRODUCT, Block
from kit.collect.sheet_extent import column_number
from kit.collect.text import match_key
from kit.collect.workbook_layout import is_own_sheet
from kit.schema.model import Schema

MOST_CELLS = 3_000_000  # cells of a file above which no workbook is sent back: nobody could work in it
LARGEST_CSV = 50 * 2**20  # bytes of a CSV folder, likewise
_LEADING = re.compile(r"(?:sep=(?P<separator>.)(?:\r?\n))?(?P<blank>[\r\n]*)", re.IGNORECASE)
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r])")


def cell_of(grid: Grid, row: int, column: int) -> object:
    """Return the cell at a place counted from 1; ``None`` outside."""
    r, c = row - grid.first_row, column - grid.first_column
    inside = 0 <= r < len(grid.rows) and 0 <= c < len(grid.rows[r])
    return grid.rows[r][c] if inside else None


@dataclass(frozen=True)
class SentSheet:
    """A sheet (or CSV file) of entry rows: ``columns`` maps a column name (``date``, ``audiences.citizens``,
    ``product.kind``) to its number in the file, ``entry_row`` is the row of its first entry, both counted from 1."""

    table: str
    file: str
    name: str
    grid: Grid
    columns: Mapping[str, int]
    entry_row: int
    formulas: Mapping[tuple[int, int], Formula] = field(default_factory=dict)

    @property
    def csv(self) -> bool:
        """True for a CSV file, whose cells are all text."""
        return not self.name

    def extra_columns(self) -> list[int]:
        """Columns that hold something and no field that is read, in order."""
        used = set(self.columns.values())
        filled: set[int] = set()
        for at, row in enumerate(self.grid.rows):
            if self.grid.first_row + at >= self.entry_row - 1:
                filled.update(place for place, cell in enumerate(row) if cell is not None)
        return sorted(number for place in filled if (number := place + self.grid.first_column) not in used)

    def entry_rows(self) -> list[int]:
        """Numbers of the rows that hold something, from the first entry on."""
        numbered = enumerate(self.grid.rows, start=self.grid.first_row)
        filled = {number for number, row in numbered if any(cell is not None for cell in row)}
        filled |= {row for row, column in self.formulas if column in self.columns.values()}
        return sorted(number for number in filled if number >= self.entry_row)


@dataclass(frozen=True)
class OtherSheet:
    """A sheet that is not read: its values are kept."""

    name: str
    grid: Grid


@dataclass(frozen=True)
class Sent:
    """All that one unit's file, or folder of CSV files, holds; ``file`` is how findings call it."""

    source: SourceFile
    sheets: tuple[SentSheet, ...]
    others: tuple[OtherSheet, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells the sheets have, blank ones included."""
        grids = [sheet.grid for sheet in (*self.sheets, *self.others)]
        return sum(len(row) for grid in grids for row in grid.rows)


def load_sent(file: CollectedFile, called: Callable[[Path], str], schema: Schema) -> Sent | None:
    """Load a workbook or CSV folder again with everything in it; ``None`` when it cannot be read.

    ``called`` says how findings call a file (``files.naming``).
    """
    if file.kind == "workbook":
        return _workbook(file, called(file.path), schema)
    return _csv_folder(file, called, schema)


def _workbook(file: CollectedFile, name: str, schema: Schema) -> Sent | None:
    names = names_of(schema)
    read = read_workbook(file, name, schema, names=names)
    if not read.source.readable:
        return None
    book = open_workbook(file.path.read_bytes())
    blocks: dict[str, list[Block]] = {}
    for block in read.blocks:
        blocks.setdefault(block.sheet, []).append(block)
    sheets, others = [], []
    for title in book.sheets:
        grid = book.grid(title, plain=True)
        if grid is None:
            continue  # the finding says so
        if title in blocks:
            found = SentSheet(_owner(blocks[title]), name, title, grid, _columns(blocks[title]), 1)
            entry_row = _entry_row(found, blocks[title], names[found.table])
            sheets.append(replace(found, entry_row=entry_row, formulas=formulas_of(book.part(title))))
        elif not is_own_sheet(title, cell_of(grid, 1, 1)):
            others.append(OtherSheet(title, grid))
    return Sent(read.source, tuple(sheets), tuple(others))


def _owner(blocks: Sequence[Block]) -> str:
    """The table of a sheet; the products beside the tasks are a second block of it."""
    names = [block.table for block in blocks]
    return "tasks" if "tasks" in names else names[0]


def _columns(blocks: Sequence[Block]) -> dict[str, int]:
    table = _owner(blocks)
    columns = {}
    for block in blocks:
        inline = block.table != table
        for name, letter in block.letters.items():
            if not (inline and name in ("product_id", "task_id")):
                columns[f"{PRODUCT}{name}" if inline else name] = column_number(letter)
    return {name: number for name, number in columns.items() if number}


def _entry_row(sheet: SentSheet, blocks: Sequence[Block], names: Names) -> int:
    """Return the row of the first entry; merged cells are spread as reading spreads them."""
    grid = sheet.grid
    header = header_of(grid.rows, names)
    if header is None:
        return min((int(row) for block in blocks for row in block.rows), default=grid.first_row + len(grid.rows))
    spread_merged(grid, header, names.table, sheet.name)
    return grid.first_row + header.first_row


def _csv_folder(folder: CollectedFile, called: Callable[[Path], str], schema: Schema) -> Sent | None:
    paths = csv_files(folder.path)
    if not paths or not folder.plan_year or sum(path.stat().st_size for path in paths) > LARGEST_CSV:
        return None
    names = names_of(schema)
    tables = {match_key(table.name): table for table in schema.collected}
    tables |= {match_key(table.title): table for table in schema.collected}
    sheets, others = [], []
    for path in paths:
        source = SourceFile(called(path), "csv", folder.unit_id, folder.plan_year)
        table = tables.get(match_key(path.stem))
        known = {**names[table.name].by_title, **names[table.name].by_name} if table else {}
        grid = _csv_grid(path, known)
        read = read_csv(path, source, names[table.name]) if table else None
        if read and read.blocks and grid.rows:
            found = SentSheet(table.name, source.file, "", grid, _columns(read.blocks), grid.first_row + 1)
            sheets.append(found)
        elif grid.rows:
            others.append(OtherSheet(path.stem, grid))
    source = SourceFile(folder.path.name, "csv", folder.unit_id, folder.plan_year)
    return Sent(source, tuple(sheets), tuple(others)) if sheets or others else None


def _csv_grid(path: Path, known: Mapping[str, str]) -> Grid:
    """Read every cell of a CSV file as text, numbered as findings number its rows."""
    content = path.read_bytes()
    text = "" if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) else decoded(content).text
    lead = _LEADING.match(text)
    body = text[lead.end() :]
    skipped = bool(lead["separator"]) + (lead["blank"].count("\n") or lead["blank"].count("\r"))
    delimiter = delimiter_of(body.split("\n", 1)[0].rstrip("\r"), known)
    read = _lines(body, delimiter) if has_open_quote(body, delimiter) else records(body, delimiter)
    rows: list[list[object]] = [
        [None if not cell or cell.isspace() else _ESCAPED.sub("", cell) for cell in row] for row in read
    ]
    return Grid(rows, skipped + 1)


def _lines(body: str, delimiter: str) -> Iterator[list[str]]:
    """One record for each line, where a quotation mark that is never closed would swallow all below."""
    for line in body.split("\n"):
        yield next(csv.reader([line.rstrip("\r")], delimiter=delimiter), [])
