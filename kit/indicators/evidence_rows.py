"""How each indicator finds what it counts (indicators.md); the formulas stand in the modules by theme."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from kit.indicators.council import PERSON, members_on_cutoff, named_members
from kit.indicators.evidence import Finder, Thing, View, by_row, grouped
from kit.indicators.evidence_policies import POLICY_FINDERS
from kit.indicators.flows import year_obstacles
from kit.indicators.model import Indicator
from kit.indicators.outreach import AUDIENCES
from kit.indicators.reporting import deadlines, sent_reports
from kit.indicators.steering import GROUPS


def _groundwork(view: View, _: Indicator) -> list[Thing]:
    """CD-01: (unit with a task, group), done when it has tasks and all are completed."""
    tasks = view.own(view.scope.year_tasks)
    rows = grouped(tasks, ["owner", "group"], "tasks")
    done = tasks.groupby(["owner", "group"])["completed"].all().to_dict()
    return [
        Thing((owner, group), int(done.get((owner, group), False)), 1, rows.get((owner, group), ()))
        for owner in sorted(tasks["owner"].unique())
        for group in GROUPS
    ]


def _tasks(find: Callable[[pd.DataFrame, View], tuple[pd.Series, pd.Series]], *, ratio: bool = True) -> Finder:
    """CD-02 to CD-05: ``find`` says of the tasks of the plan year which count below the line, and which above."""

    def rows(view: View, _: Indicator) -> list[Thing]:
        tasks = view.own(view.scope.year_tasks)
        below, above = (mask.fillna(False).astype(bool) for mask in find(tasks, view))
        kept = tasks.loc[below]
        return by_row("tasks", kept, above[below].astype(int), below[below].astype(int) if ratio else None)

    return rows


def _with_product(view: View, _: Indicator) -> list[Thing]:
    """CD-06."""
    key = ["_unit", "_year", "task_id"]
    tasks = view.own(view.scope.year_tasks)
    tasks = tasks.loc[(tasks["due"] & tasks["completed"] & tasks["product_required"]).fillna(False)]
    products = view.scope.rows("products")
    issued = grouped(products.loc[products["issued_date"] <= view.scope.cutoff], key, "products")
    found = [issued.get(own, ()) for own in tasks[key].itertuples(index=False, name=None)]
    return [
        Thing(("tasks", str(at)), int(bool(own)), 1, (("tasks", at), *own))
        for at, own in zip(tasks.index, found, strict=True)
    ]


def _measured(view: View, indicator: Indicator) -> list[Thing]:
    """NT sums: the rows of the measure; a row that does not carry it adds nothing."""
    rows = view.own(indicator.compute.rows(view.scope))
    return by_row("activities", rows, rows["amount"], None)


def _audiences(view: View, _: Indicator) -> list[Thing]:
    """NT-03: the seven groups."""
    from kit.schema.load import load_schema

    rows = view.own(view.scope.period_activities)
    told = rows.assign(audience=rows["audiences"].str.split(";")).explode("audience")
    found = grouped(told.loc[told["audience"].notna()], ["audience"], "activities")
    groups = list(load_schema().codelists["audience"].codes)[:AUDIENCES]
    return [Thing((group,), int((group,) in found), 1, found.get((group,), ())) for group in groups]


def _members(view: View, _: Indicator) -> list[Thing]:
    """HD-01: members on T, and the activities that name them."""
    seats = view.own(members_on_cutoff(view.scope))
    named = view.own(named_members(view.scope))
    rows = view.own(view.scope.counted_activities)
    written = grouped(rows.loc[rows["member_id"].notna()], ["_unit", "_year", "member_id"], "activities")
    found: dict[tuple, tuple] = {}
    for row in named[["_unit", "_year", "written", *PERSON]].itertuples(index=False, name=None):
        found[row[3:]] = found.get(row[3:], ()) + written.get(row[:3], ())
    listed = grouped(seats, PERSON, "council_members")
    return [
        Thing(person, int(person in found), len(own), own + found.get(person, ())) for person, own in listed.items()
    ]


def _flow(table: str, field: str, *, year: bool = False) -> Callable[[View], pd.DataFrame]:
    return lambda view: view.own(view.scope.dated(table, view.scope.year_start if year else view.scope.start, field))


def _opinions(view: View, _: Indicator) -> list[Thing]:
    """GY-01."""
    rows = _flow("feedback", "date")(view)
    return by_row("feedback", rows, rows["received"], None)


def _answered(view: View, _: Indicator) -> list[Thing]:
    """GY-02."""
    rows = _flow("feedback", "date")(view)
    return by_row("feedback", rows, rows["accepted"] + rows["explained"], rows["received"])


def _disbursed(view: View, _: Indicator) -> list[Thing]:
    """KP-01: lines with an allocation; a blank ``spent`` adds nothing."""
    rows = _flow("budget", "recorded_date", year=True)(view)
    rows = rows.loc[rows["allocated"].notna()]
    return by_row("budget", rows, rows["spent"].fillna(0), rows["allocated"])


def _inspections(view: View, _: Indicator) -> list[Thing]:
    """KT-01."""
    rows = _flow("inspections", "date")(view)
    return by_row("inspections", rows, pd.Series(1, index=rows.index), None)


def _obstacles(view: View, _: Indicator) -> list[Thing]:
    """VM-01: a row that says there is none counts 0."""
    rows = view.own(year_obstacles(view.scope))
    return by_row("obstacles", rows, (rows["category"] != "none").astype(int), None)


def _resolved(view: View, _: Indicator) -> list[Thing]:
    """VM-02."""
    rows = view.own(year_obstacles(view.scope))
    rows = rows.loc[rows["category"] != "none"]
    done = (rows["resolved_date"] <= view.scope.cutoff).fillna(False).astype(int)
    return by_row("obstacles", rows, done, pd.Series(1, index=rows.index))


def _returned(*, on_time: bool) -> Finder:
    """BC-01, BC-02: the units of the subtree, with their reports of the period."""

    def find(view: View, _: Indicator) -> list[Thing]:
        sent = view.own(sent_reports(view.scope))
        due = deadlines(view.scope)
        timely = sent.loc[sent["sent_date"] <= sent["owner"].map(due)] if on_time else sent
        every, counted = grouped(sent, ["owner"], "submissions"), set(timely["owner"])
        return [Thing((unit,), int(unit in counted), 1, every.get((unit,), ())) for unit in sorted(view.members)]

    return find


def _valid(view: View, _: Indicator) -> list[Thing]:
    """DL-01: every row of the plan year's workbooks."""
    made = []
    for table, frame in view.scope.frames.items():
        rows = frame.loc[frame["_year"] == view.scope.period.year]
        rows = rows.loc[view.scope.tree.owner(rows["_unit"]).isin(view.members)]
        made += by_row(table, rows, (~rows["_has_error"]).astype(int), pd.Series(1, index=rows.index))
    return made


FINDERS: dict[str, Finder] = {
    **POLICY_FINDERS,
    "CD-01": _groundwork,
    "CD-02": _tasks(lambda tasks, _: (tasks["due"], tasks["completed"])),
    "CD-03": _tasks(
        lambda tasks, view: (
            tasks["due"] & (tasks["completed"] | (tasks["due_date"] <= view.scope.cutoff)),
            tasks["completed"] & (tasks["completed_date"] <= tasks["due_date"]),
        )
    ),
    "CD-04": _tasks(
        lambda tasks, view: (
            pd.Series(True, index=tasks.index),
            (tasks["due_date"] < view.scope.cutoff) & ~tasks["completed"],
        ),
        ratio=False,
    ),
    "CD-05": _tasks(
        lambda tasks, _: (tasks["due"] & tasks["completed"] & tasks["quality"].notna(), tasks["quality"] != "poor")
    ),
    "CD-06": _with_product,
    **dict.fromkeys(("NT-01", "NT-02", "NT-04", "NT-05", "NT-06", "NT-07", "NT-08", "NT-09"), _measured),
    "NT-03": _audiences,
    "HD-01": _members,
    "GY-01": _opinions,
    "GY-02": _answered,
    "KP-01": _disbursed,
    "KT-01": _inspections,
    "VM-01": _obstacles,
    "VM-02": _resolved,
    "BC-01": _returned(on_time=False),
    "BC-02": _returned(on_time=True),
    "DL-01": _valid,
}
