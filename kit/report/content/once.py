"""What several sections ask of one subject is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked", bound=Callable)


def once(function: Asked) -> Asked:
    """Keep what a pure function of a subject (and hashable arguments) returned, as long as the subject lives.

    Frames it returns are shared by all who ask: they are read, never written into.
    """

    @wraps(function)
    def asked(subject, *arguments):
        known = vars(subject).setdefault("_once", {})
        key = (function, *arguments)
        if key not in known:
            known[key] = function(subject, *arguments)
        return known[key]

    return asked  # type: ignore[return-value]
