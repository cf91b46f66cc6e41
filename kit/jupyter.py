"""A small extension of Jupyter Server: *Save and Export Notebook As* works for exporters with a hyphen in their name.

The server's own address for an export takes letters, digits and ``_`` only, so ``kit-html`` would not be found there;
and it names every download after the notebook, so that the reports of all units would be called alike.
Enabled by ``jupyter/kit.json``, which the wheel puts into the environment's ``etc/jupyter``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import path_regex
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from jupyter_server.utils import url_path_join
from tornado import web

from kit.report.blocks import MIME


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "kit.jupyter"}]


def _load_jupyter_server_extension(server) -> None:
    """Answer ``nbconvert/kit-…/<path of a notebook>`` as the server answers ``nbconvert/html/<path>``."""
    address = url_path_join(server.web_app.settings["base_url"], r"nbconvert/(?P<format>kit-\w+)") + path_regex
    server.web_app.add_handlers(".*$", [(address, ExportHandler)])


class ExportHandler(NbconvertFileHandler):
    """The server's own export, its download named after the report in the notebook."""

    @web.authenticated
    @authorized
    async def get(self, format: str, path: str) -> None:
        """Send a notebook in a format; one without a report keeps its own name."""
        model = await ensure_async(self.contents_manager.get(path=path.strip("/")))
        self.report = report_name(model["content"]) if model["type"] == "notebook" else ""
        await super().get(format, path)

    def set_attachment_header(self, filename: str) -> None:
        """Name the download; ``filename`` is what the server made of the notebook's name and the exporter's ending."""
        super().set_attachment_header(f"{self.report}{PurePosixPath(filename).suffix}" if self.report else filename)


def report_name(notebook: Mapping[str, Any]) -> str:
    """Return ``bao-cao-XA-01-2024-H1`` for a notebook with the report of XA-01, blank for one without any report.

    The head that is shown decides, not the parameters cell: a unit may have been chosen in a list.
    """
    from kit.report.html.download import file_name

    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    blocks = [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
    head = next((block for block in blocks if block.get("kind") == "head"), {})
    if not head.get("unit") or not head.get("period"):
        return ""
    public = "-cong-khai" if head.get("title", "").endswith("(bản công khai)") else ""
    return file_name(f"bao-cao{public}-{head['unit']}-{head['period']}")
