"""What a report consists of: the kinds of files made from an executed notebook, their names and who renders them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

NOTEBOOK = "report.ipynb"


@dataclass(frozen=True)
class Output:
    """One kind of file: its name and ``module:attribute`` of what makes its bytes.

    That is an nbconvert exporter, which takes the notebook, or a function of the document tree.
    """

    file: str
    renderer: str


OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        "html": Output("report.html", "kit.report.html.exporter:KitHTMLExporter"),
        "pdf": Output("report.pdf", "kit.report.pdf.compile:render_pdf"),
        "docx": Output("report.docx", "kit.report.docx.render:render_docx"),
        "png": Output("summary.png", "kit.report.picture:draw_summary"),
        "annex": Output("annex.xlsx", "kit.report.annex:write_annex"),
    }
)
ALWAYS = ("annex",)
FORMATS = tuple(kind for kind in OUTPUTS if kind not in ALWAYS)
DEFAULT = ("html", "pdf")
FILES = frozenset(output.file for output in OUTPUTS.values())


def file_names(formats: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the files of a report in some formats, those that every report has among them."""
    return tuple(OUTPUTS[kind].file for kind in (*formats, *ALWAYS))


def load_renderers(formats: tuple[str, ...]) -> None:
    """Make ready what renders some formats, before there is anything to render."""
    for kind in (*formats, *ALWAYS):
        _renderer(kind)


def render_outputs(notebook: Any, formats: tuple[str, ...]) -> dict[str, bytes]:
    """Render an executed notebook; file name → bytes."""
    from kit.report.document import document

    tree = document(notebook)  # read once: what nbconvert's exporters for PDF and Word would each do again
    return {OUTPUTS[kind].file: _renderer(kind)(notebook, tree) for kind in (*formats, *ALWAYS)}


@cache
def _renderer(kind: str) -> Callable[[Any, dict], bytes]:
    """One renderer for all reports of this process: making an exporter costs more than a page."""
    module, _, attribute = OUTPUTS[kind].renderer.partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, type):
        return lambda notebook, tree: found(tree)
    exporter = found()
    return lambda notebook, tree: exporter.from_notebook_node(notebook)[0].encode()
