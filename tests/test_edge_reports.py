"""Whole runs at the edges: an empty plan after the two-tier reform, one unit alone with nothing but errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.in_process import run_here
from tests.small_folder import ACTIVITY, UNITS, write_folder


def page(folder: Path, unit: str) -> str:
    text = BeautifulSoup((folder / unit / "report.html").read_text(encoding="utf-8"), "html.parser").get_text(" ")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def after_the_reform(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("reform")
    return run_here(write_folder(place / "data"), place, "2025-H2")


@pytest.fixture(scope="module")
def only_errors(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("errors")
    bad = [{**ACTIVITY, "activity_id": f"HD-{n}", "date": "31/02/2024"} for n in range(3)]
    unit = {key: value for key, value in UNITS[2].items() if key != "parent_id"}
    tables = {"activities": bad, "submissions": [{"period": "2024-H1", "sent_date": "ngày mai"}]}
    return run_here(write_folder(place / "data", units=[unit], collected={(2024, "XA-1"): tables}), place, "2024-H1")


def test_after_the_reform_province_and_communes_have_reports_and_the_district_has_none(after_the_reform):
    reports = sorted(path.parent.name for path in after_the_reform.glob("*/report.pdf"))
    assert reports == ["TINH-1", "XA-1"]


def test_an_empty_plan_says_so_and_shows_no_percentage_of_nothing(after_the_reform):
    text = page(after_the_reform, "XA-1")
    assert "không phát sinh" in text.casefold()
    figures = text.split("Chỉ số, cách tính và kết quả")[0]
    assert not re.search(r"\b(0|100)% \(0/0\)", figures)
    assert "nan" not in text.casefold().split() and "None" not in text and "NaT" not in text


def test_a_unit_with_nothing_but_errors_has_a_report_that_says_so(only_errors):
    text = page(only_errors, "XA-1")
    assert (only_errors / "XA-1" / "report.pdf").stat().st_size > 10_000
    assert "31/02/2024" in (only_errors / "findings.csv").read_text(encoding="utf-8")
    assert "0% (0/4)" in text  # DL-01: none of the four rows is valid
    assert "None" not in text and "NaT" not in text
