"""How the report writes numbers, dates, periods and lists: Vietnamese formats (Babel) and Nghị định 30/2020/NĐ-CP.

Rounding happens here only, half up, when a value is printed. A percentage that rounding would carry to a mark it has
not reached (0, 100, a target) gets more decimals, so that "70,0%" never stands beside "chưa đạt 70%".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from kit.periods import Period

MISSING = "chưa có số liệu"
NOTHING = "không phát sinh"
LONG_TEXT = 2000  # contracts.md, "Text"
_MOST_DECIMALS = 4
# Words for kinds of units: small letters inside a sentence, part of the proper name otherwise.
_PLACES = ("Thị trấn", "Thị xã", "Thành phố", "Phường", "Xã", "Huyện", "Quận", "Tỉnh", "Đặc khu")


@lru_cache(maxsize=1 << 16)
def number(value: Fraction | float | int | None, *, decimals: int = 3) -> str:
    """Return ``1.234,5``; at most ``decimals`` decimals, no idle zeros; blank for a missing value."""
    if value is None:
        return ""
    digits = _decimal(value, decimals).normalize()
    return _formatted(digits, max(0, -int(digits.as_tuple().exponent)))


def percent(value: Fraction | float | None, marks: Iterable[Fraction | int] = ()) -> str:
    """Return ``72,5%``: one decimal, none for exactly 0 or 100, more where rounding would meet one of ``marks``."""
    if value is None:
        return ""
    exact = Fraction(value)
    if exact in (0, 100):
        return f"{int(exact)}%"
    limits = {Fraction(0), Fraction(100), *(Fraction(mark) for mark in marks)} - {exact}
    for decimals in range(1, _MOST_DECIMALS + 1):
        shown = _decimal(exact, decimals)
        if Fraction(shown) not in limits:
            break
    return f"{_formatted(shown, decimals)}%"


def counts(numerator: Fraction | float | int, denominator: Fraction | float | int) -> str:
    """Return ``9/12``."""
    return f"{number(numerator)}/{number(denominator)}"


def share(numerator: Fraction | float | int, denominator: Fraction | float | int) -> str:
    """Return ``75,0% (9/12)``, or ``không phát sinh`` over nothing: never 0% and never 100%."""
    if not denominator:
        return NOTHING
    return f"{percent(Fraction(numerator) * 100 / Fraction(denominator))} ({counts(numerator, denominator)})"


def _decimal(value: Fraction | float | int, decimals: int) -> Decimal:
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    scaled = exact * 10**decimals
    whole = (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return whole.scaleb(-decimals)


@lru_cache(maxsize=1 << 16)
def _formatted(value: Decimal, decimals: int) -> str:
    from babel.numbers import format_decimal  # late: notebooks that print nothing need no locale data

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale="vi")


def day_month(day: int, month: int) -> tuple[str, str]:
    """Return day and month with the zeros of Nghị định 30: days below 10, months 1 and 2 ("05", "6"; "29", "02")."""
    return f"{day:02d}", f"{month:02d}" if month < 3 else str(month)


def short_date(value: date | None) -> str:
    """Return ``14/6/2024`` or ``05/01/2024``; blank for a missing date."""
    if value is None or value != value:
        return ""
    day, month = day_month(value.day, value.month)
    return f"{day}/{month}/{value.year}"


def long_date(value: date) -> str:
    """Return ``ngày 05 tháng 01 năm 2025``."""
    day, month = day_month(value.day, value.month)
    return f"ngày {day} tháng {month} năm {value.year}"


def span(period: Period) -> str:
    """Return ``15/12/2023 – 14/6/2024``, both ends included."""
    return f"{short_date(period.start)} – {short_date(period.cutoff)}"


def from_to(period: Period) -> str:
    """Return ``từ ngày 15/12/2023 đến ngày 14/6/2024``."""
    return f"từ ngày {short_date(period.start)} đến ngày {short_date(period.cutoff)}"


def period_name(period: Period) -> str:
    """Return what a period is called: ``6 tháng đầu năm 2024``, ``quý I năm 2024``; a free one by its dates."""
    return period.name or from_to(period)


def period_title(period: Period) -> str:
    """Return the period's name as a title begins with it: ``6 tháng đầu năm 2024``, ``Quý I năm 2024``."""
    return capitalised(period_name(period))


def capitalised(text: str) -> str:
    """Return the text with its first letter in capitals, the rest as it is."""
    return text[:1].upper() + text[1:]


def in_sentence(name: str) -> str:
    """Return a unit's name as a sentence has it: ``Xã Mẫu Một`` gives ``xã Mẫu Một``; ``Sở Tư pháp`` stays."""
    first = next((word for word in _PLACES if name.casefold().startswith(f"{word.casefold()} ")), "")
    return first.lower() + name[len(first) :] if first else name


def enumeration(items: Sequence[str]) -> str:
    """Return ``a, b và c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} và {items[-1]}" if items else ""


def some_of(items: Sequence[str], most: int, noun: str) -> str:
    """Return at most ``most`` names, one more where it would be the only one left: ``a, b, c và 4 đơn vị khác``."""
    more = len(items) - most
    return f"{', '.join(items[:most])} và {number(more)} {noun} khác" if more > 1 else enumeration(items)


def titles(items: Sequence[str], most: int, noun: str) -> str:
    """Return at most ``most`` (or all but one) long titles, which hold commas: ``a; b; c và 4 chính sách khác``."""
    more = len(items) - most
    shown = "; ".join(shortened(item, 200) for item in (items[:most] if more > 1 else items))
    return f"{shown} và {number(more)} {noun} khác" if more > 1 else shown


def shortened(text: str, limit: int = LONG_TEXT) -> str:
    """Return a text of at most ``limit`` characters, cut between words and ended with ``…``."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = max(cut.rfind(" "), cut.rfind("\n"))
    return (cut[:at] if at > limit // 2 else cut).rstrip(" \n,;.") + "…"


def without_place(title: str) -> str:
    """Return a title for a narrow table: without the place that it ends with, ``trên địa bàn tỉnh Mẫu``."""
    opening, _, place = title.rpartition(" trên địa bàn ")
    kind = next((word for word in _PLACES if place.startswith(f"{word.lower()} ")), "")
    name = place[len(kind) + 1 :].split()
    return opening if opening and kind and all(word[0].isupper() or word.isdecimal() for word in name) else title


def sentence(text: str) -> str:
    """Return the text as one sentence: capital at the beginning, one full stop at the end."""
    body = " ".join(text.split())
    return capitalised(body if re.search(r"[.!?…:]$", body) else f"{body}.") if body else ""
