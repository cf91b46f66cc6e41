"""Plan parameters: what the office wrote for a year's runs (``params/plan-2024.yaml``; JSON is read too)."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from kit.errors import DeclarationError, UsageError, suggestion
from kit.periods import SCHEMES, Period, parse_period

LEVELS = ("commune", "district", "department", "province", "ministry")
DEADLINES = MappingProxyType({"commune": 2, "district": 4, "department": 4, "province": 7, "ministry": 9})
PLAUSIBILITY = MappingProxyType({"attendances_per_session": 500})


def _read_only(content: dict) -> MappingProxyType:
    return MappingProxyType(content)


# Parameters go to worker processes, and Python does not pickle read-only views by itself.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


@dataclass(frozen=True)
class PlanParams:
    """Parameters of one plan year.

    ``targets`` maps an indicator id to its declared target (percent or units); ``deadline_working_days`` a level to the
    number of working days after T; a policy that has not been communicated for more than ``silence_days`` is named as
    at risk; ``holidays`` replaces the built-in calendar of public holidays when it is given.
    """

    plan_year: int
    scheme: str = "nd09"
    targets: Mapping[str, Fraction] = field(default_factory=dict)
    start_grace_days: int = 7
    silence_days: int = 60
    deadline_working_days: Mapping[str, int] = field(default_factory=lambda: DEADLINES)
    holidays: frozenset[date] | None = None
    reading_date: date | None = None
    plausibility: Mapping[str, float] = field(default_factory=lambda: PLAUSIBILITY)

    def period(self, code: str) -> Period:
        """Return the period of a code under this plan's scheme."""
        return parse_period(code, self.scheme)

    def deadline(self, period: Period, level: str) -> date:
        """Return the n-th working day after T for units of a level."""
        day, left = period.cutoff, self.deadline_working_days[level]
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def is_working_day(self, day: date) -> bool:
        """True unless the day is a Saturday, a Sunday or a public holiday."""
        return day.weekday() < 5 and day not in (public_holidays(day.year) if self.holidays is None else self.holidays)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Public holidays of Viet Nam in a year, as far as they are announced (package ``holidays``)."""
    from holidays import country_holidays  # imported late: only deadlines need it

    return frozenset(country_holidays("VN", years=year))


def load_plan_params(path: Path) -> PlanParams:
    """Read plan parameters. Raises ``UsageError`` (no such file) or ``DeclarationError`` (every mistake at once)."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"There is no parameter file {path.name}; name one with --params FILE.") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DeclarationError(f"{path.name} cannot be read:", [" ".join(str(error).split())]) from None
    return plan_params(raw, path.name)


def plan_params(raw: Any, where: str) -> PlanParams:
    """Check a mapping of parameters and return the record; ``where`` names the source in messages."""
    if not isinstance(raw, dict):
        raise DeclarationError(f"{where}:", ["a mapping of parameters is expected"])
    known = {item.name for item in fields(PlanParams)}
    mistakes = [f"unknown parameter '{key}'{suggestion(key, known)}" for key in raw if key not in known]
    values: dict[str, Any] = {}
    for name, check in _CHECKS.items():
        if raw.get(name) is not None:
            try:
                values[name] = check(raw[name])
            except ValueError as error:
                mistakes.append(f"{name}: {error}")
    if raw.get("plan_year") is None:
        mistakes.append("plan_year: missing")
    if mistakes:
        raise DeclarationError(f"{where} has mistakes:", mistakes)
    return PlanParams(**values)


def _whole(value: Any, *, low: int = 0, high: int = 10_000) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"a whole number from {low} to {high} is expected, found {value!r}")
    return value


def _amount(value: Any) -> Fraction:
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or value != value
        or value in (float("inf"), -float("inf"))
    ):
        raise ValueError(f"a number is expected, found {value!r}")
    return Fraction(str(value))


def _day(value: Any) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"an ISO date (2024-06-20) is expected, found {value!r}") from None


def _scheme(value: Any) -> str:
    if value not in SCHEMES:
        raise ValueError(f"one of {', '.join(SCHEMES)} is expected, found {value!r}")
    return value


def _mapping(value: Any, allowed: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"a mapping is expected, found {value!r}")
    for key in value:
        if key not in allowed:
            raise ValueError(f"unknown name '{key}'{suggestion(key, allowed)}")
    return value


def _targets(value: Any) -> Mapping[str, Fraction]:
    from kit.indicators.catalog import INDICATORS

    return MappingProxyType({key: _amount(item) for key, item in _mapping(value, tuple(INDICATORS)).items()})


def _deadlines(value: Any) -> Mapping[str, int]:
    given = {key: _whole(item, high=366) for key, item in _mapping(value, LEVELS).items()}
    return MappingProxyType({**DEADLINES, **given})


def _plausibility(value: Any) -> Mapping[str, float]:
    given = {key: float(_amount(item)) for key, item in _mapping(value, tuple(PLAUSIBILITY)).items()}
    return MappingProxyType({**PLAUSIBILITY, **given})


def _holidays(value: Any) -> frozenset[date]:
    if not isinstance(value, list):
        raise ValueError(f"a list of ISO dates is expected, found {value!r}")
    return frozenset(_day(item) for item in value)


_CHECKS = {
    "plan_year": lambda value: _whole(value, low=1901, high=9998),
    "scheme": _scheme,
    "targets": _targets,
    "start_grace_days": lambda value: _whole(value, high=366),
    "silence_days": lambda value: _whole(value, low=1, high=3660),
    "deadline_working_days": _deadlines,
    "holidays": _holidays,
    "reading_date": _day,
    "plausibility": _plausibility,
}
