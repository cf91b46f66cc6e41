"""Neutral rules are derived from the declared schema, in the words of no engine."""

from __future__ import annotations

from kit.schema.load import RULE_KINDS, load_schema
from kit.schema.rules import CHECKS, Condition, neutral_rules

SCHEMA = load_schema()


def rules(table, code):
    return [rule for rule in neutral_rules(SCHEMA, SCHEMA.tables[table]) if rule.code == code]


def test_every_constraint_of_a_field_is_a_rule():
    found = {(rule.field, rule.check) for rule in neutral_rules(SCHEMA, SCHEMA.tables["feedback"])}
    assert {("received", "required"), ("received", "minimum"), ("respondents", "codes")} <= found
    assert ("respondents", "required") not in found


def test_every_declared_rule_but_integrity_is_derived():
    for table in SCHEMA.tables.values():
        derived = {rule.code for rule in neutral_rules(SCHEMA, table)}
        assert {rule.code for rule in table.rules if rule.kind != "integrity"} <= derived
        assert not {rule.code for rule in table.rules if rule.kind == "integrity"} & derived


def test_only_known_checks_are_derived():
    assert {rule.check for table in SCHEMA.tables.values() for rule in neutral_rules(SCHEMA, table)} <= set(CHECKS)
    assert {rule.kind for table in SCHEMA.tables.values() for rule in table.rules} == set(RULE_KINDS)


def test_ordered_fields_are_compared_with_the_next_known_one():
    pairs = {rule.fields: rule.when for rule in rules("policies", "policy-stage-order")}
    assert len(pairs) == 6
    between = (Condition("draft_consultation_date", "blank"),)
    assert pairs["proposal_consultation_date", "appraisal_date"] == between


def test_a_code_out_of_its_list_decides_nothing():
    (rule,) = rules("obstacles", "obstacle-no-description")
    assert rule.when[0].codes == tuple(code for code in SCHEMA.codelists["obstacle_category"].codes if code != "none")
    (rule,) = rules("activities", "policy-on-other-kind")
    assert "policy_communication" not in rule.when[0].codes and len(rule.when[0].codes) == 4


def test_a_rule_reads_its_fields_and_those_of_its_condition():
    (rule,) = rules("tasks", "quality-not-completed")
    assert rule.reads == ("quality", "completed_date")
