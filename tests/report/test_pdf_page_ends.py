"""Where pages of a PDF end: no table row alone on a page, no page half blank before a chart or a table."""

import pytest
import sample_document as sample
from pdf_reading import MM, Pdf, needs_poppler

from kit.report import blocks as b
from kit.report.pdf.exporter import KitPDFExporter

pytestmark = needs_poppler
HEIGHT = 297 * MM


def pages(items, folder) -> list[list]:
    read = Pdf(KitPDFExporter().from_notebook_node(sample.notebook(items))[0], folder)
    return [[word for word in page if word.top > 19 * MM] for page in read.pages()]


def drawing(high: float) -> b.Figure:
    """A chart so many mm high with one word in its head."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{160 * MM}pt" height="{high * MM}pt" '
        f'viewBox="0 0 160 {high}"><text x="0" y="4" font-size="4" font-family="DejaVu Sans">Đỉnh</text>'
        f'<rect width="1" height="{high}"/></svg>'
    )
    return b.Figure(caption="Chú thích", alt="Hình", svg=svg)


def filled(count: int, word: str) -> b.Paragraphs:
    return b.Paragraphs((word,) * count)


def test_the_last_row_of_a_table_is_never_alone_on_a_page(tmp_path):
    for count in range(12, 21):  # with one of them a single row would be left over
        rows = tuple((f"hàng{at}", "x") for at in range(count))
        made = pages([filled(16, "Dòng"), b.Table("Bảng", (b.Column("A"), b.Column("B")), rows)], tmp_path)
        counts = [sum(word.text.startswith("hàng") for word in page) for page in made]
        assert sum(counts) == count and 1 not in counts


def test_a_short_table_stays_whole_and_a_high_one_of_few_rows_breaks(tmp_path):
    for words, whole in (("x", True), ("dài " * 110, False)):
        rows = tuple((f"hàng{at}", words) for at in range(5))
        made = pages([filled(17, "Dòng"), b.Table("Bảng", (b.Column("A"), b.Column("B")), rows)], tmp_path)
        counts = [sum(word.text.startswith("hàng") for word in page) for page in made]
        assert (5 in counts) is whole


@pytest.mark.parametrize(
    ("before", "at_once", "after_comes_first"),
    [(2, True, False), (11, True, False), (17, False, True), (27, False, False)],
    ids=["room enough", "a little smaller", "much room left", "little room left"],
)
def test_a_chart_leaves_no_page_half_blank(before, at_once, after_comes_first, tmp_path):
    items = [filled(before, "Trước"), drawing(135), filled(20, "Sau")]
    first, second = pages(items, tmp_path)[:2]
    said = [word.text for word in first]
    assert ("Đỉnh" in said) is at_once
    assert ("Sau" in said and not at_once) is after_comes_first
    if not at_once:
        assert second[0].text == "Đỉnh"
    blank = HEIGHT - 20 * MM - max(word.bottom for word in first)
    assert blank < 45 * MM


def test_a_small_chart_stands_where_it_is_told(tmp_path):
    first, second = pages([filled(26, "Trước"), drawing(50), filled(3, "Sau")], tmp_path)[:2]
    assert {word.text for word in first} == {"Trước"}
    assert [word.text for word in second][0] == "Đỉnh"
