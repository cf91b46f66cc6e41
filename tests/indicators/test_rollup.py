"""The tree on T and succession (indicators.md, "Units and roll-up")."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kit.indicators.rollup import Tree, build_tree
from tests.indicators.frames import typed

T = date(2024, 6, 14)
ENDED = {"valid_to": "2024-03-31"}
LATER = {"valid_from": "2024-07-01"}


def tree(*units: dict, cutoff: date = T) -> Tree:
    return build_tree(typed("units", list(units)), cutoff)


def owners(grown: Tree, *units: str) -> list[str | None]:
    found = grown.owner(pd.Series(units, dtype="str"))
    return [None if pd.isna(owner) else owner for owner in found]


def test_a_valid_unit_keeps_its_rows():
    assert owners(tree({"unit_id": "A"}), "A") == ["A"]


def test_validity_includes_both_days():
    first_day = tree({"unit_id": "A", "valid_from": "2024-06-14"}, {"unit_id": "B", "valid_from": "2024-06-15"})
    last_day = tree({"unit_id": "A", "valid_to": "2024-06-14"}, {"unit_id": "B", "valid_to": "2024-06-13"})
    assert first_day.units == last_day.units == ["A"]
    assert (first_day.state["B"], last_day.state["B"]) == ("future", "ended")


def test_several_units_pass_on_to_one_successor():
    grown = tree(
        {"unit_id": "A"}, {"unit_id": "B", "successor_id": "A", **ENDED}, {"unit_id": "C", "successor_id": "A", **ENDED}
    )
    assert owners(grown, "A", "B", "C") == ["A", "A", "A"]


def test_the_successor_comes_before_the_parent():
    units = [{"unit_id": "P", "level": "district"}, {"unit_id": "S"}]
    both = {"unit_id": "A", "parent_id": "P", "successor_id": "S", **ENDED}
    assert owners(tree(*units, both), "A") == ["S"]
    assert owners(tree(*units, {"unit_id": "A", "parent_id": "P", **ENDED}), "A") == ["P"]


def test_a_succession_goes_on_until_a_valid_unit():
    grown = tree(
        {"unit_id": "A", "successor_id": "B", **ENDED},
        {"unit_id": "B", "parent_id": "C", **ENDED},
        {"unit_id": "C", "successor_id": "D", **ENDED},
        {"unit_id": "D"},
    )
    assert owners(grown, "A", "B", "C", "D") == ["D", "D", "D", "D"]


def test_a_succession_that_turns_round_ends_nowhere():
    grown = tree(
        {"unit_id": "A", "successor_id": "B", **ENDED},
        {"unit_id": "B", "successor_id": "A", **ENDED},
        {"unit_id": "C", "successor_id": "C", **ENDED},
    )
    assert owners(grown, "A", "B", "C") == [None, None, None]


def test_a_unit_without_heir_or_unknown_passes_nothing_on():
    grown = tree({"unit_id": "A", **ENDED}, {"unit_id": "B", "successor_id": "NOWHERE", **ENDED})
    assert owners(grown, "A", "B", "NOWHERE") == [None, None, None]


def test_an_unknown_successor_does_not_fall_back_on_the_parent():
    # The cell of an unknown successor is set aside (blank) before; what is still named here is a unit set aside.
    grown = tree(
        {"unit_id": "P", "level": "district"},
        {"unit_id": "S", "_set_aside": True},
        {"unit_id": "A", "parent_id": "P", "successor_id": "S", **ENDED},
    )
    assert owners(grown, "A") == [None]


def test_rows_of_a_future_unit_are_not_used_but_a_succession_passes_through_it():
    grown = tree(
        {"unit_id": "A", "successor_id": "B", **ENDED}, {"unit_id": "B", "successor_id": "C", **LATER}, {"unit_id": "C"}
    )
    assert owners(grown, "A", "B") == ["C", None]


def test_the_parent_on_t_is_the_unit_that_receives_the_parents_rows():
    province = {"unit_id": "T", "level": "province"}
    commune = {"unit_id": "X", "parent_id": "H"}
    for gone in (ENDED, LATER):
        grown = tree(province, {"unit_id": "H", "level": "district", "parent_id": "T", **gone}, commune)
        assert dict(grown.parent) == {"X": "T"}
        assert grown.subtree("T") == ["T", "X"]


def test_a_district_that_ended_on_30_6_2025_stands_until_that_day():
    units = (
        {"unit_id": "T", "level": "province"},
        {"unit_id": "H", "level": "district", "parent_id": "T", "valid_to": "2025-06-30"},
        {"unit_id": "X", "parent_id": "H"},
    )
    assert dict(tree(*units, cutoff=date(2025, 6, 30)).parent) == {"X": "H", "H": "T"}
    assert dict(tree(*units, cutoff=date(2025, 7, 1)).parent) == {"X": "T"}


def test_a_unit_below_one_set_aside_has_no_parent():
    grown = tree(
        {"unit_id": "T", "level": "province"},
        {"unit_id": "H", "level": "district", "parent_id": "T", "_set_aside": True},
        {"unit_id": "X", "parent_id": "H"},
    )
    assert grown.units == ["T", "X"]
    assert dict(grown.parent) == {}
    assert owners(grown, "H") == [None]


def test_a_parent_whose_rows_come_to_the_unit_itself_is_no_parent():
    grown = tree(
        {"unit_id": "H", "level": "district", "successor_id": "X", **ENDED}, {"unit_id": "X", "parent_id": "H"}
    )
    assert dict(grown.parent) == {}
    assert grown.subtree("X") == ["X"]


def test_the_closure_has_every_unit_below_and_itself_once():
    grown = tree(
        {"unit_id": "T", "level": "province"},
        {"unit_id": "H", "level": "district", "parent_id": "T"},
        {"unit_id": "X1", "parent_id": "H"},
        {"unit_id": "X2", "parent_id": "H"},
    )
    pairs = list(grown.closure.itertuples(index=False, name=None))
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == {
        *(("T", member) for member in ("T", "H", "X1", "X2")),
        *(("H", member) for member in ("H", "X1", "X2")),
        ("X1", "X1"),
        ("X2", "X2"),
    }
    assert grown.subtree("H") == ["H", "X1", "X2"]


def test_a_cycle_made_by_successions_still_ends():
    # H gave way to C, whose parent is A, whose parent was H: above A stands C, above C stands A.
    grown = tree(
        {"unit_id": "H", "level": "province", "successor_id": "C", **ENDED},
        {"unit_id": "A", "level": "district", "parent_id": "H"},
        {"unit_id": "C", "parent_id": "A"},
    )
    assert grown.subtree("A") == grown.subtree("C") == ["A", "C"]


def test_pooling_repeats_rows_for_every_unit_above():
    grown = tree({"unit_id": "H", "level": "district"}, {"unit_id": "X", "parent_id": "H"})
    rows = pd.DataFrame({"owner": pd.Series(["X", "H"], dtype="str"), "n": [1, 2]})
    pooled = grown.pool(rows).groupby("unit_id")["n"].sum()
    assert pooled.to_dict() == {"H": 3, "X": 1}


def test_units_are_sorted_by_code_points():
    assert tree({"unit_id": "a"}, {"unit_id": "Z"}, {"unit_id": "XA-2"}, {"unit_id": "XA-10"}).units == [
        "XA-10",
        "XA-2",
        "Z",
        "a",
    ]


def test_building_the_tree_leaves_the_table_alone():
    units = typed("units", [{"unit_id": "A"}, {"unit_id": "B", "successor_id": "A", **ENDED}])
    before = units.copy(deep=True)
    build_tree(units, T)
    pd.testing.assert_frame_equal(units, before)
