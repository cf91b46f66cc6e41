"""Rules of the policies table, and the window in which a policy is communicated."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kit.validation.integrity.model import Checked, rows_where, rule
from kit.validation.marks import Marks
from kit.validation.wording import shown

STAGES = ["proposal_consultation_date", "draft_consultation_date", "appraisal_date"]
FIRST_DAY_OF_2025_LAW = pd.Timestamp("2025-04-01")  # Luật Ban hành văn bản quy phạm pháp luật 2025 (64/2025/QH15)


@rule("policy-regime-date")
def regime_date(checked: Checked, table: str) -> Iterator[Marks]:
    """The regime fits the first stage: the law of 2025 from 1/4/2025 on, that of 2015 before."""
    policies = checked.frames[table]
    first = policies[STAGES].min(axis=1)
    new, old = policies["legal_regime"] == "2025", policies["legal_regime"] == "2015"
    early = new & (first < FIRST_DAY_OF_2025_LAW)
    late = old & (first > FIRST_DAY_OF_2025_LAW)
    rows = rows_where(early | late, checked.sound(table, "legal_regime", *STAGES))
    yield Marks("policy-regime-date", table, "legal_regime", rows, {"start": [shown(day) for day in first.iloc[rows]]})


def windows(checked: Checked) -> pd.DataFrame:
    """Return ``start`` and ``end`` (missing: open) by ``policy_id`` of the policies that are not set aside."""
    policies = checked.frames["policies"]
    policies = policies[~checked.ledger.aside("policies")]
    stages = {name: policies[name].mask(checked.ledger.wrong("policies", name)[policies.index]) for name in STAGES}
    start = pd.DataFrame(stages).min(axis=1)
    end = policies["adoption_date"].mask(checked.ledger.wrong("policies", "adoption_date")[policies.index])
    return pd.DataFrame({"policy_id": policies["policy_id"], "start": start, "end": end}).set_index("policy_id")
