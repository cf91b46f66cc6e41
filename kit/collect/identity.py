"""Who a workbook belongs to: the hidden sheet ``_kit`` with template version, unit and plan year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.collect.numbers import parse_number
from kit.collect.parsed import Parsed
from kit.collect.text import match_key, parse_text

IDENTITY_NAMES = ("template_version", "unit_id", "year")
_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Identity:
    """What the identity sheet says; ``unit_id`` in capitals, as keys are written."""

    template_version: str
    unit_id: str
    year: int


def identity_of(rows: Sequence[Sequence[object]]) -> Identity | None:
    """Read the identity sheet: a name and its value in each row; ``None`` when unit or year are missing."""
    values: dict[str, object] = {}
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        if len(cells) >= 2:
            values.setdefault(match_key(str(cells[0])), cells[1])
    version, unit = (parse_text(values.get(name)) for name in IDENTITY_NAMES[:2])
    year = parse_number(values.get("year"), integer=True)
    if not all(isinstance(part, Parsed) and part.value is not None for part in (unit, year)):
        return None
    if year.value not in _YEARS:
        return None
    text = str(version.value) if isinstance(version, Parsed) and version.value is not None else ""
    return Identity(text, str(unit.value).upper(), int(year.value))


def is_known_version(found: str, current: str) -> bool:
    """True for the current template version and all before it."""
    return found.isascii() and found.isdigit() and 1 <= int(found) <= int(current)


def is_newer_version(found: str, current: str) -> bool:
    """True for a template version after the current one: the kit is older than the workbook."""
    return found.isascii() and found.isdigit() and int(found) > int(current)
