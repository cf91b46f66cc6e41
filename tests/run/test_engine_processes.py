"""The warm process: no thread in it, nothing passes from one notebook to another, and it ends with its owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.isolation import leaks, of_this_process, states
from kit.run.engine import worker
from tests.run.engine_cells import comparable, forked_ahead, run
from tests.run.test_engine import CELLS

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
ROOT = Path(__file__).parents[2]


@linux
def test_the_warm_process_has_one_thread_and_has_not_loaded_typst():
    with worker.shared() as warm:
        assert len(os.listdir(f"/proc/{warm.pid}/task")) == 1
        assert "typst" not in Path(f"/proc/{warm.pid}/maps").read_text(encoding="utf-8")


@linux
def test_nothing_passes_from_one_notebook_to_the_next():
    states(1)
    before = of_this_process()
    assert leaks(states(4)) == []
    assert of_this_process() == before


@linux
def test_the_next_child_is_forked_ahead_and_ends_with_the_warm_process():
    with worker.shared() as warm:
        run("1")
        ahead = forked_ahead(warm.pid)
        told = run("import os; print(os.getpid())").cells[0].outputs[0]["text"]
        assert int(told) == ahead
        ahead = forked_ahead(warm.pid)
        os.kill(ahead, signal.SIGKILL)  # one that died meanwhile costs nobody anything
        while ") Z" not in Path(f"/proc/{ahead}/stat").read_text(encoding="ascii"):
            time.sleep(0.01)
        assert run("2").cells[0].outputs
        ahead = forked_ahead(warm.pid)
    worker.close()
    assert not Path(f"/proc/{ahead}").exists()


@linux
def test_a_batch_does_not_wait_for_the_end_of_a_notebook_but_the_next_notebook_does(tmp_path):
    late = tmp_path / "late"
    code = f"import atexit, time; atexit.register(lambda: (time.sleep(0.5), open({str(late)!r}, 'w')))"
    try:
        with worker.shared() as warm:
            warm.waits = False
        run(code)
        assert not late.exists()
        run("1")
        assert late.exists()
    finally:
        worker.close()
    late.unlink()
    run(code)
    assert late.exists()


@pytest.fixture
def forked():
    return comparable(run(*CELLS[:12]))


@pytest.fixture
def without_fork(monkeypatch):
    monkeypatch.setenv(worker.NO_FORK, "1")
    yield
    worker.close()


def test_without_fork_outputs_are_the_same_and_nothing_passes_either(forked, without_fork):
    assert leaks(states(2)) == []
    assert comparable(run(*CELLS[:12])) == forked


_OWNER = """
import sys
from kit.run.engine import worker
from tests.run.engine_cells import run
with worker.shared() as warm:
    print(warm.pid, flush=True)
run("import os, subprocess, time", "told = os.getpid(), subprocess.Popen(['sleep', '600']).pid",
    f"print(*told, file=open({sys.argv[1]!r}, 'w'), flush=True); time.sleep(600)")
"""


@linux
@pytest.mark.parametrize("forks", ["", "1"])
def test_everything_ends_with_a_process_that_is_killed(tmp_path, forks):
    written = tmp_path / "pids"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), worker.NO_FORK: forks}
    command = [sys.executable, "-c", _OWNER, str(written)]
    owner = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    pids = [int(owner.stdout.readline())]
    while not written.exists() or not written.read_text().endswith("\n"):
        time.sleep(0.05)
    pids += map(int, written.read_text().split())
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    deadline = time.monotonic() + 10
    while any(map(_runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if _runs(pid)]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
