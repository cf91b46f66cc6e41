"""Strengths and limitations: each rule for none, one, many, missing, met and not met; never both of the same figure."""

from __future__ import annotations

import itertools

import pytest

from kit.report.content.limitations import limitations
from kit.report.content.strengths import improved, strengths
from tests.report.content.stub import LAST, figure, figures


def good(*results, **more) -> list[str]:
    return [one.text for one in strengths(figures(*results, **more))]


def bad(*results, **more) -> list[str]:
    subject = figures(*results, **more)
    return [one.text for one in limitations(subject, strengths(subject))]


ONLY = "Chính sách duy nhất đã đến thời điểm đánh giá"
MET = "Đạt chỉ tiêu của Kế hoạch về truyền thông đủ các giai đoạn"


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([figure("CS-01", 0, 0, target=70)], []),
        ([figure("CS-01", None, None)], []),
        ([figure("CS-01", 6, 8, target=70)], [f"{MET}, vượt 5,0 điểm phần trăm."]),
        ([figure("CS-01", 7, 10, target=70)], [f"{MET}, đúng bằng mức đề ra."]),
        ([figure("CS-01", 6, 10, target=70)], []),
        ([figure("CS-01", 6, 8)], []),
        (
            [figure("CS-01", 8, 8)],
            ["Cả 8 chính sách đều được truyền thông đủ các giai đoạn, đạt mức 100% của Đề án."],
        ),
        (
            [figure("CS-01", 1, 1, target=100)],
            [f"{ONLY} được truyền thông đủ các giai đoạn, đạt chỉ tiêu 100% của Kế hoạch và Đề án."],
        ),
        ([figure("CD-02", 1, 1), figure("CD-03", 1, 1)], ["Nhiệm vụ đến hạn đã hoàn thành đúng hạn."]),
        ([figure("CD-02", 3, 3), figure("CD-03", 2, 3)], []),
        ([figure("GY-02", 5, 5)], ["Cả 5 ý kiến góp ý nhận được đều đã được tiếp thu, giải trình."]),
        ([figure("CD-04", 0, target=0)], ["Số nhiệm vụ quá hạn là 0, đạt chỉ tiêu 0 của Kế hoạch."]),
        ([figure("BC-02", 1, 1)], []),
        (
            [figure("CS-05", 6, 6)],
            ["Các hoạt động truyền thông đề cập đủ sáu nội dung bắt buộc của chính sách đã truyền thông."],
        ),
        (
            [figure("CS-05", 18, 18)],
            ["Các hoạt động truyền thông đề cập đủ sáu nội dung bắt buộc của mọi chính sách đã truyền thông."],
        ),
        (
            [figure("CD-01", 8, 8)],
            [
                "Hoàn thành cả bốn nhóm nhiệm vụ quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch ở mọi đơn vị có "
                "nhiệm vụ."
            ],
        ),
        ([figure("CD-06", 8, 8)], ["Mọi nhiệm vụ đã hoàn thành thuộc diện phải có sản phẩm đều đã có sản phẩm."]),
        (
            [figure("CD-01", 4, 4, target=100), figure("CD-02", 5, 5), figure("CD-03", 5, 5), figure("CD-06", 1, 1)],
            [
                "Về công tác chỉ đạo, triển khai (mục I): hoàn thành cả bốn nhóm nhiệm vụ, đạt chỉ tiêu 100% của Kế "
                "hoạch; mọi nhiệm vụ đến hạn đều hoàn thành đúng hạn; nhiệm vụ đã hoàn thành thuộc diện phải có sản "
                "phẩm đã có sản phẩm."
            ],
        ),
    ],
)
def test_strengths(results, said):  # one, none or all, met or not
    assert good(*results) == said


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([figure("CS-01", 0, 0, target=70)], []),
        ([figure("CS-01", 8, 8, target=70)], []),
        (
            [figure("CS-01", 6, 8, target=70), figure("CS-02", 8, 8)],
            ["2/8 chính sách còn giai đoạn chưa được truyền thông, trong khi Đề án yêu cầu 100%."],
        ),
        (
            [figure("CS-01", 4, 8, target=70), figure("CS-02", 8, 8)],
            ["4/8 chính sách còn giai đoạn chưa được truyền thông; tỷ lệ truyền thông đủ các giai đoạn chưa đạt chỉ "
             "tiêu từ 70% của Kế hoạch (còn thiếu 20,0 điểm phần trăm), thấp hơn mức 100% của Đề án."],
        ),
        (
            [figure("CS-01", 0, 1, target=70), figure("CS-02", 0, 1), figure("CS-03", 0, 1)],
            [f"{ONLY} chưa được truyền thông lần nào, chưa đạt chỉ tiêu từ 70% của Kế hoạch, thấp hơn mức 100% của Đề "
             "án."],
        ),
        ([figure("CS-02", 0, 4)], ["Chưa có chính sách nào được truyền thông."]),
        ([figure("CS-02", 3, 4)], ["1 chính sách chưa được truyền thông lần nào."]),
        (
            [figure("CS-02", 4, 4), figure("CS-03", 1, 4)],
            ["Phần lớn chính sách không được truyền thông trong những ngày đầu lấy ý kiến."],
        ),
        ([figure("CS-02", 4, 4), figure("CS-03", 3, 4)], []),
        (
            [figure("CS-02", 6, 6), figure("CS-03", 4, 6)],
            ["Còn 2 chính sách không được truyền thông trong những ngày đầu lấy ý kiến."],
        ),
        (
            [figure("CS-01", 0, 4, target=70), figure("CS-02", 0, 4)],
            ["Cả 4 chính sách đều chưa được truyền thông lần nào; tỷ lệ truyền thông đủ các giai đoạn chưa đạt chỉ "
             "tiêu từ 70% của Kế hoạch, thấp hơn mức 100% của Đề án."],
        ),
        (
            [figure("CS-01", 4, 8, target=70), figure("CS-02", 6, 8)],
            ["4/8 chính sách còn giai đoạn chưa được truyền thông, trong đó 2 chính sách chưa được truyền thông lần "
             "nào; tỷ lệ truyền thông đủ các giai đoạn chưa đạt chỉ tiêu từ 70% của Kế hoạch (còn thiếu 20,0 điểm phần "
             "trăm), thấp hơn mức 100% của Đề án."],
        ),
        (
            [figure("CS-01", 6, 8, target=70), figure("CS-02", 6, 8)],
            ["2/8 chính sách chưa được truyền thông lần nào; Đề án yêu cầu 100% chính sách được truyền thông đủ các "
             "giai đoạn."],
        ),
        (
            [figure("CS-01", 4, 8, target=70), figure("CS-02", 6, 8, target=90)],
            ["4/8 chính sách còn giai đoạn chưa được truyền thông, trong đó 2 chính sách chưa được truyền thông lần "
             "nào; tỷ lệ truyền thông đủ các giai đoạn chưa đạt chỉ tiêu từ 70% của Kế hoạch (còn thiếu 20,0 điểm phần "
             "trăm), thấp hơn mức 100% của Đề án.",
             "2 chính sách chưa được truyền thông lần nào, chưa đạt chỉ tiêu từ 90% của Kế hoạch."],
        ),
        ([figure("CS-05", 2, 6)], ["Nội dung truyền thông còn thiếu so với sáu nội dung bắt buộc của chính sách."]),
        (
            [figure("CS-05", 6, 12)],
            ["Nội dung truyền thông còn thiếu so với sáu nội dung bắt buộc của mỗi chính sách."],
        ),
        ([figure("CD-05", 3, 4)], ["1/4 nhiệm vụ đã được đánh giá chất lượng xếp loại chưa đạt."]),
        ([figure("CD-06", 3, 4)], ["1/4 nhiệm vụ đã hoàn thành thuộc diện phải có sản phẩm nhưng chưa có sản phẩm."]),
        ([figure("CD-06", 0, 1)], ["1 nhiệm vụ đã hoàn thành thuộc diện phải có sản phẩm nhưng chưa có sản phẩm."]),
        ([figure("BC-01", 0, 1)], ["Đơn vị chưa gửi báo cáo của kỳ; các nội dung sau đây nêu theo số liệu hiện có."]),
        ([figure("CS-05", 0, 6)], ["Các hoạt động truyền thông chưa ghi nội dung bắt buộc nào."]),
        ([figure("CD-04", 0)], []),
        ([figure("CD-04", 2)], ["Còn 2 nhiệm vụ quá hạn chưa hoàn thành."]),
        (
            [figure("CD-02", 3, 4, target=100)],
            ["Tỷ lệ nhiệm vụ hoàn thành là 75,0% (3/4), chưa đạt chỉ tiêu 100% của Kế hoạch."],
        ),
        ([figure("GY-02", 1, 1)], []),
        ([figure("GY-02", 0, 1)], ["Còn 1 ý kiến góp ý chưa được tiếp thu, giải trình."]),
        ([figure("BC-01", 1, 1), figure("BC-02", 0, 1)], ["Gửi báo cáo muộn so với thời hạn."]),
    ],
)  # fmt: skip
def test_limitations(results, said):
    assert bad(*results) == said


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (9, 8, f"; tỷ lệ tiếp thu, giải trình đã tăng 10,0 điểm phần trăm so với {LAST}."),
        (7, 8, f"; tỷ lệ tiếp thu, giải trình giảm 10,0 điểm phần trăm so với {LAST}."),
        (8, 8, "."),
    ],
)
def test_a_shortfall_says_how_it_moved(now, then, said):
    text = bad(figure("GY-02", now, 10), then=(figure("GY-02", then, 10),))[0]
    assert text == f"Còn {10 - now}/10 ý kiến góp ý chưa được tiếp thu, giải trình{said}"


def test_how_figures_moved_is_told_of_the_two_that_matter_most():
    now = [figure("HD-01", 2, 10), figure("GY-02", 5, 10), figure("CD-05", 7, 10), figure("CD-06", 6, 10)]
    then = (figure("HD-01", 5, 10), figure("GY-02", 9, 10), figure("CD-05", 6, 10), figure("CD-06", 7, 10))
    texts = bad(*now, then=then)
    assert len(texts) == 4
    assert [text[:20] for text in texts if LAST in text] == ["Vai trò của Hội đồng", "Còn 5/10 ý kiến góp "]


def test_tasks_not_done_are_said_once_beside_those_overdue():
    then = (figure("CD-02", 10, 10), figure("CD-04", 0))
    assert len(bad(figure("CD-02", 6, 10), figure("CD-04", 4), then=then)) == 1
    assert bad(figure("CD-02", 6, 10), then=then) == [
        f"Tỷ lệ nhiệm vụ hoàn thành là 60,0% (6/10), giảm 40,0 điểm phần trăm so với {LAST}."
    ]


def test_a_strength_names_the_better_figure_of_last_year():
    text = good(figure("CS-01", 8, 10, target=70), then=(figure("CS-01", 5, 5),))[0]
    assert text.endswith(f"vượt 10,0 điểm phần trăm; {LAST} cao hơn, đạt 100% (5/5).")


def test_an_improvement_is_told_where_nothing_else_is_said_of_the_figure():
    subject = figures(figure("HD-01", 6, 9), then=(figure("HD-01", 3, 9),))
    assert [one.text for one in improved(subject, ())] == [
        f"Tỷ lệ thành viên Hội đồng tham gia là 66,7% (6/9), tăng 33,3 điểm phần trăm so với {LAST}."
    ]
    late = figures(figure("CD-02", 9, 9), figure("CD-03", 6, 9), figure("CD-04", 0), then=(figure("CD-03", 3, 9),))
    assert not improved(late, limitations(late))


def test_steering_said_in_one_sentence_keeps_its_evidence_and_last_year():
    now = (figure("CD-02", 3, 3), figure("CD-03", 3, 3), figure("CD-06", 3, 3))
    [one] = strengths(figures(*now, then=(figure("CD-03", 2, 4),)))
    assert "đúng hạn, trong khi cùng kỳ năm 2023 đạt 50,0% (2/4); mọi nhiệm vụ đã hoàn thành" in one.text
    assert {"CD-03", "CD-06"} <= set(one.evidence)


def test_tasks_not_due_yet_are_no_shortfall():
    then = (figure("CD-02", 5, 5),)
    assert not bad(figure("CD-02", 7, 8), figure("CD-04", 0), then=then)
    assert bad(figure("CD-02", 7, 8), figure("CD-04", 1), then=then) == ["Còn 1 nhiệm vụ quá hạn chưa hoàn thành."]


def test_a_term_of_the_catalogue_is_told_with_what_it_means():
    assert bad(figure("CS-04", 17, 21), then=(figure("CS-04", 9, 9),)) == [
        "Tỷ lệ giai đoạn đã đến có truyền thông (độ phủ giai đoạn) là 81,0% (17/21), giảm 19,0 điểm phần trăm so với "
        f"{LAST}."
    ]


def test_units_with_the_same_number_are_named_together():
    names = {"A": "Xã A", "B": "Xã B", "C": "Xã C", "D": "Xã D", "E": "Xã E"}
    two = {unit: {"CD-04": figure("CD-04", n)} for unit, n in zip(names, (2, 2, 0, 0, 0), strict=True)}
    assert bad(figure("CD-04", 4), pooled=True, below=two, names=names)[0].endswith(
        "(xã A và xã B, mỗi đơn vị 2 nhiệm vụ)."
    )
    more = {unit: {"CD-04": figure("CD-04", n)} for unit, n in zip(names, (2, 2, 1, 1, 0), strict=True)}
    said = bad(figure("CD-04", 6), pooled=True, below=more, names=names)[0]
    assert said.endswith("(nhiều nhất là xã A và xã B, mỗi đơn vị 2 nhiệm vụ).")


def test_units_where_most_is_missing_are_named():
    names = {"A": "Xã A", "B": "Xã B", "C": "Xã C", "D": "Xã D", "E": "Xã E"}
    below = {unit: {"CD-04": figure("CD-04", n)} for unit, n in zip(names, (3, 2, 0, 0, 0), strict=True)}
    assert bad(figure("CD-04", 5), pooled=True, below=below, names=names) == [
        "Còn 5 nhiệm vụ quá hạn chưa hoàn thành (xã A 3 nhiệm vụ, xã B 2 nhiệm vụ)."
    ]
    below["B"] = {}
    assert "(đều thuộc xã A)" in bad(figure("CD-04", 3), pooled=True, below=below, names=names)[0]
    equal = {unit: {"CD-04": figure("CD-04", 1)} for unit in "ABCD"} | {"E": {}}
    assert "(" not in bad(figure("CD-04", 4), pooled=True, below=equal, names=names)[0]


def test_no_figure_is_both_praised_and_blamed():
    """Every pair of extreme values and targets, but for what the Scheme asks beyond the plan's target (CS-01)."""
    ids = ("CS-02", "CS-03", "CS-05", "CD-01", "CD-02", "CD-03", "CD-05", "CD-06", "HD-01", "GY-02", "KP-01", "BC-01")
    for id, n, target in itertools.product(ids, (0, 1, 5, 9, 10), (None, 10, 50, 100)):
        subject = figures(figure("CS-02", 10, 10), figure(id, n, 10, target=target), pooled=True)
        praised = strengths(subject)
        blamed = limitations(subject, praised)
        praised += improved(subject, (*praised, *blamed))
        named = [one.evidence[0] for one in praised if one.evidence[0] != "CS-02"]
        assert not set(named) & {one.evidence[0] for one in blamed}, (id, n, target)
