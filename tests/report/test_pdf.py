"""The PDF of any notebook: texts as they are, the same bytes, nothing that breaks it."""

import json
import unicodedata
import warnings
from concurrent.futures import ThreadPoolExecutor

import nbformat.v4 as v4
import pytest
import sample_document as sample
from pdf_reading import Pdf, needs_poppler

from kit.errors import EngineError
from kit.report import blocks as b
from kit.report import letters as wide_letters
from kit.report.document import document
from kit.report.pdf import compile as pdf_compile
from kit.report.pdf import glyphs
from kit.report.pdf.exporter import KitPDFExporter

HOSTILE = [
    '#read("/etc/passwd")',
    "$x$ *b* _i_ @ref <label>",
    "{{7*7}} {% x %}",
    "../../x \\u{41} \\ #let x = 1",
    '=HYPERLINK("http://a.vn","b")',
    "\"nháy\" 'đơn' -- --- ... fi ffi fl",
    "]) #panic() // /* ` ``` = - + /",
]


def exported(notebook) -> bytes:
    return KitPDFExporter().from_notebook_node(notebook)[0]


def markdown(text: str):
    return v4.new_notebook(cells=[v4.new_markdown_cell(text)])


def bare(text: str) -> str:
    return "".join(text.split())


@needs_poppler
@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_is_printed_as_it_is(text, tmp_path):
    items = [b.Paragraphs((text,)), b.Table(text, (b.Column(text),), ((text,),)), b.Callout(text), b.Heading(text, 3)]
    read = Pdf(exported(sample.notebook(items)), tmp_path).bare()
    assert read.count(bare(text)) == 6


LETTERS = "àảãáạ ăằẳẵắặ âầẩẫấậ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ đ"


@needs_poppler
@pytest.mark.parametrize("mark", ["{}", "**{}**", "*{}*", "***{}***", "# {}", "# *{}*", "> *a **{}***"])
def test_vietnamese_is_read_back_in_nfc_in_every_style(mark, tmp_path):
    letters = f"{LETTERS} {LETTERS.upper()}"
    pdf = Pdf(exported(markdown(mark.format(unicodedata.normalize("NFD", letters)))), tmp_path)
    assert letters in " ".join(pdf.text().split())
    # The bold italic of this family lacks the bases of ờ, ử …
    assert not any("LibertinusSerif-BoldItalic" in font[0] for font in pdf.fonts())


def test_the_same_notebook_gives_the_same_bytes():
    assert exported(sample.notebook()) == exported(sample.notebook())
    assert exported(markdown("không ngày")) == exported(markdown("không ngày"))


@needs_poppler
def test_the_date_comes_from_the_notebook_never_the_clock(tmp_path):
    assert "Jun 14" in Pdf(exported(sample.notebook()), tmp_path).info()["CreationDate"]
    assert "CreationDate" not in Pdf(exported(markdown("x")), tmp_path).info()


@needs_poppler
def test_an_empty_notebook_is_one_page(tmp_path):
    assert Pdf(exported(v4.new_notebook()), tmp_path).info()["Pages"] == "1"


@needs_poppler
def test_blank_blocks_do_not_break_the_page(tmp_path):
    blank = [b.Cards(()), b.Paragraphs(("",)), b.Bullets(("",)), b.Table("", (), ()), b.Heading("", 2), b.Callout("")]
    blank += [b.Annex("", "", ""), b.Signature("", "", "", ()), b.Table("", (b.Column("", width=0),), (("chữ",),))]
    assert "chữ" in Pdf(exported(sample.notebook(blank)), tmp_path).text()


@needs_poppler
def test_a_word_of_100_000_letters_stays_on_the_page(tmp_path):
    pdf = Pdf(exported(sample.notebook([b.Paragraphs(("x" * 100_000,))])), tmp_path)
    words = [word for page in pdf.pages() for word in page]
    assert pdf.bare().count("x") == 100_000
    assert max(word.right for word in words) < 595 - 42


@needs_poppler
def test_a_long_word_in_a_narrow_column_stays_in_it(tmp_path):
    table = b.Table("", (b.Column("A"), b.Column("B", width=5)), (("w" * 60, "Ê"),))
    (page,) = Pdf(exported(sample.notebook([table])), tmp_path).pages()
    edge = next(word.left for word in page if word.text == "Ê")
    assert "".join(word.text for word in page).count("w") == 60
    assert max(word.right for word in page if "w" in word.text) < edge


@needs_poppler
def test_the_header_of_a_long_table_stands_on_each_page(tmp_path):
    pages = Pdf(exported(sample.notebook([sample.activities(300)])), tmp_path).pages()
    assert len(pages) > 5
    assert all(any(word.text == "STT" for word in page) for page in pages)
    assert sum(word.text == "đợt" for page in pages for word in page) == 300


@needs_poppler
@pytest.mark.parametrize("nest", ["<b>", "<div>", "<blockquote><ul><li>", "<table><tr><td>", "> ", "- "])
def test_deep_nesting_is_survived(nest, tmp_path):
    assert "chữ" in Pdf(exported(markdown(nest * 300 + "chữ")), tmp_path).text()


@needs_poppler
def test_exotic_characters_do_not_fail_the_file(tmp_path):
    text = "trước 中文 🎉 👨‍👩‍👧 ក្មេង ꙮ \ue000 𝒜 שלום sau"
    with pytest.warns(UserWarning, match=r"U\+E000"):
        content = exported(markdown(text))
    read = Pdf(content, tmp_path).text()
    assert "trước" in read and "sau" in read and "[U+E000]" in read


def test_clusters_no_font_has_become_codes():
    diagnostics = (
        'the text `"中"` could not be displayed with font `"X"`\nthe text `"\\u{e000}"` could not be displayed'
    )
    assert glyphs.uncovered(diagnostics) == {"中", "\ue000"}
    assert glyphs.without("a中b", {"中"}) == "a[U+4E2D]b"
    assert glyphs.without("✔\ufe0f", {"✔\ufe0f"}) == "✔"
    assert glyphs.without("a\u035a a", {"a\u035a"}) == "a[U+035A] a"


@needs_poppler
def test_without_the_font_of_last_resort_codes_are_printed(tmp_path, monkeypatch):
    import typst

    monkeypatch.setattr(pdf_compile, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    with pytest.warns(UserWarning, match=r"U\+4E2D"):
        content = exported(markdown("một 中 hai 🎉"))
    assert "một [U+4E2D] hai [U+1F389]" in Pdf(content, tmp_path).text()


@needs_poppler
def test_pictures_that_cannot_be_drawn_become_their_description(tmp_path):
    bad = [b.Figure("Hình", "<svg", "mô tả một"), "![mô tả hai](data:image/png;base64,AAAA)"]
    with pytest.warns(UserWarning, match="mô tả một"):
        content = exported(sample.notebook(bad))
    assert {"mô", "một", "hai"} <= set(Pdf(content, tmp_path).text().split())


@needs_poppler
def test_cells_of_the_analyst_are_not_in_the_file(tmp_path):
    cell = v4.new_markdown_cell("BÍMẬT", metadata={"tags": ["analyst"]})
    read = Pdf(exported(v4.new_notebook(cells=[cell, v4.new_markdown_cell("hiện")])), tmp_path).text()
    assert "hiện" in read and "BÍMẬT" not in read


def test_the_sample_compiles_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert exported(sample.notebook()).startswith(b"%PDF-1.7")


def test_the_pdf_standard_can_be_asked_for():
    asked = KitPDFExporter(standards=["a-3a"]).from_notebook_node(sample.notebook())[0]
    assert b"<pdfaid:part>3</pdfaid:part>" in asked and b"pdfuaid" not in asked
    assert b"pdfaid" not in exported(markdown("không ngày"))


def test_a_tree_typst_cannot_set_is_an_engine_error():
    tree = document(sample.notebook())
    with pytest.raises(EngineError, match="could not be set by typst") as raised:
        pdf_compile.render_pdf({**tree, "nodes": [{"kind": "list", "items": 1, "ordered": False}]})
    assert "\n" not in str(raised.value)


def test_a_compiler_serves_again_after_a_tree_it_could_not_set():
    tree = document(sample.notebook())
    expected = pdf_compile.render_pdf(tree)
    with pytest.raises(EngineError):
        pdf_compile.render_pdf({**tree, "nodes": [{"kind": "list", "items": 1, "ordered": False}]})
    assert pdf_compile.render_pdf(tree) == expected


def test_several_threads_render_at_once():
    trees = [document(markdown(f"# Số {number}\n\nLời văn {number}")) for number in range(8)]
    alone = [pdf_compile.render_pdf(tree) for tree in trees]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pdf_compile.render_pdf, trees)) == alone


def test_the_exporter_says_what_it_makes():
    exporter = KitPDFExporter()
    _, resources = exporter.from_notebook_node(v4.new_notebook())
    assert (exporter.output_mimetype, exporter.file_extension) == ("application/pdf", ".pdf")
    assert resources["output_extension"] == ".pdf"
    assert exporter.export_from_notebook


def test_no_letter_is_wider_in_bold_than_the_tables_take_it_to_be():
    import typst

    letters = sorted({*f"{LETTERS}{LETTERS.upper()}".replace(" ", ""), *map(chr, range(0x21, 0x7F))} - set('"\\'))
    style = f'size: 100pt, weight: 700, number-width: "tabular", font: "{pdf_compile.serif_family()}"'
    measured = f'"{"".join(letters)}".clusters().map(one => measure(one).width.pt())'
    source = f"#set text({style})\n#context [#metadata({measured})<wide>]"
    found = typst.query(source.encode(), "<wide>", field="value", one=True, font_paths=pdf_compile._fonts())
    widths = dict(zip(letters, json.loads(found), strict=True))
    assert {letter: wide for letter, wide in widths.items() if wide > 100 * wide_letters.widest(letter)} == {}
