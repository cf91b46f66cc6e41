"""Marks: findings on their way. Many rows of one table, one code, still without words and addresses.

Checks say only *where* (table, field, row positions) and *what* (code, arguments); ``ledger`` turns marks into the
findings frame, ``tables.settle`` into consequences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from kit.collect.raw import Problem
from kit.schema.model import Rule, Schema
from kit.validation.findings import Catalogue

NO_ROWS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Marks:
    """One code on one field of many rows.

    ``rows`` are positions in the table's frame. ``args`` fill the message: an array or list has one item per row, all
    else is the same for every row. ``cell`` is the column found at fault when it is not the field itself (an x column
    such as ``audiences.citizens``). The ledger fills in ``severity``, and ``sets_aside`` of an error: ``row``, ``cell``
    or ``item`` (of a list: the rest of the cell stays).
    """

    code: str
    table: str
    field: str
    rows: np.ndarray
    args: Mapping[str, object] = field(default_factory=dict)
    severity: str = ""
    sets_aside: str = ""
    cell: str = ""

    def arguments(self) -> Iterator[dict[str, object]]:
        """Yield the arguments of each row."""
        many = {name: value for name, value in self.args.items() if isinstance(value, (np.ndarray, list))}
        same = {name: value for name, value in self.args.items() if name not in many}
        if not many:
            for _ in range(len(self.rows)):
                yield same
            return
        for values in zip(*many.values(), strict=True):
            yield same | dict(zip(many, values, strict=True))


@dataclass(frozen=True)
class FileMark:
    """A finding about a file, a sheet or a header; ``covers`` are rows (table → positions) that it sets aside."""

    problem: Problem
    severity: str = ""  # blank: that of the catalogue
    covers: Mapping[str, np.ndarray] = field(default_factory=dict)


class Ledger:
    """Collects marks in the order of checking and answers which cells are already in error."""

    def __init__(self, schema: Schema, catalogue: Catalogue, sizes: Mapping[str, int]):
        self.schema = schema
        self.catalogue = catalogue
        self.marks: list[Marks] = []
        self.file_marks: list[FileMark] = []
        self._sizes = dict(sizes)
        self._wrong: dict[tuple[str, str], np.ndarray] = {}
        self._aside = {table: np.zeros(size, dtype=bool) for table, size in sizes.items()}
        self._errors = {table: np.zeros(size, dtype=bool) for table, size in sizes.items()}

    def add(self, found: Iterable[Marks | FileMark]) -> None:
        """Record marks; those without rows say nothing."""
        for marks in found:
            if isinstance(marks, FileMark):
                self.file_marks.append(marks)
                for table, rows in marks.covers.items():
                    self._aside[table][rows] = True
                    self._errors[table][rows] = True
            elif len(marks.rows):
                self._record(self._resolved(marks))

    def _resolved(self, marks: Marks) -> Marks:
        """Fill in severity and consequence: those of the declared rule, else of the catalogue and the field."""
        severity = marks.severity or self.catalogue[marks.code].severity
        if severity != "error":
            return replace(marks, severity=severity, sets_aside="")
        return replace(marks, severity=severity, sets_aside=marks.sets_aside or self._consequence(marks))

    def _consequence(self, marks: Marks) -> str:
        """data-model.md, "Severities": key, required field and row rule → the row; optional field → the cell."""
        table = self.schema.tables[marks.table]
        rule = next((rule for rule in table.rules if rule.code == marks.code), None)
        if rule:
            return _aside_by(rule)
        needed = not marks.field or marks.field in table.primary_key or table.field(marks.field).required
        return "row" if needed else "cell"

    def _record(self, marks: Marks) -> None:
        self.marks.append(marks)
        if marks.severity != "error":
            return
        self._errors[marks.table][marks.rows] = True
        if marks.sets_aside == "row":
            self._aside[marks.table][marks.rows] = True
        self.lacking(marks.table, marks.field, marks.rows)

    def wrong(self, table: str, *fields: str) -> np.ndarray:
        """Return which rows have an error on one of the fields, or lack such a column altogether."""
        mask = np.zeros(self._sizes[table], dtype=bool)
        for name in fields:
            if (table, name) in self._wrong:
                mask |= self._wrong[table, name]
        return mask

    def set_aside(self, table: str, rows: np.ndarray) -> None:
        """Set rows aside for an error that is named already."""
        self._aside[table][rows] = True

    def lacking(self, table: str, name: str, rows: np.ndarray) -> None:
        """Record that cells are in error: what was said (of the cell or its header) is not said again."""
        cells = self._wrong.setdefault((table, name), np.zeros(self._sizes[table], dtype=bool))
        cells[rows] = True

    def aside(self, table: str) -> np.ndarray:
        """Return which rows are set aside so far."""
        return self._aside[table].copy()

    def errors(self, table: str) -> np.ndarray:
        """Return which rows have an error so far, on the row or on a cell."""
        return self._errors[table].copy()


def _aside_by(rule: Rule) -> str:
    return rule.sets_aside if rule.sets_aside in ("", "row") else "cell"
