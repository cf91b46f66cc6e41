"""What the report says of policies: which are live, where they stand, which stages were told and which are silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kit.indicators.policies import assigned_pairs
from kit.report.content.subject import Subject

STAGES = {"G1": "lấy ý kiến đề nghị xây dựng", "G2": "lấy ý kiến dự thảo", "G3": "thẩm định, thẩm tra"}
STAGE_KEY = "G1: lấy ý kiến đề nghị xây dựng văn bản; G2: lấy ý kiến dự thảo; G3: thẩm định, thẩm tra."
FULL, PART, NONE, WAITING = "full", "part", "none", "waiting"
# state → status code and words
STATES = {
    FULL: ("met", "Đủ giai đoạn"),
    PART: ("nearly", "Một phần"),
    NONE: ("not_met", "Chưa truyền thông"),
    WAITING: ("no_data", "Chưa đánh giá"),
}


@dataclass(frozen=True)
class Coverage:
    """Policies of one unit in one period."""

    subject: Subject

    @cached_property
    def stages(self) -> pd.DataFrame:
        """(policy, stage) of live policies: ``stage_start``, ``stage_end``, ``ended``, ``reached``, ``covered``."""
        frame = self.subject.scope.judgement.pair_stages
        frame = frame.loc[frame["unit_id"] == self.subject.unit_id]
        return frame.sort_values(["policy_id", "stage"], ignore_index=True)

    @cached_property
    def policies(self) -> pd.DataFrame:
        """Live policies by start of their window: the reference fields, ``reached``, ``covered``, ``state``."""
        frame = self.subject.scope.judgement.policies
        frame = frame.loc[frame["policy_id"].isin(self.stages["policy_id"])]
        by_policy = self.stages.loc[self.stages["reached"]].groupby("policy_id")
        reached = frame["policy_id"].map(by_policy.size()).fillna(0).astype("int64")
        covered = frame["policy_id"].map(by_policy["covered"].sum()).fillna(0).astype("int64")
        state = pd.Series(PART, index=frame.index, dtype="str")
        state = state.mask(covered == reached, FULL).mask(covered == 0, NONE).mask(reached == 0, WAITING)
        frame = frame.assign(reached=reached, covered=covered, state=state)
        return frame.sort_values(["window_start", "policy_id"], ignore_index=True)

    @cached_property
    def rows(self) -> list[dict]:
        """``policies`` as records."""
        return self.policies.to_dict("records")

    def told(self, policy_id: str) -> int:
        """How many communications a policy has."""
        return self._told.get(policy_id, 0)

    @cached_property
    def _told(self) -> Counter[str]:
        return Counter(self.communications["policy_id"])

    def assigned(self, policy_id: str) -> tuple[int, int]:
        """How many assigned units have told a judged policy themselves, and how many are assigned."""
        own = self._assigned.get(policy_id, ())
        return sum(own), len(own)

    @cached_property
    def _assigned(self) -> dict[str, list[bool]]:
        found: dict[str, list[bool]] = {}
        for id, told in zip(self.pairs["policy_id"], self.pairs["told"], strict=True):
            found.setdefault(id, []).append(bool(told))
        return found

    @cached_property
    def communications(self) -> pd.DataFrame:
        """Communications of the unit's subtree within their policy's window, up to T."""
        frame = self.subject.scope.judgement.communications
        kept = frame["owner"].isin(self.subject.members) & frame["policy_id"].isin(self.policies["policy_id"])
        return frame.loc[kept].sort_values(["date", "owner", "activity_id"], ignore_index=True)

    @cached_property
    def silent(self) -> pd.DataFrame:
        """Reached stages without any communication, with ``still_open``: the stage can yet be told after T."""
        frame = self.stages.loc[self.stages["reached"] & ~self.stages["covered"]]
        at = {id: place for place, id in enumerate(self.policies["policy_id"])}
        frame = frame.loc[[id in at for id in frame["policy_id"]]]
        places = [at[id] for id in frame["policy_id"]]
        known = {name: self.policies[name].take(places).array for name in ("title", "window_start")}
        frame = frame.assign(**known, still_open=frame["stage_end"] > self.subject.cutoff)
        return frame.sort_values(["window_start", "policy_id", "stage"], ignore_index=True)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """(policy, assigned unit) of judged policies, ``told`` when that unit itself communicated (CS-07)."""
        frame = assigned_pairs(self.subject.scope)
        return frame.loc[frame["unit_id"] == self.subject.unit_id]

    def title(self, policy_id: str) -> str:
        """The title of a policy; its id where it has none."""
        return self.titles.get(policy_id, policy_id)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of all policies of the reference table."""
        frame = self.subject.data.frames["policies"]
        return dict(zip(frame["policy_id"], frame["title"].fillna(frame["policy_id"]), strict=True))

    def now(self, policy: dict) -> str:
        """Where a policy stands on T: its stage in words, or that it is adopted."""
        cutoff = self.subject.cutoff
        if policy["window_end"] <= cutoff:
            return "Đã thông qua, ban hành"
        own = self._stages.get(policy["policy_id"], ())
        current = [one["stage"] for one in own if one["stage_start"] <= cutoff <= one["stage_end"]]
        return STAGES[current[-1]].capitalize() if current else "–"

    def stage_codes(self, policy_id: str, what: str) -> str:
        """``G1, G2``: the stages of a policy that are ``reached`` or ``covered``; ``–`` for none."""
        return ", ".join(one["stage"] for one in self._stages.get(policy_id, ()) if one[what]) or "–"

    @cached_property
    def _stages(self) -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {}
        for one in self.stages.to_dict("records"):
            found.setdefault(one["policy_id"], []).append(one)
        return found
