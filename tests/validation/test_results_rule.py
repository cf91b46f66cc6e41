"""A year whose sums are nearly those of its first half is named, when the unit reported both."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.validation.findings import COLUMNS, load_catalogue
from kit.validation.integrity.results import year_near_half
from tests.validation.raw_rows import SCHEMA

SUBMITTED = pd.DataFrame(
    {"_unit": ["XA-01", "XA-01", "XA-02"], "period": ["2024-H1", "2024-Y", "2024-Y"], "_set_aside": [False] * 3}
)


def results(period, value, *, indicator="NT-02", unit="XA-01"):
    return pd.DataFrame({"unit_id": [unit], "indicator_id": [indicator], "period": [period], "value": [value]})


def codes(year, half, **what):
    found = year_near_half(
        results("2024-Y", year, **what),
        results("2024-H1", half, **what),
        submissions=SUBMITTED,
        catalogue=load_catalogue(SCHEMA),
    )
    assert list(found.columns) == list(COLUMNS)
    return found["code"].tolist()


@pytest.mark.parametrize("year", [1000, 1020, 980])
def test_within_two_percent_of_the_half_year_is_named(year):
    assert codes(year, 1000) == ["year-near-half"]


@pytest.mark.parametrize(
    ("year", "half", "what"),
    [
        (1021, 1000, {}),
        (100, 100, {}),  # only sums above 100
        (None, 1000, {}),
        (1000, 1000, {"unit": "XA-02"}),  # no report for the half-year
        (1000, 1000, {"indicator": "NT-03"}),  # a ratio
        (1000, 1000, {"indicator": "GY-01"}),
    ],
)
def test_anything_else_is_not_named(year, half, what):
    assert codes(year, half, **what) == []
