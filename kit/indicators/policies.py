"""CS: communication of draft policies by stage (indicators.md, "Policies"; Quyết định 407/QĐ-TTg, mục tiêu)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from kit.indicators.byunit import ByUnit
from kit.indicators.model import Scope, ratio
from kit.indicators.rollup import FAR

STAGES = {"G1": "proposal_consultation_date", "G2": "draft_consultation_date", "G3": "appraisal_date"}
CRITERIA = ["needs_proposal", "direct_effect", "contested", "wide_effect"]
PAIR = ["unit_id", "policy_id"]


@dataclass(frozen=True)
class Judgement:
    """What CS-01 … CS-07 count.

    ``policies``: live policies with ``window_start``, ``window_end``. ``stages``: their stages with ``stage``,
    ``stage_start``, ``stage_end``, ``ended``. ``communications``: one row for each communication inside its policy's
    window, with ``owner``, ``stage`` and ``_at``, the label of its row in the table. ``pairs``: (unit, judged policy)
    with ``reached`` and ``covered`` stages counted and the ``first`` communication. ``pair_stages``: (unit, live
    policy, stage) with ``reached``, ``covered``. ``assigned``: (owner, policy) of live policies.
    """

    policies: pd.DataFrame
    stages: pd.DataFrame
    communications: pd.DataFrame
    pairs: pd.DataFrame
    pair_stages: pd.DataFrame
    assigned: pd.DataFrame

    @cached_property
    def by_unit(self) -> dict[str, ByUnit]:
        """The frames that have rows of units, by unit."""
        whose = {"pairs": "unit_id", "pair_stages": "unit_id", "communications": "owner", "assigned": "owner"}
        return {name: ByUnit(getattr(self, name), column) for name, column in whose.items()}


def judge(scope: Scope) -> Judgement:
    """Work out which policies are live, reached and judged for every unit, and which stages were communicated."""
    policies = live_policies(scope)
    stages = policy_stages(policies, scope.cutoff)
    communications = _communications(scope, policies, stages)
    assigned = _assigned(scope, policies)
    live = scope.tree.pool(assigned)[PAIR].drop_duplicates()
    covered = scope.tree.pool(communications[["owner", "policy_id", "stage"]].drop_duplicates())
    covered = covered[[*PAIR, "stage"]].drop_duplicates().assign(covered=True)
    pair_stages = live.merge(stages, on="policy_id").merge(covered, on=[*PAIR, "stage"], how="left")
    pair_stages["covered"] = pair_stages["covered"].notna()
    grace = pd.Timedelta(days=scope.params.start_grace_days)
    elapsed = pair_stages["stage_start"] + grace <= scope.cutoff
    pair_stages["reached"] = pair_stages["covered"] | pair_stages["ended"] | elapsed
    pairs = _pairs(scope, pair_stages, policies, communications)
    return Judgement(policies, stages, communications, pairs, pair_stages, assigned)


def live_policies(scope: Scope) -> pd.DataFrame:
    """Policies in scope whose window touches the period, not withdrawn on or before T."""
    frame = scope.frames["policies"]
    frame = frame.loc[~frame["_set_aside"] & frame[CRITERIA].all(axis=1).astype(bool)]
    first, second, third = (frame[column] for column in STAGES.values())
    start = first.fillna(second).fillna(third)
    frame = frame.assign(window_start=start, window_end=frame["adoption_date"].fillna(FAR))
    gone = frame["withdrawn_date"] <= scope.cutoff
    return frame.loc[~gone & (frame["window_start"] <= scope.cutoff) & (frame["window_end"] >= scope.start)]


def policy_stages(policies: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """Stages that apply: ``stage_start`` to ``stage_end`` (both included), and whether they ``ended`` by T."""
    parts = []
    following = policies["window_end"] + pd.Timedelta(days=1)  # the last stage includes the day of adoption
    begun = policies["window_end"] <= cutoff  # … and has ended once the policy is adopted
    for stage, column in reversed(STAGES.items()):
        start = policies[column]
        known = start.notna()
        part = pd.DataFrame(
            {
                "policy_id": policies["policy_id"],
                "stage": stage,
                "stage_start": start,
                "stage_end": following - pd.Timedelta(days=1),
                "ended": begun,
            }
        )
        parts.append(part.loc[known & (start < following)])
        following = start.where(known, following)
        begun = (start <= cutoff).where(known, begun)
    return pd.concat(parts, ignore_index=True).sort_values(["policy_id", "stage"], ignore_index=True)


def _assigned(scope: Scope, policies: pd.DataFrame) -> pd.DataFrame:
    frame = scope.frames["assignments"]
    frame = frame.loc[~frame["_set_aside"] & frame["policy_id"].isin(policies["policy_id"])]
    frame = pd.DataFrame({"owner": scope.tree.owner(frame["unit_id"]), "policy_id": frame["policy_id"]})
    return frame.dropna().drop_duplicates(ignore_index=True)


def _communications(scope: Scope, policies: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Communications within their policy's window; taking part counts, so owner and channel do not matter."""
    frame = scope.rows("activities")
    frame = frame.loc[(frame["kind"] == "policy_communication") & (frame["date"] <= scope.cutoff)]
    frame = frame.assign(_at=frame.index)  # a figure can be traced to its rows (kit.indicators.evidence)
    frame = frame.merge(policies[["policy_id", "window_start", "window_end"]], on="policy_id")
    frame = frame.loc[frame["date"].between(frame["window_start"], frame["window_end"])]
    frame = frame.merge(stages.drop(columns="ended"), on="policy_id")
    return frame.loc[frame["date"].between(frame["stage_start"], frame["stage_end"])]


def _pairs(
    scope: Scope, pair_stages: pd.DataFrame, policies: pd.DataFrame, communications: pd.DataFrame
) -> pd.DataFrame:
    reached = pair_stages.loc[pair_stages["reached"]]
    pairs = reached.groupby(PAIR, as_index=False).agg(reached=("reached", "sum"), covered=("covered", "sum"))
    own = communications.groupby(["owner", "policy_id"], as_index=False)["date"].min()
    first = scope.tree.pool(own).groupby(PAIR, as_index=False)["date"].min().rename(columns={"date": "first"})
    pairs = pairs.merge(first, on=PAIR, how="left")
    pairs = pairs.merge(policies[["policy_id", "window_start"]], on="policy_id")
    return pairs.assign(days=(pairs["first"] - pairs["window_start"]).dt.days)


def _share(scope: Scope, hit: Callable[[pd.DataFrame], pd.Series]) -> pd.DataFrame:
    pairs = scope.judgement.pairs
    return _by_unit(pairs.assign(hit=hit(pairs)), "hit")


def _by_unit(pairs: pd.DataFrame, hit: str) -> pd.DataFrame:
    groups = pairs.groupby("unit_id")[hit]
    return ratio(groups.sum().astype("int64"), groups.size())


def full_coverage(scope: Scope) -> pd.DataFrame:
    """CS-01."""
    return _share(scope, lambda pairs: pairs["covered"] == pairs["reached"])


def any_coverage(scope: Scope) -> pd.DataFrame:
    """CS-02."""
    return _share(scope, lambda pairs: pairs["first"].notna())


def from_the_start(scope: Scope) -> pd.DataFrame:
    """CS-03."""
    return _share(scope, lambda pairs: pairs["days"] <= scope.params.start_grace_days)


def stage_coverage(scope: Scope) -> pd.DataFrame:
    """CS-04."""
    groups = scope.judgement.pairs.groupby("unit_id")
    return ratio(groups["covered"].sum(), groups["reached"].sum())


def content_coverage(scope: Scope) -> pd.DataFrame:
    """CS-05."""
    judgement = scope.judgement
    contents = judgement.communications[["owner", "policy_id", "contents"]].dropna()
    contents = contents.assign(content=contents["contents"].str.split(";")).explode("content")
    contents = contents.loc[contents["content"].isin(list("123456")), ["owner", "policy_id", "content"]]
    pooled = scope.tree.pool(contents.drop_duplicates())[[*PAIR, "content"]].drop_duplicates()
    told = judgement.pairs.loc[judgement.pairs["first"].notna(), PAIR]
    return ratio(pooled.merge(told, on=PAIR).groupby("unit_id").size(), told.groupby("unit_id").size() * 6)


def days_to_first(scope: Scope) -> pd.DataFrame:
    """CS-06: the median in ``value``, the number of policies behind it in ``denominator``."""
    pairs = scope.judgement.pairs
    days = pairs.loc[pairs["first"].notna()].groupby("unit_id")["days"]
    return pd.DataFrame({"value": days.median(), "numerator": np.nan, "denominator": days.size()})


def assigned_units(scope: Scope) -> pd.DataFrame:
    """CS-07."""
    return _by_unit(assigned_pairs(scope), "told")


def assigned_pairs(scope: Scope) -> pd.DataFrame:
    """(unit, judged policy, assigned ``owner`` of its subtree) and whether that unit itself communicated it."""
    judgement = scope.judgement
    pooled = scope.tree.pool(judgement.assigned.assign(told=_told_itself(judgement)))
    judged = set(_keys(judgement.pairs, "unit_id"))
    return pooled.loc[[key in judged for key in _keys(pooled, "unit_id")]]


def assigned_below(scope: Scope, unit_id: str) -> Iterator[tuple[str, str, bool]]:
    """What ``assigned_pairs`` has of one unit, in any order: policy, assigned ``owner``, whether it communicated."""
    judgement, members = scope.judgement, set(scope.tree.subtree(unit_id))
    judged = {policy for unit, policy in _keys(judgement.pairs, "unit_id") if unit == unit_id}
    for (owner, policy), told in zip(_keys(judgement.assigned, "owner"), _told_itself(judgement), strict=True):
        if owner in members and policy in judged:
            yield policy, owner, told


def _told_itself(judgement: Judgement) -> list[bool]:
    told = set(_keys(judgement.communications, "owner"))
    return [key in told for key in _keys(judgement.assigned, "owner")]


def _keys(frame: pd.DataFrame, whose: str) -> Iterator[tuple[str, str]]:
    return zip(frame[whose].tolist(), frame["policy_id"].tolist(), strict=True)
