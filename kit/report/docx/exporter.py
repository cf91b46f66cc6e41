"""nbconvert exporter ``kit-docx``: an executed notebook becomes a Word file that an office edits and signs.

Every registered exporter is instantiated when Jupyter lists them, so nothing heavy is imported before an export.
"""

from __future__ import annotations

from nbconvert.exporters.exporter import Exporter
from traitlets import default

from kit.report.exporting import Lean


class KitDocxExporter(Lean, Exporter):
    """A Word file with real styles, headings, tables and pictures; works for any notebook."""

    export_from_notebook = "Báo cáo Word (kit)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return the Word file as bytes and the resources."""
        from kit.report.document import document
        from kit.report.docx.render import render_docx
        from kit.report.html.notebook import for_readers

        notebook, resources = super().from_notebook_node(for_readers(nb), resources, **kw)
        metadata = resources.get("metadata") or {}
        tree = document(notebook, name=metadata.get("name") or "", folder=metadata.get("path") or None)
        resources["output_extension"] = self.file_extension
        return render_docx(tree), resources
