"""Rows with exactly one error each, made from clean rows of the same table under a fresh key.

The clean rows are never changed, so no error spreads to rows that refer to them. A broken row carries its error under
the name ERROR, as (field, kind, what is set aside).
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .error_kinds import CANNOT_BE_READ, RULES
from .random_rows import PERIODS
from .tables import FIELDS, KEYS

ERROR = "#error"
Cells = dict[str, object]
FreshKey = Callable[[Cells], dict[str, str]]


def used_keys(table: str, rows: list[Cells]) -> set[tuple]:
    return {tuple(row.get(name, "") for name in KEYS[table]) for row in rows}


def fresh_key(rng: Random, table: str, rows: list[Cells], *, year: int, pairs=()) -> dict[str, str]:
    """Key cells that no row of the table has; for assignments one of `pairs`, or none when free ones are rare."""
    used, names = used_keys(table, rows), KEYS[table]
    if table == "assignments":
        free = [pair for pair in rng.sample(pairs, min(50, len(pairs))) if pair not in used]
        return dict(zip(names, free[0], strict=True)) if free else {}
    number = len(rows)
    while True:
        number += 1
        if names[0] == "period":
            coded = [f"{year}-{kind}" for kind in PERIODS]
            taken = {key[0] for key in used}
            free = [code for code in coded if code not in taken]
            key = {"period": rng.choice(free) if free else f"{2000 + number}-01-01..{2000 + number}-06-30"}
            if table == "narrative":
                key["section"] = "causes"
        else:
            key = {names[0]: f"ER-{number:03d}"}
        if tuple(key[name] for name in names) not in used:
            return key


def broken(rng: Random, kind: str, base: Cells, key: dict[str, str]) -> list[Cells]:
    """The row, or two rows, that show the error `kind`; at most one of them has it, the last one."""
    what, _, where = kind.partition(":")
    table, _, name = where.partition(".")
    row: Cells = {**base, **key}
    row.pop(ERROR, None)
    if what == "duplicate":
        return [{**base, ERROR: (KEYS[table][0], "duplicate", "row")}]
    if what == "duplicate_of_set_aside":
        victim = next(field for field, each in FIELDS[table].items() if each.required and field not in KEYS[table])
        first = {**row, victim: "", ERROR: (victim, "missing", "row")}
        return [first, {**row, ERROR: (KEYS[table][0], "duplicate", "row")}]
    if what in RULES:
        _, cells, field, aside = RULES[what]
        return [{**row, **cells, ERROR: (field, what, aside)}]
    declared = FIELDS[table][name]
    row[name] = _wrong_text(rng, what, declared)
    aside = "row" if declared.required else "cell"
    what = "unknown_parent" if (what, name) == ("unknown_reference", "parent_id") else what
    return [{**row, ERROR: (name, what, aside)}]


def _wrong_text(rng: Random, what: str, declared) -> str:
    if what == "missing":
        return ""
    if what == "unreadable":
        return rng.choice(CANNOT_BE_READ[declared.type])
    if what == "negative":
        return str(-rng.randint(1, 50))
    if what == "unknown_code" and declared.type == "list":
        return ";".join([*rng.sample(declared.codes, rng.randint(0, 3)), "9x"])
    # a different one each time: in assignments it is part of the key
    return {"unknown_code": "khong_co_ma", "unknown_reference": f"KHONG-CO-{rng.randrange(10**9)}"}[what]


def add_broken(rows: list[Cells], new: list[Cells], rng: Random, *, at_end: bool) -> None:
    """Put broken rows among the others, their order kept; a repeated key must come after the first."""
    position = len(rows) if at_end else rng.randint(0, len(rows))
    rows[position:position] = new
