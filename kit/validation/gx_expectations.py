"""Neutral rule → Great Expectations' expectation, our rule id in its ``meta``. Imported by ``gx`` only."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column

from kit.schema.rules import Condition, NeutralRule
from kit.validation.gx_frame import KEY, sum_column


def expectation(rule: NeutralRule) -> Expectation:
    """Return the expectation that finds what breaks the rule."""
    options: dict[str, Any] = {"meta": {"rule": rule.id, "finding": rule.code}}
    if rule.when:
        options["row_condition"] = reduce(and_, [_condition(condition) for condition in rule.when])
    return _MAKE[rule.check](rule, options)


def _condition(condition: Condition):
    column = Column(condition.field)
    if condition.state == "codes":
        return column.is_in(condition.codes)
    return column.is_not_null() if condition.state == "filled" else column.is_null()


def _present(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return gxe.ExpectColumnValuesToNotBeNull(column=rule.field, **options)


def _absent(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return gxe.ExpectColumnValuesToBeNull(column=rule.field, **options)


def _codes(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return gxe.ExpectColumnValuesToBeInSet(column=rule.field, value_set=list(rule.allowed), **options)


def _pattern(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    # \A and \Z: the whole text; "$" would let a final line break pass.
    return gxe.ExpectColumnValuesToMatchRegex(column=rule.field, regex=rf"\A(?:{rule.pattern})\Z", **options)


def _minimum(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return gxe.ExpectColumnValuesToBeBetween(column=rule.field, min_value=rule.minimum, **options)


def _unique(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return gxe.ExpectColumnValuesToBeUnique(column=KEY, **options)


def _ordered(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return _at_most(rule.fields[0], rule.fields[1], options)


def _sum_at_most(rule: NeutralRule, options: dict[str, Any]) -> Expectation:
    return _at_most(sum_column(rule), rule.fields[-1], options)


def _at_most(lesser: str, greater: str, options: dict[str, Any]) -> Expectation:
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=greater, column_B=lesser, or_equal=True, ignore_row_if="either_value_is_missing", **options
    )


_MAKE = {
    "required": _present,
    "present": _present,
    "absent": _absent,
    "codes": _codes,
    "pattern": _pattern,
    "minimum": _minimum,
    "unique": _unique,
    "ordered": _ordered,
    "sum_at_most": _sum_at_most,
}
