"""Shared by all tests: a skip says why, in CI (``KIT_NO_SKIP``) nothing may skip, and the longest files come first."""

from __future__ import annotations

import os

import pytest

# Started first, so that no processor is left waiting for one of them at the end (files run whole on one processor).
LONGEST = ("test_recompute", "test_check", "test_notebooks", "test_edge_reports", "test_sections", "test_hostile_text")


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
