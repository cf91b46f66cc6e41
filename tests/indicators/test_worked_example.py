"""The worked example at the end of indicators.md, as it stands there."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.indicators.catalog import INDICATORS
from kit.indicators.evaluate import evaluate, open_scope
from kit.indicators.model import Scope
from kit.params import PlanParams
from tests.indicators.frames import frames

G1, G2, G3 = "proposal_consultation_date", "draft_consultation_date", "appraisal_date"
POLICIES = [
    {"policy_id": "P1", G1: "2024-01-10", G2: "2024-03-01"},
    {"policy_id": "P2", G2: "2024-05-20"},
    {"policy_id": "P3", G1: "2023-09-01", G2: "2023-11-01", G3: "2023-12-01", "adoption_date": "2023-12-20"},
    {"policy_id": "P4", G1: "2024-07-01"},
]
TOLD = [("P1", "2024-01-12"), ("P1", "2024-03-05"), ("P3", "2023-09-02"), ("P3", "2023-12-10")]
EXPECTED = {  # numerator, denominator, value with two decimals
    "CS-01": (1, 3, 33.33),
    "CS-02": (2, 3, 66.67),
    "CS-03": (2, 3, 66.67),
    "CS-04": (4, 6, 66.67),
    "CS-05": (0, 12, 0),  # no content is recorded in the example: 0 of 6 × P1 and P3
    "CS-06": (None, 2, 1.5),
    "CS-07": (2, 3, 66.67),
}


@pytest.fixture(scope="module")
def scope() -> Scope:
    params = PlanParams(2024)
    tables = frames(
        units=[
            {"unit_id": "HU-01", "level": "district"},
            {"unit_id": "XA-01", "parent_id": "HU-01"},
        ],
        policies=POLICIES,
        assignments=[{"policy_id": policy["policy_id"], "unit_id": "XA-01"} for policy in POLICIES],
        activities=[
            {"_unit": "XA-01", "date": date, "kind": "policy_communication", "policy_id": policy}
            for policy, date in TOLD
        ],
    )
    return open_scope(tables, params.period("2024-H1"), params)


@pytest.fixture(scope="module")
def results(scope: Scope) -> pd.DataFrame:
    chosen = [INDICATORS[id] for id in EXPECTED]
    return evaluate(scope, chosen).set_index(["unit_id", "indicator_id"])


@pytest.mark.parametrize("unit", ["XA-01", "HU-01"])
@pytest.mark.parametrize("indicator", EXPECTED)
def test_the_worked_example_holds_for_the_commune_and_its_district(results: pd.DataFrame, indicator: str, unit: str):
    row = results.loc[(unit, indicator)]
    numerator, denominator, value = EXPECTED[indicator]
    assert (None if pd.isna(row["numerator"]) else row["numerator"]) == numerator
    assert row["denominator"] == denominator
    assert round(row["value"], 2) == value


def test_p4_is_not_live_and_the_other_three_are_judged(scope: Scope):
    assert list(scope.judgement.policies["policy_id"]) == ["P1", "P2", "P3"]
    judged = scope.judgement.pairs
    assert list(judged.loc[judged["unit_id"] == "XA-01", "policy_id"]) == ["P1", "P2", "P3"]


def test_the_reached_stages_are_two_one_and_three(scope: Scope):
    judged = scope.judgement.pairs.query("unit_id == 'XA-01'").set_index("policy_id")
    assert judged["reached"].to_dict() == {"P1": 2, "P2": 1, "P3": 3}
    assert judged["covered"].to_dict() == {"P1": 2, "P2": 0, "P3": 2}
    assert judged["days"].dropna().to_dict() == {"P1": 2, "P3": 1}
