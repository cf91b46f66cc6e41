"""The page of the sample report: what test_decree_30.py does not measure point by point."""

import dataclasses
import re

import pytest
import sample_document as sample
from pdf_reading import MM, Pdf, needs_poppler

from kit.report import blocks as b
from kit.report.pdf.exporter import KitPDFExporter

pytestmark = needs_poppler
WIDTH, HEIGHT = 210 * MM, 297 * MM
CAPITAL = 0.66  # height of a capital in these serif faces, a share of the size


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Pdf:
    return Pdf(KitPDFExporter().from_notebook_node(sample.notebook())[0], tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def pages(pdf):
    return pdf.pages()


def read(items, folder) -> Pdf:
    return Pdf(KitPDFExporter().from_notebook_node(sample.notebook(items))[0], folder)


def test_paper_is_a4_and_the_file_tagged_and_titled(pdf):
    info = pdf.info()
    assert "A4" in info["Page size"]
    assert (info["Tagged"], info["Title"]) == ("yes", sample.HEAD.title)
    assert b"pdfuaid" in pdf.content and b"pdfaid" in pdf.content


def test_full_lines_of_a_page_end_20_mm_above_its_edge(tmp_path):
    text = tuple(f"Dòng {n}" for n in range(200))
    first = read([b.Paragraphs(text)], tmp_path).pages()[1]
    body = [word for word in first if word.text == "Dòng"]
    # A word's box reaches from ascender to descender; the base line is about a fifth of it above its foot.
    base_line = body[-1].bottom - 0.2 * (body[-1].bottom - body[-1].top)
    assert 18 * MM < HEIGHT - base_line < 30 * MM
    capital_top = body[0].bottom - 0.2 * (body[0].bottom - body[0].top) - 13 * CAPITAL
    assert capital_top == pytest.approx(20 * MM, abs=2)


def test_the_head_keeps_its_order_and_capitals(pdf):
    read_text = pdf.text()
    order = ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    order += ["Số:", "DỰ THẢO", "BÁO CÁO", "Kính gửi:", "- Ủy ban nhân dân huyện Đại Thành;"]
    places = [read_text.index(part) for part in order]
    assert places == sorted(places)


def in_order(text: str, parts: list[str]) -> bool:
    """Tell whether the parts stand in the text one after the other."""
    at = 0
    for part in parts:
        at = text.find(part, at) + len(part)
        if at < len(part):
            return False
    return True


def test_cards_are_read_one_after_the_other_where_text_is_ordered_by_place(pdf):
    read_text = " ".join(pdf.plain_text().split())
    parts = []
    for card in sample.CARDS.cards:
        target = f"Chỉ tiêu: {card.target}" if card.target else ""
        parts += [card.title, card.value, card.counts, card.status_text, target, card.change, card.sentence]
    assert in_order(read_text, [part for part in parts if part] + ["I. CÔNG TÁC CHỈ ĐẠO"])


def test_each_side_of_the_head_is_read_in_order_where_text_is_ordered_by_place(pdf):
    read_text = pdf.plain_text()
    kind = "BÁO CÁO\n"
    assert in_order(read_text, ["ỦY BAN NHÂN DÂN\n", "XÃ TÂN PHƯỚC", "Số:", "/BC-UBND", "DỰ THẢO", kind])
    assert in_order(read_text, ["CỘNG HÒA XÃ HỘI", "Độc lập - Tự do - Hạnh phúc", "Tân Phước, ngày", kind, "Kính gửi:"])


def test_an_approved_report_has_no_draft_mark(tmp_path):
    text = read([dataclasses.replace(sample.HEAD, draft=False)], tmp_path).text()
    assert "DỰ THẢO" not in text and "BÁO CÁO" in text


def test_a_signature_takes_the_last_words_before_it_along(pages):
    page = next(page for page in pages if any(word.text == "TM." for word in page))
    words = [word.text for word in page]
    assert {"Nơi", "nhận:", "CHỦ", "TỊCH", "Hường", "Lưu:"} <= set(words)
    assert words.index("TM.") > words.index("cung")
    authority = next(word for word in page if word.text == "TM.")
    assert next(word for word in page if word.text == "Nơi").bottom == pytest.approx(authority.bottom, abs=1.5)


def test_all_fonts_are_embedded_and_the_text_has_one_serif_family(pdf):
    families = {re.sub(r"^[A-Z]{6}\+", "", font[0]).split("-")[0] for font in pdf.fonts()}
    assert all(font[-5:-2][0] == "yes" for font in pdf.fonts())
    assert len(families - {"DejaVuSans"}) == 1
    assert len(families) == 2


def test_numbers_stand_right_with_their_decimal_commas_in_a_line(tmp_path):
    table = b.Table("", (b.Column("A"), b.Column("B", "right")), (("x", "12"), ("y", "1.234,56"), ("z", "7,5")))
    (page,) = read([table], tmp_path).pages()
    found = {word.text: word for word in page}
    assert found["12"].right < found["7,5"].right < found["1.234,56"].right
