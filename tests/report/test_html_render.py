"""Blocks as HTML: every kind, escaping, downloads."""

import csv
import io
import re
from base64 import b64decode
from html import unescape

import pytest
import sample_document as sample
import sample_tables as tables

from kit.report import blocks as b
from kit.report.html import download, render

HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% include 'x' %}",
    "$x$ *b*",
    '=HYPERLINK("http://x.example","y")',
    "../../x",
    "]]>",
    "\"'`",
    "<!--kit:style-->",
    "&lt;b&gt;",
)


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)))


def blocks_of(word: str) -> list[b.Block]:
    """One block of every kind with the word in every text."""
    column = b.Column(word)
    return [
        b.Head(word, word, word, word, word, word, (word, word), title=word, period_line=word),
        b.Cards((b.Card(word, word, word, word, word, "met", word, word, word),)),
        b.Paragraphs((word,)),
        b.Bullets((word,)),
        b.Quotes((b.Quote(word, word),)),
        b.Heading(word),
        b.Table(word, (column, column), ((word, word),), word, 1, ("met",), (0,), note=word, data=((word,), (word,))),
        b.Table(word, (column,), (), empty_text=word),
        b.Figure(word, tables.chart(), word, word, word, ((word,), (word,))),
        b.Figure(word, word, word),
        b.Callout(word),
        b.Signature(word, word, word, (word, word)),
        b.Annex(word, word, word),
        b.Definitions(((word, word),)),
    ]


def test_all_kinds_of_the_vocabulary_are_rendered():
    kinds = {block.kind for block in blocks_of("a")}
    assert kinds == render.KINDS == {one.kind for one in b.Block.__subclasses__()}


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_text_is_printed_as_it_is_and_does_nothing(word):
    for block in blocks_of(word):
        html = render.fragment(block.to_json(), "p")
        assert word in visible(html), block.kind
        assert "<script" not in html
        assert "<!--" not in html
        assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_text_cannot_leave_an_attribute(word):
    plain_tags = [re.findall(r"<(/?[a-zA-Z0-9]+)", render.fragment(block.to_json(), "p")) for block in blocks_of("a")]
    tags = [re.findall(r"<(/?[a-zA-Z0-9]+)", render.fragment(block.to_json(), "p")) for block in blocks_of(word)]
    assert tags == plain_tags


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="unknown block kind 'sparkline'"):
        render.fragment({"kind": "sparkline"}, "p")


def test_jupyterlab_gets_the_same_markup_with_a_style_of_its_own():
    bundle = tables.POLICIES._repr_mimebundle_()
    assert bundle[b.MIME]["kind"] == "table"
    assert bundle["text/html"].startswith('<div class="kit kit-embedded"><style>')
    assert "Luật Đất đai" in bundle["text/html"] and "Luật Đất đai" in bundle["text/plain"]


def test_two_different_charts_in_a_notebook_share_no_ids():
    ids = [set(re.findall(r'\sid="([^"]+)"', render.block(one.to_json()))) for one in (tables.FIGURE, tables.POLICIES)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_a_status_is_told_by_shape_words_and_colour():
    html = render.fragment(sample.CARDS.to_json(), "p")
    assert html.count("kit-shape") == 5
    shapes = set(re.findall(r'class="kit-shape"[^>]*>(.*?)</svg>', html))
    assert len(shapes) == 5
    for words in ("Đạt", "Gần đạt", "Chưa đạt", "Không giao chỉ tiêu", "Chưa có số liệu"):
        assert f"<span>{words}</span>" in html


def test_the_status_column_of_a_table_carries_the_status():
    html = render.fragment(tables.POLICIES.to_json(), "p")
    assert html.count("kit-status kit-met") == 3 and html.count("kit-status kit-not-met") == 1


def test_a_figure_in_a_status_column_keeps_its_value_beside_the_words():
    table = b.Table("t", (b.Column("a"),), (("41,2%",),), status_column=0, status=("not_met",))
    assert "41,2% Chưa đạt" in visible(render.fragment(table.to_json(), "p"))


def test_total_rows_are_marked():
    assert '<tr class="kit-total"><td>Cộng' in render.fragment(tables.CHANNELS.to_json(), "p")


def test_a_wide_table_can_be_scrolled_with_the_keyboard_and_is_named_by_its_caption():
    html = render.fragment(tables.POLICIES.to_json(), "p7")
    assert 'role="group" aria-labelledby="c-p7" tabindex="0"' in html and '<figcaption id="c-p7">' in html


def test_a_table_of_no_rows_prints_its_empty_text_only():
    html = render.fragment(tables.EMPTY.to_json(), "p")
    assert visible(html) == "Nhiệm vụ quá hạnKhông phát sinh." and "<table" not in html


def rows_of(html: str) -> list[list[str]]:
    raw = b64decode(re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"', html)[1])
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


@pytest.mark.parametrize("block", [tables.POLICIES, tables.FIGURE])
def test_the_data_is_a_download_inside_the_same_figure(block):
    html = render.fragment(block.to_json(), "p")
    assert re.fullmatch(r"<figure.*<a [^>]*download=.*</figure>", html, re.DOTALL)
    assert rows_of(html) == [list(row) for row in block.data]


def test_a_table_without_data_offers_what_it_shows():
    assert rows_of(render.fragment(tables.CHANNELS.to_json(), "p"))[-1] == ["Cộng", "1.234", "1.840", "48,5"]


def test_texts_that_a_spreadsheet_would_run_get_an_apostrophe_and_numbers_do_not():
    rows = [["=1+1", "+84 912", "-x", "@SUM(A1)", "\tx", "\rx"], ["-5", "+3,2", "-1.234,5", "-12,5%", "1e-3", "a=b"]]
    read = list(csv.reader(io.StringIO(download.render_csv(rows).decode("utf-8-sig"), newline="")))
    assert all(cell.startswith("'") for cell in read[0])
    assert read[1] == rows[1]


@pytest.mark.parametrize(
    ("name", "file"), [("../../x", "x"), ("", "so-lieu"), ("Đơn vị: A/B", "Đơn-vị-A-B"), ("con.csv", "con.csv")]
)
def test_a_download_has_a_harmless_file_name(name, file):
    assert download.file_name(name) == file


def test_only_words_that_could_run_off_a_page_may_break_anywhere():
    table = b.Table("t", (b.Column("a"), b.Column("b", "right")), (("14/12/2024 " * 9, "x" * 40),))
    html = render.fragment(table.to_json(), "p")
    assert "<td>14/12/2024" in html and '<td class="kit-right kit-any">xxx' in html
