"""Deadlines: the n-th working day after the cut-off T (indicators.md, BC-02)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta


def vietnamese_holidays(years: Collection[int]) -> frozenset[date]:
    """Public holidays of Viet Nam as the `holidays` package knows them."""
    import holidays

    return frozenset(holidays.country_holidays("VN", years=sorted(years)))


def deadline(cutoff: date, working_days: int, days_off: Collection[date]) -> date:
    """The n-th working day after `cutoff`; Saturdays, Sundays and public holidays are not working days."""
    day, left = cutoff, working_days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in days_off:
            left -= 1
    return day
