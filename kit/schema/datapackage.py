"""The CSV form as a Frictionless data package: reference tables and one unit's folder (Table Schema).

Source: frictionlessdata.io, Data Package v1 and Table Schema v1. What Table Schema cannot say (a list of codes) is a
string with a pattern; ``member_id`` has no foreign key because it is looked up along the chain of parents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kit.schema.model import Field, Schema, Table

TRUE_VALUES = ["true", "True", "TRUE", "1"]
FALSE_VALUES = ["false", "False", "FALSE", "0"]


def datapackage(schema: Schema, folder: str, present: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the descriptor of the reference tables and of the unit's folder ``collected/<year>/<unit_id>``.

    Paths are relative to the data folder. ``present`` names the tables that have a file (default: all); a foreign key
    to a table without a file is left out.
    """
    tables = [table for table in schema.tables.values() if present is None or table.name in present]
    names = {table.name for table in tables}
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", folder.lower()).strip("-"),
        "title": "Dữ liệu kế hoạch truyền thông dự thảo chính sách",
        "description": f"Bảng tham chiếu và các bảng do đơn vị báo cáo trong thư mục {folder}.",
        "resources": [_resource(schema, table, folder, names) for table in tables],
    }


def render_datapackage(schema: Schema, folder: str, present: Sequence[str] | None = None) -> str:
    """Return the descriptor as the text of ``datapackage.json``."""
    return json.dumps(datapackage(schema, folder, present), ensure_ascii=False, indent=2) + "\n"


def table_schema(schema: Schema, table: Table, names: set[str] | None = None) -> dict[str, Any]:
    """Return the Table Schema of one table; ``names`` are the tables that foreign keys may refer to."""
    names = set(schema.tables) if names is None else names
    described: dict[str, Any] = {"fields": [_field(schema, table, field) for field in table.fields]}
    described["missingValues"] = [""]
    if table.primary_key:
        described["primaryKey"] = list(table.primary_key)
    if keys := [_foreign_key(schema, table, field) for field in table.fields if field.references in names]:
        described["foreignKeys"] = keys
    return described


def _resource(schema: Schema, table: Table, folder: str, names: set[str]) -> dict[str, Any]:
    place = folder.strip("/") if table.collected else "reference"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{place}/{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "encoding": "utf-8",
        "schema": table_schema(schema, table, names),
    }


def _field(schema: Schema, table: Table, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": "string" if field.type == "list" else field.type}
    described |= {"title": field.title, "description": field.description}
    if field.example:
        described["example"] = _csv_example(field)
    if field.type == "boolean":
        described |= {"trueValues": TRUE_VALUES, "falseValues": FALSE_VALUES}
    if field.type == "date":
        described["format"] = "default"
    if constraints := _constraints(schema, table, field):
        described["constraints"] = constraints
    return described


def _csv_example(field: Field) -> str:
    """Return the example as CSV writes it: examples are declared as an officer types them."""
    if field.type == "date":
        return "-".join(reversed(field.example.split("/")))
    if field.type == "boolean":
        return "true" if field.example == "có" else "false"
    return field.example.replace(",", ".") if field.type == "number" else field.example


def _constraints(schema: Schema, table: Table, field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if field.required:
        found["required"] = True
    if table.primary_key == (field.name,):
        found["unique"] = True
    codes = list(schema.codes(field))
    if codes and field.type == "list":
        one = "(" + "|".join(map(re.escape, codes)) + ")"
        found["pattern"] = f"{one}(;{one})*"
    elif codes:
        found["enum"] = codes
    if field.pattern:
        # A reader that only adds ^ and $ would anchor each end of an alternative, so alternatives are grouped.
        found["pattern"] = f"({field.pattern})" if "|" in field.pattern else field.pattern
    if field.minimum is not None:
        found["minimum"] = field.minimum
    return found


def _foreign_key(schema: Schema, table: Table, field: Field) -> Mapping[str, Any]:
    target = schema.tables[field.references]
    resource = "" if target.name == table.name else target.name  # Data Package v1: "" is the table itself
    return {"fields": [field.name], "reference": {"resource": resource, "fields": [target.primary_key[0]]}}
