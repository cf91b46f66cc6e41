"""The notebooks: thin, clean, and executed with their defaults as "Run all" and papermill do."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest

from tests.run.engine_cells import comparable

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES, MOST_LINES_OF_A_CELL = 60, 8
REPORT = ROOT / "notebooks" / "03_evaluation_report.ipynb"
QUIET = {"engine_name": "kit", "progress_bar": False}
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.AsyncFunctionDef)


def code_cells(path: Path) -> list:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_the_four_notebooks():
    names = ["01_check_returns", "02_compute_indicators", "03_evaluation_report", "04_compare_units"]
    assert [path.stem for path in NOTEBOOKS] == names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin(path):
    sizes = [len([line for line in cell.source.splitlines() if line.strip()]) for cell in code_cells(path)]
    assert sum(sizes) <= MOST_LINES
    assert max(sizes) <= MOST_LINES_OF_A_CELL
    trees = [ast.parse(cell.source) for cell in code_cells(path)]
    assert not [node for tree in trees for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_the_kit_only(path):
    trees = [ast.parse(cell.source) for cell in code_cells(path)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} == {"kit"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs_and_declares_its_parameters(path):
    nb = nbformat.read(path, as_version=4)
    nbformat.validate(nb)
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(path))
    assert sum("parameters" in cell.metadata.get("tags", ()) for cell in nb.cells) == 1


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("executed")


@pytest.fixture(scope="module")
def executed(out) -> dict[str, nbformat.NotebookNode]:
    """Every notebook with its defaults, into a fresh reports folder: the first one has the store built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("KIT_OUT", str(out / "reports"))
        return {path.stem: papermill.execute_notebook(path, None, **QUIET) for path in NOTEBOOKS}


@pytest.fixture(scope="module")
def ordinary(executed, out) -> nbformat.NotebookNode:
    """The report as plain papermill leaves it: its own command line and engine, with the parameter file."""
    target = out / REPORT.name
    command = [sys.executable, "-m", "papermill", str(REPORT), str(target), "-f", str(ROOT / "params/2024-H1.yaml")]
    environment = {**os.environ, "KIT_OUT": str(out / "reports"), "PYTHONUTF8": "1"}
    command += ["-p", "unit", "XA-01", "--no-progress-bar"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment)
    assert run.returncode == 0, run.stderr[-3000:]
    return nbformat.read(target, as_version=4)


def test_every_notebook_runs_and_shows_something(executed):
    assert set(executed) == {path.stem for path in NOTEBOOKS}
    for name, nb in executed.items():
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        assert all(cell.execution_count for cell in cells), name
        outputs = [output for cell in cells for output in cell.outputs]
        assert outputs and not [output for output in outputs if output.output_type == "error"], name


def test_engine_kit_gives_the_outputs_of_an_ordinary_kernel(ordinary, out, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KIT_OUT", str(out / "reports"))
    recorded = ordinary.metadata.papermill.parameters
    given = {name: recorded[name] for name in ("period", "plan", "data_dir", "unit") if name in recorded}
    ours = papermill.execute_notebook(REPORT, None, given, **QUIET)
    assert comparable(ours) == comparable(ordinary)
    assert ours.metadata.kernelspec == ordinary.metadata.kernelspec
    assert ours.metadata.language_info == ordinary.metadata.language_info


def test_the_report_is_about_the_unit_asked_for(ordinary):
    assert "XÃ MẪU MỘT" in nbformat.writes(ordinary)


def test_a_mistyped_parameter_is_an_error_with_a_suggestion_in_an_ordinary_kernel(out, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KIT_OUT", str(out / "reports"))
    with pytest.raises(papermill.PapermillExecutionError, match="did you mean 'unit'"):
        papermill.execute_notebook(REPORT, None, {"unti": "XA-01"}, progress_bar=False)
