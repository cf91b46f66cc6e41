"""Every kind of error of data-model.md by name, so that a test can switch on a single one.

A kind is `what:table.field`, `duplicate:table`, `duplicate_of_set_aside:table` or `row_rule:table`.
"""

from __future__ import annotations

from .tables import FIELDS

REFERENCES = {
    "units": ("parent_id", "successor_id"),
    "policies": ("lead_unit_id",),
    "assignments": ("policy_id", "unit_id"),
    "products": ("task_id",),
    "activities": ("task_id",),
    "feedback": ("policy_id",),
    "budget": ("task_id",),
}
# row rule -> table, changed cells, the field the error stands on, what is set aside
RULES: dict[str, tuple[str, dict[str, str], str, str]] = {
    "valid_from_after_valid_to": ("units", {"valid_from": "2024-05-01", "valid_to": "2024-04-01"}, "valid_to", "row"),
    "parent_not_higher": ("units", {"level": "commune", "parent_id": "XA-001"}, "parent_id", "cell"),
    "stage_dates_out_of_order": (
        "policies",
        {"proposal_consultation_date": "2024-03-01", "draft_consultation_date": "2024-02-01", "appraisal_date": ""},
        "draft_consultation_date",
        "row",
    ),
    "adopted_before_appraisal": (
        "policies",
        {
            "proposal_consultation_date": "",
            "draft_consultation_date": "",
            "appraisal_date": "2024-03-01",
            "adoption_date": "2024-02-01",
            "withdrawn_date": "",
        },
        "adoption_date",
        "row",
    ),
    "withdrawn_and_adopted": (
        "policies",
        {"adoption_date": "2026-02-01", "withdrawn_date": "2026-02-01"},
        "withdrawn_date",
        "row",
    ),
    "due_before_start": (
        "tasks",
        {"start_date": "2024-04-02", "due_date": "2024-04-01", "completed_date": ""},
        "due_date",
        "row",
    ),
    "completed_before_start": (
        "tasks",
        {"start_date": "2024-04-02", "due_date": "2024-04-05", "completed_date": "2024-04-01"},
        "completed_date",
        "row",
    ),
    "communication_without_policy": (
        "activities",
        {"kind": "policy_communication", "policy_id": ""},
        "policy_id",
        "row",
    ),
    "communication_of_unknown_policy": (
        "activities",
        {"kind": "policy_communication", "policy_id": "KHONG-CO"},
        "policy_id",
        "row",
    ),
    "policy_on_another_kind": ("activities", {"kind": "awareness", "policy_id": "CS-001"}, "policy_id", "cell"),
    "answered_more_than_received": (
        "feedback",
        {"received": "5", "accepted": "3", "explained": "3"},
        "accepted",
        "row",
    ),
    "missing_description": ("obstacles", {"category": "skills", "description": ""}, "description", "row"),
    "resolved_before_reported": (
        "obstacles",
        {"reported_date": "2024-04-02", "resolved_date": "2024-04-01"},
        "resolved_date",
        "row",
    ),
}
# errors of several units, or of collected rows as a whole
UNIT_STORIES = ("parent_cycle", "unknown_unit", "succession_ends_nowhere", "succession_cycle")
CANNOT_BE_READ = {
    "date": ("2024-02-31", "chưa rõ", "15/6", "15/6/24"),
    "integer": ("nhiều", "12a", "1,234"),
    "number": ("nhiều", "12a"),
    "boolean": ("có lẽ",),
    "period": ("2024-H3", "2024-Q5", "năm 2024"),
    "unit_id": ("XÃ-_1", "X"),
}


def _kinds() -> dict[str, str]:
    kinds = {}
    for table, fields in FIELDS.items():
        for name, declared in fields.items():
            offered = {
                "missing": declared.required,
                "unreadable": declared.type in CANNOT_BE_READ,
                "unknown_code": bool(declared.codes),
                "negative": declared.minimum is not None,
                "unknown_reference": name in REFERENCES.get(table, ()),
            }
            kinds |= {f"{what}:{table}.{name}": table for what, applies in offered.items() if applies}
        kinds |= {f"duplicate:{table}": table, f"duplicate_of_set_aside:{table}": table}
    kinds |= {f"{name}:{rule[0]}": rule[0] for name, rule in RULES.items()}
    return kinds | {f"{story}:units": "units" for story in UNIT_STORIES}


ERROR_KINDS: dict[str, str] = _kinds()
"""Kind -> table."""
