"""What a figure rests on: the things it counts, and the rows of the tables behind each of them.

The same building blocks as the formulas (``Scope``, ``Judgement``, ``Measure``), for one unit; sums over the things are
the figures of the results table, which a test proves for every indicator and unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from kit.indicators.model import Indicator, Scope

NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class Thing:
    """One counted thing: ``key`` (policy, policy and stage, unit and group, …; a row's own table and label).

    ``numerator`` and ``denominator`` are what it adds (``None``: nothing can be added, as for a count's denominator);
    ``days`` only for a median. ``rows`` are (table, label of the row in its frame).
    """

    key: tuple[str, ...]
    numerator: Fraction | int | None
    denominator: Fraction | int | None
    rows: tuple[tuple[str, object], ...] = ()
    days: int | None = None

    @property
    def part(self) -> str:
        """Where it counts: in the numerator (and denominator), or in the denominator only."""
        return NUMERATOR if self.numerator or self.days is not None else DENOMINATOR


@dataclass(frozen=True)
class View:
    """One unit's part of a scope: its own rows, those passed on to it and those of its subtree."""

    scope: Scope
    unit_id: str
    members: frozenset[str]

    @classmethod
    def of(cls, scope: Scope, unit_id: str) -> View:
        """The view of a unit valid on T."""
        return cls(scope, unit_id, frozenset(scope.tree.subtree(unit_id)))

    def own(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows with an ``owner`` of the subtree."""
        return frame.loc[frame["owner"].isin(self.members)]

    def mine(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of a pooled frame (``unit_id``) that belong to the unit itself."""
        return frame.loc[frame["unit_id"] == self.unit_id]


Finder = Callable[[View, Indicator], list[Thing]]


def by_row(table: str, frame: pd.DataFrame, numerator: pd.Series, denominator: pd.Series | None) -> list[Thing]:
    """Every row is a thing; amounts are exact."""
    below = [None] * len(frame) if denominator is None else denominator
    return [
        Thing((table, str(at)), _exact(n), _exact(d), ((table, at),))
        for at, n, d in zip(frame.index, numerator, below, strict=True)
    ]


def _exact(value: object) -> Fraction | int | None:
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, float):
        return Fraction(repr(float(value)))  # money is added as written
    return value if isinstance(value, Fraction) else int(value)  # type: ignore[call-overload]


def grouped(frame: pd.DataFrame, columns: list[str], table: str) -> Mapping[tuple, tuple[tuple[str, object], ...]]:
    """Addresses of rows by the columns given, rows without one of them left out.

    The labels of the rows are those of the typed table, or stand in ``_at``.
    """
    rows = frame.assign(_at=frame.get("_at", frame.index)).dropna(subset=columns)
    found: dict[tuple, tuple] = {}
    for *key, at in rows[[*columns, "_at"]].itertuples(index=False, name=None):
        found[tuple(key)] = (*found.get(tuple(key), ()), (table, at))
    return found


def evidence(scope: Scope, indicator: Indicator, unit_id: str) -> list[Thing]:
    """Return the things that an indicator counts for a unit valid on T, in a fixed order."""
    from kit.indicators.evidence_rows import FINDERS  # that module builds on this one

    return FINDERS[indicator.id](View.of(scope, unit_id), indicator)


def sums(things: Iterable[Thing]) -> tuple[Fraction | int | None, Fraction | int | None]:
    """Numerator and denominator of all things together; ``None`` where none adds anything."""
    numerators = [thing.numerator for thing in things if thing.numerator is not None]
    denominators = [thing.denominator for thing in things if thing.denominator is not None]
    return (sum(numerators) if numerators else None, sum(denominators) if denominators else None)


def set_aside(scope: Scope, indicator: Indicator, unit_id: str) -> list[tuple[str, object]]:
    """Return the rows (table, label) of the plan year that the indicator leaves out because of errors."""
    view = View.of(scope, unit_id)
    found = []
    for table in indicator.tables or scope.frames:
        frame = scope.frames[table]
        rows = frame.loc[frame["_set_aside"] & (frame["_year"] == scope.period.year)]
        owners = scope.tree.owner(rows["_unit"])
        found += [(table, at) for at in rows.index[owners.isin(view.members)]]
    return found
