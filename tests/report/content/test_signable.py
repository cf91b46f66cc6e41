"""What a chairman found when reading: contradictions, things said twice, words that sound translated."""

from __future__ import annotations

import pytest

from kit.report.blocks import Figure, Table
from kit.report.content.milestones import milestone_table, milestones
from kit.report.content.outlook import assigned_policies
from kit.report.report import Report
from tests.report.content.reading import SECTIONS, figures, report, text_of
from tests.report.content.stub import subject
from tests.report.sample_period import period_data, tables

_TRANSLATED = ("im lặng", "nền tảng", "bỏ trống", "dù chỉ", "tự truyền thông", "yếu tố có liên quan")
_MAIN = [name for name in SECTIONS if not name.startswith("annex") and name not in ("units", "revisions")]


@pytest.fixture(scope="module")
def commune():
    return report("XA-01")


def names(blocks) -> set[str]:
    return {block.name for block in blocks if isinstance(block, Table | Figure)}


@pytest.mark.parametrize("unit", ["XA-01", "XA-06", "HU-01"])
def test_no_sentence_sounds_translated(unit):
    made = report(unit)
    text = " ".join(text_of(getattr(made, name)()) for name in SECTIONS).lower()
    assert [words for words in _TRANSLATED if words in text] == []


def test_a_commune_reads_one_chart_and_finds_the_lists_in_the_annex(commune):
    shown = [figure.name for name in _MAIN if name != "cards" for figure in figures(getattr(commune, name)())]
    assert shown == ["truyen-thong-theo-giai-doan"]
    assert {"san-pham", "doi-tuong"} <= names(commune.annex_activities())
    assert not {"san-pham", "doi-tuong"} & (names(commune.steering()) | names(commune.channels()))
    assert "(danh sách tại Phụ lục II): 1 kế hoạch." in text_of(commune.steering())


def test_one_source_of_money_is_named_and_not_tabled(commune):
    assert "15 triệu đồng (nguồn ngân sách nhà nước - chi thường xuyên), đã chi 7,5" in text_of(commune.budget())
    assert names(commune.budget()) == set()


def test_an_inspection_among_the_tasks_is_not_denied():
    task = {"_unit": "XA-01", "task_id": "NV-09", "group": "inspection", "title": "Kiểm tra", "lead": "Xã"}
    rows = tables()
    rows["tasks"] = [*rows["tasks"], task | {"due_date": "2024-06-10", "completed_date": "2024-06-05"}]
    text = text_of(report("XA-01", rows=rows).inspections())
    assert "không phát sinh" not in text and "đã hoàn thành nhiệm vụ kiểm tra của Kế hoạch" in text


def test_inspections_with_one_result_are_told_at_once():
    rows = tables()
    rows["inspections"] = [*rows["inspections"], rows["inspections"][0] | {"inspection_id": "KT-02"}]
    assert "2 cuộc kiểm tra, giám sát, đều kết luận đạt." in text_of(report("HU-01", rows=rows).inspections())


def test_the_tasks_of_a_year_are_not_called_due_before_they_are():
    made = report("XA-01", "2024-Y")
    text = text_of(made.steering())
    assert "nhiệm vụ của năm" in text and "nhiệm vụ đến hạn (" not in text
    card = next(card for card in made.cards().cards if card.indicator_id == "CD-02")
    assert card.title == "Nhiệm vụ của năm đã hoàn thành"


def test_respondents_are_written_small_inside_a_sentence():
    assert "Nhân dân 40 ý kiến; doanh nghiệp 10 ý kiến." in text_of(report("HU-01").feedback())


def test_milestones_are_one_line_a_policy_and_none_without_a_window():
    dates = {"draft_consultation_date": "2024-07-01", "appraisal_date": "2024-09-01", "adoption_date": "2024-11-01"}
    policies = [{"policy_id": "P", "title": "P", **dates}, {"policy_id": "Q", "adoption_date": "2024-10-01"}]
    view = subject(policies=policies, assignments=[{"policy_id": id, "unit_id": "XA-01"} for id in "PQ"])
    made = milestone_table(view, milestones(view, assigned_policies(view)))
    assert made.rows == (("1", "P", "G2: 01/7/2024; G3: 01/9/2024; thông qua: 01/11/2024"),)


def test_what_the_public_edition_leaves_out_is_said_once():
    made = Report(period_data(), "XA-01", edition="public")
    text = " ".join(text_of(getattr(made, name)()) for name in _MAIN)
    assert text.count("Phần lời của đơn vị không nêu") == 1
    assert text.count("Nội dung kiến nghị cụ thể không nêu") == 1


def test_the_words_of_an_office_with_units_below_it_are_its_own():
    own = {"_unit": "HU-01", "period": "2024-H1", "section": "strengths", "text": "Đã tổ chức 3 hội nghị."}
    rows = tables()
    rows["narrative"] = [*rows["narrative"], own]
    assert "riêng" in text_of(report("HU-01", rows=rows).evaluation())
    assert "(không gồm các đơn vị trực thuộc): “Đã tổ chức 3 hội nghị.”" in text_of(
        report("HU-01", rows=rows).evaluation()
    )


def test_a_plan_that_tells_of_an_inspection_is_believed_without_a_report():
    task = {"_unit": "XA-06", "task_id": "NV-09", "group": "inspection", "title": "Kiểm tra", "lead": "Xã"}
    rows = tables()
    rows["tasks"] = [*rows["tasks"], task | {"due_date": "2024-06-10", "completed_date": "2024-06-05"}]
    assert "đã hoàn thành nhiệm vụ kiểm tra của Kế hoạch" in text_of(report("XA-06", rows=rows).inspections())
