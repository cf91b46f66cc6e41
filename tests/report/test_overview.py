"""The index pages made from a period's data: units, figures, files and how reports stand."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sample_period import period_data

from kit.indicators.catalog import INDICATORS
from kit.periods import parse_period
from kit.report.issues import IssueState
from kit.report.overview import AtHand, in_tree_order, render_overview, without_circles
from kit.report.periods_page import PeriodRecord, render_periods


@pytest.fixture(scope="module")
def data():
    return period_data()


def row_of(html: str, name: str) -> str:
    return re.search(rf"<tr[^>]*><th scope=row>{name}.*?(?=<tr|</table)", html, re.DOTALL)[0]


def line_of(html: str, unit: str) -> list[str]:
    return re.search(rf"^{unit}\t.*$", html, re.MULTILINE)[0].split("\t")


def test_only_files_at_hand_are_linked(data):
    hand = AtHand({"XA-01": ("report.html", "annex.xlsx")}, returned={"XA-01", "XA-02"})
    html = render_overview(data, hand, version="1")
    assert re.findall(r'href="([^"]*)"', row_of(html, "Xã Mẫu Một")) == [
        *("XA-01/report.html", "XA-01/annex.xlsx", "returned/XA-01.xlsx")
    ]
    assert re.findall(r'href="([^"]*)"', row_of(html, "Xã Mẫu Hai")) == ["returned/XA-02.xlsx"]
    assert "Chưa lập báo cáo" in row_of(html, "Xã Mẫu Hai")


def test_an_issued_report_is_told_from_a_draft(data):
    state = IssueState("issued", "Đã ban hành số 45/BC-UBND", 1, "45/BC-UBND", date(2024, 7, 5))
    html = render_overview(data, AtHand(dict.fromkeys(("XA-01", "XA-02"), ()), {"XA-01": state}), version="1")
    assert "Đã ban hành số 45/BC-UBND" in row_of(html, "Xã Mẫu Một")
    assert "Dự thảo" in row_of(html, "Xã Mẫu Hai")
    assert "<li><b>1</b>báo cáo đã ban hành</li>" in html


def test_every_unit_has_all_indicators_and_how_it_has_sent(data):
    html = render_overview(data, AtHand(), version="1")
    lines = {unit: line_of(html, unit) for unit in data.units["unit_id"]}
    assert {len(line) for line in lines.values()} == {8 + len(INDICATORS)}
    assert {line[4] for line in lines.values()} <= {"on_time", "late", "missing"}
    assert re.fullmatch(r"[myx]\d+,\d%? ?\(\d+/\d+\)|[myx]\d+% \(\d+/\d+\)", lines["XA-01"][8])


def test_the_rate_of_sending_stands_beside_the_units_below(data):
    html = render_overview(data, AtHand(), version="1")
    assert re.search(r"<span>Huyện Mẫu Đông</span> <i>6 xã, phường, thị trấn, đã gửi báo cáo [^<]*\(\d/7\)</i>", html)


def test_units_below_themselves_are_left_at_the_top():
    parents = without_circles({"a": "b", "b": "a", "c": "a"})
    assert sorted(in_tree_order(["a", "b", "c"], parents)) == ["a", "b", "c"]


def record(data, code: str, built=frozenset()) -> PeriodRecord:
    units = data.units[["unit_id", "name", "level", "parent_id"]]
    return PeriodRecord(parse_period(code), data.results, units, built, "Số liệu mẫu")


def test_the_page_of_all_periods_has_the_newest_first_and_links_down(data):
    records = [record(data, "2023-Y"), record(data, "2024-H1", frozenset({"XA-01"})), record(data, "2024-Q1")]
    html = render_periods(records, version="1")
    assert re.findall(r'href="([^"]*/index\.html)"', html) == [
        *("2024-H1/index.html", "2024-Q1/index.html", "2023-Y/index.html")
    ]
    assert re.findall(r'href="([^"]*/report\.html)"', html) == ["2024-H1/XA-01/report.html"]
    assert html == render_periods(records[::-1], version="1")


def test_a_unit_that_a_period_did_not_know_has_a_dash_there(data):
    older = record(data, "2023-Y")
    older = replace(older, units=older.units[older.units["unit_id"] != "XA-06"])
    older = replace(older, results=older.results[older.results["unit_id"] != "XA-06"])
    html = render_periods([record(data, "2024-H1"), older], version="1")
    assert row_of(html, "Xã Mẫu Sáu").endswith("<td>–")


def test_no_period_gives_a_readable_page():
    assert "Chưa có kỳ báo cáo nào." in render_periods([], version="1")
