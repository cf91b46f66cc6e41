"""Rows set aside for errors are told of wherever figures leave them out; what is not counted is not said to be."""

from __future__ import annotations

from kit.report.report import Report
from tests.report.content.reading import blocks_of, report, table_named, text_of
from tests.report.sample_period import UNITS, finding, period_data, tables


def task(number: int, group: str, **more: object) -> dict:
    row = {"_unit": "XA-01", "task_id": f"NV-{number}", "group": group, "title": f"Việc {number}", "lead": "A"}
    return row | {"due_date": "2024-02-01", "completed_date": "2024-01-20"} | more


def with_tasks(*rows: dict, **more: object) -> Report:
    return report(rows={**tables(), "tasks": list(rows), **more})


def card(made: Report, id: str):
    return next(card for card in blocks_of(made.cards())[0].cards if card.indicator_id == id)


def test_a_group_whose_task_is_set_aside_is_not_said_to_be_absent():
    made = with_tasks(task(1, "planning"), task(2, "briefing", _set_aside=True), task(3, "training", _set_aside=True))
    text = text_of(made.steering())
    assert "Kế hoạch năm 2024 có 1 nhiệm vụ, không kể 2 nhiệm vụ có lỗi chưa sửa (Phụ lục IV)" in text
    assert "nhiệm vụ thuộc nhóm quán triệt và tập huấn có lỗi chưa sửa nên chưa được tính" in text
    assert "kế hoạch chưa có nhiệm vụ thuộc nhóm hướng dẫn." in text


def test_groups_without_a_figure_are_told_apart():
    made = with_tasks(task(1, "planning", completed_date=None), task(2, "briefing", _set_aside=True))
    assert (
        "1 nhóm nhiệm vụ chưa hoàn thành; 1 nhóm chưa được tính do số liệu nhiệm vụ có lỗi chưa sửa; "
        "2 nhóm chưa có nhiệm vụ trong kế hoạch" in card(made, "CD-01").sentence
    )


def test_a_target_met_carries_what_it_leaves_out():
    groups = ("briefing", "guidance", "training", "planning")
    whole = [task(at, group) for at, group in enumerate(groups)]
    made = with_tasks(*whole, task(9, "training", _set_aside=True, due_date=None, completed_date=None))
    said = "không kể 1 nhiệm vụ có lỗi chưa sửa"
    assert card(made, "CD-01").status == "met" and said in card(made, "CD-01").sentence
    assert said in text_of(made.steering()).split("Kế hoạch năm")[0]
    assert "không kể" not in text_of(made.evaluation())  # the opening of the report has said so
    assert "không kể" not in text_of(with_tasks(*whole).steering()) + text_of(with_tasks(*whole).cards())


def test_only_tasks_with_errors_are_not_no_tasks():
    one = with_tasks(task(1, "planning", _set_aside=True))
    assert "Nhiệm vụ duy nhất của kế hoạch năm 2024 có lỗi chưa sửa (Phụ lục IV)" in text_of(one.steering())
    two = with_tasks(task(1, "planning", _set_aside=True), task(2, "briefing", _set_aside=True))
    assert "Cả 2 nhiệm vụ của kế hoạch năm 2024 đều có lỗi chưa sửa" in text_of(two.steering())
    assert "Chưa ghi nhận nhiệm vụ" not in text_of(two.steering()) + text_of(two.cards())


def test_what_is_left_out_is_said_at_the_beginning_even_without_a_strength():
    rows = {"units": UNITS, "tasks": [task(1, "planning", completed_date=None), task(2, "briefing", _set_aside=True)]}
    made = Report(period_data(rows=rows), "XA-01")
    assert "chưa có chỉ tiêu nào đạt" in text_of(made.evaluation())
    assert "không kể 1 nhiệm vụ có lỗi nhập liệu chưa sửa" in text_of(made.head())


def test_products_of_tasks_set_aside_are_told_apart():
    product = {"_unit": "XA-01", "kind": "plan", "issued_date": "2024-01-20", "title": "Kế hoạch"}
    products = [product | {"product_id": f"SP-{n}", "task_id": f"NV-{n}"} for n in (1, 2)]
    made = with_tasks(task(1, "planning"), task(2, "briefing", _set_aside=True), products=products)
    assert "2 kế hoạch, trong đó có 1 sản phẩm thuộc nhiệm vụ có lỗi chưa sửa (không tính" in text_of(made.steering())


def test_rows_set_aside_are_told_of_once_and_where_nothing_else_is_counted():
    told = {"_unit": "XA-01", "kind": "policy_communication", "policy_id": "CS-01", "form": "news", "_set_aside": True}
    rows = [told | {"activity_id": "A", "date": "2024-03-01"}, told | {"activity_id": "B", "date": None}]
    made = report(rows={**tables(), "activities": [*tables()["activities"], *rows]})
    said = "không kể 2 hoạt động có lỗi chưa sửa"
    assert "Số liệu trong báo cáo này không kể 2 hoạt động có lỗi nhập liệu chưa sửa (Phụ lục IV)." in text_of(
        made.head()
    )
    assert "không kể" not in text_of(made.policies()) + text_of(made.channels())
    apart = "không kể 2 hoạt động truyền thông có lỗi chưa sửa"
    assert card(made, "CS-01").status == "met" and apart in card(made, "CS-01").sentence  # the verdict rests on it
    assert "không kể" not in text_of(report("XA-02", rows={**tables(), "activities": rows}).head())
    only = report(rows={**tables(), "activities": rows})
    assert f"Số liệu trên {said} (Phụ lục IV)." in text_of(only.channels())


def test_communications_outside_their_window_are_counted_apart():
    late = {"_unit": "XA-01", "activity_id": "L", "date": "2024-02-26", "kind": "policy_communication"}
    rows = [*tables()["activities"], late | {"policy_id": "CS-03", "form": "news"}]
    made = report(rows={**tables(), "activities": rows})
    text = text_of(made.channels())
    assert "7 hoạt động truyền thông dự thảo chính sách và 1 hoạt động truyền thông ngoài thời gian xây dựng" in text
    annex = table_named(made.annex_activities(), "phu-luc-2-hoat-dong")
    assert [row[2].endswith("(*)") for row in annex.rows].count(True) == 1 and annex.note.startswith("(*)")
    assert "ngoài thời gian" not in text_of(report().channels())


def test_communications_of_policies_out_of_scope_are_named_as_such():
    policies = [{**row, "contested": row["policy_id"] != "CS-01"} for row in tables()["policies"]]
    made = report(rows={**tables(), "policies": policies})
    text = text_of(made.channels())
    assert "4 hoạt động truyền thông dự thảo chính sách và 3 hoạt động truyền thông về chính sách không thuộc" in text
    assert "ngoài thời gian" not in text and "(**) Chính sách ngoài phạm vi" in text_of(made.annex_activities())


def test_a_unit_that_has_not_reported_has_no_figures_rather_than_nothing():
    silent = report("XA-06")
    assert card(silent, "CD-01").value == "Chưa có số liệu" and card(silent, "CS-01").value == "0%"
    assert "tính trên số liệu hiện có" in text_of(silent.head())
    answered = Report(period_data(rows={"units": UNITS, "submissions": tables()["submissions"]}), "XA-01")
    assert card(answered, "CD-01").value == "Không phát sinh"


def test_attendances_above_the_usual_are_pointed_out():
    warned = finding("attendances-high", "warning", unit_id="XA-01", table="activities", key="HD-010", value="1200")
    text = text_of(report(findings=[warned]).channels())
    assert "có 1 hoạt động ghi 1.200 lượt người, cao bất thường và chưa được xác minh" in text
    assert "cao bất thường" not in text_of(report(findings=[]).channels())
