"""How values and names are written inside messages: short, in Vietnamese style, labels instead of codes."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable

import pandas as pd

from kit.collect.parsed import Unreadable
from kit.schema.model import Field, Schema

LONGEST_VALUE = 200
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(value: object) -> str:
    """Return a value as a person writes it: ``30/6/2024``, ``12,5``, ``có``; at most 200 characters."""
    if value is None or value is pd.NaT or value is pd.NA or isinstance(value, Unreadable):
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.datetime) and (value.hour or value.minute or value.second):
        return f"{value.day:02d}/{value.month:02d}/{value.year} {value.hour:02d}:{value.minute:02d}"
    if isinstance(value, dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, float):
        return _number(value)
    try:
        text = str(value)
    except ValueError:  # whole numbers of more than 4,300 digits
        return "số quá dài"
    text = _CONTROL.sub(" ", text).strip()
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if value == int(value) if math.isfinite(value) else False:
        return str(int(value)) if abs(value) < 1e16 else repr(value)
    return repr(value).replace(".", ",")


def labels(schema: Schema, field: Field, *, most: int = 10) -> str:
    """Return the allowed labels of a field as one phrase, at most ``most`` of them."""
    return phrase((f"“{label}”" for label in schema.codes(field).values()), most=most)


def phrase(items: Iterable[str], *, most: int = 10) -> str:
    """Join items with commas; what is over ``most`` is counted."""
    texts = list(items)
    more = len(texts) - most
    return ", ".join(texts[:most]) + (f" và {more} mục khác" if more > 0 else "")


def titles(table, names: Iterable[str]) -> str:
    """Return field titles as one phrase: “Ngày bắt đầu”, “Hạn hoàn thành”."""
    return ", ".join(f"“{table.field(name).title}”" for name in names)
