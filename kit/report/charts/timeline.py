"""The policy timeline: what stands where on a sheet – windows, stages, communications in lanes, long silences.

``kit.report.charts.timeline_sheet`` draws it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

import pandas as pd

from kit.report.charts.canvas import WIDTH
from kit.report.charts.style import wrapped

MOST_ROWS = 12  # policies on one sheet: more would not fit a page
LEFT, RIGHT = 57.0, 12.0  # mm: titles, number of communications
LABEL_SIZE, LABEL_LINE = 7.5, 3.5  # points, mm
LANE, BAND, AIR = 1.55, 3.6, 0.9  # mm: height of a lane of marks, of a band, the room left in a row
MARK_ROOM = 1.9  # mm: a mark with its gap
_BACK = 365  # days before the period that are shown at most
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
_FORM_OF = {form: group for group, (_, _, forms) in FORMS.items() for form in forms}


@dataclass(frozen=True)
class Timeline:
    """What is drawn. ``policies``: ``policy_id``, ``title``, ``open`` (goes on after T), in order.

    ``bands``: ``policy_id``, ``stage``, ``start``, ``end`` (both included, at most T), ``state`` (covered, silent,
    waiting). ``marks``: ``policy_id``, ``date``, ``form``. ``shown_from`` is the first day of the scale; by default the
    earliest band, but at most a year before the period. A gap of more than ``silence_days`` is measured and written.
    """

    policies: pd.DataFrame
    bands: pd.DataFrame
    marks: pd.DataFrame
    period_start: date
    cutoff: date
    silence_days: int = 60
    shown_from: date | None = None

    @cached_property
    def start(self) -> date:
        """The first day shown."""
        if self.shown_from:
            return self.shown_from
        earliest = self.bands["start"].min().date() if len(self.bands) else self.period_start
        return min(self.period_start, max(earliest, self.period_start - timedelta(days=_BACK)))

    @cached_property
    def limits(self) -> tuple[int, int]:
        """The scale in ordinal days: the first day shown, and a little after T for what goes on."""
        start, after = self.start.toordinal(), self.cutoff.toordinal() + 1
        return start, after + max(3, round((after - start) * 0.05))

    def page(self, first: int) -> Timeline:
        """The sheet that begins with policy number ``first``; all sheets share one scale."""
        policies = self.policies.iloc[first : first + MOST_ROWS]
        bands, marks = (frame.loc[frame["policy_id"].isin(policies["policy_id"])] for frame in (self.bands, self.marks))
        return replace(self, policies=policies, bands=bands, marks=marks, shown_from=self.start)

    def bands_of(self, policy_id: str) -> tuple[dict, ...]:
        """The bands of one policy as records."""
        return self._bands.get(policy_id, ())

    def told(self, band: dict) -> int:
        """How many communications a band has."""
        first, last = band["start"].date(), band["end"].date()
        return sum(first <= day <= last for day in self._days.get(band["policy_id"], ()))

    @cached_property
    def _bands(self) -> dict[str, tuple[dict, ...]]:
        found: dict[str, list[dict]] = {}
        for one in self.bands.to_dict("records"):
            found.setdefault(one["policy_id"], []).append(one)
        return {id: tuple(own) for id, own in found.items()}

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        found: dict[str, list[date]] = {}
        for id, day in zip(self.marks["policy_id"], self.marks["date"], strict=True):
            found.setdefault(id, []).append(day.date())
        return found

    def silences(self, policy_id: str) -> list[tuple[date, date]]:
        """The stretches of a window without any communication for too long: (after, until)."""
        bands, told = self.bands_of(policy_id), self._days.get(policy_id, [])
        if not bands:
            return []
        first, last = min(one["start"] for one in bands).date(), max(one["end"] for one in bands).date()
        stops = [first, *sorted(day for day in told if first <= day <= last), last]
        return [(after, until) for after, until in pairwise(stops) if (until - after).days > self.silence_days]


@dataclass(frozen=True)
class Row:
    """One policy as drawn: lines of its title, its bands, marks ``(day, lane, group)``, gaps, number of marks."""

    lines: tuple[str, ...]
    bands: tuple[dict, ...]
    marks: tuple[tuple[int, int, str], ...]
    silences: tuple[tuple[date, date], ...]
    told: int
    open: bool

    @property
    def height(self) -> float:
        """The least height of the row in mm."""
        lanes = max((lane for _, lane, _ in self.marks), default=0) + 1
        return max(LANE * lanes + BAND + AIR, LABEL_LINE * len(self.lines) + AIR, 8.0)


def rows(chart: Timeline) -> list[Row]:
    """Return the rows of a sheet, in the order of its policies."""
    marks = dict(list(chart.marks.groupby("policy_id", sort=False)))
    return [
        Row(
            tuple(wrapped(policy["title"], LEFT - 3, size=LABEL_SIZE, lines=3)),
            chart.bands_of(policy["policy_id"]),
            tuple(_lanes(chart, marks.get(policy["policy_id"]))),
            tuple(chart.silences(policy["policy_id"])),
            len(marks.get(policy["policy_id"], ())),
            bool(policy["open"]),
        )
        for policy in chart.policies.to_dict("records")
    ]


def mark_group(form: str) -> str:
    """Return the group of forms that share a mark."""
    return _FORM_OF.get(form, "other")


def _lanes(chart: Timeline, marks: pd.DataFrame | None) -> list[tuple[int, int, str]]:
    """Put each mark in the first lane where it touches no other; one of the same form so near is drawn once."""
    if marks is None:
        return []
    first, last = chart.limits
    scale = (WIDTH - LEFT - RIGHT) / (last - first)
    shown = {(day.toordinal(), mark_group(form)) for form, day in zip(marks["form"], marks["date"], strict=True)}
    made: list[tuple[int, int, str]] = []
    in_lane = [float("-inf")] * len(FORMS)
    of_group = dict.fromkeys(FORMS, float("-inf"))
    for day, group in sorted(shown):
        x = (day - first) * scale
        if x < 0 or x - of_group[group] < MARK_ROOM:
            continue
        lane = next(lane for lane, at in enumerate(in_lane) if x - at >= MARK_ROOM)
        in_lane[lane] = of_group[group] = x
        made.append((day, lane, group))
    return made
