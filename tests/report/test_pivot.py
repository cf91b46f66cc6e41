"""The results of a period as tables for analysts."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.errors import UsageError
from kit.indicators.catalog import INDICATORS
from kit.report import pivot
from kit.report.blocks import Callout, Table
from tests.report.sample_period import period_data


@pytest.fixture(scope="module")
def data():
    return period_data()


def test_every_indicator_stands_in_exactly_one_table(data):
    titles = [column.title for table in pivot.values(data) for column in table.columns[1:]]
    assert sorted(titles) == sorted(INDICATORS)


def test_a_table_of_values_fits_across_a_page(data):
    assert max(len(table.columns) for table in pivot.values(data)) <= 10


def test_every_unit_is_a_row_the_topmost_first(data):
    for table in pivot.values(data):
        assert {row[0] for row in table.rows} == set(data.units["name"])
        tops = data.units.loc[data.units["parent_id"].isna() | (data.units["parent_id"] == ""), "name"]
        assert table.rows[0][0] in set(tops)


def test_values_are_printed_the_vietnamese_way_and_their_download_is_exact(data):
    cells = [cell for table in pivot.values(data) for row in table.rows for cell in row[1:]]
    assert any("," in cell for cell in cells) and not any(cell.endswith((".0", "%", "ngày")) for cell in cells)
    results = data.results.set_index(["unit_id", "indicator_id"])["value"]
    table = pivot.values(data)[0]
    for unit, _, *cells in table.data[1:]:
        for code, cell in zip(table.data[0][2:], cells, strict=True):
            assert cell == "" if results.isna()[unit, code] else float(cell) == results[unit, code]


def test_nothing_to_measure_and_not_answered_have_signs_of_their_own(data):
    found = data.results.set_index(["unit_id", "indicator_id"])
    names = data.units.set_index("name")["unit_id"]
    signs = set()
    for table in pivot.values(data):
        for name, *cells in table.rows:
            for column, cell in zip(table.columns[1:], cells, strict=True):
                row = found.loc[(names[name], column.title)]
                if pd.isna(row["value"]):
                    assert cell == (
                        pivot.NOTHING if not pd.isna(row["denominator"]) and row["denominator"] == 0 else pivot.MISSING
                    )
                    signs.add(cell)
                else:
                    assert cell not in (pivot.NOTHING, pivot.MISSING)
    assert pivot.NOTHING in signs


def test_units_are_counted_by_how_far_they_met_the_target(data):
    table = pivot.targets(data)
    aimed = data.results.loc[data.results["target"].notna()]
    assert [row[0] for row in table.data[1:]] == list(aimed["indicator_id"].drop_duplicates())
    for code, _, *counts in table.data[1:]:
        assert sum(map(int, counts)) == (aimed["indicator_id"] == code).sum()


def test_one_indicator_is_compared_the_best_first_and_missing_values_last(data):
    table = pivot.compare(data, "CS-01")
    values = [row[3] for row in table.data[1:]]
    known = [float(value) for value in values if value]
    assert known == sorted(known, reverse=True) and len(known) > 1
    assert all(values[: len(known)]) and len(table.status) == len(table.rows)


def test_fewest_overdue_tasks_come_first(data):
    known = [float(row[3]) for row in pivot.compare(data, "CD-04").data[1:] if row[3]]
    assert known == sorted(known)


def test_an_unknown_indicator_is_refused_with_a_suggestion(data):
    with pytest.raises(UsageError, match="did you mean 'CS-01'"):
        pivot.compare(data, "CS01")


def test_rows_not_used_are_told_once_with_all_their_indicators(data):
    lost = data.results.assign(excluded_records=0)
    rows = lost["unit_id"].eq("XA-01") & lost["indicator_id"].isin(["NT-01", "NT-02"])
    lost.loc[rows, ["n_records", "excluded_records"]] = [9, 2]
    table = pivot.excluded(type(data)(data.period, data.params, data.frames, data.findings, lost))
    assert [(row[0], *row[2:]) for row in table.rows] == [("XA-01", "2", "9", "NT-01, NT-02")]


def test_the_opening_says_what_sample_data_are(data):
    noted = type(data)(data.period, data.params, data.frames, data.findings, data.results, "Số liệu mẫu.")
    assert Callout("Số liệu mẫu.") in pivot.opening(noted)
    assert all(isinstance(table, Table) for table in pivot.values(noted))


def test_rows_left_out_are_not_said_to_be_in_an_annex(data, monkeypatch):
    monkeypatch.setattr(pivot, "MOST_ROWS", 3)
    for table in (*pivot.values(data), pivot.compare(data, "CS-01")):
        left = len(table.data) - 1 - len(table.rows)
        assert left == 6 and table.hidden_rows == 0 and len(table.rows) == 3
        assert table.note.startswith("Còn 6 dòng khác trong tệp CSV tải về dưới bảng và trong results.xlsx")
