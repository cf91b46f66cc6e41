"""papermill's side of the engine: its record of a run, written once, and its errors."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NotebookExecutionManager, catch_nb_assignment
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.log import logger
from papermill.utils import merge_kwargs, nb_language, remove_args

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

    @catch_nb_assignment
    def cell_complete(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Complete a cell's record as papermill does, whose general parser of dates takes longer than most cells."""
        record, now = cell.metadata.papermill, self.now()
        if self.log_output:
            logger.info(f"Ending Cell {'' if cell_index is None else cell_index + 1:-<43}")
        record["end_time"] = now.isoformat()
        if record.get("start_time"):
            record["duration"] = (now - datetime.fromisoformat(record["start_time"])).total_seconds()
        if record["status"] != self.FAILED:
            record["status"] = self.COMPLETED
        self.save()
        if self.pbar:
            self.pbar.update(1)

    def notebook_complete(self, **kwargs: Any) -> None:
        """Complete the record and write."""
        self.finished = True
        super().notebook_complete(**kwargs)


def execute_notebook(engine: type, nb: Any, kernel_name: str, *, output_path: str | None = None, **options: Any) -> Any:
    """What papermill's ``Engine.execute_notebook`` does, with a manager that writes once."""
    parameters = nb.metadata.papermill.get("parameters") or {}
    _require_runnable(nb, parameters)
    manager = SavingManager(
        nb, output_path=output_path, **{name: options.pop(name) for name in _WRITTEN_BY_PAPERMILL if name in options}
    )
    manager.notebook_start()
    try:
        engine.execute_managed_notebook(manager, kernel_name, log_output=manager.log_output, **options)
    except (DeadKernelError, CellTimeoutError):
        manager.notebook_complete()
        with contextlib.suppress(PapermillExecutionError):  # the banner and the notebook; the error itself goes on
            raise_for_execution_errors(manager.nb, output_path)
        raise
    except BaseException:
        manager.notebook_complete()
        raise
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
    from kit.run.engine.client import KitClient
    from kit.run.engine.worker import shared

    with shared() as worker:
        return KitClient(nb_man, worker, **settings).execute()
