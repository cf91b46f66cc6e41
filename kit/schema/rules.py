"""Neutral rules: what the schema says of the rows of one table, in no engine's words.

Derived from constraints (required, code list, pattern, minimum, key) and from declared rules; an engine
(``kit.validation.gx``) translates them. Rules of kind ``integrity`` look across rows or tables and are not among them;
items of list fields and references are judged where they are read and resolved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kit.schema.model import Field, Rule, Schema, Table

CHECKS = ("required", "codes", "pattern", "minimum", "unique", "ordered", "sum_at_most", "present", "absent")


@dataclass(frozen=True)
class Condition:
    """Where a rule applies: the field is ``filled``, ``blank``, or has one of ``codes``."""

    field: str
    state: str  # filled, blank, codes
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeutralRule:
    """One check of one table.

    ``fields`` are what the check compares (the key of ``unique``; earlier and later of ``ordered``; the parts and the
    whole of ``sum_at_most``); ``field`` is where a finding stands. ``allowed`` are codes, ``pattern`` a regular
    expression that the whole text matches, ``minimum`` the least value. ``code`` is the finding's.
    """

    id: str
    code: str
    table: str
    check: str
    fields: tuple[str, ...]
    field: str
    when: tuple[Condition, ...] = ()
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """All fields that the rule looks at; it says nothing of a row where one of them is in error."""
        return tuple(dict.fromkeys([*self.fields, *(condition.field for condition in self.when)]))


def neutral_rules(schema: Schema, table: Table) -> tuple[NeutralRule, ...]:
    """Return the rules of a table: those of its cells first, then those of its rows."""
    cells = [rule for field in table.fields for rule in _of_field(schema, table, field)]
    rows = [found for rule in table.rules for found in _DERIVE.get(rule.kind, _none)(schema, table, rule)]
    return (*cells, *_of_key(table), *rows)


def _of_field(schema: Schema, table: Table, field: Field) -> Iterator[NeutralRule]:
    where = (table.name, field.name)
    one = (field.name,)
    if field.required or field.name in table.primary_key:
        yield NeutralRule(_id(*where, "required"), "required-missing", table.name, "required", one, field.name)
    if field.codelist and field.type != "list":
        codes = tuple(schema.codes(field))
        yield NeutralRule(_id(*where, "codes"), "code-unknown", table.name, "codes", one, field.name, allowed=codes)
    if field.pattern:
        code, pattern = "pattern-mismatch", field.pattern
        yield NeutralRule(_id(*where, "pattern"), code, table.name, "pattern", one, field.name, pattern=pattern)
    if field.minimum is not None:
        code, least = "below-minimum", field.minimum
        yield NeutralRule(_id(*where, "minimum"), code, table.name, "minimum", one, field.name, minimum=least)


def _of_key(table: Table) -> Iterator[NeutralRule]:
    if table.primary_key:
        key = table.primary_key
        yield NeutralRule(_id(table.name, "key"), "key-duplicate", table.name, "unique", key, key[0])


def _ordered(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    """Each field ≤ the next *known* one: a pair is compared where the fields between are blank."""
    for (first, earlier), (last, later) in combinations(enumerate(rule.fields), 2):
        between = tuple(Condition(name, "blank") for name in rule.fields[first + 1 : last])
        # A date is wrong where it comes too soon; an amount where it exceeds the other.
        stands = later if table.field(later).type == "date" else earlier
        rule_id = _id(table.name, rule.code, earlier, later)
        yield NeutralRule(rule_id, rule.code, table.name, "ordered", (earlier, later), stands, when=between)


def _sum_at_most(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    yield NeutralRule(_id(table.name, rule.code), rule.code, table.name, "sum_at_most", rule.fields, rule.fields[-1])


def _present_when(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    yield _conditional(schema, table, rule, check="present")


def _absent_unless(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    yield _conditional(schema, table, rule, check="absent")


def _conditional(schema: Schema, table: Table, rule: Rule, *, check: str) -> NeutralRule:
    """A field that must (``present_when``) be filled or must (``absent_unless``) be blank under a condition.

    A code that is not in its list decides nothing, so the opposite of some codes is the list's other codes.
    """
    given = rule.args.get("when") or rule.args["unless"]
    opposite = ("unless" in rule.args) != (check == "absent")
    ((name, wanted),) = given.items()
    if wanted == "filled":
        when = Condition(name, "blank" if opposite else "filled")
    else:
        codes = tuple(schema.codes(table.field(name)))
        when = Condition(name, "codes", tuple(code for code in codes if (code in wanted) != opposite))
    field = rule.fields[0]
    return NeutralRule(_id(table.name, rule.code), rule.code, table.name, check, (field,), field, when=(when,))


def _exclusive(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    for one, other in combinations(rule.fields, 2):
        when = (Condition(other, "filled"),)
        yield NeutralRule(_id(table.name, rule.code, one), rule.code, table.name, "absent", (one,), one, when=when)


def _matches(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    one, pattern = rule.fields[0], rule.args["pattern"]
    yield NeutralRule(_id(table.name, rule.code), rule.code, table.name, "pattern", (one,), one, pattern=pattern)


def _none(schema: Schema, table: Table, rule: Rule) -> Iterator[NeutralRule]:
    return iter(())


def _id(*parts: str) -> str:
    return ".".join(parts)


_DERIVE = {
    "ordered": _ordered,
    "sum_at_most": _sum_at_most,
    "present_when": _present_when,
    "absent_unless": _absent_unless,
    "exclusive": _exclusive,
    "matches": _matches,
}
