"""The data dictionary in Vietnamese (``data/DICTIONARY.md``), derived from the schema."""

from __future__ import annotations

from collections.abc import Iterable

from kit.schema.model import Codelist, Field, Schema, Table

TYPE_WORDS = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "có/không",
    "date": "ngày",
    "list": "danh sách",
}
SEVERITY_WORDS = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}
LEVEL_WORDS = {
    "commune": "xã",
    "district": "huyện",
    "department": "sở",
    "province": "tỉnh",
    "ministry": "bộ, ngành",
}
DISCLOSURE_WORDS = {
    "personal": "Thông tin cá nhân: không đưa vào bản công khai.",
    "evidence": "Không đưa vào bản công khai.",
    "words": "Lời của đơn vị: không đưa vào bản công khai khi chưa được phép công bố.",
}
_INTRO = """\
# Từ điển dữ liệu

Các bảng, trường, danh mục mã và quy tắc kiểm tra của bộ công cụ. Tệp này được tạo tự động từ `kit/schema/`; không sửa \
trực tiếp.

- Ô để trống nghĩa là *chưa có số liệu*, không phải số 0. Không phát sinh thì ghi rõ là không phát sinh.
- Tệp CSV: mã hóa UTF-8, ngày ghi theo dạng `2024-06-14`, có/không ghi `true`/`false`, các mã trong một danh sách cách \
nhau bằng dấu `;`. Trong tệp Excel, mã được hiển thị và chọn theo tên gọi.
- *Lỗi* phải được sửa: dòng hoặc ô có lỗi không được dùng để tính chỉ số. *Cảnh báo* cần kiểm tra lại nhưng số liệu \
vẫn được dùng. *Ghi chú* cho biết số liệu đã được đọc như thế nào.
"""


def render_dictionary(schema: Schema) -> str:
    """Return the dictionary as Markdown: tables with fields and rules, then the code lists."""
    parts = [_INTRO, _contents(schema)]
    parts += ["## Bảng tham chiếu\n\nDo cơ quan vận hành bộ công cụ cập nhật, trong thư mục `data/reference/`.\n"]
    parts += [_table(schema, table) for table in schema.reference]
    parts += ["## Bảng do đơn vị báo cáo\n\nMỗi bảng là một trang trong tệp Excel của đơn vị, hoặc một tệp CSV.\n"]
    parts += [_table(schema, table) for table in schema.collected]
    parts += ["## Danh mục mã\n", *(_codelist(schema, codelist) for codelist in schema.codelists.values())]
    return "\n".join(parts)


def _contents(schema: Schema) -> str:
    rows = [
        f"| [{table.title}](#{table.name}) | `{table.name}` | {_filled_by(table)} | {_plain(table.description)} |"
        for table in schema.tables.values()
    ]
    return "\n".join(["| Bảng | Tên tệp | Đơn vị nhập | Nội dung |", "|---|---|---|---|", *rows, ""])


def _filled_by(table: Table) -> str:
    if not table.collected:
        return "cơ quan vận hành"
    if set(table.levels) == set(LEVEL_WORDS):
        return "mọi đơn vị"
    return ", ".join(words for level, words in LEVEL_WORDS.items() if level in table.levels)


def _table(schema: Schema, table: Table) -> str:
    lines = [f'<a id="{table.name}"></a>\n', f"### {table.title} (`{table.name}`)\n", f"{table.description}\n"]
    lines += [f"- Đơn vị nhập: {_filled_by(table)}."]
    if table.primary_key:
        keys = " và ".join(f"`{name}`" for name in table.primary_key)
        lines += [f"- Khóa: {keys}; không được trùng{' trong sổ của một đơn vị' if table.collected else ''}."]
    if table.date_field:
        lines += [f"- Ngày xác định kỳ: `{table.date_field}`."]
    lines += ["", "| Trường | Tên gọi | Kiểu | Bắt buộc | Mô tả | Ví dụ |", "|---|---|---|---|---|---|"]
    lines += [_field(schema, field) for field in table.fields]
    return "\n".join([*lines, "", *_rules(table)])


def _field(schema: Schema, field: Field) -> str:
    cells = (f"`{field.name}`", field.title, _type(schema, field), "có" if field.required else "")
    return "| " + " | ".join([*cells, _described(field), _plain(field.example)]) + " |"


def _type(schema: Schema, field: Field) -> str:
    words = TYPE_WORDS[field.type]
    if field.codelist:
        return f"{words}, danh mục [{schema.codelists[field.codelist].title}](#danh-muc-{field.codelist})"
    if field.references:
        return f"{words}, mã trong bảng [{schema.tables[field.references].title}](#{field.references})"
    return words


def _described(field: Field) -> str:
    parts = [_plain(field.description)]
    if field.minimum is not None:
        parts.append(f"Không nhỏ hơn {field.minimum:g}.")
    if field.default is not None:
        parts.append(f"Để trống được hiểu là {'có' if field.default is True else 'không'}.")
    if field.disclosure:
        parts.append(DISCLOSURE_WORDS[field.disclosure])
    return " ".join(parts)


def _rules(table: Table) -> Iterable[str]:
    if not table.rules:
        return []
    lines = ["| Mức | Quy tắc | Mã | Hậu quả |", "|---|---|---|---|"]
    for rule in table.rules:
        effect = {"row": "không dùng cả dòng", "": "vẫn dùng"}.get(rule.sets_aside, f"không dùng ô `{rule.sets_aside}`")
        lines.append(f"| {SEVERITY_WORDS[rule.severity]} | {_plain(rule.title)} | `{rule.code}` | {effect} |")
    return [*lines, ""]


def _codelist(schema: Schema, codelist: Codelist) -> str:
    users = [
        f"`{table.name}.{field.name}`"
        for table in schema.tables.values()
        for field in table.fields
        if field.codelist == codelist.name
    ]
    lines = [f'<a id="danh-muc-{codelist.name}"></a>\n', f"### {codelist.title} (`{codelist.name}`)\n"]
    lines += [f"Dùng cho: {', '.join(users)}.\n", "| Mã | Tên gọi |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{code}` | {_plain(label)} |" for code, label in codelist.codes.items()), ""])


def _plain(text: str) -> str:
    """Return text that a Markdown table cell shows as it is."""
    return " ".join(str(text).split()).replace("|", "\\|")
