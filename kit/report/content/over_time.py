"""Figures over periods: small multiples with what is missing, what rests on few cases and where a series is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kit.periods import Period
from kit.report import words
from kit.report.blocks import Figure, Paragraphs
from kit.report.charts.dots import Scale
from kit.report.charts.panels import MOST_PANELS, Panel, Point, panels
from kit.report.content.result import Result
from kit.report.content.side_by_side import SMALL, is_small
from kit.report.content.tables import plain

MOST_SHEETS = 4
_NAMED = 6
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True)
class Series:
    """One unit and indicator over periods: ``rows`` are rows of the series table, some periods may have none."""

    title: str
    periods: tuple[Period, ...]
    rows: tuple[dict, ...]

    @cached_property
    def results(self) -> list[Result | None]:
        """The figure of each period."""
        found = {row["period"]: Result.from_row(row) for row in self.rows}
        return [found.get(period.code) for period in self.periods]

    @cached_property
    def breaks(self) -> list[tuple[int, pd.Timestamp, str]]:
        """(place of the first period after it, date, reason) of every break between these periods."""
        dated = {(row["break_date"], row["break_reason"]) for row in self.rows if not pd.isna(row["break_date"])}
        after = [sum(pd.Timestamp(one.cutoff) < day for one in self.periods) for day, _ in sorted(dated)]
        return [
            (at, day, reason)
            for at, (day, reason) in zip(after, sorted(dated), strict=True)
            if 0 < at < len(self.periods)
        ]


def period_label(period: Period) -> str:
    """Return a short name for a small space: ``T3/2024``, ``quý I/2024``, ``6T đầu 2024``, ``9T 2024``, ``2024``."""
    kind = period.code[5:]
    if period.free:
        return words.short_date(period.cutoff)
    if kind[0] == "M":
        return f"T{period.first}/{period.year}"
    if kind[0] == "Q":
        return f"quý {_ROMAN[int(kind[1])]}/{period.year}"
    return f"{ {'H1': '6T đầu ', 'H2': '6T cuối ', '9M': '9T '}.get(kind, '') }{period.year}".strip()


def series_figures(series: Sequence[Series], caption: str) -> list[Figure | Paragraphs]:
    """Return the panels of series that have any figure, at most ``MOST_SHEETS`` sheets; the rest is in the data."""
    shown = [one for one in series if any(result and result.known for result in one.results)]
    if not shown:
        return [Paragraphs(("Chưa có số liệu của các kỳ để so sánh.",))]
    sheets = [shown[at : at + MOST_PANELS] for at in range(0, len(shown), MOST_PANELS)]
    left = sum(map(len, sheets[MOST_SHEETS:]))
    scale = _scale(shown)
    return [
        _figure(sheet, caption, scale, (number, min(len(sheets), MOST_SHEETS), left))
        for number, sheet in enumerate(sheets[:MOST_SHEETS], 1)
    ]


def _scale(series: Sequence[Series]) -> Scale:
    """One scale for all panels, so that they can be compared."""
    known = [result for one in series for result in one.results if result and result.known]
    unit = {"%": "%", "days": " ngày"}.get(known[0].indicator.unit, "")
    return Scale.over([float(result.value) for result in known], unit)


def _figure(sheet: Sequence[Series], caption: str, scale: Scale, place: tuple[int, int, int]) -> Figure:
    number, of, left = place
    labels = [period_label(period) for period in sheet[0].periods]
    notes = _notes(sheet)
    if left and number == of:
        notes.append(f"Còn {words.number(left)} biểu đồ nhỏ khác không in ở đây.")
    return Figure(
        f"Biểu đồ: {caption}{f' ({number}/{of})' if of > 1 else ''}",
        panels([_panel(one, scale) for one in sheet], labels),
        _alt(sheet, labels),
        name=f"theo-ky{f'-{number}' if of > 1 else ''}",
        note=" ".join(notes),
        data=_data(sheet),
    )


def _panel(one: Series, scale: Scale) -> Panel:
    points = [
        Point(float(result.value), result.printed, is_small(result)) if result and result.known else Point(None, "–")
        for result in one.results
    ]
    last = one.results[-1]
    target = float(last.target) if last and last.target is not None else None
    breaks = tuple((at, words.short_date(day)) for at, day, _ in one.breaks)
    return Panel(one.title, tuple(points), breaks, scale.most, scale.words(scale.most), target)


def _notes(sheet: Sequence[Series]) -> list[str]:
    results = [result for one in sheet for result in one.results]
    notes = ["Các biểu đồ nhỏ cùng một thang đo; số in đậm là giá trị kỳ này."]
    if any(result and result.known and is_small(result) for result in results):
        notes.append(f"Chấm rỗng: mẫu số nhỏ hơn {SMALL}.")
    if any(result is None or not result.known for result in results):
        notes.append("Dấu ×: không phát sinh hoặc chưa có số liệu.")
    if any(result and result.target is not None for result in results):
        notes.append("Đường gạch đỏ: chỉ tiêu.")
    broken = [f"{one.title}: {reason}" for one in sheet for _, _, reason in one.breaks]
    if broken:
        reasons = {reason for one in sheet for _, _, reason in one.breaks}
        said = next(iter(reasons)) if len(reasons) == 1 and len(broken) > 1 else words.titles(broken, _NAMED, "đơn vị")
        notes.append(f"Đường đứt dọc: dãy số liệu bị ngắt, trước và sau không so sánh được ({said}).")
    return notes


def _alt(sheet: Sequence[Series], labels: Sequence[str]) -> str:
    told = [
        f"{one.title}: "
        + ", ".join(
            f"{label} {result.printed if result else words.MISSING}"
            for label, result in zip(labels, one.results, strict=True)
        )
        for one in sheet
    ]
    return f"{words.number(len(sheet))} biểu đồ nhỏ qua {words.number(len(labels))} kỳ. {'; '.join(told)}."


def _data(sheet: Sequence[Series]) -> tuple[tuple[str, ...], ...]:
    names = ("unit_id", "indicator_id", "period", "numerator", "denominator", "value", "break_date", "break_reason")
    rows = [
        tuple(plain(None if pd.isna(row[name]) else row[name]) for name in names) for one in sheet for row in one.rows
    ]
    return (names, *rows)
