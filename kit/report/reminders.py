"""A short text for each unit that has something to do, ready to paste into a chat: what is missing, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kit.report import words
from kit.report.status import returns_frame, unreadable_files, year_findings
from kit.schema.load import load_schema
from kit.store import PeriodData

MOST_ERRORS = 3
_PLACES = ("commune", "district", "province")


@dataclass(frozen=True)
class _Wrong:
    """What is wrong with one unit's data: files that cannot be read, errors in the others."""

    files: pd.DataFrame
    errors: pd.DataFrame


def reminders(data: PeriodData, *, today: date | None = None) -> dict[str, str]:
    """Return the text for each unit whose report is missing or whose workbook has errors, by unit."""
    frame = returns_frame(data, today=today)
    unreadable = unreadable_files(data)
    found = year_findings(data)
    errors = dict(tuple(found.loc[found["severity"] == "error"].groupby("unit_id")))
    made = {}
    for row in frame.to_dict("records"):
        missing = row["state"] == "missing" and row["reason"] != "after_reading_date"
        if missing or row["errors"]:
            files = unreadable.loc[unreadable["unit_id"] == row["unit_id"]]
            own = errors.get(row["unit_id"], found.head(0))
            made[row["unit_id"]] = _text(row, data, _Wrong(files, own), today=today)
    return made


def _text(row: Mapping, data: PeriodData, wrong: _Wrong, *, today: date | None) -> str:
    parts = [f"Kính gửi {_addressee(row)},"]
    if row["state"] == "missing" and row["reason"] != "after_reading_date":
        parts += [_missing(row, data, today), _ask(row, data, wrong.files)]
    if row["errors"] and row["reason"] != "file_unreadable":
        parts += _errors(row, data, wrong.errors)
    return "\n".join([*parts, "Trân trọng cảm ơn!"])


def _addressee(row: Mapping) -> str:
    name = words.in_sentence(row["name"])
    return f"Ủy ban nhân dân {name}" if row["level"] in _PLACES else row["name"]


def _missing(row: Mapping, data: PeriodData, today: date | None) -> str:
    period = data.period
    called = "" if period.free else f" {words.period_name(period)}"
    when = f"Đến ngày {words.short_date(today)}" if today else "Đến nay"
    due = words.short_date(row["deadline"])
    over = f", đã quá hạn {(today - row['deadline'].date()).days} ngày" if row["overdue"] and today else ""
    return (
        f"{when}, chúng tôi chưa nhận được báo cáo{called} (số liệu {words.from_to(period)}) của đơn vị; "
        f"thời hạn gửi là ngày {due}{over}."
    )


def _ask(row: Mapping, data: PeriodData, unreadable: pd.DataFrame) -> str:
    year, code = data.period.year, data.period.code
    table = load_schema().tables["submissions"]
    sheet, nothing = table.title, table.field("nothing_to_report").title
    when = "trong thời gian sớm nhất" if row["overdue"] else "đúng thời hạn"
    if row["reason"] == "file_unreadable":
        told = " ".join(f"{file.rsplit('/', 1)[-1]}: {text}" for file, text in unreadable[["file", "message"]].values)
        return f"Tệp đơn vị gửi không đọc được. {told}"
    if row["reason"] == "line_with_errors":
        return f"Sổ năm {year} đã nhận được, nhưng dòng của kỳ {code} ở trang “{sheet}” có lỗi nên chưa được tính."
    if row["reason"] == "no_submission_line":
        return (
            f"Sổ năm {year} đã nhận được, nhưng trang “{sheet}” chưa có dòng của kỳ {code}. Đề nghị đơn vị ghi thêm "
            f"dòng này (không có hoạt động thì chọn “{nothing}”) rồi gửi lại sổ {when}."
        )
    return f"Đề nghị đơn vị cập nhật sổ năm {year}, ghi dòng của kỳ {code} ở trang “{sheet}” và gửi sổ {when}."


def _errors(row: Mapping, data: PeriodData, own: pd.DataFrame) -> list[str]:
    first = [
        f"{at}. {_where(one)}{one['message']}" for at, one in enumerate(own.head(MOST_ERRORS).to_dict("records"), 1)
    ]
    more = len(own) - len(first)
    book = f"Sổ năm {data.period.year} của đơn vị"
    lines = [f"{book} (số liệu cho {_asked(row, data)}) còn {words.number(len(own))} lỗi cần sửa:", *first]
    if more > 0:
        lines.append(f"và {words.number(more)} lỗi khác, đã đánh dấu trong sổ trả lại kèm theo.")
    return [*lines, "Đề nghị đơn vị sửa và gửi lại sổ."]


def _asked(row: Mapping, data: PeriodData) -> str:
    period = data.period
    called = words.from_to(period) if period.free else words.period_name(period)
    return f"báo cáo {called}, thời hạn gửi ngày {words.short_date(row['deadline'])}"


def _where(one: Mapping) -> str:
    sheet = one["source_sheet"] or one["source_file"].rsplit("/", 1)[-1]
    row = "" if pd.isna(one["source_row"]) else int(one["source_row"])
    cell = f", ô {one['source_column']}{row}" if one["source_column"] and row else f", dòng {row}" if row else ""
    return f"{'Trang' if one['source_sheet'] else 'Tệp'} {sheet}{cell}: "


def render_reminders(made: Mapping[str, str]) -> str:
    """Return all texts as one file, each under its unit, with a blank line between."""
    return "".join(f"=== {unit} ===\n{text}\n\n" for unit, text in made.items())
