"""One workbook → raw rows with addresses (python-calamine: .xlsx, .xlsm, .xls, .ods).

Nothing that is wrong with a file raises: it becomes a ``Problem``, and whatever else can be read is read.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from python_calamine import CalamineWorkbook, PasswordError

from kit.collect.files import CollectedFile, reason_of
from kit.collect.header import Header, column_titles, header_of
from kit.collect.identity import Identity, identity_of, is_known_version
from kit.collect.parsed import Unreadable
from kit.collect.raw import Problem, SourceFile
from kit.collect.rows import Block, FileRead, frame_of, split_products, with_assigned_keys, without_empty_lines
from kit.collect.text import match_key
from kit.collect.workbook_layout import COMMUNE_SHEETS, IDENTITY_SHEET, LISTS_SHEET, sheet_name
from kit.collect.xlsx_parts import cells_without_value, column_letter, refusal, sheet_part, sheet_paths, too_wide
from kit.schema.model import Schema, Table

HIDDEN_SHEETS = (IDENTITY_SHEET, LISTS_SHEET)
_BROKEN = "tệp bị hỏng hoặc chép chưa đủ"
_MOST_LINES_BELOW = 10_000  # lines of uncalculated formulas below the last value that are still named


@dataclass(frozen=True)
class Grid:
    """The filled rectangle of a sheet: ``rows`` of cells (``None`` blank), and where it starts, counted from 1."""

    rows: list[list[object]]
    first_row: int = 1
    first_column: int = 1


class _Refused(Exception):
    """The file is not used; carries the problem."""

    def __init__(self, code: str, **args: object):
        self.problem = Problem(code, "", args=args)
        super().__init__(code)


def read_workbook(file: CollectedFile, name: str, schema: Schema) -> FileRead:
    """Read one workbook; ``name`` is how findings call it. The place of the file must agree with its identity sheet."""
    source = SourceFile(name, "workbook", file.unit_id, file.plan_year, readable=False)
    try:
        content = file.path.read_bytes()
        book = _opened(content)
        identity = _identity(book, schema)
        source = replace(source, unit_id=identity.unit_id, plan_year=identity.year)
        _require_place(file, identity)
    except _Refused as refused:
        return FileRead(source, problems=(_placed(refused.problem, source),))
    except OSError as error:
        problem = Problem("file-unreadable", "", args={"reason": reason_of(error)})
        return FileRead(source, problems=(_placed(problem, source),))
    source = replace(source, readable=True)
    blocks, problems = _tables(book, content, schema)
    return FileRead(source, tuple(blocks), tuple(_placed(problem, source) for problem in problems))


def _placed(problem: Problem, source: SourceFile) -> Problem:
    return replace(problem, file=source.file, unit_id=source.unit_id)


def _opened(content: bytes) -> CalamineWorkbook:
    reason = refusal(content)
    if reason:
        raise _Refused(reason, reason=_BROKEN)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise _Refused("file-password") from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the engine is no Exception
        raise _Refused("file-unreadable", reason=_BROKEN) from None


def _grid(book: CalamineWorkbook, name: str) -> Grid | None:
    """Return the cells of a sheet, or ``None`` when the engine cannot read it."""
    try:
        sheet = book.get_sheet_by_name(name)
        start = sheet.start
        rows = [[None if _blank(cell) else cell for cell in row] for row in sheet.to_python()] if start else []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the engine is no Exception
        return None
    return Grid(rows, start[0] + 1, start[1] + 1) if start else Grid([])


def _blank(cell: object) -> bool:
    return isinstance(cell, str) and (not cell or cell.isspace())


def _identity(book: CalamineWorkbook, schema: Schema) -> Identity:
    name = next((name for name in book.sheet_names if match_key(name) == IDENTITY_SHEET), None)
    grid = _grid(book, name) if name else None
    identity = identity_of(grid.rows) if grid else None
    if identity is None:
        raise _Refused("wrong-template", found="", allowed=schema.template_version)
    if not is_known_version(identity.template_version, schema.template_version):
        raise _Refused("wrong-template", found=identity.template_version, allowed=schema.template_version)
    return identity


def _require_place(file: CollectedFile, identity: Identity) -> None:
    if file.unit_id and match_key(file.unit_id) != match_key(identity.unit_id):
        raise _Refused("unit-mismatch", found=identity.unit_id, expected=file.unit_id)
    if file.plan_year and file.plan_year != identity.year:
        raise _Refused("year-mismatch", found=identity.year, expected=file.plan_year)


@dataclass(frozen=True)
class _Source:
    """A sheet of an open workbook and its XML (blank for formats other than .xlsx)."""

    book: CalamineWorkbook
    sheet: str
    part: bytes


def _tables(book: CalamineWorkbook, content: bytes, schema: Schema) -> tuple[list[Block], list[Problem]]:
    titles, paths = column_titles(schema), sheet_paths(content)
    named = {match_key(sheet_name(table.title)): table for table in schema.collected}
    named |= {match_key(table.name): table for table in schema.collected}
    into: tuple[list[Block], list[Problem]] = ([], [])
    found: dict[str, str] = {}
    others = []
    for name in book.sheet_names:
        table = named.get(match_key(name))
        if table is None or table.name in found:
            others += [] if match_key(name) in HIDDEN_SHEETS else [name]
            continue
        found[table.name] = name
        _read_sheet(_Source(book, name, sheet_part(content, paths.get(name, ""))), table, titles[table.name], into)
    for name in others:
        _read_other(_Source(book, name, sheet_part(content, paths.get(name, ""))), schema, titles, (found, into))
    missing = [table for table in schema.collected if table.name in COMMUNE_SHEETS and table.name not in found]
    into[1].extend(Problem("missing-sheet", "", table=table.name, args={"title": table.title}) for table in missing)
    return into


def _read_other(source: _Source, schema: Schema, titles: Mapping[str, Mapping[str, str]], state: tuple) -> None:
    """Read a sheet that was renamed, known by its field names; name a second sheet of a table and any other sheet."""
    found, into = state
    grid = None if too_wide(source.part) else _grid(source.book, source.sheet)
    likely: dict[str, int] = {}
    for table in schema.collected if grid else ():
        header = header_of(grid.rows, table, titles[table.name])
        if header and not header.by_title and len(header.columns) > max(len(table.fields) / 2, len(header.extra)):
            likely[table.name] = len(header.columns)
    if not likely:
        into[1].append(Problem("extra-sheet", "", sheet=source.sheet))
        return
    table = schema.tables[max(likely, key=likely.__getitem__)]
    known = found.setdefault(table.name, source.sheet)
    code = "renamed-sheet" if known == source.sheet else "second-sheet"
    into[1].append(Problem(code, "", table=table.name, sheet=source.sheet, args={"title": table.title, "read": known}))
    if known == source.sheet:
        _read_sheet(source, table, titles[table.name], into)


def _read_sheet(source: _Source, table: Table, titles: Mapping[str, str], into: tuple[list, list]) -> None:
    blocks, problems = into
    grid = None if too_wide(source.part) else _grid(source.book, source.sheet)
    if grid is None:
        code = "sheet-too-large" if too_wide(source.part) else "sheet-unreadable"
        problems.append(Problem(code, "", table=table.name, sheet=source.sheet))
        return
    header = header_of(grid.rows, table, titles)
    if header is None:
        problems.append(Problem("missing-header", "", table=table.name, sheet=source.sheet))
        return
    problems += _header_problems(header, grid, table, source.sheet)
    _mark_unread(grid, cells_without_value(source.part))
    letters = {name: column_letter(place + grid.first_column) for name, place in header.columns.items()}
    frame = frame_of(grid.rows[header.first_row :], header.columns, grid.first_row + header.first_row)
    block = Block(table.name, source.sheet, without_empty_lines(frame, table), letters)
    block, notes = with_assigned_keys(block, table)
    problems += notes
    blocks += split_products(block) if table.name == "tasks" else [block]


def _mark_unread(grid: Grid, cells: Mapping[tuple[int, int], str]) -> None:
    """Put the reason in the place of each cell without a value, also beyond the rectangle that the engine saw."""
    width = max(map(len, grid.rows), default=0)
    for (row, column), reason in cells.items():
        r, c = row - grid.first_row, column - grid.first_column
        if r < 0 or not 0 <= c < width or r > len(grid.rows) + _MOST_LINES_BELOW:
            continue
        while len(grid.rows) <= r:
            grid.rows.append([None] * width)
        if grid.rows[r][c] is None:
            grid.rows[r][c] = Unreadable(reason)


def _header_problems(header: Header, grid: Grid, table: Table, sheet: str) -> list[Problem]:
    where = {"file": "", "table": table.name, "sheet": sheet}
    row = grid.first_row + header.first_row - 1
    problems = [Problem("header-by-title", **where)] if header.by_title else []
    present = {name.split(".")[0] for name in header.columns}
    for field in table.fields:
        if field.name not in present:
            args = {"title": field.title, "required": field.required or field.name in table.primary_key}
            problems.append(Problem("missing-column", **where, field=field.name, args=args))
    for name, place in header.twice:
        letter = column_letter(place + grid.first_column)
        first = column_letter(header.columns[name] + grid.first_column)
        problems.append(Problem("duplicate-column", **where, row=row, column=letter, field=name, args={"first": first}))
    for text, place in header.extra:
        letter = column_letter(place + grid.first_column)
        problems.append(Problem("extra-column", **where, row=row, column=letter, value=text[:200]))
    return problems
