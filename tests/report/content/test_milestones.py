"""How far ahead section IV looks."""

from __future__ import annotations

import pytest

from kit.periods import parse_period
from kit.report.content.milestones import horizon


@pytest.mark.parametrize(
    ("code", "scheme", "day"),
    [
        ("2024-H1", "calendar", "2024-12-31"),
        ("2024-H2", "calendar", "2025-06-30"),
        ("2024-Q4", "calendar", "2025-03-31"),
        ("2024-M01", "calendar", "2024-02-29"),
        ("2024-M12", "calendar", "2025-01-31"),
        ("2024-Y", "calendar", "2025-12-31"),
        ("2024-9M", "calendar", "2024-12-31"),
        ("2024-H1", "nd09", "2024-12-14"),
        ("2024-Q1", "nd09", "2024-06-14"),
        ("2024-9M", "nd09", "2024-12-14"),
        ("2024-01-01..2024-06-30", "nd09", "2024-12-29"),
        ("2024-06-01..2024-06-02", "nd09", "2024-08-31"),
        ("2020-01-01..2024-06-30", "nd09", "2025-06-30"),
    ],
)
def test_the_next_period_ends_where_its_own_kind_ends(code, scheme, day):
    assert horizon(parse_period(code, scheme)).isoformat() == day
