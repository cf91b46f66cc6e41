"""Execute one parameterised notebook with papermill (the only importer of papermill)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat

from kit.errors import EngineError, UsageError, suggestion

_TAG = "parameters"


def declared_parameters(notebook: Path) -> dict[str, str]:
    """Names of the parameters a notebook declares in its tagged cell, with their default as source text."""
    import ast

    nb = nbformat.read(notebook, as_version=4)
    found: dict[str, str] = {}
    for cell in nb.cells:
        if cell.cell_type == "code" and _TAG in cell.metadata.get("tags", ()):
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    found[node.targets[0].id] = ast.unparse(node.value)
    return found


def require_parameters(notebook: Path, given: Mapping[str, object]) -> None:
    """Raise ``UsageError`` when a given parameter is not declared by the notebook."""
    declared = declared_parameters(notebook)
    for name in given:
        if name not in declared:
            raise UsageError(
                f"{notebook.name} has no parameter '{name}'{suggestion(name, declared)}; "
                f"allowed: {', '.join(declared)}."
            )


def execute(notebook: Path, parameters: Mapping[str, object]) -> nbformat.NotebookNode:
    """Execute a notebook with parameters in a kernel of its own and return it.

    Raises ``EngineError`` with the failing cell's error as one paragraph.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    require_parameters(notebook, parameters)
    with tempfile.TemporaryDirectory(prefix="kit-") as scratch:
        out = Path(scratch) / notebook.name
        environment = {"IPYTHONDIR": scratch, "PYTHONHASHSEED": "0"}
        previous = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        try:
            papermill.execute_notebook(
                str(notebook),
                str(out),
                dict(parameters),
                progress_bar=False,
                request_save_on_cell_execute=False,
                extra_arguments=["--Application.log_level=CRITICAL"],  # the kernel's warnings are not for the office
            )
        except PapermillExecutionError as error:
            raise EngineError(
                f"Cell {error.exec_count} of {notebook.name} failed: {error.ename}: {error.evalue}"
            ) from None
        finally:
            for name, value in previous.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        return _without_folders(nbformat.read(out, as_version=4), notebook)


def _without_folders(nb: nbformat.NotebookNode, notebook: Path) -> nbformat.NotebookNode:
    """Keep papermill's record of the run, but not the folders of this machine."""
    record = nb.metadata.get("papermill", {})
    record.update({"input_path": notebook.name, "output_path": notebook.name})
    return nb
