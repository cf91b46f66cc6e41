"""The sentences of the sections: right for none, one, many, missing, met and not met."""

from __future__ import annotations

import pytest

from kit.report.blocks import Table
from kit.report.content.policies import _by_assigned, _mentioned
from kit.report.report import Report
from tests.report.content.reading import blocks_of, figures, report, table_named, text_of
from tests.report.content.stub import figure
from tests.report.sample_period import ASSIGNMENTS, POLICIES, UNITS, finding, period_data, tables


def with_communications(*days: str, policies: int = 1, targets: dict | None = None) -> Report:
    """A commune with so many policies (G1 on 10/01/2024) and communications of the first on the given days."""
    listed = [
        {
            "policy_id": f"P{n}",
            "title": f"Chính sách {n}",
            "lead_agency": "Sở",
            "proposal_consultation_date": "2024-01-10",
        }
        for n in range(policies)
    ]
    given = [{"policy_id": policy["policy_id"], "unit_id": "XA-01"} for policy in listed]
    told = [
        {
            "_unit": "XA-01",
            "activity_id": f"HD-{n}",
            "date": day,
            "kind": "policy_communication",
            "policy_id": f"P{n % max(1, policies)}",
            "form": "news",
        }
        for n, day in enumerate(days)
    ]
    rows = {"units": UNITS, "policies": listed, "assignments": given, "activities": told}
    return Report(period_data(rows=rows, targets={"CS-01": 70} if targets is None else targets), "XA-01")


def test_no_policy():
    assert "không phát sinh chính sách thuộc phạm vi" in text_of(with_communications(policies=0).policies())


def test_one_policy_not_told():
    text = text_of(with_communications().policies())
    assert "Trong kỳ có 1 chính sách thuộc phạm vi; chính sách này chưa được truyền thông đủ các giai đoạn" in text
    judged = text_of(with_communications().evaluation())
    assert "chưa đạt chỉ tiêu từ 70% của Kế hoạch, thấp hơn mức 100% của Đề án" in judged and "chỉ tiêu" not in text


def test_one_policy_told_at_once():
    text = text_of(with_communications("2024-01-10").policies())
    assert "chính sách này được truyền thông đủ các giai đoạn đã đến." in text
    assert "Chính sách này được truyền thông ngay trong ngày bắt đầu lấy ý kiến." in text


def test_many_policies_none_some_and_all_told():
    assert "chưa có chính sách nào (0/3) được truyền thông đủ" in text_of(with_communications(policies=3).policies())
    some = with_communications("2024-01-12", "2024-01-12", policies=3)
    assert "2/3 chính sách (66,7%) được truyền thông đủ" in text_of(some.policies())
    assert "gần đạt chỉ tiêu từ 70%" in text_of(some.evaluation())
    whole = with_communications(*["2024-01-12"] * 3, policies=3)
    assert "cả 3 chính sách (100%) đều được truyền thông đủ" in text_of(whole.policies())


def test_a_policy_that_has_just_begun_is_not_yet_judged():
    policy = {"policy_id": "P", "title": "Mới", "lead_agency": "Sở", "proposal_consultation_date": "2024-06-10"}
    rows = {"units": UNITS, "policies": [policy], "assignments": [{"policy_id": "P", "unit_id": "XA-01"}]}
    text = text_of(Report(period_data(rows=rows), "XA-01").policies())
    assert "Trong kỳ có 1 chính sách thuộc phạm vi; chưa có giai đoạn nào đến thời điểm đánh giá" in text
    assert "Chưa đánh giá" in text


def test_the_days_of_grace_are_told_as_the_rule_counts_them():
    early = text_of(with_communications("2024-01-17").policies())
    first = "Chính sách này được truyền thông lần đầu sau {} ngày kể từ ngày bắt đầu lấy ý kiến"
    assert f"{first.format(7)}, tức là ngay từ khi lấy ý kiến (trong vòng 7 ngày)." in early
    late = text_of(with_communications("2024-01-18").policies())
    assert f"{first.format(8)}, chậm hơn mức 7 ngày được coi là truyền thông ngay từ khi lấy ý kiến." in late


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (6, 6, "đã đề cập đủ sáu nội dung bắt buộc của chính sách này"),
        (12, 12, "đã đề cập đủ sáu nội dung bắt buộc của cả 2 chính sách đã truyền thông"),
        (4, 6, "đã đề cập 4/6 nội dung bắt buộc của chính sách này (66,7%)"),
        (0, 12, "chưa đề cập nội dung nào trong sáu nội dung bắt buộc của 2 chính sách đã truyền thông"),
        (9, 12, "đã đề cập 9/12 lượt nội dung bắt buộc (75,0%), tính trên sáu nội dung của mỗi chính sách"),
    ],
)
def test_the_six_contents(n, of, said):
    assert said in _mentioned(figure("CS-05", n, of))


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (0, 1, "Đơn vị duy nhất được giao chưa trực tiếp truyền thông"),
        (0, 6, "Chưa có lượt nào trong 6 lượt đơn vị được giao trực tiếp truyền thông"),
        (33, 39, "33/39 lượt đơn vị được giao (84,6%) đã trực tiếp truyền thông"),
        (6, 6, "Cả 6 lượt đơn vị được giao (100%) đều đã trực tiếp truyền thông"),
    ],
)
def test_assigned_units_that_told_themselves(n, of, said):
    assert _by_assigned(figure("CS-07", n, of)) == said


def test_without_a_target_nothing_is_said_of_one():
    text = text_of(with_communications("2024-01-12", targets={}).evaluation())
    assert "chỉ tiêu" not in text.split("2. Tồn tại")[0] and "mức 100% của Đề án" in text


def test_silences_are_named():
    text = text_of(report().timeline())
    assert "Còn 2 giai đoạn của 1 chính sách chưa có truyền thông: Luật Nhà ở (mẫu) (G1, G2)." in text


def test_assigned_units_that_kept_silent_are_named_above_commune_level():
    rows = table_named(report("HU-01").timeline(), "don-vi-chua-truyen-thong").rows
    assert rows[0][2:] == ("4/6", "Xã Mẫu Năm và xã Mẫu Sáu")
    assert "Đơn vị chưa truyền thông" not in text_of(report("XA-01").timeline())


def test_overdue_tasks_are_named_with_the_responsible_body():
    rows = table_named(report("HU-01").steering(), "nhiem-vu-qua-han").rows
    assert rows[0][1:] == (
        "Hướng dẫn các thôn tổ chức truyền thông",
        "Công chức Tư pháp - Hộ tịch – Xã Mẫu Bốn",
        "30/4/2024",
        "45",
    )
    assert "không có nhiệm vụ quá hạn" in text_of(report("XA-01").steering())


def test_tasks_of_which_none_is_due():
    rows = {
        **tables(),
        "tasks": [
            {"_unit": "XA-01", "task_id": "1", "group": "planning", "title": "A", "lead": "B", "due_date": "2024-12-01"}
        ],
    }
    text = text_of(report(rows=rows).steering())
    assert "có 1 nhiệm vụ; đến ngày 14/6/2024 chưa có nhiệm vụ nào đến hạn" in text
    assert "còn nhiệm vụ chưa hoàn thành ở nhóm xây dựng kế hoạch" in text
    assert "kế hoạch chưa có nhiệm vụ thuộc nhóm quán triệt, hướng dẫn và tập huấn" in text


def test_measures_are_never_added_together():
    table = table_named(report("HU-01").channels(), "hinh-thuc-kenh")
    assert [column.title for column in table.columns][:3] == ["Hình thức", "Số hoạt động", "Số cuộc"]
    assert table.totals == (len(table.rows) - 1,)
    assert table.rows[-1][:2] == ("Cộng", "23")


def test_opinions_none_many_and_pending():
    assert "44/50 ý kiến (88,0%) được tiếp thu, giải trình" in text_of(report("HU-01").feedback())
    assert "còn 6 ý kiến" in text_of(report("HU-01").feedback())
    assert "không lập biểu này" in text_of(report("XA-01").feedback())
    quiet = report("HU-01", rows={**tables(), "feedback": []})
    assert "không phát sinh ý kiến góp ý" in text_of(quiet.feedback())
    silent = Report(period_data(rows={"units": UNITS}), "HU-01")
    assert "Chưa có số liệu về ý kiến góp ý" in text_of(silent.feedback())


def test_members_of_the_council_who_took_part():
    assert "1/3 thành viên Hội đồng" in text_of(report("HU-01").council())
    assert "có 1 thành viên Hội đồng" in text_of(report("XA-01").council())
    assert text_of(report("XA-01").council()).count("Hội đồng phối hợp") == 1  # who it was belongs to the same sentence
    assert "chưa ghi nhận" in text_of(report("XA-05").council())
    nobody = report("HU-01", rows={**tables(), "activities": []})
    assert "chưa ghi nhận thành viên nào trong 3 thành viên" in text_of(nobody.council())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "không phát sinh khoản kinh phí"),
        ([{"allocated": 15.0, "spent": 12.5}], "đã chi 12,5 triệu đồng, đạt tỷ lệ giải ngân 83,3% (12,5/15)"),
        ([{"spent": 2.5}], "Kế hoạch có 1 khoản chi lồng ghép, không bố trí kinh phí riêng, đã chi 2,5 triệu đồng"),
        ([{"allocated": 10.0}], "kinh phí được giao 10 triệu đồng (nguồn ngân sách nhà nước - chi thường xuyên), chưa "
         "ghi số đã chi."),
        ([{"allocated": 10.0}, {"allocated": 5.0, "spent": 3.0}], "20,0% (3/15); 1 khoản chưa ghi số đã chi"),
        ([{"allocated": 0.0, "spent": 0.0}], "Kinh phí được giao là 0 đồng nên không tính tỷ lệ giải ngân"),
    ],
)  # fmt: skip
def test_money(lines, said):
    usual = {"_unit": "XA-01", "source": "state_regular", "recorded_date": "2024-05-30"}
    rows = [{**usual, "line_id": str(n), **line} for n, line in enumerate(lines)]
    assert said in text_of(report(rows={**tables(), "budget": rows}).budget())


def test_inspections_none_one_and_not_answered():
    assert "không phát sinh cuộc kiểm tra" in text_of(report("XA-01").inspections())
    assert "Trong kỳ đã thực hiện 1 cuộc kiểm tra, giám sát, kết luận đạt." in text_of(report("HU-01").inspections())
    assert "Chưa có số liệu về kiểm tra" in text_of(report("XA-06").inspections())
    assert "không thuộc biểu số liệu" in text_of(report("SO-TP").inspections())


def test_no_obstacle_reported_is_not_an_unanswered_question():
    assert "Không có khó khăn, vướng mắc được phản ánh" in text_of(report("XA-03").obstacles())
    assert "Chưa có thông tin về khó khăn" in text_of(report("XA-06").obstacles())


def test_obstacles_count_distinct_units_and_quote_them():
    text = text_of(report("HU-01").obstacles())
    assert "có 3 khó khăn, vướng mắc của 2 đơn vị được phản ánh; đã giải quyết 33,3% (1/3)" in text
    assert "1 đơn vị báo cáo không có khó khăn" in text
    assert "“Chưa có cán bộ chuyên trách truyền thông”" in text


def test_proposals_are_grouped_by_authority_and_resolved_ones_left_out():
    text = text_of(report("HU-01").proposals())
    assert "2. Nội dung thuộc thẩm quyền cấp huyện (chưa giải quyết)" in text and "kiến nghị của xã Mẫu Một" in text
    assert "Bố trí kinh phí hằng năm" not in text


def test_strengths_and_limitations_follow_the_figures():
    text = text_of(report("HU-01").evaluation())
    assert "Đạt chỉ tiêu của Kế hoạch về truyền thông đủ các giai đoạn, vượt 5,0 điểm phần trăm." in text
    assert "1/4 chính sách còn giai đoạn chưa được truyền thông, trong khi Đề án yêu cầu 100%" in text
    assert (
        "Còn 4 nhiệm vụ quá hạn chưa hoàn thành (xã Mẫu Bốn 2 nhiệm vụ, xã Mẫu Hai 1 nhiệm vụ, xã Mẫu Năm 1 nhiệm vụ)."
        in text
    )
    assert "1/7 đơn vị chưa gửi báo cáo của kỳ." in text


def test_the_units_own_words_follow_the_drafted_ones():
    text = text_of(report().evaluation())
    assert text.index("Nội dung truyền thông còn thiếu") < text.index("Hệ thống truyền thanh ở hai thôn")
    assert "Hệ thống truyền thanh ở hai thôn" not in text_of(report("HU-01").evaluation())


def test_what_the_target_still_needs_is_reckoned():
    text = text_of(with_communications(policies=3).next_tasks())
    assert "cần 3 chính sách được truyền thông đủ các giai đoạn. Phải truyền thông đủ cả 3 chính sách" in text
    met = with_communications(*["2024-01-12"] * 3, policies=3)
    assert "để đạt" not in text_of(met.next_tasks())


def test_stages_lost_are_not_promised():
    ended = {**POLICIES[2], "policy_id": "P"}
    rows = {"units": UNITS, "policies": [ended], "assignments": [{"policy_id": "P", "unit_id": "XA-01"}]}
    text = text_of(Report(period_data(rows=rows), "XA-01").next_tasks())
    assert "chỉ tiêu từ 70% của Kế hoạch cả năm không còn khả năng đạt được do có giai đoạn" in text
    assert "để đạt" not in text and "Tổ chức ngay" not in text


def test_milestones_after_the_next_period_are_left_out():
    late = [{**POLICIES[0], "appraisal_date": None, "adoption_date": "2025-03-01"}]
    rows = {"units": UNITS, "policies": late, "assignments": ASSIGNMENTS[:1]}
    assert "Các mốc" not in text_of(Report(period_data(rows=rows), "XA-01").next_tasks())


def test_small_denominators_are_marked_and_not_ordered():
    made = figures(report("HU-01").units())
    names = [row[1] for row in made[0].data[1:]]
    assert names == [f"Xã Mẫu {name}" for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    assert "mẫu số nhỏ hơn 5" in made[0].note


def test_units_with_enough_cases_are_ordered_by_value():
    made = figures(Report(period_data("2025-H1"), "TINH").units())
    assert [row[1] for row in made[0].data[1:]][0] == "Huyện Mẫu Đông"


def test_findings_are_told_with_file_and_cell_but_no_folder():
    text = text_of(report("HU-01").annex_quality())
    assert "XA-02.xlsx, Hoạt động C31" in text
    assert "data/collected" not in text
    home = finding(
        "required-missing", unit_id="XA-01", source_file="C:\\Users\\An\\XA-01.xlsx", source_sheet="Nhiệm vụ"
    )
    assert "Users" not in text_of(report(findings=[home]).annex_quality())


def test_a_target_below_the_scheme_is_said_in_the_annex():
    assert "Chỉ tiêu thấp hơn Đề án: CS-01 của Kế hoạch từ 70%, Đề án yêu cầu 100%" in text_of(report().annex_quality())


def test_late_and_missing_units_are_listed():
    rows = table_named(report("HU-01").annex_quality(), "phu-luc-4-gui-bao-cao").rows
    assert [row[1:] for row in rows] == [
        ("Xã Mẫu Sáu", "18/6/2024", "–", "Chưa gửi"),
        ("Xã Mẫu Ba", "18/6/2024", "20/6/2024", "Gửi muộn"),
    ]


def test_every_indicator_is_defined_with_its_figure():
    table = table_named(report().annex_quality(), "phu-luc-4-chi-so")
    assert len(table.rows) == 32 and not table.hidden_rows
    assert table.rows[0][0] == "CS-01" and table.rows[0][2] == "75,0% (3/4)"


def test_long_tables_are_cut_and_their_data_is_not():
    many = [
        {
            "_unit": "XA-01",
            "task_id": str(n),
            "group": "other",
            "title": f"Việc {n}",
            "lead": "A",
            "due_date": "2024-02-01",
        }
        for n in range(60)
    ]
    table = table_named(report(rows={**tables(), "tasks": many}).steering(), "nhiem-vu-qua-han")
    assert (len(table.rows), table.hidden_rows, len(table.data)) == (25, 35, 61)


def test_cards_are_four_to_six_with_a_sentence_where_there_is_something_to_say():
    for unit in ("XA-01", "HU-01", "TINH"):
        made = blocks_of(report(unit).cards())[0].cards
        assert 4 <= len(made) <= 6
        assert len({card.indicator_id for card in made}) == len(made)
        assert all(card.sentence for card in made)


def test_a_unit_that_ends_plans_nothing_after_its_last_day():
    units = [{**row} for row in UNITS]
    next(row for row in units if row["unit_id"] == "XA-01").update(valid_to="2024-06-30", successor_id="XA-02")
    later = {
        "_unit": "XA-01",
        "task_id": "N",
        "group": "other",
        "title": "Việc mới",
        "lead": "A",
        "due_date": "2024-09-01",
    }
    text = text_of(report(rows={**tables(), "units": units, "tasks": [*tables()["tasks"], later]}).next_tasks())
    assert "Xã Mẫu Một kết thúc hoạt động sau ngày 30/6/2024: bàn giao cho xã Mẫu Hai số liệu, hồ sơ" in text
    assert "Việc mới" not in text


def test_a_district_that_has_not_reported_is_not_urged_to_press_itself():
    silent = Report(period_data(rows={"units": UNITS}), "HU-01").next_tasks()
    assert "Đôn đốc 6 đơn vị trực thuộc gửi báo cáo của kỳ này và hoàn thành báo cáo của huyện Mẫu Đông" in text_of(
        silent
    )


def test_shortfalls_of_a_unit_that_has_not_reported_are_no_last_word():
    silent = Report(period_data(rows={**tables(), "submissions": []}), "XA-01")
    said = text_of(silent.evaluation()).split("Tồn tại, hạn chế")[1].lstrip(" -")
    assert said.startswith("Đơn vị chưa gửi báo cáo của kỳ; các nội dung sau đây nêu theo số liệu hiện có.")


@pytest.mark.parametrize(
    ("aside", "said", "left"),
    [
        (
            False,
            "Kế hoạch chưa có nhiệm vụ thuộc 3/4 nhóm",
            "Bổ sung vào kế hoạch và hoàn thành nhiệm vụ thuộc nhóm quán triệt, hướng dẫn và tập huấn trước cuối năm "
            "để đạt chỉ tiêu 100% đối với bốn nhóm nhiệm vụ.",
        ),
        (
            True,
            "3/4 nhóm nhiệm vụ quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch chưa được tính do",
            "Sửa số liệu có lỗi của các nhiệm vụ thuộc nhóm quán triệt, hướng dẫn và tập huấn (Phụ lục IV) để các nhóm "
            "này được tính vào chỉ tiêu 100%.",
        ),
    ],
)
def test_groups_without_a_task_or_with_errors_are_not_called_unfinished(aside, said, left):
    def row(group: str, **more: object) -> dict:
        dates = {"due_date": "2024-02-01", "completed_date": "2024-01-20"}
        return {"_unit": "XA-01", "task_id": group, "group": group, "title": group, "lead": "A", **dates, **more}

    rows = [row("planning")]
    rows += [row(group, _set_aside=True) for group in ("briefing", "guidance", "training")] if aside else []
    made = report(rows={**tables(), "tasks": rows}, targets={"CD-01": 100})
    assert said in text_of(made.evaluation()) and left in text_of(made.next_tasks())


@pytest.mark.parametrize(
    ("audiences", "said"),
    [
        (["citizens"], "Đã tiếp cận 1/7 nhóm đối tượng của Kế hoạch, là Nhân dân (1 hoạt động)"),
        (["citizens", "citizens;officials"], "gồm Nhân dân (2 hoạt động); cán bộ (1 hoạt động); chưa có"),
        (["citizens;officials"], "gồm cán bộ và Nhân dân (mỗi nhóm 1 hoạt động); chưa có"),
        (
            ["citizens;officials;workers", "citizens;officials", "citizens", "enterprises;organisations"],
            "nhiều nhất là Nhân dân (3 hoạt động), tiếp đến là cán bộ (2 hoạt động); chưa có",
        ),
        (
            ["citizens;officials;workers;organisations", "citizens;officials;workers", "citizens"],
            "nhiều nhất là Nhân dân (3 hoạt động), tiếp đến là cán bộ và người lao động (mỗi nhóm 2 hoạt động)",
        ),
        (
            ["citizens;officials", "citizens;workers;organisations", "civil_servants;enterprises"],
            "nhiều nhất là Nhân dân (2 hoạt động);",
        ),
    ],
)
def test_audiences_are_named_as_far_as_their_order_is_clear(audiences, said):
    rows = [
        {"_unit": "XA-01", "activity_id": str(n), "date": "2024-03-01", "kind": "awareness", "audiences": codes}
        for n, codes in enumerate(audiences)
    ]
    assert said in text_of(report(rows={**tables(), "activities": rows}).channels())


def test_a_unit_that_reported_nothing_is_said_to_have_reported_so():
    sent = {"_unit": "XA-01", "period": "2024-H1", "sent_date": "2024-06-17"}
    for row, said in ((sent, "Trong kỳ không"), ({**sent, "nothing_to_report": True}, "Đơn vị báo cáo trong kỳ không")):
        made = Report(period_data(rows={"units": UNITS, "submissions": [row]}), "XA-01")
        assert text_of(made.channels()).startswith(f"{said} phát sinh hoạt động")


def test_dates_after_the_cut_off_are_only_planned():
    policy = {"policy_id": "P", "title": "Mới", "lead_agency": "Sở", "proposal_consultation_date": "2024-01-10"}
    policy["draft_consultation_date"] = "2024-08-10"
    rows = {"units": UNITS, "policies": [policy], "assignments": [{"policy_id": "P", "unit_id": "XA-01"}]}
    dates = table_named(Report(period_data(rows=rows), "XA-01").annex_policies(), "phu-luc-1-chinh-sach").rows[0]
    assert dates[2:6] == ("10/01/2024", "10/8/2024 (dự kiến)", "–", "–")


def test_the_stages_of_a_policy_stand_in_one_column():
    rows = {row[1]: row for row in table_named(report().policies(), "chinh-sach").rows}
    assert rows["Luật Nhà ở (mẫu)"][4].replace("\u00a0", " ") == "G1: chưa; G2: chưa; G3: có"


def test_the_forms_of_one_unit_alone_stand_in_annex_ii():
    names = [[block.name for block in made if isinstance(block, Table)] for made in _places("XA-01")]
    assert "hinh-thuc-kenh" not in names[0] and "hinh-thuc-kenh" in names[1]
    names = [[block.name for block in made if isinstance(block, Table)] for made in _places("HU-01")]
    assert "hinh-thuc-kenh" in names[0] and "hinh-thuc-kenh" not in names[1]


def _places(unit: str) -> tuple:
    return report(unit).channels(), report(unit).annex_activities()
