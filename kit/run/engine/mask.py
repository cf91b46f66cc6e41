"""Secrets among the parameters: masked by name wherever a saved notebook could show their value.

A parameter is a secret when its name says so (``token``, ``db_password``, ``API_KEY``, ``mat_khau`` …), also inside a
dict. Cells see the value; parameters, sources, outputs, tracebacks and messages show ``***``. Texts of fewer than four
characters and numbers of fewer than six digits are masked among the parameters only: elsewhere they are not secrets.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

MASK = "***"
_NAME = re.compile(
    r"(?:^|_)(?:token|passw(?:or)?d|passwd|passphrase|pwd|secret|api_?key|credential|mat_khau|key)s?(?:_|$)"
)
_PLAIN_KEYS = re.compile(r"(?:^|_)(?:sort|primary|foreign|group|order|index|join|map|row|col|column)_keys?(?:_|$)")
_SHORT_TEXT, _SHORT_NUMBER = 4, 6


def is_secret(name: str) -> bool:
    """Whether a parameter's name says that its value is a secret."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).casefold().replace("-", "_")
    return bool(_NAME.search(words)) and not _PLAIN_KEYS.search(words)


def masked_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with every secret replaced, also in dicts inside them."""
    return {name: _masked(name, value) for name, value in parameters.items()}


def _masked(name: str, value: Any) -> Any:
    if is_secret(str(name)):
        return MASK if value not in (None, "") else value
    if isinstance(value, Mapping):
        return masked_parameters(value)
    return [_masked("", one) for one in value] if isinstance(value, (list, tuple)) else value


class Mask:
    """Replaces the secrets among a notebook's parameters in any text or JSON value; false when there are none."""

    def __init__(self, parameters: Mapping[str, Any]):
        forms = {form for secret in _secrets(parameters) for form in _forms(secret)}
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def __call__(self, value: Any) -> Any:
        """Return the value with every secret replaced; dicts and lists are copied."""
        if isinstance(value, str):
            return self._pattern.sub(MASK, value) if self._pattern else value
        if isinstance(value, Mapping):
            return type(value)({self(key): self(one) for key, one in value.items()})
        return [self(one) for one in value] if isinstance(value, (list, tuple)) else value


def _secrets(parameters: Mapping[str, Any]) -> Iterator[str]:
    for name, value in parameters.items():
        if is_secret(str(name)):
            yield from _texts(value)
        elif isinstance(value, Mapping):
            yield from _secrets(value)
        elif isinstance(value, (list, tuple)):
            yield from _secrets({place: one for place, one in enumerate(value) if isinstance(one, Mapping)})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        if len(value) >= _SHORT_TEXT:
            yield value
    elif not isinstance(value, bool) and value is not None and len(str(value)) >= _SHORT_NUMBER:
        yield str(value)


def _forms(secret: str) -> set[str]:
    """A secret as it may be written: itself, in Python's and JSON's quotes, in HTML."""
    return {
        secret,
        repr(secret)[1:-1],
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        html.escape(secret, quote=False),
    }
