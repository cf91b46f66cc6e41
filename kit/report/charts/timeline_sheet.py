"""The policy timeline drawn: stages as bands, silences hatched or measured, communications as marks, the cut-off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from kit.report.charts.canvas import Sheet, bare, draw
from kit.report.charts.key import Entry, draw_key
from kit.report.charts.key import height as key_height
from kit.report.charts.style import ALARM, GREY, INK, MIDDLE, PALE, text_width
from kit.report.charts.timeline import (
    BAND,
    FORMS,
    LABEL_LINE,
    LABEL_SIZE,
    LANE,
    LEFT,
    MARK_ROOM,
    RIGHT,
    Row,
    Timeline,
    rows,
)
from kit.report.words import day_month, short_date

_BOTTOM, _TITLE = 7.0, 5.0  # mm
_HATCH_ROOM = 2.4  # mm of hatching that stay visible beside a label
_STAGE_FILL = {"G1": PALE, "G2": MIDDLE, "G3": INK}
_STAGE_WORDS = {
    "G1": "G1 – lấy ý kiến đề nghị xây dựng",
    "G2": "G2 – lấy ý kiến dự thảo",
    "G3": "G3 – thẩm định, thẩm tra",
}
_SILENT = {"facecolor": "#ffffff", "edgecolor": ALARM, "hatch": "//////"}
_WAITING = {"facecolor": "#ffffff", "edgecolor": "#777777", "linestyle": (0, (2, 2))}
_PERIOD = {"facecolor": "#f0f0f0", "edgecolor": "#bbbbbb"}
_MARK = {"markersize": 4.2, "markerfacecolor": "#222222", "markeredgecolor": "#ffffff", "markeredgewidth": 0.4}


def timeline(chart: Timeline) -> str:
    """Return the SVG of one sheet (at most ``MOST_ROWS`` policies)."""
    drawn = rows(chart)
    each = max((row.height for row in drawn), default=8.0)
    entries = _entries(chart, drawn)
    top = key_height(entries) + _TITLE
    height = top + each * max(1, len(drawn)) + _BOTTOM
    paint = partial(_paint, chart=chart, drawn=drawn, each=each, entries=entries)
    return draw(paint, height, (LEFT, RIGHT, top, _BOTTOM))


def _entries(chart: Timeline, drawn: Sequence[Row]) -> list[Entry]:
    states = {band["state"] for band in chart.bands}
    told = sorted({band["stage"] for band in chart.bands})  # a silent stage bears its label too
    entries = [Entry(_STAGE_WORDS[stage], {"facecolor": _STAGE_FILL[stage], "edgecolor": INK}) for stage in told]
    entries += [Entry("Giai đoạn đã đến, chưa truyền thông", _SILENT)] if "silent" in states else []
    entries += [Entry("Giai đoạn mới bắt đầu, chưa đánh giá", _WAITING)] if "waiting" in states else []
    used = {group for row in drawn for _, _, group in row.marks}
    entries += [Entry(words, _MARK, marker) for key, (marker, words, _) in FORMS.items() if key in used]
    return [*entries, Entry("Kỳ báo cáo", _PERIOD)]


def _paint(sheet: Sheet, *, chart: Timeline, drawn: Sequence[Row], each: float, entries: Sequence[Entry]) -> None:
    """The vertical scale of the axes is mm from the top of the first row, so that lanes and bands keep their size."""
    axes, limits = sheet.axes, chart.limits
    whole, cutoff = each * max(1, len(drawn)), chart.cutoff.toordinal() + 1
    axes.set_xlim(*limits)
    axes.set_ylim(whole, 0)
    bare(axes, keep=("bottom",))
    start = chart.period_start.toordinal()
    axes.rectangle((start, 0), cutoff - start, whole, facecolor=_PERIOD["facecolor"], zorder=0)
    _ticks(sheet, chart)
    draw_key(sheet, entries)
    _headings(sheet, chart)
    # Each row with the lower edge of its content.
    placed = [(row, (at + 1) * each - (each - row.height) / 2) for at, row in enumerate(drawn)]
    for row, low in placed:
        _row(sheet, chart, row, low)
    _silences(sheet, chart, [(gap, _lane(low, 0.45)) for row, low in placed for gap in row.silences])
    _goes_on(sheet, chart, [_middle(low) for row, low in placed if row.open])
    if len(drawn) > 1:
        lines = [at * each for at in range(1, len(drawn))]
        axes.hlines(lines, *limits, colors="#dddddd", linewidth=0.5, zorder=0.5)
    _marks(sheet, placed)
    axes.vlines(cutoff, 0, whole, colors="#222222", linewidth=1.2, zorder=4)


def _row(sheet: Sheet, chart: Timeline, row: Row, low: float) -> None:
    """Draw one row whose content ends ``low`` mm below the top of the axes."""
    middle = sheet.top + low - row.height / 2
    for at, line in enumerate(row.lines):
        y = middle + (at - (len(row.lines) - 1) / 2) * LABEL_LINE
        sheet.write(0.5, y, line, fontsize=LABEL_SIZE, va="center_baseline")
    band = _middle(low)
    for one in row.bands:
        _band(sheet, chart, one, band)
    if row.bands and not row.open:
        _adopted(sheet, chart, row.bands[-1]["end"], band)
    right = sheet.left + sheet.plot_width + sheet.right - 1
    style = {"fontsize": LABEL_SIZE, "ha": "right", "va": "center_baseline"}
    sheet.write(right, sheet.top + band, str(row.told), fontweight="bold" if not row.told else "normal", **style)


def _middle(low: float) -> float:
    """The middle of the bands of a row whose content ends at ``low``."""
    return low - BAND / 2 - 0.45


def _lane(low: float, lane: float) -> float:
    return low - 0.45 - BAND - 0.25 - LANE * (lane + 0.5)


def _scale(sheet: Sheet, chart: Timeline) -> float:
    """Millimetres for a day."""
    first, last = chart.limits
    return sheet.plot_width / (last - first)


def _band(sheet: Sheet, chart: Timeline, band: dict, y: float) -> None:
    first = chart.limits[0]
    start, end = max(band["start"].toordinal(), first), band["end"].toordinal() + 1
    if end <= start:
        return
    covered, silent = band["state"] == "covered", band["state"] == "silent"
    look = {"facecolor": _STAGE_FILL[band["stage"]], "edgecolor": INK} if covered else _SILENT if silent else _WAITING
    sheet.axes.rectangle((start, y - BAND / 2), end - start, BAND, linewidth=0.6, zorder=2, **look)
    since = f"{band['stage']} (từ {_month(band['start'])})"
    told = [since] if band["start"].toordinal() < first else []
    told += [f"{band['stage']} chưa truyền thông"] if silent else []
    room = (end - start) * _scale(sheet, chart)
    words = next((w for w in told if text_width(w, 7) + 2 <= room), band["stage"])
    if text_width(words, 7) + (_HATCH_ROOM if silent else 1) > room:
        return
    _inside(sheet, ((start + end) / 2, y), words, "" if covered else "#ffffff", band["stage"] == "G3" and covered)


def _inside(sheet: Sheet, at: tuple[float, float], words: str, back: str, light: bool = False) -> None:
    box = {"facecolor": back, "edgecolor": "none", "pad": 0.5} if back else None
    colour = "#ffffff" if light else "#222222"
    style = {"ha": "center", "va": "center_baseline", "fontsize": 7, "color": colour, "bbox": box, "zorder": 3}
    sheet.axes.text(*at, words, **style)


def _silences(sheet: Sheet, chart: Timeline, gaps: Sequence[tuple[tuple[date, date], float]]) -> None:
    """Long stretches without communication: a thin line between its ends, its days on it where they fit."""
    scale, first = _scale(sheet, chart), chart.limits[0]
    pieces: list[tuple[tuple[float, float], float]] = []
    for (after, until), y in gaps:
        start, end = (max(after.toordinal(), first) + MARK_ROOM / 2 / scale, until.toordinal() - MARK_ROOM / 2 / scale)
        words = f"{(until - after).days} ngày"
        half = (text_width(words, 6.5) + 1.6) / 2 / scale
        if (end - start - 2 * half) * scale < 3:
            continue
        middle = (start + end) / 2
        pieces += [((start, middle - half), y), ((middle + half, end), y)]
        style = {"ha": "center", "va": "center_baseline", "fontsize": 6.5, "color": "#555555", "zorder": 3}
        sheet.axes.text(middle, y, words, **style)
    x, y = _lines(pieces)
    sheet.axes.plot(x, y, color=GREY, linewidth=0.7, zorder=1)
    ends = [(piece[at % 2], level) for at, (piece, level) in enumerate(pieces)]
    sheet.axes.plot(*_columns(ends), "|", color=GREY, markersize=3, markeredgewidth=0.7, zorder=1)


def _goes_on(sheet: Sheet, chart: Timeline, levels: Sequence[float]) -> None:
    x, y = _lines([((chart.cutoff.toordinal() + 1, chart.limits[1]), level) for level in levels])
    sheet.axes.plot(x, y, color=GREY, linestyle=(0, (1, 2)), linewidth=1.2)


def _lines(pieces: Sequence[tuple[tuple[float, float], float]]) -> tuple[list[float], list[float]]:
    """Level lines as one broken line: a gap is not a number. Few artists keep a chart cheap."""
    nan = float("nan")
    return [x for (start, end), _ in pieces for x in (start, end, nan)], [
        y for _, level in pieces for y in (level, level, nan)
    ]


def _month(day: date) -> str:
    """A month as the tables print it: 01/2024, 3/2024."""
    return f"{day_month(1, day.month)[1]}/{day.year}"


def _columns(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _adopted(sheet: Sheet, chart: Timeline, day: date, y: float) -> None:
    """Say when the policy was adopted, where there is room before the cut-off."""
    told = (f"thông qua {short_date(day)}", f"thông qua {_month(day)}", "thông qua")
    room = (chart.cutoff.toordinal() - day.toordinal()) * _scale(sheet, chart)
    words = next((one for one in told if text_width(one, 6.5) + 2 <= room), "")
    if words and day.toordinal() >= chart.limits[0]:
        style = {"va": "center_baseline", "fontsize": 6.5, "color": "#444444", "zorder": 3}
        sheet.axes.text(day.toordinal() + 1 + 1.0 / _scale(sheet, chart), y, words, **style)


def _marks(sheet: Sheet, placed: Iterable[tuple[Row, float]]) -> None:
    """Draw all marks of one form at once."""
    spots = [(group, (day + 0.5, _lane(low, lane))) for row, low in placed for day, lane, group in row.marks]
    for group, (marker, _, _) in FORMS.items():
        own = _columns([spot for of, spot in spots if of == group])
        if own[0]:
            sheet.axes.plot(*own, marker=marker, linestyle="none", zorder=5, **_MARK)


def _headings(sheet: Sheet, chart: Timeline) -> None:
    """Say above the rows which day the cut-off is, and what the figures at the end of the rows are."""
    at = sheet.left + (chart.cutoff.toordinal() + 1 - chart.limits[0]) * _scale(sheet, chart)
    words = f"Chốt số liệu {short_date(chart.cutoff)}"
    style = {"fontsize": 7.5, "ha": "right", "va": "center_baseline"}
    sheet.write(at + 0.4, sheet.top - 2.2, words, fontweight="bold", **style)
    sheet.write(sheet.left + sheet.plot_width + sheet.right - 1, sheet.top - 2.2, "Số lần", color="#444444", **style)


def _ticks(sheet: Sheet, chart: Timeline) -> None:
    start, end = chart.start, chart.cutoff
    months = [(y, m) for y in range(start.year, end.year + 1) for m in range(1, 13)]
    days = [date(y, m, 1) for y, m in months if start <= date(y, m, 1) <= end]
    room = max(1, int(sheet.plot_width / 15))
    step = next((step for step in (1, 2, 3, 6, 12, 24) if len(days) <= room * step), 60)
    days = [day for day in days if (day.month - 1 + 12 * (day.year % 10)) % step == 0]
    axes = sheet.axes
    axes.set_xticks([day.toordinal() for day in days], [_month(day) for day in days])
    for label, day in zip(axes.get_xticklabels(), days, strict=True):
        share = (day.toordinal() - start.toordinal()) / max(1, (end - start).days)
        label.set_ha("right" if share > 0.94 else "center")
