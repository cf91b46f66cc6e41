"""Formats of numbers, dates, periods and names."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kit.periods import parse_period
from kit.report import words


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (1234, "1.234"),
        (1234.5, "1.234,5"),
        (1234567, "1.234.567"),
        (0.1 + 0.2, "0,3"),
        (Fraction(1, 3), "0,333"),
        (-5, "-5"),
        (None, ""),
    ],
)
def test_numbers_are_vietnamese(value, printed):
    assert words.number(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(Fraction(75), "75,0%"), (Fraction(49, 4), "12,3%"), (Fraction(0), "0%"), (Fraction(100), "100%"), (None, "")],
)
def test_percentages_have_one_decimal_rounded_half_up(value, printed):
    assert words.percent(value) == printed


def test_rounding_never_pretends_that_a_mark_is_met():
    assert words.percent(Fraction(6996, 100), [70]) == "69,96%"
    assert words.percent(Fraction(6996, 100)) == "70,0%"
    assert words.percent(Fraction(70), [70]) == "70,0%"
    assert words.percent(Fraction(999 * 100, 1000)) == "99,9%"
    assert words.percent(Fraction(2999 * 100, 3000)) == "99,97%"
    assert words.percent(Fraction(100, 3000)) == "0,03%"


def test_a_share_has_its_counts_and_nothing_is_never_zero_percent():
    assert words.share(9, 12) == "75,0% (9/12)"
    assert words.share(0, 12) == "0% (0/12)"
    assert words.share(0, 0) == "không phát sinh"


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2024, 6, 14), "14/6/2024", "ngày 14 tháng 6 năm 2024"),
        (date(2025, 1, 5), "05/01/2025", "ngày 05 tháng 01 năm 2025"),
        (date(2024, 2, 29), "29/02/2024", "ngày 29 tháng 02 năm 2024"),
        (date(2024, 10, 9), "09/10/2024", "ngày 09 tháng 10 năm 2024"),
        (date(2024, 3, 1), "01/3/2024", "ngày 01 tháng 3 năm 2024"),
    ],
)
def test_days_below_10_and_months_1_and_2_get_a_zero(day, short, long):
    assert (words.short_date(day), words.long_date(day)) == (short, long)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2024-M03", "tháng 3 năm 2024"),
        ("2024-M02", "tháng 02 năm 2024"),
        ("2024-M12", "tháng 12 năm 2024"),
        ("2024-Q1", "quý I năm 2024"),
        ("2024-Q4", "quý IV năm 2024"),
        ("2024-H1", "6 tháng đầu năm 2024"),
        ("2024-H2", "6 tháng cuối năm 2024"),
        ("2024-9M", "9 tháng đầu năm 2024"),
        ("2024-Y", "năm 2024"),
        ("2022-04-01..2023-04-30", "từ ngày 01/4/2022 đến ngày 30/4/2023"),
    ],
)
def test_every_kind_of_period_has_a_name(code, name):
    assert words.period_name(parse_period(code)) == name


def test_the_span_of_a_period_includes_both_ends():
    assert words.span(parse_period("2024-H1")) == "15/12/2023 – 14/6/2024"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Xã Mẫu Một", "xã Mẫu Một"),
        ("Thị trấn Mẫu", "thị trấn Mẫu"),
        ("Huyện Mẫu Đông", "huyện Mẫu Đông"),
        ("Sở Tư pháp tỉnh Mẫu", "Sở Tư pháp tỉnh Mẫu"),
        ("Xãng", "Xãng"),
    ],
)
def test_names_inside_a_sentence(name, inside):
    assert words.in_sentence(name) == inside


def test_enumerations_of_none_one_two_and_many():
    assert words.enumeration([]) == ""
    assert words.enumeration(["a"]) == "a"
    assert words.enumeration(["a", "b"]) == "a và b"
    assert words.enumeration(["a", "b", "c"]) == "a, b và c"
    assert words.some_of(list("abcde"), 2, "đơn vị") == "a, b và 3 đơn vị khác"
    assert words.some_of(["a", "b"], 2, "đơn vị") == "a và b"
    assert words.some_of(list("abc"), 2, "đơn vị") == "a, b và c"  # one is not left out
    assert words.titles(["x, y", "z"], 1, "chính sách") == "x, y; z"
    assert words.titles(["x, y", "z", "t"], 1, "chính sách") == "x, y và 2 chính sách khác"


def test_a_long_text_is_cut_between_words_and_a_short_one_is_not():
    assert words.shortened("ngắn") == "ngắn"
    long = "chính sách " * 300
    assert len(words.shortened(long)) <= words.LONG_TEXT
    assert words.shortened(long).endswith("chính…") or words.shortened(long).endswith("sách…")
    assert words.shortened("x" * 3000) == "x" * (words.LONG_TEXT - 1) + "…"


def test_a_sentence_begins_with_a_capital_and_ends_once():
    assert words.sentence("đạt chỉ tiêu") == "Đạt chỉ tiêu."
    assert words.sentence("Đạt chỉ tiêu.") == "Đạt chỉ tiêu."
    assert words.sentence("") == ""


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Quy định học phí trên địa bàn tỉnh Mẫu", "Quy định học phí"),
        ("Quy định học phí trên địa bàn thị xã Mẫu Đông", "Quy định học phí"),
        ("Quy định học phí trên địa bàn tỉnh Mẫu giai đoạn 2024 - 2026",) * 2,
        ("Quy định trên địa bàn khó khăn",) * 2,
        ("Luật Đất đai",) * 2,
    ],
)
def test_a_title_without_its_place(title, short):
    assert words.without_place(title) == short
