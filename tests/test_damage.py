"""Damaged workbooks, some hundreds in this process: each ends in findings or in one clear message."""

from __future__ import annotations

import pytest

from kit.params import PlanParams
from kit.schema.load import load_schema
from kit.validation.check import check
from tests.cases.damage import damaged, read_damaged

COUNT = 300


@pytest.fixture(scope="module")
def checked():
    """What reading and checking all of them gave; neither raises."""
    schema, params = load_schema(), PlanParams(2024)
    raw = read_damaged(COUNT, schema)
    _, report = check(raw, schema, params=params, period=params.period("2024-H1"))
    return raw, report.findings


def test_a_file_that_is_not_used_says_why(checked):
    raw, findings = checked
    told = set(findings.loc[findings["severity"] == "error", "source_file"])
    assert [file.file for file in raw.files if not file.readable and file.file not in told] == []


def test_some_files_are_read_and_some_refused(checked):
    raw, _ = checked
    readable = [file.readable for file in raw.files]
    assert COUNT * 0.2 < sum(readable) < COUNT * 0.8


def test_every_message_is_a_sentence_without_holes(checked):
    _, findings = checked
    assert not findings["message"].str.contains(r"[{}]|\bNone\b|\bnan\b|<NA>").any()


def test_the_same_seed_does_the_same_damage():
    assert list(damaged(30, seed=7)) == list(damaged(30, seed=7))
    assert list(damaged(30, seed=7, first=20)) == list(damaged(30, seed=7))[20:]
