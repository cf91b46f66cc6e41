"""Rows of a frame by unit: what masks would find, in the same order and with the same labels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kit.indicators.byunit import ByUnit, among, gathered, taken

FRAME = pd.DataFrame(
    {"unit": ["B", "A", None, "B", "C", "A"], "day": pd.to_datetime(["2024-01-02"] * 6), "n": [1, 2, 3, 4, 5, 6]},
    index=[10, 11, 12, 13, 14, 15],
)


@pytest.mark.parametrize("units", [["A"], ["B"], ["C"], ["B", "A"], ["A", "C"], ["nobody"], []])
def test_rows_of_units_are_those_a_mask_finds(units):
    owned = ByUnit(FRAME, "unit")
    pd.testing.assert_frame_equal(owned.rows(gathered(owned.places, units)), FRAME.loc[FRAME["unit"].isin(units)])


def test_rows_without_a_unit_can_be_asked_for_by_their_position():
    pd.testing.assert_frame_equal(ByUnit(FRAME, "unit").rows(np.array([0, 2])), FRAME.iloc[[0, 2]])


@pytest.mark.parametrize("values", [{"A"}, {"A", "B"}, set()])
def test_rows_with_a_value_are_those_a_mask_finds(values):
    pd.testing.assert_frame_equal(among(FRAME, "unit", values), FRAME.loc[FRAME["unit"].isin(values)])


@pytest.mark.parametrize("places", [[], [2], [1, 2, 3], [0, 5], [3, 1]])
def test_rows_at_positions_are_taken_in_their_order(places):
    pd.testing.assert_frame_equal(taken(FRAME, np.array(places, dtype=np.intp)), FRAME.iloc[places])


def test_what_is_done_to_rows_of_a_unit_stays_with_them():
    owned = ByUnit(FRAME, "unit")
    rows = owned.rows(owned.places["A"])
    rows["n"] = 0
    rows.loc[rows.index[0], "unit"] = "X"
    assert owned.rows(owned.places["A"])["n"].tolist() == [2, 6] and FRAME["unit"].tolist()[1] == "A"
