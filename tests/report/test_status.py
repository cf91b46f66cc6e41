"""Who has sent, who is late, and the reminders: the same figures as BC-01 and BC-02, in words for a chat."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest

from kit.collect.raw import SourceFile
from kit.report.reminders import reminders, render_reminders
from kit.report.returns import Returns
from kit.report.status import other_files, rates_frame, returns_frame, unreadable_files
from kit.store import PeriodData, files_frame
from kit.validation.findings import COLUMNS, typed_findings
from tests.report.sample_period import COMMUNES, finding, period_data, tables

TODAY = date(2024, 6, 20)  # the communes' deadline was 18/6, the district's is today


def book(unit: str, year: int = 2024, *, readable: bool = True) -> SourceFile:
    return SourceFile(f"collected/{year}/{unit}.xlsx", "workbook", unit, year, readable)


def error(unit: str, row: int, *, year: int = 2024, severity: str = "error") -> dict:
    where = {"source_file": f"collected/{year}/{unit}.xlsx", "source_sheet": "Hoạt động"}
    more = {"source_row": row, "source_column": "C", "message": f"Ngày ở dòng {row} không có thật."}
    return finding("date-impossible", severity, unit_id=unit, **where, **more)


@cache
def usual() -> PeriodData:
    """The sample period, evaluated once."""
    return period_data(findings=[])


def period(*files: SourceFile, findings=(), rows=None, reading: date | None = None) -> PeriodData:
    made = period_data(findings=[], rows=rows) if rows else usual()
    table = typed_findings(pd.DataFrame(list(findings), columns=COLUMNS))
    params = replace(made.params, reading_date=reading)
    return replace(made, files=files_frame(files), findings=table, params=params)


def states(data: PeriodData, **more) -> dict[str, tuple[str, str]]:
    frame = returns_frame(data, **more)
    return dict(zip(frame["unit_id"], zip(frame["state"], frame["reason"], strict=True), strict=True))


def test_every_unit_valid_on_the_last_day_is_expected_once():
    data = period()
    assert returns_frame(data)["unit_id"].tolist() == data.scope.tree.units


def test_on_time_late_and_missing_are_counted_as_the_indicators_count():
    data = period()
    frame = returns_frame(data).set_index("unit_id")
    assert frame.loc["XA-01", "state"] == "on_time" and frame.loc["XA-03", "state"] == "late"
    assert frame.loc["XA-06", "state"] == "missing" and frame.loc["TINH", "state"] == "missing"
    top = rates_frame(data).iloc[0]
    assert (top["unit_id"], top["expected"]) == ("TINH", len(frame))
    assert top["sent"] == (frame["state"] != "missing").sum() and top["on_time"] == (frame["state"] == "on_time").sum()
    assert rates_frame(data)["unit_id"].tolist() == ["TINH", "HU-01"]  # no unit without units below it


def test_a_missing_report_has_one_reason():
    rows = tables()
    broken = {"_unit": "XA-05", "period": "2024-H1", "_set_aside": True}
    rows["submissions"] = [row for row in rows["submissions"] if row["_unit"] not in ("XA-03", "XA-04", "XA-05")]
    rows["submissions"].append(broken)
    files = [book("XA-03"), book("xa-04", readable=False), book("XA-05"), book("XA-06", 2023)]
    found = states(period(*files, rows=rows))
    assert found["XA-03"] == ("missing", "no_submission_line")
    assert found["XA-04"] == ("missing", "file_unreadable")
    assert found["XA-05"] == ("missing", "line_with_errors")
    assert found["XA-06"] == ("missing", "no_file")  # last year's workbook is not this year's
    assert found["XA-01"] == ("on_time", "")


def test_a_report_sent_after_the_reading_date_is_missing_and_needs_no_reminder():
    data = period(reading=date(2024, 6, 18))
    assert states(data)["XA-03"] == ("missing", "after_reading_date")
    assert "XA-03" not in reminders(data, today=TODAY)


def test_only_a_missing_report_after_its_deadline_is_overdue():
    def overdue(day: date | None) -> set[str]:
        frame = returns_frame(period(), today=day)
        return set(frame.loc[frame["overdue"], "unit_id"])

    assert overdue(None) == overdue(date(2024, 6, 18)) == set()
    assert overdue(date(2024, 6, 19)) == {"XA-06"}
    assert overdue(date(2024, 6, 21)) == {"XA-06", "SO-TP"}
    assert overdue(date(2025, 1, 1)) == {"XA-06", "SO-TP", "TINH"}


def test_errors_are_those_of_the_plan_years_files():
    findings = [
        error("XA-01", 5),
        error("XA-01", 6),
        error("XA-01", 7, severity="warning"),
        error("XA-01", 8, year=2023),
    ]
    frame = returns_frame(period(book("XA-01"), book("XA-01", 2023), findings=findings)).set_index("unit_id")
    assert tuple(frame.loc["XA-01", ["errors", "warnings"]]) == (2, 1)
    assert frame["errors"].sum() == 2


def test_a_csv_folder_is_one_file_of_its_unit():
    parts = [SourceFile(f"collected/2024/XA-06/{name}.csv", "csv", "XA-06", 2024) for name in ("tasks", "activities")]
    frame = returns_frame(period(*parts)).set_index("unit_id")
    assert frame.loc["XA-06", "files"] == "collected/2024/XA-06"


def test_files_of_units_that_are_not_expected_are_named():
    rows = tables()
    ended = {
        "unit_id": "XA-99",
        "name": "Xã Cũ",
        "parent_id": "HU-01",
        "valid_to": "2024-01-31",
        "successor_id": "XA-01",
    }
    rows["units"] = [*rows["units"], ended, {"unit_id": "XA-98", "name": "Xã Mới", "valid_from": "2025-07-01"}]
    found = other_files(period(book("XA-99"), book("XA-98"), book("LA-1"), book("XA-01"), rows=rows))
    assert found[["unit_id", "unit_state", "receiver"]].values.tolist() == [
        ["XA-99", "ended", "XA-01"],
        ["XA-98", "future", ""],
        ["LA-1", "unknown", ""],
    ]


def test_an_unreadable_file_is_named_with_its_reason():
    where = {"unit_id": "XA-06", "source_file": "collected/2024/XA-06.xlsx"}
    data = period(book("XA-06", readable=False), findings=[finding("file-empty", message="Tệp rỗng.", **where)])
    assert unreadable_files(data).values.tolist() == [["collected/2024/XA-06.xlsx", "XA-06", "Tệp rỗng."]]
    text = reminders(data, today=TODAY)["XA-06"]
    assert "XA-06.xlsx: Tệp rỗng." in text and text.count("Tệp rỗng.") == 1


def test_a_reminder_says_who_what_and_by_when():
    text = reminders(period(), today=date(2024, 6, 20))["XA-06"]
    assert text.startswith("Kính gửi Ủy ban nhân dân xã Mẫu Sáu,\n") and text.endswith("Trân trọng cảm ơn!")
    assert "6 tháng đầu năm 2024" in text and "từ ngày 15/12/2023 đến ngày 14/6/2024" in text
    assert "thời hạn gửi là ngày 18/6/2024, đã quá hạn 2 ngày" in text and "kỳ 2024-H1" in text
    assert "Kính gửi Sở Tư pháp tỉnh Mẫu," in reminders(period())["SO-TP"]
    before = reminders(period(), today=date(2024, 6, 18))["XA-06"]
    assert "quá hạn" not in before and "đúng thời hạn" in before
    assert "Đến nay" in reminders(period())["XA-06"]


def test_a_reminder_counts_the_errors_and_quotes_the_first():
    data = period(book("XA-01"), findings=[error("XA-01", row) for row in range(5, 1205)])
    text = reminders(data, today=TODAY)["XA-01"]
    assert "còn 1.200 lỗi cần sửa" in text and "18/6/2024" in text
    assert "1. Trang Hoạt động, ô C5: Ngày ở dòng 5" in text and "dòng 7 " in text and "dòng 8 " not in text
    assert "và 1.197 lỗi khác" in text


def test_a_unit_with_nothing_to_do_gets_no_reminder():
    made = reminders(period(book("XA-01")), today=TODAY)
    assert set(made) == {"XA-06", "SO-TP", "TINH"}
    whole = render_reminders(made)
    assert whole.count("=== ") == 3 and unicodedata.is_normalized("NFC", whole)


@pytest.mark.parametrize("code", ["2024-Q1", "2024-Y", "2022-04-01..2024-04-30"])
def test_every_kind_of_period_has_a_status(code):
    data = period_data(code)
    made = Returns(data)
    assert len(made.units) == len(data.scope.tree.units)
    assert all("None" not in text and "nan" not in text for text in reminders(data, today=TODAY).values())


def test_the_notebook_shows_the_same_in_vietnamese():
    findings = [error("XA-01", 5), error("XA-01", 6, severity="warning")]
    made = Returns(period(book("XA-01"), book("LA-1"), book("XA-06", readable=False), findings=findings))
    row = made.units.loc["XA-01"]
    assert (row["Hạn gửi"], row["Ngày gửi"], row["Tình trạng"], row["Lỗi"]) == ("18/6/2024", "15/6/2024", "Đúng hạn", 1)
    assert made.units.loc["XA-06", "Tình trạng"] == "Tệp không đọc được"
    assert made.rates.loc["Huyện Mẫu Đông"].tolist() == ["85,7% (6/7)", "71,4% (5/7)"]
    assert made.problem_files.index.tolist() == ["collected/2024/XA-06.xlsx", "collected/2024/LA-1.xlsx"]
    assert made.kinds.index.tolist() == ["Lỗi", "Cảnh báo"] and len(made.errors) == 1
    assert set(COMMUNES) <= set(made.units.index)


def test_a_period_without_any_return_still_has_a_status():
    made = Returns(period_data(rows={"units": tables()["units"]}, findings=[]))
    assert set(made.units["Tình trạng"]) == {"Chưa có tệp"}
    assert made.problem_files.empty and made.kinds.empty and made.errors.empty
    assert made.rates["Đã gửi"].str.contains("0/").all()
