"""Batches, measured: ``python benchmarks/batch.py [SIDE …] [--units 50] [--large 500] [--naive 12] [--runs 3]``.

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
        """The naive chain and the whole of ``kit run`` (check and evaluation included) on the same notebook.

        The chain is measured before and after each run and their mean compared: a machine's speed drifts.
        """
        before = self._chains()
        what = "`kit run`, two jobs, all included"
        for kind, number, env in (
            (what, self.asked.units, {}),
            (what, self.asked.large, {}),
            ("… the path without fork", self.asked.large, {"KIT_NO_FORK": "1"}),
        ):
            data, out = self.data(number), self.scratch / "whole"
            shutil.rmtree(out, ignore_errors=True)
            run = kit("run", PERIOD, "--jobs", 2, "--data", data, "--out", out, env={**os.environ, **env}, memory=False)
            after, ours = self._chains(), run.wall / number
            times = f"**{(before + after) / 2 / ours:.1f} times faster**"
            self.say(
                f"{kind}, {number} units, per report", f"{ours:.3f} s", f"{times}, chain {before:.1f}, {after:.1f} s"
            )
            before = after

    def _chains(self) -> float:
        """Seconds a report by the naive chain, two at a time."""
        data, ready = self.prepared(self.asked.units)
        shutil.rmtree(self.scratch / "naive", ignore_errors=True)
        known = [path.name for path in sorted((data / "collected" / "2024").iterdir())]
        units = known[len(known) // self.asked.naive - 1 :: len(known) // self.asked.naive]  # districts and communes
        env = {**os.environ, "KIT_OUT": str(ready)}
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as two:
            list(two.map(lambda unit: self._chain(unit, data, env=env), units))
        seconds = (time.perf_counter() - began) / len(units)
        self.say("naive chain, two jobs, per report", f"{seconds:.2f} s", f"{len(units)} reports, store at hand")
        return seconds

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
        """What a whole run consists of, and what the engine and everything beside cells and renderings costs."""
        number = self.asked.large
        data, ready = self.prepared(number)
        check = kit("run", PERIOD, "--formats", "none", "--data", data, "--out", self.scratch / "stage")
        what = f"check, evaluate, mark, period files: {number} units"
        self.say(what, f"{check.cpu / number:.3f} s a unit", f"{check.cpu:.0f} s CPU, {check.wall:.0f} s wall")
        parts = self._parts(data, ready)
        for name, seconds in parts.items():
            self.say(
                f"{name}, in a warm process",
                f"{seconds:.3f} s CPU",
                "mean of 40 units, two processes",
            )
        whole = self.reports(number, self.scratch / "stages").cpu / number
        rest = whole - sum(parts.values())
        self.say("whole report in the batch", f"{whole:.3f} s CPU", f"{number} units, start-up included")
        self.say("overhead: all but cells and the two renderings", f"{rest:.3f} s CPU", "at most 0.15")
        start = measured([sys.executable, "-m", "kit", "--help"])
        self.say("starting `kit`", f"{start.wall:.2f} s", "")

    def _parts(self, data: Path, ready: Path) -> dict[str, float]:
        """Processor seconds of cells, HTML and PDF: in as many processes at once as the batch has, which slows each."""
        command = [sys.executable, "benchmarks/render_cost.py", PERIOD, "--out", ready, "--data", data, "--json"]
        command += ["--units", 40]
        started = [
            subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
            for _ in range(self.asked.jobs)
        ]
        told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in started]
        return {name: mean(one[name] for one in told) / 1000 for name in told[0]}

    def national(self) -> None:
        """What all communes and provinces of the country would take, from the largest measurement."""
        number = self.asked.large
        check = kit("run", PERIOD, "--formats", "none", "--data", self.data(number), "--out", self.scratch / "national")
        run = self.reports(number, self.scratch / f"out-{number}")
        seconds = (check.wall + run.wall) / number * NATIONAL
        self.say(f"national run, derived: {NATIONAL:,} reports", f"{seconds / 60:.0f} min", f"{self.asked.jobs} jobs")


SIDES = ("naive", "stages", "growth", "nothing", "one", "national")


def main() -> None:
    """Measure what was asked and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sides", nargs="*", metavar="SIDE", help=", ".join(SIDES))
    for name, value in (("units", 50), ("large", 500), ("naive", 12), ("runs", 3), ("jobs", 2)):
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
