"""nbconvert exporter ``kit-pdf``: an executed notebook becomes a PDF laid out as an administrative report.

Every registered exporter is instantiated when Jupyter lists them, so nothing heavy is imported before an export.
"""

from __future__ import annotations

from nbconvert.exporters.exporter import Exporter
from traitlets import List, Unicode, default

from kit.report.exporting import Lean


class KitPDFExporter(Lean, Exporter):
    """PDF/UA-1 through typst, without a browser, LaTeX or the network; works for any notebook."""

    export_from_notebook = "Báo cáo PDF (kit)"
    output_mimetype = "application/pdf"

    standards = List(
        Unicode(),
        help="PDF standards by typst's names, e.g. ['ua-1', 'a-2a']; by default PDF/UA-1, with PDF/A-2a for a notebook "
        "that has a date in its metadata (kit.date), as every report has.",
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return the PDF as bytes and the resources; raises ``kit.errors.EngineError`` when it cannot be set."""
        from kit.report.document import document
        from kit.report.html.notebook import for_readers
        from kit.report.pdf.compile import render_pdf

        notebook, resources = super().from_notebook_node(for_readers(nb), resources, **kw)
        metadata = resources.get("metadata") or {}
        tree = document(notebook, name=metadata.get("name") or "", folder=metadata.get("path") or None)
        resources["output_extension"] = self.file_extension
        return render_pdf(tree, standards=tuple(self.standards) or None), resources
