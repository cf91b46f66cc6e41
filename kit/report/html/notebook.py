"""The executed notebook made ready for a page: cells not meant for readers left out, traces of the machine removed."""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode

from kit.report.blocks import MIME
from kit.report.plain import KINDS

# papermill's parameters hold folders of one machine; the report itself says its unit and period.
LEFT_OUT = frozenset({"analyst", "parameters", "injected-parameters", "remove-cell"})

_FOLDERS = re.compile(r"(?<![\w/.:])(?:[A-Za-z]:[\\/]|/)(?:[\w.@+~ -]+[\\/])+(?=[\w.<])")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")
_KERNEL_FILE = re.compile(r"(ipykernel_)?\d+[/\\]?\d*\.py:\d+")


def for_readers(notebook):
    """Return a copy of the notebook (a nbformat node) without left-out cells and without traces of the machine."""
    shown = copy.copy(notebook)
    shown.cells = [
        _without_traces(cell) for cell in notebook.cells if not LEFT_OUT & set(cell.metadata.get("tags", ()))
    ]
    return shown


def without_machine(text: str) -> str:
    """Return the text with folders cut from file paths, memory addresses blanked and terminal colours gone.

    >>> without_machine("/home/an/kit/run.py:12: UserWarning")
    'run.py:12: UserWarning'
    """
    return _KERNEL_FILE.sub("ô mã", _ADDRESS.sub("0x…", _FOLDERS.sub("", _ANSI.sub("", text))))


def _without_traces(cell):
    if cell.cell_type != "code":
        return cell
    cleaned = copy.copy(cell)
    tags = set(cell.metadata.get("tags", ()))
    if tags & {"remove-input", "hide-input"}:
        cleaned.source = ""
    outputs = () if "remove-output" in tags else cell.outputs
    cleaned.outputs = [_output_without_traces(output) for output in outputs]
    return cleaned


def _output_without_traces(output):
    cleaned = copy.copy(output)
    if MIME in output.get("data", {}) and output.data[MIME].get("kind") in KINDS:
        cleaned.data = NotebookNode({MIME: output.data[MIME]})  # its other forms are not asked for
        return cleaned
    if output.output_type == "stream":
        cleaned.text = without_machine(output.text)
    elif output.output_type == "error":
        cleaned.evalue = without_machine(output.evalue)
        cleaned.traceback = [without_machine(line) for line in output.traceback]
    elif "text/plain" in output.get("data", {}):
        cleaned.data = copy.copy(output.data)
        cleaned.data["text/plain"] = _ADDRESS.sub("0x…", output.data["text/plain"])
    return cleaned
