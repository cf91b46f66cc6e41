"""What the indicators of policies (CS) count: judged policies, their stages and contents, the units assigned."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from kit.indicators.evidence import Finder, Thing, View, grouped
from kit.indicators.model import Indicator
from kit.indicators.policies import assigned_pairs


def _policies(view: View) -> dict[str, tuple]:
    """Addresses that make a policy the unit's: its own row and those of its assignments to the subtree."""
    frames, tree = view.scope.frames, view.scope.tree
    reference, given = frames["policies"], frames["assignments"]
    given = given.loc[~given["_set_aside"] & given["unit_id"].map(tree.receiver).isin(view.members)]
    known = grouped(reference.loc[~reference["_set_aside"]], ["policy_id"], "policies")
    assigned = grouped(given, ["policy_id"], "assignments")
    return {key[0]: rows + assigned.get(key, ()) for key, rows in known.items()}


def _communications(view: View, *columns: str) -> dict[tuple, tuple]:
    return dict(grouped(view.own(view.scope.judgement.communications), list(columns), "activities"))


def _judged(hit: Callable[[pd.DataFrame, View], pd.Series]) -> Finder:
    """CS-01 to CS-03: judged policies; ``hit`` says which are in the numerator."""

    def find(view: View, _: Indicator) -> list[Thing]:
        pairs = view.mine(view.scope.judgement.pairs)
        known, told = _policies(view), _communications(view, "policy_id")
        return [
            Thing((policy,), int(yes), 1, known[policy] + told.get((policy,), ()))
            for policy, yes in zip(pairs["policy_id"], hit(pairs, view), strict=True)
        ]

    return find


def _stages(view: View, _: Indicator) -> list[Thing]:
    """CS-04."""
    pairs = view.mine(view.scope.judgement.pair_stages)
    pairs = pairs.loc[pairs["reached"] & pairs["policy_id"].isin(view.mine(view.scope.judgement.pairs)["policy_id"])]
    known, told = _policies(view), _communications(view, "policy_id", "stage")
    return [
        Thing((row.policy_id, row.stage), int(row.covered), 1, known[row.policy_id] + told.get(tuple(row)[:2], ()))
        for row in pairs[["policy_id", "stage", "covered"]].sort_values(["policy_id", "stage"]).itertuples(index=False)
    ]


def _contents(view: View, _: Indicator) -> list[Thing]:
    """CS-05: 6 for each policy communicated, of which the distinct contents."""
    pairs = view.mine(view.scope.judgement.pairs)
    rows = view.own(view.scope.judgement.communications)
    codes = {
        policy: {code for text in part["contents"].dropna() for code in text.split(";")} & set("123456")
        for policy, part in rows.groupby("policy_id")
    }
    told = _communications(view, "policy_id")
    return [
        Thing((policy,), len(codes[policy]), 6, told[(policy,)])
        for policy in pairs.loc[pairs["first"].notna(), "policy_id"]
    ]


def _first_days(view: View, _: Indicator) -> list[Thing]:
    """CS-06: the days to the first communication; the median is of them."""
    pairs = view.mine(view.scope.judgement.pairs)
    told = _communications(view, "policy_id", "date")
    known = pairs.loc[pairs["first"].notna()]
    return [
        Thing((row.policy_id,), None, 1, told[(row.policy_id, row.first)], days=int(row.days))
        for row in known[["policy_id", "first", "days"]].itertuples(index=False)
    ]


def _assigned(view: View, _: Indicator) -> list[Thing]:
    """CS-07: (policy, assigned unit)."""
    frame, tree = view.scope.frames["assignments"], view.scope.tree
    frame = frame.loc[~frame["_set_aside"]].assign(owner=tree.owner(frame["unit_id"]))
    given, told = grouped(frame, ["policy_id", "owner"], "assignments"), _communications(view, "policy_id", "owner")
    pairs = view.mine(assigned_pairs(view.scope)).sort_values(["policy_id", "owner"])
    return [
        Thing((policy, owner), int(yes), 1, given[(policy, owner)] + told.get((policy, owner), ()))
        for policy, owner, yes in zip(pairs["policy_id"], pairs["owner"], pairs["told"], strict=True)
    ]


POLICY_FINDERS: dict[str, Finder] = {
    "CS-01": _judged(lambda pairs, _: pairs["covered"] == pairs["reached"]),
    "CS-02": _judged(lambda pairs, _: pairs["first"].notna()),
    "CS-03": _judged(lambda pairs, view: pairs["days"] <= view.scope.params.start_grace_days),
    "CS-04": _stages,
    "CS-05": _contents,
    "CS-06": _first_days,
    "CS-07": _assigned,
}
