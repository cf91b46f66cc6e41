"""Findings → remarks for the person who corrects the file: what was found, what is allowed, what to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from kit.collect.annotate_remarks import Address, Remark
from kit.declarations import read_declaration
from kit.schema.model import Field, Schema, Table
from kit.validation.findings import Catalogue
from kit.validation.wording import labels, shown

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ“])")
_REQUEST = re.compile(r"(?:^|[;,]\s*)đề nghị\s+", re.IGNORECASE)
_ROWS_NAMED = {"key-duplicate", "task-text-twice", "activity-twice", "narrative-text-twice"}
_MOST_LABELS = 8
_DEFAULT_ACTION = {
    "error": "Sửa lại cho đúng rồi gửi lại sổ.",
    "warning": "Kiểm tra lại; nếu đúng như đã ghi thì giữ nguyên.",
    "note": "Không cần sửa nếu đã đúng.",
}


@cache
def load_advice() -> dict[str, dict[str, str]]:
    """Load ``advice.yaml``: finding code → what is allowed and what to do, where the field does not say it."""
    return read_declaration(Path(__file__).with_name("advice.yaml"))


def remarks(findings: pd.DataFrame, schema: Schema, catalogue: Catalogue) -> list[Remark]:
    """Return one remark for each finding, in the order given (columns of findings.csv)."""
    return [_remark(row, schema, catalogue) for row in findings.to_dict("records")]


def _remark(row: Mapping[str, object], schema: Schema, catalogue: Catalogue) -> Remark:
    code, severity = str(row["code"]), str(row["severity"])
    table = schema.tables.get(str(row["table"]))
    name, _, item = str(row["field"]).partition(".")
    field = table.field(name) if table and name in table.field_names else None
    advice = load_advice().get(code, {})
    found, request = split_message(str(row["message"]))
    number = row["source_row"]
    place = None if number is None or number is pd.NA or number != number else int(number)
    where = (str(row["source_file"]), str(row["source_sheet"]), place, str(row["source_column"]))
    return Remark(
        address=Address(*where, str(row["table"]), str(row["field"])),
        severity=severity,
        title=catalogue[code].title.rstrip("."),
        found=found,
        action=advice.get("action") or request or _DEFAULT_ACTION[severity],
        allowed=advice.get("allowed") or (allowed_in(schema, table, field, item=item) if table and field else ""),
        value=str(row["value"]),
        column_title=_column_title(schema, field, item),
        rows_named=code in _ROWS_NAMED,
    )


def split_message(message: str) -> tuple[str, str]:
    """Split a message into what was found and what is asked (``Đề nghị …``, without these two words)."""
    found, asked = [], []
    for sentence in _SENTENCE.split(message):
        match = _REQUEST.search(sentence)
        if match is None:
            found.append(sentence)
            continue
        before = sentence[: match.start()].strip()
        if before.startswith("Nếu "):  # "Nếu chưa đúng, đề nghị ghi lại."
            asked.append(f"{before}, {sentence[match.end() :]}")
            continue
        found += [f"{before}."] if before else []
        request = sentence[match.end() :]
        asked.append(request[:1].upper() + request[1:])
    return " ".join(found), " ".join(asked)


def allowed_in(schema: Schema, table: Table, field: Field, *, item: str = "") -> str:
    """Return what may stand in a cell of a field, in a few words."""
    need = field.required or field.name in table.primary_key
    blank = "không để trống" if need else "có thể để trống"
    if item:
        return "x, hoặc để trống"
    return f"{_what(schema, field)}; {blank}"


def _what(schema: Schema, field: Field) -> str:
    if field.codelist:
        return f"chọn trong danh sách của ô: {labels(schema, field, most=_MOST_LABELS)}"
    if field.references:
        return f"mã có trong bảng “{schema.tables[field.references].title}”"
    if field.type == "boolean":
        return "x, “có” hoặc “không”"
    if field.type == "date":
        return "ngày/tháng/năm, ví dụ 30/6/2024"
    if field.type in ("integer", "number"):
        kind = "số nguyên" if field.type == "integer" else "số (phần thập phân sau dấu phẩy)"
        return kind if field.minimum is None else f"{kind} từ {shown(field.minimum)} trở lên"
    return f"văn bản, ví dụ: {field.example}" if field.example else "văn bản"


def _column_title(schema: Schema, field: Field | None, item: str) -> str:
    if field is None:
        return ""
    return f"{field.title}: {schema.codes(field).get(item, item)}" if item else field.title
