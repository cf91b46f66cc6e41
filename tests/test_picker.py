"""Drop-down lists in JupyterLab; nothing at all in a batch."""

from __future__ import annotations

import types

import pytest

import kit
from kit import picker
from kit.errors import UsageError


def test_in_a_batch_the_values_come_back_as_given(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert kit.pick(period="2024-H1", unit="XA-01") == ("2024-H1", "XA-01")
    assert kit.pick(period="2024-H1") == "2024-H1"


def test_another_name_is_refused():
    with pytest.raises(UsageError, match="did you mean 'unit'"):
        kit.pick(unti="XA-01")


@pytest.fixture
def notebook(monkeypatch):
    """A notebook that a person has open: its variables, and the lists it is shown."""
    shown: list[dict] = []
    names: dict = {"In": [""]}
    shell = types.SimpleNamespace(user_ns=names, kernel=object())
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/03_evaluation_report.ipynb")
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setattr(picker, "_options", lambda values, plan, data_dir: {})
    monkeypatch.setattr(picker, "_show", lambda values, options, names: shown.append(dict(values)))
    return types.SimpleNamespace(names=names, shown=shown)


def test_a_choice_is_kept_over_run_all_until_the_parameters_cell_changes(notebook):
    assert kit.pick(unit="XA-01") == "XA-01"
    picker._choose(notebook.names, notebook.names["_kit_choices"], "unit", ("XA-01", "XA-02"))
    assert notebook.names["unit"] == "XA-02"  # the cells below have it at once
    assert kit.pick(unit="XA-01") == "XA-02"  # Run All sets the parameter again
    assert kit.pick(unit=notebook.names["unit"]) == "XA-02"  # the cell of the lists alone is run again
    assert kit.pick(unit="XA-01") == "XA-02"
    assert kit.pick(unit="XA-05") == "XA-05"  # the cell was edited
    assert kit.pick(unit="XA-01") == "XA-01"


def test_a_choice_ends_when_the_same_unit_is_typed_into_the_parameters_cell(notebook):
    kit.pick(unit="XA-01")
    picker._choose(notebook.names, notebook.names["_kit_choices"], "unit", ("XA-01", "XA-02"))
    assert kit.pick(unit="XA-02") == "XA-02"
    assert kit.pick(unit="XA-01") == "XA-01"


def test_a_notebook_that_papermill_runs_shows_nothing(notebook):
    notebook.names["In"].append("# Parameters\nunit = 'XA-03'\n")
    assert kit.pick(unit="XA-03") == "XA-03"
    assert notebook.shown == []


def test_the_lists_hold_real_widgets_of_the_values_at_hand(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    names: dict = {"_kit_choices": {}}
    picker._show({"level": "commune"}, {"level": picker._levels()}, names)
    (box,) = [one for one in shown[0].children if hasattr(one, "options")]
    assert box.value == "commune"
    box.value = "district"
    assert names == {"_kit_choices": {"level": ("commune", "district")}, "level": "district"}


def test_all_kinds_of_periods_of_the_plan_can_be_chosen():
    from kit import paths

    codes = [code for _, code in picker._periods({}, paths.find("params/plan-2024.yaml"), "")]
    assert {"2024-Q1", "2024-H1", "2024-9M", "2024-Y", "2024-M12"} <= set(codes)
