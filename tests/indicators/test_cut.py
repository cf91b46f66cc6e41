"""A slice's judgement: taken from the whole period, the same as judged anew on the slice."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest

from kit.indicators.evaluate import open_scope
from kit.indicators.model import SINGLED_OUT
from kit.indicators.policies import Judgement, judge
from tests.report.sample_period import period_data

DATA = period_data()
assert len(DATA.scope.judgement.pairs)  # judged before any slice is cut


@pytest.mark.parametrize("unit", DATA.scope.tree.units)
def test_what_was_judged_for_all_units_is_what_would_be_judged_for_one(unit):
    cut = DATA.slice(unit)
    members = set(DATA.scope.tree.subtree(unit))
    anew = open_scope(cut.frames, DATA.period, DATA.params)
    for item in fields(Judgement):
        taken, judged = getattr(cut.scope.judgement, item.name), getattr(judge(anew), item.name)
        for column in {"unit_id", "owner"} & set(judged):
            judged = judged.loc[judged[column].isin(members)]
        left, right = (frame.reset_index(drop=True) for frame in (taken, judged))
        pd.testing.assert_frame_equal(left, right, check_dtype=False)
    assert cut.scope.reported_units == anew.reported_units & members


@pytest.mark.parametrize("unit", DATA.scope.tree.units)
@pytest.mark.parametrize("name", SINGLED_OUT)
def test_rows_singled_out_for_all_units_are_those_of_one_with_the_labels_of_its_slice(unit, name):
    cut = DATA.slice(unit)
    anew = open_scope(cut.frames, DATA.period, DATA.params)
    pd.testing.assert_frame_equal(getattr(cut.scope, name), getattr(anew, name), check_index_type=False)
