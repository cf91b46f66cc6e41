"""The returns of a period as notebook 01 shows them, in the kit's tables: counts first, what is gravest on top."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kit.report import words
from kit.report.blocks import Callout, Card, Cards, Column, Definitions, Paragraphs, Table
from kit.report.content.sequence import Blocks
from kit.report.content.tables import amount, day, table
from kit.report.elsewhere import rest_in
from kit.report.overview import units_in_tree_order
from kit.report.status import REASONS, STATES, rates_frame, unreadable_files, year_findings

if TYPE_CHECKING:
    from kit.report.returns import Returns

MOST_FINDINGS, MOST_UNITS = 60, 1000
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}
_MARKS = {"error": "not_met", "warning": "nearly", "note": "no_target"}  # colour and shape of a severity
_SENT = {"missing": "not_met", "late": "nearly", "on_time": "met"}  # and of a report's state, the worst first
_PLACE = ("unit_id", "severity", "source_file", "source_sheet", "source_row", "source_column", "message")
_UNIT, _CODE = Column("Đơn vị", "left", 1.6), Column("Mã", "left", 1.3)


def opening(returns: Returns) -> Blocks:
    """Return the period and what is to be done, counted: errors, files, warnings, reports not sent."""
    span, count = words.span(returns.period), words.number(len(returns.frame))
    line = f"Kỳ báo cáo: {span}; {count} đơn vị phải gửi báo cáo."
    cards = (_found(returns, "error"), _files(returns), _found(returns, "warning"), _sent(returns))
    notice = Callout(returns.data.notice) if returns.data.notice else None
    return Blocks.of(Paragraphs((line,)), notice, Cards(cards))


def _found(returns: Returns, severity: str) -> Card:
    found = year_findings(returns.data)
    found = found.loc[found["severity"] == severity]
    units = found["unit_id"].nunique()
    ask, use = {
        "error": ("Phải sửa", "Dòng hoặc ô có lỗi không được dùng để tính."),
        "warning": ("Nên xem lại", "Số liệu có cảnh báo vẫn được dùng."),
    }[severity]
    where = f"ở {words.number(units)} đơn vị" if units else ""
    state = (_MARKS[severity], ask) if units else ("met", "Không có")
    return Card("", SEVERITIES[severity], words.number(len(found)), where, "", *state, sentence=use if units else "")


def _files(returns: Returns) -> Card:
    count, unreadable = len(returns.problem_files), len(unreadable_files(returns.data))
    told = f"{words.number(unreadable)} tệp không đọc được." if unreadable else "Đều đọc được." if count else ""
    state = ("not_met", "Phải xử lý") if unreadable else ("nearly", "Nên xem lại") if count else ("met", "Không có")
    return Card("", "Tệp có vấn đề", words.number(count), "", "", *state, sentence=told)


def _sent(returns: Returns) -> Card:
    count = Counter(returns.frame["state"])
    units, missing = count.total(), count["missing"]
    told = [f"{words.number(count[key])} {STATES[key].lower()}" for key in ("on_time", "late") if count[key]]
    state = ("not_met", f"Còn {words.number(missing)} đơn vị chưa gửi") if missing else ("met", "Đã gửi đủ")
    where = f"trên {words.number(units)} đơn vị" if units else ""
    value = words.number(units - missing)
    return Card("", "Đơn vị đã gửi báo cáo", value, where, "", *state, sentence=words.sentence(", ".join(told)))


def problem_files(returns: Returns) -> Table:
    """Return files that cannot be read, then files of units that are not expected."""
    rows = [
        (file, unit, problem) for file, unit, problem in returns.problem_files.reset_index().itertuples(index=False)
    ]
    made = table(
        "Tệp không đọc được, tệp của đơn vị không thuộc diện gửi kỳ này",
        (Column("Tệp", "left", 1.6), _CODE, Column("Vấn đề", "left", 3.5)),
        shown=[(_short(file), unit, problem) for file, unit, problem in rows],
        data=(("file", "unit_id", "problem"), rows),
        limit=MOST_UNITS,
        name="tep-co-van-de",
        empty_text="Không có tệp nào có vấn đề.",
    )
    return rest_in(made)


def kinds(returns: Returns) -> Table:
    """Return how many findings of each kind there are and how many units have them, errors first."""
    rows = list(returns.kinds.reset_index().itertuples(index=False, name=None))
    codes = {title: code for code, title in SEVERITIES.items()}
    made = table(
        "Lỗi, cảnh báo và ghi chú theo loại",
        (Column("Mức", "left", 1.8), Column("Nội dung", "left", 5.0), Column("Số lượng", "right", 1.0)),
        shown=[(severity, title, amount(count)) for severity, title, count in rows],
        data=(("severity", "title", "findings"), [(codes[severity], *rest) for severity, *rest in rows]),
        status=[_MARKS[codes[severity]] for severity, *_ in rows],
        status_column=0,
        limit=MOST_UNITS,
        name="loai-loi",
        empty_text="Không có lỗi, cảnh báo nào.",
    )
    return rest_in(made)


def findings(returns: Returns) -> Table:
    """Return errors, then warnings, each with file, sheet and cell; all of them are in the download."""
    found = year_findings(returns.data)
    order = [severity for severity in SEVERITIES if severity != "note"]
    ranked = [found.loc[found["severity"] == severity, list(_PLACE)] for severity in order]
    rows = [row for part in ranked for row in part.astype("object").fillna("").itertuples(index=False, name=None)]
    names = dict(zip(returns.frame["unit_id"], returns.frame["name"], strict=True))
    made = table(
        "Lỗi và cảnh báo, kèm vị trí",
        (
            Column("Mức", "left", 1.6),
            _UNIT,
            Column("Tệp", "left", 1.6),
            Column("Trang", "left", 1.3),
            Column("Ô", "left", 1.0),
            Column("Nội dung", "left", 4.4),
        ),
        shown=[
            (SEVERITIES[severity], names.get(unit, unit), _short(file), sheet, _cell(row, column), message)
            for unit, severity, file, sheet, row, column, message in rows
        ],
        data=(_PLACE, rows),
        status=[_MARKS[row[1]] for row in rows],
        status_column=0,
        limit=MOST_FINDINGS,
        name="loi-va-canh-bao",
        empty_text="Không có lỗi, cảnh báo nào.",
    )
    return rest_in(made, "findings.xlsx")


def units(returns: Returns) -> Table:
    """Return the expected units: those not sent, then those with errors, then the others from the top of the tree."""
    place = {unit: at for at, unit in enumerate(units_in_tree_order(returns.data))}
    rows = returns.frame.to_dict("records")
    rows.sort(key=lambda row: (row["state"] != "missing", -row["errors"], -row["warnings"], place[row["unit_id"]]))
    names = ("unit_id", "name", "deadline", "sent_date", "state", "reason", "errors", "warnings", "files")
    made = table(
        "Tình hình gửi báo cáo của từng đơn vị",
        (
            _UNIT,
            _CODE,
            Column("Hạn gửi", "left", 1.2),
            Column("Ngày gửi", "left", 1.2),
            Column("Tình trạng", "left", 1.8),
            Column("Lỗi", "right", 0.5),
            Column("Cảnh báo", "right", 0.8),
            Column("Tệp", "left", 1.5),
        ),
        shown=[
            (
                *(row["name"], row["unit_id"], day(row["deadline"]), day(row["sent_date"])),
                *(REASONS.get(row["reason"]) or STATES[row["state"]], amount(row["errors"]), amount(row["warnings"])),
                "; ".join(_short(file) for file in row["files"].split("; ")),
            )
            for row in rows
        ],
        data=(names, [tuple(row[name] for name in names) for row in rows]),
        status=[_SENT[row["state"]] for row in rows],
        status_column=4,
        limit=MOST_UNITS,
        name="tinh-hinh-gui",
    )
    return rest_in(made)


def rates(returns: Returns) -> Table:
    """Return the reporting rates of every unit with units below it (BC-01, BC-02), those at the top first."""
    frame = rates_frame(returns.data)
    names = ("unit_id", "name", "sent", "on_time", "expected")
    rows = list(frame[list(names)].itertuples(index=False, name=None))
    made = table(
        "Tỷ lệ gửi báo cáo theo đơn vị cấp trên",
        (_UNIT, _CODE, Column("Đã gửi", "right", 1.4), Column("Gửi đúng hạn", "right", 1.4)),
        shown=[
            (name, unit, *(words.share(int(part), int(expected)) for part in (sent, on_time)))
            for unit, name, sent, on_time, expected in rows
        ],
        data=(names, rows),
        limit=MOST_UNITS,
        name="ty-le-gui",
        empty_text="Không có đơn vị nào có đơn vị cấp dưới.",
    )
    return rest_in(made)


def reminders(returns: Returns) -> Blocks:
    """Return the text for each unit that has something to do, under the unit's name and ready to be copied."""
    names = dict(zip(returns.frame["unit_id"], returns.frame["name"], strict=True))
    told = tuple((f"{names[unit]} ({unit})", text) for unit, text in returns.reminders.items())
    return Blocks.of(Definitions(told) if told else Paragraphs(("Không có đơn vị nào cần đôn đốc.",)))


def _short(file: str) -> str:
    """The file without the folders that all have in common; of a CSV the unit's folder stays."""
    path = PurePosixPath(str(file).replace("\\", "/"))
    return f"{path.parent.name}/{path.name}" if path.suffix == ".csv" else path.name


def _cell(row: object, column: object) -> str:
    return f"{column}{int(row)}" if row != "" else str(column)
