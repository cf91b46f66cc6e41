"""From text to types: raw tables → candidate frames, with a mark for whatever was not read as it stands.

Candidates keep unknown codes, references and figures out of range; the rules that find them come after. Nothing is
judged here but the cell itself (data-model.md, "Types").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kit.collect.labels import is_period_label, splits
from kit.collect.parsed import READ_AS, Parsed, Unreadable
from kit.collect.raw import META, Problem, RawTables
from kit.collect.text import match_key
from kit.schema.model import Field, Schema, Table
from kit.validation.cells import DTYPES, Parse, parser, read_cells, read_text
from kit.validation.keys import canonical_units
from kit.validation.labels import without_labels
from kit.validation.lists import known_names, read_list
from kit.validation.marks import FileMark, Ledger, Marks

LACKING = "missing-column"


@dataclass(frozen=True)
class Candidates:
    """Typed frames before settling: all schema fields in order, then the ``META`` columns of the raw frame."""

    frames: Mapping[str, pd.DataFrame]
    raw: RawTables


def conform(raw: RawTables, schema: Schema, ledger: Ledger) -> Candidates:
    """Read every cell of every table leniently, never silently. Marks go to the ledger."""
    frames: dict[str, pd.DataFrame] = {}
    for table in schema.tables.values():
        frames[table.name], marks = conform_table(raw_frame(raw, table), table, schema)
        ledger.add(marks)
    frames = without_labels(canonical_units(frames), schema, ledger)
    for table in schema.tables.values():
        for mark, name, rows in _lacking_columns(raw, table, frames[table.name]):
            ledger.add([mark])
            ledger.lacking(table.name, name, rows)
    return Candidates(frames, raw)


def sizes(raw: RawTables, schema: Schema) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {name: len(raw.frames[name]) if name in raw.frames else 0 for name in schema.tables}


def raw_frame(raw: RawTables, table: Table) -> pd.DataFrame:
    """Return the raw rows of a table; a table that no file has is empty."""
    frame = raw.frames.get(table.name)
    return pd.DataFrame(columns=list(META), dtype=object) if frame is None else frame


def conform_table(frame: pd.DataFrame, table: Table, schema: Schema) -> tuple[pd.DataFrame, list[Marks]]:
    """Read the cells of one table: the typed frame and the marks."""
    columns: dict[str, pd.Series] = {}
    found: list[Marks] = []
    csv = (frame["_origin"] == "csv").to_numpy(dtype=bool)
    for field in table.fields:
        codes = schema.codes(field)
        if field.type == "list":
            columns[field.name], marks = read_list(frame, table.name, field, codes)
        elif field.name in frame:
            origin = csv if field.type in ("integer", "number") else None
            cells = read_cells(frame[field.name].to_numpy(dtype=object), _parse(field, codes), origin)
            columns[field.name], marks = cells.typed(field.type), cells.marks(table.name, field.name)
        else:
            columns[field.name] = pd.Series(pd.NA, index=range(len(frame)), dtype=DTYPES.get(field.type, "str"))
            marks = ()
        found += marks
        if field.default is not None:
            columns[field.name] = columns[field.name].fillna(field.default)
    meta = {name: frame[name].reset_index(drop=True) for name in META}
    meta |= {name: meta[name].astype("str") for name in ("_unit", "_file", "_sheet", "_origin")}
    meta |= {name: pd.to_numeric(meta[name]).astype("int64") for name in ("_year", "_row")}
    return pd.DataFrame({**columns, **meta}), found


def _parse(field: Field, codes: Mapping[str, str]) -> Parse:
    if codes:
        return _code_parser(known_names(codes))
    return _shaped_parser(field.pattern) if field.pattern else parser(field)


def _code_parser(names: Mapping[str, str]) -> Parse:
    """Read a code or its label; an unknown one stays as written, to be found by the code list rule."""

    def parse(value: object, origin: str) -> Parsed | Unreadable:
        outcome = read_text(value, origin)
        code = names.get(match_key(outcome.value)) if isinstance(outcome, Parsed) and outcome.value else None
        return Parsed(code) if code else outcome

    return parse


def _shaped_parser(pattern: str) -> Parse:
    """Read text of a fixed shape: where only case or the style of dashes is wrong, it is read right, with a note.

    A period chosen by its label ("2024-H1 – 6 tháng đầu năm 2024") is its code.
    """
    import re

    shape = re.compile(pattern)

    def parse(value: object, origin: str) -> Parsed | Unreadable:
        outcome = read_text(value, origin)
        if isinstance(outcome, Unreadable) or outcome.value is None or shape.fullmatch(outcome.value):
            return outcome
        folded = match_key(outcome.value).upper()
        if shape.fullmatch(folded):
            return Parsed(folded, READ_AS, "shape")
        label = next(((key, said) for key, said in splits(outcome.value) if shape.fullmatch(key)), None)
        if label is None:
            return outcome
        return Parsed(label[0]) if is_period_label(*label) else Parsed(label[0], READ_AS, "shape")

    return parse


def _lacking_columns(raw: RawTables, table: Table, frame: pd.DataFrame) -> Iterator[tuple[FileMark, str, np.ndarray]]:
    """One finding for each required column that a file does not have; its rows are set aside, not named one by one."""
    needed = [field for field in table.fields if field.required or field.name in table.primary_key]
    for (file, sheet), rows in frame.groupby(["_file", "_sheet"], sort=False).indices.items():
        letters = raw.letters.get((file, sheet, table.name))
        for field in needed if letters is not None else ():
            if field.name not in letters and not frame[field.name].iloc[rows].notna().any():
                args = {"title": field.title, "consequence": f" bắt buộc; {len(rows)} dòng không được dùng"}
                unit = frame["_unit"].iloc[rows[0]]
                row = _header_row(raw, (file, sheet, table.name, field.name))
                problem = Problem(LACKING, file, unit, table.name, sheet, row, field=field.name, args=args)
                yield FileMark(problem, covers={table.name: rows}), field.name, rows


def _header_row(raw: RawTables, place: tuple[str, str, str, str]) -> int | None:
    """Return the header's row where reading named the missing column."""
    named = {(p.file, p.sheet, p.table, p.field): p.row for p in raw.problems if p.code == LACKING}
    return named.get(place)
