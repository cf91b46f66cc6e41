"""Templates and rules speak with one voice: whatever a template suggests passes its own rules (issue 3, point 8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kit.collect.template_offers import GUIDE_PERIODS
from kit.collect.workbook_layout import sheets_of
from kit.collect.workbook_lists import choices_of
from kit.collect.workbook_notes import example_line, examples_of, note_of
from kit.params import PlanParams
from kit.validation.check import check
from tests.collect.template_data import (
    FIRST,
    SCHEMA,
    content_of,
    data_with,
    fill,
    frames,
    lists_of,
    members_of,
    opened,
    saved,
)

UNITS = ("TINH-MAU", "SO-TP", "HU-01", "XA-01")
CASES = [(2024, "nd09"), (2024, "calendar"), (2025, "nd09")]


def sheets_and_examples(content):
    sheets = sheets_of(SCHEMA, content.unit.level, content.tables, content.full)
    return sheets, examples_of(SCHEMA, content.year, content.examples, content.keys)


def filled_with_examples(unit, year, scheme):
    """The full template of a unit, without what last year left over, each sheet filled with its sample line.

    A council whose list is at hand keeps it: other units are offered its members.
    """
    content = replace(content_of(unit, year, scheme=scheme, full=True), notes={})
    content = replace(content, tables={"council_members": members_of(unit, year)})
    book = opened(content)
    sheets, examples = sheets_and_examples(content)
    for sheet in sheets:
        if not sheet.rows:
            fill(book[sheet.name], FIRST, example_line(sheet, examples))
    return saved(book)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def checked(request, tmp_path_factory):
    year, scheme = request.param
    books = {unit: filled_with_examples(unit, year, scheme) for unit in UNITS}
    raw = data_with(tmp_path_factory.mktemp("examples"), books, year)
    params = PlanParams(year, scheme)
    return (*check(raw, SCHEMA, params=params, period=params.period(f"{year}-Y")), year)


def test_the_sample_line_of_every_sheet_gives_no_finding(checked):
    tables, report, _ = checked
    found = report.findings[report.findings["source_file"].str.startswith("collected/")]
    assert found[["code", "source_file", "source_sheet", "source_column", "message"]].to_dict("records") == []
    for table in SCHEMA.collected:
        assert len(tables.frames[table.name]) >= (2 if table.name in ("council_members", "inspections") else 3), (
            table.name
        )


def test_the_sample_lines_speak_of_the_year_of_the_workbook(checked):
    tables, _, year = checked
    assert {day.year for day in tables.frames["tasks"]["due_date"]} == {year}
    assert set(tables.frames["submissions"]["period"]) == {f"{year}-H1"}


def province():
    """The province's workbook with nothing but its council list."""
    content = replace(content_of("TINH-MAU"), tables={"council_members": members_of("TINH-MAU")})
    return saved(opened(content))


@pytest.fixture(scope="module")
def chosen(tmp_path_factory):
    """A district's full template with every entry of every drop-down chosen once, each in a row of its own."""
    content = content_of("HU-01", full=True)
    content = replace(content, tables={"council_members": members_of("HU-01")})
    book = opened(content)
    offered = lists_of(book)
    sheets, examples = sheets_and_examples(content)
    wanted = []
    for sheet in sheets:
        row = FIRST + len(sheet.rows) + 20
        for column in sheet.columns:
            for entry in offered.get(choices_of(sheet, column), []):
                fill(book[sheet.name], row, {**example_line(sheet, examples), column.name: entry})
                wanted.append((sheet.name, row, column, entry))
                row += 1
    raw = data_with(tmp_path_factory.mktemp("chosen"), {"HU-01": saved(book), "TINH-MAU": province()})
    return wanted, *check(raw, SCHEMA, params=PlanParams(2024))


def test_every_entry_of_every_drop_down_is_read_as_it_is_meant(chosen):
    wanted, tables, report = chosen
    assert len(wanted) > 150
    cells = {
        (row.source_sheet, row.source_row, row.field): f"{row.code}: {row.message}"
        for row in report.findings.itertuples()
        if row.code in CELL_CODES
    }
    assert cells == {}
    for sheet, row, column, entry in wanted:
        frame = tables.frames["products" if column.inline else table_of(sheet)]
        value = frame.loc[(frame["_sheet"] == sheet) & (frame["_row"] == row), column.field.name]
        assert len(value) == 1 and meaning(column, value.iloc[0]) == entry.partition(" – ")[0], (sheet, row, entry)


# Findings about one cell as it stands; rules that look at a whole line may well object to a changed example.
CELL_CODES = {"read-as", "approximate", "code-unknown", "item-unknown", "pattern-mismatch", "reference-unknown"} | {
    "boolean-unknown", "text-unreadable", "task-unknown", "member-unknown", "policy-not-assigned", "period-unknown",
    "below-minimum", "required-missing", "missing-column", "extra-column", "extra-sheet",
}  # fmt: skip


def table_of(title):
    return next(table.name for table in SCHEMA.collected if table.title == title)


def meaning(column, value):
    """What a drop-down entry should say of a typed value."""
    if column.mark:
        return "x" if column.code in str(value).split(";") else ""
    if column.field.type == "boolean":
        return "không" if not value else "x" if column.field.default is False else "có"
    return SCHEMA.codelists[column.field.codelist].label(value) if column.field.codelist else value


@pytest.mark.parametrize(("year", "scheme"), CASES)
def test_periods_and_deadlines_of_the_guide_are_those_of_the_plan(year, scheme):
    params = PlanParams(year, scheme)
    for unit, level in (("XA-01", "commune"), ("HU-01", "district"), ("TINH-MAU", "province")):
        periods = content_of(unit, year, scheme=scheme).guide.periods
        assert {period.code for period in periods} == {f"{year}-{kind}" for kind in GUIDE_PERIODS}
        for told in periods:
            meant = params.period(told.code)
            assert (told.first, told.last) == (meant.start, meant.cutoff)
            assert told.deadline == params.deadline(meant, level) > told.last
            assert params.is_working_day(told.deadline)


def test_a_report_sent_on_the_deadline_of_the_guide_raises_nothing(tmp_path):
    content = content_of("XA-01")
    book = opened(content)
    for row, period in enumerate(content.guide.periods, start=FIRST):
        fill(book["Gửi báo cáo"], row, {"period": period.code, "sent_date": period.deadline})
    raw = data_with(tmp_path, {"XA-01": saved(book)})
    report = check(raw, SCHEMA, params=PlanParams(2024))[1]
    assert report.findings[report.findings["table"] == "submissions"]["message"].tolist() == []


def test_every_title_has_a_note_with_type_what_is_allowed_and_the_schemas_own_words():
    content = content_of("HU-01", full=True)
    book = opened(content)
    sheets, examples = sheets_and_examples(content)
    for sheet in sheets:
        for number, column in enumerate(sheet.columns, start=1):
            note = book[sheet.name].cell(3, number).comment.text
            assert note == note_of(SCHEMA, sheet, column, examples)
            assert column.field.description in note and "Kiểu: " in note and "Được ghi: " in note
            for label in SCHEMA.codes(column.field).values() if not column.mark else ():
                assert label in note
        assert "DÒNG MẪU" in book[sheet.name].cell(3, 1).comment.text


def test_policies_are_told_only_on_days_when_it_counts():
    policies = {row.policy_id: row for row in frames()["policies"].itertuples()}
    for told in content_of("XA-01").guide.policies:
        row = policies[told.policy_id]
        stages = (row.proposal_consultation_date, row.draft_consultation_date, row.appraisal_date)
        assert told.first == min(day for day in stages if day == day).date()
        assert told.last is None or told.last >= date(2024, 1, 1)
