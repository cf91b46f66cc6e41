"""Workers of this machine: forked ready-made, each with its own warm process, and gone when the pool is."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

import pytest

from kit.run.engine import worker
from kit.run.pools import LocalPool
from tests.run.engine_cells import comparable, run

CELLS = (
    "import matplotlib.pyplot as plt",
    "plt.plot([1, 2]); print('trước hình')",
    "import pandas as pd; pd.Series([1])",
)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(params=["", "1"], ids=["fork", "no fork"])
def pool(request, monkeypatch):
    monkeypatch.setenv(worker.NO_FORK, request.param)
    made = LocalPool(2)
    yield made
    made.stop()
    worker.close()


def _outputs(cells: tuple[str, ...]) -> object:
    return comparable(run(*cells))


def _told(name: str) -> tuple[str, str]:
    return os.environ.get(name, ""), os.getcwd()


def _pids(_: object) -> tuple[int, int]:
    with worker.shared() as warm:
        return os.getpid(), warm.pid


def test_a_notebook_gives_in_a_worker_what_it_gives_here(pool):
    assert pool.submit(_outputs, CELLS).result() == _outputs(CELLS)


def test_a_worker_has_the_environment_and_folder_of_the_one_who_asks(monkeypatch, tmp_path):
    monkeypatch.setenv("KIT_TEST", "đúng")
    monkeypatch.chdir(tmp_path)
    made = LocalPool(1)
    told = made.submit(_told, "KIT_TEST").result()
    made.close()
    assert told == ("đúng", str(tmp_path))


@linux
def test_workers_and_their_warm_processes_end_with_the_pool(pool):
    pids = pool.submit(_pids, None).result()
    assert all(Path(f"/proc/{pid}").exists() for pid in pids)
    pool.stop()
    deadline = time.monotonic() + 10
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if _runs(pid)]


@linux
def test_a_pool_goes_on_after_a_worker_was_killed(pool):
    first, _ = pool.submit(_pids, None).result()
    os.kill(first, signal.SIGKILL)
    with pytest.raises(BrokenExecutor):
        for _ in range(100):  # the pool notices in a moment
            pool.submit(_pids, None).result()
            time.sleep(0.05)
    pool.renew()
    assert pool.submit(_pids, None).result()[0] != first


def _mark(folder: str) -> None:
    Path(folder, str(os.getpid())).touch()
    time.sleep(1)  # so that another worker takes the next one


def test_workers_are_there_and_ready_before_the_first_job(pool, tmp_path):
    pool.begin(partial(_mark, str(tmp_path)))
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    ready = {int(path.name) for path in tmp_path.iterdir()}
    assert len(ready) == 2 and pool.submit(_pids, None).result()[0] in ready


def _processors(_: object) -> tuple[int, set[int], object]:
    time.sleep(0.5)  # so that another worker takes the next one
    told = run("import os; print(sorted(os.sched_getaffinity(0)))")
    return os.getpid(), os.sched_getaffinity(0), comparable(told)


@linux
@pytest.mark.parametrize("fewer", [0, 1], ids=["as many workers as processors", "fewer"])
def test_a_worker_has_a_processor_of_its_own_where_there_are_as_many(fewer):
    allowed = os.sched_getaffinity(0)
    if len(allowed) <= fewer:
        pytest.skip("needs two processors")
    made = LocalPool(len(allowed) - fewer)
    asked = [made.submit(_processors, None) for _ in range(8)]
    told = {pid: (own, str(cells)) for pid, own, cells in (one.result() for one in asked)}
    made.close()
    assert len(told) == len(allowed) - fewer
    assert all(str(sorted(own)) in cells for own, cells in told.values())
    if fewer:
        assert all(own == allowed for own, _ in told.values())
    else:
        assert sorted(next(iter(own)) for own, _ in told.values() if len(own) == 1) == sorted(allowed)


def test_a_pool_that_is_stopped_while_it_begins_stops_at_once():
    made = LocalPool(2)
    made.begin(_never)
    began = time.monotonic()
    made.stop()
    assert time.monotonic() - began < 2


def _never() -> None:
    raise AssertionError("the pool was stopped")


def _runs(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
