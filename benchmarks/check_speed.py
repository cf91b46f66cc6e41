"""Times reading and checking beside bare tools doing the same work, in one run.

    python benchmarks/check_speed.py                    1,000 workbooks, then 1,000,000 activity rows as CSV
    python benchmarks/check_speed.py --workbooks 200 --rows 0 --pairs 1

Workbooks: the kit reads and checks; beside it bare python-calamine reads the same sheets, and bare Great Expectations
runs the same expectations on one frame per table. CSV: the kit (all its rules) beside pandera, frictionless
and bare Great Expectations (the checks that all of them know). Every measurement is a process of its own (CPU and wall
time without importing, peak memory with it); pairs alternate. Foreign packages are skipped when they are not installed
here; ``--foreign PYTHON`` names another interpreter that has them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
FOREIGN = ("pandera", "frictionless")


def measured(python: str, side: str, folder: Path) -> dict[str, float] | None:
    """Run one side in a process of its own; ``None`` when its package is not installed."""
    script = Path(__file__).with_name("check_sides.py")
    done = subprocess.run([python, str(script), side, str(folder)], capture_output=True, text=True, cwd=ROOT)
    if done.returncode == 3:
        return None
    if done.returncode:
        raise SystemExit(f"{side} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def row(name: str, runs: list[dict[str, float]]) -> None:
    cpu, wall = (median(run[key] for run in runs) for key in ("cpu", "wall"))
    peak, found = max(run["peak"] for run in runs), runs[-1]["found"]
    print(f"  {name:<42} {cpu:8.1f} s CPU {wall:8.1f} s wall {peak / 2**20:7.0f} MiB peak  {found:>8} found")


def workbooks(count: int, pairs: int) -> None:
    """Compare 1,000 workbooks of six sheets with sixty rows each."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        subprocess.run([sys.executable, str(Path(__file__).with_name("check_data.py")), "workbooks", str(folder),
                        str(count)], check=True, cwd=ROOT)  # fmt: skip
        kit, bare = [], []
        for _ in range(pairs):
            bare.append(measured(sys.executable, "bare-workbooks", folder))
            kit.append(measured(sys.executable, "kit-workbooks", folder))
        print(f"{count} workbooks, 6 sheets of 60 rows each, {pairs} pairs")
        row("bare calamine + bare Great Expectations", bare)
        row("kit: read and check", kit)
        ratios = [own["cpu"] / other["cpu"] for own, other in zip(kit, bare, strict=True)]
        print(f"  kit / bare, CPU: {', '.join(f'{ratio:.2f}' for ratio in ratios)} (at most 2)")


def rows_of_csv(count: int, foreign: str) -> None:
    """Compare one CSV file of activities."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        subprocess.run([sys.executable, str(Path(__file__).with_name("check_data.py")), "csv", str(folder), str(count)],
                       check=True, cwd=ROOT)  # fmt: skip
        print(f"{count} activity rows as CSV")
        for side in ("kit-csv", "bare-gx-csv"):
            row(side, [measured(sys.executable, side, folder)])
        for side in FOREIGN:
            run = measured(foreign, f"{side}-csv", folder)
            row(side, [run]) if run else print(f"  {side} is not installed for {foreign}: skipped")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--foreign", default=sys.executable, help="interpreter that has pandera and frictionless")
    asked = parser.parse_args()
    if asked.workbooks:
        workbooks(asked.workbooks, asked.pairs)
    if asked.rows:
        rows_of_csv(asked.rows, asked.foreign)


if __name__ == "__main__":
    main()
