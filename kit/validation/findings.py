"""The catalogue of findings, and the findings frame.

A finding is bad data as a value: a code, a severity, an address and one Vietnamese sentence or two that say what was
found, what is allowed and what to do. ``findings.yaml`` holds the words; severities and titles of declared rules come
from the schema, so that nothing is said twice.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from kit.declarations import read_declaration
from kit.errors import DeclarationError, suggestion
from kit.schema.model import SEVERITIES, Schema

# contracts.md, "findings.csv and results.csv": exactly these, in this order.
COLUMNS = (
    *("unit_id", "table", "field", "key", "severity", "code", "message", "value"),
    *("source_file", "source_sheet", "source_row", "source_column"),
)
SEVERITY_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}
HERE = Path(__file__).parent


@dataclass(frozen=True)
class FindingCode:
    """One entry of the catalogue: ``message`` is a format template, ``severity`` the default one."""

    code: str
    title: str
    message: str
    severity: str


class Catalogue(Mapping[str, FindingCode]):
    """All finding codes. Looking up an unknown one raises ``DeclarationError``."""

    def __init__(self, entries: Mapping[str, FindingCode]):
        self._entries = dict(entries)

    def __getitem__(self, code: str) -> FindingCode:
        if code not in self._entries:
            raise DeclarationError("Unknown finding code:", [f"'{code}'{suggestion(code, self._entries)}"])
        return self._entries[code]

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self):
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def message(self, code: str, args: Mapping[str, Any]) -> str:
        """Fill the template of a code; a missing argument is a ``DeclarationError``, never a half-filled sentence."""
        entry = self[code]
        try:
            return entry.message.format_map(args)
        except (KeyError, IndexError, ValueError) as error:
            raise DeclarationError(f"The message of '{code}' cannot be filled:", [repr(error)]) from None


def load_catalogue(schema: Schema) -> Catalogue:
    """Load ``findings.yaml`` joined with the rules of the schema. Raises ``DeclarationError`` with all mistakes."""
    return _catalogue(_declared(), schema)


@cache
def _declared() -> Mapping[str, Mapping[str, str]]:
    return read_declaration(HERE / "findings.yaml")


def _catalogue(raw: Mapping[str, Mapping[str, str]], schema: Schema) -> Catalogue:
    rules = {rule.code: rule for table in schema.tables.values() for rule in table.rules}
    mistakes = [f"rule {code}: no message in findings.yaml" for code in rules if code not in raw]
    entries = {}
    for code, entry in raw.items():
        rule = rules.get(code)
        title = rule.title if rule else entry.get("title", "")
        severity = rule.severity if rule else entry.get("severity", "")
        message = entry.get("message", "")
        if rule and ("severity" in entry or "title" in entry):
            mistakes.append(f"{code}: title and severity of a declared rule are said in the schema")
        if severity not in SEVERITIES:
            mistakes.append(f"{code}: severity '{severity}' is not one of {', '.join(SEVERITIES)}")
        if not title or not message:
            mistakes.append(f"{code}: title and message are needed")
        entries[code] = FindingCode(code, title, message, severity)
    if mistakes:
        raise DeclarationError("findings.yaml has mistakes:", mistakes)
    return Catalogue(entries)


def placeholders(message: str) -> set[str]:
    """Return the names a message template is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@lru_cache(maxsize=4096)
def column_number(letter: str) -> int:
    """Return the number of a spreadsheet column: A 1, Z 26, AA 27; blank is 0."""
    number = 0
    for char in letter:
        number = number * 26 + ord(char.upper()) - 64
    return number


def empty_findings() -> pd.DataFrame:
    """Return a findings frame without rows."""
    return typed_findings(pd.DataFrame(columns=COLUMNS))


def typed_findings(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of contracts.md their types: text (blank, never missing) and ``source_row`` (Int64)."""
    texts = {name: frame[name].astype("str").fillna("") for name in COLUMNS if name != "source_row"}
    return pd.DataFrame({**texts, "source_row": frame["source_row"].astype("Int64")})[list(COLUMNS)]


def sorted_findings(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by unit, file, sheet, row, column (A < Z < AA; what concerns a whole file or sheet comes first)."""
    order = pd.DataFrame(
        {
            "unit": frame["unit_id"],
            "file": frame["source_file"],
            "sheet": frame["source_sheet"],
            "row": frame["source_row"].fillna(0),
            "column": frame["source_column"].map(column_number),
            "code": frame["code"],
            "field": frame["field"],
        }
    )
    return frame.loc[order.sort_values(list(order.columns), kind="stable").index].reset_index(drop=True)


def joined_findings(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put findings frames together and sort them."""
    filled = [frame for frame in frames if len(frame)]
    return sorted_findings(typed_findings(pd.concat(filled, ignore_index=True))) if filled else empty_findings()
