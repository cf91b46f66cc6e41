"""A small notebook rendered ahead of the first report: what renderers load, parse or compile on first use is there."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from kit.report import blocks
from kit.run.outputs import render_outputs

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="90pt" viewBox="0 0 200 90">'
    '<text x="9" y="9" font-family="DejaVu Sans" font-size="9">Kỳ báo cáo</text></svg>'
)


def rehearse_renderers(formats: tuple[str, ...]) -> None:
    """Render a page of every kind of block in some formats, to be dropped. Not in a process that will fork: typst."""
    render_outputs(_notebook(), formats)


def _notebook() -> nbformat.NotebookNode:
    shown = (
        blocks.Head("UBND", "XÃ MẪU", "Số:", "ngày 1", "BÁO CÁO", "Kết quả", ("Huyện Mẫu",)),
        blocks.Cards((blocks.Card("CS-01", "Độ phủ", "75%", "9/12", "70%", "met", "Đạt", sentence="Đạt"),)),
        blocks.Paragraphs(("Kết quả thực hiện trong kỳ.",)),
        blocks.Bullets(("Đã ban hành.",)),
        blocks.Figure("Biểu đồ", _SVG, "Biểu đồ", "bieu-do", "", (("ky", "so"), ("2024", "1"))),
        blocks.Signature("TM. UBND", "CHỦ TỊCH", "Nguyễn Văn A", ("Như trên", "Lưu: VT")),
        blocks.Annex("I", "Số liệu", ""),
        blocks.Table(
            "Bảng",
            (blocks.Column("Chỉ số", width=3), blocks.Column("Giá trị", "right"), blocks.Column("Kết quả")),
            (("Độ phủ", "75,5", ""), ("Tập huấn", "80", "")),
            status_column=2,
            status=("met", "not_met"),
        ),
    )
    cells = [new_markdown_cell("## I. **Kết quả**\n\n*Lời văn* của báo cáo.")]
    for block in shown:
        output = {"output_type": "display_data", "metadata": {}, "data": block._repr_mimebundle_()}
        cells.append(new_code_cell("", execution_count=1, outputs=[nbformat.from_dict(output)]))
    made = new_notebook(cells=cells)
    made.metadata["kit"] = {"version": "0", "period": "2024-H1", "unit": "XA-00", "date": "2024-06-14"}
    return made
