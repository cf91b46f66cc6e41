"""The executed notebook made ready for a page: cells not meant for readers left out, traces of the machine removed."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from kit.report.blocks import MIME
from kit.report.plain import KINDS

# papermill's parameters hold folders of one machine; the report itself says its unit and period.
LEFT_OUT = frozenset({"analyst", "parameters", "injected-parameters", "remove-cell"})

_TIMINGS = frozenset({"papermill", "execution"})  # of a cell: when it ran, and how long

_FOLDERS = re.compile(r"(?<![\w/.:])(?:[A-Za-z]:[\\/]|/)(?:[\w.@+~ -]+[\\/])+(?=[\w.<])")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")
_KERNEL_FILE = re.compile(r"(ipykernel_)?\d+[/\\]?\d*\.py:\d+")


class _Block(NotebookNode):
    """The JSON of a block. Nobody changes it, so the copies that nbconvert makes of a notebook share it."""

    def __deepcopy__(self, memo):
        return self


def for_readers(notebook):
    """Return a copy of the notebook (a nbformat node) without left-out cells and without traces of the machine."""
    cells = [_without_traces(cell) for cell in notebook.cells if not LEFT_OUT & set(cell.metadata.get("tags", ()))]
    return _with(notebook, cells=cells)


def _with(node, **changed):
    """Return a shallow copy of the node with some items changed."""
    made = type(node)()
    dict.update(made, node, **changed)
    return made


def without_machine(text: str) -> str:
    """Return the text with folders cut from file paths, memory addresses blanked and terminal colours gone.

    >>> without_machine("/home/an/kit/run.py:12: UserWarning")
    'run.py:12: UserWarning'
    """
    return _KERNEL_FILE.sub("ô mã", _ADDRESS.sub("0x…", _FOLDERS.sub("", _ANSI.sub("", text))))


def _without_traces(cell):
    kept = {name: value for name, value in cell.metadata.items() if name not in _TIMINGS}
    cell = _with(cell, metadata=_with(NotebookNode(), **kept))
    if cell.cell_type != "code":
        return cell
    tags = set(kept.get("tags", ()))
    source = "" if tags & {"remove-input", "hide-input"} else cell.source
    outputs = () if "remove-output" in tags else cell.outputs
    return _with(cell, source=source, outputs=[_output_without_traces(output) for output in outputs])


def _output_without_traces(output):
    data = output.get("data", {})
    if MIME in data and data[MIME].get("kind") in KINDS:  # its other forms are not asked for
        return _with(output, data=_with(NotebookNode(), **{MIME: _with(_Block(), **data[MIME])}))
    if output.output_type == "stream":
        return _with(output, text=without_machine(output.text))
    if output.output_type == "error":
        traceback = [without_machine(line) for line in output.traceback]
        return _with(output, evalue=without_machine(output.evalue), traceback=traceback)
    if "text/plain" in data:
        return _with(output, data=_with(data, **{"text/plain": _ADDRESS.sub("0x…", data["text/plain"])}))
    return output
