"""Opening a workbook with calamine (.xlsx, .xlsm, .xls, .ods), behind guards: nothing in a file raises or hangs.

The content decides what a file is, not its name. What the engine gets was looked at and packed anew.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook, PasswordError

from kit.collect import archive, compound
from kit.collect.archive import Refused
from kit.collect.ods_parts import CONTENT, prepare_ods
from kit.collect.parsed import ERROR_VALUE, ERRORS, Unreadable
from kit.collect.sheet_extent import Prepared, SheetNotes
from kit.collect.xls_records import prepare_xls
from kit.collect.xlsx_parts import WORKBOOK, prepare_xlsx

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_LINES_BELOW = 10_000  # lines of uncalculated formulas below the last value that are still named


@dataclass(frozen=True)
class Grid:
    """The filled rectangle of a sheet: ``rows`` of cells (``None`` blank), and where it starts, counted from 1.

    A cell that shows an error or was never calculated holds an ``Unreadable``; ``merged`` and ``stray`` as in
    ``SheetNotes``.
    """

    rows: list[list[object]]
    first_row: int = 1
    first_column: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stray: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Book:
    """An open workbook; ``sheets`` are all names in order."""

    sheets: tuple[str, ...]
    notes: dict[str, SheetNotes]
    _engine: CalamineWorkbook = field(repr=False)
    _archive: archive.Archive | None = field(default=None, repr=False)
    _paths: dict[str, str] = field(default_factory=dict, repr=False)

    def part(self, name: str) -> bytes:
        """Return the XML of a sheet of an .xlsx file; blank for other kinds and for a sheet that is refused."""
        if self._archive is None or self.refused(name) or name not in self._paths:
            return b""
        return self._archive.part(self._paths[name]) or b""

    def refused(self, name: str) -> str:
        """Return the finding of a sheet that cannot be read, or blank."""
        return self.notes.get(name, SheetNotes()).refused

    def grid(self, name: str, *, plain: bool = False) -> Grid | None:
        """Return the cells of a sheet, or ``None`` when it is refused or the engine cannot read it.

        ``plain``: as the engine gives them, blank where a cell shows an error or was never calculated.
        """
        notes = self.notes.get(name, SheetNotes())
        if notes.refused:
            return None
        try:
            sheet = self._engine.get_sheet_by_name(name)
            start = sheet.start
            cells = sheet.to_python() if start else []
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic of the engine is no Exception
            return None
        value = _plain_value if plain else _value
        rows = [[value(cell) if type(cell) is str else cell for cell in row] for row in cells]
        first_row, first_column = (start[0] + 1, start[1] + 1) if start else (1, 1)
        if not plain:
            _mark_unread(rows, (first_row, first_column), notes.unread)
        return Grid(rows, first_row, first_column, notes.merged, notes.stray)


def _plain_value(cell: str) -> object:
    return cell if cell and not cell.isspace() else None


def _value(cell: str) -> object:
    if not cell or cell.isspace():
        return None
    return ERROR_VALUE if cell[0] == "#" and cell in ERRORS else cell


def _mark_unread(rows: list[list[object]], first: tuple[int, int], unread: dict[tuple[int, int], str]) -> None:
    """Put the reason in the place of each cell without a value, also beyond the rectangle that the engine saw."""
    width = max(map(len, rows), default=0)
    for (row, column), reason in unread.items():
        r, c = row - first[0], column - first[1]
        if r < 0 or not 0 <= c < width or r > len(rows) + _MOST_LINES_BELOW:
            continue
        while len(rows) <= r:
            rows.append([None] * width)
        if rows[r][c] is None or reason == "error-value":
            rows[r][c] = Unreadable(reason)


def open_workbook(content: bytes, *, unused: tuple[str, ...] = ()) -> Book:
    """Open a workbook from its bytes, without the sheets ``unused``. Raises ``Refused`` with the finding's code."""
    prepared = _prepared(content, unused)
    try:
        engine = CalamineWorkbook.from_filelike(io.BytesIO(prepared.content))
        return Book(tuple(engine.sheet_names), prepared.sheets, engine, prepared.archive, prepared.paths)
    except PasswordError:
        raise Refused("file-password") from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the engine is no Exception
        raise Refused("file-unreadable") from None


def _prepared(content: bytes, unused: tuple[str, ...]) -> Prepared:
    if not content:
        raise Refused("file-empty")
    if len(content) > archive.LARGEST_FILE:
        raise Refused("file-too-large")
    if content.startswith(compound.MARK):
        if _ENCRYPTED in content:
            raise Refused("file-password")
        return prepare_xls(content)
    if not content.startswith(b"PK"):
        raise Refused("file-not-a-workbook")
    parts = archive.open_archive(content)
    if WORKBOOK in parts.entries:
        return prepare_xlsx(parts, unused)
    if CONTENT in parts.entries:
        return prepare_ods(parts)
    raise Refused("file-not-a-workbook")
