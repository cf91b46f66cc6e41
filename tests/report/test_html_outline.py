"""Headings of a page and its table of contents."""

import re

from kit.report.html.outline import contents, regular_headings, slug


def levels(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h(\d)", regular_headings(html)[0])]


def test_there_is_one_h1_and_no_level_is_skipped():
    assert levels("<h1>a</h1><h1>b</h1><h4>c</h4><h2>d</h2><h6>e</h6>") == [1, 2, 3, 2, 3]


def test_a_page_that_begins_below_h1_begins_with_h2():
    assert levels("<h4>a</h4><h1>b</h1>") == [2, 1]


def test_ids_are_plain_letters_and_unique():
    html, entries = regular_headings(
        '<h2 class="x">I. Công tác chỉ đạo</h2><h2>I. Công tác chỉ đạo</h2><h2>漢</h2><h2>字</h2>'
    )
    assert [entry.anchor for entry in entries] == [
        "muc-i-cong-tac-chi-dao",
        "muc-i-cong-tac-chi-dao-2",
        "muc-muc",
        "muc-muc-2",
    ]
    assert html.startswith('<h2 id="muc-i-cong-tac-chi-dao" class="x">')


def test_titles_of_the_contents_are_text_without_markup():
    _, entries = regular_headings("<h2>a <em>b</em> &lt;i&gt;</h2><h2>c</h2>")
    assert '<a href="#muc-a-b-i">a b &lt;i&gt;</a>' in contents(entries)


def test_the_contents_nest_third_level_headings_and_leave_out_the_fourth():
    _, entries = regular_headings("<h1>t</h1><h2>a</h2><h3>b</h3><h4>x</h4><h3>c</h3><h2>d</h2>")
    shape = re.sub(r"<a[^>]*>(.)</a>", r"\1", contents(entries))
    assert shape == "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>"


def test_one_heading_needs_no_contents():
    assert contents(regular_headings("<h2>a</h2>")[1]) == ""


def test_an_empty_heading_is_left_out():
    assert regular_headings("<h2> </h2>x") == ("x", ())


def test_a_slug_has_no_tones():
    assert slug("Đề xuất, kiến nghị – Ủy ban") == "de-xuat-kien-nghi-uy-ban"
