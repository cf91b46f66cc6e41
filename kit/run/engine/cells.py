"""Run the cells of one notebook that arrive over a wire, as an ordinary kernel runs them."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator
from typing import Any

from kit.run.engine.shell import ZMQInteractiveShell, refuse_input
from kit.run.engine.wire import Wire


def serve(wire: Wire, shell: ZMQInteractiveShell) -> bool:
    """Run cells until the notebook ends, the other side is gone, or a cell asks for the end (``exit``).

    True when the notebook ended and none of its cells had failed.
    """
    return asyncio.run(_serve(wire, shell))


async def _serve(wire: Wire, shell: ZMQInteractiveShell) -> bool:
    well = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # between cells there is nothing to interrupt
    refuse_input(shell)
    while (request := wire.receive()) is not None:
        if request["op"] == "end":
            wire.send({"type": "bye"})
            return well
        if request["op"] == "comm":
            _answer_widget(request["message"])
        elif request["op"] == "cell":
            content = await _run(shell, request)
            well = well and content["status"] == "ok"
            wire.send({"type": "reply", "cell": request["id"], "content": content})
            if shell.exit_now:
                return False
        await asyncio.sleep(0)  # what a cell left running goes on
    return False


def _answer_widget(message: dict[str, Any]) -> None:
    import comm

    handle = getattr(comm.get_comm_manager(), message["msg_type"])
    with contextlib.suppress(Exception):
        handle(None, None, message)


async def _run(shell: ZMQInteractiveShell, request: dict[str, Any]) -> dict[str, Any]:
    """Run one cell; the content of an ``execute_reply``."""
    shell.kernel.cell = request["id"]
    shell.set_parent({"header": shell.kernel.get_parent()["header"]})
    code = request["code"]
    shell.kernel.session.send(
        None,
        "execute_input",
        {"code": code, "execution_count": shell.execution_count},
        shell.kernel.get_parent()["header"],
    )
    result = await _result(shell, code, store=request["store_history"])
    sys.stdout.flush()
    sys.stderr.flush()
    error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
    shell.payload_manager.clear_payload()
    reply = {"execution_count": shell.execution_count - 1, "status": "ok"}
    if not result.success or getattr(shell, "_last_traceback_during_displayhook", False):
        told = {"ename": type(error).__name__, "evalue": str(error), "traceback": shell._last_traceback or []}
        reply.update(told, status="error")
    return reply


async def _result(shell: ZMQInteractiveShell, code: str, *, store: bool):
    failed = None
    try:
        transformed = shell.transform_cell(code)
    except Exception:
        transformed, failed = code, sys.exc_info()
    prepared = {"transformed_cell": transformed, "preprocessing_exc_tuple": failed}
    if not shell.should_run_async(code, **prepared):
        known = ("", "") if failed else (code, transformed)
        with _interruptible(), shell.knowing(*known):
            return shell.run_cell(code, store_history=store)
    task = asyncio.ensure_future(shell.run_cell_async(code, store_history=store, **prepared))
    result = None
    try:
        with _cancelled_by_interrupt(task):
            result = await task
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _cancelled_by_interrupt(task: asyncio.Future) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(task.cancel))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
