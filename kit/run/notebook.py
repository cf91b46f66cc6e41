"""Execute one parameterised notebook with papermill and the engine ``kit``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from kit.errors import EngineError
from kit.run.engine import KitEngine
from kit.run.parameters import checked_parameters


def execute(notebook: Path, parameters: Mapping[str, Any], *, timeout: float | None = None) -> nbformat.NotebookNode:
    """Execute a notebook with parameters and return it; ``timeout`` is seconds a cell.

    The working directory and the environment are those of this process; the notebook's process is forked from one warm
    process that this process keeps (``warm``, ``close``).

    Raises ``UsageError`` for a parameter that is unknown or of another type than its default, before anything starts;
    ``EngineError`` naming the failing cell and its error as one paragraph.
    """
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors

    nb = _prepared(notebook, parameters)
    try:
        KitEngine.execute_notebook(nb, "", progress_bar=False, execution_timeout=timeout)
        raise_for_execution_errors(nb, None)
    except PapermillExecutionError as error:
        raise EngineError(f"Cell {error.exec_count} of {notebook.name} failed: {error.ename}: {error.evalue}") from None
    except (DeadKernelError, CellTimeoutError) as error:
        failed = next((cell for cell in nb.cells if cell.metadata.papermill["exception"]), None)
        where = f"Cell {failed.execution_count or '?'} of {notebook.name}" if failed else notebook.name
        raise EngineError(f"{where} failed: {str(error).splitlines()[0]}") from None
    return nb


def _prepared(notebook: Path, parameters: Mapping[str, Any]) -> nbformat.NotebookNode:
    """What papermill's ``execute_notebook`` makes of a notebook before it starts, from one reading of the file.

    Only the file's name, not the folders of this machine, goes into papermill's record.
    """
    from papermill.execute import prepare_notebook_metadata, remove_error_markers
    from papermill.parameterize import parameterize_notebook

    nb = nbformat.from_dict(json.loads(_source(notebook, notebook.stat().st_mtime_ns)))
    if parameters:
        fitting = checked_parameters(nb, parameters, notebook.name)
        nb = parameterize_notebook(nb, fitting, engine_name="kit")
    return remove_error_markers(prepare_notebook_metadata(nb, notebook.name, notebook.name))


@lru_cache(maxsize=8)
def _source(notebook: Path, changed: int) -> str:
    from papermill.iorw import load_notebook_node

    del changed  # part of the key: a notebook saved anew is read anew
    return json.dumps(load_notebook_node(str(notebook)))


def start() -> None:
    """Start the warm process of this process. Raises ``EngineError`` when it cannot be had."""
    from kit.run.engine.worker import shared

    with shared():
        pass


def warm(period: str, plan: str, data_dir: str, out: Path) -> None:
    """Open a period's data in the warm process of this process, for all notebooks to come.

    The arguments are those the notebooks will pass to ``kit.open_report``, and the folder of the run (``KIT_OUT``).
    Raises ``EngineError`` when the process or the data cannot be had.
    """
    from kit.run.engine.worker import Preload, shared

    with shared() as worker:
        worker.preload(Preload(period, str(plan), str(data_dir), str(out)))
        worker.waits = False  # a report is rendered while the process of its notebook ends


def close() -> None:
    """End the warm process of this process."""
    from kit.run.engine import worker

    worker.close()
