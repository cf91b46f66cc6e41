"""The period algebra: a reporting period is a code under a scheme, half-open ``[start, end)`` inside.

Schemes (indicators.md, "Periods"): ``nd09`` follows Nghị định 09/2019/NĐ-CP, Điều 12 (from the 15th to the 14th);
``calendar`` uses calendar months. A free period ``2022-04-01..2023-04-30`` is as written, both ends included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kit.errors import UsageError

SCHEMES = ("nd09", "calendar")
_CODE = re.compile(
    r"(?P<year>[0-9]{4})-(?:M(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<rest>9M|Y))"
)
_FREE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_DAY = timedelta(days=1)
_ROMAN = ("", "I", "II", "III", "IV")
_OF_A_YEAR = {
    "M": [f"M{month:02d}" for month in range(1, 13)],
    "Q": ["Q1", "Q2", "Q3", "Q4"],
    "H": ["H1", "H2"],
    "9M": ["9M"],
    "Y": ["Y"],
}
_ALLOWED = "2024-M03, 2024-Q1, 2024-H1, 2024-H2, 2024-9M, 2024-Y or 2022-04-01..2023-04-30"


@dataclass(frozen=True)
class Period:
    """One reporting period.

    ``first`` and ``last`` are the first and last month of a coded period (1–12), 0 for a free one; ``end`` is the day
    after the last day included.
    """

    code: str
    scheme: str
    year: int
    start: date
    end: date
    first: int = 0
    last: int = 0

    @property
    def cutoff(self) -> date:
        """T, the last day included."""
        return self.end - _DAY

    @property
    def free(self) -> bool:
        """True for a period written as two dates."""
        return self.first == 0

    @property
    def is_year(self) -> bool:
        """True for a ``Y`` period."""
        return self.first == 1 and self.last == 12

    @property
    def year_start(self) -> date:
        """First day of the ``Y`` period of the same year; a free period's own start."""
        return self.start if self.free else _coded_start(self.year, 1, self.scheme)

    @property
    def name(self) -> str:
        """What people call a coded period: ``6 tháng đầu năm 2024``, ``quý I năm 2024``; blank for a free one.

        Months 1 and 2 have a leading zero (Nghị định 30/2020/NĐ-CP).
        """
        kind, year = self.code[5:], f"năm {self.year}"
        if self.free or kind == "Y":
            return "" if self.free else year
        named = {"9M": "9 tháng đầu", "H1": "6 tháng đầu", "H2": "6 tháng cuối"}
        if kind[0] == "Q":
            return f"quý {_ROMAN[int(kind[1])]} {year}"
        return f"{named.get(kind) or f'tháng {kind[1:] if self.first < 3 else self.first}'} {year}"

    @property
    def target_year(self) -> int:
        """The year whose national target applies (free period: the year of T)."""
        return self.year

    def previous(self) -> Period | None:
        """The previous period of the same kind; that of ``9M`` is last year's; ``None`` for a free period."""
        if self.free or self.code.endswith("9M"):
            return self.same_last_year()
        span = self.last - self.first + 1
        first = self.first - span
        return (
            _coded(self.year, first, span, self.scheme)
            if first > 0
            else _coded(self.year - 1, 13 - span, span, self.scheme)
        )

    def same_last_year(self) -> Period | None:
        """The same period of the previous year; ``None`` for a free period."""
        return None if self.free else parse_period(f"{self.year - 1}{self.code[4:]}", self.scheme)


def parse_period(code: str, scheme: str = "nd09") -> Period:
    """Return the period of a code. Raises ``UsageError`` for an unknown code or scheme, or an impossible date."""
    if scheme not in SCHEMES:
        raise UsageError(f"Unknown period scheme '{scheme}'; allowed: {', '.join(SCHEMES)}.")
    text = str(code).strip().upper()
    if match := _FREE.fullmatch(text):
        return _free(text, match, scheme)
    match = _CODE.fullmatch(text)
    if not match or not 1901 <= int(match["year"]) <= 9998:
        raise UsageError(f"Unknown period '{code}'; a period is written like {_ALLOWED}.")
    year = int(match["year"])
    if match["month"]:
        return _coded(year, int(match["month"]), 1, scheme)
    if match["quarter"]:
        return _coded(year, 3 * int(match["quarter"]) - 2, 3, scheme)
    if match["half"]:
        return _coded(year, 6 * int(match["half"]) - 5, 6, scheme)
    return _coded(year, 1, 9 if match["rest"] == "9M" else 12, scheme)


def is_period(code: str) -> bool:
    """True when ``parse_period`` accepts the code."""
    try:
        parse_period(code)
    except UsageError:
        return False
    return True


def periods_until(period: Period, kind: str, first_year: int) -> tuple[Period, ...]:
    """Return the periods of a kind from ``first_year`` on that end on T or before, the earliest first.

    ``kind`` is ``M``, ``Q``, ``H``, ``9M`` or ``Y``; blank: that of the period itself. A free period stands alone.
    Raises ``UsageError`` for another kind.
    """
    if period.free:
        return (period,)
    kind = kind or re.sub(r"[0-9]+$", "", period.code[5:])
    if kind not in _OF_A_YEAR:
        raise UsageError(f"There is no kind of period '{kind}'; allowed: {', '.join(_OF_A_YEAR)}.")
    codes = [f"{year}-{suffix}" for year in range(first_year, period.year + 1) for suffix in _OF_A_YEAR[kind]]
    made = [parse_period(code, period.scheme) for code in codes]
    return tuple(one for one in made if one.cutoff <= period.cutoff)


def _free(text: str, match: re.Match[str], scheme: str) -> Period:
    try:
        start, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        end = last + _DAY
    except (ValueError, OverflowError):
        raise UsageError(f"Period '{text}' has a date that does not exist.") from None
    if start > last:
        raise UsageError(f"Period '{text}' ends before it begins.")
    return Period(text, scheme, last.year, start, end)


def _coded(year: int, first: int, span: int, scheme: str) -> Period:
    last = first + span - 1
    end = _coded_start(year + last // 12, last % 12 + 1, scheme)
    suffix = {1: f"M{first:02d}", 3: f"Q{(first + 2) // 3}", 6: f"H{(first + 5) // 6}", 9: "9M", 12: "Y"}[span]
    return Period(f"{year}-{suffix}", scheme, year, _coded_start(year, first, scheme), end, first, last)


def _coded_start(year: int, month: int, scheme: str) -> date:
    """First day of a coded month: the 15th of the month before (``nd09``) or the 1st (``calendar``)."""
    if scheme == "calendar":
        return date(year, month, 1)
    return date(year - 1, 12, 15) if month == 1 else date(year, month - 1, 15)
