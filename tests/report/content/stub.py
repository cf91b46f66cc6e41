"""A subject made of figures alone, for the rules that read nothing else; and a report's data without evaluation."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pandas as pd

from kit.indicators.catalog import INDICATORS
from kit.indicators.model import RESULT_COLUMNS
from kit.params import PlanParams
from kit.periods import parse_period
from kit.report.content.change import Change
from kit.report.content.result import Result
from kit.report.content.subject import Subject
from kit.store import PeriodData
from kit.validation.findings import COLUMNS, typed_findings
from tests.indicators.frames import frames
from tests.report.sample_period import UNITS

LAST = "cùng kỳ năm 2023"
NO_FINDINGS = typed_findings(pd.DataFrame([], columns=COLUMNS))
_EMPTY = pd.DataFrame({"_set_aside": []})
NO_RESULTS = pd.DataFrame(columns=RESULT_COLUMNS)


def figure(id: str, n: int | None = None, of: int | None = None, *, target: int | None = None) -> Result:
    """A ratio of ``n`` in ``of``; a count of ``n`` without ``of``; with its status."""
    exact = [None if number is None else Fraction(number) for number in (n, of, target)]
    value = exact[0] if of is None else exact[0] * 100 / exact[1] if of and n is not None else None
    national = INDICATORS[id].national_target(2024)
    return Result(
        INDICATORS[id],
        *exact[:2],
        value,
        exact[2],
        None if national is None else Fraction(national),
        status=_status(value, exact[2], INDICATORS[id].smaller_is_better),
        status_national=_status(value, national, False),
    )


def _status(value: Fraction | None, target: Fraction | int | None, smaller: bool) -> str:
    if value is None:
        return "no_data"
    if target is None:
        return "no_target"
    return "met" if (value <= target if smaller else value >= target) else "not_met"


def figures(*results: Result, then: tuple[Result, ...] = (), pooled: bool = False, **more: object) -> SimpleNamespace:
    """What the rules of strengths and limitations ask of a subject."""
    now = {result.indicator.id: result for result in results}
    before = {result.indicator.id: result for result in then}

    def change(id: str) -> Change | None:
        return Change(now[id], before[id], LAST) if id in now and id in before else None

    def result(id: str) -> Result:
        return now.get(id) or Result(INDICATORS[id])

    usual = {"below": {}, "names": {}, "period": parse_period("2024-H1"), "members": (), "cutoff": None}
    usual |= {
        "scope": SimpleNamespace(year_tasks=_EMPTY, year_start=None, start=None),
        "own": SimpleNamespace(frames={"tasks": _EMPTY}),
    }
    return SimpleNamespace(results=now, result=result, change=change, pooled=pooled, **{**usual, **more})


def subject(unit: str = "XA-01", code: str = "2024-H1", **rows: list[dict]) -> Subject:
    """A subject whose figures have not been computed: for what is read from rows alone."""
    typed = frames(**{"units": UNITS, **rows})
    period, params = parse_period(code), PlanParams(2024)
    return Subject(PeriodData(period, params, typed, NO_FINDINGS, NO_RESULTS), unit)
