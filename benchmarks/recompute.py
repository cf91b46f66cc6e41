"""Compare results.csv of ``kit run`` with the independent implementation on large random data sets (a make target).

    python benchmarks/recompute.py [--units 300] [--seeds 3]

Every data set is run through the command line as an office would, for several periods, schemes and years.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.reference.compare import differences, read_results  # noqa: E402
from tests.reference.generate import generate  # noqa: E402
from tests.reference.recompute import recompute  # noqa: E402

RUNS = (
    ("2024-H1", "nd09"),
    ("2024-Y", "nd09"),
    ("2025-H2", "nd09"),
    ("2025-9M", "calendar"),
    ("2023-Q4", "calendar"),
    ("2024-M01", "nd09"),
    ("2023-11-20..2024-04-30", "nd09"),
)
TARGETS = {"CS-01": 70, "CD-01": 100, "CS-06": 10, "CD-04": 2}


def compared(data: Path, period: str, scheme: str) -> list[str]:
    """Differences between the kit's results.csv and the recomputed one."""
    params = data / "plan.yaml"
    lines = [
        "plan_year: 2024",
        f"scheme: {scheme}",
        "targets:",
        *(f"  {key}: {value}" for key, value in TARGETS.items()),
    ]
    params.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = data / "reports"
    command = [sys.executable, "-m", "kit", "run", period, "--formats", "none"]
    command += ["--data", str(data), "--params", str(params), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    expected = recompute(data, period, scheme=scheme, targets=TARGETS)
    return differences(expected, read_results(out / period / "results.csv"))


def main() -> int:
    """Run all comparisons; 1 when a figure differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    wrong = 0
    for seed in range(1, asked.seeds + 1):
        for error_rate in (0.0, 0.1):
            with tempfile.TemporaryDirectory() as folder:
                data = Path(folder)
                generate(data, seed=seed, units=asked.units, error_rate=error_rate)
                for period, scheme in RUNS:
                    found = compared(data, period, scheme)
                    wrong += len(found)
                    print(
                        f"seed {seed} errors {error_rate:.0%} {period} {scheme}: {len(found)} differences", flush=True
                    )
                    print(*found[:10], sep="\n", end="\n" if found else "", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
