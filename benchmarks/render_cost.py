"""What a report costs in a warm process, stage by stage: its cells, their display, the page and the PDF.

    python benchmarks/render_cost.py 2024-H1 --out reports --units 12

builds the reports of some units twice in this one process, first to warm up, and prints the CPU milliseconds of each
stage (median over the units, and the dearest unit). No kernel, no files: only what lies inside cells and exporters.
``--save FOLDER`` also writes what was made, so that two states of the code can be compared byte by byte.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median

import nbformat

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "03_evaluation_report.ipynb"


class Clock:
    """CPU milliseconds by stage."""

    def __init__(self):
        self.spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.spent[stage] += (time.process_time() - start) * 1000


def executed(notebook: nbformat.NotebookNode, parameters: dict[str, str], clock: Clock) -> nbformat.NotebookNode:
    """Return the notebook with its cells run in this process; each cell's value is displayed as Jupyter does it."""
    made, names = nbformat.from_dict(notebook), {}
    for cell in (cell for cell in made.cells if cell.cell_type == "code"):
        with clock.of(f"cell {cell.id}"):
            value = _run(cell, names, parameters)
        with clock.of("display"):
            cell.outputs = [_output(block) for block in (value if isinstance(value, tuple) else (value,)) if block]
    return made


def _run(cell: nbformat.NotebookNode, names: dict, parameters: dict[str, str]) -> object:
    if "parameters" in cell.metadata.get("tags", ()):
        exec(cell.source, names)
        names.update(parameters)
        return None
    tree = ast.parse(cell.source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, cell.id, "exec"), names)
    return eval(compile(ast.Expression(last.value), cell.id, "eval"), names) if last else None


def _output(block) -> nbformat.NotebookNode:
    bundle = {"output_type": "display_data", "metadata": {}, "data": block._repr_mimebundle_()}
    return nbformat.from_dict(bundle)  # not new_output, which checks each output against the schema


def report(unit: str, period: str, exporters: dict, *, clock: Clock) -> dict[str, bytes]:
    """Build one report and return its files."""
    from kit.run.manifest import notebook_bytes

    notebook = executed(nbformat.read(NOTEBOOK, as_version=4), {"period": period, "unit": unit}, clock)
    notebook.metadata["kit"] = {"version": "0", "period": period, "unit": unit, "date": "2024-06-14"}
    files = {}
    with clock.of("write notebook"):
        files["report.ipynb"] = notebook_bytes(notebook)
    for kind, exporter in exporters.items():
        with clock.of(f"export {kind}"):
            content, _ = exporter.from_notebook_node(notebook)
        files[f"report.{kind}"] = content if isinstance(content, bytes) else content.encode()
    return files


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("period")
    parser.add_argument("--out", default="reports", help="folder whose store is read (kit run … --out)")
    parser.add_argument("--data", default="data", help="the data folder that the store was made from")
    parser.add_argument("--json", action="store_true", help="print one line: mean milliseconds of cells, HTML, PDF")
    parser.add_argument("--units", type=int, default=12, help="how many units, evenly chosen")
    parser.add_argument("--only", nargs="*", help="these units instead")
    parser.add_argument("--save", type=Path, help="write the files made here")
    parser.add_argument("--profile", type=Path, help="write a cProfile of the measured round here")
    args = parser.parse_args()
    os.environ["KIT_OUT"] = args.out
    _measure(args)


def _measure(args: argparse.Namespace) -> None:
    from kit import session
    from kit.report.html.exporter import KitHTMLExporter
    from kit.report.pdf.exporter import KitPDFExporter
    from kit.report.warm import judge, rehearse

    data = session.open_period(args.period, data_dir=args.data)
    judge(data)
    rehearse(data)
    session._shared = lambda *_: data  # every report of this process reads the period once loaded
    exporters = {"html": KitHTMLExporter(), "pdf": KitPDFExporter()}
    known = list(data.units["unit_id"])
    units = args.only or known[:: max(1, len(known) // args.units)][: args.units]
    for unit in units:
        made = report(unit, args.period, exporters, clock=Clock())
        for name, content in made.items() if args.save else ():
            (args.save / unit).mkdir(parents=True, exist_ok=True)
            (args.save / unit / name).write_bytes(content)
    clocks = {unit: Clock() for unit in units}
    with _profiled(args.profile):
        for unit, clock in clocks.items():
            report(unit, args.period, exporters, clock=clock)
    if args.json:
        print(json.dumps(_sums(clocks)))
    else:
        _print_table(clocks)


@contextmanager
def _profiled(target: Path | None) -> Iterator[None]:
    if not target:
        yield
        return
    import cProfile

    with cProfile.Profile() as profile:
        yield
    profile.dump_stats(target)


def _sums(clocks: dict[str, Clock]) -> dict[str, float]:
    """Cells with their display, HTML and PDF: the mean of the units."""
    sums = {"executing the cells": ("cell", "display"), "HTML": ("export html",), "PDF": ("export pdf",)}
    return {
        name: mean(
            sum(ms for stage, ms in clock.spent.items() if stage.startswith(stages)) for clock in clocks.values()
        )
        for name, stages in sums.items()
    }


def _print_table(clocks: dict[str, Clock]) -> None:
    stages = list(dict.fromkeys(stage for clock in clocks.values() for stage in clock.spent))
    cells = [stage for stage in stages if stage.startswith("cell ")]
    rows = [(stage, [clock.spent[stage] for clock in clocks.values()]) for stage in stages]
    rows.append(("all cells", [sum(clock.spent[stage] for stage in cells) for clock in clocks.values()]))
    rows.append(("whole report", [sum(clock.spent.values()) for clock in clocks.values()]))
    print(f"{len(clocks)} units; CPU ms{'median':>26}{'most':>9}  (unit)")
    for stage, spent in rows:
        most = max(range(len(spent)), key=spent.__getitem__)
        print(f"{stage:<24}{median(spent):>16.1f}{spent[most]:>9.1f}  ({list(clocks)[most]})")


if __name__ == "__main__":
    main()
