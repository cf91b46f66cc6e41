"""A unit's scope cut out of the whole period's, so that what was judged for all units is not judged again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kit.indicators.byunit import among, gathered
from kit.indicators.model import SINGLED_OUT, Scope
from kit.indicators.policies import Judgement


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
        vars(made).update({name: _rows(whole, name, frames) for name in SINGLED_OUT})
        vars(made)["reported_units"] = whole.reported_units & set(units)
    return made


def _cut(whole: Judgement, units: Collection[str], policies: pd.Series) -> Judgement:
    cut = {name: owned.rows(gathered(owned.places, units)) for name, owned in whole.by_unit.items()}
    live = {name: getattr(whole, name) for name in ("policies", "stages")}
    known = set(policies.tolist())
    kept = {name: among(frame, "policy_id", known) for name, frame in live.items()}
    return Judgement(**kept, **cut)


def _rows(whole: Scope, name: str, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Of rows that the whole period's scope has singled out, those that a slice has."""
    table, owned = SINGLED_OUT[name], whole.singled_out[name]
    found = owned.rows(gathered(owned.places, set(frames[table]["_unit"].tolist())))
    return found.set_axis(_labels(whole, table, frames, found.index))


def _labels(whole: Scope, table: str, frames: Mapping[str, pd.DataFrame], at: pd.Index | pd.Series) -> np.ndarray:
    """What rows of a table of the whole period are labelled in a slice of them that keeps their order."""
    rows = frames[table]
    places = gathered(whole.by_unit[table].places, set(rows["_unit"].tolist()))
    return rows.index.to_numpy()[np.searchsorted(whole.frames[table].index[places], at)]
