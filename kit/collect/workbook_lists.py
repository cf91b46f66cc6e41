"""The hidden sheet of lists: what drop-downs offer, by range, and the counts of lines and missing cells.

Tasks and council members that the workbook itself holds are listed by formulas, so that a new one is offered as soon as
it is entered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kit.collect.labels import LONGEST_TITLE, SEPARATOR, period_labels
from kit.collect.workbook_layout import FIRST_ROW, LISTS_SHEET, MARK, NO, YES, Column, Sheet
from kit.collect.workbook_needed import counted, counting_formulas
from kit.schema.model import Schema

PERIODS, MEMBERS, TASKS = "periods", "keys:council_members", "keys:tasks"
_OWN = {TASKS: ("tasks", "task_id", "title"), MEMBERS: ("council_members", "member_id", "full_name")}


@dataclass(frozen=True)
class Sources:
    """``choices``: list name → formula of its range. ``counts``: sheet → the cells that hold how many lines are begun
    and how many cells are missing, with the values of the rows at hand."""

    choices: Mapping[str, str]
    counts: Mapping[str, tuple[str, str, int, int]]


def choices_of(sheet: Sheet, column: Column) -> str:
    """Return the name of the list that a column offers; a list that does not exist for columns without one."""
    field = column.field
    if sheet.keyed(column):
        return ""
    if column.mark:
        return "mark"
    if field.type == "boolean":
        return f"boolean:{field.default is not False}"
    if field.name == "period":
        return PERIODS
    if field.name == "member_id":
        return MEMBERS
    return field.codelist or f"keys:{field.references}"


def write_lists(
    page: Worksheet, schema: Schema, sheets: Sequence[Sheet], *, keys: Mapping[str, Sequence[str]], year: int
) -> Sources:
    """Write every list into its own column, then the counts."""
    page.hide()
    page.protect()
    lists = _fixed_lists(schema, sheets, keys, year=year)
    choices = {}
    for column, name in enumerate([*lists, *(name for name in _OWN if name not in lists)]):
        above = lists.get(name, [])
        own = _own_sheet(sheets, name)
        if above or own:
            page.write_string(0, column, name)
            for row, choice in enumerate(above, start=1):
                page.write_string(row, column, choice)
            letter = xl_col_to_name(column)
            choices[name] = f"={LISTS_SHEET}!${letter}$2:${letter}${len(above) + 1}"
            if own:
                choices[name] = _write_own(page, own, name, column=column, above=len(above))
    return Sources(choices, _write_counts(page, schema, sheets, column=len(lists) + len(_OWN)))


def _fixed_lists(schema: Schema, sheets: Sequence[Sheet], keys: Mapping, *, year: int) -> dict[str, list[str]]:
    fields = [column.field for sheet in sheets for column in sheet.columns if not column.mark]
    lists = {item.codelist: list(schema.codes(item).values()) for item in fields if item.codelist}
    lists |= {f"keys:{table}": list(values) for table, values in keys.items() if values}
    lists |= {"mark": [MARK], "boolean:True": [YES, NO], "boolean:False": [MARK, NO]}
    return lists | {PERIODS: period_labels(year)}


def _own_sheet(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    return next((sheet for sheet in sheets if name in _OWN and sheet.table.name == _OWN[name][0]), None)


def _write_own(page: Worksheet, sheet: Sheet, name: str, *, column: int, above: int) -> str:
    """Write a formula for each line of the workbook's own sheet; return the range up to the last one that shows."""
    _, key, title = _OWN[name]
    shown = above
    for line, formula in enumerate(_own_formulas(sheet.name, sheet.place(key), sheet.place(title), sheet.lines)):
        text = _label(sheet.rows[line], key, title) if line < len(sheet.rows) else ""
        shown = above + line + 1 if text else shown
        page.write_formula(above + 1 + line, column, formula, None, text)
    letter, last = xl_col_to_name(column), above + sheet.lines + 1
    cells = f"{LISTS_SHEET}!${letter}$2:${letter}${last}"
    size = f"{LISTS_SHEET}!${letter}${last + 2}"
    page.write_formula(
        last + 1, column, f"=MAX(1,SUMPRODUCT(MAX((LEN({cells})>0)*(ROW({cells})-1))))", None, max(shown, 1)
    )
    return f"=OFFSET({LISTS_SHEET}!${letter}$2,0,0,{size},1)"


@lru_cache(maxsize=32)  # the workbooks of all units have the same ones
def _own_formulas(sheet: str, key: int, title: int, lines: int) -> tuple[str, ...]:
    quoted = "'" + sheet.replace("'", "''") + "'"
    columns = [f"{quoted}!${xl_col_to_name(place)}:${xl_col_to_name(place)}" for place in (key, title)]
    formulas = []
    for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + lines):
        # INDEX by a fixed number, not a cell: lines that are inserted or deleted do not tear the list.
        one, other = (f"INDEX({cells},{row})" for cells in columns)
        formulas.append(f'=IF(OR(LEN({one})=0,LEN({other})=0),"",{one}&"{SEPARATOR}"&LEFT({other},{LONGEST_TITLE}))')
    return tuple(formulas)


def _label(row: Mapping[str, object], key: str, title: str) -> str:
    """What the formula shows; cut where the formula cuts."""
    return f"{row[key]}{SEPARATOR}{str(row[title])[:LONGEST_TITLE]}" if row.get(key) and row.get(title) else ""


def _write_counts(page: Worksheet, schema: Schema, sheets: Sequence[Sheet], *, column: int) -> dict[str, tuple]:
    counts = {}
    for row, sheet in enumerate(sheets):
        formulas, values = counting_formulas(schema, sheet), counted(schema, sheet)
        cells = []
        page.write_string(row, column, sheet.table.name)
        for place, (formula, value) in enumerate(zip(formulas, values, strict=True), start=column + 1):
            page.write_formula(row, place, formula, None, value)
            cells.append(f"{LISTS_SHEET}!${xl_col_to_name(place)}${row + 1}")
        counts[sheet.name] = (*cells, *values)
    return counts
