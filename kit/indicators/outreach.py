"""NT: outreach, sums of measures over counted activities of the period (plan, parts I.1 and II)."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from kit.indicators.model import Scope

AUDIENCES = 7


def measure(*columns: str, kinds: tuple[str, ...] = (), blank: int | None = None) -> Callable[[Scope], pd.DataFrame]:
    """Return a formula: Σ of ``columns`` over activities of the given kinds (all when empty).

    ``blank`` is what a missing value counts as; without it a missing value adds nothing, and where no row carries the
    measure the sum is missing.
    """

    def compute(scope: Scope) -> pd.DataFrame:
        frame = scope.period_activities
        if kinds:
            frame = frame.loc[frame["kind"].isin(kinds)]
        values = frame[list(columns)] if blank is None else frame[list(columns)].fillna(blank)
        carried = values.notna().any(axis=1)
        amount = values.fillna(0).sum(axis=1).astype("int64")
        return or_nothing(scope, scope.total(frame.assign(amount=amount).loc[carried], "amount"), scope.count(frame))

    return compute


def or_nothing(scope: Scope, totals: pd.Series, rows: pd.Series) -> pd.DataFrame:
    """Fill in "nothing counted": over no rows a unit that reported has 0, another nothing (indicators.md)."""
    silent = scope.reported.difference(rows.index)
    return pd.concat([totals, pd.Series(0, index=silent, dtype="int64")]).to_frame("numerator")


def audience_groups(scope: Scope) -> pd.DataFrame:
    """NT-03: distinct audience groups of 7."""
    frame = scope.period_activities
    told = frame.loc[frame["audiences"].notna(), ["owner", "audiences"]].drop_duplicates()
    told = told.assign(audience=told["audiences"].str.split(";")).explode("audience")
    found = or_nothing(scope, scope.distinct(told, ["audience"]), scope.count(frame))
    return found.reindex(scope.tree.units).assign(denominator=AUDIENCES)
