"""A data folder → ``RawTables``: all workbooks and CSV files, with addresses and with what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from kit.collect.files import CollectedFile, collected_files, csv_files, named_files, relative_name
from kit.collect.header import column_titles
from kit.collect.raw import META, Problem, RawTables, SourceFile
from kit.collect.read_csv import read_csv
from kit.collect.read_workbook import read_workbook
from kit.collect.rows import FileRead
from kit.collect.text import match_key
from kit.schema.model import Schema


def read_data(data_dir: Path, schema: Schema, *, named: Iterable[Path] = ()) -> RawTables:
    """Read reference tables and all collected files under ``data_dir``.

    ``named`` are files or folders (``kit check FILE…``) of which each stands in for its unit's copy of the same year.
    Bad content never raises; a named path that does not exist raises ``FileNotFoundError``.
    """
    chosen = [_read_file(file, data_dir, schema) for file in named_files(named, data_dir)]
    paths = {file.path.resolve() for file in named_files(named, data_dir)}
    replaced = {_owner(read) for reads in chosen for read in reads if read.source.readable}
    others = [file for file in collected_files(data_dir) if file.path.resolve() not in paths]
    kept = [file for file in others if (match_key(file.unit_id), file.plan_year) not in replaced]
    collected = chosen + [_read_file(file, data_dir, schema) for file in kept]
    collected.sort(key=lambda reads: (reads[0].source.plan_year, reads[0].source.file) if reads else (0, ""))
    reads = _read_reference(data_dir, schema) + _without_twins(collected)
    return _assembled(reads, schema)


def read_reference(data_dir: Path, schema: Schema) -> RawTables:
    """Read the reference tables only (``data/reference/*.csv``)."""
    return _assembled(_read_reference(data_dir, schema), schema)


def _owner(read: FileRead) -> tuple[str, int]:
    return match_key(read.source.unit_id), read.source.plan_year


def _read_reference(data_dir: Path, schema: Schema) -> list[FileRead]:
    reads = []
    for table in schema.reference:
        path = data_dir / "reference" / f"{table.name}.csv"
        if path.is_file():
            source = SourceFile(relative_name(path, data_dir), "reference")
            reads.append(read_csv(path, source, table, {}))
    return reads


def _read_file(file: CollectedFile, data_dir: Path, schema: Schema) -> list[FileRead]:
    if file.kind == "workbook":
        return [read_workbook(file, relative_name(file.path, data_dir), schema)]
    titles = column_titles(schema)
    tables = {match_key(table.name): table for table in schema.collected}
    tables |= {match_key(table.title): table for table in schema.collected}
    reads = []
    for path in csv_files(file.path):
        source = SourceFile(relative_name(path, data_dir), "csv", file.unit_id, file.plan_year)
        table = tables.get(match_key(path.stem))
        if table is None:
            reads.append(_unread(source, Problem("extra-file", source.file, file.unit_id)))
        elif not file.plan_year:
            reads.append(_unread(source, Problem("no-plan-year", source.file, file.unit_id, table.name)))
        else:
            reads.append(read_csv(path, source, table, titles[table.name]))
    return reads


def _unread(source: SourceFile, problem: Problem) -> FileRead:
    return FileRead(replace(source, readable=problem.code == "extra-file"), problems=(problem,))


def _without_twins(collected: Sequence[list[FileRead]]) -> list[FileRead]:
    """Use none of several workbooks or CSV folders of the same unit and year (contracts.md, "kit check --json")."""
    places: dict[tuple[str, int], list[int]] = {}
    for index, reads in enumerate(collected):
        if reads:
            places.setdefault(_owner(reads[0]), []).append(index)
    kept: list[FileRead] = []
    for index, reads in enumerate(collected):
        twins = [other for other in places[_owner(reads[0])] if other != index] if reads else []
        if not twins or not reads[0].source.unit_id:
            kept += reads
            continue
        others = ", ".join(collected[twin][0].source.file for twin in twins)
        for read in reads:
            source = read.source
            problem = Problem(
                "same-unit-twice", source.file, source.unit_id, args={"other": others, "year": source.plan_year}
            )
            kept.append(FileRead(replace(source, readable=False), problems=(*read.problems, problem)))
    return kept


def _assembled(reads: Sequence[FileRead], schema: Schema) -> RawTables:
    pieces: dict[str, list[pd.DataFrame]] = {name: [] for name in schema.tables}
    letters = {}
    for read in reads:
        for block in read.blocks:
            letters[(read.source.file, block.sheet, block.table)] = dict(block.letters)
            if len(block.frame):
                origin = "workbook" if read.source.kind == "workbook" else "csv"
                meta = (read.source.unit_id, read.source.plan_year, read.source.file, block.sheet, None, origin)
                given = {name: value for name, value in zip(META, meta, strict=True) if name != "_row"}
                pieces[block.table].append(block.frame.assign(**given))
    frames = {name: _joined(parts) for name, parts in pieces.items()}
    problems = tuple(problem for read in reads for problem in read.problems)
    return RawTables(frames, letters, tuple(read.source for read in reads), problems)


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames under each other: object columns for the fields, the ``META`` columns last."""
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in META})
    names = [name for name in dict.fromkeys(name for part in parts for name in part.columns) if name not in META]
    columns = {}
    for name in (*names, *META):
        cells = [part[name].to_numpy(dtype=object) if name in part else np.full(len(part), None) for part in parts]
        columns[name] = pd.Series(np.concatenate(cells), dtype=object)
    return pd.DataFrame(columns)
