"""GY, KP, KT, VM: opinions, money, supervision, obstacles (plan, parts II–IV)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd

from kit.indicators.model import Scope, ratio
from kit.indicators.outreach import or_nothing


def opinions(scope: Scope) -> pd.DataFrame:
    """GY-01."""
    frame = scope.dated("feedback", scope.start)
    return or_nothing(scope, scope.total(frame, "received"), scope.count(frame))


def answered(scope: Scope) -> pd.DataFrame:
    """GY-02."""
    frame = scope.dated("feedback", scope.start)
    frame = frame.assign(answered=frame["accepted"] + frame["explained"])
    return ratio(scope.total(frame, "answered"), scope.total(frame, "received"))


def disbursed(scope: Scope) -> pd.DataFrame:
    """KP-01. Amounts are added as exact decimals: the sum does not depend on the order of the lines."""
    frame = scope.dated("budget", scope.year_start, "recorded_date")
    frame = frame.loc[frame["allocated"].notna()]
    spent, allocated = frame["spent"].fillna(0), frame["allocated"]
    scale = 10 ** max(_decimals(spent), _decimals(allocated))
    frame = frame.assign(spent=_scaled(spent, scale), allocated=_scaled(allocated, scale))
    sums = ratio(scope.total(frame, "spent"), scope.total(frame, "allocated"))
    return sums.map(lambda amount: Fraction(int(amount), scale))


def _decimals(amounts: pd.Series) -> int:
    """The number of decimals that the written amounts need."""
    return max((-Decimal(repr(float(amount))).as_tuple().exponent for amount in amounts.unique()), default=0)


def _scaled(amounts: pd.Series, scale: int) -> pd.Series:
    whole = {amount: int(Decimal(repr(float(amount))) * scale) for amount in amounts.unique()}
    return amounts.map(whole).astype(object if max(whole.values(), default=0) > 2**53 else "int64")


def inspections(scope: Scope) -> pd.DataFrame:
    """KT-01."""
    rows = scope.count(scope.dated("inspections", scope.start))
    return or_nothing(scope, rows, rows)


def year_obstacles(scope: Scope) -> pd.DataFrame:
    """Obstacles reported in [year start, T], ``none`` among them."""
    return scope.dated("obstacles", scope.year_start, "reported_date")


def obstacles(scope: Scope) -> pd.DataFrame:
    """VM-01: also 0 where a unit of the subtree said that there was none."""
    frame = year_obstacles(scope)
    none = frame["category"] == "none"
    rows = scope.count(frame.loc[~none])
    counted = or_nothing(scope, rows, rows)["numerator"]
    said_none = scope.count(frame.loc[none]).index.difference(counted.index)
    return pd.concat([counted, pd.Series(0, index=said_none, dtype="int64")]).to_frame("numerator")


def resolved(scope: Scope) -> pd.DataFrame:
    """VM-02."""
    frame = year_obstacles(scope)
    frame = frame.loc[frame["category"] != "none"]
    return ratio(scope.count(frame.loc[frame["resolved_date"] <= scope.cutoff]), scope.count(frame))
