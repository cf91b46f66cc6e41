"""Annex IV: what the figures rest on – returns, rows set aside and why, assumptions, definitions, how to trace."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from kit.report import words
from kit.report.blocks import Bullets, Column, Heading, Paragraphs, Table
from kit.report.content.corrections import CODES, corrections
from kit.report.content.definitions import assumptions, definitions
from kit.report.content.head import annex
from kit.report.content.narrative import long_texts
from kit.report.content.once import once
from kit.report.content.records import records
from kit.report.content.returns import returns
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import amount, table
from kit.schema.load import load_schema
from kit.validation.findings import load_catalogue

_ADDRESSES = 3
_MARKS = ("_unit", "_year", "_has_error", "_set_aside")
_COUNTED = ("error", "warning")
_SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}


def annex_quality(subject: Subject) -> Blocks:
    """Return annex IV."""
    return Blocks.of(
        annex(subject, "IV", "Chất lượng số liệu"),
        Heading("1. Báo cáo nhận được", 3),
        returns(subject),
        Heading("2. Dòng số liệu không sử dụng và lý do", 3),
        _excluded(subject),
        _corrections(subject),
        Heading("3. Giả định và quy ước", 3),
        Bullets(assumptions(subject)),
        Heading("4. Chỉ số, cách tính và kết quả", 3),
        definitions(subject),
        Heading("5. Truy nguyên và kiểm chứng", 3),
        Paragraphs(_tracing(subject)),
        long_texts(subject),
    )


def _excluded(subject: Subject) -> Blocks:
    valid = subject.result("DL-01")
    rows = _rows(subject)
    count, aside = sum(one[0] for one in rows.values()), sum(one[2] for one in rows.values())
    if not count:
        said = f"Chưa có dòng số liệu nào trong sổ của năm {subject.period.year}."
        return Blocks.of(Paragraphs((said,)), _by_code(subject))
    text = f"Sổ của năm {subject.period.year} có {words.number(count)} dòng số liệu"
    if valid.known:
        text += f", {valid.counts} dòng không có lỗi ({valid.printed})"
    text += f"; {words.number(aside)} dòng không được sử dụng do có lỗi." if aside else "; không có dòng nào bị loại."
    return Blocks.of(Paragraphs((text, *_readings(subject))), _by_table(rows) if aside else None, _by_code(subject))


def _rows(subject: Subject) -> dict[str, tuple[int, int, int]]:
    """Table → rows of the plan year's workbooks, set aside or not; of these with errors, and set aside."""
    receiver, members = subject.scope.tree.receiver, set(subject.members)
    found = {}
    for item in load_schema().collected:
        marks = zip(*(subject.own.frames[item.name][name].tolist() for name in _MARKS), strict=True)
        own = [one for one in marks if one[1] == subject.period.year and receiver.get(one[0]) in members]
        found[item.name] = (len(own), sum(wrong for *_, wrong, _ in own), sum(aside for *_, aside in own))
    return found


def _readings(subject: Subject) -> tuple[str, ...]:
    codes = Counter(one["code"] for one in _findings(subject))
    said = []
    if approximate := codes["approximate"]:
        said.append(
            f"{words.number(approximate)} ô ghi số ước lượng (như “hơn”, “gần”, “khoảng”) được dùng theo số đã ghi"
        )
    if read_as := codes["read-as"]:
        said.append(
            f"{words.number(read_as)} ô được đọc lại theo dạng chuẩn (ngày, số, bảng mã chữ), không đổi nội dung"
        )
    return (words.sentence("; ".join(said)),) if said else ()


@once
def _findings(subject: Subject) -> list[dict]:
    receiver, members = subject.scope.tree.receiver, set(subject.members)
    return [one for one in records(subject.own.findings) if receiver.get(one["unit_id"]) in members]


def _corrections(subject: Subject) -> Table | None:
    found = [one for one in _findings(subject) if one["code"] in CODES]
    return corrections(subject, found, [_address(one) for one in found])


def _by_table(rows: dict[str, tuple[int, int, int]]) -> Table:
    counted = [(item.name, item.title, *rows[item.name]) for item in load_schema().collected if rows[item.name][0]]
    return table(
        "Dòng số liệu theo bảng",
        (
            Column("Bảng", "left", 2.5),
            Column("Số dòng", "right", 1),
            Column("Có lỗi", "right", 1),
            Column("Không sử dụng", "right", 1),
        ),
        shown=[(title, *(amount(value) for value in values)) for _, title, *values in counted],
        data=(("table", "title", "rows", "with_errors", "set_aside"), counted),
        note="Dòng có lỗi ở ô không bắt buộc vẫn được sử dụng, chỉ bỏ ô có lỗi.",
        name="phu-luc-4-theo-bang",
    )


def _by_code(subject: Subject) -> Table | None:
    groups: dict[tuple[str, str], list[dict]] = {}
    for one in _findings(subject):
        if one["severity"] in _COUNTED:
            groups.setdefault((one["severity"], one["code"]), []).append(one)
    if not groups:
        return None
    catalogue = load_catalogue(load_schema())
    shown, raw = [], []
    for (severity, code), group in sorted(groups.items(), key=_gravest_first):
        title = catalogue[code].title if code in catalogue else code
        shown.append((_SEVERITIES[severity], title.rstrip("."), amount(len(group)), _addresses(group)))
        raw.append((severity, code, title, len(group)))
    return table(
        "Lỗi và cảnh báo khi kiểm tra số liệu",
        (
            Column("Mức", "left", 0.8),
            Column("Nội dung", "left", 3),
            Column("Số lượng", "right", 0.8),
            Column("Vị trí", "left", 2.6),
        ),
        shown=shown,
        data=(("severity", "code", "title", "findings"), raw),
        note="Lỗi: dòng hoặc ô không được sử dụng. Cảnh báo: số liệu vẫn được sử dụng.",
        name="phu-luc-4-loi",
    )


def _gravest_first(of: tuple[tuple[str, str], list[dict]]) -> tuple[int, int, str]:
    (severity, code), group = of
    return _COUNTED.index(severity), -len(group), code


def _addresses(group: list[dict]) -> str:
    told = [_address(one) for one in group[:_ADDRESSES]]
    more = len(group) - _ADDRESSES
    tail = f" và {words.number(more)} vị trí khác" if more > 0 else ""
    return "; ".join(filter(None, dict.fromkeys(told))) + tail


def _address(row: dict) -> str:
    """File, sheet and cell; never the folder of a machine."""
    file = PurePosixPath(str(row["source_file"]).replace("\\", "/"))
    name = f"{file.parent.name}/{file.name}" if file.suffix == ".csv" and file.parent.name else file.name
    place = "" if row["source_row"] is None else f"{row['source_column']}{int(row['source_row'])}"
    where = " ".join(filter(None, (row["source_sheet"] if file.suffix != ".csv" else "", place)))
    return ", ".join(filter(None, (name, where)))


def _tracing(subject: Subject) -> tuple[str, ...]:
    code = subject.period.code
    return (
        "Mỗi số liệu trong báo cáo được lấy từ bảng kết quả của kỳ; tử số và mẫu số của từng chỉ số nằm trong tệp "
        f"results.csv của kỳ {code}, cột indicator_id và unit_id ({subject.unit_id}).",
        "Từng lỗi, cảnh báo kèm tên tệp, trang, dòng, cột nằm trong tệp findings.csv; sổ có lỗi được trả lại đơn vị "
        "trong thư mục returned, các ô sai đã được đánh dấu và ghi chú. Số liệu của mỗi bảng và biểu đồ "
        "nằm trong tệp annex.xlsx kèm theo báo cáo.",
        f"Chạy lại bộ công cụ với cùng số liệu và tham số của kỳ {code} thì được báo cáo giống hệt.",
    )
