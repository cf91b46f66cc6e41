"""Work that this process does in a thread while its workers build the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event


@contextmanager
def meanwhile(task: Callable[[Event], object]) -> Iterator[None]:
    """Do a task beside the body, and wait for it at the end; what it raises is raised then.

    The event given to it is set when the body has failed or was interrupted: the task is to end soon.
    """
    ended = Event()
    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(task, ended)
        try:
            yield
            future.result()
        except BaseException:
            ended.set()
            raise
