"""The warm process: it has everything loaded, has no threads, and forks a child for each notebook.

A child that has run a notebook which only calls the kit (``kit.run.engine.kit_only``) may run more of that kind.
Started by ``kit.run.engine.worker`` with pipes as standard input and output. Where it may not or cannot fork it runs
the notebooks itself, one after another, and puts its state back after each.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.run.engine.wire import Wire, last_word

_LOOK = 1.0  # seconds between two looks whether the parent is alive
_GRACE = 5.0  # seconds that a notebook may take to end after its last cell
_MOST = 50  # notebooks that a child runs when they only call the kit: what each leaves in memory stays bounded


def main() -> None:
    """Serve notebooks until the other side is gone."""
    wire = Wire(os.dup(0), os.dup(1))
    start = wire.receive()
    if start is None:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the cells, or for the one who asks
    from kit.run.engine.child import get_ready, silence
    from kit.run.engine.warm import load

    shell = load(wire)
    silence()
    get_ready()
    template = Template(wire, shell, mark=bytes.fromhex(start["mark"]), forks=start["forks"])
    wire.send({"type": "ready", "language_info": _language()})
    with contextlib.suppress(BrokenPipeError):
        while (request := wire.receive()) is not None:
            template.answer(request)
            template.fork_ahead()
    template.drop_ahead()


@dataclass
class _Child:
    """A forked child, the line to it, and how many notebooks it has run."""

    pid: int
    line: Wire
    notebooks: int = 0

    def suits(self, request: Mapping[str, Any]) -> bool:
        """Only a notebook that calls the kit and nothing else may run where another of that kind has run."""
        return not self.notebooks or (request["kit_only"] and self.notebooks < _MOST)


class Template:
    """Answers requests: ``preload`` a period's data, ``run`` a notebook."""

    def __init__(self, wire: Wire, shell, *, mark: bytes, forks: bool):
        self.wire, self.shell, self.mark, self.forks = wire, shell, mark, forks
        self.kept = None if forks else _kept()
        self._ahead: _Child | None = None  # for the next notebook

    def answer(self, request: Mapping[str, Any]) -> None:
        """Do what is asked; a notebook's own messages come from the process that runs it."""
        from kit.run.engine import warm

        if request["op"] == "preload":
            self.drop_ahead()  # it would not have the data
            problem = warm.preload(request)
            self.wire.send({"type": "preloaded", "problem": problem})
        elif request["op"] == "run":
            self._run(request)

    def _run(self, request: Mapping[str, Any]) -> None:
        if self.forks:
            try:
                return self._fork(request)
            except OSError:  # no more processes or memory
                self.forks, self.kept = False, self.kept or _kept()
        self._run_here(request)

    def fork_ahead(self) -> None:
        """Fork the next notebook's child while the one who asks is still busy with the last one."""
        if self.forks and self._ahead is None:
            with contextlib.suppress(OSError):  # tried again when it is needed
                self._ahead = self._child()

    def _take_ahead(self, request: Mapping[str, Any]) -> _Child | None:
        """The child forked ahead; none when it was killed meanwhile, or has run what this notebook must not find."""
        if self._ahead is not None and not self._ahead.suits(request):
            self.drop_ahead()
        ahead, self._ahead = self._ahead, None
        if ahead is None or os.waitpid(ahead.pid, os.WNOHANG) == (0, 0):
            return ahead
        os.close(ahead.line.reading)
        return None

    def drop_ahead(self) -> None:
        """End the child forked ahead, if there is one."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            os.close(ahead.line.reading)
            os.waitpid(ahead.pid, 0)

    def _child(self) -> _Child:
        """Fork a child that waits for its notebook, or for this process to end."""
        import socket

        own, childs = socket.socketpair()
        with own, childs:
            pid = os.fork()
            if pid == 0:
                from kit.run.engine.child import run_forked
                from kit.run.engine.warm import new_shell

                own.close()
                run_forked(wire=self.wire, shell=self.shell, life=childs.detach(), new_shell=new_shell)
            line = own.detach()
        return _Child(pid, Wire(line, line))

    def _fork(self, request: Mapping[str, Any]) -> None:
        child = self._take_ahead(request) or self._child()
        with contextlib.suppress(BrokenPipeError):  # it was killed: that is seen on waiting
            child.line.send(request)
        status = self._wait(child, may_go_on=request["kit_only"])
        if status is None:
            child.notebooks += 1
            self._ahead = child
            if not child.suits(request):
                self.drop_ahead()
            return self._say_ended(0)
        os.close(child.line.reading)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # what the cells left running
        self._say_ended(status)

    def _wait(self, child: _Child, *, may_go_on: bool) -> int | None:
        """Wait for the child; kill it when the one who asked is gone. None when it is there for another notebook."""
        poll, parent, life = select.poll(), os.getppid(), child.line.reading
        poll.register(life, select.POLLIN if may_go_on else 0)
        poll.register(self.wire.reading, 0)
        deadline = None
        while True:
            found, status = os.waitpid(child.pid, os.WNOHANG)
            if found:
                return os.waitstatus_to_exitcode(status)
            events = dict(poll.poll(_LOOK * 1000))
            if life in events:
                with contextlib.suppress(OSError):  # it died: seen on waiting
                    if may_go_on and child.line.receive() is not None:
                        return None
                poll.unregister(life)
            if deadline is None and (self.wire.reading in events or os.getppid() != parent):
                deadline = time.monotonic()
            if life in events and deadline is None:
                deadline = time.monotonic() + _GRACE
            if deadline is not None:
                if time.monotonic() >= deadline:
                    _kill(child.pid)
                time.sleep(0.001)

    def _run_here(self, request: Mapping[str, Any]) -> None:
        from kit.run.engine import child, warm

        with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
            child.run_here(request, wire=self.wire, shell=self.shell, life=self.wire.reading)
        clean = self.kept.put_back(self.shell)
        if not clean:  # threads or commands of the cells are still about: they end with this process
            self.wire.send({"type": "retiring"})
        self._say_ended(0)
        if not clean:
            child.end_all()
        self.shell = warm.new_shell(self.wire)

    def _say_ended(self, status: int) -> None:
        with self.wire._lock:
            os.write(self.wire.writing, last_word(self.mark, status))


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _kept():
    from kit.run.engine.fresh import Kept

    return Kept()


def _language() -> dict[str, Any]:
    """What an ordinary kernel says of its language; papermill leaves it in the notebook's metadata."""
    from ipykernel.ipkernel import IPythonKernel

    return dict(IPythonKernel.language_info)


if __name__ == "__main__":
    sys.exit(main())
