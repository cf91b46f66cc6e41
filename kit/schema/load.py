"""YAML declarations → ``Schema``. Every mistake is reported, all at once, with file and field."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kit.declarations import read_declaration
from kit.errors import DeclarationError, suggestion
from kit.schema.migrations import read_migrations
from kit.schema.model import DISCLOSURES, LEVELS, SEVERITIES, TYPES, Codelist, Field, Rule, Schema, Table

HERE = Path(__file__).parent
TEMPLATE_VERSION = "1"

_TABLE_KEYS = {"name", "title", "description", "primaryKey", "levels", "fields", "rules", "dateField", "keyPrefix"}
_FIELD_KEYS = {"name", "title", "type", "description", "example", "codelist", "references", "constraints", "default"}
_FIELD_KEYS |= {"rare", "disclosure"}
_CONSTRAINT_KEYS = {"required", "minimum", "pattern"}
_RULE_KEYS = {"code", "kind", "severity", "title", "fields", "setsAside", "args"}
RULE_KINDS = (
    "ordered",  # each field ≤ the next one, where known
    "sum_at_most",  # fields[0] + … + fields[-2] ≤ fields[-1]
    "present_when",  # fields[0] must be filled where args.when (field → codes, or field: filled) holds
    "absent_unless",  # fields[0] must be blank unless args.when holds
    "exclusive",  # at most one of the fields is filled
    "matches",  # fields[0] matches args.pattern
    "integrity",  # across rows or tables: kit.validation.integrity
)


@cache
def load_schema(folder: Path = HERE) -> Schema:
    """Load ``codelists.yaml`` and ``tables/*.yaml`` of a folder.

    Raises ``DeclarationError`` that lists every mistake with file and field.
    """
    mistakes: list[str] = []
    codelists = _codelists(_yaml(folder / "codelists.yaml", mistakes), mistakes)
    tables: dict[str, Table] = {}
    for path in sorted((folder / "tables").glob("*.yaml")):
        raw = _yaml(path, mistakes)
        table = _table(raw, f"tables/{path.name}", mistakes)
        if table and table.name in tables:
            mistakes.append(f"tables/{path.name}: table '{table.name}' is declared twice")
        elif table:
            tables[table.name] = table
    schema = Schema(TEMPLATE_VERSION, tables, codelists)
    _check_references(schema, mistakes)
    schema = replace(schema, migrations=read_migrations(folder / "migrations.yaml", schema, mistakes))
    if mistakes:
        raise DeclarationError("The declared schema has mistakes:", mistakes)
    return schema


def _yaml(path: Path, mistakes: list[str]) -> dict[str, Any]:
    try:
        raw = read_declaration(path)
    except (OSError, yaml.YAMLError) as error:
        mistakes.append(f"{path.name}: cannot be read: {error}")
        return {}
    if not isinstance(raw, dict):
        mistakes.append(f"{path.name}: a mapping is expected, found {type(raw).__name__}")
        return {}
    return raw


def _codelists(raw: dict[str, Any], mistakes: list[str]) -> dict[str, Codelist]:
    found = {}
    for name, entry in raw.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("codes"), dict) or not entry.get("title"):
            mistakes.append(f"codelists.yaml: '{name}' needs a title and codes")
            continue
        codes = {str(code): str(label) for code, label in entry["codes"].items()}
        if len(set(codes.values())) < len(codes):
            mistakes.append(f"codelists.yaml: '{name}' uses one label for two codes")
        found[name] = Codelist(name, entry["title"], codes)
    return found


def _unknown(keys: Any, allowed: set[str], where: str, mistakes: list[str]) -> None:
    for key in keys:
        if key not in allowed:
            mistakes.append(f"{where}: unknown key '{key}'{suggestion(key, allowed)}")


def _mappings(raw: dict[str, Any], key: str, where: str, mistakes: list[str]) -> list[dict[str, Any]]:
    """The mappings listed under a key; whatever else stands there is a mistake."""
    found = raw.get(key) or []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        mistakes.append(f"{where}: {key}: a list of mappings is expected")
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _names(raw: dict[str, Any], key: str, where: str, mistakes: list[str]) -> tuple[str, ...]:
    found = raw.get(key) or []
    if isinstance(found, list):
        return tuple(str(name) for name in found)
    mistakes.append(f"{where}: {key}: a list of names is expected, found {found!r}")
    return ()


def _constraints(raw: dict[str, Any], where: str, mistakes: list[str]) -> dict[str, Any]:
    found = raw.get("constraints") or {}
    if not isinstance(found, dict):
        mistakes.append(f"{where}: constraints: a mapping is expected, found {found!r}")
        return {}
    _unknown(found, _CONSTRAINT_KEYS, where, mistakes)
    try:
        re.compile(str(found.get("pattern", "")))
    except re.error as error:
        mistakes.append(f"{where}: pattern: {error}")
    return found


def _table(raw: dict[str, Any], where: str, mistakes: list[str]) -> Table | None:
    _unknown(raw, _TABLE_KEYS, where, mistakes)
    missing = [key for key in ("name", "title", "description", "fields") if not raw.get(key)]
    if missing:
        mistakes.append(f"{where}: missing {', '.join(missing)}")
        return None
    fields = tuple(_field(entry, where, mistakes) for entry in _mappings(raw, "fields", where, mistakes))
    names = [field.name for field in fields]
    for name in {name for name in names if names.count(name) > 1}:
        mistakes.append(f"{where}: field '{name}' is declared twice")
    levels = _names(raw, "levels", where, mistakes)
    _unknown(levels, set(LEVELS), f"{where}: levels", mistakes)
    key = _names(raw, "primaryKey", where, mistakes)
    rules = tuple(_rule(entry, where, mistakes) for entry in _mappings(raw, "rules", where, mistakes))
    for name in [*key, *(name for rule in rules for name in rule.fields)]:
        if name not in names:
            mistakes.append(f"{where}: '{name}' is no field{suggestion(name, names)}")
    table = Table(raw["name"], raw["title"], raw["description"], fields, key, levels, rules)
    return _with_extras(table, raw, where, mistakes)


def _with_extras(table: Table, raw: dict[str, Any], where: str, mistakes: list[str]) -> Table:
    date_field = raw.get("dateField", "")
    if date_field and date_field not in table.field_names:
        mistakes.append(f"{where}: dateField '{date_field}' is no field")
    return replace(table, date_field=date_field, key_prefix=raw.get("keyPrefix", ""))


def _field(raw: dict[str, Any], where: str, mistakes: list[str]) -> Field:
    name = str(raw.get("name", "?"))
    where = f"{where}: {name}"
    _unknown(raw, _FIELD_KEYS, where, mistakes)
    constraints = _constraints(raw, where, mistakes)
    missing = [key for key in ("name", "title", "type", "description") if not raw.get(key)]
    if missing:
        mistakes.append(f"{where}: missing {', '.join(missing)}")
    if raw.get("type", "string") not in TYPES:
        mistakes.append(f"{where}: type '{raw['type']}' is not one of {', '.join(TYPES)}")
    if raw.get("disclosure", "personal") not in DISCLOSURES:
        near = suggestion(str(raw["disclosure"]), DISCLOSURES)
        mistakes.append(f"{where}: disclosure '{raw['disclosure']}' is not one of {', '.join(DISCLOSURES)}{near}")
    return Field(
        name,
        raw.get("title", ""),
        raw.get("type", "string"),
        raw.get("description", ""),
        example=str(raw.get("example", "")),
        codelist=raw.get("codelist"),
        references=raw.get("references"),
        required=bool(constraints.get("required", False)),
        minimum=constraints.get("minimum"),
        pattern=constraints.get("pattern"),
        default=raw.get("default"),
        rare=bool(raw.get("rare", False)),
        disclosure=raw.get("disclosure", ""),
    )


def _rule(raw: dict[str, Any], where: str, mistakes: list[str]) -> Rule:
    where = f"{where}: rule {raw.get('code', '?')}"
    _unknown(raw, _RULE_KEYS, where, mistakes)
    if raw.get("severity") not in SEVERITIES:
        mistakes.append(f"{where}: severity '{raw.get('severity')}' is not one of {', '.join(SEVERITIES)}")
    if raw.get("kind") not in RULE_KINDS:
        mistakes.append(f"{where}: kind '{raw.get('kind')}' is not one of {', '.join(RULE_KINDS)}")
    if not raw.get("code") or not raw.get("title"):
        mistakes.append(f"{where}: code and title are needed")
    return Rule(
        str(raw.get("code")),
        str(raw.get("kind")),
        str(raw.get("severity")),
        str(raw.get("title")),
        fields=_names(raw, "fields", where, mistakes),
        sets_aside=str(raw.get("setsAside", "")),
        args=raw.get("args", {}),
    )


def _check_references(schema: Schema, mistakes: list[str]) -> None:
    """Names that must be declared elsewhere: code lists and codes, tables, fields that rules set aside."""
    for table in schema.tables.values():
        dated = [field for field in table.fields if field.name == table.date_field and field.type != "date"]
        mistakes += [f"tables/{table.name}: dateField '{field.name}' is no date" for field in dated]
        for rule in table.rules:
            if rule.sets_aside not in ("", "row", *table.field_names):
                mistakes.append(f"tables/{table.name}: rule {rule.code}: setsAside '{rule.sets_aside}' is no field")
        for field in table.fields:
            where = f"tables/{table.name}: {field.name}"
            if field.codelist and field.codelist not in schema.codelists:
                mistakes.append(
                    f"{where}: no codelist '{field.codelist}'{suggestion(field.codelist, schema.codelists)}"
                )
            elif field.codelist:
                codes = schema.codes(field)
                given = [str(field.default)] if field.default is not None else []
                given += [item.strip() for item in field.example.split(";") if item.strip()]
                mistakes += [f"{where}: '{code}' is no code of {field.codelist}" for code in given if code not in codes]
            if field.references and field.references not in schema.tables:
                mistakes.append(f"{where}: no table '{field.references}'{suggestion(field.references, schema.tables)}")
