"""The page measured against Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import dataclasses
import re

import pytest
import sample_document as sample
from pdf_reading import MM, Pdf, line_of, needs_poppler

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


def test_side_margins_are_30_and_15_to_20_mm(pages):
    words = [word for page in pages for word in page]
    assert min(word.left for word in words) == pytest.approx(30 * MM, abs=1)
    assert WIDTH - 20 * MM - 1 <= max(word.right for word in words) <= WIDTH - 15 * MM


def test_full_lines_of_a_page_end_20_mm_above_its_edge(tmp_path):
    text = tuple(f"Dòng {n}" for n in range(200))
    first = read([b.Paragraphs(text)], tmp_path).pages()[1]
    body = [word for word in first if word.text == "Dòng"]
    # A word's box reaches from ascender to descender; the base line is about a fifth of it above its foot.
    base_line = body[-1].bottom - 0.2 * (body[-1].bottom - body[-1].top)
    assert 18 * MM < HEIGHT - base_line < 30 * MM
    capital_top = body[0].bottom - 0.2 * (body[0].bottom - body[0].top) - 13 * CAPITAL
    assert capital_top == pytest.approx(20 * MM, abs=2)


def test_paragraphs_are_indented_and_at_least_6_points_apart(tmp_path):
    words = read([sample.HEAD, b.Paragraphs(("Một " * 40, "Hai " * 40))], tmp_path).pages()[0]
    lines = sorted({(round(w.bottom, 1), min(v.left for v in words if abs(v.bottom - w.bottom) < 1)) for w in words
                    if w.text in ("Một", "Hai")})  # fmt: skip
    indents = [left - 30 * MM for _, left in lines]
    assert indents[0] == pytest.approx(10 * MM, abs=1)
    assert indents[1] == pytest.approx(0, abs=1)
    line_gap = lines[1][0] - lines[0][0]
    second = next(bottom for bottom, left in lines[1:] if left > 35 * MM)
    before = max(bottom for bottom, _ in lines if bottom < second)
    assert second - before - line_gap >= 5.9
    assert 13 * 1.1 <= line_gap <= 13 * 1.725


def numbers(pages) -> list[str]:
    """Return what stands in the top margin of each page."""
    return [" ".join(word.text for word in page if word.bottom < 19 * MM) for page in pages]


def test_page_numbers_start_again_with_each_annex_and_hide_on_first_pages(pages):
    text = ["".join(word.text for word in page) for page in pages]
    starts = [0] + [at for at, page in enumerate(text) if page.startswith("Phụlục")]
    expected = [str(at - max(s for s in starts if s <= at) + 1) for at in range(len(pages))]
    assert len(starts) == 3
    assert numbers(pages) == [number if number != "1" else "" for number in expected]


def test_the_page_number_is_centred_over_the_text(pages):
    (number,) = [word for word in pages[1] if word.bottom < 19 * MM]
    assert (number.left + number.right) / 2 == pytest.approx((30 * MM + WIDTH - 18 * MM) / 2, abs=1)


def test_number_and_date_stand_on_one_line(pages):
    assert {"/BC-UBND", "Phước,", "ngày"} <= {word.text for word in line_of(pages[0], "Số:")}


def test_the_head_keeps_its_order_and_capitals(pdf):
    read_text = pdf.text()
    order = ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    order += ["Số:", "DỰ THẢO", "BÁO CÁO", "Kính gửi:", "- Ủy ban nhân dân huyện Đại Thành;"]
    places = [read_text.index(part) for part in order]
    assert places == sorted(places)


def test_an_approved_report_has_no_draft_mark(tmp_path):
    text = read([dataclasses.replace(sample.HEAD, draft=False)], tmp_path).text()
    assert "DỰ THẢO" not in text and "BÁO CÁO" in text


def test_one_addressee_stands_on_the_line_of_the_salutation(tmp_path):
    head = dataclasses.replace(sample.HEAD, addressees=("Sở Tư pháp",))
    assert "Kính gửi: Sở Tư pháp\n" in read([head], tmp_path).text()


def test_the_dashes_of_addressees_stand_under_the_colon(pages):
    salutation = next(word for word in pages[0] if word.text == "gửi:")
    dashes = [word for word in pages[0] if word.text == "-" and word.top > salutation.top and word.left > 60 * MM][:2]
    assert all(salutation.left < dash.left <= salutation.right for dash in dashes) and len(dashes) == 2


def test_a_signature_takes_the_last_words_before_it_along(pages):
    page = next(page for page in pages if any(word.text == "TM." for word in page))
    words = [word.text for word in page]
    assert {"Nơi", "nhận:", "CHỦ", "TỊCH", "Hường", "Lưu:"} <= set(words)
    assert words.index("TM.") > words.index("cung")
    authority = next(word for word in page if word.text == "TM.")
    assert next(word for word in page if word.text == "Nơi").bottom == pytest.approx(authority.bottom, abs=1.5)


def test_recipients_end_as_the_decree_wants(pdf):
    lines = pdf.text().splitlines()
    assert "- Như trên;" in lines and "- Lưu: VT, TP." in lines


def test_all_fonts_are_embedded_and_the_text_has_one_serif_family(pdf):
    families = {re.sub(r"^[A-Z]{6}\+", "", font[0]).split("-")[0] for font in pdf.fonts()}
    assert all(font[-5:-2][0] == "yes" for font in pdf.fonts())
    assert len(families - {"DejaVuSans"}) == 1
    assert len(families) == 2


def test_sections_are_in_capitals_and_in_the_bookmarks(tmp_path):
    pdf = read([sample.HEAD, "## I. Công tác chỉ đạo\n\n### 1. Tập huấn\n\nChữ"], tmp_path)
    assert "I. CÔNG TÁC CHỈ ĐẠO" in pdf.text() and "1. Tập huấn" in pdf.text()
    assert pdf.content.count(b"/Outlines") >= 1


def test_numbers_stand_right_with_their_decimal_commas_in_a_line(tmp_path):
    table = b.Table("", (b.Column("A"), b.Column("B", "right")), (("x", "12"), ("y", "1.234,56"), ("z", "7,5")))
    (page,) = read([table], tmp_path).pages()
    found = {word.text: word for word in page}
    assert found["12"].right < found["7,5"].right < found["1.234,56"].right
