"""The evaluation report of one unit: each method is one section, as display blocks (report.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from kit import __version__
from kit.errors import UsageError, suggestion
from kit.report.blocks import Block, Head
from kit.report.content import (
    annexes,
    budget,
    cards,
    channels,
    council,
    evaluation,
    feedback,
    head,
    inspections,
    next_tasks,
    obstacles,
    policies,
    proposals,
    quality,
    revisions,
    steering,
    timeline,
    units,
)
from kit.report.content.coverage import Coverage
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.issues import Issues
from kit.report.objects import overview_of_report
from kit.report.public import EDITIONS, INTERNAL, PUBLIC, public_revision, redacted
from kit.report.revision import result_rows, revision
from kit.report.sources import sources_of
from kit.report.trace import Trace
from kit.store import PeriodData


@dataclass(frozen=True)
class Report:
    """One unit's report for one period. ``data`` may be the whole period or the unit's slice of it.

    ``issues`` are the approved issues and the digest of today's data: they decide whether the report is a draft. The
    ``public`` edition shows what ``kit.report.public`` leaves of the data.
    Raises ``UsageError`` for a unit that is not valid on the period's last day, or an unknown edition.
    """

    data: PeriodData
    unit_id: str
    edition: str = INTERNAL
    issues: Issues = Issues()

    def __post_init__(self):
        if self.edition not in EDITIONS:
            raise UsageError(
                f"Unknown edition '{self.edition}'{suggestion(self.edition, EDITIONS)}; allowed: {', '.join(EDITIONS)}."
            )
        self._subject  # noqa: B018 - a wrong unit is refused at once

    @cached_property
    def _subject(self) -> Subject:
        public = self.edition == PUBLIC
        shown = redacted(self.data.slice(self.unit_id)) if public and self._known else self.data
        return Subject(shown, self.unit_id, self.issues, public)

    @property
    def _known(self) -> bool:
        return self.unit_id in self.data.scope.tree.units

    @cached_property
    def _coverage(self) -> Coverage:
        return Coverage(self._subject)

    def head(self) -> Blocks:
        """The formal head and the first paragraph."""
        codes = {"period": self.data.period.code, "unit": self.unit_id}
        made = head.head(self._subject)
        return Blocks(replace(one, **codes) if isinstance(one, Head) else one for one in made)

    def cards(self) -> Block:
        """The headline indicators at a glance."""
        return cards.cards(self._subject)

    def steering(self) -> Blocks:
        """I. Steering: groundwork, tasks, products."""
        return steering.steering(self._subject)

    def policies(self) -> Blocks:
        """II.1. Policies within the scope of the Scheme."""
        return policies.policies(self._coverage)

    def timeline(self) -> Blocks:
        """II.2. Communication by stage, with the timeline."""
        return timeline.timeline(self._coverage)

    def channels(self) -> Blocks:
        """II.3. Forms, channels and audiences."""
        return channels.channels(self._subject)

    def feedback(self) -> Blocks:
        """II.4. Opinions on drafts."""
        return feedback.feedback(self._subject)

    def council(self) -> Blocks:
        """II.5. Members of the Council."""
        return council.council(self._subject)

    def budget(self) -> Blocks:
        """II.6. Money."""
        return budget.budget(self._subject)

    def inspections(self) -> Blocks:
        """II.7. Inspections and supervision."""
        return inspections.inspections(self._subject)

    def units(self) -> Blocks:
        """II.8. The units below side by side; nothing for a unit without any."""
        return units.units(self._subject)

    def evaluation(self) -> Blocks:
        """III.1–3. Results, limitations, causes."""
        return evaluation.evaluation(self._subject)

    def obstacles(self) -> Blocks:
        """III.4. Difficulties."""
        return obstacles.obstacles(self._subject)

    def next_tasks(self) -> Blocks:
        """IV. Tasks of the next period."""
        return next_tasks.next_tasks(self._coverage)

    def proposals(self) -> Blocks:
        """V. Proposals by level of authority."""
        return proposals.proposals(self._subject)

    def signature(self) -> Blocks:
        """The closing sentence, the signature and Nơi nhận."""
        return head.signature(self._subject)

    def annex_policies(self) -> Blocks:
        """Annex I: policies."""
        return annexes.annex_policies(self._coverage)

    def annex_activities(self) -> Blocks:
        """Annex II: activity figures."""
        return annexes.annex_activities(self._coverage)

    def annex_obstacles(self) -> Blocks:
        """Annex III: difficulties and proposals."""
        return annexes.annex_obstacles(self._subject)

    def annex_quality(self) -> Blocks:
        """Annex IV: quality of the data."""
        return quality.annex_quality(self._subject)

    def trace(self, indicator_id: str) -> Trace:
        """One figure of this report with the rows that it rests on."""
        return Trace(self._subject.data, indicator_id, self.unit_id)

    def _ipython_display_(self) -> None:
        overview_of_report(self)._ipython_display_()

    def __repr__(self) -> str:
        return f"Report({self.unit_id}, {self.data.period.code}, {self.edition})"

    def revisions(self) -> Blocks:
        """Annex V: what changed since the issue that this one replaces; nothing for a first issue."""
        earlier = self.issues.previous
        if earlier is None:
            return Blocks()
        found = revision(
            earlier,
            result_rows(self.data.results, self.unit_id),
            sources_of(self.data, self.unit_id),
            kit=self.issues.approved.kit if self.issues.approved else __version__,
        )
        if self.edition == PUBLIC:
            found = public_revision(found, self.data)
        return revisions.revisions(self._subject, earlier, found)
