"""A unit's scope cut out of the whole period's, so that what was judged for all units is not judged again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kit.indicators.model import Scope
from kit.indicators.policies import Judgement

ROWS = {"counted_activities": "activities", "year_tasks": "tasks"}  # what a scope singles out → of which table


def cut_scope(whole: Scope, frames: Mapping[str, pd.DataFrame], units: Collection[str]) -> Scope:
    """Return the scope of ``frames``, a slice of the period's that has all rows of the valid ``units`` of a subtree.

    Its judgement is taken from ``whole`` where that has been made already; it holds what concerns ``units``.
    """
    if frames["units"] is whole.frames["units"]:
        made = replace(whole, frames=frames)
    else:
        made = replace(whole, frames=frames, tree=whole.tree.part(frames["units"]["unit_id"]))
    if "judgement" in vars(whole):
        cut = _cut(whole.judgement, units, frames["policies"]["policy_id"])
        told = cut.communications.assign(_at=_labels(whole, "activities", frames, cut.communications["_at"]))
        vars(made)["judgement"] = replace(cut, communications=told)
        vars(made).update({name: _rows(whole, name, frames) for name in ROWS})
        answered = [unit for unit in units if unit in whole.reported_units]
        vars(made).update(reported=pd.Index(answered), reported_units=frozenset(answered))
    return made


def _cut(whole: Judgement, units: Collection[str], policies: pd.Series) -> Judgement:
    cut = {name: taken(getattr(whole, name), gathered(places, units)) for name, places in whole.places.items()}
    live = {name: getattr(whole, name) for name in ("policies", "stages")}
    kept = {name: frame.loc[frame["policy_id"].isin(policies)] for name, frame in live.items()}
    return Judgement(**kept, **cut)


def _rows(whole: Scope, name: str, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Of rows that the whole period's scope has singled out, those that a slice has."""
    units = frames[ROWS[name]]["_unit"].unique()
    found = taken(getattr(whole, name), gathered(whole.places[name], units))
    return found.set_axis(_labels(whole, ROWS[name], frames, found.index))


def _labels(whole: Scope, table: str, frames: Mapping[str, pd.DataFrame], at: pd.Index | pd.Series) -> np.ndarray:
    """What rows of a table of the whole period are labelled in a slice of them that keeps their order."""
    rows = frames[table]
    places = gathered(whole.places[table], rows["_unit"].unique())
    return rows.index.to_numpy()[np.searchsorted(whole.frames[table].index[places], at)]


def taken(frame: pd.DataFrame, places: np.ndarray) -> pd.DataFrame:
    """Return the rows at ascending positions with their labels; those that lie together are not copied."""
    together = len(places) and places[-1] - places[0] + 1 == len(places)
    return frame.iloc[places[0] : places[-1] + 1] if together else frame.take(places)


def gathered(places: Mapping[str, np.ndarray], units: Iterable[str]) -> np.ndarray:
    """Return the positions of all rows of some units, ascending."""
    found = [places[unit] for unit in units if unit in places]
    return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)
