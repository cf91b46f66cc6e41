"""How a change since an earlier period is worded: direction, small counts, nothing before, what may not be compared."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kit.indicators.catalog import INDICATORS
from kit.indicators.series import NOT_COLLECTED, SERIES_COLUMNS, empty_series
from kit.periods import parse_period
from kit.report.content.change import Change, pasts
from kit.report.content.result import Result

LAST = "cùng kỳ năm 2023"


def ratio(id: str, n: int, of: int) -> Result:
    return Result(INDICATORS[id], Fraction(n), Fraction(of), Fraction(n * 100, of))


def count(id: str, value: int) -> Result:
    return Result(INDICATORS[id], Fraction(value), None, Fraction(value))


def median(value: Fraction, of: int) -> Result:
    return Result(INDICATORS["CS-06"], None, Fraction(of), value)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (ratio("CS-01", 6, 8), ratio("CS-01", 5, 8), f"tăng 12,5 điểm phần trăm so với {LAST}: 62,5% (5/8)"),
        (ratio("CS-01", 5, 8), ratio("CS-01", 6, 8), f"giảm 12,5 điểm phần trăm so với {LAST}: 75,0% (6/8)"),
        (ratio("CS-01", 6, 8), ratio("CS-01", 9, 12), f"bằng {LAST}: 75,0% (9/12)"),
        (ratio("CS-01", 6, 8), ratio("CS-01", 1, 2), f"cao hơn {LAST}: 50,0% (1/2)"),
        (ratio("CD-01", 4, 4), ratio("CD-01", 3, 4), f"cao hơn {LAST}: 75,0% (3/4)"),
        (median(Fraction(7, 2), 6), median(Fraction(11), 4), f"ngắn hơn {LAST}: 11 ngày (4 chính sách)"),
        (count("NT-02", 744), count("NT-02", 624), f"tăng 19,2% so với {LAST} (624 lượt người)"),
        (count("NT-02", 500), count("NT-02", 624), f"giảm 19,9% so với {LAST} (624 lượt người)"),
        (count("NT-02", 744), count("NT-02", 198), f"gấp 3,8 lần {LAST} (198 lượt người)"),
        (count("NT-01", 5), count("NT-01", 2), f"tăng 3 cuộc so với {LAST} (2 cuộc)"),
        (count("NT-01", 0), count("NT-01", 40), f"giảm so với {LAST} (40 cuộc)"),
        (count("NT-01", 4), count("NT-01", 4), f"bằng {LAST} (4 cuộc)"),
        (count("NT-01", 4), count("NT-01", 0), f"{LAST} không phát sinh"),
        (count("NT-01", 0), count("NT-01", 0), f"bằng {LAST} (không phát sinh)"),
    ],
)
def test_a_change_in_words(now, then, said):
    assert Change(now, then, LAST).words == said


@pytest.mark.parametrize(
    ("now", "then", "better"),
    [
        (ratio("CS-01", 6, 8), ratio("CS-01", 5, 8), True),
        (median(Fraction(3), 6), median(Fraction(11), 6), True),
        (count("CD-04", 3), count("CD-04", 1), False),
        (count("NT-02", 3), count("NT-02", 1), None),
        (ratio("CS-01", 4, 8), ratio("CS-01", 5, 10), None),
    ],
)
def test_better_follows_the_direction_of_the_figure(now, then, better):
    assert Change(now, then, LAST).better is better


USUAL = {"units": 8, "units_now": 8, "reporters": 8, "reporters_now": 8, "break_reason": "", "note": "", "value": 50.0}


def series(*rows: dict):
    usual = {"indicator_id": "CS-01", "unit_id": "HU", "period": "2023-H1", "numerator": 5.0, "denominator": 10.0}
    made = [
        {**dict.fromkeys(SERIES_COLUMNS), **usual, **USUAL, "status": "", "status_national": "", **row} for row in rows
    ]
    return type(empty_series())(made, columns=SERIES_COLUMNS)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, ""),
        ({"reporters_now": 7}, ""),
        ({"reporters": 2}, "số đơn vị gửi báo cáo chênh lệch nhiều (kỳ đó 2/8 đơn vị, kỳ này 8/8 đơn vị)"),
        ({"reporters": 0}, "chưa có báo cáo cho cả kỳ đó"),
        ({"units": 1, "reporters": 1, "units_now": 1, "reporters_now": 0}, "kỳ này chưa có báo cáo"),
        ({"note": NOT_COLLECTED}, "không có số liệu thu thập của kỳ đó"),
        ({"break_reason": "sáp nhập thêm xã A"}, "sáp nhập thêm xã A"),
    ],
)
def test_why_an_earlier_period_may_not_be_compared(row, reason):
    last = pasts(series(row), "HU", parse_period("2024-H1"))[0]
    assert last.reason == reason
    assert (last.change(ratio("CS-01", 6, 8)) is None) == bool(reason)


def test_sums_of_differently_many_units_are_not_compared_though_shares_are():
    rows = series({"reporters_now": 7}, {"reporters_now": 7, "indicator_id": "NT-02", "denominator": None})
    last = pasts(rows, "HU", parse_period("2024-H1"))[0]
    assert last.change(count("NT-02", 5)) is None and last.change(ratio("CS-01", 6, 8))


def test_figures_of_the_year_are_not_compared_with_the_half_before():
    rows = series({"period": "2023-H2"}, {"period": "2023-H2", "indicator_id": "CD-02"})
    before = pasts(rows, "HU", parse_period("2024-H1"))[1]
    assert before.when == "6 tháng cuối năm 2023"
    assert before.change(ratio("CS-01", 6, 8)) and before.change(ratio("CD-02", 6, 8)) is None


def test_a_unit_without_earlier_rows_is_new():
    last = pasts(series({}), "XA", parse_period("2024-Y"))[0]
    assert (last.when, last.reason) == ("năm 2023", "đơn vị chưa thành lập vào thời điểm đó")


def test_a_free_period_is_compared_with_nothing():
    assert pasts(series({}), "HU", parse_period("2024-01-01..2024-03-31")) == ()
