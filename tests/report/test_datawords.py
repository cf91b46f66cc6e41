"""Columns of data as a page shows them: labels, Vietnamese numbers and dates; the download keeps its own form."""

from __future__ import annotations

import pytest

from kit.report.datawords import column_printed


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("CS-01 value", ["66.66666666666667", ""], ["66,67", ""]),
        ("communications", ["1200", "3"], ["1.200", "3"]),
        ("start", ["2024-02-04", "2024-11-15"], ["04/02/2024", "15/11/2024"]),
        ("unit_id", ["12", "13"], ["12", "13"]),
        ("plan_year", ["2024"], ["2024"]),
        ("state", ["covered", "silent"], ["Đã truyền thông", "Chưa truyền thông"]),
        ("title", ["2024-02-04"], ["2024-02-04"]),
        ("mixed", ["1", "a"], ["1", "a"]),
        ("value", [], []),
    ],
)
def test_a_column(name, values, shown):
    assert column_printed(name, values) == shown
