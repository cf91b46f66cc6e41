"""``migrations.yaml`` → ``Migration`` records, and what they mean together for a workbook of an older version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kit.declarations import read_declaration
from kit.errors import suggestion
from kit.schema.model import Migration, Schema

_KEYS = {"version", "sheets", "columns", "codes", "by_hand"}


@dataclass(frozen=True)
class Changes:
    """All that was renamed since a version: as ``Migration``, several steps made into one."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_hand: tuple[str, ...] = ()


def changes_since(schema: Schema, version: str) -> Changes:
    """Return what was renamed after a version (a whole number as text)."""
    steps = [step for step in schema.migrations if int(step.version) > int(version)]
    sheets: dict[str, str] = {}
    columns: dict[str, dict[str, str]] = {}
    codes: dict[str, dict[str, str]] = {}
    for step in sorted(steps, key=lambda step: int(step.version)):
        sheets.update(step.sheets)
        for target, given in ((columns, step.columns), (codes, step.codes)):
            for name, renamed in given.items():
                # A name that an earlier step gave and this one changes again leads to the newest.
                before = {old: renamed.get(new, new) for old, new in target.get(name, {}).items()}
                target[name] = {**renamed, **before}
    return Changes(sheets, columns, codes, tuple(text for step in steps for text in step.by_hand))


def read_migrations(path: Path, schema: Schema, mistakes: list[str]) -> tuple[Migration, ...]:
    """Read the file; every mistake goes to ``mistakes``. A file that is absent declares nothing."""
    if not path.is_file():
        return ()
    try:
        raw = read_declaration(path) or []
    except (OSError, yaml.YAMLError) as error:
        mistakes.append(f"{path.name}: cannot be read: {error}")
        return ()
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        mistakes.append(f"{path.name}: a list of mappings is expected")
        return ()
    return tuple(found for entry in raw if (found := _migration(entry, schema, mistakes)))


def _migration(raw: Mapping[str, Any], schema: Schema, mistakes: list[str]) -> Migration | None:
    version = str(raw.get("version", ""))
    where = f"migrations.yaml: version {version or '?'}"
    before = len(mistakes)
    mistakes += [f"{where}: unknown key '{key}'{suggestion(key, _KEYS)}" for key in raw if key not in _KEYS]
    if not (version.isascii() and version.isdigit() and 1 < int(version) <= int(schema.template_version)):
        mistakes.append(f"{where}: a version from 2 to {schema.template_version} is expected")
    sheets, columns, codes = (raw.get(key) or {} for key in ("sheets", "columns", "codes"))
    by_hand = raw.get("by_hand") or []
    if not all(isinstance(part, dict) for part in (sheets, columns, codes)) or not isinstance(by_hand, list):
        mistakes.append(f"{where}: sheets, columns and codes are mappings, by_hand is a list")
        return None
    tables = {table.name for table in schema.collected}
    wrong = [name for name in [*sheets.values(), *columns] if name not in tables]
    mistakes += [f"{where}: no collected table '{name}'{suggestion(name, tables)}" for name in wrong]
    wrong = [name for name in codes if name not in schema.codelists]
    mistakes += [f"{where}: no codelist '{name}'{suggestion(name, schema.codelists)}" for name in wrong]
    if len(mistakes) > before:
        return None
    return Migration(version, sheets, _texts(columns), _texts(codes), tuple(str(text) for text in by_hand))


def _texts(given: Mapping[str, Mapping]) -> dict[str, dict[str, str]]:
    return {name: {str(old): str(new) for old, new in renamed.items()} for name, renamed in given.items()}


def unknown_targets(schema: Schema) -> Sequence[str]:
    """Return what migrations lead to in the end and the schema does not have (a test keeps this empty)."""
    everything = changes_since(schema, "1")
    lost = [
        f"{table}.{new}"
        for table, renamed in everything.columns.items()
        for new in renamed.values()
        if new.split(".")[0] not in schema.tables[table].field_names
    ]
    lost += [
        f"{n}: {new}"
        for n, pairs in everything.codes.items()
        for new in pairs.values()
        if new not in schema.codelists[n].codes
    ]
    return lost
