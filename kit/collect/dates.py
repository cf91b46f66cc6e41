"""Dates as people write them in Vietnam: day first, a four-digit year, never guessed (data-model.md, "Types")."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from kit.collect.parsed import BLANK, READ_AS, Parsed, Unreadable, is_blank

FIRST_YEAR, LAST_YEAR = 1900, 2100
_MIDNIGHT = dt.time(0)

_TIME = re.compile(
    r"(?P<date>.*[0-9])(?:[T ]\s*|\s+lúc\s+)(?P<time>[0-9]{1,2}(?::|h|g| giờ)\s*[0-9]{0,2}.*)", re.IGNORECASE
)
_ZERO_TIME = re.compile(
    r"(?:0?0:00(?::00(?:\.0+)?)?\s*(?:z|\+00:?00|am|sa)?|12:00(?::00)?\s*(?:am|sa)|0?0h(?:00)?)", re.IGNORECASE
)
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?:ngày )?([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})\.?", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:ngày )?(?:mùng |mồng )?([0-9]{1,2}) ?(?:tháng|/) ?([0-9]{1,2}),? ?(?:năm|/) ?([0-9]{4})\.?", re.IGNORECASE
)
_INCOMPLETE = (
    ("date-two-digit-year", re.compile(r"(?:ngày )?[0-9]{1,2} ?([-/.]) ?[0-9]{1,2} ?\1 ?'?[0-9]{2}\.?", re.I)),
    ("date-two-digit-year", re.compile(r"(?:ngày )?[0-9]{1,2} ?tháng ?[0-9]{1,2},? ?năm ?'?[0-9]{2}\.?", re.I)),
    ("date-no-year", re.compile(r"(?:ngày )?(?:mùng |mồng )?[0-9]{1,2} ?(?:tháng|[-/.]) ?[0-9]{1,2}\.?", re.I)),
    ("date-no-day", re.compile(r"(?:tháng ?)?[0-9]{1,2} ?(?:năm|[-/.]) ?[0-9]{4}\.?|năm ?[0-9]{4}", re.I)),
    ("date-no-day", re.compile(r"[0-9]{4}-[0-9]{1,2}|(?:quý|qúy) ?(?:[0-9]|[ivx]+)\b.*|(?:19|20)[0-9]{2}", re.I)),
)


def parse_date(value: object) -> Parsed | Unreadable:
    """Read a date: ``Parsed`` of a ``datetime.date``, ``BLANK``, or ``Unreadable`` with a ``date-…`` reason.

    A midnight time is ignored. A number, also the serial number of a spreadsheet date, is not a date.
    """
    if is_blank(value):
        return BLANK
    if isinstance(value, dt.datetime):
        if value.time() != _MIDNIGHT:
            return Unreadable("date-time-of-day")
        return _in_range(value.date(), None)
    if isinstance(value, dt.date):
        return _in_range(value, None)
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, Unreadable):
        return value
    return Unreadable("date-not-a-date")


def _in_range(date: dt.date, note: str | None) -> Parsed | Unreadable:
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        return Unreadable("date-out-of-range")
    return Parsed(date, note, "date-style" if note else "")


def _from_text(value: str) -> Parsed | Unreadable:
    text = re.sub("[\u2010-\u2015\u2212]", "-", " ".join(unicodedata.normalize("NFKC", value).split()))
    timed = _TIME.fullmatch(text)
    if timed and _numbers(timed["date"]):
        if not _ZERO_TIME.fullmatch(timed["time"].strip()):
            return Unreadable("date-time-of-day")
        text = timed["date"].strip()
    numbers = _numbers(text)
    if numbers:
        return _calendar(numbers, READ_AS if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None)
    for reason, pattern in _INCOMPLETE:
        if pattern.fullmatch(text):
            return Unreadable(reason)
    return Unreadable("date-not-a-date")


def _numbers(text: str) -> tuple[int, int, int] | None:
    """Return (year, month, day) as written, possible or not."""
    if match := _ISO.fullmatch(text.strip()):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _DAY_FIRST.fullmatch(text.strip()):
        return int(match[4]), int(match[3]), int(match[1])
    if match := _WORDS.fullmatch(text.strip()):
        return int(match[3]), int(match[2]), int(match[1])
    return None


def _calendar(numbers: tuple[int, int, int], note: str | None) -> Parsed | Unreadable:
    try:
        date = dt.date(*numbers)
    except ValueError:
        return Unreadable("date-impossible")
    return _in_range(date, note)
