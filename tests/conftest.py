"""Shared by all tests: a skip says why, in CI (``KIT_NO_SKIP``) nothing may skip, and the longest files come first."""

from __future__ import annotations

import os
import sys

import pytest

from tests.engine_memory import remembering

# Started first, so that no processor is left waiting for one of them at the end (files run whole on one processor).
LONGEST = (
    *("test_recompute", "test_rules", "test_returned", "test_notebooks", "test_sentences", "test_check"),
    *("test_hostile_text", "test_edge_reports", "test_sections", "test_cli", "test_sample_data", "test_approve"),
    *("test_engine_processes", "test_aside", "test_run", "test_template", "test_engine", "test_docx"),
)


def pytest_collection_modifyitems(items):
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("KIT_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although nothing may skip here: {report.longrepr}"


@pytest.fixture(scope="session", autouse=True)
def equal_rows_are_judged_once():
    from kit.validation import check

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_run_engine", remembering(check._run_engine))
        yield


@pytest.fixture
def kit_command(monkeypatch, capsys):
    """Run the command line in this process; returns exit code, standard output, standard error."""
    from kit.cli import main

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kit", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return call
