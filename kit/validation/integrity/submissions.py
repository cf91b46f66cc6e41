"""Rules of submissions and of what is said for a period."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kit.errors import UsageError
from kit.periods import Period, parse_period
from kit.validation.integrity.model import Checked, rows_where, rule
from kit.validation.keys import looked_up
from kit.validation.marks import Marks
from kit.validation.wording import shown

# Tables whose rows say that something happened on a date. Tasks are plans: a due date is no event.
_EVENTS = ("activities", "products", "feedback", "budget", "obstacles", "inspections")


def periods_of(checked: Checked, table: str) -> pd.Series:
    """Return the ``Period`` of each row, ``None`` where there is none of that code (scheme of the parameters)."""
    codes = checked.frames[table]["period"]
    known = {code: _period(code, checked.params.scheme) for code in codes.dropna().unique()}
    return looked_up(codes, known, "object")


def _period(code: str, scheme: str) -> Period | None:
    try:
        return parse_period(code, scheme)
    except UsageError:
        return None


@rule("period-unknown")
def period_unknown(checked: Checked, table: str) -> Iterator[Marks]:
    """A code of the right shape must also be a period: its dates exist and are in order."""
    periods = periods_of(checked, table)
    unknown = checked.frames[table]["period"].notna() & periods.isna()
    yield Marks("period-unknown", table, "period", rows_where(unknown, checked.sound(table, "period")))


@rule("nothing-but-rows")
def nothing_but_rows(checked: Checked, table: str) -> Iterator[Marks]:
    """``nothing_to_report`` while rows of the unit are dated in the period."""
    frame, periods = checked.frames[table], periods_of(checked, table)
    said = rows_where(frame["nothing_to_report"] & periods.notna(), checked.sound(table, "period"))
    if not len(said):
        return
    events = _events(checked, set(frame["_unit"].iloc[said]))
    counts = [_within(events, frame["_unit"].iat[at], periods.iat[at]) for at in said]
    rows = np.array([at for at, count in zip(said, counts, strict=True) if count], dtype=np.int64)
    yield Marks("nothing-but-rows", table, "nothing_to_report", rows, {"count": [count for count in counts if count]})


def _events(checked: Checked, units: set[str]) -> pd.DataFrame:
    """Return unit and date of everything that happened in the given units."""
    parts = []
    for name in _EVENTS:
        frame, date = checked.frames[name], checked.schema.tables[name].date_field
        happened = frame["_unit"].isin(units) & frame[date].notna()
        if name == "obstacles":
            happened &= frame["category"] != "none"
        parts.append(frame.loc[happened, ["_unit", date]].set_axis(["unit", "date"], axis=1))
    return pd.concat(parts, ignore_index=True)


def _within(events: pd.DataFrame, unit: str, period: Period) -> int:
    dates = events.loc[events["unit"] == unit, "date"]
    return int(((dates >= pd.Timestamp(period.start)) & (dates < pd.Timestamp(period.end))).sum())


@rule("sent-before-end")
def sent_before_end(checked: Checked, table: str) -> Iterator[Marks]:
    """Sent before the last day of the period."""
    frame, periods = checked.frames[table], periods_of(checked, table)
    ends = {period.code: pd.Timestamp(period.cutoff) for period in periods.dropna().unique()}
    last = looked_up(frame["period"], ends, "datetime64[s]")
    rows = rows_where(frame["sent_date"] < last, checked.sound(table, "period", "sent_date"))
    yield Marks("sent-before-end", table, "sent_date", rows, {"last": [shown(day) for day in last.iloc[rows]]})


@rule("none-beside-others")
def none_beside_others(checked: Checked, table: str) -> Iterator[Marks]:
    """``none`` beside other obstacles of the unit, both reported in the period (without one: in the same year)."""
    frame = checked.frames[table]
    dated = checked.sound(table, "category", "reported_date") & frame["reported_date"].notna().to_numpy()
    if checked.period:
        start, cutoff = pd.Timestamp(checked.period.start), checked.cutoff
        dated &= ((frame["reported_date"] >= start) & (frame["reported_date"] <= cutoff)).to_numpy()
    place = frame["_unit"] + "\x1f" + ("" if checked.period else _half_years(frame["reported_date"]))
    others = place[dated & (frame["category"] != "none").to_numpy()]
    odd = (frame["category"] == "none") & place.isin(set(others))
    yield Marks("none-beside-others", table, "category", rows_where(odd, dated))


def _half_years(dates: pd.Series) -> pd.Series:
    """Without a period to go by, obstacles of the same calendar half-year belong together."""
    return dates.dt.year.astype("Int64").astype("str") + "-" + (dates.dt.month > 6).astype("str")
