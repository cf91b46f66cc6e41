"""The ERROR rules of data-model.md beyond type, required, code list and key."""

from __future__ import annotations

from .rows import DataSet, Row, Workbook, first_by_key, read_data
from .tables import RANK
from .values import match_form

STAGE_DATES = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date")


def load_checked(data_dir) -> DataSet:
    """The data set with every error recorded on its row."""
    data = read_data(data_dir)
    units, policies = data.reference["units"], data.reference["policies"]
    known_units, known_policies = first_by_key(units), first_by_key(policies)
    for row in units:
        _check_unit(row, known_units)
    _clear_cycles(units, known_units)
    for row in policies:
        _check_policy(row, known_units)
    for row in data.reference["assignments"]:
        _check_reference(row, "policy_id", known_policies, required=True)
        _check_reference(row, "unit_id", known_units, required=True)
    for workbook in data.workbooks:
        _check_workbook(workbook, known_policies)
    return data


def _check_reference(row: Row, name: str, known, *, required: bool = False) -> None:
    """An unknown reference sets aside the row where the field is required, else the cell.

    Checked against all rows of the other table, set aside or not: errors do not spread.
    """
    if row[name] is not None and match_form(row[name]) not in known:
        row.wrong(name, "unknown_reference", row=required)


def _check_order(row: Row, names: tuple[str, ...], kind: str) -> None:
    """Known dates must not fall: the row is set aside."""
    known = [(name, row[name]) for name in names if row[name] is not None]
    for (_, earlier), (name, later) in zip(known, known[1:], strict=False):
        if later < earlier:
            row.wrong(name, kind, row=True)
            return


def _check_unit(row: Row, known: dict[str, Row]) -> None:
    _check_order(row, ("valid_from", "valid_to"), "valid_from_after_valid_to")
    _check_reference(row, "successor_id", known)
    if row["parent_id"] is None:
        return
    parent = known.get(match_form(row["parent_id"]))
    if parent is None:
        row.wrong("parent_id", "unknown_parent", row=False)
    elif row["level"] and parent["level"] and RANK[parent["level"]] <= RANK[row["level"]]:
        row.wrong("parent_id", "parent_not_higher", row=False)


def _clear_cycles(units: list[Row], known: dict[str, Row]) -> None:
    """The parent of every member of a cycle is set aside (a cell already found wrong is not found again)."""
    parents = {key: match_form(row.texts.get("parent_id", "")) for key, row in known.items()}
    for key, row in known.items():
        above, seen = parents.get(key), set()
        while above in parents and above != key and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == key and not row.has_fault_on("parent_id"):
            row.wrong("parent_id", "parent_cycle", row=False)


def _check_policy(row: Row, known_units: dict[str, Row]) -> None:
    _check_reference(row, "lead_unit_id", known_units)
    _check_order(row, (*STAGE_DATES, "adoption_date"), "stage_dates_out_of_order")
    if row["withdrawn_date"] is not None and row["adoption_date"] is not None:
        row.wrong("withdrawn_date", "withdrawn_and_adopted", row=True)


def _check_workbook(workbook: Workbook, known_policies: dict[str, Row]) -> None:
    tables = workbook.tables
    known_tasks = first_by_key(tables["tasks"])
    for row in tables["tasks"]:
        _check_order(row, ("start_date", "due_date"), "due_before_start")
        _check_order(row, ("start_date", "completed_date"), "completed_before_start")
    for row in tables["products"]:
        _check_reference(row, "task_id", known_tasks, required=True)
    for row in tables["activities"]:
        _check_reference(row, "task_id", known_tasks)
        _check_activity_policy(row, known_policies)
    for row in tables["feedback"]:
        _check_reference(row, "policy_id", known_policies, required=True)
        counts = [row[name] for name in ("received", "accepted", "explained")]
        if None not in counts and counts[1] + counts[2] > counts[0]:
            row.wrong("accepted", "answered_more_than_received", row=True)
    for row in tables["budget"]:
        _check_reference(row, "task_id", known_tasks)
    for row in tables["obstacles"]:
        _check_order(row, ("reported_date", "resolved_date"), "resolved_before_reported")
        if row["category"] not in (None, "none") and row["description"] is None:
            row.wrong("description", "missing_description", row=True)


def _check_activity_policy(row: Row, known_policies: dict[str, Row]) -> None:
    if row["kind"] is None:
        return
    if row["kind"] != "policy_communication":
        if row["policy_id"] is not None:
            row.wrong("policy_id", "policy_on_another_kind", row=False)
    elif row["policy_id"] is None:
        row.wrong("policy_id", "communication_without_policy", row=True)
    elif match_form(row["policy_id"]) not in known_policies:
        row.wrong("policy_id", "communication_of_unknown_policy", row=True)
