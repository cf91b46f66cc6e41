"""III. What the section says of earlier periods, of causes; and that no section repeats another."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from kit.report.blocks import Bullets, Paragraphs, Table
from kit.report.content.causes import _errors, causes
from kit.report.content.change import Past
from kit.report.content.judgements import Judgement
from kit.report.content.trend import annex_trend, trend
from kit.report.report import Report
from tests.report.content.reading import blocks_of, text_of
from tests.report.content.stub import LAST, figure, figures, subject
from tests.report.sample_period import UNITS, period_data

NOW = [figure("CS-01", 6, 8), figure("CD-01", 4, 4), figure("CD-02", 9, 9), figure("HD-01", 3, 9)]
THEN = [figure("CS-01", 5, 8), figure("CD-01", 4, 4), figure("CD-02", 7, 7), figure("HD-01", 5, 9)]


def past(*results, reason: str = "", **more) -> Past:
    return Past(None, LAST, {result.indicator.id: result for result in results}, reason, **more)


def test_earlier_figures_stand_beside_those_of_the_period():
    made = trend(figures(*NOW, pasts=(past(*THEN),), pooled=True))
    [table] = [block for block in made if isinstance(block, Table)]
    assert table.rows[0][1:] == ("75,0% (6/8)", "62,5% (5/8)", "Tăng 12,5 điểm phần trăm")
    assert table.rows[1][-1] == "Không đổi"


def test_the_period_before_has_a_column_of_its_own():
    before = Past(None, "6 tháng cuối năm 2023", {"CS-01": figure("CS-01", 7, 7)})
    [table] = [
        block for block in trend(figures(*NOW, pasts=(past(*THEN), before), pooled=True)) if isinstance(block, Table)
    ]
    assert [column.title for column in table.columns][2] == "6 tháng cuối năm 2023"
    assert table.rows[0][2] == "100% (7/7)" and table.rows[1][2] == "–"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), ""),
        ((past(reason="sáp nhập thêm xã A"),), f"Không so sánh với {LAST} vì sáp nhập thêm xã A."),
        ((past(),), f"Không so sánh với {LAST} vì các chỉ số chính không có số liệu của cả hai kỳ."),
        ((past(THEN[0]),), f"Tỷ lệ chính sách được truyền thông đủ các giai đoạn tăng 12,5 điểm phần trăm so với "
         f"{LAST}: 62,5% (5/8)."),
    ],
)  # fmt: skip
def test_few_or_no_figures_are_told_in_a_sentence(given, said):
    assert text_of(trend(figures(*NOW, pasts=given))) == said


def test_the_table_of_one_unit_alone_stands_in_annex_ii():
    one, few = figures(*NOW, pasts=(past(*THEN),)), figures(*NOW, pasts=(past(*THEN[:2]),))
    assert text_of(trend(one)) == f"So sánh các chỉ số chính với {LAST} nêu tại bảng ở Phụ lục II."
    assert [row[-1] for row in annex_trend(one).rows][:2] == ["Tăng 12,5 điểm phần trăm", "Không đổi"]
    assert annex_trend(few) is None and annex_trend(figures(*NOW, pasts=())) is None
    assert annex_trend(figures(*NOW, pasts=(past(*THEN),), pooled=True)) is None


def test_another_number_of_answering_units_is_said():
    given = past(*THEN, answered=(8, 8), answered_now=(7, 8))
    assert "là 7/8, cùng kỳ năm 2023 là 8/8; cần lưu ý" in text_of(trend(figures(*NOW, pasts=(given,), pooled=True)))


_TEXT = ("steering", "policies", "timeline", "channels", "feedback", "council", "budget", "inspections", "evaluation")
_TEXT += ("obstacles", "next_tasks", "proposals")
SHORT = (Judgement("…", ("CS-01",)),)


@pytest.mark.parametrize(
    ("rows", "shortfalls", "said"),
    [
        ({}, SHORT, ()),
        ({"submissions": [{"_unit": "XA-01", "period": "2024-H1"}]}, (), ()),
        (
            {"submissions": [{"_unit": "XA-01", "period": "2024-H1"}]},
            SHORT,
            ("Số liệu cho thấy từ đầu năm chưa tổ chức lớp tập huấn nào về truyền thông dự "
             "thảo chính sách.",),
        ),
        (
            {
                "tasks": [{"_unit": "XA-01", "task_id": "1", "group": "planning", "due_date": "2024-01-31"}],
                "budget": [{"_unit": "XA-01", "line_id": "1", "spent": 2.0, "recorded_date": "2024-03-01"}],
            },
            SHORT,
            ("Số liệu cho thấy: Kế hoạch của đơn vị chưa ban hành; không bố trí kinh phí riêng "
             "cho Kế hoạch.",),
        ),
        (
            {"obstacles": [{"_unit": "XA-01", "obstacle_id": "1", "category": "staff", "reported_date": "2024-03-01"}]},
            SHORT,
            ("Khó khăn đã phản ánh (nêu tại mục 4) thuộc nhóm nhân lực.",),
        ),
    ],
)  # fmt: skip
def test_causes_are_what_was_reported_and_what_the_data_show(rows, shortfalls, said):
    assert causes(subject(**rows), shortfalls) == said


def test_no_section_repeats_what_another_has_said():
    data = period_data()
    for unit in ("XA-01", "XA-02", "HU-01", "TINH"):
        made = Report(data, unit)
        blocks = [block for name in _TEXT for block in blocks_of(getattr(made, name)())]
        lines = [line for block in blocks if isinstance(block, (Paragraphs, Bullets)) for line in block.items]
        clauses = [clause.strip(" .").lower() for line in lines for clause in re.split(r"[;:.] ", line)]
        clauses = [clause for clause in clauses if len(clause) > 45 and not clause.startswith("số liệu trên không kể")]
        assert len(clauses) == len(set(clauses)), [one for one in clauses if clauses.count(one) > 1]


def _obstacles(*units: str) -> list[dict]:
    groups = ("staff", "funding", "skills", "coordination", "awareness")
    return [
        {"_unit": unit, "obstacle_id": str(n), "category": group, "reported_date": "2024-03-01"}
        for unit in units
        for n, group in enumerate(groups)
    ]


def test_five_groups_of_difficulties_are_all_named():
    [said] = causes(subject(obstacles=_obstacles("XA-01")), ())
    assert said.count(";") == 4


def test_groups_of_difficulties_named_as_often_have_their_number_once():
    rows = _obstacles("XA-01", "XA-02")
    [said] = causes(subject("HU-01", obstacles=rows), ())
    assert said.endswith("(mỗi nhóm 2 đơn vị).") and said.count("đơn vị)") == 1
    [said] = causes(subject("HU-01", obstacles=rows[:-1]), ())
    assert said.count(" (2 đơn vị)") == 4 and said.count(" (1 đơn vị)") == 1
    [said] = causes(subject("HU-01", obstacles=rows[:1]), ())
    assert said == "Theo phản ánh của các đơn vị, khó khăn chủ yếu thuộc nhóm nhân lực (1 đơn vị)."


def test_missing_reports_are_no_cause_and_faulty_rows_are_not_counted_again():
    missing = (Judgement("…", ("BC-01",)),)
    assert causes(subject("HU-01"), missing) == ()
    noted = replace(figure("CD-01", 2, 4, target=100), note="nhiều dòng có lỗi")
    made = SimpleNamespace(**{**vars(figures(noted, figure("DL-01", 52, 62))), "reported": False})
    made.records = lambda table: []
    assert _errors(made, (Judgement("…", ("CD-01",)),)) == (
        "Một phần số liệu có lỗi chưa sửa nên không được tính (Phụ lục IV); kết quả có thể thấp hơn thực tế."
    )
    assert not _errors(made, (Judgement("…", ("CS-01",)),))


def test_a_unit_with_nothing_to_judge_is_not_said_to_have_missed_its_targets():
    sent = [{"_unit": "XA-01", "period": "2024-H1", "sent_date": "2024-06-17"}]
    nothing = Report(period_data(rows={"units": UNITS, "submissions": sent}), "XA-01").evaluation()
    assert "Các nội dung có chỉ tiêu không phát sinh trong kỳ" in text_of(nothing)
    assert "chưa có chỉ tiêu nào đạt" not in text_of(nothing)


def test_a_dash_in_the_comparison_is_explained():
    data = period_data()
    notes = {table.note for unit in ("XA-01", "HU-01") if (table := _compared(data, unit)) and "–" in str(table.rows)}
    assert all(note.startswith("Dấu “–”") for note in notes)


def _compared(data, unit: str) -> Table | None:
    made = Report(data, unit)
    tables = [
        one for one in blocks_of(made.evaluation()) + blocks_of(made.annex_activities()) if isinstance(one, Table)
    ]
    return next((one for one in tables if one.name == "so-sanh-ky-truoc"), None)


def test_plans_late_and_plans_missing_are_told_apart():
    plan = {"task_id": "1", "group": "planning", "due_date": "2024-01-31"}
    late = {**plan, "_unit": "XA-01", "completed_date": "2024-03-01"}
    said = "Số liệu cho thấy 1 đơn vị ban hành kế hoạch muộn so với hạn"
    training = [{"_unit": "XA-01", "activity_id": "1", "kind": "training", "date": "2024-03-01"}]
    rows = {"activities": training, "tasks": [late, {**plan, "_unit": "XA-02"}]}
    assert causes(subject("HU-01", **rows), SHORT)[0].startswith(
        f"{said}; 1 đơn vị chưa ban hành kế hoạch dù đã đến hạn"
    )
    alone = causes(subject("HU-01", **{**rows, "tasks": [late]}), SHORT)[0]
    assert "1 đơn vị ban hành kế hoạch muộn so với hạn" in alone and "chưa ban hành" not in alone
