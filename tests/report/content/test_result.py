"""How one figure is printed and judged."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kit.indicators.catalog import INDICATORS
from kit.report.content.result import Result, declared, verdict


def result(id: str = "CS-01", **more: object) -> Result:
    exact = {name: Fraction(value) if isinstance(value, int) else value for name, value in more.items()}
    made = Result(INDICATORS[id], **exact)
    if made.value is None and made.denominator and made.numerator is not None:
        exact["value"] = made.numerator * 100 / made.denominator
    return Result(INDICATORS[id], **exact)


def test_nothing_due_is_said_in_words():
    assert result(numerator=0, denominator=0).full == "không phát sinh"


def test_a_missing_figure_is_not_nothing():
    assert result("NT-02").full == "chưa có số liệu"
    assert result("NT-03", denominator=7).full == "chưa có số liệu"


def test_nothing_due_of_a_plan_is_known_without_a_report():
    row = dict.fromkeys(("numerator", "denominator", "value", "target", "target_national", "note"))
    row |= {
        "indicator_id": "CD-02",
        "numerator": 0,
        "denominator": 0,
        "status": "no_data",
        "status_national": "no_data",
    }
    assert Result.from_row({**row, "n_records": 2, "excluded_records": 1}, answered=False).full == "không phát sinh"
    assert Result.from_row({**row, "n_records": 1, "excluded_records": 1}, answered=False).full == "chưa có số liệu"
    assert Result.from_row({**row, "n_records": 0, "excluded_records": 0}, answered=False).full == "chưa có số liệu"
    assert Result.from_row({**row, "indicator_id": "GY-02", "n_records": 1}, answered=False).full == "chưa có số liệu"
    assert Result.from_row(row).nil and not Result.from_row(row, answered=False).nil


def test_a_ratio_has_its_counts():
    assert result(numerator=9, denominator=12).full == "75,0% (9/12)"
    assert result(numerator=0, denominator=12).full == "0% (0/12)"


def test_a_median_says_how_many_policies_are_behind_it():
    assert result("CS-06", denominator=2, value=Fraction(3, 2)).full == "1,5 ngày (2 chính sách)"


def test_money_is_counted_in_decimals():
    assert result("KP-01", numerator=Fraction(25, 2), denominator=15).full == "83,3% (12,5/15)"


@pytest.mark.parametrize(
    ("status", "national", "said"),
    [
        ("met", "not_met", "đạt chỉ tiêu từ 70% của Kế hoạch, thấp hơn mức 100% của Đề án"),
        ("met", "met", "đạt chỉ tiêu từ 70% của Kế hoạch và mức 100% của Đề án"),
        ("nearly", "nearly", "gần đạt chỉ tiêu từ 70% của Kế hoạch, thấp hơn mức 100% của Đề án"),
        ("not_met", "not_met", "chưa đạt chỉ tiêu từ 70% của Kế hoạch, thấp hơn mức 100% của Đề án"),
    ],
)
def test_both_targets_are_said(status, national, said):
    made = result(numerator=9, denominator=12, target=70, target_national=100, status=status, status_national=national)
    assert verdict(made) == said


def test_equal_targets_are_said_once():
    made = result(numerator=3, denominator=3, target=100, target_national=100, status="met", status_national="met")
    assert verdict(made) == "đạt chỉ tiêu 100% của Kế hoạch và Đề án"


def test_without_a_declared_target_the_scheme_speaks_alone():
    made = result(numerator=1, denominator=2, target_national=100, status="no_target", status_national="not_met")
    assert verdict(made) == "thấp hơn mức 100% của Đề án"
    assert declared(made) == ""


def test_without_value_or_target_there_is_no_verdict():
    assert verdict(result(numerator=0, denominator=0, target=70, target_national=100)) == ""
    assert verdict(result("CD-02", numerator=1, denominator=2, status="no_target")) == ""


def test_a_target_for_which_smaller_is_better_is_an_upper_limit():
    made = result("CD-04", numerator=3, value=Fraction(3), target=5, status="met")
    assert verdict(made) == "đạt chỉ tiêu không quá 5 của Kế hoạch"
    assert result("CS-06", target=10).target_words == "không quá 10 ngày"


def test_rounding_never_shows_a_target_that_is_missed():
    made = result(numerator=6999, denominator=10000, target=70, status="nearly")
    assert made.full == "69,99% (6.999/10.000)"
