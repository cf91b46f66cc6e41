"""Export from JupyterLab's menu: the address it asks for is answered, and the download has a telling name."""

from __future__ import annotations

import types

import pytest
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application, RequestHandler

from kit import jupyter
from kit.report.blocks import MIME
from kit.report.report import Report
from tests.report.sample_period import period_data


@pytest.mark.parametrize("base", ["/", "/user/an/"])
@pytest.mark.parametrize("name", ["kit-html", "kit-pdf", "kit-docx"])
def test_the_menu_finds_exporters_with_a_hyphen(base, name):
    app = Application([(".*", RequestHandler)], base_url=base)
    jupyter._load_jupyter_server_extension(types.SimpleNamespace(web_app=app))
    connection = types.SimpleNamespace(context=None)
    line = RequestStartLine("GET", f"{base}nbconvert/{name}/notebooks/03_evaluation_report.ipynb", "HTTP/1.1")
    request = HTTPServerRequest(start_line=line, headers=HTTPHeaders({"Host": "localhost"}), connection=connection)
    found = app.find_handler(request)
    assert issubclass(found.handler_class, NbconvertFileHandler)
    assert found.path_kwargs == {"format": name.encode(), "path": b"/notebooks/03_evaluation_report.ipynb"}


def notebook(*blocks) -> dict:
    """A notebook with the outputs of one cell, beside a cell that shows nothing of the kit."""
    shown = [{"output_type": "display_data", "data": {MIME: block}} for block in blocks]
    printed = {"output_type": "stream", "name": "stdout", "text": "XA-99"}
    return {"cells": [{"cell_type": "markdown"}, {"outputs": [printed]}, {"outputs": shown}]}


@pytest.mark.parametrize(("edition", "name"), [("internal", ""), ("public", "-cong-khai")])
def test_a_download_is_named_after_the_report_that_is_shown(edition, name):
    blocks = [block.to_json() for block in Report(period_data(), "HU-01", edition).head()]
    assert jupyter.report_name(notebook(*blocks)) == f"bao-cao{name}-HU-01-2024-H1"


def test_a_notebook_without_a_report_keeps_its_name():
    assert jupyter.report_name(notebook()) == "" == jupyter.report_name({"cells": []})
    assert jupyter.report_name(notebook({"kind": "paragraphs", "items": ["Kỳ"]})) == ""
    assert jupyter.report_name(notebook({"kind": "head", "title": "", "unit": "", "period": ""})) == ""


def test_a_name_out_of_data_is_no_path():
    head = {"kind": "head", "title": "", "unit": "../XA 1", "period": "2022-04-01..2024-04-30"}
    assert jupyter.report_name(notebook(head)) == "bao-cao-..-XA-1-2022-04-01..2024-04-30"


@pytest.mark.parametrize(("report", "told"), [("bao-cao-XA-01-2024-H1", "bao-cao-XA-01-2024-H1.pdf"), ("", "01.x.pdf")])
def test_the_browser_is_told_the_name_with_the_ending_of_the_format(report, told):
    handler, headers = object.__new__(jupyter.ExportHandler), {}
    handler.report, handler.set_header = report, headers.__setitem__
    handler.set_attachment_header("01.x.pdf")
    assert headers == {"Content-Disposition": f"attachment; filename*=utf-8''{told}"}
