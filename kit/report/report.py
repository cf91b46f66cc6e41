"""The evaluation report of one unit: each method is one section, as display blocks (report.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kit.report.blocks import Block
from kit.report.content import cards, head, policies, steering
from kit.report.content.coverage import Coverage
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.store import PeriodData


@dataclass(frozen=True)
class Report:
    """One unit's report for one period. ``data`` may be the whole period or the unit's slice of it.

    Raises ``UsageError`` for a unit that is not valid on the period's last day.
    """

    data: PeriodData
    unit_id: str

    def __post_init__(self):
        self._subject  # noqa: B018 - a wrong unit is refused at once

    @cached_property
    def _subject(self) -> Subject:
        return Subject(self.data, self.unit_id)

    @cached_property
    def _coverage(self) -> Coverage:
        return Coverage(self._subject)

    def head(self) -> Blocks:
        """The formal head and the first paragraph."""
        return head.head(self._subject)

    def cards(self) -> Block:
        """The headline indicators at a glance."""
        return cards.cards(self._subject)

    def steering(self) -> Blocks:
        """I. Steering: groundwork, tasks, products."""
        return steering.steering(self._subject)

    def policies(self) -> Blocks:
        """II.1. Policies within the scope of the Scheme."""
        return policies.policies(self._coverage)

    def signature(self) -> Blocks:
        """The closing sentence, the signature and Nơi nhận."""
        return head.signature(self._subject)
