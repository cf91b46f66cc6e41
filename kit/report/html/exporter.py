"""nbconvert exporter ``kit-html``: an executed notebook becomes one page that needs no network and no script.

Blocks of the kit are made from their JSON form here, at export; Markdown goes through nbconvert's own renderer; other
outputs are chosen as nbconvert chooses them and made harmless.
"""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import Bool, default
from traitlets.config import Config

from kit.report.exporting import Lean

TEMPLATES = Path(__file__).parent / "templates"


class KitHTMLExporter(Lean, HTMLExporter):
    """One self-contained Vietnamese page; see ``templates/kit``."""

    export_from_notebook = "Báo cáo HTML (kit)"

    embed_images = Bool(True, help="Images beside the notebook are put into the page.").tag(config=True)

    @default("template_name")
    def _template_name_default(self):
        return "kit"

    @default("language_code")
    def _language_code_default(self):
        return "vi"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self):
        return [str(TEMPLATES)]

    @property
    def default_config(self):
        """The configuration of nbconvert's HTML with the kit's blocks chosen first among the forms of an output."""
        from kit.report.html.outputs import PRIORITY

        config = Config({"NbConvertBase": {"display_data_priority": list(PRIORITY)}})
        base = super().default_config.copy()
        base.merge(config)
        return base

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return the page as text, and the resources; the same bytes for the same notebook."""
        from kit.report.html import notebook, outputs, page

        shown = notebook.for_readers(nb)
        resources = self._init_resources(resources)
        parts = outputs.Parts(folder=resources["metadata"].get("path", ""), embed_images=self.embed_images)
        for name, function in parts.filters().items():
            self.register_filter(name, function)
        # HTMLExporter's own method parses the finished page once more with BeautifulSoup, the slowest step of all,
        # for alternative texts and tab stops that this template already has.
        html, resources = TemplateExporter.from_notebook_node(self, shown, resources, **kw)
        return page.finish(html, page.PageFacts.from_notebook(nb)), resources
