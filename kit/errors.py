"""Errors a person at the keyboard can act on.

Bad data is never an exception: it is a finding with an address (``kit.validation.findings``). These classes are
for wrong use, wrong declarations, unreadable declarations and failed rendering; the command line prints them as one
paragraph, without a traceback, and maps each class to an exit code (contracts: 2 wrong use, 1 failed work).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

NEAR = 0.6  # similarity from which a name is suggested


class KitError(Exception):
    """One paragraph for the person at the keyboard: where, what was found, what is allowed, what to do."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the paragraph alone."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(KitError):
    """Wrong use: an unknown option, parameter, unit or period."""

    exit_code = 2


class DeclarationError(KitError):
    """Mistakes in a declaration (schema, parameters), all of them at once.

    ``mistakes`` is a tuple of one-line texts, each naming file and field.
    """

    exit_code = 2

    def __init__(self, heading: str, mistakes: Iterable[str]):
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join([heading, *(f"  - {line}" for line in self.mistakes)]))


class EngineError(KitError):
    """An engine (Great Expectations, papermill, typst) crashed: never reported as bad data."""


def suggestion(found: str, allowed: Iterable[str]) -> str:
    """Return ``" (did you mean 'x'?)"`` for the nearest allowed name, or an empty string; of equals the first."""
    wanted = str(found).casefold()
    scored = [(difflib.SequenceMatcher(None, wanted, str(name).casefold()).ratio(), str(name)) for name in allowed]
    score, name = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return f" (did you mean '{name}'?)" if score >= NEAR else ""


def listed(items: Iterable[object], *, most: int = 10) -> str:
    """Join at most ``most`` examples with commas, then say how many more there are."""
    texts = [str(item) for item in items]
    more = len(texts) - most
    return ", ".join(texts[:most]) + (f" and {more} more" if more > 0 else "")
