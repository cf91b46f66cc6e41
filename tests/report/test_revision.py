"""A re-issue: what changed is exactly the difference of two results tables, and each change names its file."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kit import __version__
from kit.indicators.model import RESULT_COLUMNS
from kit.report.blocks import Head
from kit.report.issues import Issues
from kit.report.report import Report
from kit.report.revision import figure_changes, result_rows, revision
from kit.report.sources import sources_of
from kit.report.tables import render_results_csv
from kit.validation.findings import COLUMNS, typed_findings
from tests.report.content.reading import table_named, text_of
from tests.report.issued import BEFORE, TODAY, approved_period, filed_period, issue_of, with_cell
from tests.report.sample_period import finding, tables

LATE = {"_unit": "XA-06", "activity_id": "HD-1", "date": "2024-05-01", "kind": "awareness", "form": "conference"}
SENT = {"_unit": "XA-06", "period": "2024-H1", "sent_date": "2024-07-20"}


@pytest.fixture(scope="module")
def before():
    return approved_period()


@pytest.fixture(scope="module")
def after():
    """The last commune sends late, the first takes back three activities, one target is raised."""
    rows = tables()
    rows["activities"] = [*rows["activities"][:-3], {**LATE, "sessions": 2, "attendances": 55}]
    rows["submissions"] = [*rows["submissions"], SENT]
    return filed_period(rows=rows, targets={"CS-01": 80, "CD-01": 100})


def re_issue(before, after, unit: str, edition: str = "internal") -> Report:
    return Report(after, unit, edition, Issues((issue_of(before, unit),), TODAY))


def listed(report: Report) -> list[tuple[str, ...]]:
    """Every change that the annex lists in the downloads of its tables."""
    made = [block for block in report.revisions() if getattr(block, "name", "").startswith("phu-luc-5-so")]
    return [row for block in made for row in block.data[1:]]


def as_cells(data, unit: str) -> dict[tuple[str, str], str]:
    """The unit's part of results.csv, cell by cell, read back from the text that a run writes."""
    import csv
    import io

    rows = [row for row in csv.DictReader(io.StringIO(render_results_csv(data.results))) if row["unit_id"] == unit]
    return {(row["indicator_id"], name): row[name] for row in rows for name in RESULT_COLUMNS}


@pytest.mark.parametrize("unit", ["XA-01", "XA-06", "HU-01"])
def test_the_table_is_exactly_the_difference_of_the_two_results_tables(before, after, unit):
    old, new = as_cells(before, unit), as_cells(after, unit)
    differing = {key: (old[key], new[key]) for key in new if old[key] != new[key]}
    rows = listed(re_issue(before, after, unit))
    assert differing and len(rows) == len(differing)
    assert {(id, column): (was, now) for id, column, was, now in rows} == differing


def test_an_indicator_that_appears_or_disappears_is_a_change():
    row = tuple("CS-01" if name == "indicator_id" else name for name in RESULT_COLUMNS)
    appeared, gone = figure_changes([], [row])[0], figure_changes([row], [])[0]
    assert (appeared.old, gone.new) == ({}, {}) and appeared.columns == gone.columns == tuple(RESULT_COLUMNS)
    assert figure_changes([row], [row]) == () and not appeared.only_counts


def test_every_change_names_the_late_and_the_changed_file(before, after):
    report = re_issue(before, after, "HU-01")
    changed = {row[1].split(".")[0]: row for row in table_named(report.revisions(), "phu-luc-5-so-lieu-thay-doi").rows}
    assert changed["NT-01"][2:] == ("4", "6", "+2", "Tệp XA-01.xlsx, XA-06.xlsx")
    assert changed["BC-01"][2:] == ("85,7% (6/7)", "100% (7/7)", "+14,3 điểm\u00a0%", "Tệp XA-06.xlsx")
    assert "Chỉ tiêu: từ 80%" in changed["CS-01"][3] and "tham số của kế hoạch" in changed["CS-01"][5]
    files = table_named(report.revisions(), "phu-luc-5-tep")
    assert [row[:3] for row in files.rows] == [
        ("Xã Mẫu Một", "XA-01.xlsx", "Tệp được sửa sau lần ban hành trước"),
        ("Xã Mẫu Sáu", "XA-06.xlsx", "Tệp mới, nhận sau lần ban hành trước"),
    ]
    assert files.rows[1][3] == "Gửi báo cáo; Hoạt động"


def test_a_unit_is_told_of_its_own_files_only(before, after):
    found = revision(issue_of(before), result_rows(after.results, "XA-01"), sources_of(after, "XA-01"), kit=__version__)
    assert [change.file for change in found.sources] == ["collected/2024/XA-01.xlsx"]


def test_a_correction_of_the_office_is_named_as_such(before):
    place = {"unit_id": "XA-01", "table": "activities", "source_file": "collected/2024/XA-01.xlsx"}
    corrected = finding("corrected", "note", field="printed_documents", message="từ “250” thành “25”", **place)
    leaflets = (before.results["unit_id"] == "XA-01") & (before.results["indicator_id"] == "NT-08")
    results = before.results.copy()
    results.loc[leaflets, ["numerator", "value"]] = 25
    after = with_cell(before, "activities", ("activity_id", "HD-007"), printed_documents=25)
    after = replace(after, results=results, findings=typed_findings(pd.DataFrame([corrected], columns=COLUMNS)))
    report = re_issue(before, after, "XA-01")
    assert "Được cơ quan tổng hợp đính chính" in text_of(report.revisions())
    [row] = table_named(report.revisions(), "phu-luc-5-so-lieu-thay-doi").rows
    assert row[1].startswith("NT-08") and row[2:5] == ("250", "25", "–225")


def test_the_first_issue_says_nothing_of_a_revision(before):
    for issues in (Issues((), TODAY), Issues((issue_of(before),), BEFORE)):
        report = Report(before, "XA-01", issues=issues)
        assert len(report.revisions()) == 0 and "thay thế" not in text_of(report.head())


def test_changed_words_with_unchanged_figures_are_said(before):
    after = with_cell(before, "narrative", ("section", "limitations"), text="Loa truyền thanh đã được sửa.")
    report = re_issue(before, after, "XA-01")
    text = text_of(report.revisions())
    assert "Kết quả của mọi chỉ số không thay đổi; chỉ thay đổi lời nhận xét của đơn vị" in text
    assert listed(report) == [] and "XA-01.xlsx" in text


def test_a_changed_report_is_a_draft_again_and_says_what_it_replaces(before, after):
    report = re_issue(before, after, "XA-01")
    head = next(block for block in report.head() if isinstance(block, Head))
    assert head.draft and head.number_line == "Số:      /BC-UBND"
    assert "Báo cáo này thay thế Báo cáo số 45/BC-UBND ngày 05 tháng 7 năm 2024 của Ủy ban" in text_of(report.head())


def test_an_approved_re_issue_has_its_own_number_and_still_lists_the_changes(before, after):
    first = issue_of(before)
    second = replace(issue_of(after), issue=2, number="51/BC-UBND", data=TODAY)
    report = Report(after, "XA-01", issues=Issues((first, second), TODAY))
    head = next(block for block in report.head() if isinstance(block, Head))
    assert not head.draft
    assert (head.number_line, head.date_line) == ("Số: 51/BC-UBND", "Mẫu Một, ngày 05 tháng 7 năm 2024")
    assert listed(report) == listed(re_issue(before, after, "XA-01")) != []
