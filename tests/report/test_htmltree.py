"""HTML as nodes: the visible text and its structure."""

import pandas as pd
import pytest

from kit.report.htmltree import link_target, parse_html, plain_text


def only(html: str) -> dict:
    (node,) = parse_html(html)
    return node


def test_white_space_collapses_as_in_a_browser():
    assert only("<p> a\n <b> b </b>  c<br>\n d </p>")["content"] == [
        "a ",
        {"kind": "strong", "content": ["b "]},
        "c",
        {"kind": "break"},
        "d",
    ]


def test_unknown_tags_go_and_their_text_stays():
    assert only("<p>a <font color=red>b</font><blink>c</blink></p>")["content"] == ["a bc"]


@pytest.mark.parametrize("hidden", ["<script>x</script>", "<style>x</style>", "<!-- x -->", "<?php x ?>"])
def test_scripts_styles_and_comments_are_not_visible(hidden):
    assert parse_html(hidden) == []


def test_inline_tags_around_blocks_do_not_swallow_them():
    assert [node["kind"] for node in parse_html("<a href='http://a.vn'><h2>A</h2><p>b</p></a>")] == [
        "heading",
        "paragraph",
    ]


def test_lists_keep_their_start_and_nesting():
    node = only("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>")
    assert (node["ordered"], node["start"], len(node["items"])) == (True, 3, 2)
    assert node["items"][0][1]["items"] == [[{"kind": "paragraph", "content": ["b"]}]]


def test_preformatted_text_is_kept_to_the_blank():
    assert only("<pre><code>\n a\n  <b>b</b>\n</code></pre>") == {"kind": "code", "text": " a\n  b"}


@pytest.mark.parametrize(
    "href", ["", "#muc", "../../x", "javascript:alert(1)", "file:///etc/passwd", "http://[", "https://a b", None]
)
def test_a_target_nobody_can_follow_is_no_link(href):
    assert link_target(href) == ""


def test_a_target_that_can_be_followed_stays():
    assert only("<p><a href='https://a.vn/x?y=1'>b</a></p>")["content"][0]["href"] == "https://a.vn/x?y=1"


def test_a_grid_resolves_spans():
    html = "<table><tr><th colspan=2>A<th rowspan=9>B</tr><tr><td>1<td>2</tr></table>"
    node = only(html.replace("<th", "</td><td").replace("<td>2", "</td><td>2"))
    places = [(cell["x"], cell["y"], cell["colspan"], cell["rowspan"]) for cell in node["cells"]]
    assert (node["columns"], node["rows"]) == (3, 2)
    assert places == [(0, 0, 2, 1), (2, 0, 1, 2), (0, 1, 1, 1), (1, 1, 1, 1)]


def test_spans_never_overlap_or_leave_the_grid():
    node = only("<table><tr><td rowspan=5>a</td><td>b</td></tr><tr><td colspan=99999>c</td></tr></table>")
    taken = [
        (cell["x"] + i, cell["y"] + j)
        for cell in node["cells"]
        for i in range(cell["colspan"])
        for j in range(cell["rowspan"])
    ]
    assert len(taken) == len(set(taken))
    assert max(y for _, y in taken) < node["rows"]
    assert max(x for x, _ in taken) < node["columns"] <= 400


def test_columns_of_numbers_stand_right_with_their_header():
    html = (
        "<table><thead><tr style='text-align: right'><th>Đơn vị</th><th>Tỷ lệ</th></tr></thead>"
        "<tbody><tr><th>A</th><td>1,5%</td></tr><tr><th>B</th><td>NaN</td></tr></tbody></table>"
    )
    node = only(html)
    assert node["head"] == 1
    assert [cell["align"] for cell in node["cells"]] == ["left", "right"] * 3


def test_text_between_cells_is_shown_before_the_table():
    made = parse_html("<table>lạc<tr><pre>mã</pre><td>ô</td></tr></table>")
    assert [node["kind"] for node in made] == ["paragraph", "code", "grid"]


@pytest.mark.parametrize("nest", ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<dl><dd>"])
def test_thousands_of_nested_tags_keep_their_text(nest):
    assert "chữ" in repr(parse_html(nest * 800 + "chữ"))


def test_a_mark_within_itself_is_one_mark():
    assert only("<p><b>a <strong>b <i>c</i></strong></b></p>")["content"] == [
        {"kind": "strong", "content": ["a b ", {"kind": "emphasis", "content": ["c"]}]}
    ]


def test_plain_text_is_the_text_without_marks():
    assert plain_text(only("<p>a <b>b <i>c</i></b> <img alt='d' src='x'></p>")["content"]) == "a b c d"


def test_the_name_of_an_index_joins_the_header_row_above_it():
    frame = pd.DataFrame({"Số": [1]}, index=pd.Index(["CS-01"], name="Mã"))
    grid = parse_html(frame.to_html())[-1]
    assert (grid["head"], grid["rows"]) == (1, 2)
    assert [cell["blocks"][0]["content"] for cell in grid["cells"]] == [["Mã"], ["Số"], ["CS-01"], ["1"]]


def test_two_header_rows_that_both_say_something_stay_two():
    html = "<table><thead><tr><th>a</th><th></th></tr><tr><th>b</th><th>c</th></tr></thead><tr><td>1<td>2</tr></table>"
    assert parse_html(html)[-1]["head"] == 2
