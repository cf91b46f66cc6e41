"""Records of frames: plain values, nothing but ``None`` for what is missing; dated within a window, in order."""

from __future__ import annotations

import pandas as pd

from kit.report.content.records import by, records, within

DAY = pd.Timestamp("2024-06-14")
FRAME = pd.DataFrame(
    {
        "id": pd.Series(["b", None, "a"], dtype="str"),
        "day": pd.Series([DAY, pd.NaT, DAY + pd.Timedelta(days=1)], dtype="datetime64[s]"),
        "count": pd.Series([1, None, 3], dtype="Int64"),
        "share": pd.Series([0.5, None, 1.5], dtype="Float64"),
        "sure": pd.Series([True, None, False], dtype="boolean"),
        "year": [2024, 2024, 2025],
    }
)


def test_records_have_plain_values_and_none_for_whatever_is_missing():
    first, missing, _ = records(FRAME)
    assert first == {"id": "b", "day": DAY, "count": 1, "share": 0.5, "sure": True, "year": 2024}
    assert [type(value) for value in first.values()] == [str, pd.Timestamp, int, float, bool, int]
    assert missing == {**dict.fromkeys(FRAME), "year": 2024}
    assert records(FRAME.iloc[:0]) == []


def test_a_row_without_a_date_is_within_no_window_and_both_ends_belong_to_it():
    assert [row["id"] for row in within(records(FRAME), "day", DAY, DAY)] == ["b"]
    assert not within(records(FRAME), "day", DAY - pd.Timedelta(days=9), DAY - pd.Timedelta(days=1))


def test_what_is_missing_is_sorted_last():
    assert [row["id"] for row in sorted(records(FRAME), key=by("id"))] == ["a", "b", None]
    assert [row["count"] for row in sorted(records(FRAME), key=by("year", "count"))] == [1, None, 3]
