"""papermill's own tests of executing notebooks, with engine ``kit`` in place of papermill's: what differs, and why.

Usage: ``python benchmarks/fidelity_papermill.py <folder of papermill's source archive>``. Fails when a test differs
that is not in the list below, or one in the list no longer does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

UNKNOWN = "passes a parameter that the notebook does not declare: refused, where papermill warns"
MISTYPED = "passes a text for a parameter declared as a number: refused, where papermill injects it"
NO_KERNEL = "looks at how papermill's own engine calls its kernel client; here no kernel is started"
DIFFERENCES = {
    "TestNotebookHelpers::test_backslash_params": UNKNOWN,
    "TestNotebookHelpers::test_backslash_quote_params": UNKNOWN,
    "TestNotebookHelpers::test_double_backslash_quote_params": UNKNOWN,
    "TestNotebookHelpers::test_default_start_timeout": NO_KERNEL,
    "TestNotebookHelpers::test_start_timeout": NO_KERNEL,
    "TestNotebookValidation::test_from_version_4_4_upgrades": MISTYPED,
}
TESTS = "papermill/tests/test_execute.py"
_PLUGIN = """
from papermill.engines import papermill_engines
from kit.run.engine import KitEngine
papermill_engines.register(None, KitEngine)
"""
_FAILED = re.compile(rf"^FAILED {re.escape(TESTS)}::(\S+)", re.MULTILINE)


def failing(folder: Path, *options: str) -> set[str]:
    """Run the tests; return the names of those that fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "-o", "addopts=", *options, TESTS]
    path = os.pathsep.join([str(folder), str(Path(__file__).parents[1])])
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "300"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    print(done.stdout.strip().splitlines()[-1])
    return set(_FAILED.findall(done.stdout))


def main(folder: Path) -> int:
    """Print every difference with its reason; return 1 when the list is not exactly right."""
    (folder / "kit_as_default.py").write_text(_PLUGIN, encoding="utf-8")
    ordinary = failing(folder)
    ours = failing(folder, "-p", "kit_as_default")
    for name in sorted(ours - ordinary):
        print(f"{name}: {DIFFERENCES.get(name, 'NOT EXPECTED')}")
    for name in sorted(ours & ordinary):
        print(f"{name}: fails under papermill's own engine too")
    unexpected = (ours - ordinary) ^ set(DIFFERENCES)
    if unexpected:
        print(f"The list of differences is not right: {', '.join(sorted(unexpected))}")
    return bool(unexpected)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
