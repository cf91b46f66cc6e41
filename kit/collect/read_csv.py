"""One CSV file → raw rows with addresses. Nothing that is wrong with a file raises: it becomes a ``Problem``."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from kit.collect.csv_text import decoded, delimiter_of, has_open_quote, line_records, records
from kit.collect.files import reason_of
from kit.collect.header import Header, Names, columns_of
from kit.collect.parsed import ERROR_VALUE, ERRORS
from kit.collect.raw import Problem, SourceFile
from kit.collect.read_workbook import unknown_column
from kit.collect.rows import Block, FileRead, rows_of, split_products
from kit.collect.sheet_extent import column_letter

LARGEST_CSV = 1024 * 2**20  # bytes
_SMALL = 2**17  # characters up to which the standard parser is the faster one; units' own files are far below
_Read = tuple[dict[str, Sequence[object]], Sequence[int]]  # cells by column, row numbers
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r])")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(path: Path, source: SourceFile, names: Names) -> FileRead:
    """Read one table from a CSV file (UTF-8, ``,``; others with a note). ``source`` says whose file it is."""
    where = {"file": source.file, "unit_id": source.unit_id, "table": names.table.name}
    try:
        if path.stat().st_size > LARGEST_CSV:
            return FileRead(replace(source, readable=False), problems=(Problem("file-too-large", **where),))
        content = path.read_bytes()
    except OSError as error:
        problem = Problem("file-unreadable", **where, args={"reason": reason_of(error)})
        return FileRead(replace(source, readable=False), problems=(problem,))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return FileRead(replace(source, readable=False), problems=(Problem("file-not-csv", **where),))
    text = decoded(content)
    del content  # a large file is not kept twice
    if not text.encoding:
        return FileRead(replace(source, readable=False), problems=(Problem("csv-encoding", **where),))
    problems = [] if text.encoding == "utf-8" else [Problem("csv-encoding-read", **where, value=text.encoding)]
    blocks, found = _table(text.text, names)
    problems += [replace(problem, **where) for problem in found]
    readable = not any(problem.code == "missing-header" for problem in problems)
    return FileRead(replace(source, readable=readable), tuple(blocks), tuple(problems))


def _table(text: str, names: Names) -> tuple[list[Block], list[Problem]]:
    table, known = names.table, {**names.by_title, **names.by_name}
    separator = _SEPARATOR_LINE.match(text)
    body = text[separator.end() :] if separator else text
    skipped = 1 if separator else 0
    lead = len(body) - len(body.lstrip("\r\n"))
    skipped += body[:lead].count("\n") or body[:lead].count("\r")
    body = body[lead:]
    if not body.strip("\x00 \t,;"):
        return [], []
    line = body.split("\n", 1)[0].rstrip("\r")
    delimiter = delimiter_of(line, known)
    problems = [Problem("csv-delimiter", "", value={"\t": "TAB"}.get(delimiter, delimiter))] if delimiter != "," else []
    broken = has_open_quote(body, delimiter)
    first = next(records(line if broken else body, delimiter), [])
    header = columns_of([cell.strip() for cell in first], known, skipped + 2)
    if not header.columns:
        return [], [*problems, Problem("missing-header", "", row=skipped + 1)]
    problems += _header_problems(header, names, skipped + 1)
    read = None if broken or len(body) <= _SMALL else _by_column(body, delimiter, len(first), header)
    if read is None:
        read, ragged = _by_record(body, delimiter, len(first), (header, broken))
        problems += ragged
    columns, rows = read
    if "'" in body or "#" in body:
        columns = {name: _without_apostrophes(cells) for name, cells in columns.items()}
    letters = {name: column_letter(place + 1) for name, place in header.columns.items()}
    block = Block(table.name, "", columns, rows, letters)
    return split_products(block) if table.name == "tasks" and "task_id" in columns else [block], problems


def _header_problems(header: Header, names: Names, row: int) -> list[Problem]:
    table = names.table
    present = {name.split(".")[0] for name in header.columns}
    problems = []
    for field in table.fields:
        if field.name not in present and (field.required or field.name in table.primary_key):
            args = {"title": field.title, "required": True}
            problems.append(Problem("missing-column", "", row=row, field=field.name, args=args))
    for name, place in header.twice:
        first = column_letter(header.columns[name] + 1)
        args = {"first": first}
        problems.append(
            Problem("duplicate-column", "", row=row, column=column_letter(place + 1), field=name, args=args)
        )
    lost = [name for name in names.titles if name not in header.columns]
    for text, place in header.extra:
        address = {"file": "", "row": row, "column": column_letter(place + 1), "value": text[:200]}
        problems.append(unknown_column(address, names, lost))
    return problems


def _by_column(body: str, delimiter: str, width: int, header: Header) -> _Read | None:
    """Read a large file with pandas' parser; ``None`` where it refuses, or reads otherwise than the standard one."""
    if "\x00" in body:
        return None
    try:
        cells = pd.read_csv(
            io.BytesIO(body.encode("utf-8")), sep=delimiter, header=0, dtype=object,
            keep_default_na=False, na_filter=False, skip_blank_lines=False, engine="c",
        )  # fmt: skip
    except (pd.errors.ParserError, ValueError, OverflowError):
        return None
    if cells.shape[1] != width or not isinstance(cells.index, pd.RangeIndex):
        return None  # pandas took a longer row's first cell for an index
    columns = {name: _blanked(cells.iloc[:, place]) for name, place in header.columns.items()}
    kept = np.zeros(len(cells), dtype=bool)
    for column in columns.values():
        kept |= np.not_equal(column, None)
    rows = np.arange(header.first_row, header.first_row + len(cells))
    return (columns, rows) if kept.all() else ({name: cells[kept] for name, cells in columns.items()}, rows[kept])


def _blanked(column: pd.Series) -> np.ndarray:
    """Return the cells, ``None`` for blank ones; each distinct text is looked at once."""
    cells = column.to_numpy(dtype=object)
    blank = {text for text in set(cells) if not text or text.isspace()}
    if blank:
        cells = cells.copy()
        for text in blank:
            cells[cells == text] = None
    return cells


def _by_record(body: str, delimiter: str, width: int, known: tuple[Header, bool]) -> tuple[_Read, list[Problem]]:
    """Read record by record; one with more cells than the header is set aside, since its cells may be shifted."""
    header, broken = known
    rows: list[list] = []
    problems = []
    read = line_records if broken else records
    for number, record in enumerate(read(body, delimiter), start=header.first_row - 1):
        cells = [cell if cell and not cell.isspace() else None for cell in record or ()]
        if record is None:
            problems.append(Problem("csv-quote", "", row=number))
        elif number >= header.first_row and any(cell is not None for cell in cells[width:]):
            problems.append(Problem("csv-ragged", "", row=number, args={"cells": len(record), "columns": width}))
            cells = []
        rows.append(cells)
    return rows_of(rows[1:], header.columns, header.first_row), problems


def _without_apostrophes(cells: Sequence[object]) -> np.ndarray:
    """Remove the apostrophe that keeps text from being taken for a formula (contracts.md, "CSV in and out").

    Text that is a spreadsheet's error (``#REF!``) becomes the error that it is.
    """
    found = [_ESCAPED.sub("", cell) if isinstance(cell, str) and cell[:1] == "'" else cell for cell in cells]
    array = np.empty(len(found), dtype=object)
    array[:] = [ERROR_VALUE if isinstance(cell, str) and cell in ERRORS else cell for cell in found]
    return array
