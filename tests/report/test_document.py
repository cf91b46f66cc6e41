"""What of an executed notebook comes into the document tree, and in what form."""

import nbformat.v4 as v4
import pytest
import sample_document as sample

from kit.report.document import document
from kit.report.htmltree import plain_text

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def nodes(*cells) -> list[dict]:
    return document(v4.new_notebook(cells=list(cells)))["nodes"]


def shown(**data):
    bundle = {key.replace("_", "/", 1).replace("svg", "svg+xml"): value for key, value in data.items()}
    return v4.new_code_cell("source", outputs=[v4.new_output("display_data", data=bundle)])


def printed(text: str, name: str = "stdout"):
    return v4.new_output("stream", name=name, text=text)


def test_the_sample_keeps_its_order():
    kinds = [node["kind"] for node in document(sample.notebook())["nodes"]]
    assert kinds[:4] == ["head", "paragraphs", "cards", "heading"]
    assert [kind for kind in kinds if kind in ("signature", "annex")] == ["signature", "annex", "annex"]


def test_blocks_keep_their_texts_and_get_the_words_printed_beside_them():
    found = {node["kind"]: node for node in document(sample.notebook())["nodes"]}
    assert found["head"]["addressees"] == ["- Ủy ban nhân dân huyện Đại Thành;", "- Phòng Tư pháp huyện Đại Thành."]
    assert found["signature"]["recipients"][0] == "- Như trên;"
    assert found["signature"]["recipients"][-1] == "- Lưu: VT, TP."
    assert found["annex"]["label"] == "Phụ lục II"
    assert [card["status_words"] for card in found["cards"]["cards"]][:2] == ["Đạt", "Gần đạt"]


@pytest.mark.parametrize("tag", ["analyst", "parameters", "injected-parameters"])
def test_cells_for_the_analyst_and_parameters_are_left_out(tag):
    markdown = v4.new_markdown_cell("Chỉ cho người phân tích", metadata={"tags": [tag]})
    code = v4.new_code_cell("1", metadata={"tags": [tag]}, outputs=[printed("BÍ MẬT")])
    assert nodes(markdown, code) == []


def test_sources_of_code_are_left_out_and_what_it_printed_stays():
    cell = v4.new_code_cell("bi_mat = 1", outputs=[printed("một\n"), printed("hai\n"), printed("ba", "stderr")])
    assert nodes(cell) == [
        {"kind": "output", "stream": "stdout", "text": "một\nhai"},
        {"kind": "output", "stream": "stderr", "text": "ba"},
    ]


def test_an_error_is_shown_without_escape_sequences():
    error = v4.new_output("error", ename="ValueError", evalue="sai", traceback=["\x1b[31mValueError\x1b[0m: sai"])
    assert nodes(v4.new_code_cell("1/0", outputs=[error])) == [
        {"kind": "output", "stream": "error", "text": "ValueError: sai"}
    ]


def test_a_picture_is_preferred_to_html_and_text():
    (node,) = nodes(shown(image_png=PIXEL, text_html="<p>x</p>", text_plain="<Figure size 640x480 with 1 Axes>"))
    assert (node["kind"], node["format"], node["alt"]) == ("image", "png", "Biểu đồ")
    (node,) = nodes(shown(image_svg="<svg/>", image_png=PIXEL))
    assert (node["format"], node["data"]) == ("svg", "<svg/>")


def test_html_without_visible_content_gives_way_to_plain_text():
    (node,) = nodes(shown(text_html="<div id='p'></div><script>plot()</script>", text_plain="hình động"))
    assert node == {"kind": "output", "stream": "text", "text": "hình động"}


def test_outline_levels_start_at_one_and_never_skip():
    made = nodes(v4.new_markdown_cell("### a\n\n###### b\n\n> ## c\n\n# d\n\n#### e"))
    outlines = [node["outline"] for node in made if node["kind"] == "heading"]
    assert outlines == [1, 2, 1, 2]
    assert next(node for node in made if node["kind"] == "quote")["blocks"][0]["outline"] == 1


def test_an_annex_opens_a_branch_of_its_own():
    made = document(sample.notebook(["## I. A", sample.b.Annex("I", "Số liệu", ""), sample.b.Heading("1. B", 3)]))
    assert [node["outline"] for node in made["nodes"]] == [1, 1, 2]


def test_a_heading_without_words_is_no_heading():
    made = nodes(v4.new_markdown_cell("# &nbsp;\n\n# có chữ"))
    assert [node["kind"] for node in made] == ["paragraph", "heading"]


def test_texts_are_nfc_without_controls():
    (node,) = nodes(v4.new_code_cell("x", outputs=[printed("Hoa\u0300 \x00\x07\u202e\ufffe\ud800 bình")]))
    assert node["text"] == "Hoà \ufffd bình"


def test_the_title_comes_from_the_head_then_metadata_then_first_heading():
    assert document(sample.notebook())["title"] == "Báo cáo 6 tháng đầu năm 2024 – Xã Tân Phước"
    titled = v4.new_notebook(cells=[v4.new_markdown_cell("# Đề mục")], metadata={"title": "Tên sổ tay"})
    assert document(titled)["title"] == "Tên sổ tay"
    assert document(v4.new_notebook(cells=[v4.new_markdown_cell("# Đề *mục*")]))["title"] == "Đề mục"
    assert document(v4.new_notebook(), name="so-tay")["title"] == "so-tay"
    assert document(v4.new_notebook())["title"] == "Báo cáo"


@pytest.mark.parametrize(("given", "date"), [("2024-06-14T07:00", "2024-06-14"), ("hôm nay", None), (None, None)])
def test_a_date_that_is_none_dates_nothing(given, date):
    assert document(v4.new_notebook(metadata={"kit": {"date": given}}))["date"] == date


def test_pictures_are_read_from_the_folder_and_below_only(tmp_path):
    inside = tmp_path / "notebooks"
    inside.mkdir()
    (inside / "a.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "b.svg").write_text("<svg/>", encoding="utf-8")
    cell = v4.new_markdown_cell("![trong](a.svg) ![ngoài](../b.svg) ![mạng](https://example.com/c.png)")
    (node,) = document(v4.new_notebook(cells=[cell]), folder=inside)["nodes"]
    assert node["content"][0] == {"kind": "image", "format": "svg", "data": "<svg/>", "alt": "trong"}
    assert plain_text(node["content"][1:]).split() == ["ngoài", "mạng"]
    (node,) = nodes(cell)
    assert node["content"] == ["trong ngoài mạng"]


def test_attachments_are_loaded_and_missing_ones_become_their_alt_text():
    cell = v4.new_markdown_cell("![có](attachment:a.png) ![mất](attachment:b.png)")
    cell["attachments"] = {"a.png": {"image/png": PIXEL}}
    (node,) = nodes(cell)
    assert node["content"] == [{"kind": "image", "format": "png", "data": PIXEL, "alt": "có"}, " mất"]


def test_the_notebook_itself_is_not_changed():
    notebook = sample.notebook()
    before = repr(notebook)
    document(notebook)
    assert repr(notebook) == before
