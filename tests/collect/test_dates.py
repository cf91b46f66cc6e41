"""Dates: one table of readings, one of refusals (data-model.md, "Types")."""

import datetime as dt

import pytest

from kit.collect.dates import parse_date
from kit.collect.parsed import Parsed, Unreadable

JUNE = dt.date(2024, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "30/6/2024",
        "30/06/2024",
        "30-6-2024",
        "30.6.2024",
        "30 / 6 / 2024",
        "30–6–2024",
        "ngày 30 tháng 06 năm 2024",
        "Ngày 30 tháng 6 năm 2024.",
        "30 tháng 6 năm 2024",
        "ngày 30/6/2024",
        "2024-06-30",
        "2024-6-30",
        "2024/06/30",
        "2024-06-30 00:00:00",
        "2024-06-30T00:00:00",
        "2024-06-30T00:00:00.000Z",
        "30/6/2024 0:00",
        "30/06/2024 12:00:00 AM",
        " 30/6/2024\u00a0",
    ],
)
def test_a_date_in_text_is_read_day_first(text):
    assert parse_date(text).value == JUNE


def test_an_iso_date_needs_no_note_and_other_forms_have_one():
    assert parse_date("2024-06-30").note is None
    assert parse_date("06/07/2024") == Parsed(dt.date(2024, 7, 6), "read-as", "date-style")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("30/6", "date-no-year"),
        ("20.5", "date-no-year"),
        ("ngày 20 tháng 5", "date-no-year"),
        ("30/6/24", "date-two-digit-year"),
        ("30-6-24", "date-two-digit-year"),
        ("ngày 30 tháng 6 năm 24", "date-two-digit-year"),
        ("6/2024", "date-no-day"),
        ("tháng 6 năm 2024", "date-no-day"),
        ("tháng 6/2024", "date-no-day"),
        ("2024-06", "date-no-day"),
        ("năm 2024", "date-no-day"),
        ("2024", "date-no-day"),
        ("Quý II/2024", "date-no-day"),
        ("31/02/2024", "date-impossible"),
        ("29/2/2023", "date-impossible"),
        ("06/30/2024", "date-impossible"),
        ("2024-13-01", "date-impossible"),
        ("0/6/2024", "date-impossible"),
        ("30/6/2024 14:30", "date-time-of-day"),
        ("2024-06-30T08:00:00", "date-time-of-day"),
        ("30/6/2024 lúc 8 giờ", "date-time-of-day"),
        ("30/6/2024 00:00:01", "date-time-of-day"),
        ("45473", "date-not-a-date"),
        ("20240630", "date-not-a-date"),
        ("30/6-2024", "date-not-a-date"),
        ("hôm qua", "date-not-a-date"),
        ("từ 5/6 đến 10/6/2024", "date-not-a-date"),
        ("٣٠/٦/٢٠٢٤", "date-not-a-date"),
        ("30/6/0024", "date-out-of-range"),
        ("30/6/2204", "date-out-of-range"),
    ],
)
def test_a_date_is_never_guessed(text, reason):
    assert parse_date(text).reason == reason


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (JUNE, Parsed(JUNE)),
        (dt.datetime(2024, 6, 30), Parsed(JUNE)),
        (dt.datetime(2024, 6, 30, 8), Unreadable("date-time-of-day")),
        (45473.0, Unreadable("date-not-a-date")),
        (45473, Unreadable("date-not-a-date")),
        (True, Unreadable("date-not-a-date")),
        (dt.time(8), Unreadable("date-not-a-date")),
        (dt.timedelta(hours=30), Unreadable("date-not-a-date")),
        (dt.date(1899, 12, 31), Unreadable("date-out-of-range")),
        (Unreadable("error-value"), Unreadable("error-value")),
        (None, Parsed(None)),
        ("", Parsed(None)),
    ],
)
def test_a_cell_of_a_spreadsheet_is_a_date_or_is_not(value, expected):
    assert parse_date(value) == expected
