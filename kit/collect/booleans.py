"""Truth values as people mark them: ``x``, ``có``, ``đúng``, ``1``, ``true`` / ``không``, ``0``, ``false``."""

from __future__ import annotations

from kit.collect.parsed import BLANK, Parsed, Unreadable, is_blank
from kit.collect.text import match_key

_WORDS = {
    **{match_key(word): True for word in ("x", "có", "đúng", "1", "true", "×", "✓", "✔", "☑", "☒")},
    **{match_key(word): False for word in ("không", "0", "false", "sai", "☐")},
}


def parse_boolean(value: object) -> Parsed | Unreadable:
    """Read a truth value: ``Parsed(True | False)``, ``BLANK`` (missing, not false), or ``Unreadable``."""
    if is_blank(value):
        return BLANK
    if isinstance(value, bool):
        return Parsed(value)
    if isinstance(value, Unreadable):
        return value
    if isinstance(value, str):
        known = _WORDS.get(match_key(value))
        return Unreadable("boolean-unknown") if known is None else Parsed(known)
    if isinstance(value, int | float) and value in (0, 1):
        return Parsed(bool(value))
    return Unreadable("boolean-unknown")
