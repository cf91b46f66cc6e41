"""Reads and checks damaged workbooks: each ends in findings or in one clear message, in time and within memory.

    python benchmarks/fuzz_workbooks.py [--count 2000] [--seed 1] [--check 400]

Reading is done in batches, each in a process of its own, so that a crash of the reading engine is seen and not fatal.
``--check`` files are checked together afterwards, as the units of one data folder. Limits: contracts.md, "Runs".
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BATCH = 100
MOST_SECONDS, MOST_BYTES = 10.0, 2**30


def read_batch(seed: int, first: int, last: int) -> None:
    """Read the files of one batch; one JSON line for each."""
    from kit.collect.files import CollectedFile
    from kit.collect.header import names_of
    from kit.collect.read_workbook import read_workbook
    from kit.schema.load import load_schema
    from tests.cases.damage import damaged

    schema = load_schema()
    names = names_of(schema)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent.xlsx"
        for what, content in damaged(last, seed, first):
            path.write_bytes(content)
            print(json.dumps({"begun": what}), flush=True)
            begun = time.perf_counter()
            try:
                read = read_workbook(CollectedFile(path, "workbook"), "sent.xlsx", schema, names=names)
                outcome = "read" if read.source.readable else read.problems[0].code
                codes = sorted({problem.code for problem in read.problems})
            except Exception as error:  # what the fuzz looks for
                outcome, codes = f"CRASH {error!r}", []
            print(
                json.dumps({"what": what, "outcome": outcome, "codes": codes, "s": time.perf_counter() - begun}),
                flush=True,
            )
    print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}), flush=True)


def run_batches(count: int, seed: int) -> tuple[Counter, list[str], float, int]:
    """Run all batches; return outcomes, what went wrong, the slowest file and the greatest peak."""
    outcomes, wrong, slowest, peak = Counter(), [], 0.0, 0
    for first in range(0, count, BATCH):
        command = [sys.executable, __file__, "--batch", str(seed), str(first), str(min(first + BATCH, count))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=BATCH * MOST_SECONDS)
            output, code = done.stdout, f"{done.returncode} {done.stderr[-400:]}" if done.returncode else ""
        except subprocess.TimeoutExpired as expired:
            output, code = (expired.stdout or b"").decode(), "a hang"
        begun = ""
        for line in map(json.loads, output.splitlines()):
            begun = line.get("begun", begun)
            if "peak" in line:
                peak = max(peak, line["peak"])
            elif "what" in line:
                outcomes[line["outcome"]] += 1
                slowest = max(slowest, line["s"])
                if line["outcome"].startswith("CRASH") or line["s"] > MOST_SECONDS:
                    wrong.append(f"{line['what']}: {line['outcome']} after {line['s']:.1f} s")
        if code:
            wrong.append(f"{begun}: the process ended with {code}")
    return outcomes, wrong, slowest, peak


def check_pooled(count: int, seed: int) -> tuple[int, int, float]:
    """Check damaged workbooks together, each as a unit of its own; return rows, findings and seconds."""
    from kit.params import PlanParams
    from kit.schema.load import load_schema
    from kit.validation.check import check
    from tests.cases.damage import read_damaged

    schema, params = load_schema(), PlanParams(2024)
    begun = time.perf_counter()
    raw = read_damaged(count, schema, seed=seed)
    _, report = check(raw, schema, params=params, period=params.period("2024-H1"))
    rows = sum(len(frame) for frame in raw.frames.values())
    return rows, len(report.findings), time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", type=int, default=400)
    parser.add_argument("--batch", nargs=3, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.batch:
        read_batch(*asked.batch)
        return 0
    outcomes, wrong, slowest, peak = run_batches(asked.count, asked.seed)
    for outcome, times in outcomes.most_common():
        print(f"{times:6}  {outcome}")
    print(f"slowest {slowest:.2f} s, peak {peak / 2**20:.0f} MiB")
    if peak > MOST_BYTES:
        wrong.append(f"peak memory {peak / 2**20:.0f} MiB")
    if asked.check:
        rows, findings, seconds = check_pooled(asked.check, asked.seed)
        print(f"{asked.check} files checked together: {rows} rows, {findings} findings, {seconds:.1f} s")
    print("\n".join(wrong) if wrong else "nothing crashed, hung or went over 1 GiB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
