"""Obstacles of the year to T, as sections III and V and an annex need them."""

from __future__ import annotations

from kit.report.content.once import once
from kit.report.content.records import by, within
from kit.report.content.subject import Subject, label
from kit.schema.load import load_schema


@once
def reported(subject: Subject) -> list[dict]:
    """Return the obstacles that VM-01 counts, with ``resolved`` (≤ T), in the order of categories, then by date."""
    places, cutoff = _places(), subject.cutoff
    rows = [
        {
            **row,
            "resolved": row["resolved_date"] is not None and row["resolved_date"] <= cutoff,
            "order": places.get(row["category"], len(places)),
        }
        for row in _of_year(subject)
        if row["category"] != "none"
    ]
    return sorted(rows, key=by("order", "reported_date", "owner", "obstacle_id"))


def units_without(subject: Subject) -> int:
    """Return how many reporting units said that there was no obstacle, and reported none."""
    said = {row["owner"] for row in _of_year(subject) if row["category"] == "none"}
    return len(said - {row["owner"] for row in reported(subject)})


def by_category(rows: list[dict]) -> list[dict]:
    """Return for each category ``category``, ``title``, ``rows``, ``units``, ``resolved``.

    ``units`` is the number of distinct units, a merged one counted as that to which it now belongs. The category that
    most units have comes first.
    """
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(row["category"], []).append(row)
    found = [
        {
            "category": code,
            "title": label("obstacle_category", code),
            "rows": len(groups[code]),
            "units": len({row["owner"] for row in groups[code]}),
            "resolved": sum(row["resolved"] for row in groups[code]),
        }
        for code in _places()
        if code in groups
    ]
    return sorted(found, key=lambda group: (-group["units"], -group["rows"]))


@once
def _of_year(subject: Subject) -> list[dict]:
    return within(subject.records("obstacles"), "reported_date", subject.scope.year_start, subject.cutoff)


def _places() -> dict[str, int]:
    return {code: at for at, code in enumerate(load_schema().codelists["obstacle_category"].codes)}
