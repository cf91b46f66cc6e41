"""Formulas of an .xlsx sheet, and the same formulas when their cells have moved.

Only formulas that look at cells of the same workbook are kept; what reaches outside (links, DDE, web functions) and
what cannot be followed to the new places becomes its value.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator

from kit.collect.sheet_extent import column_letter, column_number

Follow = Callable[[str, int, int], tuple[str, int, int] | None]  # (sheet or "", row, column) → its new place

_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_SHARED = re.compile(rb'\bsi="([0-9]+)"')
_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})")
_REACHING = r"WEBSERVICE|FILTERXML|CALL|REGISTER(?:\.ID)?|EXEC|RTD|DDE|HYPERLINK|INDIRECT"
_OUTSIDE = re.compile(rf"\[|\||\b(?:{_REACHING})\(", re.IGNORECASE)
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA")
_LONGEST = 8000
MOST_FORMULAS = 200_000


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with its ``=``; ``error`` is what the cell shows. Blank ``text``: an error without a formula."""

    text: str
    error: str = ""


def formulas_of(part: bytes) -> dict[tuple[int, int], Formula]:
    """Return (row, column), counted from 1 → formula of a sheet's XML; array formulas and broken ones are left out."""
    if b't="e"' not in part and not _FORMULA.search(part):
        return {}
    found: dict[tuple[int, int], Formula] = {}
    shared: dict[bytes, tuple[str, str]] = {}
    for match in _CELL.finditer(part):
        place = _PLACE.search(match[1])
        inner = match[2] or b""
        formula = _FORMULA.search(inner)
        error = _error(inner) if b't="e"' in match[1] else ""
        if not place or not (formula or error) or len(found) >= MOST_FORMULAS:
            continue
        letters = place[1].decode()
        text = _text(formula, f"{letters}{int(place[2])}", shared) if formula else ""
        if text or error:
            found[(int(place[2]), column_number(letters))] = Formula(text, error)
    return found


def _error(inner: bytes) -> str:
    value = _VALUE.search(inner)
    text = value[1].decode("ascii", "replace") if value else ""
    return text if text in _ERRORS else "#VALUE!"


def _text(formula: re.Match, place: str, shared: dict[bytes, tuple[str, str]]) -> str:
    text = html.unescape((formula[2] or b"").decode("utf-8", "replace")).strip()
    number = _SHARED.search(formula[1])
    if b't="array"' in formula[1] or b't="dataTable"' in formula[1] or len(text) > _LONGEST:
        return ""
    if not number:
        return f"={text}" if text else ""
    if text:
        shared[number[1]] = (f"={text}", place)
        return f"={text}"
    if number[1] not in shared:
        return ""
    try:
        return Translator(*shared[number[1]]).translate_formula(place)
    except Exception:  # a formula nobody can read is kept as its value
        return ""


def moved(text: str, follow: Follow) -> str | None:
    """Return the formula with every reference at its new place, or ``None`` when it cannot be kept."""
    if _OUTSIDE.search(text):
        return None
    try:
        tokens = Tokenizer(text).items
    except Exception:  # as above
        return None
    parts = []
    for token in tokens:
        part = _moved_range(token.value, follow) if _is_range(token) else token.value
        if part is None:
            return None
        parts.append(part)
    return "=" + "".join(parts)


def _is_range(token: Token) -> bool:
    return token.type == Token.OPERAND and token.subtype == Token.RANGE


def _moved_range(text: str, follow: Follow) -> str | None:
    prefix, _, cells = text.rpartition("!")
    name = prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix
    corners, places = [], []
    for corner in cells.split(":"):
        match = _REFERENCE.fullmatch(corner)
        found = follow(name, int(match[4]), column_number(match[2])) if match else None
        if found is None:
            return None
        places.append(found)
        corners.append(f"{match[1]}{column_letter(found[2])}{match[3]}{found[1]}")
    if len(places) > 2 or (len(places) == 2 and (places[0][1] > places[1][1] or places[0][2] > places[1][2])):
        return None
    sheet = "'" + places[0][0].replace("'", "''") + "'!" if prefix else ""
    return sheet + ":".join(corners)
