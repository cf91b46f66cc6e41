"""A figure: numerator, denominator and value, exact; and the text of its numbers in results.csv."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Figure:
    """One indicator of one unit; None is missing. `unit` is `%`, `count` or `days`."""

    unit: str
    numerator: Fraction | int | None
    denominator: Fraction | int | None
    value: Fraction | int | None


def ratio(numerator, denominator) -> Figure:
    """A ratio in percent; over a denominator of 0 only the value is missing."""
    value = Fraction(numerator) * 100 / Fraction(denominator) if denominator else None
    return Figure("%", numerator, denominator, value)


def count(value) -> Figure:
    """A count or a sum: the numerator is the value, the denominator blank; all three blank when missing."""
    return Figure("count", value, None, value)


def number_text(value: Fraction | int | None) -> str:
    """The shortest text that reads back equal, without exponent; blank when missing."""
    if value is None:
        return ""
    if Fraction(value).denominator == 1:
        return str(int(value))
    text = repr(float(value))
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")


def status(figure: Figure, target, *, smaller_is_better: bool) -> str:
    """`no_data`, `no_target`, `met`, `nearly` or `not_met`, compared exactly."""
    if figure.value is None:
        return "no_data"
    if target is None:
        return "no_target"
    goal = Fraction(str(target))
    if smaller_is_better:
        met, nearly = figure.value <= goal, figure.value <= goal * Fraction(11, 10)
    else:
        met, nearly = figure.value >= goal, figure.value >= goal * Fraction(9, 10)
    return "met" if met else "nearly" if nearly else "not_met"
