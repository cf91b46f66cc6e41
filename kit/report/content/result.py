"""One figure of the results table and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

import pandas as pd

from kit.indicators.model import Indicator
from kit.report import words

_VERDICTS = {"met": "đạt", "nearly": "gần đạt", "not_met": "chưa đạt"}
# Their denominators come from the reference tables: 0 of 0 is nothing, whether or not the unit has reported.
_GIVEN = frozenset(("CS-01", "CS-02", "CS-03", "CS-04", "CS-07", "BC-01", "BC-02"))
SIX = 6  # contents that the plan asks for, of each policy communicated (CS-05)
_OF_TASKS = frozenset(("CD-02", "CD-03", "CD-05"))
_NUMBERS = ("numerator", "denominator", "value", "target", "target_national")


@dataclass(frozen=True)
class Result:
    """One indicator of one unit: exact numbers, ``None`` where missing, and its status codes."""

    indicator: Indicator
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    target: Fraction | None = None
    target_national: Fraction | None = None
    status: str = "no_data"
    status_national: str = "no_data"
    note: str = ""
    answered: bool = True  # a report of the period came from the unit or from below it

    @classmethod
    def from_row(cls, row: Mapping[str, object], *, answered: bool = True) -> Result:
        """Make the record of one row of the results table."""
        from kit.indicators.catalog import INDICATORS

        numbers = {name: _exact(row[name]) for name in _NUMBERS}
        if numbers["value"] is not None and numbers["denominator"] and numbers["numerator"] is not None:
            numbers["value"] = numbers["numerator"] * 100 / numbers["denominator"]
        note = row["note"] if isinstance(row["note"], str) else ""
        answered = answered or _planned(row)
        indicator = INDICATORS[str(row["indicator_id"])]
        states = {"status": row["status"], "status_national": row["status_national"]}
        return cls(indicator, **numbers, **states, note=note, answered=answered)

    @property
    def known(self) -> bool:
        """True when there is a value."""
        return self.value is not None

    @property
    def nothing(self) -> bool:
        """True for 0 of 0: nothing to measure, which is not the same as not answered."""
        return self.value is None and self.denominator == 0

    @property
    def nil(self) -> bool:
        """True for 0 of 0 that is known to be so: somebody has answered, or the counts are not the unit's own."""
        return self.nothing and (self.answered or self._given)

    @property
    def _given(self) -> bool:
        """True where the denominator is known without the unit's own rows."""
        return self.indicator.id in _GIVEN

    @property
    def n(self) -> int:
        """The numerator, 0 when missing."""
        return int(self.numerator or 0)

    @property
    def of(self) -> int:
        """The denominator, 0 when missing."""
        return int(self.denominator or 0)

    @property
    def marks(self) -> tuple[Fraction, ...]:
        """Values that rounding must not pretend to have met."""
        return tuple(mark for mark in (self.target, self.target_national) if mark is not None)

    @cached_property
    def printed(self) -> str:
        """The value alone: ``75,0%``, ``1,5 ngày``, ``1.234``; in words where there is none."""
        if self.value is None:
            return words.NOTHING if self.nil else words.MISSING
        if self.indicator.unit == "%":
            return words.percent(self.value, self.marks)
        return words.number(self.value, decimals=1) + (" ngày" if self.indicator.unit == "days" else "")

    @property
    def counts(self) -> str:
        """``9/12`` for a ratio, blank otherwise."""
        if self.indicator.kind != "ratio" or self.numerator is None or not self.denominator:
            return ""
        return words.counts(self.numerator, self.denominator)

    @property
    def full(self) -> str:
        """``75,0% (9/12)``; a median with the number of policies behind it."""
        if self.known and self.indicator.kind == "median":
            return f"{self.printed} ({words.number(self.denominator)} chính sách)"
        return f"{self.printed} ({self.counts})" if self.known and self.counts else self.printed

    @property
    def target_words(self) -> str:
        """The declared target: ``từ 70%``, ``100%``, ``không quá 5``; blank without one."""
        return limit_words(self, self.target)


def _planned(row: Mapping[str, object]) -> bool:
    """True for a figure on tasks where the plan of the year has tasks: what is due is known without a report."""
    counted, aside = row.get("n_records"), row.get("excluded_records")
    return row["indicator_id"] in _OF_TASKS and counted is not None and counted > (aside or 0)


def limit_words(result: Result, target: Fraction | None) -> str:
    """Return a target of an indicator in words, blank for none."""
    if target is None:
        return ""
    percent = result.indicator.unit == "%"
    amount = words.number(target) + ("%" if percent else " ngày" if result.indicator.unit == "days" else "")
    if result.indicator.smaller_is_better:
        return f"không quá {amount}" if target else amount
    return amount if percent and target == 100 else f"từ {amount}"


def verdict(result: Result) -> str:
    """Compare with the declared target, then with the Scheme's own: ``đạt chỉ tiêu từ 70% của Kế hoạch, thấp hơn …``.

    Blank without a value or a target.
    """
    first = declared(result)
    national = result.target_national
    if not result.known or national is None:
        return first
    if national == result.target and first:
        return f"{first} và Đề án"
    if result.status == result.status_national == "met":
        return f"{first} và mức {words.number(national)}% của Đề án"
    how = "đạt" if result.status_national == "met" else "thấp hơn"
    return ", ".join(filter(None, (first, f"{how} mức {words.number(national)}% của Đề án")))


def declared(result: Result) -> str:
    """Compare with the declared target alone; blank without a value or a target."""
    how = _VERDICTS.get(result.status, "") if result.known else ""
    return f"{how} chỉ tiêu {result.target_words} của Kế hoạch" if how else ""


def _exact(value: object) -> Fraction | None:
    return None if value is None or value is pd.NA or value != value else _fraction(value)


@lru_cache(maxsize=1 << 14)
def _fraction(value: float) -> Fraction:
    return Fraction(str(value))
