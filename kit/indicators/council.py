"""HD: part played by members of the Council for coordination of PBGDPL (plan, part I.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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

    Who is meant by a ``member_id`` says ``listed_people``.
    """
    frame = scope.counted_activities
    asked = frame.loc[frame["member_id"].notna(), ["owner", "_unit", "_year", "member_id"]].drop_duplicates()
    people = listed_people(scope)
    written = zip(asked["_unit"], asked["_year"], asked["member_id"], strict=True)
    found = [people.person(*one) or (None, None) for one in written]
    named = pd.DataFrame(found, columns=PERSON, index=asked.index, dtype="str")
    return asked.rename(columns={"member_id": "written"}).join(named).dropna(subset="list_unit")


@dataclass(frozen=True)
class People:
    """``known``: (unit of the list, plan year, ``match_key`` of a ``member_id``) → the ``member_id`` as listed."""

    known: Mapping[tuple[str, int, str], str]
    parents: Mapping[str, str]

    def person(self, unit: str, year: int, written: str) -> tuple[str, str] | None:
        """The nearest list upwards that has what a unit wrote as ``member_id``, and the ``member_id`` as listed there.

        Looked up in the list of the reporting unit, then of its ``parent_id``, and so on upwards, whether or not these
        units are valid on T, in lists of the activity's plan year.
        """
        seen: set[str] = set()
        while unit and unit not in seen:
            if (found := self.known.get((unit, year, match_key(written)))) is not None:
                return unit, found
            seen.add(unit)
            unit = self.parents.get(unit, "")
        return None


def listed_people(scope: Scope) -> People:
    """Return the people of all lists, set aside or not; of several rows with one key the first."""
    lists, units = scope.frames["council_members"], scope.frames["units"]
    listed = [*zip(lists["_unit"], lists["_year"], lists["member_id"].fillna(""), strict=True)]
    parents = zip(units["unit_id"], units["parent_id"], units["_set_aside"], strict=True)
    return People(
        {(unit, year, match_key(member)): member for unit, year, member in reversed(listed)},
        {unit: parent for unit, parent, aside in parents if isinstance(parent, str) and not aside},
    )
