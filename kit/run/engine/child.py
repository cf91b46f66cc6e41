"""What a process does between being asked for a notebook and its first cell, and after its last."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kit.run.engine.cells import serve
from kit.run.engine.fresh import Kept
from kit.run.engine.shell import ZMQInteractiveShell
from kit.run.engine.streams import CellStream, watch
from kit.run.engine.wire import Wire

MEMORY = "KIT_CELL_MEMORY"  # environment: MiB that the cells of one notebook may take; 0 for no limit

# What an ordinary kernel adds to the environment of the notebooks it runs.
_KERNEL_ENVIRONMENT = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
}
INLINE = "module://matplotlib_inline.backend_inline"


def enter(request: Mapping[str, Any]) -> None:
    """Take over the working directory and environment of the one who asks, and fresh random numbers."""
    os.chdir(request["cwd"])
    environment = {**request["env"], **_KERNEL_ENVIRONMENT, "JPY_PARENT_PID": str(os.getppid())}
    environment.setdefault("MPLBACKEND", INLINE)
    os.environ.clear()
    os.environ.update(environment)
    if hasattr(time, "tzset"):
        time.tzset()
    reseed()


def reseed() -> None:
    """Random numbers of this notebook alone: a copy of the template's would be the same in every notebook."""
    import random

    random.seed()
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed()


def run_forked(
    *, wire: Wire, shell: ZMQInteractiveShell, life: int, new_shell: Callable[[Wire], ZMQInteractiveShell]
) -> None:
    """Be the child: wait for a notebook, run it and end. Never returns.

    After a notebook that only called the kit (``kit_only``) it says so on its line, and waits for another of that kind,
    which has a ``new_shell``.
    """
    status = 1
    try:
        os.setpgid(0, 0)  # what cells start ends with them
        die_with_parent()
        _run_notebooks(Wire(life, life), wire, shell, new_shell)
        status = 0
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    finally:
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()
        os._exit(status)


def _run_notebooks(
    line: Wire, wire: Wire, shell: ZMQInteractiveShell, new_shell: Callable[[Wire], ZMQInteractiveShell]
) -> None:
    kept = None
    while (request := line.receive()) is not None:
        if kept is None:
            wire.adopt()
            os.register_at_fork(after_in_child=lambda: _close(wire.writing, wire.reading, line.reading))
        _limit_memory(request["env"].get(MEMORY, "-1"))
        if not request["kit_only"]:
            watch(_capture(shell), line.reading, live=request["live"], lost=end_all)
            _run(request, wire, shell)
            return
        kept = kept or Kept()
        if not (run_here(request, wire=wire, shell=shell, life=line.reading) and kept.put_back(shell)):
            return
        shell = new_shell(wire)
        line.send({"type": "again"})
    os._exit(0)  # the template has no notebook for this child


def run_here(request: Mapping[str, Any], *, wire: Wire, shell: ZMQInteractiveShell, life: int) -> bool:
    """Run one notebook in this process; the caller puts everything back. True when no cell of it failed.

    ``life`` is the descriptor whose other end belongs to the one who wants the notebook.
    """
    wire.outputs_wait = request["kit_only"] and not request["live"]
    if os.name == "nt":
        sys.stdout, sys.stderr = _streams(shell, {})
        return _run(request, wire, shell)
    streams = _capture(shell)
    stop = watch(streams, life, live=request["live"], lost=end_all)
    try:
        return _run(request, wire, shell)
    finally:
        stop()
        silence()
        _close(*(stream.captured for stream in streams))


def _run(request: Mapping[str, Any], wire: Wire, shell: ZMQInteractiveShell) -> bool:
    enter(request)
    wire.send({"type": "started", "pid": os.getpid()})
    return serve(wire, shell)


def silence() -> None:
    """Point the standard descriptors at nothing: a warm process has nothing to say."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


def _capture(shell: ZMQInteractiveShell) -> tuple[CellStream, CellStream]:
    """Lead file descriptors 1 and 2 and Python's streams into the notebook."""
    ends = {}
    for fd, name in ((1, "stdout"), (2, "stderr")):
        ends[name], writing = os.pipe()
        os.dup2(writing, fd)
        os.close(writing)
    sys.stdout, sys.stderr = streams = _streams(shell, ends)
    return streams


def _streams(shell: ZMQInteractiveShell, ends: Mapping[str, int]) -> tuple[CellStream, CellStream]:
    def send(name: str, text: str) -> None:
        header = shell.kernel.get_parent()["header"]
        shell.kernel.session.send(None, "stream", {"name": name, "text": text}, header)

    return CellStream("stdout", send, ends.get("stdout")), CellStream("stderr", send, ends.get("stderr"))


def end_all() -> None:
    """End this process and, where there are process groups, all that it started."""
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _close(*ends: int) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            os.close(end)


def die_with_parent() -> None:
    """Linux: be killed when the parent is, even in the middle of a C function."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        _library().prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def get_ready() -> None:
    """Load before the fork what a child needs to begin."""
    if sys.platform.startswith("linux"):
        _library()
    with contextlib.suppress(ImportError):
        import resource  # noqa: F401


def _limit_memory(mebibytes: str) -> None:
    """Endless allocation becomes a ``MemoryError`` of its own cell, and the system's first victim, not its neighbours.

    Without a number (``-1``) the limit is half of the memory that is free when the notebook begins.
    """
    import resource

    with contextlib.suppress(OSError, ValueError):
        allowed = int(mebibytes) << 20
        if allowed < 0:
            facts = Path("/proc/meminfo").read_text(encoding="ascii")
            allowed = next(int(line.split()[1]) << 10 for line in facts.splitlines() if "MemAvailable" in line) // 2
        if allowed:
            had = Path("/proc/self/status").read_text(encoding="ascii").split("VmData:")[1].split()[0]  # KiB
            most = (int(had) << 10) + allowed
            resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")
