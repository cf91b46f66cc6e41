"""Every hand-worked case of ``tests/cases/indicators`` holds (indicators.md; see ``cases`` for how to read them)."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.indicators.catalog import INDICATORS
from tests.indicators.cases import NEEDED, SETTINGS, Case, load_cases

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_case_holds(case: Case):
    results = case.results()
    for unit, cells in case.raw["expected"].items():
        if cells == "absent":
            assert unit not in results.index
            continue
        found = {name: _shown(name, results.at[unit, name]) for name in cells}
        if isinstance(cells.get("note"), str) and cells["note"] != "missing":
            assert cells["note"] in found.pop("note")
            cells = {name: cell for name, cell in cells.items() if name != "note"}
        assert found == cells, f"{unit}: {case.raw['why']}"
        if cells["value"] == "missing":
            assert results.at[unit, "status"] == "no_data"


def _shown(name: str, cell: object) -> object:
    if cell is None or cell is pd.NA or cell != cell or cell == "":
        return "missing"
    return round(float(cell), 2) if name == "value" else cell


def test_every_case_says_what_it_must():
    for case in CASES:
        keys = set(case.raw)
        assert keys >= NEEDED and keys <= NEEDED | set(SETTINGS), case.name
        assert case.raw["expected"], case.name
        for cells in case.raw["expected"].values():
            assert cells == "absent" or {"numerator", "denominator", "value"} <= set(cells), case.name


def test_names_of_cases_are_unique():
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_has_three_cases_and_one_of_nothing(indicator: str):
    expected = [cells for case in CASES if case.indicator == indicator for cells in case.raw["expected"].values()]
    assert sum(case.indicator == indicator for case in CASES) >= 3
    # BC and only BC has no case without a value: a unit is always one of its own denominator.
    assert indicator.startswith("BC") or any(cells != "absent" and cells["value"] == "missing" for cells in expected)


def test_every_file_of_cases_is_named_after_an_indicator():
    assert {case.indicator for case in CASES} == set(INDICATORS)
