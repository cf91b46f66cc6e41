"""Reading a column: every distinct value is read once, by the parse functions of ``kit.collect``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from kit.collect.booleans import parse_boolean
from kit.collect.dates import parse_date
from kit.collect.numbers import parse_number
from kit.collect.parsed import Parsed, Unreadable, is_blank
from kit.collect.text import parse_text
from kit.schema.model import Field
from kit.validation.marks import Marks
from kit.validation.wording import shown

Parse = Callable[[object, str], Parsed | Unreadable]
# Beyond this a float no longer tells neighbouring whole numbers apart; no figure of a plan comes near it.
LARGEST = 10**15
_ZEROS = str.maketrans("123456789", "000000000")
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


@dataclass(frozen=True)
class Cells:
    """A column read: ``codes`` say which of the distinct ``outcomes`` each row has (-1: blank)."""

    codes: np.ndarray
    outcomes: tuple[Parsed | Unreadable, ...]

    def typed(self, kind: str) -> pd.Series:
        """Return the values as a typed column; what is blank or unreadable is missing."""
        values = [outcome.value if isinstance(outcome, Parsed) else None for outcome in self.outcomes]
        distinct = pd.Series([*values, None], dtype="object")
        return distinct.astype(DTYPES.get(kind, "str")).take(self.codes).reset_index(drop=True)

    def marks(self, table: str, field: str, cell: str = "") -> Iterator[Marks]:
        """Yield marks for what was not read, and for what was read with a note."""
        by_code: dict[str, list[int]] = {}
        for position, outcome in enumerate(self.outcomes):
            code = outcome.reason if isinstance(outcome, Unreadable) else outcome.note
            if code:
                by_code.setdefault(code, []).append(position)
        for code, positions in by_code.items():
            rows = np.flatnonzero(np.isin(self.codes, positions))
            reads = {at: shown(getattr(self.outcomes[at], "value", "")) for at in positions}
            yield Marks(code, table, field, rows, {"read": [reads[at] for at in self.codes[rows]]}, cell=cell)


def read_cells(values: np.ndarray, parse: Parse, csv: np.ndarray | None = None) -> Cells:
    """Read a column of raw values; ``csv`` tells rows that come from CSV where that changes the reading."""
    codes, distinct = _distinct(values)
    if csv is None or not csv.any() or csv.all():
        origin = "csv" if csv is not None and csv.any() else "workbook"
        return Cells(codes, tuple(parse(value, origin) for value in distinct))
    pairs, codes_of_pairs = np.unique(np.where(codes < 0, -1, codes * 2 + csv), return_inverse=True)
    blank = int(pairs[0] == -1) if len(pairs) else 0
    outcomes = tuple(parse(distinct[pair // 2], "csv" if pair % 2 else "workbook") for pair in pairs[blank:])
    return Cells(codes_of_pairs - blank, outcomes)


def _distinct(values: np.ndarray) -> tuple[np.ndarray, list[object]]:
    """Return codes and distinct values; 1, 1.0 and True are different, blanks are -1."""
    if pd.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
        codes, distinct = pd.factorize(values)
        return codes.astype(np.int64), list(distinct)
    codes = np.full(len(values), -1, dtype=np.int64)
    seen: dict[object, int] = {}
    distinct: list[object] = []
    for at, value in enumerate(values):
        if is_blank(value):
            continue
        key = (type(value), value) if isinstance(value, (str, int, float, dt.date)) else (type(value), repr(value))
        if key not in seen:
            seen[key] = len(distinct)
            distinct.append(value)
        codes[at] = seen[key]
    return codes, distinct


def read_text(value: object, origin: str = "workbook") -> Parsed | Unreadable:
    """Read text; numbers that no spreadsheet can show as text (infinite, thousands of digits) are not read."""
    if isinstance(value, str) and _is_sound(value.translate(_ZEROS)):
        return Parsed(value)
    number = isinstance(value, (int, float)) and not is_blank(value)
    return Unreadable("number-too-large") if number and not -LARGEST <= value <= LARGEST else parse_text(value)


@lru_cache(maxsize=1 << 16)
def _is_sound(shape: str) -> bool:
    """True for text that comes back as it is. Texts that differ in digits only ("số 17", "số 18") are read once."""
    outcome = parse_text(shape)
    return isinstance(outcome, Parsed) and outcome.note is None and outcome.value == shape


def parser(field: Field) -> Parse:
    """Return how cells of a field are read: value and origin → ``Parsed`` or ``Unreadable``."""
    if field.type == "date":
        return lambda value, origin: parse_date(value)
    if field.type == "boolean":
        return lambda value, origin: parse_boolean(value)
    if field.type in ("integer", "number"):
        # Money is declared in million VND, so that "5 triệu đồng" is 5.
        per = 1_000_000 if "triệu đồng" in field.title else 1
        return lambda value, origin: _number(value, origin, field.type == "integer", per=per)
    return read_text


def _number(value: object, origin: str, integer: bool, *, per: int) -> Parsed | Unreadable:
    if isinstance(value, int) and abs(value) > LARGEST:
        return Unreadable("number-too-large")
    outcome = parse_number(value, integer=integer, origin=origin, per=per)
    if isinstance(outcome, Parsed) and outcome.value is not None and abs(outcome.value) > LARGEST:
        return Unreadable("number-too-large")
    return outcome
