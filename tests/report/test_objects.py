"""What the kit's objects show of themselves: every call that they name is there."""

from __future__ import annotations

import re

import pytest

from kit.report import plain
from kit.report.blocks import Definitions
from kit.report.comparison import Comparison
from kit.report.objects import overview_of_comparison, overview_of_period, overview_of_report, overview_of_returns
from kit.report.report import Report
from kit.report.returns import Returns
from tests.report.sample_period import period_data

DATA = period_data()
SHOWN = {
    "period": (DATA, overview_of_period),
    "report": (Report(DATA, "HU-01"), overview_of_report),
    "returns": (Returns(DATA), overview_of_returns),
    "comparison": (Comparison(DATA), overview_of_comparison),
}


@pytest.mark.parametrize("name", SHOWN)
def test_every_call_named_exists_and_the_text_form_is_short(name):
    thing, overview = SHOWN[name]
    blocks = overview(thing)
    named = [term for block in blocks if isinstance(block, Definitions) for term, _ in block.items]
    calls = [word for term in named for word in re.split(r"[(\[]", term)[0].split(", ") if not word.startswith("kit.")]
    assert calls and all(hasattr(thing, word) for word in calls if word.isascii()), calls
    assert all(plain.block(block.to_json()) for block in blocks)
    assert len(repr(thing)) < 100


def test_a_notebook_shows_the_overview(capsys):
    DATA._ipython_display_()
    assert "frames" in capsys.readouterr().out
