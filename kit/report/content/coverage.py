"""What the report says of policies: which are live, where they stand, which stages were told and which are silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from kit.indicators.byunit import among
from kit.indicators.policies import assigned_below
from kit.report.content.records import records
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
    def stages(self) -> list[dict]:
        """(policy, stage) of live policies: ``stage_start``, ``stage_end``, ``ended``, ``reached``, ``covered``."""
        frame = self.subject.scope.judgement.pair_stages
        rows = records(among(frame, "unit_id", {self.subject.unit_id}))
        return sorted(rows, key=itemgetter("policy_id", "stage"))

    @cached_property
    def rows(self) -> list[dict]:
        """Live policies by start of their window: the reference fields, ``reached``, ``covered``, ``state``."""
        live = records(self.subject.scope.judgement.policies)
        found = [one | self._judged(one["policy_id"]) for one in live if one["policy_id"] in self._stages]
        return sorted(found, key=itemgetter("window_start", "policy_id"))

    def _judged(self, policy_id: str) -> dict:
        reached = [stage for stage in self._stages[policy_id] if stage["reached"]]
        covered = sum(stage["covered"] for stage in reached)
        state = WAITING if not reached else NONE if not covered else FULL if covered == len(reached) else PART
        return {"reached": len(reached), "covered": covered, "state": state}

    def told(self, policy_id: str) -> int:
        """How many communications a policy has."""
        return self._told.get(policy_id, 0)

    @cached_property
    def _told(self) -> Counter[str]:
        return Counter(one["policy_id"] for one in self.communications)

    def assigned(self, policy_id: str) -> tuple[int, int]:
        """How many assigned units have told a judged policy themselves, and how many are assigned."""
        own = self.pairs.get(policy_id, ())
        return sum(one["told"] for one in own), len(own)

    @cached_property
    def communications(self) -> list[dict]:
        """Communications of the unit's subtree within their policy's window, up to T: ``policy_id, date, form``."""
        members, order = set(self.subject.members), ["date", "owner", "activity_id"]
        rows = records(self.subject.scope.judgement.communications[[*order, "policy_id", "form"]])
        own = (one for one in rows if one["owner"] in members and one["policy_id"] in self._stages)
        return sorted(own, key=itemgetter(*order))

    @cached_property
    def silent(self) -> list[dict]:
        """Reached stages without any communication, with ``still_open``: the stage can yet be told after T."""
        return [
            {**stage, "still_open": stage["stage_end"] > self.subject.cutoff}
            for policy in self.rows
            for stage in self._stages[policy["policy_id"]]
            if stage["reached"] and not stage["covered"]
        ]

    @cached_property
    def pairs(self) -> dict[str, list[dict]]:
        """Judged policy → ``owner`` of each assignment, ``told`` when that unit itself communicated (CS-07)."""
        found: dict[str, list[dict]] = {}
        for policy, owner, told in assigned_below(self.subject.scope, self.subject.unit_id):
            found.setdefault(policy, []).append({"owner": owner, "told": told})
        return found

    def title(self, policy_id: str) -> str:
        """The title of a policy; its id where it has none."""
        return self.titles.get(policy_id, policy_id)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of all policies of the reference table."""
        frame = self.subject.data.frames["policies"]
        return dict(zip(frame["policy_id"], frame["title"].fillna(frame["policy_id"]), strict=True))

    def now(self, policy: dict) -> str:
        """Where a policy stands on T: the code of its stage, or that it is adopted."""
        cutoff = self.subject.cutoff
        if policy["window_end"] <= cutoff:
            return "Đã thông qua"
        own = self._stages.get(policy["policy_id"], ())
        current = [one["stage"] for one in own if one["stage_start"] <= cutoff <= one["stage_end"]]
        return current[-1] if current else "–"

    def stage_words(self, policy_id: str) -> str:
        """``G1: có; G2: chưa``: whether each stage reached was told; ``–`` for none."""
        reached = (one for one in self._stages.get(policy_id, ()) if one["reached"])
        return "; ".join(f"{one['stage']}:\u00a0{'có' if one['covered'] else 'chưa'}" for one in reached) or "–"

    @cached_property
    def just_begun(self) -> bool:
        """True when a stage has begun by T but is too young to be judged."""
        return any(one["stage_start"] <= self.subject.cutoff and not one["reached"] for one in self.stages)

    def stage_codes(self, policy_id: str, what: str) -> str:
        """``G1, G2``: the stages of a policy that are ``reached`` or ``covered``; ``–`` for none."""
        return ", ".join(one["stage"] for one in self._stages.get(policy_id, ()) if one[what]) or "–"

    @cached_property
    def _stages(self) -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {}
        for one in self.stages:
            found.setdefault(one["policy_id"], []).append(one)
        return found
