"""Run cells under an engine and look at what came out; the warm process is shared by all tests of a processor."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.iorw import load_notebook_node

_KERNEL = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
_CELL_FILE = re.compile(r"[^\s'\"]*ipykernel_\d+[\\/]\d+\.py")


def notebook(cells: Iterable[str | tuple[str, str]]) -> NotebookNode:
    """A notebook of code cells; a pair is source and tag."""
    pairs = [cell if isinstance(cell, tuple) else (cell, "") for cell in cells]
    v4 = nbformat.v4
    made = [v4.new_code_cell(source, metadata={"tags": [tag]} if tag else {}) for source, tag in pairs]
    return v4.new_notebook(cells=made, metadata={**_KERNEL, "language_info": {"name": "python"}})


def run(*cells: str | tuple[str, str], engine: str | None = "kit", **options: Any) -> NotebookNode:
    """Execute cells under an engine; without a name in an ordinary kernel. Cells that fail are left to be looked at."""
    nb = load_notebook_node(notebook(cells))
    return papermill_engines.get_engine(engine).execute_notebook(nb, "python3", progress_bar=False, **options)


def texts(nb: NotebookNode) -> list[str]:
    """What each cell printed or showed, as plain text."""
    return ["".join(map(_text, cell.outputs)) for cell in nb.cells if cell.cell_type == "code"]


def _text(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return output.text
    return output.evalue if output.output_type == "error" else output.data.get("text/plain", "")


def comparable(nb: NotebookNode) -> list[dict[str, Any]]:
    """What a reader sees of each cell; addresses and the names of temporary files are left out."""
    return [
        {
            "source": cell.source,
            "count": cell.get("execution_count"),
            "outputs": [_plain(one) for one in _outputs(cell)],
        }
        for cell in nb.cells
        if "papermill-error-cell-tag" not in cell.metadata.get("tags", ())
    ]


def _outputs(cell: NotebookNode) -> list[NotebookNode]:
    """Outputs, with texts that an ordinary kernel happened to send in two parts put together."""
    made: list[NotebookNode] = []
    for output in cell.get("outputs", ()):
        if made and output.output_type == "stream" == made[-1].output_type and output.name == made[-1].name:
            made[-1] = NotebookNode(made[-1], text=made[-1].text + output.text)
        else:
            made.append(output)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _CELL_FILE.sub("<cell>", _ADDRESS.sub("<address>", value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def forked_ahead(pid: int) -> int:
    """The child that a warm process has forked for the next notebook: the only one that it has."""
    deadline = time.monotonic() + 10
    while not (found := Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    (child,) = found
    return int(child)
