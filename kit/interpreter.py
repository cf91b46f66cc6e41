"""Python's own settings for a command and for a worker process: output in Vietnamese, a garbage collector at rest."""

from __future__ import annotations

import atexit
import gc
import sys

# A collection looks at every object there is. Importing makes hundreds of thousands that stay, so that with Python's
# own numbers (700, 10, 10) looking takes an eighth of a run and finds next to nothing.
_SELDOM = (100_000, 20, 20)


def prepare_command() -> None:
    """Print Vietnamese on any console, also where the locale says otherwise; collect seldom, and not at the end."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    collect_seldom()
    atexit.register(gc.freeze)  # a last collection before all memory is given back anyway takes half a second


def collect_seldom() -> None:
    """Have the garbage collector look at what is new now and then, at everything hardly ever."""
    gc.set_threshold(*_SELDOM)
