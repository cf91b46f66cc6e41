"""The offline index of a period."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from kit.report.site import render_index
from kit.report.site_data import IndexHead, IndexRow

HEAD = IndexHead(columns=("Chính sách", "Nhiệm vụ"), facts=(("Đã gửi", "2/3"),), files=(("Kết quả", "results.xlsx"),))
ROWS = (
    IndexRow("H1", "Huyện Đại Thành", "district", cells=(("75,0% (9/12)", "met"), ("–", "no_data"))),
    IndexRow(
        "X1",
        "Xã Tân Phước",
        "commune",
        "H1",
        1,
        (("41,2%", "not_met"), ("3", "")),
        (("PDF", "X1/report.pdf"),),
        "Gửi chậm",
    ),
    IndexRow("X2", "Xã Đông Hưng", "commune", "H1", 1, (("60,0%", "nearly"), ("5", "no_target"))),
)


def test_a_district_opens_to_its_units():
    html = render_index("6 tháng đầu năm 2024", ROWS, HEAD)
    group = html[html.index("<details", html.index('id="tree"')) : html.rindex("</details>")]
    assert "<span>Huyện Đại Thành</span> <i>2 đơn vị cấp xã</i>" in group
    assert "Xã Tân Phước" in group and "Xã Đông Hưng" in group


def test_a_status_is_told_in_words_too():
    html = render_index("k", ROWS, HEAD)
    assert "<td class=x>41,2%" in html and '.x::before{content:"■\\a0";content:"■\\a0"/"Chưa đạt: "}' in html
    assert "<td>3" in html


def test_a_unit_links_to_its_files_beside_the_index():
    html = render_index("k", (IndexRow("X", "X", links=(("PDF", "X Ử\\báo cáo.pdf"),)),), HEAD)
    assert '<a href="X%20%E1%BB%AC/b%C3%A1o%20c%C3%A1o.pdf">PDF</a>' in html


def test_a_path_cannot_become_a_script_address():
    html = render_index("k", (IndexRow("X", "X", links=(("a", "javascript:alert(1)"),)),), HEAD)
    assert 'href="javascript:' not in html


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "{{7*7}}", "\"'", "]]>", "</table>"])
def test_hostile_names_are_printed_as_they_are(word):
    row = IndexRow(word, word, cells=((word, "met"), (word, "")), links=((word, word),), note=word)
    html = render_index(word, (row,), IndexHead((word, word), ((word, word),), notice=word, fictitious=word, made=word))
    assert (
        html.count("<script") == 1
        and html.count("</table>") == 1
        and word.replace("<", "&lt;").replace(">", "&gt;") in (html.replace("&quot;", '"').replace("&#x27;", "'"))
    )


def test_the_page_needs_no_network_and_allows_its_own_script_only():
    html = render_index("k", ROWS, HEAD)
    script = re.search(r"<script>(.*)</script>", html, re.DOTALL)[1]
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in html
    assert not re.search(r"https?:|src=|@import", html)


def test_without_a_script_no_search_box_is_shown_and_all_units_are_there():
    html = render_index("k", ROWS, HEAD)
    assert '<div class="bar" hidden>' in html
    assert all(row.name in html for row in ROWS)


def test_a_unit_whose_upper_unit_is_absent_stands_at_the_top():
    html = render_index("k", (IndexRow("X", "Xã lẻ", parent_id="H9", depth=1),), HEAD)
    assert "<details" not in html[html.index('id="tree"') :] and "<th scope=row>Xã lẻ" in html


def test_a_unit_that_comes_twice_or_is_below_itself_is_refused():
    with pytest.raises(ValueError, match="comes twice"):
        render_index("k", (ROWS[0], ROWS[0]), HEAD)
    with pytest.raises(ValueError, match="below itself"):
        render_index("k", (IndexRow("a", "a", parent_id="b"), IndexRow("b", "b", parent_id="a")), HEAD)


def test_no_units_give_a_readable_page():
    assert "Chưa có đơn vị nào trong kỳ này." in render_index("k", (), HEAD)


def test_thousands_of_units_stay_a_small_page():
    rows = [
        IndexRow(f"X{n}", f"Xã {n}", cells=(("75,0%", "met"),) * 5, links=(("PDF", f"X{n}/report.pdf"),))
        for n in range(3321)
    ]
    assert len(render_index("k", rows, HEAD)) / 3321 < 500


def test_units_of_several_levels_are_counted_together():
    mixed = (ROWS[0], ROWS[1], IndexRow("D", "Phòng Tư pháp", "department", "H1", 1))
    assert "<i>2 đơn vị trực thuộc</i>" in render_index("k", mixed, HEAD)


def test_the_sign_of_a_missing_value_stands_for_both_reasons():
    html = render_index("k", ROWS, HEAD)
    assert '<li class="d">Không phát sinh hoặc chưa có số liệu</li>' in html


def data_of(html: str) -> list[list[str]]:
    """The blocks of the script's data as lines."""
    block = re.search(r'<pre id="data" hidden>\n(.*?)</pre>', html, re.DOTALL)[1]
    return [part.split("\n") for part in block.rstrip("\n").split("\n\n")]


def test_all_indicators_of_all_units_are_there_for_the_script_in_one_line_each():
    figures = (("75,0% (9/12)", "met"), ("không phát sinh", "no_data"))
    told = {"state": "late", "issue": "issued", "issue_text": "Đã ban hành", "figures": figures}
    rows = (IndexRow("H1", "Huyện", "Cấp huyện"), IndexRow("X1", "Xã\tMẫu\n<b>", "Cấp xã", "H1", **told))
    rows = (rows[0], replace(rows[1], links=(("PDF", "X1/report.pdf"), ("Sổ", "returned/X1.xlsx"))))
    kinds, indicators, units = data_of(render_index("k", rows, replace(HEAD, indicators=(("CS-01", "Tỷ lệ"),))))
    assert kinds == ["PDF\t*/report.pdf", "Sổ\treturned/*.xlsx"]
    assert indicators == ["CS-01\tTỷ lệ"]
    assert units[1].split("\t") == [
        *("X1", "Xã Mẫu &lt;b&gt;", "Cấp xã", "0", "late", "issued", "Đã ban hành", "0 1"),
        *("m75,0% (9/12)", "dkhông phát sinh"),
    ]


def test_only_what_differs_can_be_chosen_as_a_filter():
    rows = tuple(replace(row, state=state) for row, state in zip(ROWS, ("late", "missing", "late"), strict=True))
    html = render_index(
        "k", rows, replace(HEAD, states=(("on_time", "Đúng hạn"), ("late", "Muộn"), ("missing", "Chưa")))
    )
    options = re.search(r'<select id="f-sent">(.*?)</select>', html)[1]
    assert re.findall(r'value="(\w*)"', options) == ["", "late", "missing"]
    assert "f-issue" not in html.split("<script>")[0] and "f-status" not in html.split("<script>")[0]
