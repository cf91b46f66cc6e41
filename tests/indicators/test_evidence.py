"""The rows behind every figure: summed up they are the figure, for every indicator and unit."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import pytest

from kit.indicators.catalog import INDICATORS
from kit.indicators.evidence import evidence, set_aside, sums
from kit.indicators.evidence_rows import FINDERS
from kit.report.content.result import Result
from kit.store import PeriodData
from tests.report.sample_period import COMMUNES, period_data, tables


def told(data: PeriodData) -> dict[tuple[str, str], Result]:
    """The figures of a period by unit and indicator."""
    rows = data.results.to_dict("records")
    return {(row["unit_id"], row["indicator_id"]): Result.from_row(row) for row in rows}


def with_more() -> dict[str, list[dict]]:
    """The sample with what it has none of: rows set aside, money with decimals, a council list that is used."""
    rows = tables()
    rows["budget"] = [{**row, "spent": 0.1, "allocated": 0.3} for row in rows["budget"]]
    rows["tasks"] = [{**row, "_set_aside": at % 5 == 4} for at, row in enumerate(rows["tasks"])]
    rows["activities"] = [{**row, "member_id": "TV-02"} for row in rows["activities"]]
    return rows


@pytest.fixture(scope="module")
def half_year() -> PeriodData:
    return period_data(rows=with_more())


def test_the_rows_behind_a_figure_add_up_to_it(half_year):
    require_sums(half_year, half_year.scope.tree.units)


def test_the_rows_of_ended_districts_add_up_to_the_figures_of_the_province():
    require_sums(period_data("2025-Y", rows=with_more()), ["TINH", "XA-01"])


def require_sums(data: PeriodData, units: list[str]) -> None:
    for (unit, id), result in told(data).items():
        if unit not in units:
            continue
        things = evidence(data.scope, INDICATORS[id], unit)
        numerator, denominator = sums(things)
        if result.indicator.kind == "median":
            assert (denominator or 0) == result.denominator, (unit, id)
            assert result.value == (Fraction(median(one.days for one in things)) if things else None), (unit, id)
        elif result.numerator is None:
            assert not numerator, (unit, id)  # rows may be there, but none carries the measure
        else:
            assert (numerator or 0) == result.numerator, (unit, id)
        if result.indicator.kind == "ratio":
            assert (denominator or 0) == result.denominator, (unit, id)


def test_the_rows_left_out_are_those_that_the_results_count(half_year):
    data = half_year
    for row in data.results.to_dict("records"):
        left = set_aside(data.scope, INDICATORS[row["indicator_id"]], row["unit_id"])
        assert len(left) == row["excluded_records"]


def test_every_row_behind_a_figure_is_a_row_of_its_table(half_year):
    data = half_year
    for id in INDICATORS:
        for thing in evidence(data.scope, INDICATORS[id], "HU-01"):
            for table, at in thing.rows:
                frame = data.scope.frames[table]
                assert not frame.loc[at, "_set_aside"] or id == "DL-01"
                assert table in ("policies", "assignments") or frame.loc[at, "_unit"] in (*COMMUNES, "HU-01")


def test_every_indicator_can_be_traced():
    assert list(FINDERS) and set(FINDERS) == set(INDICATORS)
