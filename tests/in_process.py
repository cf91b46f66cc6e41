"""Whole runs without worker processes: Great Expectations is imported, and the warm process started, only once."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


class Here:
    """A pool that builds each report at once, in this process."""

    width = 1

    def begin(self, task) -> None: ...

    def submit(self, task, job) -> Future:
        future: Future = Future()
        future.set_result(task(job))
        return future

    def stop(self) -> None: ...

    def close(self) -> None: ...


def run_here(data: Path, out: Path, period: str, *units: str) -> Path:
    """What ``kit run`` does with check, notebook and renderers; return the folder of the period."""
    from kit.console import progress
    from kit.workflow.places import Places
    from kit.workflow.run import RunRequest, run

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("KIT_OUT", str(out))
        patch.setattr("kit.run.job._ready", lambda *_: None)  # it makes a process a worker, for good
        patch.setattr("kit.run.pools.open_pool", lambda *_: Here())
        outcome = run(RunRequest(period, units), Places(data, None, out), tell=progress())
    assert outcome.exit_code == 0, outcome
    return out / period
