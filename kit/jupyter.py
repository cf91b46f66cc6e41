"""A small extension of Jupyter Server: *Save and Export Notebook As* works for exporters with a hyphen in their name.

The server's own address for an export takes letters, digits and ``_`` only, so ``kit-html`` would not be found there.
Enabled by ``jupyter/kit.json``, which the wheel puts into the environment's ``etc/jupyter``.
"""

from __future__ import annotations


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "kit.jupyter"}]


def _load_jupyter_server_extension(server) -> None:
    """Answer ``nbconvert/kit-…/<path of a notebook>`` as the server answers ``nbconvert/html/<path>``."""
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from jupyter_server.utils import url_path_join

    address = url_path_join(server.web_app.settings["base_url"], r"nbconvert/(?P<format>kit-\w+)") + path_regex
    server.web_app.add_handlers(".*$", [(address, NbconvertFileHandler)])
