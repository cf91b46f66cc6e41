"""Marks → the findings frame: words, addresses, and one finding for one cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kit.collect.raw import Problem, RawTables
from kit.schema.model import Field, Schema, Table
from kit.validation.conform import LACKING, Candidates
from kit.validation.findings import (
    SEVERITY_RANK,
    Catalogue,
    empty_findings,
    joined_findings,
    typed_findings,
)
from kit.validation.keys import shown_keys
from kit.validation.marks import FileMark, Ledger, Marks
from kit.validation.wording import labels, shown

_CONSEQUENCE_RANK = {"row": 0, "cell": 1, "item": 2, "": 3}


def findings_frame(candidates: Candidates, ledger: Ledger) -> pd.DataFrame:
    """Return all findings of a ledger, with addresses, sorted; one cell has one finding."""
    schema, catalogue = ledger.schema, ledger.catalogue
    shown_by_table = {name: shown_keys(candidates.frames[name], schema.tables[name]) for name in schema.tables}
    parts = [
        _addressed(marks, candidates, ledger, keys=shown_by_table[marks.table]).assign(_seen=at)
        for at, marks in enumerate(ledger.marks)
    ]
    about_files = _about_files(ledger.file_marks, schema, catalogue)
    if not parts:
        return joined_findings([about_files])
    return joined_findings([about_files, one_for_each_cell(pd.concat(parts, ignore_index=True))])


def _addressed(marks: Marks, candidates: Candidates, ledger: Ledger, *, keys: pd.Series) -> pd.DataFrame:
    table = ledger.schema.tables[marks.table]
    frame = candidates.frames[marks.table].iloc[marks.rows]
    values = raw_values(candidates.raw, marks)
    static = _static_arguments(ledger.schema, table, marks.field)
    template = ledger.catalogue[marks.code].message
    named = keys.iloc[marks.rows].to_numpy()
    ledger.catalogue.message(marks.code, static | {"value": "", "key": ""} | next(marks.arguments()))  # fails early
    messages = [
        template.format_map({**static, "value": value, "key": key, **args})
        for value, key, args in zip(values, named, marks.arguments(), strict=True)
    ]
    return pd.DataFrame(
        {
            "unit_id": frame["_unit"].to_numpy(),
            "table": marks.table,
            "field": marks.cell or marks.field,
            "key": named,
            "severity": marks.severity,
            "code": marks.code,
            "message": messages,
            "value": values,
            "source_file": frame["_file"].to_numpy(),
            "source_sheet": frame["_sheet"].to_numpy(),
            "source_row": frame["_row"].to_numpy(),
            "source_column": letters_of(candidates.raw, frame, marks.table, column=marks.cell or marks.field),
            "_aside": marks.sets_aside,
            "_position": marks.rows,
        }
    )


def raw_values(raw: RawTables, marks: Marks) -> list[str]:
    """Return what the file has in the cells at fault, as text."""
    frame, column = raw.frames.get(marks.table), marks.cell or marks.field
    if frame is None or column not in frame:
        return [""] * len(marks.rows)
    return [shown(value) for value in frame[column].to_numpy(dtype=object)[marks.rows]]


def letters_of(raw: RawTables, frame: pd.DataFrame, table: str, *, column: str) -> np.ndarray:
    """Return the column letter of each row's cell; blank where the file has no such column."""
    found = np.full(len(frame), "", dtype=object)
    if column:
        for (file, sheet), rows in frame.groupby(["_file", "_sheet"], sort=False).indices.items():
            found[rows] = raw.letters.get((file, sheet, table), {}).get(column, "")
    return found


def _static_arguments(schema: Schema, table: Table, name: str) -> dict[str, object]:
    """Return what every message about a field may say."""
    base: dict[str, object] = {"table_title": table.title, "title": "", "allowed": "", "minimum": "", "example": ""}
    base["key_titles"] = " và ".join(f"“{table.field(part).title}”" for part in table.primary_key)
    if not name:
        return base | {"target": "", "description": ""}
    field: Field = table.field(name)
    return base | {
        "title": field.title,
        "allowed": labels(schema, field, most=15),
        "minimum": shown(field.minimum),
        "example": field.example,
        "description": field.description,
        "target": schema.tables[field.references].title if field.references else "",
    }


def one_for_each_cell(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the gravest finding of each cell; what else was found there is added to its message."""
    ranked = found.assign(
        _severity=found["severity"].map(SEVERITY_RANK), _consequence=found["_aside"].map(_CONSEQUENCE_RANK)
    ).sort_values(["_severity", "_consequence", "_seen"], kind="stable")
    cell = ["table", "_position", "field"]
    several = ranked.duplicated(cell, keep=False) & (ranked["field"] != "")
    if not several.any():
        return found
    groups = ranked[several].groupby(cell, sort=False)
    kept = groups.head(1).copy()
    kept["message"] = groups["message"].agg(lambda texts: " ".join(dict.fromkeys(texts))).to_numpy()
    return pd.concat([ranked[~several], kept], ignore_index=True)


def _about_files(marks: Iterable[FileMark], schema: Schema, catalogue: Catalogue) -> pd.DataFrame:
    rows = [_about_file(mark, schema, catalogue) for mark in marks]
    return typed_findings(pd.DataFrame(rows)) if rows else empty_findings()


def _about_file(mark: FileMark, schema: Schema, catalogue: Catalogue) -> dict[str, object]:
    problem = mark.problem
    table = schema.tables.get(problem.table)
    static: dict[str, object] = {
        "table_title": table.title if table else "",
        "title": "",
        "value": shown(problem.value),
        "key": problem.key,
    }
    if table and problem.field.split(".")[0] in table.field_names:
        static |= _static_arguments(schema, table, problem.field.split(".")[0])
    return _row(problem, mark.severity or catalogue[problem.code].severity) | {
        "message": catalogue.message(problem.code, static | dict(problem.args))
    }


def _row(problem: Problem, severity: str) -> dict[str, object]:
    return {
        "unit_id": problem.unit_id,
        "table": problem.table,
        "field": problem.field,
        "key": problem.key,
        "severity": severity,
        "code": problem.code,
        "value": shown(problem.value),
        "source_file": problem.file,
        "source_sheet": problem.sheet,
        "source_row": problem.row,
        "source_column": problem.column,
    }


def problem_marks(raw: RawTables, ledger: Ledger) -> None:
    """Record what reading found: on a row that is in a frame it has the consequences of any other finding."""
    tables = {problem.table for problem in raw.problems if problem.row is not None}
    positions = {name: _positions(raw.frames[name]) for name in tables if name in raw.frames}
    covered = {_place(mark.problem) for mark in ledger.file_marks if mark.problem.code == LACKING}
    for problem in raw.problems:
        at = positions.get(problem.table, {}).get((problem.file, problem.sheet, problem.row))
        if problem.code == LACKING:
            # A required column that no row misses, and an optional one, are worth a note.
            args = {"consequence": "", **problem.args}
            ledger.add([] if _place(problem) in covered else [FileMark(replace(problem, args=args), "note")])
        elif at is None or problem.code == "corrected":  # a declared correction stands beside what else a cell has
            ledger.add([FileMark(problem)])
        else:
            ledger.add([_on_row(problem, at)])


def _place(problem: Problem) -> tuple[str, str, str, str]:
    return problem.file, problem.sheet, problem.table, problem.field


def _on_row(problem: Problem, at: int) -> Marks:
    inside = "." in problem.field  # an x column of a list: the other items stay
    args: Mapping[str, object] = {"key": problem.key, **problem.args}
    cell, aside = (problem.field, "item") if inside else ("", "")
    name = problem.field.split(".")[0]
    return Marks(problem.code, problem.table, name, np.array([at]), args, sets_aside=aside, cell=cell)


def _positions(frame: pd.DataFrame) -> dict[tuple[str, str, int], int]:
    addresses = zip(frame["_file"], frame["_sheet"], frame["_row"], strict=True)
    return {address: at for at, address in enumerate(addresses)}
