"""Activities as section II.3 and annex II need them: which are counted, and what CS and the checks say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from kit.indicators.policies import CRITERIA
from kit.report.content.once import once
from kit.report.content.records import records, within
from kit.report.content.subject import Subject

_KEY = ("_unit", "_year", "activity_id")


@once
def year_activities(subject: Subject) -> list[dict]:
    """Return the counted activities of the year to T as records."""
    members = set(subject.members)
    return [row for row in records(subject.scope.counted_activities) if row["owner"] in members]


@once
def counted(subject: Subject) -> list[dict]:
    """Return the activities that NT counts, with ``online`` (documents and posts) and ``outside``.

    ``outside`` says why CS does not count a communication; blank where it does, or for other kinds. ``scope``: its
    policy is outside the Scheme or withdrawn; ``window``: its date is outside the policy's window.
    """
    rows = within(year_activities(subject), "date", subject.scope.start, subject.cutoff)
    told = set(_keys(subject.scope.judgement.communications))
    strays = [row["kind"] == "policy_communication" and tuple(row[name] for name in _KEY) not in told for row in rows]
    live = _live_policies(subject) if any(strays) else frozenset()
    return [
        {
            **row,
            "online": total(row[name] for name in ("online_documents", "social_posts")),
            "outside": "" if not stray else "window" if row["policy_id"] in live else "scope",
        }
        for row, stray in zip(rows, strays, strict=True)
    ]


@once
def unlikely(subject: Subject) -> list[dict]:
    """Return the activities of ``counted`` whose attendances the checks found far above the usual."""
    findings = (subject.own.findings[name].tolist() for name in ("code", "table", "unit_id", "key"))
    warned = {
        (unit, key)
        for code, table, unit, key in zip(*findings, strict=True)
        if code == "attendances-high" and table == "activities"
    }
    return [
        row
        for row in counted(subject)
        if row["attendances"] is not None and (row["_unit"], row["activity_id"]) in warned
    ]


def total(amounts: Iterable[int | None]) -> int | None:
    """Return the sum of what was recorded; ``None`` where nothing was."""
    recorded = [amount for amount in amounts if amount is not None]
    return sum(recorded) if recorded else None


def _keys(activities: pd.DataFrame) -> Iterator[tuple]:
    return zip(*(activities[name].tolist() for name in _KEY), strict=True)


def _live_policies(subject: Subject) -> frozenset[str]:
    """Policies within the Scheme that are not withdrawn by T."""
    policies, cutoff = subject.data.frames["policies"], subject.cutoff
    rows = records(policies[["policy_id", "withdrawn_date", *CRITERIA]])
    live = [row for row in rows if row["withdrawn_date"] is None or row["withdrawn_date"] > cutoff]
    return frozenset(row["policy_id"] for row in live if all(row[name] in (True, None) for name in CRITERIA))
