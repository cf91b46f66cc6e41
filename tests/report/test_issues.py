"""The record of an issue, its file, and how a report stands to its issues."""

from __future__ import annotations

import json

import pytest

from kit.errors import DeclarationError
from kit.report.issues import Issues, issue_state, parse_issue, render_issue
from kit.run.issue_files import issue_states, load_issues, write_issue
from tests.report.issued import BEFORE, TODAY, approved_period, issue_of


@pytest.fixture(scope="module")
def issue():
    return issue_of(approved_period(), outputs={"report.pdf": "0" * 64})


def test_an_issue_is_read_as_it_was_written(issue, tmp_path):
    path = write_issue(tmp_path, issue)
    assert path.relative_to(tmp_path).as_posix() == "issued/2024-H1/XA-01/1.json"
    assert load_issues(tmp_path, "2024-H1", "XA-01") == (issue,)
    assert load_issues(tmp_path, "2024-H1", "XA-02") == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("45/BC-UBND", "46/BC-UBND"), "was changed after approval"),
        (lambda text: text.replace('"figures"', '"figure"'), "'figures' is missing"),
        (lambda text: text.replace('"version": 1', '"version": 9'), "version 9"),
        (lambda text: text[:300], "no issue that can be read"),
        (lambda text: "[]", "no issue that can be read"),
    ],
)
def test_a_damaged_file_is_named_and_never_believed(issue, tmp_path, change, said):
    path = write_issue(tmp_path, issue)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DeclarationError, match=said) as error:
        load_issues(tmp_path, "2024-H1", "XA-01")
    assert "issued/2024-H1/XA-01/1.json" in str(error.value)
    state = issue_states(tmp_path, "2024-H1", {})["XA-01"]
    assert state.kind == "unreadable" and "1.json" in state.text


def test_an_issue_in_another_units_folder_or_without_its_predecessor_is_refused(issue, tmp_path):
    text = render_issue(issue)
    for name in ("XA-02/1.json", "XA-01/2.json"):
        path = tmp_path / name / "issued/2024-H1" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DeclarationError):
            load_issues(tmp_path / name, "2024-H1", name.split("/")[0])


def test_a_report_is_a_draft_issued_or_changed_since(issue):
    assert issue_state((), TODAY).text == "Dự thảo"
    assert issue_state((issue,), BEFORE).text == "Đã ban hành số 45/BC-UBND, ngày 05/7/2024"
    assert issue_state((issue,), None).kind == "issued"
    changed = issue_state((issue,), TODAY)
    assert changed.text == "Có thay đổi sau khi ban hành (số 45/BC-UBND, ngày 05/7/2024)"


def test_states_are_given_for_units_with_issues_only(issue, tmp_path):
    write_issue(tmp_path, issue)
    states = issue_states(tmp_path, "2024-H1", {"XA-01": TODAY, "XA-02": TODAY})
    assert {unit: state.kind for unit, state in states.items()} == {"XA-01": "changed"}
    assert issue_states(tmp_path, "2024-Q1", {"XA-01": TODAY}) == {}


def test_the_text_depends_on_number_and_figures_but_not_on_the_digests_of_files(issue):
    from dataclasses import replace

    known = Issues((issue,), TODAY)
    assert known.digest == Issues((replace(issue, outputs={}),), "x").digest
    assert known.digest != Issues((replace(issue, number="46/BC-UBND"),), TODAY).digest
    assert Issues().digest == ""


def test_the_file_holds_the_figures_as_results_csv_has_them(issue):
    body = json.loads(render_issue(issue))
    row = dict(zip(body["columns"], body["figures"][0], strict=True))
    assert (row["indicator_id"], row["numerator"], row["denominator"], row["value"]) == ("CS-01", "3", "4", "75")
    assert parse_issue(render_issue(issue), "x") == issue
