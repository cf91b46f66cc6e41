"""The outcome of reading one cell: a value, perhaps with a note, or a reason why it is not read.

``kit.validation.conform`` turns notes and reasons into findings with a Vietnamese message; nothing here knows messages.
"""

from __future__ import annotations

from dataclasses import dataclass

READ_AS = "read-as"
APPROXIMATE = "approximate"

# Every reason an ``Unreadable`` can carry, so that conform can be tested to have words for each.
REASONS = (
    "text-unreadable",  # letters were lost or damaged and the repair is not certain
    "error-value",  # the spreadsheet shows #REF!, #N/A … ; found while reading the workbook
    "formula-no-value",  # a formula that no program has calculated yet; found while reading the workbook
    "number-not-a-number",
    "number-ambiguous",  # two readings are possible (1,234), or the separators contradict each other
    "number-is-a-date",  # the spreadsheet holds a date or a time
    "number-too-large",  # beyond what can be kept exactly (2**53)
    "integer-has-fraction",
    "boolean-unknown",
    "date-not-a-date",
    "date-no-year",
    "date-no-day",  # only a month, a quarter or a year
    "date-two-digit-year",
    "date-impossible",  # 31/02, month 13
    "date-time-of-day",
    "date-out-of-range",  # a year before 1900 or after 2100
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value that was read; ``None`` is a blank cell.

    ``note`` is ``None``, ``"read-as"`` (converted or repaired, a note) or ``"approximate"`` (a warning); ``how`` says
    by which way: ``utf-8``, ``tcvn3``, ``vni``, ``unseen-characters``, ``number-style``, ``date-style``, ``words`` …
    """

    value: object
    note: str | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that is not read, because a reading would be a guess. ``reason`` is one of ``REASONS``."""

    reason: str
    detail: str = ""


BLANK = Parsed(None)
ERRORS = frozenset(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
ERROR_VALUE = Unreadable("error-value")


def is_blank(value: object) -> bool:
    """True for ``None``, a missing value of pandas, and text of nothing but spaces."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value or value.isspace()
    return isinstance(value, float) and value != value
