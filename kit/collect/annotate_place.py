"""Where things stand in the returned workbook: a remark's cell, a column's place, a formula's references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlsxwriter.worksheet import Worksheet

from kit.collect import workbook_format as looks
from kit.collect.annotate_formulas import Follow
from kit.collect.annotate_remarks import Address, Remark
from kit.collect.annotate_rows import Lines, is_plain, place_of
from kit.collect.annotate_sent import SentSheet, cell_of
from kit.collect.sheet_extent import column_letter
from kit.collect.workbook_layout import Sheet
from kit.schema.model import Schema

_ROW = re.compile(r"\bdòng ([0-9]+)")


@dataclass(frozen=True)
class Placed:
    """One entry sheet of the new workbook with what was sent for it.

    ``first_row`` is the 0-based row of the first entry. ``extras`` are columns kept beside the template's: a column
    name (a list in one cell) or the number of a column as sent → its 0-based place.
    """

    page: Worksheet
    sheet: Sheet
    first_row: int
    extras: Mapping[object, int]
    lines: Sequence[Lines] = ()
    _places: dict[str, int | None] = field(default_factory=dict, repr=False)

    def place(self, name: str) -> int | None:
        """The 0-based place of a column by its name."""
        if name not in self._places:
            self._places[name] = place_of(name, self.sheet.columns, self.extras)
        return self._places[name]

    def look(self, place: int) -> str:
        """The look of a column's cells."""
        own = place < len(self.sheet.columns)
        return looks.body_of(self.sheet.columns[place]) if own else "choice"

    def plain(self, schema: Schema, place: int, value: object) -> bool:
        """True when the template's writer has written the value just so."""
        if place >= len(self.sheet.columns):
            return False
        column = self.sheet.columns[place]
        unwritten = self.sheet.table.name == "products" and column.name == "product_id"  # see annotate_rows.entries
        return not unwritten and is_plain(schema, column, value)

    def title(self, place: int) -> str:
        """The title of a column, blank for a column of the sender's own."""
        return self.sheet.columns[place].title if place < len(self.sheet.columns) else ""

    def extra_title(self, key: object) -> str:
        """The title that a column kept beside the template had in the file sent."""
        for part in self.lines:
            number = part.sheet.columns.get(key, 0) if isinstance(key, str) else key
            for row in (part.sheet.entry_row - 1, part.sheet.entry_row - 2):
                text = cell_of(part.sheet.grid, row, number)
                if text is not None:
                    return str(text)
        return ""

    def row_of(self, sheet: SentSheet, row: int) -> int | None:
        """The 0-based row where a row of the file sent stands now."""
        for part in self.lines:
            if part.sheet is sheet and row >= sheet.entry_row:
                line = part.line_of.get(row)
                if line is None and part.line_of:
                    first = min(part.line_of)
                    kept = all(at - first == part.line_of[at] - part.line_of[first] for at in part.line_of)
                    line = part.line_of[first] + row - first if kept else None
                return None if line is None or line < 0 else self.first_row + line
        return None

    @property
    def key_place(self) -> int:
        """The column that stands for a whole row: the key, or the first one."""
        names = [*self.sheet.table.primary_key, ""]
        return self.place(names[0]) or 0


@dataclass(frozen=True)
class Located:
    """A remark with its place in the new workbook: ``page`` the sheet's name, ``cell`` 0-based (or ``None``)."""

    remark: Remark
    table: str = ""
    page: str = ""
    cell: tuple[int, int] | None = None


def located(remarks: Iterable[Remark], placed: Mapping[str, Placed], others: Mapping[str, str]) -> list[Located]:
    """Find the place of each remark; ``others`` maps sheets that are not of the template to their new names."""
    sheets = {
        (part.sheet.file, part.sheet.name): (place, part.sheet) for place in placed.values() for part in place.lines
    }
    found = []
    for remark in remarks:
        address = remark.address
        if (address.file, address.sheet) in sheets:
            found.append(_inside(remark, *sheets[address.file, address.sheet]))
        elif address.sheet in others:
            found.append(Located(remark, page=others[address.sheet]))
        elif address.table in placed:
            place = placed[address.table]
            found.append(Located(remark, address.table, place.page.name))
        else:
            found.append(Located(remark))
    return found


def _inside(remark: Remark, placed: Placed, sheet: SentSheet) -> Located:
    address, name = remark.address, placed.page.name
    column = _column(address, placed, sheet)
    if address.row is None:
        cell = None if column is None else (placed.first_row - 1, column)
        return Located(remark, sheet.table, name, cell)
    row = placed.row_of(sheet, address.row)
    if row is None:  # of the header
        row, column = placed.first_row - 1, column or 0
    remark = _renumbered(remark, placed, sheet)
    return Located(remark, sheet.table, name, (row, placed.key_place if column is None else column))


def _column(address: Address, placed: Placed, sheet: SentSheet) -> int | None:
    name = address.field
    if name and address.table == "products" and sheet.table == "tasks":
        name = "task_id" if name in ("product_id", "task_id") else f"product.{name}"
    from_header = address.row is not None and address.row < sheet.entry_row
    if name and not from_header:
        return placed.place(name)
    number = next((key for key in placed.extras if isinstance(key, int) and column_letter(key) == address.column), None)
    return placed.extras[number] if number else placed.place(name) if name else None


def _renumbered(remark: Remark, placed: Placed, sheet: SentSheet) -> Remark:
    """Let "dòng 5" of the file sent name the row where that line stands now."""
    if not remark.rows_named:
        return remark

    def now(match: re.Match) -> str:
        row = placed.row_of(sheet, int(match[1]))
        return match[0] if row is None else f"dòng {row + 1}"

    return replace(remark, found=_ROW.sub(now, remark.found), action=_ROW.sub(now, remark.action))


def following(own: Placed, placed: Mapping[str, Placed], others: Mapping[str, str]) -> Follow:
    """Return the function that follows a formula's reference to the cell's new place."""
    by_name = {part.sheet.name.casefold(): (place, part.sheet) for place in placed.values() for part in place.lines}
    home = own.lines[0].sheet.name.casefold() if own.lines else ""
    kept = {name.casefold(): new for name, new in others.items()}

    def follow(name: str, row: int, column: int) -> tuple[str, int, int] | None:
        wanted = name.casefold() or home
        if wanted in kept:
            return kept[wanted], row, column
        if wanted not in by_name:
            return None
        place, sheet = by_name[wanted]
        names = {number: title for title, number in sheet.columns.items()}
        at = place.place(names[column]) if column in names else place.extras.get(column)
        line = place.row_of(sheet, row)
        return None if at is None or line is None else (place.page.name, line + 1, at + 1)

    return follow
