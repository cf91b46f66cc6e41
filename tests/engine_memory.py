"""Great Expectations is asked once for equal rows under equal rules: hundreds of tests check the same few usual rows.

What the engine answers depends on nothing else (``kit.validation.gx``). Tests of the engine itself
(``tests/validation/test_gx.py``) call it directly, past this memory.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from typing import Any
from unittest.mock import patch


def remembering(run_engine: Callable[..., Any]) -> Callable[..., Any]:
    """``kit.validation.check._run_engine``, in which ``run_rules`` remembers what it answered."""
    answers: dict[str, Any] = {}

    def run(*given):
        from kit.validation import gx  # takes seconds

        real = gx.run_rules

        def run_rules(name, frame, rules, *, keys):
            digest = _digest(name, frame, rules, keys)
            if digest not in answers:
                answers[digest] = real(name, frame, rules, keys=keys)
            return copy.deepcopy(answers[digest])

        with patch.object(gx, "run_rules", run_rules):
            return run_engine(*given)

    return run


def _digest(name, frame, rules, keys) -> str:
    """Rules, and the figures and texts that the engine would read."""
    from kit.validation.gx_frame import gx_frame

    read = gx_frame(frame, rules, keys)
    said = (name, list(rules), list(map(str, read.dtypes)), read.to_dict("list"))
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
