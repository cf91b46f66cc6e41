"""Evaluate the catalogue for all units of a period at once → the results table of indicators.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import partial

import pandas as pd

from kit.indicators.catalog import INDICATORS
from kit.indicators.model import RESULT_COLUMNS, Indicator, Scope
from kit.indicators.reporting import records
from kit.indicators.rollup import build_tree
from kit.params import PlanParams
from kit.periods import Period

NEARLY = Fraction(9, 10)
NEARLY_SMALLER = Fraction(11, 10)


def open_scope(frames: Mapping[str, pd.DataFrame], period: Period, params: PlanParams) -> Scope:
    """Put typed frames, period, parameters and the tree of units on T together."""
    return Scope(frames, period, params, build_tree(frames["units"], period.cutoff))


def evaluate(scope: Scope, indicators: Iterable[Indicator] = tuple(INDICATORS.values())) -> pd.DataFrame:
    """Return the results table: one row per valid unit × indicator, columns ``RESULT_COLUMNS``.

    Sorted by unit (code points), then in the order of the catalogue. ``numerator``, ``denominator``, ``value`` and the
    targets are ``Float64`` (missing: NA), the record counts ``int64``.
    """
    chosen = list(indicators)
    counts = {tables: _record_counts(scope, tables) for tables in {indicator.tables for indicator in chosen}}
    parts = [_with_records(_evaluate_one(indicator, scope), *counts[indicator.tables]) for indicator in chosen]
    table = pd.concat(parts, ignore_index=True)
    order = {id: place for place, id in enumerate(INDICATORS)}
    table = table.assign(order=table["indicator_id"].map(order))
    table = table.sort_values(["unit_id", "order"], ignore_index=True, key=_code_points)
    return table[RESULT_COLUMNS]


def _code_points(column: pd.Series) -> pd.Series:
    return column if column.name == "order" else column.astype(object)


def _evaluate_one(indicator: Indicator, scope: Scope) -> pd.DataFrame:
    units = scope.tree.units
    computed = indicator.compute(scope).to_dict("index")
    exact = [_exact_row(indicator, computed.get(unit)) for unit in units]
    target = scope.params.targets.get(indicator.id)
    national = indicator.national_target(scope.period.target_year)
    verdict = partial(_status, smaller=indicator.smaller_is_better)
    return pd.DataFrame(
        {
            "indicator_id": indicator.id,
            "unit_id": pd.Series(units, dtype="str"),
            "period": scope.period.code,
            **{
                name: _floats(row[place] for row in exact)
                for place, name in enumerate(("numerator", "denominator", "value"))
            },
            "unit": indicator.unit,
            "target": _floats([target] * len(units)),
            "target_national": _floats([national] * len(units)),
            "status": [verdict(row[2], target) for row in exact],
            "status_national": [verdict(row[2], national) for row in exact],
        }
    )


def _floats(values) -> pd.Series:
    return pd.Series([None if value is None else float(value) for value in values], dtype="Float64")


def _exact_row(indicator: Indicator, row: Mapping[str, object] | None) -> tuple[Fraction | None, ...]:
    """Numerator, denominator and value as exact fractions; ``None`` where missing.

    A unit that the formula does not mention has 0 of 0 (a ratio, a median of none) or nothing (a sum).
    """
    row = row or ({} if indicator.kind == "sum" else {"numerator": 0, "denominator": 0})
    numerator, denominator = _fraction(row.get("numerator")), _fraction(row.get("denominator"))
    if indicator.kind == "sum":
        return numerator, None, numerator
    if indicator.kind == "median":
        return None, denominator, _fraction(row.get("value"))
    if numerator is None or not denominator:
        return numerator, denominator, None
    return numerator, denominator, numerator * 100 / denominator


def _fraction(value: object) -> Fraction | None:
    if value is None or value is pd.NA or value != value:
        return None
    return Fraction(value)  # type: ignore[arg-type]


def _status(value: Fraction | None, target: Fraction | int | None, *, smaller: bool) -> str:
    if value is None:
        return "no_data"
    if target is None:
        return "no_target"
    if smaller:
        return "met" if value <= target else "nearly" if value <= NEARLY_SMALLER * target else "not_met"
    return "met" if value >= target else "nearly" if value >= NEARLY * target else "not_met"


def _record_counts(scope: Scope, tables: tuple[str, ...]) -> tuple[pd.Series, pd.Series]:
    """Rows, and rows set aside, of tables for each unit; many indicators share them, so they are counted once."""
    rows = records(scope, tables)
    return scope.count(rows), scope.count(rows.loc[rows["_set_aside"]])


def _with_records(frame: pd.DataFrame, rows: pd.Series, aside: pd.Series) -> pd.DataFrame:
    count, excluded = (frame["unit_id"].map(counted).fillna(0).astype("int64") for counted in (rows, aside))
    note = [_note(*pair) for pair in zip(count, excluded, strict=True)]
    return frame.assign(n_records=count, excluded_records=excluded, note=pd.Series(note, dtype="str"))


def _note(rows: int, aside: int) -> str:
    """Say so when more than 20 % of the rows were set aside."""
    return f"{aside}/{rows} dòng số liệu không được sử dụng do có lỗi" if aside * 5 > rows else ""
