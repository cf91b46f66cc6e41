"""A data folder → ``RawTables``: all workbooks and CSV files, with addresses and with what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from kit.collect.files import CollectedFile, collected_files, csv_files, named_files, naming, relative_name
from kit.collect.header import Names, names_of, table_names
from kit.collect.raw import META, Problem, RawTables, SourceFile
from kit.collect.read_csv import read_csv
from kit.collect.read_workbook import read_workbook
from kit.collect.rows import Block, FileRead
from kit.collect.text import match_key
from kit.schema.model import Schema


def read_data(data_dir: Path, schema: Schema, *, named: Iterable[Path] = ()) -> RawTables:
    """Read reference tables and all collected files under ``data_dir``.

    ``named`` are files or folders (``kit check FILE…``) of which each stands in for its unit's copy of the same year.
    Bad content never raises; a named path that does not exist raises ``FileNotFoundError``.
    """
    names = names_of(schema)
    asked = named_files(named, data_dir)
    called = naming(asked, data_dir)
    chosen = [_read_file(file, called, schema, names=names) for file in asked]
    paths = {file.path.resolve() for file in asked}
    replaced = {_owner(read) for reads in chosen for read in reads if read.source.readable}
    others = [file for file in collected_files(data_dir) if file.path.resolve() not in paths]
    kept = [file for file in others if (match_key(file.unit_id), file.plan_year) not in replaced]
    collected = chosen + [_read_file(file, called, schema, names=names) for file in kept]
    collected.sort(key=lambda reads: (reads[0].source.plan_year, reads[0].source.file) if reads else (0, ""))
    reads = _read_reference(data_dir, schema) + _without_twins(collected)
    return assembled(reads, schema)


def read_reference(data_dir: Path, schema: Schema) -> RawTables:
    """Read the reference tables only (``data/reference/*.csv``)."""
    return assembled(_read_reference(data_dir, schema), schema)


def _owner(read: FileRead) -> tuple[str, int]:
    return match_key(read.source.unit_id), read.source.plan_year


def _read_reference(data_dir: Path, schema: Schema) -> list[FileRead]:
    reads = []
    for table in schema.reference:
        path = data_dir / "reference" / f"{table.name}.csv"
        if path.is_file():
            source = SourceFile(relative_name(path, data_dir), "reference")
            reads.append(read_csv(path, source, table_names(table, {})))
    return reads


def _read_file(
    file: CollectedFile, called: Callable[[Path], str], schema: Schema, *, names: Mapping[str, Names]
) -> list[FileRead]:
    if file.kind == "workbook":
        return [read_workbook(file, called(file.path), schema, names=names)]
    tables = {match_key(table.name): table for table in schema.collected}
    tables |= {match_key(table.title): table for table in schema.collected}
    reads = []
    for path in csv_files(file.path):
        source = SourceFile(called(path), "csv", file.unit_id, file.plan_year)
        table = tables.get(match_key(path.stem))
        if table is None:
            reads.append(_unread(source, Problem("extra-file", source.file, file.unit_id)))
        elif not file.plan_year:
            reads.append(_unread(source, Problem("no-plan-year", source.file, file.unit_id, table.name)))
        else:
            reads.append(read_csv(path, source, names[table.name]))
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
            about_all = [one for one in read.problems if one.row is None]  # rows that nobody uses need no notes
            kept.append(FileRead(replace(source, readable=False), problems=(*about_all, problem)))
    return kept


def assembled(reads: Sequence[FileRead], schema: Schema) -> RawTables:
    """Put what all files gave into one frame per table."""
    pieces: dict[str, list[tuple[Block, SourceFile]]] = {name: [] for name in schema.tables}
    letters = {}
    for read in reads:
        for block in read.blocks:
            letters[(read.source.file, block.sheet, block.table)] = dict(block.letters)
            if len(block.rows):
                pieces[block.table].append((block, read.source))
    frames = {name: _joined(parts) for name, parts in pieces.items()}
    problems = tuple(problem for read in reads for problem in read.problems)
    return RawTables(frames, letters, tuple(read.source for read in reads), problems)


def _joined(parts: Sequence[tuple[Block, SourceFile]]) -> pd.DataFrame:
    """Put blocks under each other: object columns for the fields, the ``META`` columns last."""
    sizes = [len(block.rows) for block, _ in parts]
    names = dict.fromkeys(name for block, _ in parts for name in block.columns)
    columns = {name: np.full(sum(sizes), None, dtype=object) for name in (*names, *META)}
    begin = 0
    for (block, source), size in zip(parts, sizes, strict=True):
        rows = slice(begin, begin + size)
        for name, cells in block.columns.items():
            columns[name][rows] = cells
        origin = "workbook" if source.kind == "workbook" else "csv"
        meta = (source.unit_id, source.plan_year, source.file, block.sheet, block.rows, origin)
        for name, value in zip(META, meta, strict=True):
            columns[name][rows] = value
        begin += size
    return pd.DataFrame(columns, dtype=object)
