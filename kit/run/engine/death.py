"""How the process that ran the cells ended, in words."""

from __future__ import annotations

import signal


class Died(Exception):
    """The process that runs the cells ended before they were done; ``status`` is its exit code, or minus the signal."""

    def __init__(self, status: int | None):
        super().__init__(_told(status))
        self.status = status


def _told(status: int | None) -> str:
    if status is None:
        return "the process that runs the cells ended"
    if status >= 0:
        return f"the process that runs the cells ended with exit code {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"the process that runs the cells was killed by {name}"
