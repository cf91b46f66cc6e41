"""Export from JupyterLab's menu: the address that the menu asks for is answered."""

from __future__ import annotations

import types

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application, RequestHandler

from kit import jupyter


@pytest.mark.parametrize("base", ["/", "/user/an/"])
@pytest.mark.parametrize("name", ["kit-html", "kit-pdf", "kit-docx"])
def test_the_menu_finds_exporters_with_a_hyphen(base, name):
    app = Application([(".*", RequestHandler)], base_url=base)
    jupyter._load_jupyter_server_extension(types.SimpleNamespace(web_app=app))
    connection = types.SimpleNamespace(context=None)
    line = RequestStartLine("GET", f"{base}nbconvert/{name}/notebooks/03_evaluation_report.ipynb", "HTTP/1.1")
    request = HTTPServerRequest(start_line=line, headers=HTTPHeaders({"Host": "localhost"}), connection=connection)
    found = app.find_handler(request)
    assert found.handler_class.__name__ == "NbconvertFileHandler"
    assert found.path_kwargs == {"format": name.encode(), "path": b"/notebooks/03_evaluation_report.ipynb"}
