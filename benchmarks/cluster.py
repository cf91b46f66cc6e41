"""Two Dask workers of one core beside one: ``python benchmarks/cluster.py [--units 60] [--runs 5]``.

Starts a scheduler and workers on this machine, builds the same reports with one and with two workers, then with two of
which one is killed in mid-run. Needs the extra ``cluster``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from distributed import Client, LocalCluster

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from many_units import write_many  # noqa: E402
from measure import Measured, kit  # noqa: E402

PERIOD = "2024-H1"


class Bench:
    """Data with its store, made once; each run builds into a copy."""

    def __init__(self, scratch: Path, units: int):
        self.scratch, self.units, self.data = scratch, units, scratch / "data"
        self.first = [clone.unit_id for clone in write_many(self.data, units, as_csv=True)][-4:]
        kit("run", PERIOD, "--formats", "none", "--data", self.data, "--out", scratch / "ready")

    def run(self, workers: int, *, kill: float = 0) -> Measured:
        """Build all reports with so many workers, made ready by a few reports before; kill one after a while."""
        out = self.scratch / "out"
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(self.scratch / "ready", out)
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
            if kill:
                threading.Timer(kill, _kill_one, (cluster.scheduler_address,)).start()
            words = ("run", PERIOD, "--scheduler", cluster.scheduler_address, "--data", self.data, "--out", out)
            if not kill:
                kit(*words, *(word for unit in self.first for word in ("--unit", unit)))
            return kit(*words, check=not kill)

    def built(self) -> int:
        """Reports that are there."""
        return len(list((self.scratch / "out" / PERIOD).glob("*/manifest.json")))


def _kill_one(address: str) -> None:
    with Client(address, set_as_default=False) as client:
        pid = next(iter(client.run(os.getpid).values()))
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        print(f"killed worker process {pid}", flush=True)


def main() -> None:
    """Compare one worker with two, then kill one of two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder:
        bench = Bench(Path(folder), asked.units)
        ratios = []
        for number in range(1, asked.runs + 1):
            one, two = bench.run(1).wall, bench.run(2).wall
            ratios.append(one / two)
            print(f"{number}: one worker {one:.1f} s, two {two:.1f} s, {one / two:.2f}×", flush=True)
        began = time.perf_counter()
        run = bench.run(2, kill=max(two / 2, 1.0))
        lost = asked.units - bench.built()
        print(f"one of two killed: exit code {run.code}, {lost} reports lost, {time.perf_counter() - began:.1f} s")
        if run.code:
            print(run.told[-2000:])
        print("\n| what | measured | |\n| --- | ---: | --- |")
        told = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"| two Dask workers / one | {median(ratios):.2f}× | at least 1.6×; {told} |")
        print(f"| one of two workers killed | {lost} reports lost | {asked.units} units |")
    sys.exit(bool(run.code or lost))


if __name__ == "__main__":
    main()
