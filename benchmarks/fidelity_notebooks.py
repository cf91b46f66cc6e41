"""The project's notebooks under ``--engine kit`` and under papermill's own: the same outputs, or which cell differs.

Run in the project folder: ``python benchmarks/fidelity_notebooks.py``. Ends with 1 when a notebook differs.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
import papermill

ROOT = Path(__file__).resolve().parents[1]


def outputs(notebook: nbformat.NotebookNode) -> list[list[dict]]:
    """The outputs of each code cell; a widget is a widget, whatever the identifier of its model."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [[_comparable(output) for output in cell.outputs] for cell in cells]


def _comparable(output: nbformat.NotebookNode) -> dict:
    found = json.loads(json.dumps(output))
    data = found.get("data", {})
    return {**found, "data": {mime: "" if "widget" in mime else content for mime, content in data.items()}}


def main() -> int:
    """Execute each notebook twice and compare."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="fidelity-") as folder:
        os.environ["KIT_OUT"] = folder
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            ordinary, ours = (
                outputs(papermill.execute_notebook(path, None, engine_name=engine, progress_bar=False, cwd=ROOT))
                for engine in (None, "kit")
            )
            differ = [place for place, pair in enumerate(zip(ordinary, ours, strict=True)) if pair[0] != pair[1]]
            failed += bool(differ)
            told = f"code cells {differ} differ" if differ else f"same outputs ({sum(map(len, ours))})"
            print(f"{path.name}: {told}", flush=True)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
