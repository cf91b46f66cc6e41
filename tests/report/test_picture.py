"""The picture of the cards for a chat message."""

import dataclasses
import io

import nbformat.v4 as v4
import sample_document as sample
from PIL import Image

from kit.report import blocks as b
from kit.report.document import document
from kit.report.picture import render_summary, summary_facts

NOTICE = b.Callout("Số liệu mẫu: đơn vị, người và hoạt động là giả định.")


def facts(*items) -> dict:
    return summary_facts(document(sample.notebook(list(items))))


def size(content: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(content)).size


def test_the_picture_is_1080_pixels_wide_and_the_same_each_time():
    made = render_summary(sample.notebook())
    assert made.startswith(b"\x89PNG") and size(made)[0] == 1080
    assert made == render_summary(sample.notebook())


def test_each_card_makes_it_longer():
    two, three = (b.Cards(sample.CARDS.cards[:count]) for count in (2, 3))
    heights = [size(render_summary(sample.notebook([sample.HEAD, cards])))[1] for cards in (two, three)]
    assert heights[0] + 150 < heights[1]


def test_it_names_unit_period_and_what_stands_before_the_cards():
    found = facts(sample.HEAD, NOTICE, sample.CARDS, b.Callout("sau thẻ"))
    assert found["title"] == "Báo cáo 6 tháng đầu năm 2024\nXã Tân Phước"
    assert (found["period"], found["draft"], found["issued"]) == (sample.HEAD.period_line, True, "")
    assert [(note["label"], note["text"]) for note in found["notes"]] == [("Lưu ý.", NOTICE.text)]
    assert [card["status_words"] for card in found["cards"]][:2] == ["Đạt", "Gần đạt"]


def test_an_approved_report_has_its_number_and_date_in_place_of_the_draft_mark():
    head = dataclasses.replace(sample.HEAD, draft=False, number_line="Số: 45/BC-UBND", date_line="A, ngày 05 tháng 7")
    found = facts(head, sample.CARDS)
    assert (found["draft"], found["issued"]) == (False, "Số: 45/BC-UBND – A, ngày 05 tháng 7")


def test_text_from_data_is_no_markup_and_long_words_do_not_widen_it():
    card = b.Card("X", '#panic() $x$ *b* "' + "x" * 300, "#1", change="\\u{41} <label> @ref", status="lạ")
    assert size(render_summary(sample.notebook([b.Cards((card,))])))[0] == 1080


def test_a_notebook_without_cards_is_a_picture_too():
    assert size(render_summary(v4.new_notebook(cells=[v4.new_markdown_cell("# Khác")])))[0] == 1080
