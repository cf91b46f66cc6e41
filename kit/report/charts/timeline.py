"""The policy timeline: windows as bands by stage, communications as marks, silences hatched, the cut-off as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd

from kit.report.charts.canvas import ALARM, GREY, INK, MIDDLE, PALE, Sheet, bare, draw, text_width, wrapped
from kit.report.charts.key import Entry, draw_key
from kit.report.charts.key import height as key_height

MOST_ROWS = 12  # policies on one sheet: more would not fit a page
LEFT, RIGHT, BOTTOM, TITLE = 57.0, 3.0, 7.0, 5.0  # mm
ROW, LABEL_SIZE = 12.0, 7.5
_BAND, _BAND_TOP = 0.40, 0.04  # in rows: height of a band, its upper edge
_LANES = (-0.08, -0.24, -0.40)  # in rows: marks that would touch in one lane go to the next
_MARK_ROOM, _HATCH_ROOM = 1.9, 2.4  # mm: a mark with its gap; hatching that stays visible beside a label
_BACK = 365  # days before the period that are shown at most
_STAGE_FILL = {"G1": PALE, "G2": MIDDLE, "G3": INK}
_STAGE_WORDS = {
    "G1": "G1 – lấy ý kiến đề nghị xây dựng",
    "G2": "G2 – lấy ý kiến dự thảo",
    "G3": "G3 – thẩm định, thẩm tra",
}
_SILENT = {"facecolor": "#ffffff", "edgecolor": ALARM, "hatch": "//////"}
_WAITING = {"facecolor": "#ffffff", "edgecolor": "#777777", "linestyle": (0, (2, 2))}
FORMS = {
    "press": ("D", "Báo chí", ("press_conference", "press_release", "news")),
    "loudspeaker": ("^", "Truyền thanh cơ sở", ("loudspeaker",)),
    "online": ("s", "Cổng thông tin, mạng xã hội", ("portal", "social_media")),
    "meeting": (
        "o",
        "Hội nghị, tọa đàm, đối thoại",
        ("seminar", "workshop", "dialogue", "conference", "training_class"),
    ),
    "other": ("X", "Hình thức khác", ("leaflet", "integrated", "other")),
}
_MARK = {"markersize": 4.6, "markerfacecolor": "#222222", "markeredgecolor": "#ffffff", "markeredgewidth": 0.5}
_FORM_OF = {form: group for group, (_, _, forms) in FORMS.items() for form in forms}


@dataclass(frozen=True)
class Timeline:
    """What is drawn. ``policies``: ``policy_id``, ``title``, ``open`` (goes on after T), in order.

    ``bands``: ``policy_id``, ``stage``, ``start``, ``end`` (both included, at most T), ``state`` (covered, silent,
    waiting). ``marks``: ``policy_id``, ``date``, ``form``.
    """

    policies: pd.DataFrame
    bands: pd.DataFrame
    marks: pd.DataFrame
    period_start: date
    cutoff: date

    @property
    def start(self) -> date:
        """The first day shown: the earliest band, but at most a year before the period."""
        earliest = self.bands["start"].min().date() if len(self.bands) else self.period_start
        return min(self.period_start, max(earliest, self.period_start - timedelta(days=_BACK)))

    def page(self, first: int) -> Timeline:
        """The sheet that begins with policy number ``first``; all sheets share one scale only by chance."""
        policies = self.policies.iloc[first : first + MOST_ROWS]
        bands, marks = (frame.loc[frame["policy_id"].isin(policies["policy_id"])] for frame in (self.bands, self.marks))
        return Timeline(policies, bands, marks, self.period_start, self.cutoff)


def timeline(chart: Timeline) -> str:
    """Return the SVG of one sheet (at most ``MOST_ROWS`` policies)."""
    entries = _entries(chart)
    top = key_height(entries) + TITLE
    height = top + ROW * max(1, len(chart.policies)) + BOTTOM
    return draw(partial(_paint, chart=chart, entries=entries), height, (LEFT, RIGHT, top, BOTTOM))


def mark_group(form: str) -> str:
    """Return the group of forms that share a mark."""
    return _FORM_OF.get(form, "other")


def _entries(chart: Timeline) -> list[Entry]:
    states = set(chart.bands["state"])
    told = sorted(set(chart.bands["stage"]))  # a silent stage bears its label too
    entries = [Entry(_STAGE_WORDS[stage], {"facecolor": _STAGE_FILL[stage], "edgecolor": INK}) for stage in told]
    entries += [Entry("Giai đoạn đã đến, chưa truyền thông", _SILENT)] if "silent" in states else []
    entries += [Entry("Giai đoạn mới bắt đầu, chưa đánh giá", _WAITING)] if "waiting" in states else []
    used = {mark_group(form) for form in chart.marks["form"]}
    return entries + [Entry(words, _MARK, marker) for key, (marker, words, _) in FORMS.items() if key in used]


def _paint(sheet: Sheet, *, chart: Timeline, entries: Sequence[Entry]) -> None:
    axes, start, cutoff = sheet.axes, chart.start.toordinal(), chart.cutoff.toordinal() + 1
    end = cutoff + max(3, round((cutoff - start) * 0.05))
    axes.set_xlim(start, end)
    axes.set_ylim(max(1, len(chart.policies)) - 0.5, -0.5)
    axes.axvspan(chart.period_start.toordinal(), cutoff, color="#f3f3f3", zorder=0, linewidth=0)
    bare(axes, keep=("bottom",))
    _ticks(sheet, chart.start, chart.cutoff)
    draw_key(sheet, entries)
    _dates(sheet, chart, (start, end))
    for row, policy in enumerate(chart.policies.to_dict("records")):
        _label(sheet, row, policy["title"])
        bands = chart.bands.loc[chart.bands["policy_id"] == policy["policy_id"]]
        for band in bands.to_dict("records"):
            _band(sheet, row, band, (start, end))
        if policy["open"]:
            axes.plot([cutoff, end], [row + _BAND_TOP + _BAND / 2] * 2, color=GREY, linestyle=(0, (1, 2)), linewidth=1)
        _marks(sheet, row, chart.marks.loc[chart.marks["policy_id"] == policy["policy_id"]], (start, end))
        if row:
            axes.axhline(row - 0.5, color="#dddddd", linewidth=0.5, zorder=0.5)
    axes.axvline(cutoff, color="#222222", linewidth=1, zorder=4)


def _label(sheet: Sheet, row: int, title: str) -> None:
    lines = wrapped(title, LEFT - 3, size=LABEL_SIZE, lines=3)
    y = sheet.top + ROW * (row + 0.5)
    for at, line in enumerate(lines):
        sheet.write(0.5, y + (at - (len(lines) - 1) / 2) * 3.5, line, fontsize=LABEL_SIZE, va="center_baseline")


def _band(sheet: Sheet, row: int, band: dict, limits: tuple[int, int]) -> None:
    start, end = max(band["start"].toordinal(), limits[0]), band["end"].toordinal() + 1
    if end <= start:
        return
    covered = band["state"] == "covered"
    style = {"covered": {"facecolor": _STAGE_FILL[band["stage"]], "edgecolor": INK}, "silent": _SILENT}
    look = style.get(band["state"], _WAITING)
    sheet.axes.barh(row + _BAND_TOP + _BAND / 2, end - start, left=start, height=_BAND, linewidth=0.6, zorder=2, **look)
    room = (end - start) / (limits[1] - limits[0]) * sheet.plot_width
    words = (
        band["stage"]
        if covered
        else f"{band['stage']} chưa truyền thông"
        if band["state"] == "silent"
        else band["stage"]
    )
    if text_width(words, 7) + 2 > room:
        words = band["stage"]
    if text_width(words, 7) + (_HATCH_ROOM if band["state"] == "silent" else 1) > room:
        return
    colour = "#ffffff" if covered and band["stage"] == "G3" else "#222222"
    back = None if covered else {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.2}
    sheet.axes.text(
        (start + end) / 2,
        row + _BAND_TOP + _BAND / 2,
        words,
        ha="center",
        va="center_baseline",
        fontsize=7,
        color=colour,
        bbox=back,
        zorder=3,
    )


def _marks(sheet: Sheet, row: int, marks: pd.DataFrame, limits: tuple[int, int]) -> None:
    """Draw one mark for each group of forms and day, each in the first lane where it touches no other."""
    shown = {(day.toordinal(), mark_group(form)) for form, day in zip(marks["form"], marks["date"], strict=True)}
    scale = sheet.plot_width / (limits[1] - limits[0])
    last = [-_MARK_ROOM] * len(_LANES)
    for day, group in sorted(shown):
        if day < limits[0]:
            continue
        x = (day - limits[0]) * scale
        free = [lane for lane, at in enumerate(last) if x - at >= _MARK_ROOM]
        lane = free[0] if free else last.index(min(last))
        last[lane] = x
        marker = {"marker": FORMS[group][0], "linestyle": "none", **_MARK}
        sheet.axes.plot([day + 0.5], [row + _LANES[lane]], zorder=5, clip_on=False, **marker)


def _dates(sheet: Sheet, chart: Timeline, limits: tuple[int, int]) -> None:
    """Say above the rows which stretch is the period and which day the cut-off."""
    scale = sheet.plot_width / (limits[1] - limits[0])
    at = sheet.left + (chart.cutoff.toordinal() + 1 - limits[0]) * scale
    y = sheet.top - 2.2
    words = f"Chốt số liệu {chart.cutoff.day}/{chart.cutoff.month}/{chart.cutoff.year}"
    sheet.write(
        min(at, sheet.left + sheet.plot_width),
        y,
        words,
        fontsize=7.5,
        ha="right",
        va="center_baseline",
        fontweight="bold",
    )
    begin = sheet.left + (chart.period_start.toordinal() - limits[0]) * scale
    if at - begin > text_width(words, 7.5, "bold") + text_width("Kỳ báo cáo", 7.5) + 4:
        sheet.write(begin + 0.5, y, "Kỳ báo cáo", fontsize=7.5, va="center_baseline", color=GREY)


def _ticks(sheet: Sheet, start: date, end: date) -> None:
    months = [(y, m) for y in range(start.year, end.year + 1) for m in range(1, 13)]
    days = [date(y, m, 1) for y, m in months if start <= date(y, m, 1) <= end]
    room = max(1, int(sheet.plot_width / 15))
    step = next((step for step in (1, 2, 3, 6, 12, 24) if len(days) <= room * step), 60)
    days = [day for day in days if (day.month - 1 + 12 * (day.year % 10)) % step == 0]
    axes = sheet.axes
    axes.set_xticks([day.toordinal() for day in days], [f"{day.month}/{day.year}" for day in days])
    for label, day in zip(axes.get_xticklabels(), days, strict=True):
        share = (day.toordinal() - start.toordinal()) / max(1, (end - start).days)
        label.set_ha("right" if share > 0.94 else "center")
