"""NT: outreach, sums of measures over counted activities of the period (plan, parts I.1 and II)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kit.indicators.model import Scope

AUDIENCES = 7


@dataclass(frozen=True)
class Measure:
    """A formula: Σ of ``columns`` over counted activities of the period of the given kinds (all when empty).

    ``blank`` is what a missing value counts as; without it a missing value adds nothing, and where no row carries the
    measure the sum is missing.
    """

    columns: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    blank: int | None = None

    def rows(self, scope: Scope) -> pd.DataFrame:
        """The activities that count, with ``amount`` (``Int64``; missing: the row does not carry the measure)."""
        frame = scope.period_activities
        if self.kinds:
            frame = frame.loc[frame["kind"].isin(self.kinds)]
        values = frame[list(self.columns)]
        values = values if self.blank is None else values.fillna(self.blank)
        amount = values.fillna(0).sum(axis=1).astype("Int64")
        return frame.assign(amount=amount.where(values.notna().any(axis=1)))

    def __call__(self, scope: Scope) -> pd.DataFrame:
        """The totals of all units."""
        frame = self.rows(scope)
        carried = frame.loc[frame["amount"].notna()]
        total = scope.total(carried.assign(amount=carried["amount"].astype("int64")), "amount")
        return or_nothing(scope, total, scope.count(frame))


def measure(*columns: str, kinds: tuple[str, ...] = (), blank: int | None = None) -> Measure:
    """Return the formula of a measure (``Measure``)."""
    return Measure(columns, kinds, blank)


def or_nothing(scope: Scope, totals: pd.Series, rows: pd.Series) -> pd.DataFrame:
    """Fill in "nothing counted": over no rows a unit that reported has 0, another nothing (indicators.md)."""
    silent = pd.Index(sorted(scope.reported_units), dtype="str").difference(rows.index)
    return pd.concat([totals, pd.Series(0, index=silent, dtype="int64")]).to_frame("numerator")


def audience_groups(scope: Scope) -> pd.DataFrame:
    """NT-03: distinct audience groups of 7."""
    frame = scope.period_activities
    told = frame.loc[frame["audiences"].notna(), ["owner", "audiences"]].drop_duplicates()
    told = told.assign(audience=told["audiences"].str.split(";")).explode("audience")
    found = or_nothing(scope, scope.distinct(told, ["audience"]), scope.count(frame))
    return found.reindex(scope.tree.units).assign(denominator=AUDIENCES)
