"""The tables of data-model.md: fields, types, required fields, code lists and keys.

Said a second time on purpose: the kit derives everything from its own schema, the oracle must not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field: its type, whether it is required, its codes, its default when blank, its least value."""

    type: str
    required: bool = False
    codes: tuple[str, ...] = ()
    default: object = None
    minimum: int | None = None


TEXT, TEXT_REQUIRED = Field("string"), Field("string", required=True)
DATE, DATE_REQUIRED = Field("date"), Field("date", required=True)
FLAG_REQUIRED = Field("boolean", required=True)
COUNT = Field("integer", minimum=0)
COUNT_REQUIRED = Field("integer", required=True, minimum=0)
AMOUNT = Field("number", minimum=0)
PERIOD_REQUIRED = Field("period", required=True)


def code(codes: str, *, required: bool = False) -> Field:
    return Field("code", required=required, codes=tuple(codes.split()))


def code_list(codes: str) -> Field:
    return Field("list", codes=tuple(codes.split()))


RESULTS = "good acceptable poor"

FIELDS: dict[str, dict[str, Field]] = {
    "units": {
        "unit_id": Field("unit_id", required=True),
        "name": TEXT_REQUIRED,
        "level": code("commune district department province ministry", required=True),
        "parent_id": TEXT,
        "valid_from": DATE_REQUIRED,
        "valid_to": DATE,
        "successor_id": TEXT,
    },
    "policies": {
        "policy_id": TEXT_REQUIRED,
        "title": TEXT_REQUIRED,
        "document_type": code(
            "law ordinance assembly_resolution decree decision circular council_resolution provincial_decision other",
            required=True,
        ),
        "level": code("central province", required=True),
        "lead_agency": TEXT_REQUIRED,
        "lead_unit_id": TEXT,
        "field": TEXT,
        "legal_regime": code("2015 2025", required=True),
        "needs_proposal": FLAG_REQUIRED,
        "direct_effect": FLAG_REQUIRED,
        "contested": FLAG_REQUIRED,
        "wide_effect": FLAG_REQUIRED,
        "criteria_evidence": TEXT,
        "proposal_consultation_date": DATE,
        "draft_consultation_date": DATE,
        "appraisal_date": DATE,
        "adoption_date": DATE,
        "withdrawn_date": DATE,
        "source": TEXT,
    },
    "assignments": {
        "policy_id": TEXT_REQUIRED,
        "unit_id": TEXT_REQUIRED,
        "role": code("lead participant", required=True),
        "assigned_date": DATE,
    },
    "submissions": {
        "period": PERIOD_REQUIRED,
        "sent_date": DATE_REQUIRED,
        "prepared_by": TEXT,
        "approved_by": TEXT,
        "nothing_to_report": Field("boolean", default=False),
    },
    "tasks": {
        "task_id": TEXT_REQUIRED,
        "group": code(
            "briefing guidance training planning communication inspection reporting other",
            required=True,
        ),
        "title": TEXT_REQUIRED,
        "lead": TEXT_REQUIRED,
        "coordinating": Field("list"),
        "start_date": DATE,
        "due_date": DATE_REQUIRED,
        "completed_date": DATE,
        "quality": code(RESULTS),
        "product_required": Field("boolean", default=True),
    },
    "products": {
        "product_id": TEXT_REQUIRED,
        "task_id": TEXT_REQUIRED,
        "kind": code("document report plan material", required=True),
        "document_number": TEXT,
        "issued_date": DATE_REQUIRED,
        "title": TEXT,
    },
    "activities": {
        "activity_id": TEXT_REQUIRED,
        "date": DATE_REQUIRED,
        "kind": code("briefing guidance training awareness policy_communication", required=True),
        "policy_id": TEXT,
        "task_id": TEXT,
        "form": code(
            "press_conference press_release news loudspeaker portal social_media seminar workshop dialogue conference"
            " training_class leaflet integrated other",
            required=True,
        ),
        "audiences": code_list(
            "officials civil_servants public_employees workers citizens organisations enterprises",
        ),
        "contents": code_list("1 2 3 4 5 6 7"),
        "member_id": TEXT,
        "is_owner": Field("boolean", default=True),
        "counted_elsewhere": Field("boolean", default=False),
        "sessions": COUNT,
        "attendances": COUNT,
        "news_items": COUNT,
        "broadcasts": COUNT,
        "printed_documents": COUNT,
        "online_documents": COUNT,
        "social_posts": COUNT,
        "evidence": TEXT,
    },
    "feedback": {
        "feedback_id": TEXT_REQUIRED,
        "policy_id": TEXT_REQUIRED,
        "date": DATE_REQUIRED,
        "respondents": code("citizens organisations enterprises agencies"),
        "received": COUNT_REQUIRED,
        "accepted": COUNT_REQUIRED,
        "explained": COUNT_REQUIRED,
    },
    "budget": {
        "line_id": TEXT_REQUIRED,
        "task_id": TEXT,
        "source": code("state_regular state_scheme mobilised", required=True),
        "allocated": AMOUNT,
        "spent": AMOUNT,
        "recorded_date": DATE_REQUIRED,
    },
    "obstacles": {
        "obstacle_id": TEXT_REQUIRED,
        "category": code(
            "identification skills staff funding initiative coordination infrastructure awareness organisation other"
            " none",
            required=True,
        ),
        "description": TEXT,
        "reported_date": DATE_REQUIRED,
        "responsible_level": code("commune district province ministry"),
        "proposal": TEXT,
        "resolved_date": DATE,
    },
    "inspections": {
        "inspection_id": TEXT_REQUIRED,
        "date": DATE_REQUIRED,
        "inspected": TEXT_REQUIRED,
        "result": code(RESULTS),
        "document_number": TEXT,
    },
    "council_members": {
        "member_id": TEXT_REQUIRED,
        "full_name": TEXT_REQUIRED,
        "position": TEXT,
        "agency": TEXT_REQUIRED,
        "field": TEXT,
        "member_from": DATE_REQUIRED,
        "member_to": DATE,
    },
    "narrative": {
        "period": PERIOD_REQUIRED,
        "section": code("results strengths limitations causes next_tasks proposals", required=True),
        "text": TEXT_REQUIRED,
        "publish": Field("boolean", default=False),
    },
}

REFERENCE_TABLES = ("units", "policies", "assignments")
COLLECTED_TABLES = tuple(table for table in FIELDS if table not in REFERENCE_TABLES)
PAIR_KEYS = {"assignments": ("policy_id", "unit_id"), "narrative": ("period", "section")}
KEYS = {table: PAIR_KEYS.get(table, (next(iter(fields)),)) for table, fields in FIELDS.items()}

# commune below district and department, these below province, below ministry
RANK = {"commune": 0, "district": 1, "department": 1, "province": 2, "ministry": 3}
