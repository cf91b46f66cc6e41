"""CD: steering, the tasks of the plan year (plan, part II; indicators.md, "Steering")."""

from __future__ import annotations

import pandas as pd

from kit.indicators.model import Scope, ratio

GROUPS = ("briefing", "guidance", "training", "planning")


def groundwork(scope: Scope) -> pd.DataFrame:
    """CD-01: each valid unit with a task brings a denominator of 4, then sums go up the tree."""
    tasks = scope.year_tasks
    groups = tasks.loc[tasks["group"].isin(GROUPS)].groupby(["owner", "group"], as_index=False)["completed"].all()
    done = groups.groupby("owner")["completed"].sum()
    units = pd.DataFrame({"owner": tasks["owner"].unique()})
    units = units.assign(done=units["owner"].map(done).fillna(0).astype("int64"), four=len(GROUPS))
    return ratio(scope.total(units, "done"), scope.total(units, "four"))


def completion(scope: Scope) -> pd.DataFrame:
    """CD-02."""
    due = scope.year_tasks.loc[scope.year_tasks["due"]]
    return ratio(scope.count(due.loc[due["completed"]]), scope.count(due))


def punctuality(scope: Scope) -> pd.DataFrame:
    """CD-03."""
    tasks = scope.year_tasks
    judged = tasks.loc[tasks["due"] & (tasks["completed"] | (tasks["due_date"] <= scope.cutoff))]
    on_time = judged["completed"] & (judged["completed_date"] <= judged["due_date"])
    return ratio(scope.count(judged.loc[on_time]), scope.count(judged))


def overdue(scope: Scope) -> pd.DataFrame:
    """CD-04: 0 when none is overdue, missing when the subtree has no task of the plan year."""
    tasks = scope.year_tasks
    late = (tasks["due_date"] < scope.cutoff) & ~tasks["completed"]
    return scope.total(tasks.assign(late=late.astype("int64")), "late").to_frame("numerator")


def quality(scope: Scope) -> pd.DataFrame:
    """CD-05."""
    tasks = scope.year_tasks
    rated = tasks.loc[tasks["due"] & tasks["completed"] & tasks["quality"].notna()]
    return ratio(scope.count(rated.loc[rated["quality"] != "poor"]), scope.count(rated))


def with_product(scope: Scope) -> pd.DataFrame:
    """CD-06."""
    key = ["_unit", "_year", "task_id"]
    products = scope.rows("products")
    issued = products.loc[products["issued_date"] <= scope.cutoff, key].drop_duplicates().assign(issued=True)
    tasks = scope.year_tasks
    needing = tasks.loc[tasks["due"] & tasks["completed"] & tasks["product_required"]].merge(issued, on=key, how="left")
    return ratio(scope.count(needing.loc[needing["issued"].notna()]), scope.count(needing))
