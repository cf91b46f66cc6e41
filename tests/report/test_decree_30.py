"""Every point of Nghị định 30/2020/NĐ-CP, Phụ lục I, measured in the PDF; docs/nghi-dinh-30.md lists them.

Each test reads the reports of a commune, a district, a province and a department, signed TM., KT., TL. and TUQ.
Positions and sizes are those of the finished file; poppler gives sizes to a third of a point.
"""

import re
from pathlib import Path

import pytest
from pdf_reading import MM, Pdf, Phrase, needs_poppler
from sample_bodies import HEADS, LINES, RECIPIENTS, SIGNED, report

from kit.report import words
from kit.report.content.head import SCHEME
from kit.report.content.issuer import Issuer
from kit.report.pdf.compile import SERIF
from kit.report.pdf.exporter import KitPDFExporter

pytestmark = needs_poppler
CHECKLIST = Path(__file__).parents[2] / "docs" / "nghi-dinh-30.md"
LEFT, RIGHT, WIDTH = 30 * MM, (210 - 18) * MM, 162 * MM
SIZE = 0.34  # how exact sizes are, in points


@pytest.fixture(scope="module", params=sorted(HEADS))
def body(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def pdf(body, tmp_path_factory) -> Pdf:
    return Pdf(KitPDFExporter().from_notebook_node(report(body))[0], tmp_path_factory.mktemp(body))


@pytest.fixture(scope="module")
def pages(pdf) -> list[list[Phrase]]:
    return pdf.phrases()


@pytest.fixture(scope="module")
def first(pages) -> list[Phrase]:
    return pages[0]


@pytest.fixture(scope="module")
def rules(pdf) -> list[tuple[float, float, float]]:
    return sorted(pdf.rules(1), key=lambda rule: rule[2])


def starting(phrases: list[Phrase], text: str) -> Phrase:
    return next(phrase for phrase in phrases if phrase.text.strip().startswith(text))


def is_set(phrase: Phrase, size: float, *, bold: bool = False, italic: bool = False) -> bool:
    return abs(phrase.size - size) <= SIZE and (phrase.bold, phrase.italic) == (bold, italic)


def middle(phrase: Phrase) -> float:
    return (phrase.left + phrase.right) / 2


def under(rules: list[tuple[float, float, float]], phrase: Phrase) -> tuple[float, float, float]:
    """The nearest line under a phrase, within its column."""
    below = (rule for rule in rules if phrase.bottom - 6 < rule[2] < phrase.bottom + 12)
    return min(below, key=lambda rule: abs((rule[0] + rule[1]) / 2 - middle(phrase)))


def test_the_paper_is_upright_a4(pdf):
    width, height = map(float, re.findall(r"[\d.]+", pdf.info()["Page size"])[:2])
    assert (width, height) == (pytest.approx(210 * MM, abs=0.5), pytest.approx(297 * MM, abs=0.5))


def test_the_margins_are_within_the_limits(pages):
    body = [phrase for page in pages for phrase in page if phrase.top > 19 * MM]
    assert 30 * MM - 1 <= min(phrase.left for phrase in body) <= 35 * MM
    assert 15 * MM <= 210 * MM - max(phrase.right for phrase in body) <= 20 * MM
    # A box begins above its capitals and ends below its base line.
    assert min(phrase.top for phrase in body) >= 18 * MM
    assert max(phrase.bottom for phrase in body) <= (297 - 18.5) * MM


def test_the_font_is_times_new_roman_where_it_is_at_hand_and_one_family_elsewhere(pdf):
    families = {re.sub(r"^[A-Z]{6}\+", "", font[0]).split("-")[0] for font in pdf.fonts()} - {"DejaVuSans"}
    assert SERIF[0] == "Times New Roman" and len(families) == 1
    assert families <= {name.replace(" ", "") for name in SERIF} | {"TimesNewRomanPS"}


def test_the_text_is_black(first):
    assert {phrase.colour for phrase in first} == {"#000000"}


def test_page_numbers_stand_in_the_middle_of_the_top_margin_but_on_first_pages(pages):
    numbers = {at: [p for p in page if p.bottom < 20 * MM - 2] for at, page in enumerate(pages)}
    starts = [0] + [at for at, page in enumerate(pages) if page[0].text.startswith("Phụ lục")]
    assert len(starts) == 3
    for at, found in numbers.items():
        since = at - max(start for start in starts if start <= at)
        assert [phrase.text.strip() for phrase in found] == ([str(since + 1)] if since else [])
        assert all(is_set(phrase, 13) and abs(middle(phrase) - (LEFT + RIGHT) / 2) < 1 for phrase in found)


def test_the_body_is_set_in_13_points_justified_with_indented_first_lines(first):
    start = starting(first, "Thực hiện Kế hoạch số 15")
    following = [phrase for phrase in first if phrase.top > start.top and abs(phrase.left - LEFT) < 1][:2]
    assert is_set(start, 13) and start.left - LEFT == pytest.approx(10 * MM, abs=1)
    assert all(is_set(phrase, 13) and phrase.right == pytest.approx(RIGHT, abs=5) for phrase in following)


def test_lines_and_paragraphs_have_the_distances_of_the_decree(first):
    start, second = starting(first, "Thực hiện Kế hoạch số 15"), starting(first, "Ủy ban nhân dân xã đã ban hành")
    between = sorted(p.top for p in first if start.top <= p.top <= second.top)
    line, paragraph = between[1] - between[0], between[-1] - between[-2]
    # "Single" is 1.15 times the size in Times New Roman.
    assert 1.15 * 13 <= line <= 1.5 * 1.15 * 13
    assert paragraph - line >= 5.6


def test_the_national_name_is_in_bold_capitals_top_right(first):
    name = starting(first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert is_set(name, 12, bold=True) and name.left > 90 * MM and name.top < 22 * MM


def test_the_motto_is_centred_under_it_with_a_rule_as_long_as_the_text(first, rules):
    name, motto = starting(first, "CỘNG HÒA"), starting(first, "Độc lập - Tự do - Hạnh phúc")
    assert is_set(motto, 13, bold=True) and abs(middle(motto) - middle(name)) < 1
    left, right, _ = under(rules, motto)
    assert (left, right) == (pytest.approx(motto.left, abs=1.5), pytest.approx(motto.right, abs=1.5))


def test_a_superior_body_is_in_upright_capitals_above(first, body):
    lines = [p for p in first if p.right < 95 * MM and p.text.isupper() and p.size < 12.5 and not p.bold]
    assert " ".join(p.text.strip() for p in lines) == HEADS[body].superior_body.upper()
    assert all(is_set(phrase, 12) for phrase in lines)


def test_the_issuing_body_is_in_bold_capitals_with_a_rule_of_a_third_to_half(first, rules, body):
    lines = [p for p in first if p.right < 95 * MM and is_set(p, 12, bold=True)]
    assert " ".join(p.text.strip() for p in lines) == HEADS[body].body.upper()
    left, right, _ = under(rules, lines[-1])
    longest = max(phrase.right - phrase.left for phrase in lines)
    assert 1 / 3 <= (right - left) / longest <= 1 / 2
    assert (left + right) / 2 == pytest.approx(middle(lines[-1]), abs=1)


def test_the_number_is_upright_and_centred_under_the_issuing_body(first, body):
    number = starting(first, "Số:")
    issuing = next(p for p in first if p.right < 95 * MM and is_set(p, 12, bold=True))
    assert number.text == HEADS[body].number_line and is_set(number, 13)
    assert middle(number) == pytest.approx(middle(issuing), abs=1)


def test_numbers_and_dates_have_the_zeros_of_the_decree():
    from datetime import date

    assert Issuer(body="A").number_line("05/BC-UBND") == "Số: 05/BC-UBND"
    assert words.long_date(date(2025, 1, 5)) == "ngày 05 tháng 01 năm 2025"
    assert words.long_date(date(2024, 6, 29)) == "ngày 29 tháng 6 năm 2024"


def test_place_and_date_are_in_italics_on_the_line_of_the_number(first, body):
    date_line, number = starting(first, HEADS[body].date_line), starting(first, "Số:")
    assert is_set(date_line, 13, italic=True) and date_line.bottom == pytest.approx(number.bottom, abs=1)
    assert middle(date_line) == pytest.approx(middle(starting(first, "CỘNG HÒA")), abs=1)


def test_the_kind_of_document_is_in_bold_capitals_in_the_middle(first):
    kind = starting(first, "BÁO CÁO")
    assert is_set(kind, 14, bold=True) and middle(kind) == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_the_subject_is_bold_under_it_with_a_rule_of_a_third_to_half(first, rules, body):
    kind = starting(first, "BÁO CÁO")
    lines = [phrase for phrase in first if phrase.top > kind.top + 5 and is_set(phrase, 14, bold=True)]
    assert " ".join(phrase.text.strip() for phrase in lines) == HEADS[body].subject
    assert all(middle(phrase) == pytest.approx((LEFT + RIGHT) / 2, abs=3) for phrase in lines)
    left, right, _ = under(rules, lines[-1])
    assert 1 / 3 <= (right - left) / max(phrase.right - phrase.left for phrase in lines) <= 1 / 2


def test_addressees_are_upright_one_beside_the_words_several_one_below_the_other(first, body):
    to, names = starting(first, "Kính gửi:"), HEADS[body].addressees
    assert is_set(to, 13)
    if len(names) == 1:
        assert to.text.strip() == f"Kính gửi: {names[0]}"
        return
    listed = [phrase for phrase in first if phrase.text.startswith("- ") and phrase.top > to.top][: len(names)]
    assert [phrase.text for phrase in listed] == [f"- {names[0]};", f"- {names[1]}."]
    assert all(is_set(phrase, 13) and abs(phrase.left - listed[0].left) < 1 for phrase in listed)
    assert to.left < listed[0].left <= to.right


def test_headings_are_numbered_and_set_as_the_decree_wants(pages):
    phrases = [phrase for page in pages for phrase in page]
    section, part, point = (starting(phrases, text) for text in ("I. CÔNG TÁC CHỈ ĐẠO", "1. Tập huấn", "a) Nguồn lực"))
    assert is_set(section, 13, bold=True) and is_set(part, 13, bold=True) and is_set(point, 13)
    assert all(phrase.left - LEFT == pytest.approx(10 * MM, abs=1) for phrase in (section, part, point))


def test_the_scheme_is_cited_in_full_where_it_is_named_first():
    parts = (
        "Quyết định",
        "số 407/QĐ-TTg",
        "ngày 30 tháng 3 năm 2022",
        "của Thủ tướng Chính phủ",
        "phê duyệt Đề án “Tổ",
    )
    places = [SCHEME.index(part) for part in parts]
    assert places == sorted(places) and SCHEME.endswith("giai đoạn 2022 - 2027”")


def test_authority_and_position_are_in_bold_capitals_on_the_right(pages, body):
    page = next(page for page in pages if any(p.text.strip() == "Nơi nhận:" for p in page))
    lines = [p for p in page if p.left > 105 * MM and p.bold and p.text.isupper()]
    assert " ".join(p.text.strip() for p in lines) == " ".join(LINES[body])
    assert all(is_set(p, 13, bold=True) and abs(middle(p) - middle(lines[0])) < 2 for p in lines)
    assert lines[0].text.strip().startswith(SIGNED[body][0].split("\n")[0].split()[0].upper())  # TM., TL., TUQ.


def test_the_signer_is_bold_below_with_room_for_signature_and_seal(pages, body):
    page = next(page for page in pages if any(p.text.strip() == "Nơi nhận:" for p in page))
    signer = starting(page, SIGNED[body][2])
    above = max((p for p in page if p.left > 105 * MM and p.text.isupper()), key=lambda p: p.top)
    assert is_set(signer, 13, bold=True) and middle(signer) == pytest.approx(middle(above), abs=1)
    assert 25 * MM <= signer.top - above.bottom + 4 <= 35 * MM


def test_the_signature_stands_with_the_end_of_the_text_on_one_page(pages, body):
    page = next(page for page in pages if any(p.text.strip() == "Nơi nhận:" for p in page))
    assert any(p.text.strip().endswith("2024./.") for p in page)
    assert {SIGNED[body][2], LINES[body][0]} <= {p.text.strip() for p in page}


def test_recipients_stand_left_beside_the_authority(pages, body):
    page = next(page for page in pages if any(p.text.strip() == "Nơi nhận:" for p in page))
    label = starting(page, "Nơi nhận:")
    assert is_set(label, 12, bold=True, italic=True) and label.left == pytest.approx(LEFT, abs=1)
    assert label.bottom == pytest.approx(starting(page, LINES[body][0]).bottom, abs=1.5)
    listed = [phrase for phrase in page if phrase.left < LEFT + 1 and phrase.top > label.top]
    assert [p.text for p in listed] == [f"- {RECIPIENTS[0]};", f"- {RECIPIENTS[1]};", f"- {RECIPIENTS[2]}."]
    assert all(is_set(phrase, 11) for phrase in listed)


def test_annexes_have_roman_numerals_their_title_and_what_they_belong_to(pages):
    heads = [page for page in pages if page[0].text.startswith("Phụ lục")]
    assert [page[0].text.strip() for page in heads] == ["Phụ lục I", "Phụ lục II"]
    for label, title, *rest in heads:
        attached = [phrase for phrase in rest if phrase.italic]
        assert is_set(label, 14, bold=True) and is_set(title, 13, bold=True) and title.text.isupper()
        assert "".join(p.text for p in attached).startswith("(Kèm theo Báo cáo số      /BC-UBND ngày …")
        assert attached[-1].text.strip().endswith(")") and all(is_set(p, 13, italic=True) for p in attached)
        assert all(middle(p) == pytest.approx((LEFT + RIGHT) / 2, abs=2) for p in (label, title, *attached))


def test_annexes_are_not_signed_separately(pages):
    at = next(n for n, page in enumerate(pages) if page[0].text.startswith("Phụ lục"))
    assert not [p for page in pages[at:] for p in page if p.text.startswith(("TM.", "TL.", "TUQ.", "Nơi nhận"))]


def test_sections_and_annexes_are_bookmarks(pdf):
    annexes = ["Phụ lục I DANH MỤC CHÍNH SÁCH", "Phụ lục II CHẤT LƯỢNG SỐ LIỆU"]
    assert pdf.bookmarks() == ["I. CÔNG TÁC CHỈ ĐẠO", "\t1. Tập huấn", "\t\ta) Nguồn lực", *annexes]


def test_heads_of_long_tables_repeat(pages):
    holding = [page for page in pages if any("đợt" in phrase.text for phrase in page)]
    assert len(holding) > 1 and all(any(phrase.text.strip() == "STT" for phrase in page) for page in holding)


def test_the_text_is_read_in_the_order_of_its_tags(tmp_path):
    # A short table: poppler takes seconds to walk the tags of a long one.
    pdf = Pdf(KitPDFExporter().from_notebook_node(report("commune", rows=4))[0], tmp_path)
    written = re.sub(r"(?:^|\f)\d+\n", "\n", pdf.text())
    assert re.findall(r"\w+", written) == re.findall(r"\w+", pdf.tagged_text())


def test_typst_sets_the_file_as_pdf_ua_and_pdf_a_without_a_warning(body, monkeypatch):
    import typst

    told = []

    def compile_aloud(*arguments, **options):
        made, warned = typst.compile_with_warnings(*arguments, **options)
        told.extend(warned)
        assert options["pdf_standards"] == ["ua-1", "a-2a"]
        return made

    monkeypatch.setattr(typst, "compile", compile_aloud)
    content = KitPDFExporter().from_notebook_node(report(body))[0]
    assert b"pdfuaid" in content and b"pdfaid" in content and not told


def test_the_checklist_names_every_test_and_every_test_is_in_the_checklist():
    listed = set(re.findall(r"`(test_\w+)`", CHECKLIST.read_text(encoding="utf-8")))
    source = Path(__file__).read_text(encoding="utf-8")
    own = {name for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE) if "checklist" not in name}
    assert listed == own
