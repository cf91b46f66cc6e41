"""Where reports are built: worker processes of this machine, or a cluster's (``kit.run.cluster``)."""

from __future__ import annotations

import atexit
import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.queues import SimpleQueue
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Protocol

from kit.interpreter import collect_seldom
from kit.run.engine.start import READY, START
from kit.run.engine.worker import fork_shared, may_fork
from kit.run.lean_imports import import_jsonschema

_NURSERY = "kit.run.nursery"
_LOOK = 0.05  # seconds between two looks whether workers can be forked


class Pool(Protocol):
    """``width`` jobs may be under way; ``begin`` has workers get ready before there is a job; ``renew`` after a worker
    has died; ``stop`` ends everything at once, and does nothing after ``close``."""

    @property
    def width(self) -> int: ...

    def begin(self, task: Callable[[], object]) -> None: ...

    def submit(self, task: Callable[[Any], Any], job: Any) -> Future: ...

    def renew(self) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class LocalPool:
    """Worker processes of this machine.

    They are forked from a process that has loaded everything, itself started anew and never having run typst, whose
    threads must not be forked; where there is no fork each is started anew and loads everything itself.
    """

    def __init__(self, workers: int):
        self._workers = workers
        self._executor = self._new()

    @property
    def width(self) -> int:
        """One job more than workers, so that none waits for the next."""
        return self._workers + 1

    def begin(self, task: Callable[[], object]) -> None:
        """Start the workers, each with a task that gets it ready; of one that fails its first job will tell.

        Where they are forked, a thread waits until the process they are forked from has loaded everything.
        """
        if self._forks:
            threading.Thread(target=self._begin_late, args=(task,), daemon=True).start()
        else:
            self._begin_all(task)

    def _begin_late(self, task: Callable[[], object]) -> None:
        ready = _ready_file()
        while not ready.exists():  # to ask for a worker earlier would hold the pool's lock until then
            if self._stopped.wait(_LOOK):
                return
        with suppress(BrokenExecutor, RuntimeError):  # ended, or stopped meanwhile
            self._begin_all(task)

    def _begin_all(self, task: Callable[[], object]) -> None:
        for _ in range(self._workers):
            self._submit(task)

    def submit(self, task: Callable[[Any], Any], job: Any) -> Future:
        """Hand a job to a worker."""
        return self._submit(task, job)

    def _submit(self, task: Callable[..., Any], *job: Any) -> Future:
        """Each of the first jobs starts a worker."""
        if not self._unstarted:
            return self._executor.submit(task, *job)
        with _deaf():
            self._unstarted -= 1
            return self._executor.submit(task, *job)

    def renew(self) -> None:
        """Start anew: one dead worker ends all of a pool."""
        self.stop()
        self._executor = self._new()

    def stop(self) -> None:
        """End the workers at once; what they were writing is not in place yet."""
        self._stopped.set()
        processes = list((getattr(self._executor, "_processes", None) or {}).values())
        for process in processes:
            process.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)
        for process in processes:
            process.join(5)

    def close(self) -> None:
        """End the workers when they have nothing left to do."""
        self._stopped.set()
        self._executor.shutdown(wait=True)

    def _new(self) -> ProcessPoolExecutor:
        self._unstarted, self._stopped = self._workers, threading.Event()
        self._forks = may_fork() and _start_nursery()
        context = multiprocessing.get_context("forkserver" if self._forks else "spawn")
        processors = context.SimpleQueue()
        for one in _processors(self._workers):
            processors.put(one)
        given = (dict(os.environ), processors)
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=_begin, initargs=given)


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started here is deaf to Ctrl-C from its birth."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ready_file() -> Path:
    """The file that the process which workers are forked from leaves when it has loaded everything."""
    from kit.run.processes import own_folder

    return own_folder() / "ready"


def _start_nursery() -> bool:
    """Start the process that workers are forked from; False when it cannot be had (a temporary folder's long name)."""
    from kit.run.processes import own_folder, remove_own_folder

    Finalize(None, remove_own_folder, exitpriority=-200)  # after what multiprocessing has in it
    multiprocessing.set_forkserver_preload([_NURSERY])
    folder, environment = tempfile.tempdir, dict(os.environ)
    try:
        tempfile.tempdir = str(own_folder())  # for its socket
        os.environ.update(START | {READY: str(_ready_file())})
        with _deaf():
            multiprocessing.forkserver.ensure_running()
    except OSError:
        return False
    finally:
        tempfile.tempdir = folder
        os.environ.clear()
        os.environ.update(environment)
    return True


def _processors(workers: int) -> list[set[int]]:
    """Return the processors of each worker: one of its own where there are just as many, else none said.

    A worker and the notebooks' processes that it waits for then find in the processor's cache what the other has left
    there. With fewer workers the choice is the system's, which knows what else is running and which share a core.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    return [{one} for one in sorted(allowed)] if len(allowed) == workers else [set()] * workers


def _begin(environment: Mapping[str, str], processors: SimpleQueue[set[int]]) -> None:
    """In a new worker: Ctrl-C is the parent's affair, and a worker does not outlive its parent."""
    from kit.run.processes import remove_own_folder, scratch

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(environment)
    import_jsonschema()
    if own := processors.get():
        os.sched_setaffinity(0, own)
    scratch()
    atexit.register(remove_own_folder)
    Finalize(None, atexit._run_exitfuncs, exitpriority=0)  # a worker that was forked ends without them
    if _NURSERY in sys.modules:
        fork_shared()
    collect_seldom()  # not before the fork: cells have Python's own settings, as in a kernel
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def called(task: Callable[[], Any]) -> Any:
    """Do a task that is no report; for ``submit``, which passes one thing on."""
    return task()


def open_pool(workers: int, scheduler: str = "") -> Pool:
    """Workers of this machine, or of a Dask cluster when its scheduler is named."""
    if not scheduler:
        return LocalPool(workers)
    from kit.run.cluster import ClusterPool

    return ClusterPool(scheduler)
