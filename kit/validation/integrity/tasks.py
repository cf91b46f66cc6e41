"""Rules of tasks and their products."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kit.validation.integrity.model import Checked, rows_where, rule
from kit.validation.keys import looked_up, match_keys, workbook
from kit.validation.marks import Marks
from kit.validation.unread import without_table
from kit.validation.wording import shown


def task_of(frame: pd.DataFrame) -> pd.Series:
    """Return what names a task across workbooks; missing where the row names none."""
    return workbook(frame) + "\x1f" + match_keys(frame["task_id"])


@rule("completed-after-cutoff")
def completed_after_cutoff(checked: Checked, table: str) -> Iterator[Marks]:
    """Completed after T: read as not completed by T."""
    if checked.cutoff is None:
        return
    done = checked.frames[table]["completed_date"]
    rows = rows_where(done > checked.cutoff, checked.sound(table, "completed_date"))
    yield Marks("completed-after-cutoff", table, "completed_date", rows, {"cutoff": shown(checked.cutoff)})


@rule("due-outside-year")
def due_outside_year(checked: Checked, table: str) -> Iterator[Marks]:
    """The due date lies in the plan year (calendar year of the workbook)."""
    tasks = checked.frames[table]
    outside = tasks["due_date"].notna() & (tasks["due_date"].dt.year != tasks["_year"])
    rows = rows_where(outside, checked.sound(table, "due_date"))
    yield Marks("due-outside-year", table, "due_date", rows, {"year": list(tasks["_year"].iloc[rows])})


@rule("completed-no-product")
def completed_no_product(checked: Checked, table: str) -> Iterator[Marks]:
    """A completed task that must have a product names one (of its own workbook, set aside or not)."""
    tasks = checked.frames[table]
    produced = task_of(tasks).isin(task_of(checked.frames["products"]).dropna())
    lacking = tasks["completed_date"].notna() & tasks["product_required"] & ~produced
    lacking &= ~without_table(tasks, "products", checked.ledger)
    rows = rows_where(lacking, checked.sound(table, "task_id", "completed_date", "product_required"))
    yield Marks("completed-no-product", table, "completed_date", rows)


@rule("product-before-task")
def product_before_task(checked: Checked, table: str) -> Iterator[Marks]:
    """A product is not issued before its task starts."""
    products, tasks = checked.frames[table], checked.frames["tasks"]
    sound = tasks[checked.sound("tasks", "start_date") & tasks["start_date"].notna()]
    starts = sound.assign(task=task_of(sound.reset_index(drop=True)).to_numpy()).drop_duplicates("task")
    start = looked_up(task_of(products), dict(zip(starts["task"], starts["start_date"], strict=True)), "datetime64[s]")
    rows = rows_where(products["issued_date"] < start, checked.sound(table, "issued_date", "task_id"))
    yield Marks("product-before-task", table, "issued_date", rows, {"start": [shown(day) for day in start.iloc[rows]]})
