"""Period codes of indicators.md: first and last day, plan year and year start under either scheme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

LAST_MONTHS = {"H1": (1, 6), "H2": (7, 12), "9M": (1, 9), "Y": (1, 12)} | {
    f"Q{n}": (3 * n - 2, 3 * n) for n in (1, 2, 3, 4)
}
CODED = re.compile(r"(\d{4})-(M0[1-9]|M1[0-2]|Q[1-4]|H[12]|9M|Y)")
FREE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Period:
    """A period with both ends included; `last` is the cut-off T."""

    code: str
    first: date
    last: date
    year: int
    year_start: date

    @property
    def is_year(self) -> bool:
        return self.code.endswith("-Y")

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last

    def year_to_date_has(self, day: date) -> bool:
        return self.year_start <= day <= self.last


def _day(year: int, month: int, day: int) -> date:
    """The day of a month counted from January of `year`; month 0 is December before, month 13 January after."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, day)


def _months(kind: str) -> tuple[int, int]:
    """First and last month of the period in the calendar scheme."""
    if kind[0] == "M":
        return int(kind[1:]), int(kind[1:])
    return LAST_MONTHS[kind]


def parse_period(code: str, *, scheme: str = "nd09") -> Period:
    """Read a period code; ValueError when it is none."""
    free = FREE.fullmatch(code)
    if free:
        first, last = (date.fromisoformat(text) for text in free.groups())
        if last < first:
            raise ValueError(f"period ends before it begins: {code}")
        return Period(code, first, last, last.year, first)
    coded = CODED.fullmatch(code)
    if not coded:
        raise ValueError(f"no period code: {code}")
    year, (begin, end) = int(coded[1]), _months(coded[2])
    if scheme == "calendar":
        last = _day(year, end + 1, 1) - timedelta(days=1)
        return Period(code, _day(year, begin, 1), last, year, date(year, 1, 1))
    if scheme != "nd09":
        raise ValueError(f"no scheme: {scheme}")
    return Period(code, _day(year, begin - 1, 15), _day(year, end, 14), year, date(year - 1, 12, 15))
