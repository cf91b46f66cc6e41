"""The nbconvert exporter ``kit-html``: what the page holds and what it leaves out."""

import re
import subprocess
import sys

import nbformat.v4 as v4
import pytest
import sample_document as sample
import sample_tables as tables

import kit
from kit.report import blocks as b
from kit.report.cells import nodes
from kit.report.html.exporter import KitHTMLExporter

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def export(nb, **resources) -> str:
    return KitHTMLExporter().from_notebook_node(nb, **resources)[0]


def page(*cells, **kit) -> str:
    return export(v4.new_notebook(cells=list(cells), metadata={"kit": kit}))


def output(**data) -> object:
    forms = {name.replace("__", "+").replace("_", "/"): value for name, value in data.items()}
    return v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=forms)])


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


@pytest.fixture(scope="module")
def report() -> str:
    return export(sample.notebook())


def test_the_page_is_a_vietnamese_page_with_the_title_of_the_report(report):
    assert report.startswith('<!doctype html>\n<html lang="vi">')
    assert "<title>Báo cáo 6 tháng đầu năm 2024 – Xã Tân Phước</title>" in report
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in report


def test_the_page_holds_no_script_and_no_address_of_the_network(report):
    assert "<script" not in report and "<link" not in report and "@import" not in report
    assert not re.search(r"https?:|(?:src|href)=[\"']?//", report)
    for library in ("require", "mathjax", "jquery", "mermaid"):
        assert library not in report.lower()


def test_there_is_one_h1_headings_come_in_order_and_ids_are_unique(report):
    levels = [int(level) for level in re.findall(r"<h(\d)[ >]", report)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = re.findall(r'\sid="([^"]*)"', report)
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_page_has_its_target(report):
    ids = set(re.findall(r'\sid="([^"]*)"', report))
    targets = set(re.findall(r'(?:href="#|aria-labelledby=")([^"]*)"', report))
    assert len(targets) > 10 and targets <= ids


def test_the_contents_list_all_headings_of_the_first_two_levels(report):
    contents = report[report.index("kit-toc-wide") : report.index("</nav>")]
    for title in ("I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", "2. Nguyên nhân", "Phụ lục II. Chất lượng số liệu"):
        assert f">{title}</a>" in contents
    assert "a) Nguồn lực" not in contents


def test_blocks_come_from_their_json_and_not_from_the_stored_html(report):
    assert "<p>HTML</p>" not in report and ">TEXT<" not in report
    assert 'class="kit-cards"' in report and "Luật Đất đai (sửa đổi)" in report


def test_code_is_behind_a_closed_switch_and_not_printed(report):
    assert '<details class="kit-code"><summary>Mã tính toán</summary>' in report
    assert "<details open" not in report
    printed = report[report.index("@media print") :]
    assert re.search(r"\.kit-code[^{]*\{display:none", printed)


def test_the_same_notebook_gives_the_same_bytes_whatever_its_cell_ids():
    first, second = sample.notebook(), sample.notebook()
    for number, cell in enumerate(second.cells):
        cell["id"] = f"other-{number}"
    assert export(first) == export(second)


def test_one_exporter_gives_the_same_page_again():
    exporter = KitHTMLExporter()
    pages = [exporter.from_notebook_node(sample.notebook())[0] for _ in range(2)]
    assert pages[0] == pages[1]


def test_the_notebook_is_not_changed():
    nb = sample.notebook()
    before = str(nb)
    export(nb)
    assert str(nb) == before


def test_execution_timings_and_folders_leave_no_trace():
    nb = sample.notebook([sample.HEAD])
    nb.metadata["papermill"] = {"output_path": "/srv/an/out.ipynb", "start_time": "2024-07-01T00:00:00"}
    nb.cells[0].metadata["execution"] = {"iopub.execute_input": "2024-07-01T00:00:00"}
    html = export(nb, resources={"metadata": {"name": "out", "path": "/srv/an"}})
    assert "/srv/an" not in html and "2024-07-01" not in html


@pytest.mark.parametrize("tag", ["analyst", "parameters", "injected-parameters"])
@pytest.mark.parametrize("make", [v4.new_markdown_cell, v4.new_code_cell])
def test_cells_for_the_analyst_and_parameters_are_left_out(tag, make):
    assert "BIMAT" not in page(make("BIMAT", metadata={"tags": [tag]}), v4.new_markdown_cell("x"))


def test_markdown_is_rendered_by_nbconvert_and_formulas_stay_as_written():
    html = main_of(page(v4.new_markdown_cell("## A\n\n**đậm** $x$ `{{7*7}}`\n\n| a | b |\n|---|--:|\n| 1 | 2 |")))
    assert "<strong>đậm</strong> $x$ <code>{{7*7}}</code>" in html and "<td" in html


def test_markdown_keeps_the_words_of_raw_html_and_drops_what_it_would_do():
    html = main_of(
        page(
            v4.new_markdown_cell(
                'a <custom onclick="x">b</custom> <script>c</script>\n\n<iframe src="http://x"></iframe>'
            )
        )
    )
    assert "a b" in html and "onclick" not in html and "<script" not in html and "http" not in html


@pytest.mark.parametrize(
    "source", ["![Ảnh](attachment:no.png)", "![Ảnh](http://x.example/a.png)", "![Ảnh](../../etc/passwd)"]
)
def test_an_image_that_cannot_be_loaded_becomes_its_alternative_text(source):
    html = main_of(page(v4.new_markdown_cell(source)))
    assert "Ảnh" in html and "<img" not in html


def test_an_image_beside_the_notebook_is_put_into_the_page(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    nb = v4.new_notebook(cells=[v4.new_markdown_cell("![Ảnh](a.png)")])
    html = export(nb, resources={"metadata": {"name": "n", "path": str(tmp_path)}})
    assert '<img src="data:image/png;base64,iVBORw==" alt="Ảnh">' in html and str(tmp_path) not in html


def test_outputs_of_other_libraries_take_their_usual_form():
    assert "<table" in main_of(page(output(text_html="<table><tr><td>1</td></tr></table>", text_plain="PLAIN")))
    assert 'role="img"' in main_of(page(output(image_svg__xml=tables.chart(), text_plain="PLAIN")))
    assert f"data:image/png;base64,{PNG}" in main_of(page(output(image_png=PNG, text_plain="PLAIN")))
    assert "&lt;PLAIN&gt;" in main_of(page(output(text_plain="<PLAIN>")))


def test_an_output_that_lives_by_scripts_alone_is_shown_in_its_next_best_form():
    html = main_of(page(output(text_html="<div><script>draw()</script></div>", text_plain="Figure(...)")))
    assert "Figure(...)" in html and "draw" not in html


def test_a_result_of_a_cell_is_shown_as_a_display_is():
    result = v4.new_output("execute_result", data={"text/plain": "42 đơn vị"}, execution_count=1)
    assert "42 đơn vị" in main_of(page(v4.new_code_cell("x", outputs=[result])))


def test_an_unknown_block_falls_back_to_its_other_forms():
    html = main_of(page(output(**{"application_vnd.kit.block__json": {"kind": "later"}, "text_plain": "SAU"})))
    assert "SAU" in html


def test_printed_text_warnings_and_errors_are_shown_without_folders_and_colours():
    outputs = [
        v4.new_output("stream", name="stdout", text="\x1b[31m<b>in ra</b>\x1b[0m"),
        v4.new_output("stream", name="stderr", text="/home/an/ipykernel_12/345.py:1: UserWarning: C:\\Users\\an\\a.py"),
        v4.new_output(
            "error", ename="KeyError", evalue="'x' <b>", traceback=["\x1b[1m/home/an/k.py\x1b[0m in <module>"]
        ),
    ]
    html = main_of(page(v4.new_code_cell("x", outputs=outputs)))
    assert "&lt;b&gt;in ra&lt;/b&gt;" in html and "UserWarning: a.py" in html
    assert "<strong>Lỗi khi tính.</strong> KeyError: &#x27;x&#x27; &lt;b&gt;" in html and "in &lt;module&gt;" in html
    assert "/home" not in html and "Users" not in html and "\x1b" not in html


def test_a_fictitious_report_says_so_at_its_foot_with_how_it_was_made():
    foot = page(v4.new_markdown_cell("x"), fictitious=True, version="0.1.0", unit="XA-01", period="2024-H1").split(
        "<footer"
    )[1]
    assert "là giả định, không phải số liệu thật" in foot and "kit 0.1.0" in foot and "XA-01 kỳ 2024-H1" in foot
    assert "Dữ liệu &lt;mẫu&gt;" in page(v4.new_markdown_cell("x"), fictitious="Dữ liệu <mẫu>")
    assert "giả định" not in page(v4.new_markdown_cell("x")).split("<footer")[1]


def test_a_notebook_without_a_head_still_has_a_title_and_one_h1():
    html = page(v4.new_markdown_cell("## a"))
    assert "<title>Báo cáo</title>" in html and len(re.findall("<h1", html)) == 1
    html = page(v4.new_markdown_cell("# Kiểm tra số liệu"), v4.new_markdown_cell("# Hai"))
    assert "<title>Kiểm tra số liệu</title>" in html and len(re.findall("<h1", html)) == 1


def test_an_empty_notebook_gives_a_page():
    assert "</html>" in page()


def test_the_exporter_is_made_without_heavy_imports():
    heavy = ("pandas", "numpy", "matplotlib", "typst", "great_expectations", "papermill")
    code = (
        "import sys; from kit.report.html.exporter import KitHTMLExporter as E; "
        f"assert E().export_from_notebook == 'Báo cáo HTML (kit)'; print([m for m in {heavy} if m in sys.modules])"
    )
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_colours_chosen_by_others_stand_on_white_also_when_the_page_is_dark():
    styled = '<style>#T_a_row0_col0 {background-color: yellow}</style><table id="T_a"><tr><td>1</td></tr></table>'
    assert 'class="kit-output kit-light"' in page(output(text_html=styled))
    assert "kit-light" not in main_of(page(output(text_html="<table><tr><td>1</td></tr></table>")))


def test_ids_inside_a_chart_do_not_meet_the_ids_of_the_page():
    chart = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect id="c"/><rect id="noi-dung"/></svg>'
    html = export(sample.notebook([b.Figure("a", chart, "a"), b.Figure("a", chart, "a"), tables.CHANNELS]))
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids)) and "noi-dung" in ids


def test_without_inputs_there_is_no_code_and_no_switch():
    exporter = KitHTMLExporter(exclude_input=True)
    html = exporter.from_notebook_node(sample.notebook())[0]
    assert 'class="kit-code"' not in html and "kit-show-code" not in main_of(html) + html.split("<footer")[1]


def parameters(source: str, tag: str) -> object:
    return v4.new_code_cell(source, metadata={"tags": [tag]})


def test_without_metadata_the_foot_reads_the_parameters_and_the_remark_after_the_head():
    given = parameters('period = "2024-H1"\nunit = "XA-01"\ndata_dir = "data"', "parameters")
    injected = parameters('# Parameters\nunit = "XA-02"', "injected-parameters")
    nb = sample.notebook([sample.HEAD, b.Callout("Số liệu mẫu."), b.Callout("Khác.")])
    nb.cells = [given, injected, *nb.cells]
    nb.metadata.pop("kit", None)
    foot = export(nb).split("<footer", 1)[1]
    assert "lập từ số liệu của đơn vị XA-02 kỳ 2024-H1" in foot and f"kit {kit.__version__} " in foot
    assert '<p class="kit-fictitious">Số liệu mẫu.</p>' in foot and "Khác." not in foot


def test_a_warning_after_the_head_is_no_notice_about_the_data():
    nb = sample.notebook([sample.HEAD, b.Callout("Chưa gửi báo cáo.", "warning")])
    nb.metadata.pop("kit", None)
    assert "Chưa gửi báo cáo." not in export(nb).split("<footer", 1)[1]


def test_metadata_of_a_run_go_before_the_parameters():
    nb = sample.notebook([sample.HEAD])
    nb.cells = [parameters('period = "2023-Y"', "parameters"), *nb.cells]
    nb.metadata["kit"] = {"period": "2024-H1", "version": "9"}
    foot = export(nb).split("<footer", 1)[1]
    assert "kit 9 lập từ số liệu kỳ 2024-H1;" in foot


def test_a_control_of_the_open_notebook_leaves_no_trace_in_an_export():
    data = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "a1"},
        "text/plain": "Dropdown(options=('XA-01',))",
    }
    cell = v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=data)])
    assert "Dropdown" not in page(cell) and "a1" not in main_of(page(cell))
    assert nodes(cell) == []
