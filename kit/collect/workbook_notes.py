"""What the note on each title says: what the column is, its type, what is allowed, an example, and a sample line.

Examples are those of the schema, moved to the year of the workbook; what depends on the unit (its policies, its
deadline) is handed in. Every example passes the rules of its own cell and line (a test puts them to the proof).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kit.collect.labels import SEPARATOR
from kit.collect.workbook_layout import MARK, Column, Sheet
from kit.collect.workbook_lists import MEMBERS, choices_of
from kit.schema.model import Field, Schema, Table

EXAMPLE_YEAR = 2024  # the year that the examples of the schema speak of
_YEAR = re.compile(r"(?<!\d)20(?:2[0-9])(?!\d)")
_TYPES = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số, phần thập phân sau dấu phẩy",
    "boolean": "có hoặc không",
    "date": "ngày/tháng/năm",
    "list": "chữ, nhiều mục cách nhau bằng dấu chấm phẩy",
}
Examples = Mapping[str, Mapping[str, str]]


def moved(text: str, year: int) -> str:
    """Return an example with its years moved from the schema's example year to ``year``."""
    return _YEAR.sub(lambda match: str(int(match[0]) + year - EXAMPLE_YEAR), text)


def examples_of(schema: Schema, year: int, given: Examples, keys: Mapping[str, Sequence[str]]) -> Examples:
    """Return an example for each field of the collected tables, as people type it (labels, not codes).

    ``given`` overrides; a reference is one that the workbook offers, blank when it offers none.
    """
    tables = {table.name: {f.name: _example(schema, f, year) for f in table.fields} for table in schema.collected}
    own = {"tasks": ("task_id", "title"), "council_members": ("member_id", "full_name")}
    labels = {name: SEPARATOR.join(tables[name][part] for part in pair) for name, pair in own.items()}
    for table in schema.collected:
        for field in table.fields:
            target = _target(field, table)
            if target:
                offered = keys.get(target) or ([labels[target]] if target == "tasks" else [])
                tables[table.name][field.name] = offered[0] if offered else ""
        tables[table.name].update(given.get(table.name, {}))
    return tables


def _target(field: Field, table: Table) -> str:
    if field.name == "member_id" and table.primary_key != ("member_id",):
        return MEMBERS.partition(":")[2]
    return field.references or ""


def _example(schema: Schema, field: Field, year: int) -> str:
    if field.codelist and field.type != "list":
        return schema.codelists[field.codelist].label(field.example)
    return field.example if field.codelist else moved(field.example, year)


def example_line(sheet: Sheet, examples: Examples) -> dict[str, str]:
    """Return a sample line: column name → what stands in its cell, without blanks."""
    line = {}
    for column in sheet.columns:
        text = examples["products" if column.inline else sheet.table.name][column.field.name]
        if column.mark:
            text = MARK if column.code in [item.strip() for item in text.split(";")] else ""
        if text:
            line[column.name] = text
    return line


def note_of(schema: Schema, sheet: Sheet, column: Column, examples: Examples) -> str:
    """Return the note on a column's title."""
    field = column.field
    parts = [f"{column.title.upper()} – {_need(sheet, column)}", field.description]
    parts.append(
        f"Kiểu: {'đánh dấu' if column.mark else 'mã (chữ và số)' if sheet.keyed(column) else _TYPES[field.type]}."
    )
    parts.append(f"Được ghi: {_allowed(schema, sheet, column)}.")
    example = examples["products" if column.inline else sheet.table.name][field.name]
    if column.mark:
        parts.append(f"Ví dụ: {MARK}")
    elif example:
        parts.append(f"Ví dụ: {example}")
    if column is sheet.columns[0]:
        titles = {item.name: item.title for item in sheet.columns}
        line = example_line(sheet, examples)
        parts += ["", "DÒNG MẪU", *(f"• {titles[name]}: {text}" for name, text in line.items())]
    return "\n".join(parts)


def _need(sheet: Sheet, column: Column) -> str:
    if sheet.keyed(column):
        return "đã điền sẵn"
    if column.inline:
        return "ghi khi đã có sản phẩm" if column.field.required else "không bắt buộc"
    return "bắt buộc" if column.field.required else "không bắt buộc"


def _allowed(schema: Schema, sheet: Sheet, column: Column) -> str:
    field, offered = column.field, choices_of(sheet, column)
    if column.mark:
        return f"{MARK}, hoặc để trống"
    if offered == MEMBERS or field.references:
        return "chọn trong danh sách của ô, hoặc gõ mã"
    if field.codelist:
        return "chọn trong danh sách của ô: " + "; ".join(schema.codes(field).values())
    if field.name == "period":
        return "chọn trong danh sách của ô, hoặc gõ mã kỳ"
    if field.type == "boolean":
        return "có; không" if field.default is not False else f"{MARK}; không"
    if field.type == "date":
        return "một ngày có đủ ngày, tháng, năm"
    if field.minimum is not None:
        return (
            f"từ {field.minimum:g} trở lên; không có thì để trống"
            if not field.required
            else f"từ {field.minimum:g} trở lên"
        )
    return "chữ bất kỳ; mã không được trùng nhau" if field.name.endswith("_id") else "chữ bất kỳ"
