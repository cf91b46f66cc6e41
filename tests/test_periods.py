"""The period algebra of both schemes (indicators.md, "Periods")."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kit.errors import UsageError
from kit.periods import SCHEMES, is_period, parse_period

CODES = (
    *(f"M{month:02d}" for month in range(1, 13)),
    *(f"Q{quarter}" for quarter in range(1, 5)),
    *("H1", "H2", "9M", "Y"),
)
CHAINS = (CODES[:12], CODES[12:16], CODES[16:18], CODES[19:])
TABLE = [  # the table of indicators.md: code, scheme, first and last day
    ("2024-M03", "nd09", date(2024, 2, 15), date(2024, 3, 14)),
    ("2024-M01", "nd09", date(2023, 12, 15), date(2024, 1, 14)),
    ("2024-M12", "nd09", date(2024, 11, 15), date(2024, 12, 14)),
    ("2024-Q1", "nd09", date(2023, 12, 15), date(2024, 3, 14)),
    ("2024-Q4", "nd09", date(2024, 9, 15), date(2024, 12, 14)),
    ("2024-H1", "nd09", date(2023, 12, 15), date(2024, 6, 14)),
    ("2024-H2", "nd09", date(2024, 6, 15), date(2024, 12, 14)),
    ("2024-9M", "nd09", date(2023, 12, 15), date(2024, 9, 14)),
    ("2024-Y", "nd09", date(2023, 12, 15), date(2024, 12, 14)),
    ("2024-M03", "calendar", date(2024, 3, 1), date(2024, 3, 31)),
    ("2024-M02", "calendar", date(2024, 2, 1), date(2024, 2, 29)),
    ("2023-M02", "calendar", date(2023, 2, 1), date(2023, 2, 28)),
    ("2024-Q1", "calendar", date(2024, 1, 1), date(2024, 3, 31)),
    ("2024-H1", "calendar", date(2024, 1, 1), date(2024, 6, 30)),
    ("2024-H2", "calendar", date(2024, 7, 1), date(2024, 12, 31)),
    ("2024-9M", "calendar", date(2024, 1, 1), date(2024, 9, 30)),
    ("2024-Y", "calendar", date(2024, 1, 1), date(2024, 12, 31)),
]


@pytest.mark.parametrize(("code", "scheme", "first", "last"), TABLE, ids=[f"{row[0]}-{row[1]}" for row in TABLE])
def test_a_code_stands_for_the_days_of_the_table(code: str, scheme: str, first: date, last: date):
    period = parse_period(code, scheme)
    assert (period.code, period.scheme, period.start, period.cutoff) == (code, scheme, first, last)
    assert period.end == last + timedelta(days=1)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("chain", CHAINS, ids=["months", "quarters", "halves", "years"])
def test_every_day_is_in_exactly_one_period_of_a_kind(chain: tuple[str, ...], scheme: str):
    periods = [parse_period(f"{year}-{code}", scheme) for year in (2023, 2024, 2025) for code in chain]
    for earlier, later in zip(periods, periods[1:], strict=False):
        assert earlier.end == later.start


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("chain", CHAINS, ids=["months", "quarters", "halves", "years"])
def test_the_previous_period_is_the_one_before_in_its_chain(chain: tuple[str, ...], scheme: str):
    codes = [f"{year}-{code}" for year in (2023, 2024) for code in chain]
    for earlier, later in zip(codes, codes[1:], strict=False):
        assert parse_period(later, scheme).previous() == parse_period(earlier, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("code", CODES)
def test_last_year_s_period_has_the_same_code(code: str, scheme: str):
    assert parse_period(f"2024-{code}", scheme).same_last_year() == parse_period(f"2023-{code}", scheme)


@pytest.mark.parametrize("code", CODES)
def test_the_year_starts_with_its_y_period(code: str):
    for scheme in SCHEMES:
        period = parse_period(f"2024-{code}", scheme)
        assert period.year_start == parse_period("2024-Y", scheme).start <= period.start
        assert (period.year, period.free) == (2024, False)


def test_only_y_is_a_year():
    assert [code for code in CODES if parse_period(f"2024-{code}").is_year] == ["Y"]
    assert not parse_period("2024-01-01..2024-12-31").is_year


def test_a_free_period_is_as_written_and_belongs_to_the_year_of_its_last_day():
    for scheme in SCHEMES:
        period = parse_period("2022-04-01..2023-04-30", scheme)
        assert (period.start, period.cutoff, period.year) == (date(2022, 4, 1), date(2023, 4, 30), 2023)
        assert period.free and period.year_start == period.start
        assert period.target_year == 2023


def test_a_free_period_has_no_previous_one_and_nine_months_follow_last_years():
    free = parse_period("2022-04-01..2023-04-30")
    assert free.previous() is None and free.same_last_year() is None
    assert parse_period("2024-9M").previous() == parse_period("2023-9M")


def test_a_free_period_may_be_one_day():
    period = parse_period("2024-02-29..2024-02-29")
    assert period.start == period.cutoff == date(2024, 2, 29)


def test_blanks_around_a_code_and_its_case_do_not_matter():
    assert parse_period(" 2024-h1 ") == parse_period("2024-H1")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2024", "2024-M03"),
        ("2024-M13", "2024-M03"),
        ("2024-M3", "2024-M03"),
        ("2024-Q5", "Unknown period '2024-Q5'"),
        ("2024-H3", "2024-H1"),
        ("H1-2024", "2024-H1"),
        ("0000-Y", "Unknown period"),
        ("9999-Y", "Unknown period"),
        ("", "Unknown period"),
        ("2023-02-29..2023-03-01", "does not exist"),
        ("2024-13-01..2024-13-02", "does not exist"),
        ("2024-03-02..2024-03-01", "ends before it begins"),
        ("2024-03-02..9999-12-31", "does not exist"),
    ],
)
def test_what_is_no_period_is_refused_with_a_hint(code: str, said: str):
    with pytest.raises(UsageError, match=said):
        parse_period(code)
    assert not is_period(code)


def test_an_unknown_scheme_is_refused_with_the_allowed_ones():
    with pytest.raises(UsageError, match="nd90.*nd09, calendar"):
        parse_period("2024-H1", "nd90")


@pytest.mark.parametrize("code", ["2024-M12", "2022-04-01..2023-04-30"])
def test_a_real_code_is_a_period(code: str):
    assert is_period(code)
