"""What is said once, by its name rather than by a count, and plainly where there is only one."""

from __future__ import annotations

import pytest

from kit.report.content.steering import _quality
from kit.report.report import Report
from tests.report.content.reading import figures as charts
from tests.report.content.reading import report, table_named, text_of
from tests.report.content.stub import figure, figures
from tests.report.sample_period import POLICIES, UNITS, period_data, tables


def test_a_unit_that_has_not_reported_is_first_asked_for_its_report():
    asked = "Hoàn thành và gửi báo cáo của kỳ này."
    silent = text_of(Report(period_data(rows={**tables(), "submissions": []}), "XA-01").next_tasks())
    assert silent.lstrip("- ").startswith(asked)
    assert silent.count("Theo số liệu hiện có (đơn vị chưa gửi báo cáo)") <= 1
    assert asked not in text_of(report().next_tasks()) + text_of(report("HU-01").next_tasks())


def test_the_same_ground_of_two_verdicts_is_said_once():
    ended = [{**POLICIES[2], "policy_id": id} for id in ("P", "Q")]
    given = [{"policy_id": id, "unit_id": "XA-01"} for id in ("P", "Q")]
    rows = {"units": UNITS, "policies": ended, "assignments": given}
    text = text_of(Report(period_data(rows=rows), "XA-01").next_tasks())
    assert text.count("Theo số liệu hiện có (đơn vị chưa gửi báo cáo)") == 1
    assert "Cũng theo số liệu này, chỉ tiêu từ 70%" in text and "mà chưa ghi nhận truyền thông" in text


def test_what_is_left_of_the_four_groups_is_named():
    def left(*rows: dict) -> str:
        return text_of(report(rows={**tables(), "tasks": list(rows)}, targets={"CD-01": 100}).next_tasks())

    def row(group: str, **more: object) -> dict:
        dates = {"due_date": "2024-02-01", "completed_date": "2024-01-20"}
        return {"_unit": "XA-01", "task_id": group, "group": group, "title": group, "lead": "A", **dates, **more}

    aim = "trước cuối năm để đạt chỉ tiêu 100% đối với bốn nhóm nhiệm vụ."
    one = left(row("planning"), row("briefing"), row("training"), row("guidance", completed_date=None))
    assert f"Hoàn thành nhiệm vụ thuộc nhóm hướng dẫn {aim}" in one
    none = left(row("planning", completed_date=None))
    assert (
        "Hoàn thành nhiệm vụ thuộc nhóm xây dựng kế hoạch; bổ sung vào kế hoạch và hoàn thành nhiệm vụ thuộc nhóm quán "
        f"triệt, hướng dẫn và tập huấn {aim}" in none
    )
    unclear = left(row("planning"), {**row("other"), "group": None, "_set_aside": True})
    assert "Sửa số liệu có lỗi của 1 nhiệm vụ (Phụ lục IV); bổ sung vào kế hoạch" in unclear
    whole = left(*(row(group) for group in ("planning", "briefing", "training", "guidance")))
    assert "bốn nhóm" not in whole


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"completed_date": "2024-01-20"}, "tính đến ngày 14/6/2024; nhiệm vụ này đã hoàn thành đúng hạn."),
        ({"completed_date": "2024-02-20"}, "nhiệm vụ này đã hoàn thành nhưng muộn so với hạn."),
        ({}, "nhiệm vụ này đã quá hạn mà chưa hoàn thành."),
        ({"due_date": "2024-06-14"}, "nhiệm vụ này chưa hoàn thành."),
    ],
)
def test_one_task_due_of_several_is_told_without_counts(second, said):
    usual = {"_unit": "XA-01", "group": "planning", "title": "A", "lead": "B"}
    rows = [
        {**usual, "task_id": "1", "due_date": "2024-12-01"},
        {**usual, "task_id": "2", "due_date": "2024-02-01", **second},
    ]
    text = text_of(report(rows={**tables(), "tasks": rows}).steering())
    assert "có 2 nhiệm vụ, trong đó 1 nhiệm vụ đến hạn" in text and said in text and "1/1" not in text


@pytest.mark.parametrize(
    ("quality", "product", "said"),
    [
        ((1, 1), (1, 1), "được xếp loại đạt trở lên và có sản phẩm theo yêu cầu."),
        ((1, 1), (0, 1), "được xếp loại đạt trở lên nhưng chưa có sản phẩm theo yêu cầu."),
        ((0, 1), (1, 1), "xếp loại chưa đạt nhưng có sản phẩm theo yêu cầu."),
        ((0, 1), (0, 1), "xếp loại chưa đạt và chưa có sản phẩm theo yêu cầu."),
        ((0, 0), (1, 1), "có sản phẩm theo yêu cầu."),
        ((0, 0), (0, 0), ""),
    ],
)
def test_the_only_task_done_is_judged_in_one_sentence(quality, product, said):
    made = figures(figure("CD-02", 1, 2), figure("CD-05", *quality), figure("CD-06", *product))
    assert _quality(made) == (f"Nhiệm vụ đến hạn đã hoàn thành {said}" if said else "")


def test_a_task_taken_over_says_whose_it_was():
    units = [{**row} for row in UNITS]
    next(row for row in units if row["unit_id"] == "XA-02").update(valid_to="2024-03-31", successor_id="XA-01")
    late = {"task_id": "1", "group": "planning", "title": "Kế hoạch năm", "lead": "A", "due_date": "2024-02-01"}
    rows = {**tables(), "units": units, "tasks": [{**late, "_unit": unit} for unit in ("XA-01", "XA-02")]}
    text = text_of(report(rows=rows).steering())
    assert text.count("Kế hoạch năm (A, hạn 01/02/2024") == 1
    assert "Kế hoạch năm – của xã Mẫu Hai trước đây (A, hạn 01/02/2024" in text


def test_a_large_council_says_whom_its_table_leaves_out():
    seats = [{"_unit": "HU-01", "member_id": f"TV-{n}", "member_from": "2022-01-01"} for n in range(20)]
    took_part = {"_unit": "HU-01", "kind": "awareness", "date": "2024-03-01"}
    acts = [{**took_part, "activity_id": str(n), "member_id": f"TV-{n}"} for n in range(4)]
    made = report("HU-01", rows={**tables(), "council_members": seats, "activities": acts}).council()
    table = table_named(made, "thanh-vien-hoi-dong")
    assert len(table.rows) == 4 and table.note == "Bảng không ghi 16 thành viên chưa được ghi nhận tham gia."


def test_units_below_have_sent_their_report_or_not():
    rows = table_named(report("HU-01").units(), "so-sanh-don-vi").rows
    assert {row[-1] for row in rows[:-1]} == {"Đã gửi", "Chưa gửi"} and "%" in rows[-1][-1]


def test_a_note_under_one_chart_is_not_said_again_under_the_next():
    notes = " ".join(one.note for one in charts(report("HU-01").units()))
    assert notes.count("Hình thoi") == 1
