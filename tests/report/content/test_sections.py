"""Every section on lifelike data, on nothing, at every level, in every kind of period."""

from __future__ import annotations

import re

import pytest

from kit.errors import UsageError
from kit.report.blocks import Block, Table
from kit.report.report import Report
from tests.report.content.reading import SECTIONS, blocks_of, report, table_named, text_of
from tests.report.sample_period import UNITS, period_data, tables

EVERY_LEVEL = ("XA-01", "XA-06", "HU-01", "SO-TP", "TINH")
# What must never reach a reader: programs' words for missing values, empty brackets, doubled marks.
UNWANTED = re.compile(
    r"\bnan\b|\bNone\b|<NA>|\bNaT\b|\(\)|\( |;\.|,\.|\.\.(?!\.)| ,| ;|(?<!\d)0/0(?!\d)|:\s*\.", re.IGNORECASE
)


def everything(made: Report) -> str:
    return "\n".join(text_of(getattr(made, section)()) for section in SECTIONS)


@pytest.mark.parametrize("code", ["2024-H1", "2024-9M", "2024-Y", "2022-04-01..2024-04-30"])
def test_every_level_has_a_report_in_every_kind_of_period(code):
    data = period_data(code)
    for unit in EVERY_LEVEL:
        assert not UNWANTED.search(everything(Report(data, unit)).replace(code, "KỲ"))


@pytest.mark.parametrize("unit", ["XA-01", "HU-01", "SO-TP", "TINH"])
def test_nothing_at_all_still_gives_a_report_that_says_so(unit):
    made = Report(period_data(rows={"units": UNITS}, targets={}, findings=[]), unit)
    text = everything(made)
    assert not UNWANTED.search(text)
    assert "không phát sinh chính sách thuộc phạm vi" in text
    assert "0%" not in text_of(made.policies()) and "100%" not in text_of(made.policies())
    assert "Chưa ghi nhận nhiệm vụ nào của kế hoạch năm 2024" in text_of(made.steering())
    assert "Kế hoạch không đặt chỉ tiêu bằng số" in text_of(made.annex_quality())


def test_one_unit_alone_is_a_report():
    made = Report(period_data(rows={"units": UNITS[:1]}), "TINH")
    assert blocks_of(made.units()) == []
    assert "TỈNH MẪU" in text_of(made.head())


def test_only_errors_give_missing_figures_not_zeros():
    rows = [
        {
            "_unit": "XA-01",
            "activity_id": "HD-1",
            "date": "2024-03-01",
            "kind": "briefing",
            "form": "conference",
            "attendances": 50,
            "_set_aside": True,
        }
    ]
    made = Report(period_data(rows={"units": UNITS, "activities": rows}), "XA-01")
    assert "Chưa có số liệu" in text_of(made.cards())
    assert "1 dòng không được sử dụng do có lỗi" in text_of(made.annex_quality())
    rows = table_named(made.annex_quality(), "phu-luc-4-chi-so").rows
    assert "(1/1 dòng số liệu không được sử dụng do có lỗi)" in rows[13][1]


def test_after_the_end_of_districts_the_province_reports_for_its_communes():
    made = Report(period_data("2025-Y"), "TINH")
    assert "So sánh 7 đơn vị trực thuộc tỉnh Mẫu" in text_of(made.units())
    assert "huyện Mẫu Đông" in text_of(made.annex_quality())  # its rows are passed on


def test_a_unit_that_is_not_valid_is_refused():
    with pytest.raises(UsageError, match="HU-01"):
        Report(period_data("2025-Y"), "HU-01")


def test_a_slice_gives_the_same_report_as_the_whole():
    data = period_data()
    assert everything(Report(data.slice("HU-01"), "HU-01")) == everything(Report(data, "HU-01"))


def test_a_report_is_the_same_each_time():
    def blocks(made: Report) -> list[dict]:
        return [block.to_json() for section in SECTIONS for block in blocks_of(getattr(made, section)())]

    assert blocks(report("HU-01")) == blocks(report("HU-01", rows=tables()))  # evaluated anew


def test_tables_are_rectangular_and_their_download_is_whole():
    for unit in ("XA-01", "HU-01", "TINH"):
        made = report(unit)
        for section in SECTIONS:
            for block in blocks_of(getattr(made, section)()):
                assert isinstance(block, Block)
                if isinstance(block, Table):
                    assert all(len(row) == len(block.columns) for row in block.rows)
                    assert len({len(row) for row in block.data}) == 1
                    assert all(isinstance(cell, str) for row in (*block.rows, *block.data) for cell in row)
                    assert block.name


def test_hostile_text_is_plain_text():
    text = '<script>alert(1)</script> $x$ *b* {{7*7}} #read("/etc/passwd")'
    rows = [
        {
            "_unit": "XA-01",
            "obstacle_id": "VM-1",
            "category": "staff",
            "description": text,
            "reported_date": "2024-05-01",
            "proposal": text,
            "responsible_level": "province",
        }
    ]
    made = Report(period_data(rows={"units": UNITS, "obstacles": rows}), "XA-01")
    assert text in text_of(made.obstacles())
    assert text in text_of(made.proposals())
