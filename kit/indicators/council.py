"""HD: part played by members of the Council for coordination of PBGDPL (plan, part I.2)."""

from __future__ import annotations

import pandas as pd

from kit.collect.text import match_key
from kit.indicators.model import Scope, ratio
from kit.indicators.rollup import FAR

PERSON = ["list_unit", "member_id"]


def participation(scope: Scope) -> pd.DataFrame:
    """HD-01: members on T named by a counted activity of the subtree, since the start of the year."""
    members = members_on_cutoff(scope)
    named = named_members(scope)
    seats = scope.tree.pool(members)[["unit_id", *PERSON]]
    hits = scope.tree.pool(named)[["unit_id", *PERSON]].drop_duplicates().merge(seats, on=["unit_id", *PERSON])
    return ratio(hits.groupby("unit_id").size(), seats.groupby("unit_id").size())


def members_on_cutoff(scope: Scope) -> pd.DataFrame:
    """Members on T of the plan year's own lists of valid units: ``owner``, ``list_unit``, ``member_id`` …"""
    frame = scope.rows("council_members")
    last = frame["member_to"].fillna(FAR)
    frame = frame.loc[
        (frame["_year"] == scope.period.year)
        & (frame["_unit"] == frame["owner"])
        & (frame["member_from"] <= scope.cutoff)
        & (last >= scope.cutoff)
    ]
    return frame.assign(list_unit=frame["_unit"])


def named_members(scope: Scope) -> pd.DataFrame:
    """(owner of the activity, person) for counted activities of the year to T, with ``_unit``, ``_year``, ``written``.

    A ``member_id`` is looked up in the list of the reporting unit, then of its ``parent_id``, and so on upwards,
    whether or not these units are valid on T, in lists of the activity's plan year.
    """
    frame = scope.counted_activities
    asked = frame.loc[frame["member_id"].notna(), ["owner", "_unit", "_year", "member_id"]].drop_duplicates()
    lists = scope.frames["council_members"]
    listed = zip(lists["_unit"], lists["_year"], lists["member_id"].fillna(""), strict=True)
    known = {(unit, year, match_key(member)): member for unit, year, member in reversed(list(listed))}
    parents = _parents(scope.frames["units"])
    found = [
        _person(unit, year, member, parents=parents, known=known)
        for unit, year, member in zip(asked["_unit"], asked["_year"], asked["member_id"], strict=True)
    ]
    people = pd.DataFrame(found, columns=PERSON, index=asked.index, dtype="str")
    return asked.rename(columns={"member_id": "written"}).join(people).dropna(subset="list_unit")


def _parents(units: pd.DataFrame) -> dict[str, str]:
    usable = units.loc[~units["_set_aside"] & units["parent_id"].notna()]
    return dict(zip(usable["unit_id"], usable["parent_id"], strict=True))


def _person(
    unit: str, year: int, member: str, *, parents: dict[str, str], known: dict[tuple, str]
) -> tuple[str | None, str | None]:
    """The nearest list upwards that has the member, and the ``member_id`` as written there."""
    seen: set[str] = set()
    while unit and unit not in seen:
        if (unit, year, match_key(member)) in known:
            return unit, known[unit, year, match_key(member)]
        seen.add(unit)
        unit = parents.get(unit, "")
    return None, None
