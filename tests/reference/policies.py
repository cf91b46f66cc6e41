"""CS-01 … CS-07: communication of draft policies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .figures import Figure, ratio
from .pool import Pool
from .rows import Row
from .values import match_form

CRITERIA = ("needs_proposal", "direct_effect", "contested", "wide_effect")
STAGE_DATES = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date")


@dataclass(frozen=True)
class Stage:
    """A stage from `start` until the day before `next_start`, the last one to the adoption, that day included."""

    start: date
    next_start: date | None
    adoption: date | None

    def has(self, day: date) -> bool:
        if day < self.start:
            return False
        if self.next_start is not None:
            return day < self.next_start
        return self.adoption is None or day <= self.adoption

    def ended_by(self, day: date) -> bool:
        return any(end is not None and end <= day for end in (self.next_start, self.adoption))


def stages(policy: Row) -> list[Stage]:
    """The stages that apply: known date, and not beginning on the day the next known stage begins."""
    starts = [policy[name] for name in STAGE_DATES if policy[name] is not None]
    nexts = [*starts[1:], None][: len(starts)]
    return [
        Stage(start, following, policy["adoption_date"])
        for start, following in zip(starts, nexts, strict=True)
        if start != following
    ]


@dataclass(frozen=True)
class Communication:
    """A draft communication inside the policy's window, on or before T."""

    day: date
    contents: frozenset[str]


@dataclass(frozen=True)
class Judged:
    """A judged policy of one unit's figure: its reached stages and the subtree's communications of it."""

    policy: str
    window_start: date
    reached: list[Stage]
    communications: list[Communication]

    @property
    def covered(self) -> int:
        """Reached stages with at least one communication."""
        return sum(any(stage.has(each.day) for each in self.communications) for stage in self.reached)

    @property
    def days_to_first(self) -> int | None:
        if not self.communications:
            return None
        return (min(each.day for each in self.communications) - self.window_start).days


class PolicyFigures:
    """The CS figures of every unit."""

    def __init__(self, pool: Pool):
        self.pool, self.day = pool, pool.period.last
        rows = [row for row in pool.data.reference["policies"] if not row.set_aside]
        self.live = {row.key[0]: row for row in rows if self._live(row)}
        self.stages = {key: stages(row) for key, row in self.live.items()}
        self.assigned = self._assigned()
        self.communications = {unit: self._communications(unit) for unit in pool.tree.valid}

    def _live(self, policy: Row) -> bool:
        """In scope, not withdrawn by T, window begun by T and not closed before the period; assignment apart."""
        applicable = stages(policy)
        return (
            all(policy[name] for name in CRITERIA)
            and (policy["withdrawn_date"] is None or policy["withdrawn_date"] > self.day)
            and bool(applicable)
            and applicable[0].start <= self.day
            and (policy["adoption_date"] is None or policy["adoption_date"] >= self.pool.period.first)
        )

    def _assigned(self) -> dict[str, set[str]]:
        """Live policies by the valid unit they are assigned to, itself or by succession."""
        assigned: dict[str, set[str]] = defaultdict(set)
        for row in self.pool.data.reference["assignments"]:
            if row.set_aside or match_form(row["policy_id"]) not in self.live:
                continue
            receiver = self.pool.tree.receiver(match_form(row["unit_id"]))
            if receiver is not None:
                assigned[receiver].add(match_form(row["policy_id"]))
        return assigned

    def _communications(self, unit: str) -> dict[str, list[Communication]]:
        """Communications of live policies by the unit itself, owner or not, counted elsewhere or not."""
        found: dict[str, list[Communication]] = defaultdict(list)
        for row in self.pool.received("activities", unit):
            if row["kind"] != "policy_communication" or match_form(row["policy_id"]) not in self.live:
                continue
            key = match_form(row["policy_id"])
            if row["date"] <= self.day and any(stage.has(row["date"]) for stage in self.stages[key]):
                found[key].append(Communication(row["date"], frozenset(row["contents"] or ())))
        return found

    def judged(self, unit: str) -> list[Judged]:
        """The judged policies of the unit's figure."""
        members = self.pool.subtree(unit)
        found = []
        for key in sorted(set().union(*(self.assigned[member] for member in members))):
            done = [each for member in members for each in self.communications[member].get(key, ())]
            reached = [stage for stage in self.stages[key] if self._reached(stage, done)]
            if reached:
                found.append(Judged(key, self.stages[key][0].start, reached, done))
        return found

    def _reached(self, stage: Stage, done: Iterable[Communication]) -> bool:
        grace = timedelta(days=self.pool.parameters.start_grace_days)
        return any(stage.has(each.day) for each in done) or stage.ended_by(self.day) or stage.start + grace <= self.day

    def figures(self, unit: str) -> dict[str, Figure]:
        """CS-01 … CS-07 of one unit."""
        judged = self.judged(unit)
        communicated = [each for each in judged if each.communications]
        grace = self.pool.parameters.start_grace_days
        contents = [frozenset().union(*(done.contents for done in each.communications)) for each in communicated]
        return {
            "CS-01": ratio(sum(each.covered == len(each.reached) for each in judged), len(judged)),
            "CS-02": ratio(len(communicated), len(judged)),
            "CS-03": ratio(sum(each.days_to_first <= grace for each in communicated), len(judged)),
            "CS-04": ratio(sum(each.covered for each in judged), sum(len(each.reached) for each in judged)),
            "CS-05": ratio(sum(len(found & frozenset("123456")) for found in contents), 6 * len(communicated)),
            "CS-06": median_figure([each.days_to_first for each in communicated]),
            "CS-07": self._taking_part(unit, judged),
        }

    def _taking_part(self, unit: str, judged: list[Judged]) -> Figure:
        """CS-07: (judged policy, assigned unit) pairs where that unit itself communicated the policy."""
        pairs = [
            (each.policy, member)
            for each in judged
            for member in self.pool.subtree(unit)
            if each.policy in self.assigned[member]
        ]
        return ratio(sum(bool(self.communications[member].get(policy)) for policy, member in pairs), len(pairs))


def median_figure(days: list[int]) -> Figure:
    """CS-06: the median in days, numerator blank, the number of policies in the denominator, also when 0."""
    ordered, size = sorted(days), len(days)
    if not size:
        return Figure("days", None, 0, None)
    value = Fraction(ordered[(size - 1) // 2] + ordered[size // 2], 2)
    return Figure("days", None, size, value)
