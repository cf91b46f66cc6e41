"""Parameters: Vietnamese stays as it is, dates fit, mistakes are refused at once, secrets are masked."""

from __future__ import annotations

import datetime
from pathlib import Path

import nbformat
import papermill
import pytest

from kit.errors import EngineError, UsageError
from kit.run.engine import worker
from kit.run.engine.mask import is_secret
from kit.run.notebook import execute
from kit.run.parameters import checked_parameters
from tests.run.engine_cells import notebook

DECLARED = (
    "place = 'x'\nday = date(2024, 1, 1)\nratio = 0.5\ncount = 1\nflag = True\nrest: int = None\nanything = None\n"
)
DECLARED += "password = ''\n"


def made(*cells: str) -> nbformat.NotebookNode:
    return notebook([(f"from datetime import date\n{DECLARED}", "parameters"), *cells])


def run(folder: Path, parameters: dict, *cells: str) -> nbformat.NotebookNode:
    out = folder / "out.ipynb"
    papermill.execute_notebook(made(*cells), out, parameters, engine_name="kit", progress_bar=False)
    return nbformat.read(out, as_version=4)


def test_vietnamese_and_dates_are_injected_as_they_are(tmp_path):
    given = {"place": 'Hà Nội "\\ \u202e', "day": datetime.date(2024, 6, 30), "count": 3}
    nb = run(tmp_path, given, "place, day, count")
    assert 'place = "Hà Nội \\"\\\\ \\u202e"' in nb.cells[1].source
    assert nb.cells[2].outputs[0].data["text/plain"] == repr(tuple(given.values()))
    assert nb.metadata.papermill.parameters["day"] == "2024-06-30"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"plase": "x"}, "no parameter 'plase' (did you mean 'place'?)"),
        ({"place": 2024}, "is a text such as 'x', found 2024; write -r place 2024"),
        ({"count": "3"}, "is a whole number"),
        ({"count": True}, "is a whole number"),
        ({"flag": 1}, "is True or False"),
        ({"rest": "x"}, "is a whole number"),
        ({"day": "30/06/2024"}, "is a date such as 2024-06-30"),
        ({"place": None}, "is a text"),
    ],
)
def test_an_unknown_or_mistyped_parameter_is_refused(given, told):
    with pytest.raises(UsageError) as refused:
        checked_parameters(made(), given)
    assert told in str(refused.value)


def test_what_fits_is_taken():
    given = {"ratio": 1, "day": "2024-06-30", "rest": 4, "anything": [1], "place": Path("a/b")}
    day = datetime.date(2024, 6, 30)
    assert checked_parameters(made(), given) == {**given, "day": day, "place": "a/b"}


def test_a_wrong_parameter_starts_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "Worker", None)
    worker.close()
    with pytest.raises(UsageError):
        run(tmp_path, {"plase": "x"})


@pytest.mark.parametrize("name", ["token", "API_TOKEN", "dbPassword", "mat_khau", "client_secret", "apiKey", "key"])
def test_a_name_tells_a_secret(name):
    assert is_secret(name)


@pytest.mark.parametrize("name", ["sort_key", "keyboard", "monkey", "tokenizer", "unit", "secretary"])
def test_a_name_that_only_looks_like_it_tells_none(name):
    assert not is_secret(name)


def test_secrets_are_masked_everywhere_in_the_saved_notebook(tmp_path):
    secret = "bí mật <\"'&\n"
    cells = [
        "print(password, end=''); {'a': password}",
        "import json; json.dumps(password)",
        "raise ValueError(password)",
    ]
    with pytest.raises(papermill.PapermillExecutionError) as failure:
        run(tmp_path, {"password": secret}, *cells)
    saved = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert "bí mật" not in saved + str(failure.value)
    assert "b\\\\u00ed" not in saved
    nb = nbformat.reads(saved, as_version=4)
    assert nb.metadata.papermill.parameters == {"password": "***"}
    assert nb.cells[2].source == '# Parameters\npassword = "***"\n'


def test_a_failing_report_names_cell_and_reason(tmp_path):
    path = tmp_path / "xấu.ipynb"
    nbformat.write(made("1", "raise ValueError('vì sao')"), path)
    with pytest.raises(EngineError, match=r"Cell 3 of xấu.ipynb failed: ValueError: vì sao"):
        execute(path, {})


def test_the_notebook_is_written_a_constant_number_of_times(monkeypatch, tmp_path):
    from papermill import engines, execute

    counts = []
    for cells in (2, 20):
        written: list = []
        for module in (engines, execute):
            monkeypatch.setattr(module, "write_ipynb", lambda nb, path, to=written: to.append(path))
        papermill.execute_notebook(notebook(["1"] * cells), tmp_path / "x.ipynb", engine_name="kit", progress_bar=False)
        counts.append(len(written))
    assert counts[0] == counts[1] <= 2
