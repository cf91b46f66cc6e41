"""Numbers as people write them in Vietnam, read the way data-model.md ("Types") says, and never guessed.

In a workbook a text cell is Vietnamese (``1.234,5``; ``1.234`` is 1234); in CSV the point is the decimal sign.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Literal

from kit.collect.parsed import APPROXIMATE, BLANK, READ_AS, Parsed, Unreadable, is_blank

Origin = Literal["workbook", "csv"]

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_APPROXIMATION = re.compile(
    r"(?:(?:trên|hơn|gần|khoảng|xấp xỉ|chừng|ước(?: tính| đạt| khoảng)?)\b|[~≈])\s*", re.IGNORECASE
)
_UNIT = re.compile(r"\s*(nghìn|ngàn|triệu|tỷ|tỉ)\b(?:\s*đồng\b)?\s*", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s*(?:lượt người|lượt|người|cuộc|buổi|lần|lớp|hội nghị|đại biểu|ý kiến|tin,? bài|tin|bài|tài liệu|văn bản|bản)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)", re.IGNORECASE)
_SCALE = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?")
_COMMA = re.compile(r"[0-9]+,[0-9]+")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_GREATEST = 2**53
_LONGEST = 60  # no count of this plan has more digits; guards Decimal against monsters


def parse_number(
    value: object, *, integer: bool = False, origin: Origin = "workbook", per: int = 1
) -> Parsed | Unreadable:
    """Read a number: ``Parsed`` of an ``int`` (``integer``) or a ``float``, ``BLANK``, or ``Unreadable``.

    ``per`` is how many of its base unit the field counts in (1,000,000 for a field in million VND), so that
    ``5 triệu đồng`` is 5 there and 5,000,000 in a field of single things.
    """
    if is_blank(value):
        return BLANK
    if isinstance(value, str):
        return _from_text(value, integer, origin, per)
    if isinstance(value, Unreadable):
        return value
    if isinstance(value, bool):
        return Unreadable("number-not-a-number")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Unreadable("number-is-a-date")
    if isinstance(value, int | float) and math.isfinite(value):
        return _finished(value, integer, None, "")
    return Unreadable("number-not-a-number")


def _finished(number: int | float | Decimal, integer: bool, note: str | None, how: str) -> Parsed | Unreadable:
    if abs(number) > _GREATEST:
        return Unreadable("number-too-large")
    if not integer:
        return Parsed(float(number), note, how)
    if number != int(number):
        return Unreadable("integer-has-fraction")
    return Parsed(int(number), note, how)


def _from_text(value: str, integer: bool, origin: Origin, per: int) -> Parsed | Unreadable:
    text = value.strip()
    if len(text) > _LONGEST:
        return Unreadable("number-not-a-number")
    if _PLAIN.fullmatch(text) and "." not in text:
        return _finished(int(text), integer, None, "")
    folded = " ".join(unicodedata.normalize("NFKC", text).split()).replace("\u2212", "-")
    rest, words = _APPROXIMATION.subn("", folded, count=1) if _APPROXIMATION.match(folded) else (folded, 0)
    digits, tail = _split(rest)
    factor, spoken = _factor(tail, per)
    if factor is None or not digits:
        return Unreadable("number-not-a-number")
    number = _digits(digits, integer and not factor[1], origin, bool(words or factor[1]))
    if isinstance(number, Unreadable):
        return number
    approximate = words or factor[1]
    note = APPROXIMATE if approximate else READ_AS if number[1] or spoken or folded != text else None
    how = "words" if approximate or spoken else "number-style" if note else ""
    return _finished(number[0] * factor[0], integer, note, how)


def _split(text: str) -> tuple[str, str]:
    match = re.match(r"[+-]?[0-9][0-9., ]*", text)
    if not match:
        return "", ""
    digits = match[0].rstrip()
    return digits, text[len(digits) :].strip()


def _factor(tail: str, per: int) -> tuple[tuple[Decimal, bool] | None, bool]:
    """Return ((multiplier, a unit word was there), words were there); the first is ``None`` for unknown words."""
    if not tail:
        return (Decimal(1), False), False
    unit = _UNIT.match(tail)
    rest = tail[unit.end() :] if unit else tail
    if rest and not _COUNTED.fullmatch(rest) and not (per > 1 and _MONEY.fullmatch(rest)):
        return None, True
    money = bool(_MONEY.search(tail)) and per > 1
    if unit is None:
        return (Decimal(1) / per if money else Decimal(1), False), True
    return (Decimal(_SCALE[unit[1].lower()]) / per, True), True


def _digits(text: str, integer: bool, origin: Origin, in_words: bool) -> tuple[Decimal, bool] | Unreadable:
    """Return (number, separators were interpreted) of signed digits with points, commas and spaces."""
    sign = -1 if text[0] == "-" else 1
    body = text.lstrip("+-")
    points, commas = body.count("."), body.count(",")
    if " " in body:
        if _SPACED.fullmatch(body):
            return sign * _decimal(body.replace(" ", "")), True
        return Unreadable("number-ambiguous")
    if not points and not commas:
        return sign * _decimal(body), text[0] == "+"
    if points > 1 or (points and commas):
        if _GROUPED.fullmatch(body):
            return sign * _decimal(body.replace(".", "")), True
        return Unreadable("number-ambiguous")
    if commas:
        return _with_comma(body, sign, integer)
    if not _POINT.fullmatch(body):
        return Unreadable("number-not-a-number")
    if _GROUPED.fullmatch(body):
        if origin == "csv" and in_words and not integer:
            return Unreadable("number-ambiguous")  # khoảng 1.234: prose, where the point marks thousands
        if origin == "workbook" or integer:
            return sign * _decimal(body.replace(".", "")), True
    return sign * _decimal(body), False


def _with_comma(body: str, sign: int, integer: bool) -> tuple[Decimal, bool] | Unreadable:
    if body.count(",") > 1:
        return Unreadable("number-ambiguous")
    if not _COMMA.fullmatch(body):
        return Unreadable("number-not-a-number")
    if integer and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", body):
        return Unreadable("number-ambiguous")  # 1,234: perhaps thousands, perhaps a fraction
    return sign * _decimal(body), True


def _decimal(body: str) -> Decimal:
    try:
        return Decimal(body.replace(",", "."))
    except InvalidOperation:  # pragma: no cover - the patterns above let only digits through
        return Decimal("NaN")
