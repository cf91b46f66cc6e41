"""Cells of canonical CSV as values: ISO dates, true/false, `;` lists, plain numbers.

The kit reads far more leniently; here only what the generator writes is read, and everything else is unreadable.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .periods import parse_period
from .tables import Field

UNIT_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
TRUE, FALSE = {"true", "x", "có", "đúng", "1"}, {"false", "không", "0"}
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class Unreadable(ValueError):
    """The text is not a value of the field's type."""


class UnknownCode(ValueError):
    """The text is not one of the field's codes."""


class OutOfRange(ValueError):
    """The value is below the least allowed."""


def match_form(text: str) -> str:
    """What keys and references are compared by: NFC, without case, with one kind of dash."""
    return unicodedata.normalize("NFC", text).translate(DASHES).casefold().strip()


def clean_text(text: str | None) -> str:
    """The cell's text without surrounding space and without the apostrophe that disarms a formula."""
    text = unicodedata.normalize("NFC", text or "").replace("\u00a0", " ").strip()
    return text[1:] if re.match(r"'[=+\-@\t\r]", text) else text


def _date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Unreadable(text)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(text) from error


def _number(text: str, pattern: str) -> Fraction:
    if not re.fullmatch(pattern, text):
        raise Unreadable(text)
    return Fraction(Decimal(text))


def _boolean(text: str) -> bool:
    if text.casefold() not in TRUE | FALSE:
        raise Unreadable(text)
    return text.casefold() in TRUE


def _code(text: str, codes: tuple[str, ...]) -> str:
    for code in codes:
        if match_form(code) == match_form(text):
            return code
    raise UnknownCode(text)


def _period(text: str) -> str:
    code = text if ".." in text else text.upper()
    try:
        parse_period(code)
    except ValueError as error:
        raise Unreadable(text) from error
    return code


def _unit_id(text: str) -> str:
    if not UNIT_ID.fullmatch(text.upper()):
        raise Unreadable(text)
    return text.upper()


def _list(text: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    items = [item.strip() for item in text.split(";") if item.strip()]
    return tuple(_code(item, codes) if codes else item for item in items)


def read_value(text: str, field: Field) -> object:
    """The value of a filled cell; Unreadable, UnknownCode or OutOfRange otherwise."""
    if field.type == "string":
        return text
    if field.type == "date":
        return _date(text)
    if field.type == "boolean":
        return _boolean(text)
    if field.type == "code":
        return _code(text, field.codes)
    if field.type == "list":
        return _list(text, field.codes)
    if field.type == "period":
        return _period(text)
    if field.type == "unit_id":
        return _unit_id(text)
    value = _number(text, r"-?\d+" if field.type == "integer" else r"-?\d+(\.\d+)?")
    if field.minimum is not None and value < field.minimum:
        raise OutOfRange(text)
    return value


def known_items(text: str, field: Field) -> tuple[str, ...]:
    """The items of a list cell that are codes of the field."""
    kept = []
    for item in text.split(";"):
        try:
            kept.extend(_list(item, field.codes))
        except UnknownCode:
            continue
    return tuple(kept)
