"""papermill's side: its notebook manager and nbclient's rules for outputs, on cells that run in our process."""

from __future__ import annotations

import queue
import time
from datetime import UTC, datetime
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager
from papermill.exceptions import PapermillException
from papermill.log import logger
from papermill.utils import merge_kwargs, nb_language, remove_args

from kit.run.engine.mask import Mask, masked_parameters
from kit.run.engine.worker import Died, Worker, shared
from kit.run.parameters import checked_parameters, declared_parameters

_WRITTEN_BY_PAPERMILL = ("progress_bar", "log_output", "autosave_cell_every")


class SavingManager(NotebookExecutionManager):
    """Keeps papermill's record of the run, but writes the notebook at the end and not at every step.

    A cell that runs for long still has the notebook written every ``autosave_cell_every`` seconds.
    """

    finished = False

    def save(self, **kwargs: Any) -> None:
        """Write at the end; a step on the way only when the last writing was long ago."""
        every = self.autosave_cell_every
        late = every and (self.now() - self.last_save_time).total_seconds() >= every
        if self.finished or late:
            super().save(**kwargs)

    def notebook_complete(self, **kwargs: Any) -> None:
        """Complete the record and write."""
        self.finished = True
        super().notebook_complete(**kwargs)


def execute_notebook(engine: type, nb: Any, kernel_name: str, *, output_path: str | None = None, **options: Any) -> Any:
    """What papermill's ``Engine.execute_notebook`` does, with a manager that writes once."""
    parameters = nb.metadata.papermill.get("parameters") or {}
    _require_runnable(nb, parameters)
    manager = SavingManager(nb, output_path=output_path, **{
        name: options.pop(name) for name in _WRITTEN_BY_PAPERMILL if name in options
    })
    manager.notebook_start()
    try:
        engine.execute_managed_notebook(manager, kernel_name, log_output=manager.log_output, **options)
    finally:
        manager.cleanup_pbar()
        manager.notebook_complete()
    return manager.nb


def _require_runnable(nb: Any, parameters: dict[str, Any]) -> None:
    language = nb_language(nb)
    if language.casefold() != "python":
        raise PapermillException(f"Engine 'kit' runs Python notebooks, this one is in {language}: use another engine.")
    if parameters and declared_parameters(nb) is not None:
        checked_parameters(nb, parameters)


def execute_cells(nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> Any:
    """Run the cells of a manager's notebook; the options are those of papermill's own engine."""
    timeout = options.pop("execution_timeout", None) or options.get("timeout")
    rest = remove_args(["input_path", "timeout", "startup_timeout", "start_timeout"], **options)
    settings = merge_kwargs(rest, timeout=timeout, kernel_name=kernel_name, log=logger)
    with shared() as worker:
        return KitClient(nb_man, worker, **settings).execute()


class KitClient(PapermillNotebookClient):
    """nbclient's client without a kernel: messages come from the process that runs the cells."""

    def __init__(self, nb_man: NotebookExecutionManager, worker: Worker, **settings: Any):
        super().__init__(nb_man, **settings)
        self.worker = worker
        parameters = self.nb.metadata.papermill.get("parameters") or {}
        self.mask = Mask(parameters)
        if parameters:
            shown = {name: _storable(value) for name, value in parameters.items()}
            self.nb.metadata.papermill["parameters"] = masked_parameters(shown)

    def execute(self, **_: Any) -> Any:
        """Run all cells; the notebook's process ends with the last one."""
        self.reset_execution_trackers()
        watched = bool(self.log_output or self.stdout_file or self.stderr_file)
        try:
            with self.worker.notebook(live=watched):
                self.papermill_execute_cells()
        finally:
            if self.mask:
                self._mask_sources()
        self.nb.metadata["language_info"] = dict(self.worker.language_info)
        self.set_widgets_metadata()
        return self.nb

    def _mask_sources(self) -> None:
        for cell in self.nb.cells:
            cell.source = self.mask(cell.source)
'''
'''
