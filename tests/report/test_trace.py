"""A figure traced to its rows, in words."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.errors import UsageError
from kit.report import trace
from kit.report.trace import Trace
from kit.store import PeriodData
from tests.report.sample_period import finding, period_data, tables

DATA = period_data()


def addressed(data: PeriodData) -> PeriodData:
    """The period with addresses as a store has them: each row stands in its unit's workbook."""
    frames = {
        name: frame.assign(
            _file="data/collected/2024/" + frame["_unit"] + ".xlsx",
            _sheet=name,
            _row=pd.Series(range(4, 4 + len(frame)), index=frame.index, dtype="Int64"),
        )
        for name, frame in data.frames.items()
    }
    return PeriodData(data.period, data.params, frames, data.findings, data.results)


def test_a_ratio_names_what_counts_above_and_what_below_only():
    made = Trace(DATA, "CS-01", "XA-01")
    text = repr(made)
    assert f"{made.result.full}, đạt chỉ tiêu từ 70% của Kế hoạch" in text
    parts = made.rows.drop_duplicates("counted").groupby("part").size().to_dict()
    assert (parts["numerator"], sum(parts.values())) == (made.result.n, made.result.of)
    assert any("thiếu G" in row[1] for block in made.blocks() for row in getattr(block, "rows", ()))


def test_every_row_is_named_by_file_sheet_and_row():
    made = Trace(addressed(DATA), "NT-02", "XA-01")
    table = next(block for block in made.blocks() if getattr(block, "name", "").startswith("truy-nguyen"))
    assert table.rows[0][-1].startswith("XA-01.xlsx, activities: dòng ")
    assert set(made.rows["file"]) == {"data/collected/2024/XA-01.xlsx"}


def test_a_row_left_out_is_named_with_the_reason():
    rows = tables()
    rows["activities"] = [{**rows["activities"][0], "_set_aside": True}]
    place = {"source_file": "data/collected/2024/XA-01.xlsx", "source_sheet": "activities", "source_row": 4}
    found = [finding("date-unreadable", unit_id="XA-01", table="activities", message="Ngày không có thật.", **place)]
    made = Trace(addressed(period_data(rows=rows, findings=found)), "NT-02", "HU-01")
    assert made.excluded[["codes", "messages"]].values.tolist() == [["date-unreadable", "Ngày không có thật."]]
    assert "Không có dòng số liệu nào được xét." in repr(made) and "Ngày không có thật." in repr(made)


def test_a_median_shows_the_days_of_each_policy():
    made = Trace(DATA, "CS-06", "XA-01")
    table = next(block for block in made.blocks() if getattr(block, "name", "").startswith("truy-nguyen"))
    assert [column.title for column in table.columns][3] == "Số ngày"
    assert len(table.rows) == made.result.of


@pytest.mark.parametrize(("indicator", "unit"), [("CS-1", "XA-01"), ("CS-01", "XA-99")])
def test_an_unknown_indicator_or_unit_is_refused_with_a_suggestion(indicator, unit):
    with pytest.raises(UsageError, match="did you mean"):
        Trace(DATA, indicator, unit)


def test_rows_left_out_are_in_the_download_and_in_no_annex(monkeypatch):
    monkeypatch.setattr(trace, "MOST_ROWS", 1)
    counted = Trace(period_data(), "BC-01", "HU-01")._counted()
    left = len(Trace(period_data(), "BC-01", "HU-01").things) - 1
    assert left > 2 and (len(counted.rows), counted.hidden_rows) == (1, 0)
    assert counted.note == f"Còn {left} dòng khác trong tệp CSV tải về dưới bảng."
