"""Which cells of a begun line must be filled: derived from the schema, and said as spreadsheet formulas.

A line is begun when anything but its prefilled key and a default is filled; the reader has the same rule
(``rows.without_empty_lines``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from kit.collect.parsed import is_blank
from kit.collect.workbook_layout import FIRST_ROW, Column, Sheet, cell_value
from kit.schema.model import Rule, Schema

# A rule across tables that the line itself can tell: a communication needs its policy.
_ALSO = {"activities": (("policy_id", "kind", ("policy_communication",)),)}


@dataclass(frozen=True)
class Need:
    """``column`` must be filled in a line where one of ``among`` is, and where ``when`` shows one of ``labels``
    (``unless``: none of them; without labels: anything). ``strict`` False: advised, its lack is a warning only."""

    column: Column
    among: tuple[Column, ...]
    when: Column | None = None
    labels: tuple[str, ...] = ()
    unless: bool = False
    strict: bool = True


def begun_columns(sheet: Sheet) -> tuple[Column, ...]:
    """Columns that begin a line: all but prefilled keys and marks that are true unless denied."""
    return tuple(c for c in sheet.columns if not sheet.keyed(c) and c.field.default is not True)


def needs_of(schema: Schema, sheet: Sheet) -> tuple[Need, ...]:
    """Return what a begun line of the sheet needs."""
    begun = begun_columns(sheet)
    product = tuple(column for column in sheet.columns if column.inline)
    plain = [column for column in sheet.columns if not column.mark and not sheet.keyed(column)]
    needs = [Need(c, product if c.inline else begun) for c in plain if c.field.required]
    return (*needs, *_conditional(schema, sheet, begun))


def _conditional(schema: Schema, sheet: Sheet, begun: tuple[Column, ...]) -> Iterator[Need]:
    columns = {column.name: column for column in sheet.columns if not column.inline}
    for name, other, codes in _ALSO.get(sheet.table.name, ()):
        yield Need(columns[name], begun, columns[other], _labels(schema, columns[other], codes))
    for rule in sheet.table.rules:
        if rule.kind == "present_when":
            yield _of_rule(schema, columns, rule, begun=begun)


def _of_rule(schema: Schema, columns: Mapping[str, Column], rule: Rule, *, begun: tuple[Column, ...]) -> Need:
    ((name, wanted),) = (rule.args.get("when") or rule.args["unless"]).items()
    labels = () if wanted == "filled" else _labels(schema, columns[name], wanted)
    strict = rule.severity == "error"
    return Need(columns[rule.fields[0]], begun, columns[name], labels, "unless" in rule.args, strict)


def _labels(schema: Schema, column: Column, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(schema.codelists[column.field.codelist].label(code) for code in codes)


def missing_formula(sheet: Sheet, need: Need) -> str:
    """Return the formula, for the first entry line, that is true where the needed cell is missing."""
    row = FIRST_ROW + 1

    def cell(column: Column) -> str:
        return f"${xl_col_to_name(sheet.place(column.name))}{row}"

    begun = ",".join(f"${xl_col_to_name(a)}{row}:${xl_col_to_name(b)}{row}" for a, b in _runs(sheet, need.among))
    parts = [f"COUNTA({begun})>0", f"LEN(TRIM({cell(need.column)}))=0"]
    if need.when:
        parts.append(_condition(need, cell))
    return f"=AND({','.join(parts)})"


def counting_formulas(schema: Schema, sheet: Sheet) -> tuple[str, str]:
    """Return the formulas that count the begun lines of a sheet, and their missing cells."""
    page = "'" + sheet.name.replace("'", "''") + "'"

    def cells(column: Column) -> str:
        letter = xl_col_to_name(sheet.place(column.name))
        return f"{page}!${letter}${FIRST_ROW + 1}:${letter}${sheet.last_row + 1}"

    groups: dict[tuple[Column, ...], list[str]] = {begun_columns(sheet): []}
    for need in needs_of(schema, sheet):
        if need.strict:
            missing = f"(LEN(TRIM({cells(need.column)}))=0)"
            groups.setdefault(need.among, []).append(f"{missing}*{_condition(need, cells)}" if need.when else missing)
    begun = {group: f"(({'+'.join(f'LEN({cells(column)})' for column in group)})>0)" for group in groups}
    terms = [f"SUMPRODUCT({begun[group]}*({'+'.join(terms)}))" for group, terms in groups.items() if terms]
    return f"=SUMPRODUCT(1*{begun[begun_columns(sheet)]})", f"={'+'.join(terms) or '0'}"


def _condition(need: Need, cell: Callable[[Column], str]) -> str:
    """A sum of comparisons, which holds for one cell and, in SUMPRODUCT, for a whole column."""
    if not need.labels:
        return f"(LEN({cell(need.when)})>0)"
    shown = [label.replace('"', '""') for label in need.labels]
    told = "+".join(f'({cell(need.when)}="{label}")' for label in shown)
    return f"(({told}){'=0' if need.unless else '>0'})"


def _runs(sheet: Sheet, columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Yield first and last place of neighbouring columns."""
    places = sorted(sheet.place(column.name) for column in columns)
    start = previous = places[0]
    for place in places[1:]:
        if place != previous + 1:
            yield start, previous
            start = place
        previous = place
    yield start, previous


def counted(schema: Schema, sheet: Sheet) -> tuple[int, int]:
    """Return begun lines and missing cells of the rows at hand: what the formulas show before they are calculated."""
    needs, begun, lines, missing = needs_of(schema, sheet), begun_columns(sheet), 0, 0
    for row in sheet.rows:
        shown = {column.name: cell_value(schema, column, row) for column in sheet.columns}
        filled = {name for name, value in shown.items() if not is_blank(value)}
        lines += any(column.name in filled for column in begun)
        missing += sum(_is_missing(need, shown, filled) for need in needs if need.strict)
    return lines, missing


def _is_missing(need: Need, shown: Mapping[str, object], filled: set[str]) -> bool:
    if need.column.name in filled or not any(column.name in filled for column in need.among):
        return False
    if need.when and need.labels:
        return (str(shown[need.when.name]).casefold() in {label.casefold() for label in need.labels}) != need.unless
    return need.when is None or need.when.name in filled
