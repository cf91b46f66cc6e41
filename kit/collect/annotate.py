"""The returned workbook: the unit's current template, filled with what it sent, wrong cells marked and commented.

One mechanism for .xlsx, .xlsm, .xls, .ods, CSV folders and older templates: whatever was sent is laid over a fresh
template, so that drop-downs and protection are whole again. Values equal the file sent; text is never a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kit.collect.annotate_cells import put, put_formula
from kit.collect.annotate_formulas import Formula, moved
from kit.collect.annotate_looks import COMMENTS_OF_A_SHEET, Formats, comment_options, comment_text, graver
from kit.collect.annotate_place import Located, Placed, following, located
from kit.collect.annotate_remarks import RANK, Remark
from kit.collect.annotate_result import Result, write_result
from kit.collect.annotate_rows import Lines, entries, lines_of
from kit.collect.annotate_sent import Sent, cell_of
from kit.collect.workbook import WorkbookContent, render_workbook
from kit.collect.workbook_layout import RESULT_MARK, RESULT_SHEET, Sheet, sheet_name
from kit.schema.model import Schema

Cell = tuple[int, int]  # row and column, counted from 0
Marks = Mapping[Cell, Sequence[Remark]]


@dataclass(frozen=True)
class Return:
    """What goes back: the ``name`` of the file sent, what it held, and what is to be said about it.

    Remarks of severity ``note`` alone mark nothing: the workbook goes back clean.
    """

    name: str
    sent: Sent
    remarks: tuple[Remark, ...] = ()

    @property
    def marked(self) -> bool:
        """True when there are errors or warnings."""
        return any(remark.severity != "note" for remark in self.remarks)


def render_returned(schema: Schema, content: WorkbookContent, returned: Return) -> bytes:
    """Return the workbook for the sender as bytes of an .xlsx file.

    ``content`` is what the unit's template offers (unit, year, keys); its rows give way to those sent.
    """
    lines = lines_of(returned.sent, schema)
    rows = {table: entries(parts) for table, parts in lines.items()}
    guide = content.guide and replace(content.guide, carried=None)
    filled = replace(content, tables=rows, blank_lines=False, notes={}, guide=guide)
    return render_workbook(schema, filled, _Laid(schema, filled, returned, lines))


class _Laid:
    """Lays values, marks and the list of findings over a fresh template (``workbook.Overlay``)."""

    def __init__(self, schema: Schema, content: WorkbookContent, returned: Return, lines: Mapping[str, list[Lines]]):
        self._schema, self._content, self._returned, self._lines = schema, content, returned, lines
        self._placed: dict[str, Placed] = {}
        self._others: dict[str, str] = {}

    def before(self, book: xlsxwriter.Workbook) -> None:
        self._formats = Formats(book)
        self._first = book.add_worksheet(RESULT_SHEET) if self._returned.marked else None

    def on_sheet(self, page: Worksheet, sheet: Sheet, first_row: int) -> None:
        parts = tuple(self._lines.get(sheet.table.name, ()))
        own = {column.name for column in sheet.columns}
        kept: list[object] = sorted({name for row in sheet.rows for name in row} - own)
        kept += sorted({number for part in parts for number in part.sheet.extra_columns()})
        extras = {key: len(sheet.columns) + at for at, key in enumerate(kept)}
        self._placed[sheet.table.name] = Placed(page, sheet, first_row, extras, parts)

    def after(self, book: xlsxwriter.Workbook) -> None:
        self._keep_others(book)
        spots = located(self._returned.remarks, self._placed, self._others) if self._returned.marked else []
        for table, placed in self._placed.items():
            marks: dict[Cell, list[Remark]] = {}
            for spot in spots:
                if spot.cell and spot.table == table:
                    marks.setdefault(spot.cell, []).append(spot.remark)
            self._write_extra_headers(placed, marks)
            self._write_cells(placed, marks)
            _comment(placed, marks)
        if self._first:
            self._first.write_string(0, 0, RESULT_MARK)
            write_result(self._first, book, self._result(book, tuple(spots)))
            self._first.activate()
            self._first.set_first_sheet()

    def _result(self, book: xlsxwriter.Workbook, spots: tuple[Located, ...]) -> Result:
        pages = tuple(page.name for page in book.worksheets())
        return Result(self._returned.name, self._content, spots, pages)

    def _keep_others(self, book: xlsxwriter.Workbook) -> None:
        """Sheets that are not of the template stand at the end, with their values in the same cells."""
        for other in self._returned.sent.others:
            page = book.add_worksheet(sheet_name(other.name, [page.name for page in book.worksheets()]))
            self._others[other.name] = page.name
            for at, row in enumerate(other.grid.rows, start=other.grid.first_row - 1):
                for place, value in enumerate(row, start=other.grid.first_column - 1):
                    if value is not None:
                        put(page, (at, place), value, self._formats.for_value(value, "amount"))

    def _write_extra_headers(self, placed: Placed, marks: Marks) -> None:
        for key, place in placed.extras.items():
            cell = (placed.first_row - 1, place)
            look = self._formats.of("optional", graver(marks[cell]) if cell in marks else "")
            if isinstance(key, str):  # a list in one cell: read by its name in the hidden row
                placed.page.write_string(placed.first_row - 2, place, key)
            placed.page.set_column(place, place, 18, self._formats.of("choice"))
            put(placed.page, cell, placed.extra_title(key) or "(cột ngoài mẫu)", look)

    def _write_cells(self, placed: Placed, marks: Marks) -> None:
        """Write what the template's writer has not written just so: odd types, formulas, columns beside, marks."""
        left = {cell for cell in marks if cell[0] >= placed.first_row}
        follow = following(placed, self._placed, self._others)
        for cell, value, formula in _sent_cells(placed):
            plain = not formula and placed.plain(self._schema, cell[1], value)
            if plain and cell not in marks:
                continue
            left.discard(cell)
            look = self._formats.for_value(value, placed.look(cell[1]), graver(marks[cell]) if cell in marks else "")
            text = moved(formula.text, follow) if formula and formula.text else None
            if formula and (text or formula.error):
                put_formula(placed.page, cell, text or f"={formula.error}", (look, formula.error or value))
            else:
                put(placed.page, cell, value, look)
        for cell in left:
            put(placed.page, cell, None, self._formats.of(placed.look(cell[1]), graver(marks[cell])))


def _sent_cells(placed: Placed) -> Iterator[tuple[Cell, object, Formula | None]]:
    """Yield every filled cell of the entries at its new place, with its formula."""
    for part in placed.lines:
        sheet = part.sheet
        formulas: dict[int, dict[int, Formula]] = {}
        for (row, column), formula in sheet.formulas.items():
            formulas.setdefault(row, {})[column] = formula
        for row, line in part.line_of.items():
            values = part.values[row]
            found = formulas.get(row, {})
            here = {name: found[number] for name, number in sheet.columns.items() if number in found}
            for name in dict.fromkeys([*values, *here]):
                place = placed.place(name)
                if place is not None:
                    yield (placed.first_row + line, place), values.get(name), here.get(name)
            for key, place in placed.extras.items():
                value = cell_of(sheet.grid, row, key) if isinstance(key, int) else None
                if value is not None:
                    yield (placed.first_row + line, place), value, None


def _comment(placed: Placed, marks: Marks) -> None:
    """The gravest first: a sheet takes a limited number of comments, the other cells are only coloured."""
    for cell in sorted(marks, key=lambda cell: (RANK[graver(marks[cell])], cell))[:COMMENTS_OF_A_SHEET]:
        title = placed.title(cell[1])
        where = f"trang “{placed.page.name}”, ô {xl_rowcol_to_cell(*cell)}" + (f", cột “{title}”" if title else "")
        text = comment_text(marks[cell], where)
        known = placed.page.comments.get(cell[0], {}).get(cell[1])
        if known:  # the template's own note on a header stays
            text += f"\n\n{known.text}"
        placed.page.write_comment(*cell, text, comment_options(text, graver(marks[cell])))
