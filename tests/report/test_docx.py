"""The Word file: the same words in the same order as the PDF, real styles, nothing that Word would refuse."""

import io
import re
import shutil
import subprocess
import zipfile

import nbformat.v4 as v4
import pytest
import sample_document as sample
from docx import Document
from docx.oxml.ns import qn
from pdf_reading import Pdf, needs_poppler
from sample_tables import FIGURE

from kit.report import blocks as b
from kit.report.docx.exporter import KitDocxExporter
from kit.report.docx.markup import mm
from kit.report.pdf.exporter import KitPDFExporter

# The order in which the schema of WordprocessingML wants what we write; Word refuses a file in another order.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr shd spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color sz szCs u vertAlign lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference pgSz pgMar pgNumType titlePg",
}
HOSTILE = ["<w:br/> &amp; & \"'", "]]> <!-- -->", "{{7*7}} $x$ *b* _i_", "=HYPERLINK(1)", "a\tb", "x" * 5000]
MARKDOWN = """# Tiêu đề *một*

**đậm** *nghiêng* `mã` [nối](https://a.vn/?x="1"<2>) ~~gạch~~

3. ba
4. bốn
   - lồng

> trích

| A | B |
|---|--:|
| x | 1,5 |

- [x] xong

![vẽ](data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4=)
"""


def exported(notebook) -> bytes:
    return KitDocxExporter().from_notebook_node(notebook)[0]


def opened(*items):
    return Document(io.BytesIO(exported(sample.notebook(list(items)))))


@pytest.fixture(scope="module")
def whole() -> bytes:
    return exported(sample.notebook())


@pytest.fixture(scope="module")
def document(whole):
    return Document(io.BytesIO(whole))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def text_of(document) -> str:
    pieces = {qn("w:t"): lambda node: node.text, qn("w:br"): lambda node: "\n", qn("w:p"): lambda node: "\n"}
    return "".join(pieces[node.tag](node) for node in document.element.body.iter(*pieces))


def without_chart(rows: int):
    """The report without drawings, whose words Word has in the picture, and with its tables on one page each."""
    items = [sample.activities(rows) if getattr(item, "name", "") == "hoat-dong" else item for item in sample.cells()]
    return sample.notebook([item for item in items if item is not FIGURE])


def pages_of(text: str) -> str:
    return re.sub(r"\f\d+\n", "\n", text)


@needs_poppler
def test_word_and_pdf_have_the_same_words_in_the_same_order(tmp_path):
    notebook = without_chart(5)
    pdf = Pdf(KitPDFExporter().from_notebook_node(notebook)[0], tmp_path)
    assert words(text_of(Document(io.BytesIO(exported(notebook))))) == words(pages_of(pdf.text()))


@needs_poppler
@pytest.mark.skipif(
    not shutil.which("soffice"), reason="soffice not found: install the Debian package libreoffice-writer"
)
def test_libreoffice_shows_every_word_in_order_and_numbers_annexes_anew(tmp_path):
    notebook = without_chart(5)
    (tmp_path / "report.docx").write_bytes(exported(notebook))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "report.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    read = Pdf((tmp_path / "report.pdf").read_bytes(), tmp_path).text()
    # Without Times New Roman letters are wider: words of narrow columns are broken, so words are compared joined.
    assert "".join(words(pages_of(read))) == "".join(words(text_of(Document(tmp_path / "report.docx"))))
    starts = [page.strip().split("\n")[0] for page in read.split("\f") if page.strip()]
    assert [line for line in starts if line.isdigit()] == [str(n) for n in range(2, 2 + sum(map(str.isdigit, starts)))]
    assert {"Phụ lục I", "Phụ lục II"} <= {line.strip() for line in starts}


def test_the_same_notebook_gives_the_same_bytes(whole):
    assert whole == exported(sample.notebook())
    assert {member.date_time for member in zipfile.ZipFile(io.BytesIO(whole)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_name_the_report_and_no_machine(document):
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == (sample.HEAD.title, sample.HEAD.body, "vi-VN")
    assert properties.last_modified_by == sample.HEAD.body
    assert str(properties.created.date()) == str(properties.modified.date()) == "2024-06-14"
    assert not properties.comments


def test_headings_lists_and_captions_are_real_styles(document):
    used = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert used["I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"] == "Heading 1"
    assert used["1. Chính sách thuộc phạm vi"] == "Heading 2"
    assert used["a) Nguồn lực"] == "Heading 3"
    assert used["BÁO CÁO"] == "Title" and used[sample.HEAD.subject] == "Subtitle"
    assert used[sample.CAUSES[0]] == "List Bullet" and used[sample.POLICIES.caption] == "Caption"
    assert used["Phụ lục I\nSỐ LIỆU HOẠT ĐỘNG TRUYỀN THÔNG"] == "Phụ lục"


def test_every_style_used_is_defined(document):
    defined = {style.style_id for style in document.styles}
    used = set(document.element.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    based = set(document.styles.element.xpath("//w:basedOn/@w:val | //w:next/@w:val"))
    assert used | based <= defined


def test_body_text_takes_its_look_from_its_style_alone(document):
    (plain,) = [p for p in document.paragraphs if p.text == sample.LEADERSHIP[1]]
    assert plain.style.name == "Body Text"
    assert [child.tag for child in plain._p] == [qn("w:pPr"), qn("w:r")]
    assert len(plain._p.pPr) == 1 and plain.runs[0]._r.rPr is None


def test_the_body_is_13_points_justified_and_indented_by_a_centimetre(document):
    style = document.styles["Body Text"]
    assert (style.font.size.pt, style.paragraph_format.first_line_indent.cm) == (13, pytest.approx(1, abs=0.01))
    assert style.paragraph_format.space_after.pt >= 6 and 1 <= style.paragraph_format.line_spacing <= 1.5
    assert style.element.xpath("./w:pPr/w:jc/@w:val") == ["both"]


def test_all_scripts_are_in_times_new_roman_and_the_language_is_vietnamese(document):
    (fonts,) = document.styles.element.xpath("./w:docDefaults//w:rFonts")
    assert set(fonts.attrib.values()) == {"Times New Roman"} and len(fonts.attrib) == 4
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["vi-VN"]


def test_each_annex_is_a_section_with_page_numbers_of_its_own(document):
    assert len(document.sections) == 3
    for section in document.sections:
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm, 1) for margin in margins] == [20, 20, 30, 18]
        assert section.different_first_page_header_footer
        assert section._sectPr.xpath("./w:pgNumType/@w:start") == ["1"]
        assert "PAGE" in section.header._element.xpath("//w:fldSimple/@w:instr")[0]
    assert document.sections[0].header.paragraphs[0].style.font.size.pt == 13


def test_table_heads_repeat_and_rows_stay_whole(document):
    table = next(t for t in document.tables if len(t.rows) > 50)
    assert table.style.name == "Bảng số liệu"
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows][:2] == [True, False]
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert sum(int(width) for width in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")) == mm(162)


def test_the_decimal_commas_of_a_column_stand_in_a_line():
    table = b.Table("", (b.Column("A"), b.Column("B", "right")), (("x", "12"), ("y", "1.234,56"), ("z", "7,5")))
    cells = [row.cells[1].paragraphs[0] for row in opened(table).tables[0].rows][1:]
    hanging = [(p._p.xpath("./w:pPr/w:ind/@w:right") or ["0"])[0] for p in cells]
    # 11 points: a digit is 5.5 points wide, the comma half as much.
    assert [int(twips) for twips in hanging] == [110 + 110 + 55, 0, 110]


def test_no_word_of_a_narrow_column_is_broken_that_could_fit():
    columns = (b.Column("STT", "center", 0.3), b.Column("Nội dung", width=9))
    widths = opened(b.Table("", columns, (("1", "x"),))).tables[0]._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")
    assert int(widths[0]) > 21 * 20 + 160  # "STT" in bold, and the margins of its cell


def test_the_heading_before_the_cards_stays_with_them(document):
    between = document.tables[1]._tbl.getprevious()
    assert between.xpath("./w:pPr/w:keepNext") and not between.xpath(".//w:t")


def test_the_first_line_of_an_entry_that_names_it_is_bold():
    table = b.Table("", (b.Column("Chỉ số"),), (("Tên\nCách tính",), ("Tên hai\nCách khác",)))
    paragraph = opened(table).tables[0].rows[1].cells[0].paragraphs[0]
    assert [(run.text.strip(), bool(run.bold)) for run in paragraph.runs] == [("Tên", True), ("Cách tính", False)]


def test_a_chart_is_a_picture_with_its_words(document):
    (drawing,) = document.inline_shapes
    assert drawing._inline.docPr.get("descr") == FIGURE.alt
    assert drawing.width.mm <= 162


def test_the_signature_stays_with_the_words_before_it(document):
    table = document.tables[[t.cell(0, 0).text.startswith("Nơi nhận") for t in document.tables].index(True)]
    assert table.rows[0]._tr.xpath("./w:trPr/w:cantSplit")
    assert table._tbl.getprevious().xpath("./w:pPr/w:keepNext")


def test_status_is_told_in_words_and_shape(document):
    cards = document.tables[1]
    shown = [p.text for row in cards.rows for cell in row.cells for p in cell.paragraphs]
    assert {"● Đạt   Chỉ tiêu: từ 70%", "▲ Gần đạt   Chỉ tiêu: từ 70%", "– Chưa có số liệu"} <= set(shown)


def test_the_rules_of_the_head_have_the_length_the_decree_wants(document):
    from kit.report.docx.metrics import bold_width

    def length(paragraph, room):
        left, right = (int(paragraph._p.xpath(f"./w:pPr/w:ind/@w:{side}")[0]) for side in ("left", "right"))
        return room - left - right

    head = document.tables[0]
    widths = [int(width) for width in head._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]
    issuer, motto = (head.cell(0, at).paragraphs[-1] for at in (0, 1))
    assert length(motto, widths[1]) == pytest.approx(bold_width("Độc lập - Tự do - Hạnh phúc", 13), abs=2)
    assert 1 / 3 <= length(issuer, widths[0]) / bold_width("ỦY BAN NHÂN DÂN", 12) <= 1 / 2


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_is_written_as_it_is(text):
    made = opened(
        b.Paragraphs((text,)), b.Table(text, (b.Column(text),), ((text,),)), b.Callout(text), b.Quotes((b.Quote(text),))
    )
    assert made.paragraphs[0].text == made.tables[0].cell(1, 0).text == text
    assert text_of(made).replace("\n", "").count(text.replace("\t", "")) == 6


def test_markdown_keeps_its_marks_links_and_lists():
    made = Document(io.BytesIO(exported(v4.new_notebook(cells=[v4.new_markdown_cell(MARKDOWN)]))))
    body = made.element.body
    assert [run.text for p in made.paragraphs for run in p.runs if run.bold] == ["đậm"]
    assert [r.target_ref for r in made.part.rels.values() if r.is_external] == ["https://a.vn/?x=%221%22%3C2%3E"]
    numbers = made.part.numbering_part.element
    own = body.xpath("//w:p[w:pPr/w:pStyle/@w:val='ListNumber']/w:pPr/w:numPr/w:numId/@w:val")
    assert len(own) == 2 and numbers.xpath(f"//w:num[@w:numId={own[0]}]//w:startOverride/@w:val")[0] == "3"
    assert [p.style.name for p in made.paragraphs if p.text == "trích"] == ["Quote"]
    assert "☒ xong" in text_of(made)
    assert made.inline_shapes[0]._inline.docPr.get("descr") == "vẽ"


def test_elements_stand_in_the_order_of_the_schema(document):
    markdown = Document(io.BytesIO(exported(v4.new_notebook(cells=[v4.new_markdown_cell(MARKDOWN)]))))
    for made in (document, markdown):
        roots = (made.element, made.styles.element, made.part.numbering_part.element)
        for node in (node for root in roots for tag in ORDER for node in root.iter(qn(f"w:{tag}"))):
            order = ORDER[node.tag.rpartition("}")[2]].split()
            found = [order.index(child.tag.rpartition("}")[2]) for child in node]
            assert found == sorted(set(found)), (node.tag, [child.tag for child in node])
        assert all(cell[-1].tag == qn("w:p") for cell in made.element.iter(qn("w:tc")))


def test_a_picture_that_cannot_be_drawn_is_its_description():
    with pytest.warns(UserWarning, match="cannot be drawn"):
        made = opened(b.Figure("Hình", "<svg", "mô tả"))
    assert [p.text for p in made.paragraphs[:2]] == ["mô tả", "Hình"]


def test_blank_blocks_and_an_empty_notebook_are_files_that_open():
    blank = [b.Cards(()), b.Paragraphs(("",)), b.Bullets(("",)), b.Table("", (), ()), b.Heading("", 2), b.Callout("")]
    blank += [b.Annex("", "", ""), b.Signature("", "", "", ()), b.Table("", (b.Column("", width=0),), (("chữ",),))]
    assert "chữ" in text_of(opened(*blank))
    assert Document(io.BytesIO(exported(v4.new_notebook()))).element.body[-1].tag == qn("w:sectPr")


def test_a_table_of_more_columns_than_word_opens_keeps_its_text():
    html = f"<table><tr>{''.join(f'<td>ô{n}</td>' for n in range(70))}</tr></table>"
    made = Document(io.BytesIO(exported(v4.new_notebook(cells=[v4.new_markdown_cell(html)]))))
    assert not made.tables and words(text_of(made)) == [f"ô{n}" for n in range(70)]


def test_the_exporter_says_what_it_makes():
    exporter = KitDocxExporter()
    _, resources = exporter.from_notebook_node(v4.new_notebook())
    assert resources["output_extension"] == exporter.file_extension == ".docx"
    assert exporter.output_mimetype.endswith("wordprocessingml.document") and exporter.export_from_notebook
