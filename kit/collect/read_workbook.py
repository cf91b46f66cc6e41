"""One workbook → raw rows with addresses (``engine`` opens .xlsx, .xlsm, .xls, .ods).

Nothing that is wrong with a file raises: it becomes a ``Problem``, and whatever else can be read is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kit.collect.archive import Refused
from kit.collect.engine import Book, Grid, open_workbook
from kit.collect.files import CollectedFile, reason_of
from kit.collect.header import Header, Names, header_of, likely_column, names_of
from kit.collect.identity import Identity, identity_of, is_known_version, is_newer_version
from kit.collect.merged import spread_merged
from kit.collect.migrate import renames, with_new_codes, with_new_names
from kit.collect.raw import Problem, SourceFile
from kit.collect.rows import Block, FileRead, rows_of, split_products, with_assigned_keys, without_empty_lines
from kit.collect.sheet_extent import column_letter
from kit.collect.text import match_key
from kit.collect.workbook_layout import COMMUNE_SHEETS, IDENTITY_SHEET, LISTS_SHEET, is_own_sheet, sheet_name
from kit.schema.migrations import Changes, changes_since
from kit.schema.model import Schema

_BROKEN = "tệp bị hỏng hoặc chép chưa đủ"
_MOST_EXTRA = 20  # extra columns of a sheet that are named one by one


class _NotUsed(Exception):
    """The file is not used; carries the problem."""

    def __init__(self, code: str, **args: object):
        self.problem = Problem(code, "", args=args)
        super().__init__(code)


def read_workbook(
    file: CollectedFile, name: str, schema: Schema, *, names: Mapping[str, Names] | None = None
) -> FileRead:
    """Read one workbook; ``name`` is how findings call it. The place of the file must agree with its identity sheet.

    ``names`` (``names_of(schema)``) saves time where many files are read.
    """
    source = SourceFile(name, "workbook", file.unit_id, file.plan_year, readable=False)
    try:
        book = open_workbook(file.path.read_bytes(), unused=(LISTS_SHEET,))
        identity = _identity(book, schema)
        source = replace(source, unit_id=identity.unit_id, plan_year=identity.year)
        _require_place(file, identity)
    except Refused as refused:
        problem = Problem(refused.code, "", args={"reason": refused.detail or _BROKEN})
        return FileRead(source, problems=(_placed(problem, source),))
    except _NotUsed as unused:
        return FileRead(source, problems=(_placed(unused.problem, source),))
    except OSError as error:
        problem = Problem("file-unreadable", "", args={"reason": reason_of(error)})
        return FileRead(source, problems=(_placed(problem, source),))
    changes = changes_since(schema, identity.template_version)
    read = _Reading(book, schema, names or names_of(schema), changes)
    read.tables()
    placed = tuple(_placed(problem, source) for problem in read.problems)
    return FileRead(replace(source, readable=True), tuple(read.blocks), placed)


def _placed(problem: Problem, source: SourceFile) -> Problem:
    return replace(problem, file=source.file, unit_id=source.unit_id)


def _identity(book: Book, schema: Schema) -> Identity:
    name = next((name for name in book.sheets if match_key(name) == IDENTITY_SHEET), None)
    if name and book.refused(name):
        raise _NotUsed("file-unreadable", reason=_BROKEN)
    grid = book.grid(name) if name else None
    identity = identity_of(grid.rows) if grid else None
    if identity is None:
        raise _NotUsed("wrong-template", found="", allowed=schema.template_version)
    _require_version(identity.template_version, schema)
    return identity


def _require_version(found: str, schema: Schema) -> None:
    """A newer workbook than the kit, or one whose content no program can move, is refused with what to do."""
    if is_newer_version(found, schema.template_version):
        raise _NotUsed("newer-template", found=found, allowed=schema.template_version)
    if not is_known_version(found, schema.template_version):
        raise _NotUsed("wrong-template", found=found, allowed=schema.template_version)
    by_hand = changes_since(schema, found).by_hand
    if by_hand:
        raise _NotUsed(
            "old-template", found=found, allowed=schema.template_version, steps=" ".join(by_hand).rstrip(".")
        )


def _require_place(file: CollectedFile, identity: Identity) -> None:
    if file.unit_id and match_key(file.unit_id) != match_key(identity.unit_id):
        raise _NotUsed("unit-mismatch", found=identity.unit_id, expected=file.unit_id)
    if file.plan_year and file.plan_year != identity.year:
        raise _NotUsed("year-mismatch", found=identity.year, expected=file.plan_year)


@dataclass
class _Reading:
    """The reading of one open workbook: blocks and problems as they are found."""

    book: Book
    schema: Schema
    names: Mapping[str, Names]
    changes: Changes  # since the version of the workbook
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)  # table → sheet

    def tables(self) -> None:
        """Read the sheets that bear a table's name, then those that look like one."""
        named = {match_key(sheet_name(table.title)): table.name for table in self.schema.collected}
        named |= {match_key(table.name): table.name for table in self.schema.collected}
        named |= {match_key(old): table for old, table in self.changes.sheets.items()}
        others = []
        for sheet in self.book.sheets:
            table = named.get(match_key(sheet))
            if table is None or table in self.found:
                others.append(sheet)
                continue
            self.found[table] = sheet
            self._sheet(sheet, table, self.book.grid(sheet))
        for sheet in others:
            self._other(sheet)
        for table in self.schema.collected:
            if table.name in COMMUNE_SHEETS and table.name not in self.found:
                self.problems.append(Problem("missing-sheet", "", table=table.name, args={"title": table.title}))

    def _other(self, sheet: str) -> None:
        """Read a sheet that was renamed, known by its header; name a second sheet of a table and any other sheet."""
        if match_key(sheet) in (IDENTITY_SHEET, LISTS_SHEET):
            return
        grid = self.book.grid(sheet)
        if grid and is_own_sheet(sheet, grid.rows[0][0] if grid.rows and grid.rows[0] else None):
            return
        likely: dict[str, int] = {}
        for name, names in self.names.items() if grid else ():
            header = header_of(self._renamed(grid, name).rows, names)
            if header and len(header.columns) > max(len(names.table.fields) / 2, len(header.extra)):
                likely[name] = len(header.columns)
        if not likely:
            self.problems.append(Problem("extra-sheet", "", sheet=sheet))
            return
        table = max(likely, key=likely.__getitem__)
        known = self.found.setdefault(table, sheet)
        code = "renamed-sheet" if known == sheet else "second-sheet"
        args = {"title": self.schema.tables[table].title, "read": known}
        self.problems.append(Problem(code, "", table=table, sheet=sheet, args=args))
        if known == sheet:
            self._sheet(sheet, table, grid)

    def _sheet(self, sheet: str, name: str, grid: Grid | None) -> None:
        table, names = self.schema.tables[name], self.names[name]
        if grid is None:
            code = self.book.refused(sheet) or "sheet-unreadable"
            self.problems.append(Problem(code, "", table=name, sheet=sheet))
            return
        grid = self._renamed(grid, name)
        header = header_of(grid.rows, names)
        if header is None:
            expected = "; ".join(f"“{names.titles.get(f.name, f.title)}”" for f in table.fields if f.required)
            self.problems.append(Problem("missing-header", "", table=name, sheet=sheet, args={"expected": expected}))
            return
        if self.changes.codes:
            rows = with_new_codes(grid.rows, header.columns, self.schema, table=table, changes=self.changes)
            grid = replace(grid, rows=rows)
        self.problems += header_problems(header, grid, names, sheet)
        self.problems += _stray(grid, name, sheet)
        self.problems += spread_merged(grid, header, table, sheet)
        letters = {name: column_letter(place + grid.first_column) for name, place in header.columns.items()}
        columns, rows = rows_of(grid.rows[header.first_row :], header.columns, grid.first_row + header.first_row)
        block = without_empty_lines(Block(name, sheet, columns, rows, letters), table)
        block, notes = with_assigned_keys(block, table)
        self.problems += notes
        self.blocks += split_products(block) if name == "tasks" else [block]

    def _renamed(self, grid: Grid, name: str) -> Grid:
        """The grid of an older workbook, with the columns of a table called by today's names."""
        renamed = renames(self.schema, self.schema.tables[name], self.changes)
        return replace(grid, rows=with_new_names(grid.rows, self.names[name].titles, renamed)) if renamed else grid


def _stray(grid: Grid, table: str, sheet: str) -> list[Problem]:
    if not grid.stray:
        return []
    row, column = grid.stray[0]
    place = {"row": row, "column": column_letter(column), "args": {"count": len(grid.stray)}}
    return [Problem("stray-cell", "", table=table, sheet=sheet, **place)]


def header_problems(header: Header, grid: Grid, names: Names, sheet: str) -> list[Problem]:
    """Return what is to be said about the header of a sheet: missing, repeated and unknown columns."""
    where = {"file": "", "table": names.table.name, "sheet": sheet}
    row = grid.first_row + header.first_row - 1
    problems = [Problem("header-by-title", **where)] if header.by_title else []
    present = {name.split(".")[0] for name in header.columns}
    missing = [field for field in names.table.fields if field.name not in present]
    for column in missing:
        args = {"title": column.title, "required": column.required or column.name in names.table.primary_key}
        problems.append(Problem("missing-column", **where, field=column.name, args=args))
    for name in header.titled:
        letter = column_letter(header.columns[name] + grid.first_column)
        problems.append(
            Problem("column-by-title", **where, row=row, column=letter, field=name, value=names.titles[name])
        )
    for name, place in header.twice:
        letter = column_letter(place + grid.first_column)
        first = column_letter(header.columns[name] + grid.first_column)
        problems.append(Problem("duplicate-column", **where, row=row, column=letter, field=name, args={"first": first}))
    lost = [name for name in names.titles if name not in header.columns]
    for text, place in header.extra[:_MOST_EXTRA]:
        address = where | {"row": row, "column": column_letter(place + grid.first_column), "value": text[:200]}
        problems.append(unknown_column(address, names, lost))
    return problems


def unknown_column(address: Mapping[str, object], names: Names, lost: list[str]) -> Problem:
    """Return the problem of a column that nobody knows: a note, or a warning where it is probably a lost one."""
    likely = likely_column(str(address["value"]), names, lost)
    if not likely:
        return Problem("extra-column", **address)
    return Problem("renamed-column", **address, field=likely, args={"title": names.titles[likely]})
