"""Import what notebooks need without what that would do at its import and hardly anybody uses."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType

_GRAMMAR = "rfc3987_syntax"


def import_jsonschema() -> None:
    """Import ``jsonschema`` without reading the grammar of international addresses, a second in every process.

    jsonschema asks for that package when it is imported; it gets one that reads the grammar when an address is checked.
    """
    if "jsonschema" in sys.modules or _GRAMMAR in sys.modules or find_spec(_GRAMMAR) is None:
        return
    late = ModuleType(_GRAMMAR)
    late.is_valid_syntax = _is_valid_syntax
    sys.modules[_GRAMMAR] = late
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[_GRAMMAR]


def _is_valid_syntax(term: str, value: str) -> bool:
    from rfc3987_syntax import is_valid_syntax

    return is_valid_syntax(term, value)
