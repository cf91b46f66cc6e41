"""The policy timeline: what stands where on a sheet – windows, stages, communications in lanes, long silences.

``kit.report.charts.timeline_sheet`` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

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
    """What is drawn, as records. ``policies``: ``policy_id``, ``title``, ``open`` (goes on after T), in order.

    ``bands``: ``policy_id``, ``stage``, ``start``, ``end`` (both included, at most T), ``state`` (covered, silent,
    waiting). ``marks``: ``policy_id``, ``date``, ``form``. ``shown_from`` is the first day of the scale; by default the
    earliest band, but at most a year before the period. A gap of more than ``silence_days`` is measured and written.
    """

    policies: Sequence[dict]
    bands: Sequence[dict]
    marks: Sequence[dict]
    period_start: date
    cutoff: date
    silence_days: int = 60
    shown_from: date | None = None

    @cached_property
    def start(self) -> date:
        """The first day shown."""
        if self.shown_from:
            return self.shown_from
        earliest = min((band["start"] for band in self.bands), default=self.period_start)
        return min(self.period_start, max(earliest, self.period_start - timedelta(days=_BACK)))

    @cached_property
    def limits(self) -> tuple[int, int]:
        """The scale in ordinal days: the first day shown, and a little after T for what goes on."""
        start, after = self.start.toordinal(), self.cutoff.toordinal() + 1
        return start, after + max(3, round((after - start) * 0.05))

    def page(self, first: int) -> Timeline:
        """The sheet that begins with policy number ``first``; all sheets share one scale."""
        policies = self.policies[first : first + MOST_ROWS]
        shown = {policy["policy_id"] for policy in policies}
        bands, marks = ([one for one in rows if one["policy_id"] in shown] for rows in (self.bands, self.marks))
        return replace(self, policies=policies, bands=bands, marks=marks, shown_from=self.start)

    def bands_of(self, policy_id: str) -> Sequence[dict]:
        """The bands of one policy."""
        return self._bands.get(policy_id, ())

    def marks_of(self, policy_id: str) -> Sequence[dict]:
        """The communications of one policy."""
        return self._marks.get(policy_id, ())

    def told(self, band: dict) -> int:
        """How many communications a band has."""
        return sum(band["start"] <= one["date"] <= band["end"] for one in self.marks_of(band["policy_id"]))

    @cached_property
    def _bands(self) -> dict[str, list[dict]]:
        return _by_policy(self.bands)

    @cached_property
    def _marks(self) -> dict[str, list[dict]]:
        return _by_policy(self.marks)

    def silences(self, policy_id: str) -> list[tuple[date, date]]:
        """The stretches of a window without any communication for too long: (after, until)."""
        bands, told = self.bands_of(policy_id), [one["date"] for one in self.marks_of(policy_id)]
        if not bands:
            return []
        first, last = min(one["start"] for one in bands), max(one["end"] for one in bands)
        stops = [first, *sorted(day for day in told if first <= day <= last), last]
        return [(after, until) for after, until in pairwise(stops) if (until - after).days > self.silence_days]


def _by_policy(rows: Sequence[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for one in rows:
        found.setdefault(one["policy_id"], []).append(one)
    return found


@dataclass(frozen=True)
class Row:
    """One policy as drawn: lines of its title, its bands, marks ``(day, lane, group)``, gaps, number of marks."""

    lines: tuple[str, ...]
    bands: Sequence[dict]
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
    return [
        Row(
            tuple(wrapped(policy["title"], LEFT - 3, size=LABEL_SIZE, lines=3)),
            chart.bands_of(policy["policy_id"]),
            tuple(_lanes(chart, chart.marks_of(policy["policy_id"]))),
            tuple(chart.silences(policy["policy_id"])),
            len(chart.marks_of(policy["policy_id"])),
            bool(policy["open"]),
        )
        for policy in chart.policies
    ]


def mark_group(form: str) -> str:
    """Return the group of forms that share a mark."""
    return _FORM_OF.get(form, "other")


def _lanes(chart: Timeline, marks: Sequence[dict]) -> list[tuple[int, int, str]]:
    """Put each mark in the first lane where it touches no other; one of the same form so near is drawn once."""
    first, last = chart.limits
    scale = (WIDTH - LEFT - RIGHT) / (last - first)
    shown = {(one["date"].toordinal(), mark_group(one["form"])) for one in marks}
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
