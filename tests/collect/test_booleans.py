"""Truth values: the words people use, and nothing else."""

import datetime as dt

import pytest

from kit.collect.booleans import parse_boolean
from kit.collect.parsed import Parsed


@pytest.mark.parametrize(
    "value", ["x", "X", " x ", "có", "CÓ", "co\u0301", "đúng", "Đúng", "1", "true", "TRUE", True, 1, 1.0]
)
def test_yes_is_said_in_many_ways(value):
    assert parse_boolean(value) == Parsed(True)


@pytest.mark.parametrize("value", ["không", "KHÔNG", "0", "false", "False", "sai", False, 0, 0.0])
def test_no_is_said_in_many_ways(value):
    assert parse_boolean(value) == Parsed(False)


@pytest.mark.parametrize("value", [None, "", " ", "\u00a0", float("nan")])
def test_blank_is_missing_and_not_false(value):
    assert parse_boolean(value) == Parsed(None)


@pytest.mark.parametrize("value", ["k", "co", "chưa", "yes?", "2", 2, 0.5, dt.date(2024, 1, 1), "xx", "không có"])
def test_anything_else_is_not_guessed(value):
    assert parse_boolean(value).reason == "boolean-unknown"
