"""The handle on a warm process: start it, run notebooks in it, end it. One for each process that asks."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit.errors import EngineError
from kit.run.engine.death import Died
from kit.run.engine.start import Forked, start_anew
from kit.run.engine.wire import MARK, Incoming, Wire

NO_FORK = "KIT_NO_FORK"  # environment: run notebooks in long-lived processes, as where there is no fork
_CHUNK = 1 << 18
_GRACE = 8.0  # seconds until a process that should end is killed
_PATIENCE = 2.0  # seconds that an interrupted cell has to clean up
# The warm process has read these when it starts; other values need another process.
_READ_AT_START = ("PYTHON", "MPL", "LC_", "LANG", "HOME", "TMPDIR", "KIT_NO_FORK")


@dataclass(frozen=True)
class Preload:
    """A period's data that every notebook to come will open: as ``kit.session`` is asked for it."""

    period: str
    plan: str
    data_dir: str
    out: str


def may_fork() -> bool:
    """Whether children may be forked here. On macOS system libraries do not survive it."""
    return hasattr(os, "fork") and sys.platform != "darwin" and not os.environ.get(NO_FORK)


def _environment_read() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(_READ_AT_START)}


class Worker:
    """A warm process and the pipes to it."""

    def __init__(self, start: Callable[[], subprocess.Popen | Forked] = start_anew) -> None:
        self.environment = _environment_read()
        self.preloaded: Preload | None = None
        self.language_info: dict[str, Any] = {}
        self.waits = True  # for the end of a notebook's process; if not, the next notebook does
        self._mark = secrets.token_bytes(MARK)
        self._ended, self._retiring, self._pid = True, False, 0
        self._process = start()
        self._wire = Wire(self._process.stdout.fileno(), self._process.stdin.fileno())
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._read, args=(self._process.stdout.fileno(),), daemon=True)
        self._listener.start()
        self._greet()

    def _greet(self) -> None:
        with contextlib.suppress(OSError):
            self._wire.send({"op": "start", "mark": self._mark.hex(), "forks": may_fork()})
        hello = self.receive(None)
        if hello is None or hello["type"] != "ready":
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE)
            self._process.stderr.seek(0)
            told = self._process.stderr.read().decode("utf-8", "replace").strip()
            self.close()
            raise EngineError(f"The process that runs notebooks did not start: {told[-2000:]}")
        self._process.stderr.close()
        self.language_info = hello["language_info"]

    def _read(self, end: int) -> None:
        """The thread that listens: messages into the queue, None at the end."""
        incoming = Incoming(self._mark)
        with contextlib.suppress(OSError):
            while chunk := os.read(end, _CHUNK):
                for message in incoming.feed(chunk):
                    self._messages.put(message)
        self._messages.put(None)

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message; that nobody hears it any more will be seen on receiving."""
        with contextlib.suppress(OSError):
            self._wire.send(message)

    def receive(self, timeout: float | None) -> dict[str, Any] | None:
        """Return the next message, or None at the end. Raises ``queue.Empty`` after ``timeout`` seconds."""
        return self._messages.get(timeout=timeout)

    @property
    def alive(self) -> bool:
        """Whether the warm process can take another notebook."""
        return not self._retiring and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Process id of the warm process."""
        return self._process.pid

    def preload(self, wanted: Preload) -> None:
        """Have the data of a period opened for all notebooks to come. Raises ``EngineError``."""
        if wanted == self.preloaded:
            return
        self.send({"op": "preload", "cwd": os.getcwd(), **vars(wanted)})
        answer = self.receive(None)
        if answer is None or answer.get("problem"):
            raise EngineError((answer or {}).get("problem") or "The process that runs notebooks ended.")
        self.preloaded = wanted

    @contextlib.contextmanager
    def notebook(self, *, live: bool = False, kit_only: bool = False) -> Iterator[Worker]:
        """Begin a notebook in the working directory and environment of this process; end it in any case.

        ``kit_only``: its cells only call the kit, and another such notebook may run in its process after it.
        """
        self.settle()
        asked = {"op": "run", "cwd": os.getcwd(), "env": dict(os.environ), "live": live, "kit_only": kit_only}
        self.send(asked)
        self._ended = False
        self._pid = self.next_message(None)["pid"]
        try:
            yield self
        except BaseException:
            if not self._ended:
                self._abort()
            raise
        self.send({"op": "end"})
        if self.waits:
            self.settle()

    def settle(self) -> None:
        """Wait until the process of the last notebook has ended; one that does not is killed."""
        if not self._ended:
            self._await_end(_GRACE)
        if not self._ended:
            self._abort()

    def next_message(self, timeout: float | None) -> dict[str, Any]:
        """The next message of the running notebook. Raises ``Died``, ``queue.Empty``."""
        message = self.receive(timeout)
        if message is not None and message["type"] == "retiring":
            self._retiring = True
            message = self.receive(timeout)
        if message is None or message["type"] == "ended":
            self._ended = True
            raise Died(message["status"] if message else self._process.wait(_GRACE))
        return message

    def interrupt(self) -> None:
        """Raise ``KeyboardInterrupt`` in the cell being run; the warm process is not disturbed."""
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGINT)

    def _await_end(self, grace: float) -> None:
        deadline = time.monotonic() + grace
        with contextlib.suppress(Died, queue.Empty):
            while (left := deadline - time.monotonic()) > 0:
                self.next_message(left)

    def _abort(self) -> None:
        """End the notebook in the middle of a cell: ask, then kill."""
        self.interrupt()
        self.send({"op": "end"})
        self._await_end(_PATIENCE)
        if not self._ended and self._pid != self._process.pid and os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGKILL)
            self._await_end(_GRACE)
        if not self._ended:
            self.close(grace=0)

    def close(self, grace: float = _GRACE) -> None:
        """End the warm process, and with it what it runs."""
        if grace:
            self.settle()
        self._ended = True
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(1)
        if not self._listener.is_alive():
            self._process.stdout.close()

    def forget(self) -> None:
        """In a forked copy of the asking process: let go of the pipes, the warm process is not ours."""
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        self._process.returncode = 0  # nor is it ours to wait for


_shared: Worker | None = None
_lock = threading.RLock()


@contextlib.contextmanager
def shared() -> Iterator[Worker]:
    """The warm process of this process, started when first needed; one notebook at a time."""
    global _shared
    with _lock:
        if _shared is not None:
            _shared.settle()
        if _shared is not None and not (_shared.alive and _shared.environment == _environment_read()):
            close()
        if _shared is None:
            _shared = Worker()
        yield _shared


def fork_shared() -> None:
    """Fork the warm process of this process, which has loaded everything, and has neither threads nor run typst."""
    global _shared
    _shared = Worker(Forked)


def close() -> None:
    """End the warm process of this process; the next notebook starts another."""
    global _shared
    with _lock:
        if _shared is not None:
            _shared.close()
        _shared = None


def _after_fork() -> None:
    global _shared, _lock
    _lock = threading.RLock()
    if _shared is not None:
        _shared.forget()
    _shared = None


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
