"""Obstacles of the year to T, as sections III and V and an annex need them."""

from __future__ import annotations

import pandas as pd

from kit.indicators.flows import year_obstacles
from kit.report.content.once import once
from kit.report.content.subject import Subject, label
from kit.schema.load import load_schema


@once
def difficulties(subject: Subject) -> pd.DataFrame:
    """Return the obstacles that VM-01 counts, with ``resolved`` (≤ T), in the order of categories, then by date."""
    frame = year_obstacles(subject.scope)
    frame = frame.loc[frame["owner"].isin(subject.members) & (frame["category"] != "none")]
    order = {code: at for at, code in enumerate(load_schema().codelists["obstacle_category"].codes)}
    frame = frame.assign(resolved=frame["resolved_date"] <= subject.cutoff, order=frame["category"].map(order))
    return frame.sort_values(["order", "reported_date", "owner", "obstacle_id"], ignore_index=True)


def units_without(subject: Subject) -> int:
    """Return how many reporting units said that there was no obstacle, and reported none."""
    frame = year_obstacles(subject.scope)
    frame = frame.loc[frame["owner"].isin(subject.members)]
    said = set(frame.loc[frame["category"] == "none", "owner"])
    return len(said - set(frame.loc[frame["category"] != "none", "owner"]))


def by_category(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each category: ``title``, ``rows``, ``units`` (distinct reporting units), ``resolved``."""
    groups = frame.groupby("category")
    table = pd.DataFrame(
        {
            "rows": groups.size(),
            "units": groups["_unit"].nunique(),
            "resolved": groups["resolved"].sum().astype("int64"),
        }
    ).reset_index()
    table = table.assign(title=[label("obstacle_category", code) for code in table["category"]])
    order = {code: at for at, code in enumerate(load_schema().codelists["obstacle_category"].codes)}
    table = table.assign(order=table["category"].map(order))
    return table.sort_values(["units", "rows", "order"], ascending=[False, False, True], ignore_index=True)
