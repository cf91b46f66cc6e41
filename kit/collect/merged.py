"""Merged cells: officers merge the cells of rows that share a date or a group; the value then stands in the first only.

Text, dates, codes and marks are read for every filled row of the merged range, each with a note. A figure is not: it
would be counted several times; it stays with the first row, with a warning. A key of its own is never repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kit.collect.engine import Grid
from kit.collect.header import Header
from kit.collect.parsed import Unreadable
from kit.collect.raw import Problem
from kit.collect.sheet_extent import column_letter
from kit.schema.model import Table

_FIGURES = ("integer", "number")


def spread_merged(grid: Grid, header: Header, table: Table, sheet: str) -> list[Problem]:
    """Fill merged cells of the data rows down (in ``grid``, which the caller made), and say so."""
    fields = {place: name for name, place in header.columns.items()}
    problems: list[Problem] = []
    for first_row, first, last_row, last in grid.merged:
        top, bottom = first_row - grid.first_row, min(last_row - grid.first_row, len(grid.rows) - 1)
        place = first - grid.first_column
        name = fields.get(place, "")
        if top < header.first_row or bottom <= top or not name or grid.rows[top][place] is None:
            continue
        others = [at for at in fields if not first <= at + grid.first_column <= last]
        below = [at for at in range(top + 1, bottom + 1) if _is_filled(grid.rows[at], others)]
        if below and _own(table, name):
            problems += _spread(grid, (top, place), below, (table, sheet, name))
    return problems


def _own(table: Table, name: str) -> bool:
    """False for a key of one column: each row has its own, which is assigned where it is blank."""
    return table.primary_key != (name,)


def _is_filled(row: Sequence[object], places: Sequence[int]) -> bool:
    return any(row[at] is not None for at in places if at < len(row))


def _spread(
    grid: Grid, cell: tuple[int, int], below: Sequence[int], where: tuple[Table, str, str]
) -> Iterator[Problem]:
    top, place = cell
    table, sheet, name = where
    value, column = grid.rows[top][place], column_letter(place + grid.first_column)
    address = {"table": table.name, "sheet": sheet, "column": column, "field": name}
    origin = f"{column}{top + grid.first_row}"
    base = name.split(".")[-1] if name.startswith("product.") else name.split(".")[0]
    figure = not name.startswith("product.") and table.field(base).type in _FIGURES
    if figure:
        args = {"first": top + grid.first_row, "last": below[-1] + grid.first_row}
        yield Problem("merged-figure", "", row=top + grid.first_row, value=str(value), args=args, **address)
        return
    for at in below:
        grid.rows[at][place] = value
        shown = "" if isinstance(value, Unreadable) else value
        yield Problem("merged-cell", "", row=at + grid.first_row, args={"origin": origin, "read": shown}, **address)
