"""Notebook 01 in the kit's tables: counts on top, errors first, each with file, sheet and cell; also of nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.report import plain, returns_tables
from kit.report.blocks import Callout, Cards, Definitions, Paragraphs, Table
from kit.report.elsewhere import rest_in
from kit.report.html import render
from kit.report.returns import Returns
from tests.report.sample_period import COMMUNES, period_data, tables
from tests.report.test_status import book, error, period

UNREADABLE = book("XA-06", readable=False)


def cards(returns: Returns) -> dict[str, tuple[str, str, str, str]]:
    [made] = [block for block in returns.opening() if isinstance(block, Cards)]
    return {card.title: (card.value, card.counts, card.status, card.status_text) for card in made.cards}


def some(*findings: dict) -> Returns:
    return Returns(period(book("XA-01"), book("XA-03"), book("LA-1"), UNREADABLE, findings=findings))


def test_the_opening_counts_what_is_to_be_done_errors_first():
    found = cards(some(error("XA-01", 5), error("XA-01", 6), error("XA-03", 7), error("XA-03", 8, severity="warning")))
    assert list(found) == ["Lỗi", "Tệp có vấn đề", "Cảnh báo", "Đơn vị đã gửi báo cáo"]
    assert found["Lỗi"] == ("3", "ở 2 đơn vị", "not_met", "Phải sửa")
    assert found["Tệp có vấn đề"] == ("2", "", "not_met", "Phải xử lý")
    assert found["Cảnh báo"] == ("1", "ở 1 đơn vị", "nearly", "Nên xem lại")
    assert found["Đơn vị đã gửi báo cáo"] == ("6", "trên 9 đơn vị", "not_met", "Còn 3 đơn vị chưa gửi")


def test_files_that_are_only_not_expected_need_a_look_and_nothing_wrong_is_said_to_be_so():
    found = cards(Returns(period(book("LA-1"))))
    assert found["Tệp có vấn đề"] == ("1", "", "nearly", "Nên xem lại")
    found = cards(Returns(period(book("XA-01"))))
    assert found["Lỗi"] == found["Cảnh báo"] == found["Tệp có vấn đề"] == ("0", "", "met", "Không có")


def test_all_sent_is_said_and_how_many_late():
    rows = tables()
    whole = [{**row, "sent_date": "2024-06-15"} for row in rows["submissions"][:1]]
    units = [*COMMUNES, "HU-01", "SO-TP", "TINH"]
    rows["submissions"] = [{**whole[0], "_unit": unit} for unit in units]
    data = period_data(rows=rows, findings=[])
    assert cards(Returns(data))["Đơn vị đã gửi báo cáo"] == ("9", "trên 9 đơn vị", "met", "Đã gửi đủ")
    told = plain.block(Returns(data).opening()[-1].to_json())
    assert "9 đúng hạn." in told and "muộn" not in told


def test_the_opening_passes_on_what_readers_must_know_of_the_data():
    data = period()
    assert Callout("Số liệu mẫu.") in Returns(replace(data, notice="Số liệu mẫu.")).opening()
    assert not [block for block in Returns(replace(data, notice="")).opening() if isinstance(block, Callout)]


def test_errors_come_before_warnings_with_file_sheet_and_cell_and_notes_stay_out():
    made = some(
        error("XA-01", 5, severity="warning"),
        error("XA-03", 6),
        error("XA-01", 7, severity="note"),
        {**error("XA-01", 0), "source_row": None, "source_column": "", "source_sheet": "", "message": "Tệp rỗng."},
    ).findings_table()
    assert [(row[0], *row[1:5]) for row in made.rows] == [
        ("Lỗi", "Xã Mẫu Ba", "XA-03.xlsx", "Hoạt động", "C6"),
        ("Lỗi", "Xã Mẫu Một", "XA-01.xlsx", "", ""),
        ("Cảnh báo", "Xã Mẫu Một", "XA-01.xlsx", "Hoạt động", "C5"),
    ]
    assert made.status == ("not_met", "not_met", "nearly") and made.status_column == 0
    assert made.data[1] == ("XA-03", "error", "collected/2024/XA-03.xlsx", "Hoạt động", "6", "C", made.rows[0][5])


@pytest.mark.parametrize(("count", "shown", "left"), [(62, 62, ""), (63, 60, "Còn 3 dòng khác"), (1300, 60, "1.240")])
def test_rows_that_are_not_shown_are_in_the_download_and_the_note_says_where(count, shown, left):
    made = some(*(error("XA-01", row) for row in range(5, 5 + count))).findings_table()
    assert (len(made.rows), len(made.status), len(made.data) - 1, made.hidden_rows) == (shown, shown, count, 0)
    assert left in made.note and ("findings.xlsx" in made.note) == bool(left)
    assert "annex.xlsx" not in render.block(made.to_json())


def test_a_note_of_the_table_stays_behind_that_on_the_rows_left_out():
    made = Table("a", (), (), note="Cách tính: b.", hidden_rows=1200)
    assert rest_in(made).note == "Còn 1.200 dòng khác trong tệp CSV tải về dưới bảng. Cách tính: b."
    assert "bảng và trong results.xlsx ở thư mục của kỳ." in rest_in(made, "results.xlsx").note
    assert rest_in(replace(made, hidden_rows=0)).note == "Cách tính: b."


def test_units_that_have_something_to_do_come_first():
    made = some(error("XA-01", 5), error("XA-03", 6, severity="warning")).units_table()
    states = {row[0]: (row[4], row[5], row[6]) for row in made.rows}
    names, sent = list(states), {"on_time", "late"}
    missing = [name for name, status in zip(names, made.status, strict=True) if status == "not_met"]
    assert names[: len(missing)] == missing and set(missing) == {"Tỉnh Mẫu", "Sở Tư pháp tỉnh Mẫu", "Xã Mẫu Sáu"}
    assert names[3:5] == ["Xã Mẫu Một", "Xã Mẫu Ba"] and states["Xã Mẫu Một"] == ("Đúng hạn", "1", "0")
    assert states["Xã Mẫu Sáu"][0] == "Tệp không đọc được" and states["Xã Mẫu Ba"] == ("Gửi muộn", "0", "1")
    row = next(row for row in made.rows if row[1] == "XA-01")
    assert row[2:4] == ("18/6/2024", "15/6/2024") and row[7] == "XA-01.xlsx"
    assert {line[4] for line in made.data[1:]} == sent | {"missing"} and len(made.rows) == 9


def test_kinds_rates_and_problem_files_are_the_frames_in_the_look_of_the_kit():
    returns = some(error("XA-01", 5), error("XA-01", 6, severity="warning"))
    assert [(row[0], row[2]) for row in returns.kinds_table().rows] == [("Lỗi", "1"), ("Cảnh báo", "1")]
    assert returns.kinds_table().status == ("not_met", "nearly")
    assert [row[0] for row in returns.problem_files_table().rows] == ["XA-06.xlsx", "LA-1.xlsx"]
    frame = returns.rates.reset_index()
    assert [(row[0], row[2], row[3]) for row in returns.rates_table().rows] == [
        tuple(row) for row in frame[["Đơn vị", "Đã gửi", "Gửi đúng hạn"]].to_numpy()
    ]


def test_a_csv_keeps_the_folder_that_names_its_unit():
    assert returns_tables._short("collected/2024/TINH/tasks.csv") == "TINH/tasks.csv"
    assert returns_tables._short("collected\\2024\\XA-01.xlsx") == "XA-01.xlsx" and returns_tables._short("") == ""


def test_reminders_stand_under_the_name_of_the_unit_whole():
    returns = some(error("XA-01", 5))
    [made] = returns.reminder_texts()
    assert isinstance(made, Definitions) and dict(made.items)["Xã Mẫu Một (XA-01)"] == returns.reminders["XA-01"]
    assert len(made.items) == len(returns.reminders) > 1


def test_a_period_without_any_return_has_all_tables_and_none_breaks():
    returns = Returns(period_data(rows={"units": tables()["units"]}, findings=[]))
    assert cards(returns)["Đơn vị đã gửi báo cáo"][:2] == ("0", "trên 9 đơn vị")
    empty = (returns.problem_files_table(), returns.kinds_table(), returns.findings_table())
    assert not any(made.rows for made in empty) and all("Không có" in made.empty_text for made in empty)
    shown = (*returns.opening(), *empty, returns.units_table(), returns.rates_table(), *returns.reminder_texts())
    told = "\n".join(plain.block(block.to_json()) + render.block(block.to_json()) for block in shown)
    assert "None" not in told and "nan" not in told and "NaT" not in told


def test_nobody_to_remind_is_said(monkeypatch):
    monkeypatch.setattr(Returns, "reminders", {})
    assert Returns(period()).reminder_texts() == (Paragraphs(("Không có đơn vị nào cần đôn đốc.",)),)
