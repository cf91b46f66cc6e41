"""Batches, measured: ``python benchmarks/batch.py [SIDE …] [--units 50] [--large 500] [--naive 6] [--runs 3]``.

Sides, all by default: ``naive`` (papermill, nbconvert to HTML, Chromium to PDF, each a command, two jobs, beside the
kit's batch on the same notebook), ``growth`` (processor time and memory for 50 and for 500 units), ``nothing`` (500
units, nothing changed), ``one`` (one commune changed), ``stages``, ``national`` (derived). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from many_units import clones, communes, late_activity, write_many  # noqa: E402
from measure import Measured, kit, measured  # noqa: E402

PERIOD, NOTEBOOK = "2024-H1", ROOT / "notebooks" / "03_evaluation_report.ipynb"
NATIONAL = 34 + 3321


class Bench:
    """The lines of the table, and folders of data made once."""

    def __init__(self, scratch: Path, asked: argparse.Namespace):
        self.scratch, self.asked, self.lines = scratch, asked, []

    def say(self, what: str, value: str, note: str = "") -> None:
        """Add a line to the table."""
        self.lines.append(f"| {what} | {value} | {note} |")
        print(self.lines[-1], flush=True)

    def data(self, number: int) -> Path:
        """A data folder of so many units, as CSV."""
        folder = self.scratch / f"data-{number}"
        if not folder.is_dir():
            write_many(folder, number, as_csv=True)
        return folder

    def prepared(self, number: int) -> tuple[Path, Path]:
        """Data, and a folder with its store: checked and evaluated, no reports."""
        data, ready = self.data(number), self.scratch / f"ready-{number}"
        if not ready.is_dir():
            kit("run", PERIOD, "--formats", "none", "--data", data, "--out", ready)
        return data, ready

    def reports(self, number: int, out: Path) -> Measured:
        """Build all reports of a prepared period into a copy of its folder."""
        data, ready = self.prepared(number)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(ready, out)
        return kit("run", PERIOD, "--jobs", self.asked.jobs, "--data", data, "--out", out)

    def naive(self) -> None:
        """The naive chain and the whole of ``kit run`` (check and evaluation included) on the same notebook."""
        data, ready = self.prepared(self.asked.units)
        units = [path.name for path in sorted((data / "collected" / "2024").iterdir())][: self.asked.naive]
        env = {**os.environ, "KIT_OUT": str(ready)}
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as two:
            list(two.map(lambda unit: self._chain(unit, data, env=env), units))
        chain = (time.perf_counter() - began) / len(units)
        whole = kit("run", PERIOD, "--jobs", 2, "--data", data, "--out", self.scratch / "whole")
        ours = whole.wall / self.asked.units
        only = self.reports(self.asked.units, self.scratch / "only").wall / self.asked.units
        self.say("naive chain, two jobs, per report", f"{chain:.2f} s", f"{len(units)} reports, store at hand")
        self.say("`kit run`, two jobs, per report, all included", f"{ours:.3f} s", f"{self.asked.units} units")
        self.say("… reports only", f"{only:.3f} s", "store at hand")
        self.say("**naive / `kit run`**", f"**{chain / ours:.1f}×**", f"reports only {chain / only:.1f}×")

    def _chain(self, unit: str, data: Path, *, env: dict[str, str]) -> None:
        folder = self.scratch / "naive" / unit
        folder.mkdir(parents=True, exist_ok=True)
        made, page = folder / "report.ipynb", folder / "report.html"
        chrome = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        for command in (
            [sys.executable, "-m", "papermill", str(NOTEBOOK), str(made), "-p", "period", PERIOD, "-p", "unit", unit,
             "-p", "data_dir", str(data), "--no-progress-bar"],
            [sys.executable, "-m", "nbconvert", "--to", "html", "--output", page.name, str(made)],
            [chrome, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
             f"--print-to-pdf={folder / 'report.pdf'}", page.as_uri()],
        ):  # fmt: skip
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8")
            if done.returncode:
                raise SystemExit(f"{command[0]} failed for {unit}:\n{done.stderr[-2000:]}")

    def growth(self) -> None:
        """Processor time per report and memory, small and large, the median of several runs."""
        found = {}
        for number in (self.asked.units, self.asked.large):
            runs = [self.reports(number, self.scratch / f"out-{number}") for _ in range(self.asked.runs)]
            cpu, wall = (median(getattr(run, name) for run in runs) for name in ("cpu", "wall"))
            parent, tree = (max(getattr(run, name) for run in runs) for name in ("parent", "tree"))
            found[number] = cpu / number
            self.say(f"processor time per report, {number} units", f"{cpu / number:.3f} s", f"median of {len(runs)}")
            self.say("… wall time per report", f"{wall / number:.3f} s", f"{self.asked.jobs} jobs")
            self.say("… peak memory", f"{parent:.0f} MiB parent", f"{tree:.0f} MiB all processes")
        small, large = found.values()
        self.say("growth of processor time per report", f"{100 * (large / small - 1):+.1f} %", "at most +10 %")

    def nothing(self) -> None:
        """Run again with nothing changed."""
        data, out = self._built(self.asked.large)
        runs = [kit("run", PERIOD, "--data", data, "--out", out) for _ in range(self.asked.runs)]
        self.say(f"{self.asked.large} units, nothing changed", f"{median(run.wall for run in runs):.2f} s", "under 5 s")

    def one(self) -> None:
        """One commune sends a late line."""
        data, out = self._built(self.asked.large)
        late = list(communes(clones(self.asked.large)))[7]
        late_activity(data, late.unit_id)
        run = kit("run", PERIOD, "--data", data, "--out", out, "--json")
        told = json.loads(run.told[run.told.index("{\n") :])
        built = [report["unit_id"] for report in told["reports"] if report["status"] == "built"]
        self.say(f"one commune of {self.asked.large} changed", f"{run.wall:.1f} s", f"rebuilt: {', '.join(built)}")
        shutil.rmtree(data)

    def _built(self, number: int) -> tuple[Path, Path]:
        out = self.scratch / f"out-{number}"
        if not out.is_dir():
            self.reports(number, out)
        return self.data(number), out

    def stages(self) -> None:
        """What a whole run consists of."""
        number = self.asked.units
        data = self.data(number)
        check = kit("run", PERIOD, "--formats", "none", "--data", data, "--out", self.scratch / "stage")
        cells = _seconds_of_cells(self._built(number)[1] / PERIOD)
        self.say(
            f"check, evaluate, mark: {number} units", f"{check.cpu:.1f} s CPU", f"{check.cpu / number:.3f} s a unit"
        )
        self.say("executing the cells, per report", f"{cells:.3f} s", "papermill's own record, median")
        start = measured([sys.executable, "-m", "kit", "--help"])
        self.say("starting `kit`", f"{start.wall:.2f} s", "")

    def national(self) -> None:
        """What all communes and provinces of the country would take, from the largest measurement."""
        number = self.asked.large
        check = kit("run", PERIOD, "--formats", "none", "--data", self.data(number), "--out", self.scratch / "national")
        run = self.reports(number, self.scratch / f"out-{number}")
        seconds = (check.wall + run.wall) / number * NATIONAL
        self.say(f"national run, derived: {NATIONAL:,} reports", f"{seconds / 60:.0f} min", f"{self.asked.jobs} jobs")


def _seconds_of_cells(folder: Path) -> float:
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/report.ipynb"))]
    return median(
        sum(cell["metadata"].get("papermill", {}).get("duration") or 0 for cell in notebook["cells"])
        for notebook in notebooks
    )


SIDES = ("naive", "stages", "growth", "nothing", "one", "national")


def main() -> None:
    """Measure what was asked and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sides", nargs="*", metavar="SIDE", help=", ".join(SIDES))
    for name, value in (("units", 50), ("large", 500), ("naive", 6), ("runs", 3), ("jobs", 2)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        bench = Bench(Path(scratch), asked)
        for side in asked.sides or SIDES:
            getattr(bench, side)()
    print("\n| what | measured | |\n| --- | ---: | --- |")
    print("\n".join(bench.lines))
    print(f"\n{os.cpu_count()} processors, Python {sys.version.split()[0]}, mean load {mean(os.getloadavg()):.1f}.")


if __name__ == "__main__":
    main()
