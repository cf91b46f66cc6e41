"""Data of a table or chart in words: titles of its columns, labels of its codes, types of its values.

Fields of the schema bring their own title, code list and type; what reports add beside them is named here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from kit.report.plain import STATUS_WORDS
from kit.report.words import number, short_date
from kit.schema.load import load_schema

_TITLES = {
    "activities": "Số hoạt động",
    "audience": "Đối tượng",
    "below": "Trực thuộc",
    "break_date": "Ngày gián đoạn chuỗi số liệu",
    "break_reason": "Lý do gián đoạn",
    "change": "Thay đổi",
    "clause": "Căn cứ",
    "code": "Mã",
    "communications": "Số lần truyền thông",
    "column": "Cột của bảng kết quả",
    "council": "Hội đồng",
    "counts": "Giá trị (tử số/mẫu số)",
    "date": "Ngày",
    "days": "Số ngày",
    "days_overdue": "Số ngày quá hạn",
    "days_silent": "Số ngày chưa truyền thông",
    "deadline": "Hạn gửi",
    "denominator": "Mẫu số",
    "denominator_now": "Mẫu số kỳ này",
    "denominator_then": "Mẫu số kỳ trước",
    "document_number": "Số, ký hiệu",
    "end": "Đến ngày",
    "end_until_cutoff": "Đến ngày (không quá ngày chốt)",
    "file": "Tệp",
    "findings": "Số phát hiện",
    "formula": "Cách tính",
    "from": "Từ ngày",
    "indicator": "Chỉ số",
    "indicator_id": "Mã chỉ số",
    "issue": "Lần ban hành",
    "kind": "Loại",
    "last_communication": "Lần truyền thông gần nhất",
    "late": "Hoàn thành muộn",
    "level": "Cấp",
    "measured_in": "Đơn vị tính",
    "member_id": "Mã thành viên",
    "name": "Tên",
    "new": "Số liệu mới",
    "note": "Ghi chú",
    "numerator": "Tử số",
    "numerator_now": "Tử số kỳ này",
    "numerator_then": "Tử số kỳ trước",
    "obstacles": "Số khó khăn, vướng mắc",
    "old": "Số liệu cũ",
    "on_time": "Hoàn thành đúng hạn",
    "online": "Tài liệu, bài trên mạng",
    "open": "Còn trong hạn",
    "overdue": "Quá hạn",
    "percent": "Tỷ lệ (%)",
    "period": "Kỳ",
    "policy_id": "Mã chính sách",
    "question": "Câu hỏi đánh giá",
    "reason": "Lý do",
    "resolved": "Đã giải quyết",
    "rows": "Số dòng",
    "set_aside": "Dòng không sử dụng",
    "severity": "Mức",
    "silent_stages": "Giai đoạn chưa truyền thông",
    "source": "Nguồn",
    "spent_of_allocated": "Đã chi trong kinh phí được giao (triệu đồng)",
    "spent_without_allocation": "Đã chi ngoài kinh phí được giao (triệu đồng)",
    "stage": "Giai đoạn",
    "stages_reached": "Giai đoạn đã đến",
    "stages_told": "Giai đoạn đã truyền thông",
    "start": "Từ ngày",
    "state": "Tình trạng",
    "status": "So với Kế hoạch",
    "status_national": "So với Đề án",
    "table": "Bảng",
    "tables": "Các bảng",
    "target": "Chỉ tiêu Kế hoạch",
    "target_national": "Chỉ tiêu Đề án",
    "task_id": "Mã nhiệm vụ",
    "title": "Tên",
    "total": "Tổng số",
    "unanswered": "Chưa giải trình",
    "unit": "Đơn vị",
    "units": "Số đơn vị",
    "units_assigned": "Số đơn vị được giao",
    "units_told": "Số đơn vị đã truyền thông",
    "until": "Đến ngày",
    "value": "Giá trị",
    "value_now": "Giá trị kỳ này",
    "value_then": "Giá trị kỳ trước",
    "with_errors": "Dòng có lỗi",
}
_CODES = {
    "state": {
        "full": "Đủ giai đoạn",
        "part": "Một phần",
        "none": "Chưa truyền thông",
        "waiting": "Chưa đến hoặc chưa đánh giá",
        "silent": "Chưa truyền thông",
        "covered": "Đã truyền thông",
        "on_time": "Đúng hạn",
        "late": "Muộn",
        "missing": "Chưa gửi",
        "overdue": "Quá hạn",
        "open": "Còn trong hạn",
    },
    "change": {"added": "Thêm", "changed": "Thay đổi", "removed": "Không còn", "corrected": "Đính chính"},
    "column": {name: _TITLES[name] for name in ("numerator", "denominator", "value", "target", "status", "note")}
    | {"n_records": "Số bản ghi", "excluded_records": "Bản ghi bị loại", "unit": "Đơn vị tính"}
    | {name: _TITLES[name] for name in ("target_national", "status_national")},
    "stage": {"adoption": "Thông qua, ban hành"},
    "severity": {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"},
    "status": STATUS_WORDS,
    "status_national": STATUS_WORDS,
    "measured_in": {"%": "%", "days": "ngày", "count": "số lượng"},
}
_LISTS = {"audience": "audience", "level": "unit_level", "group": "task_group", "source": "budget_source"}
_INDICATOR = re.compile(r"([A-Z]{2}-\d\d)[ _](numerator|denominator|value|status)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def column_title(name: str) -> str:
    """Return the title people see for a column of data; a name that says itself, such as one in Vietnamese, stays."""
    if found := _INDICATOR.fullmatch(name):
        return f"{found[1]}: {_TITLES[found[2]][0].lower()}{_TITLES[found[2]][1:]}"
    return _TITLES.get(name) or _fields().get(name, (name,))[0]


def column_values(name: str, values: Sequence[str]) -> list[object]:
    """Return the texts of a column as what they are: labels for codes, numbers, dates; else the texts."""
    kind = _fields().get(name, ("", "", None))[1]
    if _labels(name, values):
        return list(column_words(name, values))
    if kind in ("string", "list", "boolean") or name.endswith("_id"):
        return list(values)
    given = [value for value in values if value]
    if given and all(map(_NUMBER.fullmatch, given)):
        return [float(value) if value else None for value in values]
    if given and all(map(_is_day, given)):
        return [date.fromisoformat(value) if value else None for value in values]
    return list(values)


def column_printed(name: str, values: Sequence[str]) -> list[str]:
    """Return the texts of a column as a page shows them: labels, and numbers and dates in Vietnamese formats."""
    kind = _fields().get(name, ("", "", None))[1]
    if _labels(name, values) or kind in ("string", "list", "boolean") or name.endswith(("_id", "year")):
        return column_words(name, values)
    given = [value for value in values if value]
    if all(map(_NUMBER.fullmatch, given)):
        decimals = 2 if name.endswith("value") else 3
        return [number(Fraction(value), decimals=decimals) if value else "" for value in values]
    if all(map(_is_day, given)):
        return [short_date(date.fromisoformat(value)) if value else "" for value in values]
    return list(values)


def column_words(name: str, values: Sequence[str]) -> list[str]:
    """Return the texts of a column with labels in the place of codes."""
    labels = _labels(name, values)
    if not labels:
        return list(values)
    return ["; ".join(labels.get(code, code) for code in value.split(";")) for value in values]


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _labels(name: str, values: Sequence[str]) -> dict[str, str]:
    if name in _CODES or name.endswith(" status"):
        return _CODES.get(name, STATUS_WORDS)
    if name in ("table", "tables"):
        return {table.name: table.title for table in load_schema().tables.values()}
    if name == "kind":  # of activities or of products, which the codes themselves tell
        given = set(values)
        lists = [dict(load_schema().codelists[which].codes) for which in ("activity_kind", "product_kind")]
        return next((codes for codes in lists if given <= codes.keys()), {})
    codelist = _LISTS.get(name) or _fields().get(name, ("", "", None))[2]
    return dict(load_schema().codelists[codelist].codes) if codelist else {}


@cache
def _fields() -> dict[str, tuple[str, str, str | None]]:
    """Title, type and code list of every field name, the first table that has it speaking for all."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for table in load_schema().tables.values():
        for field in table.fields:
            found.setdefault(field.name, (field.title, field.type, field.codelist))
    return found
