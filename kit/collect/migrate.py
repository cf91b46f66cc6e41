"""A sheet of an older workbook, called by today's names: its header and its codes, by the declared migrations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.collect.text import match_key
from kit.schema.migrations import Changes
from kit.schema.model import Schema, Table

Rows = Sequence[Sequence[object]]
_WITHIN = 60  # rows from the top in which a header is looked for, as in ``header``


def with_new_names(rows: Rows, titles: Mapping[str, str], renamed: Mapping[str, str]) -> list[list[object]]:
    """Return the rows with old column names and titles replaced (``renamed``: old → column name, see ``renames``).

    ``titles`` are the columns of today, name → title. Only a row that looks like a header is touched: one that
    holds two old or present names.
    """
    old = {match_key(text): name for text, name in renamed.items()}
    names, shown = ({match_key(text) for text in texts} for texts in (titles, titles.values()))
    fresh = [list(row) for row in rows]
    for row in fresh[:_WITHIN] if old else ():
        keys = [match_key(cell) if isinstance(cell, str) else "" for cell in row]
        by_name, by_title = (sum(key in known for key in keys) for known in (names, shown))
        found = [place for place, key in enumerate(keys) if key in old]
        if found and len(found) + max(by_name, by_title) >= 2:
            for place in found:
                name = old[keys[place]]
                row[place] = name if by_name >= by_title else titles.get(name, name)
    return fresh


def renames(schema: Schema, table: Table, changes: Changes) -> dict[str, str]:
    """Return old column name or title → name, x columns and the inline product included."""
    names = dict(changes.columns.get(table.name, {}))
    if table.name == "tasks":
        names |= {f"product.{old}": f"product.{new}" for old, new in changes.columns.get("products", {}).items()}
    for field in table.fields:
        codes = changes.codes.get(field.codelist or "", {})
        for old_field in [field.name, *(old for old, new in names.items() if new == field.name)]:
            if field.type == "list":
                same = {code: code for code in schema.codes(field)} if old_field != field.name else {}
                names |= {f"{old_field}.{old}": f"{field.name}.{new}" for old, new in {**same, **codes}.items()}
    return names


def with_new_codes(
    rows: Rows, columns: Mapping[str, int], schema: Schema, *, table: Table, changes: Changes
) -> list[list[object]]:
    """Return entry rows with old codes and labels replaced by the codes of today; ``columns``: name → place."""
    coded = {}
    for name, place in columns.items():
        inline = name.startswith("product.")
        field = _field(schema.tables["products"] if inline else table, name.removeprefix("product."))
        if field and changes.codes.get(field.codelist or ""):
            coded[place] = {match_key(old): new for old, new in changes.codes[field.codelist].items()}
    return [[_code(cell, coded.get(place)) for place, cell in enumerate(row)] for row in rows]


def _field(table: Table, name: str):
    return table.field(name) if name in table.field_names else None


def _code(cell: object, codes: Mapping[str, str] | None) -> object:
    if not codes or not isinstance(cell, str):
        return cell
    if match_key(cell) in codes:
        return codes[match_key(cell)]
    items = [item.strip() for item in cell.split(";")]
    if len(items) < 2 or not any(match_key(item) in codes for item in items):
        return cell
    return "; ".join(codes.get(match_key(item), item) for item in items)
