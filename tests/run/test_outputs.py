"""The files of a report: made from one reading of the notebook, the same as nbconvert's exporters make."""

import nbformat.v4 as v4
import pytest

from kit.report import blocks as b
from kit.report.annex import render_annex
from kit.report.docx.exporter import KitDocxExporter
from kit.report.html.exporter import KitHTMLExporter
from kit.report.pdf.exporter import KitPDFExporter
from kit.report.picture import render_summary
from kit.run.outputs import FORMATS, render_outputs
from kit.run.rehearsal import rehearse_renderers


@pytest.fixture(scope="module")
def notebook():
    """A notebook with the parts that the files treat each in its own way."""
    table = b.Table(
        "Hoạt động", (b.Column("Tên"), b.Column("Số", "right")), (("Họp", "2"),), data=(("name", "n"), ("Họp", "2"))
    )
    card = b.Card("CS-01", "Tỷ lệ", "80%", status="met", status_text="Đạt")
    bundles = [block._repr_mimebundle_() for block in (b.Cards((card,)), table)]
    outputs = [[v4.new_output("display_data", data)] for data in bundles]
    cells = [v4.new_code_cell("báo_cáo.cards()", outputs=each, metadata={"papermill": {"n": 1}}) for each in outputs]
    facts = {"date": "2024-06-25", "unit": "XA-01", "period": "2024-H1"}
    return v4.new_notebook(cells=[v4.new_markdown_cell("# I. Mở *đầu*"), *cells], metadata={"kit": facts})


def test_the_files_of_a_run_are_those_of_the_exporters(notebook):
    before = repr(notebook)
    made = render_outputs(notebook, FORMATS)
    exporters = {"report.html": KitHTMLExporter, "report.pdf": KitPDFExporter, "report.docx": KitDocxExporter}
    expected = {name: exporter().from_notebook_node(notebook)[0] for name, exporter in exporters.items()}
    expected["report.html"] = expected["report.html"].encode()
    assert made == expected | {"annex.xlsx": render_annex(notebook), "summary.png": render_summary(notebook)}
    assert repr(notebook) == before


def test_a_report_is_the_same_whatever_was_rendered_before_it(notebook):
    first = render_outputs(notebook, FORMATS)
    other = v4.new_notebook(cells=notebook.cells, metadata={"kit": {"date": "2025-01-02"}, "title": "Khác"})
    assert render_outputs(other, FORMATS)["report.pdf"] != first["report.pdf"]
    assert render_outputs(notebook, FORMATS) == first


def test_every_renderer_rehearses_without_a_warning(recwarn):
    rehearse_renderers(FORMATS)
    assert not [str(one.message) for one in recwarn]
