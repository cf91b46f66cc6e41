"""Widths of columns: as asked for where that is good, never a broken word, and fewer lines where room can move."""

import pytest

from kit.report import blocks as b
from kit.report import columns
from kit.report.columns import Page, asked_widths, first_lines, fitted_widths, named
from kit.report.letters import widest

PAGE = Page(room=459.2, size=11, inset=9)
LONG = "Nghị quyết quy định mức hỗ trợ học phí đối với trẻ mầm non và học sinh phổ thông trên địa bàn tỉnh Mẫu"


def table(*asked: b.Column, rows=(), **more) -> dict:
    return b.Table("", tuple(asked), tuple(rows), **more).to_json()


def lines(node: dict, widths) -> int:
    return sum(first_lines(node, PAGE, widths, 99))


def test_widths_that_leave_nothing_to_mend_stay_as_asked():
    node = table(b.Column("Nhóm", width=3), b.Column("Số", "right"), rows=[("Nhân lực", "3"), ("Kinh phí", "1")])
    assert fitted_widths(node, PAGE) == asked_widths(node, PAGE.room)


@pytest.mark.parametrize("rows", [(), (("1", "x"),), (("1", LONG),) * 30], ids=["none", "one", "many"])
def test_widths_always_fill_the_room_and_no_title_is_broken(rows):
    node = table(b.Column("STT", "center", 0.3), b.Column("Nội dung", width=9), rows=rows)
    widths = fitted_widths(node, PAGE)
    assert sum(widths) == pytest.approx(PAGE.room)
    assert widths[0] > widest("STT") * 0.92 * PAGE.size + PAGE.inset - 0.1


def test_room_goes_from_a_column_that_needs_none_to_one_that_does():
    node = table(b.Column("Dự thảo"), b.Column("Đơn vị", width=3), rows=[(LONG, "Xã Mẫu Bảy")] * 5)
    asked, widths = asked_widths(node, PAGE.room), fitted_widths(node, PAGE)
    assert widths[0] > asked[0] and lines(node, widths) < lines(node, asked)


def test_a_figure_with_its_counts_stays_in_one_line_where_there_is_room():
    node = table(b.Column("Chỉ số", width=8), b.Column("Kết quả", "right", 1), rows=[("Tỷ lệ", "86,8% (1.089/1.255)")])
    assert first_lines(node, PAGE, asked_widths(node, PAGE.room), 1)[1] > 1
    assert first_lines(node, PAGE, fitted_widths(node, PAGE), 1) == [1, 1]


def test_a_status_has_room_for_its_shape_and_two_lines():
    rows = [(LONG, "")] * 4
    words = {"status": ("met",) * 4, "status_column": 1, "words": {"met": "Đủ giai đoạn"}}
    node = table(b.Column("Dự thảo", width=9), b.Column("Mức", width=0.5), rows=rows) | words
    assert max(columns._Column(PAGE, node, 1, ("",) * 4).lines(fitted_widths(node, PAGE)[1])) <= 2


def test_words_that_fit_nowhere_leave_the_widths_as_asked():
    node = table(b.Column("A"), b.Column("B", width=2), rows=[("W" * 200, "M" * 200)])
    assert fitted_widths(node, PAGE) == pytest.approx(asked_widths(node, PAGE.room))


def test_room_for_other_families_is_given_up_where_it_does_not_fit():
    node = table(*(b.Column("truyền") for _ in range(9)), rows=[("20/12/2024",) * 9])
    assert fitted_widths(node, Page(459.2, 11, 9, slack=1.6)) == fitted_widths(node, PAGE)


@pytest.mark.parametrize(
    ("entries", "is_named"), [((), False), (("a\nb",), True), (("a\nb", "c\nd"), True), (("a\nb", "c"), False)]
)
def test_first_lines_are_names_where_every_entry_has_one(entries, is_named):
    assert named(table(b.Column("Chỉ số"), rows=[(entry,) for entry in entries]), 0) is is_named
