"""Numbers: one table of readings, one of refusals (data-model.md, "Types")."""

import datetime as dt

import pytest

from kit.collect.numbers import parse_number
from kit.collect.parsed import Parsed, Unreadable

# text, number in a workbook, integer in a workbook, number in CSV, integer in CSV (a text is the reason of refusal)
FRACTION, AMBIGUOUS, NOT = "integer-has-fraction", "number-ambiguous", "number-not-a-number"
READINGS = [
    ("12", 12.0, 12, 12.0, 12),
    ("007", 7.0, 7, 7.0, 7),
    ("-5", -5.0, -5, -5.0, -5),
    ("−5", -5.0, -5, -5.0, -5),
    ("+5", 5.0, 5, 5.0, 5),
    ("0.1", 0.1, FRACTION, 0.1, FRACTION),
    ("12.0", 12.0, 12, 12.0, 12),
    ("1234.5", 1234.5, FRACTION, 1234.5, FRACTION),
    ("1234.567", 1234.567, FRACTION, 1234.567, FRACTION),
    ("0.123", 0.123, FRACTION, 0.123, FRACTION),
    ("1.234", 1234.0, 1234, 1.234, 1234),
    ("12.345.678", 12345678.0, 12345678, 12345678.0, 12345678),
    ("1.234,5", 1234.5, FRACTION, 1234.5, FRACTION),
    ("1.234.567,25", 1234567.25, FRACTION, 1234567.25, FRACTION),
    ("12,5", 12.5, FRACTION, 12.5, FRACTION),
    ("12,0", 12.0, 12, 12.0, 12),
    ("1,234", 1.234, AMBIGUOUS, 1.234, AMBIGUOUS),
    ("1 234", 1234.0, 1234, 1234.0, 1234),
    ("1\u00a0234\u00a0567,5", 1234567.5, FRACTION, 1234567.5, FRACTION),
    ("１２", 12.0, 12, 12.0, 12),
    ("hơn 775 nghìn", 775000.0, 775000, 775000.0, 775000),
    ("trên 1.496", 1496.0, 1496, AMBIGUOUS, 1496),
    ("gần 30.500", 30500.0, 30500, AMBIGUOUS, 30500),
    ("Trên 23 triệu", 23e6, 23_000_000, 23e6, 23_000_000),
    ("khoảng 150", 150.0, 150, 150.0, 150),
    ("2,5 triệu", 2.5e6, 2_500_000, 2.5e6, 2_500_000),
    ("1.234 triệu", 1234e6, 1_234_000_000, AMBIGUOUS, AMBIGUOUS),
    ("150 người", 150.0, 150, 150.0, 150),
    ("320 lượt người", 320.0, 320, 320.0, 320),
    ("1,234,567", AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    ("1,234.5", AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    ("1.23.456", AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    ("1 23", AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    *[(text, NOT, NOT, NOT, NOT) for text in ("5%", "1e3", "inf", "nan", "NaN", "١٢", "12abc", "1.", ".5", ",", "-")],
    *[(text, NOT, NOT, NOT, NOT) for text in ("(5)", "5-6", "dưới 500", "> 500", "không", "1/2", "5 triệu 2", "0x1F")],
    ("9" * 70, NOT, NOT, NOT, NOT),
    ("9" * 40, *["number-too-large"] * 4),
]
FORMS = [("workbook", False), ("workbook", True), ("csv", False), ("csv", True)]
CASES = [(row[0], *form, row[1 + place]) for row in READINGS for place, form in enumerate(FORMS)]


@pytest.mark.parametrize(("text", "origin", "integer", "expected"), CASES)
def test_a_number_in_text_is_read_or_refused(text, origin, integer, expected):
    outcome = parse_number(text, integer=integer, origin=origin)
    if isinstance(expected, str):
        assert outcome.reason == expected
    else:
        assert outcome.value == expected
        assert type(outcome.value) is (int if integer else float)


@pytest.mark.parametrize(
    ("text", "note"),
    [("12", None), ("1234.5", None), ("1.234", "read-as"), ("12,5", "read-as"), ("150 người", "read-as")]
    + [(text, "approximate") for text in ("hơn 12", "trên 12", "gần 12", "khoảng 12", "12 nghìn", "12 triệu", "~12")],
)
def test_a_conversion_is_never_silent(text, note):
    assert parse_number(text).note == note


@pytest.mark.parametrize(
    ("text", "millions", "note"),
    [
        ("5", 5.0, None),
        ("5 triệu đồng", 5.0, "approximate"),
        ("1,5 tỷ", 1500.0, "approximate"),
        ("5.000.000 đồng", 5.0, "read-as"),
    ],
)
def test_money_is_counted_in_the_unit_of_its_field(text, millions, note):
    outcome = parse_number(text, per=1_000_000)
    assert (outcome.value, outcome.note) == (millions, note)


@pytest.mark.parametrize(
    ("value", "integer", "expected"),
    [
        (5.0, True, Parsed(5)),
        (5, False, Parsed(5.0)),
        (12.5, False, Parsed(12.5)),
        (12.5, True, Unreadable("integer-has-fraction")),
        (float("inf"), False, Unreadable("number-not-a-number")),
        (float("nan"), False, Parsed(None)),
        (1e300, True, Unreadable("number-too-large")),
        (True, True, Unreadable("number-not-a-number")),
        (dt.date(2024, 1, 1), True, Unreadable("number-is-a-date")),
        (dt.datetime(2024, 1, 1, 2), False, Unreadable("number-is-a-date")),
        (dt.time(1), False, Unreadable("number-is-a-date")),
        (dt.timedelta(hours=30), False, Unreadable("number-is-a-date")),
        (Unreadable("error-value"), True, Unreadable("error-value")),
        (None, True, Parsed(None)),
        ("  ", True, Parsed(None)),
    ],
)
def test_a_cell_of_a_spreadsheet_keeps_its_type(value, integer, expected):
    assert parse_number(value, integer=integer) == expected
