"""The charts: nothing cut off, text plain, the same bytes, no global state, readable for 1 and 40 rows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from kit.report.charts.canvas import WIDTH
from kit.report.charts.dots import Dot, Scale, dots
from kit.report.charts.heat import MOST_COLUMNS as HEAT_COLUMNS
from kit.report.charts.heat import MOST_ROWS as HEAT_ROWS
from kit.report.charts.heat import Cell, HeatRow, heat
from kit.report.charts.panels import MOST_PANELS, Panel, Point, _runs, panels
from kit.report.charts.stacked import state_bars
from kit.report.charts.style import STYLE, text_width, wrapped
from kit.report.charts.timeline import MOST_ROWS, Timeline, mark_group, rows
from kit.report.charts.timeline_sheet import timeline
from kit.schema.load import load_schema
from tests.report.charts.drawn import cut_off, size, words

LONG = (
    "Nghị quyết quy định chính sách hỗ trợ đối với người hoạt động không chuyên trách ở cấp xã, ở thôn, tổ dân phố " * 3
)
HOSTILE = "$x$ <script>alert(1)</script> _i_ \\frac{1}{2} &amp; \x07" + "ỵ" * 90
TITLES = (LONG, HOSTILE, "Luật Đất đai (sửa đổi)", "X")


def chart(count: int, titles: tuple[str, ...] = TITLES) -> Timeline:
    """A timeline of so many policies: three stages each, the second silent, the third in its first days."""
    start = date(2023, 10, 1)
    policies, bands, marks = [], [], []
    for n in range(count):
        first = start + timedelta(days=5 * n)
        stops = [first, first + timedelta(days=60), date(2024, 6, 10), date(2024, 6, 14)]
        policies.append({"policy_id": f"P{n}", "title": titles[n % len(titles)], "open": n % 2 == 0})
        for at, state in enumerate(("covered", "silent", "waiting")):
            end = stops[at + 1] - timedelta(days=1)
            bands.append({"policy_id": f"P{n}", "stage": f"G{at + 1}", "start": stops[at], "end": end, "state": state})
        marks += [
            {"policy_id": f"P{n}", "date": first + timedelta(days=3 * k), "form": form} for k, form in enumerate(FORMS)
        ]
    return Timeline(policies, bands, marks, date(2023, 12, 15), date(2024, 6, 14))


FORMS = tuple(load_schema().codelists["activity_form"].codes)
COUNTS = [
    ("Xây dựng kế hoạch", {"on_time": 8, "late": 1, "overdue": 2, "open": 0}),
    (LONG, {"on_time": 0, "late": 0, "overdue": 30, "open": 1}),
    (HOSTILE, {"on_time": 1, "late": 0, "overdue": 0, "open": 0}),
]
WHOLE = Dot("Toàn tỉnh Mẫu", 30.0, "30,0% (30/100)", whole=True)
HEAT = [
    HeatRow(LONG, tuple(Cell(words, share, status) for _ in range(HEAT_COLUMNS)), whole=n == HEAT_ROWS - 1)
    for n, (words, share, status) in enumerate(
        [("100°", 100.0, "met"), ("33,3", 33.3, "not_met"), ("–", None, ""), ("…", None, "no_data")] * (HEAT_ROWS // 4)
    )
]


def panel(title: str) -> Panel:
    """Three periods: a small denominator, nothing, then a figure after a break."""
    points = (Point(0.0, "0%", small=True), Point(None, "–"), Point(83.3, "83,3%"))
    return Panel(title, points, breaks=((2, "01/7/2025"),), target=70.0)


DRAWN = {
    "timeline of one": lambda: timeline(chart(1)),
    "timeline of a page": lambda: timeline(chart(MOST_ROWS)),
    "tasks": lambda: state_bars(COUNTS),
    "dots": lambda: dots(
        [Dot(LONG, 100.0, "100% (28/28)"), Dot(HOSTILE, 0.0, "0% (0/12)"), Dot("Xã A", 50.0, "50,0% (1/2)", True)],
        target=100.0,
        target_words="Chỉ tiêu 100%",
    ),
    "dots with remarks": lambda: dots(
        [Dot(LONG, 50.0, "50,0% (5/10)"), "… 120 đơn vị ở giữa …", Dot("Xã B", 1.0, "1,0% (1/100)"), WHOLE], target=70.0
    ),
    "dots of counts": lambda: dots([Dot(LONG, 123456.0, "123.456")], scale=Scale.over([123456.0], "")),
    "heat of a page": lambda: heat([(f"CS-{n:02d}", LONG) for n in range(HEAT_COLUMNS)], HEAT),
    "heat of one": lambda: heat([("CS-01", "Đủ các giai đoạn")], [HeatRow(LONG, HEAT[0].cells[:1])]),
    "panels of a page": lambda: panels([panel(LONG)] * MOST_PANELS, ["quý I/2023", "quý II/2023", "quý III/2023"]),
    "panel of one period": lambda: panels([Panel(HOSTILE, (Point(1e6, "1.000.000"),), most=1e6)], ["2024"]),
    "dots of a page": lambda: dots([Dot(f"Xã {n}", float(n), f"{n}% ({n}/100)") for n in range(30)], target=0.0),
}


@pytest.mark.parametrize("name", DRAWN)
def test_no_label_is_cut_off(name):
    svg = DRAWN[name]()
    assert words(svg)
    assert cut_off(svg) == []


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_as_wide_as_the_text_and_fits_a_page(name):
    width, height = size(DRAWN[name]())
    assert width == pytest.approx(WIDTH / 25.4 * 72, abs=0.1)
    assert height / 72 * 25.4 < 190


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_data_gives_the_same_bytes(name):
    assert DRAWN[name]() == DRAWN[name]()


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_of_the_machine_and_the_clock_is_in_the_file(name):
    svg = DRAWN[name]()
    assert "<dc:date>" not in svg and "dc:creator" not in svg.lower()
    assert "DejaVu Sans" in svg


@pytest.mark.parametrize("name", ["timeline of a page", "tasks", "dots"])
def test_hostile_text_stays_text(name):
    svg = DRAWN[name]()
    root = ElementTree.fromstring(svg)
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert any(word.text.startswith("$x$") for word in words(svg))


def test_stages_silences_and_the_cutoff_are_said_in_words():
    said = {word.text for word in words(timeline(chart(2)))}
    assert {"G1", "Chốt số liệu 14/6/2024", "Kỳ báo cáo", "Giai đoạn đã đến, chưa truyền thông"} <= said
    assert any("G2 chưa truyền thông" in text for text in said)


def test_the_key_names_only_what_is_drawn():
    whole = chart(1)
    calm = Timeline(
        whole.policies,
        [band for band in whole.bands if band["state"] == "covered"],
        whole.marks[:1],
        whole.period_start,
        whole.cutoff,
    )
    said = {word.text for word in words(timeline(calm))}
    assert "Báo chí" in said
    assert not said & {"Truyền thanh cơ sở", "Giai đoạn đã đến, chưa truyền thông", "G2 – lấy ý kiến dự thảo"}


def test_forty_policies_are_told_on_sheets_of_their_own():
    whole = chart(40)
    sheets = [whole.page(first) for first in range(0, 40, MOST_ROWS)]
    assert [len(sheet.policies) for sheet in sheets] == [12, 12, 12, 4]
    assert {band["policy_id"] for band in sheets[-1].bands} == {"P36", "P37", "P38", "P39"}


def test_a_window_that_began_years_ago_is_clipped_not_lost():
    whole = chart(1)
    old = [{**band, "start": date(2015, 1, 1)} for band in whole.bands]
    long_ago = Timeline(whole.policies, old, whole.marks, whole.period_start, whole.cutoff)
    assert long_ago.start == date(2022, 12, 15)
    assert cut_off(timeline(long_ago)) == []


def test_a_long_silence_is_measured_from_one_communication_to_the_next():
    whole = chart(1)
    told = [{**mark, "date": date(2023, 10, 5)} for mark in whole.marks]
    quiet = replace(whole, marks=told)
    assert quiet.silences("P0") == [(date(2023, 10, 5), date(2024, 6, 13))]
    assert "252 ngày" in {word.text for word in words(timeline(quiet))}
    assert replace(quiet, silence_days=400).silences("P0") == []


def test_communications_of_one_form_on_one_day_are_one_mark_but_all_are_counted():
    whole = chart(1)
    crowd = replace(whole, marks=[{**mark, "date": date(2023, 10, 5)} for mark in whole.marks])
    (row,) = rows(crowd)
    assert row.told == len(FORMS)
    assert sorted(lane for _, lane, _ in row.marks) == [0, 1, 2, 3, 4]  # the five groups, none upon another
    assert str(len(FORMS)) in {word.text for word in words(timeline(crowd))}


def test_an_adopted_policy_says_when_and_an_open_one_does_not():
    whole = chart(2)
    bands = [{**band, "end": min(band["end"], date(2024, 2, 20))} for band in whole.bands]
    early = replace(whole, bands=[band for band in bands if band["start"] < band["end"]])
    said = [word.text for word in words(timeline(early))]
    assert len([text for text in said if text.startswith("thông qua")]) == 1  # P0 is open, P1 is not


def test_months_are_printed_as_in_the_tables():
    said = {word.text for word in words(timeline(chart(2)))}
    assert any(text.startswith(("01/", "02/")) for text in said)
    assert not any(text.startswith(("1/20", "2/20", "04/20", "07/20")) for text in said)


def test_all_sheets_share_one_scale():
    whole = chart(40)
    assert {whole.page(first).limits for first in range(0, 40, MOST_ROWS)} == {whole.limits}


def test_a_break_parts_the_line_of_a_panel_and_is_dated():
    drawn = panels([panel("Xã Mẫu Ba")], ["2023", "2024", "2025"])
    assert {"01/7/2025", "83,3%", "2023", "2025"} <= {word.text for word in words(drawn)}
    whole = Panel("X", (Point(1.0, "1"), Point(2.0, "2"), Point(3.0, "3")), most=3.0)
    assert _runs(whole) == [[0, 1, 2]]
    assert _runs(replace(whole, breaks=((2, ""),))) == [[0, 1]]


def test_every_form_has_a_mark():
    assert {mark_group(form) for form in FORMS} == {"press", "loudspeaker", "online", "meeting", "other"}
    assert mark_group("unheard of") == "other"


def test_labels_are_wrapped_measured_and_ended():
    lines = wrapped(LONG, 50, lines=2)
    assert len(lines) == 2 and lines[-1].endswith("…")
    assert all(text_width(line) <= 50 for line in lines)
    assert wrapped("", 50) == ["–"]
    assert all(text_width(line) <= 20 for line in wrapped("ỵ" * 200, 20, lines=3))


def test_the_style_sheet_sets_the_charts(monkeypatch):
    before = dots([WHOLE])
    monkeypatch.setitem(STYLE, "text.color", "#012345")
    monkeypatch.setitem(STYLE, "axes.linewidth", 7.25)
    assert "fill: #012345" in dots([WHOLE]) and "fill: #012345" not in before
    assert "stroke-width: 7.25" in dots([WHOLE]) and "stroke-width: 7.25" not in before


def test_what_is_overdue_is_hatched_with_matplotlibs_pattern():
    assert "<pattern" in state_bars(COUNTS)
    assert "<pattern" not in dots([WHOLE])


def test_drawing_leaves_matplotlib_as_it_was():
    before = dict(mpl.rcParams)
    timeline(chart(1))
    assert dict(mpl.rcParams) == before


def test_no_chart_needs_pyplot():
    code = (
        "import sys\n"
        "from kit.report.charts.dots import Dot, dots\n"
        "dots([Dot('a', 1.0, '1')])\n"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("overdue", "grounds"), [(0, 0), (3, 1)])
def test_only_a_number_on_hatching_has_a_white_ground(overdue, grounds):
    svg = state_bars([("Quán triệt", {"on_time": 8, "late": 5, "overdue": overdue, "open": 4})])
    white = [part for part in svg.split("<path")[1:] if "fill: #ffffff" in part and "stroke:" not in part]
    assert len(white) == 1 + grounds  # the sheet itself is white
