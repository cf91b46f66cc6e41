"""Two ways to a warm process: started anew, or forked from a process that has loaded everything."""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

START = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}  # environment that a warm process is started in
READY = "KIT_NURSERY_READY"  # environment of the process that workers are forked from: what it leaves when it is ready
_BOOT = "import sys; del sys.path[0]; sys.path.append(sys.argv[1]); from kit.run.engine.template import main; main()"


def start_anew() -> subprocess.Popen:
    """Start a process that loads everything itself."""
    import kit

    command = [sys.executable, "-c", _BOOT, str(Path(kit.__file__).parent.parent)]
    pipe, environment = subprocess.PIPE, {**os.environ, **START}
    errors = tempfile.TemporaryFile()  # noqa: SIM115 – a pipe that nobody reads would be full one day
    process = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=errors, env=environment, start_new_session=True, bufsize=0
    )
    process.stderr = errors
    return process


class Forked:
    """A forked process behind that part of ``subprocess.Popen`` that ``kit.run.engine.worker`` uses."""

    def __init__(self) -> None:
        (theirs, to_them), (from_them, ours) = os.pipe(), os.pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_serve, args=(theirs, ours), daemon=True)
        self._process.start()
        os.close(theirs)
        os.close(ours)
        self.stdin, self.stdout = io.FileIO(to_them, "w"), io.FileIO(from_them)
        self.stderr = io.BytesIO()  # it has loaded everything: nothing can go wrong there that would be told here
        self.pid, self.returncode = self._process.pid, None

    def poll(self) -> int | None:
        """Exit code, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises ``subprocess.TimeoutExpired``."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("the warm process", timeout)
        return self._process.exitcode

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _serve(reading: int, writing: int) -> None:
    from kit.run.engine.template import main

    os.setsid()
    os.dup2(reading, 0)
    os.dup2(writing, 1)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # the worker's ends of all pipes: it must be seen when they close
    main()
