"""What reading hands over: every value with its address, and what was wrong with files as such.

Interface between reading (``kit.collect``) and conforming (``kit.validation``). Values are as the file has them
(text, number, boolean, date of the spreadsheet, ``None`` for blank); nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as declared

import pandas as pd

# Columns beside the fields in every frame: reporting unit, plan year, and the address.
META = ("_unit", "_year", "_file", "_sheet", "_row", "_origin")


@dataclass(frozen=True)
class Problem:
    """Something wrong or noteworthy about a file, sheet, header or raw cell; it becomes a finding.

    ``code`` is a finding code; ``row`` as Excel shows it (``None``: the whole sheet or file); ``column`` the letter;
    ``args`` fill the message template.
    """

    code: str
    file: str
    unit_id: str = ""
    table: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""
    key: str = ""
    value: str = ""
    args: Mapping[str, object] = declared(default_factory=dict)


@dataclass(frozen=True)
class SourceFile:
    """One file read: ``kind`` is ``workbook``, ``csv`` or ``reference``; ``readable`` False when nothing was used."""

    file: str
    kind: str
    unit_id: str = ""
    plan_year: int = 0
    readable: bool = True


@dataclass(frozen=True)
class RawTables:
    """All raw rows of a data folder.

    ``frames`` maps each table of the schema to one object-dtype frame over all files (index 0…n-1, order: file, sheet,
    row): a column for every field that some file has, list fields of workbooks also as x columns
    (``audiences.citizens``), and the ``META`` columns: ``_unit`` and ``_year`` (blank and 0 for reference tables),
    ``_file`` (relative to the data folder, ``/``), ``_sheet`` (blank for CSV), ``_row`` (as Excel shows it),
    ``_origin`` (``workbook`` or ``csv``). A cell that shows an error or was never calculated holds an ``Unreadable``.
    ``letters`` maps ``(file, sheet, table)`` to ``{field: column letter}``; a field that is not in it has no column in
    that file.
    """

    frames: Mapping[str, pd.DataFrame]
    letters: Mapping[tuple[str, str, str], Mapping[str, str]]
    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
