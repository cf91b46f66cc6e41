"""How a figure has changed since an earlier period, in words that fit its direction and the size of its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from kit.indicators.byunit import among
from kit.indicators.series import NOT_COLLECTED
from kit.periods import Period
from kit.report import words
from kit.report.content.records import records
from kit.report.content.result import Result

SMALL = 5  # under it one case more or less moves a share by more than 20 points
_FEW = 20  # a count from which a change is told as a share
_GAP, _GAP_OF_SUMS = 20, 10  # percentage points by which the share of answering units may differ
# Of the year's plan, or from the beginning of the year: only the same period of another year has as much behind it.
_OF_THE_YEAR = ("CD", "HD", "KP", "VM", "DL")
NOUNS = {
    "CD-04": "nhiệm vụ",
    "NT-01": "cuộc",
    "NT-02": "lượt người",
    "NT-04": "lớp",
    "NT-05": "lượt người",
    "NT-06": "tin, bài",
    "NT-07": "lượt phát",
    "NT-08": "tài liệu",
    "NT-09": "tài liệu, bài đăng",
    "GY-01": "ý kiến",
    "KT-01": "cuộc",
    "VM-01": "vướng mắc",
}


@dataclass(frozen=True)
class Change:
    """One figure now and in an earlier period; both are known. ``when`` names the earlier one: ``cùng kỳ năm 2023``."""

    now: Result
    then: Result
    when: str

    @property
    def step(self) -> Fraction:
        """The exact difference of the values."""
        return self.now.value - self.then.value

    @property
    def better(self) -> bool | None:
        """True or False where the figure has a good direction and has moved; ``None`` otherwise."""
        indicator = self.now.indicator
        if not self.step or (indicator.kind == "sum" and indicator.id != "CD-04"):
            return None
        return (self.step > 0) != indicator.smaller_is_better

    @property
    def small(self) -> bool:
        """True when one case more or less would move a ratio by more than 20 points."""
        return self.now.indicator.kind != "sum" and min(self.now.of, self.then.of) < SMALL

    @property
    def words(self) -> str:
        """The change in small letters: ``tăng 12,5 điểm phần trăm so với cùng kỳ năm 2023: 62,5% (5/8)``."""
        if self.now.indicator.kind == "sum":
            return self._count()
        if not self.step:
            return f"bằng {self.when}: {self.then.full}"
        if self.now.indicator.kind == "median":
            how = "dài hơn" if self.step > 0 else "ngắn hơn"
            return f"{how} {self.when}: {self.then.full}"
        if self.small:
            return f"{'cao' if self.step > 0 else 'thấp'} hơn {self.when}: {self.then.full}"
        return f"{self._points()} so với {self.when}: {self.then.full}"

    @property
    def brief(self) -> str:
        """The change without the earlier figure: ``tăng 12,5 điểm phần trăm so với cùng kỳ năm 2023``."""
        return self.words.split(":")[0].split(" (")[0]

    def _points(self) -> str:
        points = words.percent(abs(self.step)).removesuffix("%")
        return f"{'tăng' if self.step > 0 else 'giảm'} {points} điểm phần trăm"

    def _count(self) -> str:
        noun, before = NOUNS.get(self.now.indicator.id, ""), self.then.value
        told = f"{words.number(before)} {noun}".strip()
        if not before:
            return f"{self.when} không phát sinh" if self.step else f"bằng {self.when} (không phát sinh)"
        if not self.step:
            return f"bằng {self.when} ({told})"
        how = "tăng" if self.step > 0 else "giảm"
        if not self.now.value:  # all of it, which the figure itself tells
            return f"giảm so với {self.when} ({told})"
        if before < _FEW:
            return f"{how} {words.number(abs(self.step))} {noun} so với {self.when} ({told})"
        if self.now.value >= 3 * before:
            return f"gấp {words.number(self.now.value / before, decimals=1)} lần {self.when} ({told})"
        return f"{how} {words.percent(abs(self.step) * 100 / before)} so với {self.when} ({told})"


@dataclass(frozen=True)
class Past:
    """What is known of an earlier period: its name in the text, its figures, and why they may not be compared."""

    period: Period
    when: str
    figures: Mapping[str, Result]
    reason: str = ""
    answered: tuple[int, int] = (0, 0)  # units that reported, and units of the subtree
    answered_now: tuple[int, int] = (0, 0)

    def change(self, now: Result) -> Change | None:
        """The change of one figure; ``None`` where it may not be compared or either figure is missing."""
        then = self.figures.get(now.indicator.id)
        if self.reason or then is None or not (now.known and then.known):
            return None
        return Change(now, then, self.when)


def pasts(series: pd.DataFrame, unit_id: str, period: Period) -> tuple[Past, ...]:
    """Return the earlier periods of a unit: last year's first, then the previous one of the same kind."""
    if period.free or series.empty:
        return ()
    rows: dict[str, list[dict]] = {}
    for row in records(among(series, "unit_id", {unit_id})):
        rows.setdefault(row["period"], []).append(row)
    last, before = period.same_last_year(), period.previous()
    return tuple(_past(one, period, rows.get(one.code, [])) for one in dict.fromkeys((last, before)))


def _past(one: Period, period: Period, rows: list[dict]) -> Past:
    last_year = one == period.same_last_year()
    when = words.period_name(one) if period.is_year or not last_year else f"cùng kỳ năm {one.year}"
    if not rows:
        return Past(one, when, {}, "đơn vị chưa thành lập vào thời điểm đó")
    figures = {row["indicator_id"]: Result.from_row(row) for row in rows}
    if not last_year:
        figures = {id: result for id, result in figures.items() if id[:2] not in _OF_THE_YEAR}
    if not figures.get("BC-01") or not figures["BC-01"].n:
        figures = {id: result for id, result in figures.items() if id[:2] != "BC"}
    if _gap(rows[0]) > _GAP_OF_SUMS:
        figures = {id: result for id, result in figures.items() if result.indicator.kind != "sum"}
    then, now = ((int(rows[0][f"reporters{at}"]), int(rows[0][f"units{at}"])) for at in ("", "_now"))
    return Past(one, when, figures, _reason(rows[0]), then, now)


def _gap(row: Mapping[str, object]) -> Fraction:
    """Percentage points between the shares of units that answered, then and now."""
    then, now = (Fraction(int(row[f"reporters{at}"]) * 100, int(row[f"units{at}"]) or 1) for at in ("", "_now"))
    return abs(then - now)


def _reason(row: Mapping[str, object]) -> str:
    """Why no figure of an earlier period may be compared; blank when they may. ``row`` is that of CS-01."""
    if row["break_reason"]:
        return str(row["break_reason"])
    if row["note"] == NOT_COLLECTED:
        return "không có số liệu thu thập của kỳ đó"
    units, sent, units_now, sent_now = (int(row[name]) for name in ("units", "reporters", "units_now", "reporters_now"))
    if not sent:
        return "chưa có báo cáo cho cả kỳ đó"
    if not sent_now:
        return "kỳ này chưa có báo cáo"
    if _gap(row) > _GAP:
        then, now = words.counts(sent, units), words.counts(sent_now, units_now)
        return f"số đơn vị gửi báo cáo chênh lệch nhiều (kỳ đó {then} đơn vị, kỳ này {now} đơn vị)"
    return ""
