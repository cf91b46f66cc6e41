"""Every declared rule: rows that break it give its finding, a correct neighbour gives none."""

from __future__ import annotations

from functools import cache

import pytest

from tests.validation.raw_rows import H1, SCHEMA, check_rows

LONG = "Phổ biến nội dung dự thảo luật đến toàn thể cán bộ và Nhân dân trên địa bàn xã"
TASK = {"task_id": "NV-01", "start_date": "2024-01-15"}
TELL = {"kind": "policy_communication", "policy_id": "CS-1"}
MEMBER = {"member_id": "TV-1", "_unit": "HU-01"}
UNITS = [
    {"unit_id": "T-1", "level": "province"},
    {"unit_id": "HU-01", "level": "district", "parent_id": "T-1", "valid_to": "2025-06-30"},
    {"unit_id": "XA-01", "parent_id": "HU-01"},
]


# code: (table, field the finding stands on, rows that break it, rows that keep it, other tables)
CASES = {
    "unit-validity": ("units", "valid_to", [{"unit_id": "A1", "valid_to": "1999-01-01"}],
                      [{"unit_id": "A1", "valid_to": "2000-01-01"}], {}),
    "unit-parent-level": ("units", "parent_id", [{"unit_id": "A1", "parent_id": "XA-01"}],
                          [{"unit_id": "A1", "parent_id": "HU-01"}], {}),
    "unit-parent-cycle": ("units", "parent_id", [{"unit_id": "A1", "parent_id": "A1"}], [{"unit_id": "A1"}], {}),
    "district-after-2025": ("units", "valid_to", [{"unit_id": "A1", "level": "district"}],
                            [{"unit_id": "A1", "level": "district", "valid_to": "2024-12-31"}], {}),
    "policy-stage-order": ("policies", "appraisal_date", [{"policy_id": "P", "appraisal_date": "2024-01-09"}],
                           [{"policy_id": "P", "appraisal_date": "2024-01-10"}], {}),
    "policy-withdrawn-adopted": (
        "policies", "withdrawn_date",
        [{"policy_id": "P", "withdrawn_date": "2024-06-01", "adoption_date": "2024-06-02"}],
        [{"policy_id": "P", "withdrawn_date": "2024-06-01"}], {}),
    "policy-regime-date": ("policies", "legal_regime", [{"policy_id": "P", "legal_regime": "2025"}],
                           [{"policy_id": "P", "legal_regime": "2025", "draft_consultation_date": "2025-04-01"}], {}),
    "issuer-validity": ("issuers", "valid_to", [{"valid_to": "2019-12-31"}], [{"valid_to": "2020-01-01"}], {}),
    "period-unknown": ("submissions", "period", [{"period": "2024-02-30..2024-03-31"}],
                       [{"period": "2024-02-28..2024-03-31"}], {}),
    "nothing-but-rows": ("submissions", "nothing_to_report", [{"nothing_to_report": "x"}],
                         [{"nothing_to_report": "không"}], {"activities": [{}]}),
    "sent-before-end": ("submissions", "sent_date", [{"sent_date": "2024-06-13"}], [{"sent_date": "2024-06-14"}], {}),
    "task-start-due": ("tasks", "due_date", [{"start_date": "2024-04-01"}], [{"start_date": "2024-03-31"}], {}),
    "task-start-completed": (
        "tasks", "completed_date", [{"start_date": "2024-02-01", "completed_date": "2024-01-31"}],
        [{"start_date": "2024-02-01", "completed_date": "2024-02-01", "product_required": "không"}], {}),
    "completed-after-cutoff": (
        "tasks", "completed_date", [{"completed_date": "2024-06-15", "product_required": "không"}],
        [{"completed_date": "2024-06-14", "product_required": "không"}], {}),
    "due-outside-year": ("tasks", "due_date", [{"due_date": "2025-01-01"}], [{"due_date": "2024-12-31"}], {}),
    "quality-not-completed": (
        "tasks", "quality", [{"quality": "Tốt"}],
        [{"quality": "Tốt", "completed_date": "2024-03-01", "product_required": "không"}], {}),
    "completed-no-product": ("tasks", "completed_date", [{"task_id": "NV-02", "completed_date": "2024-03-01"}],
                             [{"task_id": "NV-01", "completed_date": "2024-03-01"}], {"products": [{}]}),
    "task-text-twice": ("tasks", "title", [{"title": LONG}, {"title": LONG.upper()}],
                        [{"title": LONG}, {"title": LONG + " năm 2024"}], {}),
    "task-scope": ("tasks", "title", [{"title": "Tuyên truyền trên địa bàn toàn huyện"}],
                   [{"title": "Dự hội nghị toàn huyện"}, {"title": "Tuyên truyền toàn tỉnh", "_unit": "HU-01"}], {}),
    "product-before-task": ("products", "issued_date", [{"issued_date": "2024-01-14"}], [{"issued_date": "2024-01-15"}],
                            {"tasks": [TASK]}),
    "document-number-shape": ("products", "document_number", [{"document_number": "kế hoạch số 5"}],
                              [{"document_number": "05/BC-UBND"}], {"tasks": [TASK]}),
    "communication-no-policy": ("activities", "policy_id", [{**TELL, "policy_id": None}], [TELL], {}),
    "policy-on-other-kind": ("activities", "policy_id", [{"policy_id": "CS-1"}], [{}], {}),
    "activity-after-cutoff": ("activities", "date", [{"date": "2024-06-15"}], [{"date": "2024-06-14"}], {}),
    "policy-not-assigned": ("activities", "policy_id", [TELL], [{**TELL, "_unit": "HU-01"}],
                            {"assignments": [{"unit_id": "HU-01"}], "units": [*UNITS[:2], {"unit_id": "XA-01"}]}),
    "outside-window": ("activities", "date", [{**TELL, "date": "2024-01-09"}], [{**TELL, "date": "2024-01-10"}], {}),
    "sessions-missing": ("activities", "sessions", [{"attendances": "5"}], [{"attendances": "5", "sessions": "1"}], {}),
    "member-unknown": ("activities", "member_id", [{"member_id": "TV-9"}], [{"member_id": "tv-1"}],
                       {"council_members": [MEMBER]}),
    "attendances-high": ("activities", "attendances", [{"attendances": "1001", "sessions": "2"}],
                         [{"attendances": "1000", "sessions": "2"}], {}),
    "activity-twice": ("activities", "activity_id", [{}, {}], [{}, {"attendances": "5", "sessions": "1"}], {}),
    "loudspeaker-no-broadcasts": ("activities", "broadcasts", [{"form": "loudspeaker"}],
                                  [{"form": "loudspeaker", "broadcasts": "0"}], {}),
    "news-no-items": ("activities", "news_items", [{"form": "news"}], [{"form": "news", "news_items": "1"}], {}),
    "social-no-posts": ("activities", "social_posts", [{"form": "Mạng xã hội"}],
                        [{"form": "social_media", "social_posts": "1"}], {}),
    "feedback-sum": ("feedback", "received", [{"_unit": "T-1", "received": "2"}], [{"_unit": "T-1", "received": "3"}],
                     {}),
    "spent-over-allocated": ("budget", "spent", [{"allocated": "10", "spent": "10.5"}],
                             [{"allocated": "10", "spent": "10"}, {"spent": "3"}], {}),
    "obstacle-no-description": ("obstacles", "description", [{"description": None}],
                                [{"description": None, "category": "none"}], {}),
    "obstacle-resolved-order": ("obstacles", "resolved_date", [{"resolved_date": "2024-05-19"}],
                                [{"resolved_date": "2024-05-20"}], {}),
    "none-beside-others": ("obstacles", "category", [{"category": "none"}, {}],
                           [{"category": "none"}, {"reported_date": "2023-05-20"}], {}),
    "narrative-text-twice": ("narrative", "text", [{"text": LONG}, {"text": LONG, "section": "causes"}],
                             [{"text": LONG}, {"text": LONG, "_unit": "HU-01"}], {}),
    "narrative-scope": ("narrative", "text", [{"text": "Đã triển khai toàn tỉnh"}],
                        [{"text": "Theo kế hoạch của toàn tỉnh"}], {}),
}  # fmt: skip
for _code, (_table, *_rest, _others) in list(CASES.items()):
    if _table == "policies":  # the usual assignment names another policy
        CASES[_code] = (_table, *_rest, {**_others, "assignments": []})


@cache  # checking runs the engine
def found_by(code, *, broken):
    table, _, bad, good, others = CASES[code]
    rows = bad if broken else good
    given = {**others, table: [*(UNITS if table == "units" else others.get(table, [])), *rows]}
    return check_rows(period=H1, **given)


def declared(code, table):
    return next(rule for rule in SCHEMA.tables[table].rules if rule.code == code)


def test_every_declared_rule_has_a_case():
    assert set(CASES) == {rule.code for table in SCHEMA.tables.values() for rule in table.rules}


@pytest.mark.parametrize("code", CASES)
def test_rows_that_break_a_rule_are_found_once(code):
    table, field, *_ = CASES[code]
    outcome = found_by(code, broken=True)
    found = outcome.one(code)
    assert (found["table"], found["field"], found["severity"]) == (table, field, declared(code, table).severity)
    assert found["message"] and "{" not in found["message"]


@pytest.mark.parametrize("code", CASES)
def test_rows_that_keep_a_rule_give_no_finding(code):
    assert found_by(code, broken=False).codes == []


@pytest.mark.parametrize("code", CASES)
def test_a_rule_sets_aside_what_it_declares(code):
    table = CASES[code][0]
    outcome = found_by(code, broken=True)
    rule = declared(code, table)
    at = int(outcome.one(code)["source_row"]) - 2
    assert outcome.aside(table)[at] == (rule.sets_aside == "row")
    assert outcome.errors(table)[at] == (rule.severity == "error")
    if rule.sets_aside not in ("", "row"):
        assert outcome.values(table, rule.sets_aside)[at] is None


@pytest.mark.parametrize("code", ["completed-after-cutoff", "activity-after-cutoff"])
def test_without_a_period_nothing_is_judged_against_a_cutoff(code):
    table, _, bad, _, others = CASES[code]
    assert check_rows(**{**others, table: bad}).codes == []
