"""``kill -9`` at random moments: ``python benchmarks/kill.py [--times 30] [--units 6]``.

Each time a run into an empty folder is killed at a random moment (every third one starts with its store at hand, so
that reports are hit too), then run again to its end. Afterwards the files must be those of an undisturbed run, byte by
byte (executed notebooks without their timings), with nothing beside them: no process, temporary folder or lock.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from many_units import write_many  # noqa: E402
from measure import kit  # noqa: E402

from kit.digests import digest  # noqa: E402
from kit.run.found import _manifest  # noqa: E402
from kit.run.manifest import damaged, notebook_digest  # noqa: E402

PERIOD, MARK, PATIENCE = "2024-H1", "KIT_KILL_TEST", 10.0
_SUFFIXES = (".html", ".pdf", ".docx", ".png", ".xlsx", ".csv", ".parquet", ".json", ".ipynb")


def contents(out: Path) -> dict[str, str]:
    """Every file of the reports by its place; executed notebooks without timings, no record of Great Expectations."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and "/.store/gx/" not in name:
            found[name] = notebook_digest(path.read_bytes()) if path.suffix == ".ipynb" else digest(path)
    return found


def half_written(out: Path) -> list[str]:
    """Files under final names that are not what their manifest says; checked right after the kill."""
    wrong = []
    for place in out.rglob("manifest.json"):
        manifest = _manifest(place.parent)
        wrong += [f"{place.parent.name}: {damaged(place.parent, manifest)}"] if damaged(place.parent, manifest) else []
    for path in out.rglob("*"):
        if path.suffix in _SUFFIXES and not path.name.startswith(".") and ".new" not in str(path):
            wrong += [f"{path} is empty"] if path.is_file() and path.stat().st_size == 0 else []
    return wrong


def started_by(mark: str) -> list[psutil.Process]:
    """Processes of one run, wherever they hang in the tree: they inherited a mark in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def leftovers(temporary: Path, mark: str) -> list[str]:
    """What a run left behind besides its reports."""
    ended = time.monotonic() + PATIENCE
    while (alive := started_by(mark)) and time.monotonic() < ended:
        time.sleep(0.2)
    return [f"process {process.pid} {' '.join(process.cmdline()[:4])}" for process in alive] + [
        f"temporary {path.name}" for path in temporary.iterdir()
    ]


class Victim:
    """A run of its own temporary folder, data and reports."""

    def __init__(self, scratch: Path, data: Path):
        self.out, self.temporary, self.data = scratch / "out", scratch / "tmp", data
        for folder in (self.out, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
        self.temporary.mkdir(parents=True)
        self.mark = str(random.random())
        self.words = ("run", PERIOD, "--data", str(data), "--out", str(self.out), "--jobs", "2")
        self.env = {**os.environ, MARK: self.mark, "TMPDIR": str(self.temporary)}

    def killed_after(self, seconds: float) -> bool:
        """Start, kill -9 the parent after a while; False when it had ended before."""
        command = [sys.executable, "-m", "kit", *self.words]
        with subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=-3, stderr=-3) as process:
            try:
                process.wait(seconds)
                return False
            except subprocess.TimeoutExpired:
                process.kill()
                return True


def main() -> None:
    """Kill, run again, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("times", 30), ("units", 6), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args()
    dice, problems, killed = random.Random(asked.seed), [], 0
    with tempfile.TemporaryDirectory(prefix="kill-") as folder:
        scratch, data = Path(folder), Path(folder) / "data"
        write_many(data, asked.units, as_csv=True)
        calm = kit("run", PERIOD, "--data", data, "--out", scratch / "calm", "--jobs", 2)
        expected = contents(scratch / "calm")
        print(f"undisturbed: {len(expected)} files, {calm.wall:.0f} s", flush=True)
        number = 0
        while killed < asked.times:
            number += 1
            victim = Victim(scratch / "victim", data)
            if number % 3:
                shutil.copytree(scratch / "calm" / PERIOD / ".store", victim.out / PERIOD / ".store")
            moment = dice.uniform(0.2, calm.wall * (0.95 if number % 3 == 0 else 0.55))
            if not victim.killed_after(moment):
                continue  # it was quicker: not a kill
            killed += 1
            told = half_written(victim.out)
            told += [left for left in leftovers(victim.temporary, victim.mark) if left.startswith("process")]
            kit(*victim.words, env=victim.env)
            told += leftovers(victim.temporary, victim.mark)
            found = contents(victim.out)
            told += [name for name in sorted({*found, *expected}) if found.get(name) != expected.get(name)]
            problems += told
            print(
                f"{killed:3} killed after {moment:5.1f} s: {'; '.join(told) or 'same bytes, nothing left'}", flush=True
            )
    print(f"{killed} runs killed, {len(problems)} problems.")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
