"""Work that this process does in a thread while its workers build the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event, Thread

_PATIENCE = 2.0  # seconds that the task has to end when it is no longer wanted


@contextmanager
def meanwhile(task: Callable[[Event], object]) -> Iterator[None]:
    """Do a task beside the body, and wait for it at the end; what it raises is raised then.

    The event given to it is set when the body has failed or was interrupted: the task is to put nothing in place any
    more, and it is not waited for longer than a moment.
    """
    ended, future = Event(), Future()
    thread = Thread(target=_do, args=(task, ended, future), daemon=True)
    thread.start()
    try:
        yield
        future.result()
    except BaseException:
        ended.set()
        thread.join(_PATIENCE)
        raise


def _do(task: Callable[[Event], object], ended: Event, future: Future) -> None:
    try:
        future.set_result(task(ended))
    except BaseException as error:
        future.set_exception(error)
