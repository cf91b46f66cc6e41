"""nbclient's rules for outputs, on messages that come over our wire instead of from a kernel."""

from __future__ import annotations

import base64
import contextlib
import queue
import time
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager

from kit.run.engine.kit_only import calls_only_the_kit
from kit.run.engine.mask import Mask, masked_parameters
from kit.run.engine.worker import Died, Worker

_FIELDS = {
    "stream": ("name", "text"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
    "error": ("ename", "evalue", "traceback"),
}
_LOOK = 1.0  # seconds between two looks for a keyboard interrupt where waiting cannot be interrupted
_PATIENCE = 2.0  # seconds that a cell has to say where it was interrupted


class KitClient(PapermillNotebookClient):
    """nbclient's client without a kernel: messages come from the process that runs the cells."""

    def __init__(self, nb_man: NotebookExecutionManager, worker: Worker, **settings: Any):
        super().__init__(nb_man, **settings)
        self.worker = worker
        parameters = self.nb.metadata.get("papermill", {}).get("parameters") or {}
        self.mask = Mask(parameters)
        if parameters:
            self.nb.metadata.papermill["parameters"] = masked_parameters(_storable(parameters))

    def execute(self, **_: Any) -> NotebookNode:
        """Run all cells; the notebook's process ends with the last one."""
        self.reset_execution_trackers()
        self.kc = _WidgetLine(self.worker)
        watched = bool(self.log_output or self.stdout_file or self.stderr_file)
        known = calls_only_the_kit(cell.source for cell in self.nb.cells if cell.cell_type == "code")
        try:
            with self.worker.notebook(live=watched, kit_only=known):
                self.papermill_execute_cells()
        except Died as death:  # before its first cell
            raise DeadKernelError(f"Kernel died: {death}") from None
        finally:
            if self.mask:
                for cell in self.nb.cells:
                    cell.source = self.mask(cell.source)
        self.nb.metadata["language_info"] = NotebookNode(self.worker.language_info)
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell, cell_index, execution_count=None, store_history=True) -> NotebookNode:
        """Run one cell as nbclient does; the same exceptions."""
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", ())
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        self._hook("on_cell_start", cell, cell_index)
        cell.outputs, self.clear_before_next_output = [], False
        if self.record_timing:
            cell.metadata["execution"] = NotebookNode({"iopub.status.busy": timestamp()})
        self.code_cells_executed += 1
        self._hook("on_cell_execute", cell, cell_index)
        self.worker.send({"op": "cell", "id": str(cell_index), "code": cell.source, "store_history": store_history})
        self._hook("on_cell_complete", cell, cell_index)
        try:
            reply = self._outputs(cell, cell_index)
        except Died as death:
            self._record(cell, cell_index, "DeadKernelError", f"Kernel died: {death}")
            raise DeadKernelError(f"Kernel died: {death}") from None
        if self.record_timing:
            cell.metadata["execution"].update({"iopub.status.idle": timestamp(), "shell.execute_reply": timestamp()})
        self._hook("on_cell_executed", cell, cell_index, execute_reply={"content": reply})
        if reply["status"] == "error":
            run_sync(self._check_raise_for_error)(self._shown(cell), cell_index, {"content": reply})
        return cell

    def _hook(self, name: str, cell: NotebookNode, cell_index: int, **more: Any) -> None:
        if (hook := getattr(self, name)) is not None:
            run_sync(_called)(hook, cell=cell, cell_index=cell_index, **more)

    def _outputs(self, cell: NotebookNode, cell_index: int) -> dict[str, Any]:
        """Take a cell's messages until its reply, which is returned."""
        timeout = self._get_timeout(cell)
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                message = self._next(deadline)
            except queue.Empty:
                if not self.interrupt_on_timeout:
                    self._give_up(cell, cell_index, timeout)
                self.log.error(f"Timeout waiting for execute reply ({timeout}s).\nInterrupting kernel")
                self.worker.interrupt()
                if self.error_on_timeout:
                    self._take_until(cell, cell_index, time.monotonic() + _PATIENCE)
                    return {"status": "error", **self.error_on_timeout}
                deadline = time.monotonic() + timeout
                continue
            if (reply := self._taken(message, cell, cell_index)) is not None:
                return reply

    def _next(self, deadline: float | None) -> dict[str, Any]:
        while True:
            left = _LOOK if deadline is None else min(_LOOK, deadline - time.monotonic())
            with contextlib.suppress(queue.Empty):
                return self.worker.next_message(max(left, 0))
            if deadline is not None and time.monotonic() >= deadline:
                raise queue.Empty

    def _taken(self, message: Mapping[str, Any], cell: NotebookNode, cell_index: int) -> dict[str, Any] | None:
        """Turn a message into outputs; return the content of the cell's reply."""
        if message.get("cell") != str(cell_index):  # of an earlier cell, from what it left running
            return None
        content = self.mask(message["content"]) if self.mask else message["content"]
        kind = message["type"]
        if kind == "reply":
            return content
        wired = {
            "msg_type": kind,
            "header": {"msg_type": kind},
            "parent_header": {"msg_id": message["cell"]},
            "content": content,
            "buffers": [base64.b64decode(one) for one in message.get("buffers", ())],
        }
        self.process_message(wired, cell, cell_index)
        return None

    def _take_until(self, cell: NotebookNode, cell_index: int, deadline: float) -> None:
        """Take what a cell that was interrupted still says."""
        with contextlib.suppress(queue.Empty):
            while self._taken(self._next(deadline), cell, cell_index) is None:
                pass

    def output(self, outs, msg, display_id, cell_index) -> NotebookNode | None:
        """Append an output as nbclient does, but without validating it or making a node of each part."""
        kind, content = msg["msg_type"], msg["content"]
        if self.output_hook_stack[msg["parent_header"]["msg_id"]] or kind not in _FIELDS:
            return super().output(outs, msg, display_id, cell_index)
        if self.clear_before_next_output:
            outs[:] = []
            self.clear_display_id_mapping(cell_index)
            self.clear_before_next_output = False
        if display_id:
            self._display_id_map.setdefault(display_id, {}).setdefault(cell_index, []).append(len(outs))
        told = {name: _node(content[name]) for name in _FIELDS[kind]}
        made = NotebookNode(output_type=kind, **told)
        outs.append(made)
        return made

    def _give_up(self, cell: NotebookNode, cell_index: int, timeout: int) -> None:
        self.worker.interrupt()
        self._take_until(cell, cell_index, time.monotonic() + _PATIENCE)
        error = CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, self._shown(cell))
        self._record(cell, cell_index, "CellTimeoutError", f"Cell execution timed out after {timeout} seconds")
        raise error

    def _record(self, cell: NotebookNode, cell_index: int, ename: str, evalue: str) -> None:
        """Leave in the notebook why it stopped; after an interrupt the cell has said so itself."""
        if not any(output.output_type == "error" for output in cell.outputs):
            told = {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": [f"{ename}: {evalue}"]}
            cell.outputs.append(NotebookNode(told))
        self.nb_man.cell_exception(cell, cell_index=cell_index)

    def _shown(self, cell: NotebookNode) -> NotebookNode:
        return NotebookNode(cell, source=self.mask(cell.source)) if self.mask else cell


def _node(value: Any) -> Any:
    return NotebookNode(value) if isinstance(value, dict) else value


async def _called(hook: Any, **arguments: Any) -> None:
    result = hook(**arguments)
    if hasattr(result, "__await__"):
        await result


def _storable(value: Any) -> Any:
    """A parameter as JSON takes it: dates and paths as texts."""
    if isinstance(value, Mapping):
        return {str(name): _storable(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.as_posix() if isinstance(value, PurePath) else value


class _WidgetLine:
    """What nbclient's output widgets answer the notebook's process with."""

    def __init__(self, worker: Worker):
        self.session = self.shell_channel = self
        self._worker = worker

    def msg(self, msg_type: str, content: Any = None, **_: Any) -> dict[str, Any]:
        return {"msg_type": msg_type, "header": {"msg_type": msg_type}, "content": content, "metadata": {}}

    def send(self, message: Mapping[str, Any]) -> None:
        self._worker.send({"op": "comm", "message": dict(message, buffers=[])})
