"""Writing one value as it is: text as text, numbers as numbers, dates as dates, formulas with their last result."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from xlsxwriter.worksheet import Worksheet

_FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel's days do not agree with the calendar
_LONGEST_TEXT = 32_767  # characters that a cell of an .xlsx file holds
_ZERO = dt.datetime(1899, 12, 30)


def put(page: Worksheet, cell: tuple[int, int], value: object, look: Any) -> None:
    """Write a value of any type into a cell (0-based row and column); ``None`` leaves it blank."""
    value = fitting(value)
    if value is None:
        page.write_blank(*cell, None, look)
    elif isinstance(value, bool):
        page.write_boolean(*cell, value, look)
    elif isinstance(value, (int, float)):
        page.write_number(*cell, value, look)
    elif early(value):
        page.write_string(*cell, f"{value.day:02d}/{value.month:02d}/{value.year}", look)
    elif isinstance(value, (dt.date, dt.time, dt.timedelta)):
        page.write_datetime(*cell, value, look)
    else:
        page.write_string(*cell, str(value), look)


def put_formula(page: Worksheet, cell: tuple[int, int], text: str, shown: tuple[Any, object]) -> None:
    """Write a formula (with its ``=``) and the result that the file sent holds; ``shown``: the look and the result."""
    look, value = shown
    page.write_formula(*cell, text, look, _result(value))


def _result(value: object) -> object:
    if value is None:
        return ""  # not calculated: the program that opens the file will do it
    if isinstance(value, dt.datetime):
        return (value - _ZERO).total_seconds() / 86400
    if isinstance(value, dt.date):
        return (dt.datetime.combine(value, dt.time()) - _ZERO).days
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86400
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value


def fitting(value: object) -> object:
    """Return the value as a cell can hold it: text of sound characters and not too long, no infinite number."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if not isinstance(value, str):
        return value
    clean = value.encode("utf-8", "replace").decode("utf-8")
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - 1] + "…"


def early(value: object) -> bool:
    """True for a date before the days that Excel counts rightly; it is written as text."""
    day = value.date() if isinstance(value, dt.datetime) else value
    return isinstance(day, dt.date) and day < _FIRST_DAY
