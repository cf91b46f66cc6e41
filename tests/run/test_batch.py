"""Building many reports: bounded, none stops the others, a dead worker costs at most its own report."""

from __future__ import annotations

import json
import threading
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.run import batch
from kit.run.job import ReportJob, ReportOutcome


def job(unit: str) -> ReportJob:
    return ReportJob(Path("n.ipynb"), Path(unit), ("html",), {"unit": unit}, {}, {"inputs": {}}, Path(), code="")


class Workers:
    """A pool of threads in which some units bring their worker down, a number of times each."""

    def __init__(self, deadly: dict[str, int] | None = None, failing: tuple[str, ...] = ()):
        self.deadly, self.failing = dict(deadly or {}), failing
        self.width, self.most, self.built, self.renewed, self.stopped = 3, 0, [], 0, False
        self._flying, self._broken, self._guard = 0, False, threading.Lock()
        self._threads = ThreadPoolExecutor(2)

    def submit(self, task, job: ReportJob) -> Future:
        if self._broken:
            raise BrokenExecutor
        with self._guard:
            self._flying += 1
            self.most = max(self.most, self._flying)
        return self._threads.submit(self._work, job)

    def _work(self, job: ReportJob) -> ReportOutcome:
        with self._guard:
            self._flying -= 1
            if self.deadly.get(job.unit_id, 0):
                self.deadly[job.unit_id] -= 1
                self._broken = True
            if self._broken:
                raise BrokenExecutor
            self.built.append(job.unit_id)
        if job.unit_id in self.failing:
            raise ValueError("an outcome that cannot be sent back")
        return ReportOutcome(job.unit_id, "built")

    def renew(self) -> None:
        self.renewed, self._broken, self._flying = self.renewed + 1, False, 0

    def stop(self) -> None:
        self.stopped = True

    def close(self) -> None:
        self._threads.shutdown()


class ThreadPool(Workers):
    """One that does what it is given."""

    def submit(self, task, job):
        return self._threads.submit(task, job)


UNITS = [f"XA-{number:02d}" for number in range(1, 13)]


def outcomes(pool: Workers) -> dict[str, str]:
    found: list[ReportOutcome] = []
    batch.build_all([job(unit) for unit in UNITS], pool, found.append)
    assert sorted(one.unit_id for one in found) == UNITS  # each exactly once
    return {one.unit_id: one.status for one in found}


def test_jobs_are_handed_over_as_they_are_needed():
    pool = Workers()
    assert set(outcomes(pool).values()) == {"built"}
    assert pool.most <= pool.width


def test_a_failed_report_does_not_stop_the_others():
    found = outcomes(Workers(failing=("XA-03",)))
    assert [unit for unit, status in found.items() if status == "failed"] == ["XA-03"]


def test_a_worker_that_dies_once_costs_nothing():
    pool = Workers({"XA-02": 1})
    assert set(outcomes(pool).values()) == {"built"} and pool.renewed == 1


def test_a_report_that_kills_its_worker_twice_fails_alone():
    pool = Workers({"XA-05": 9})
    found = outcomes(pool)
    assert [unit for unit, status in found.items() if status == "failed"] == ["XA-05"]
    assert pool.renewed >= 2


@pytest.mark.parametrize("dead", [False, True])
def test_what_is_to_be_done_last_is_done_once_when_all_reports_are_there(dead):
    seen = []

    class Worker(Workers):
        def submit(self, task, job):
            if isinstance(job, ReportJob):
                return super().submit(task, job)
            if dead:
                raise BrokenExecutor
            return self._threads.submit(task, job)

    pool = Worker()
    batch.build_all([job(unit) for unit in UNITS], pool, lambda _: None, last=lambda: seen.append(sorted(pool.built)))
    assert seen == [UNITS]


def test_what_fails_at_the_last_is_told():
    def held() -> None:
        raise KitError("held by another program")

    with pytest.raises(KitError, match="held by"):
        batch.build_all([], ThreadPool(), lambda _: None, last=held)


def test_an_interrupt_stops_the_workers_at_once():
    pool = Workers()

    def interrupted(_: ReportOutcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.build_all([job(unit) for unit in UNITS], pool, interrupted)
    assert pool.stopped and len(pool.built) < len(UNITS)


def test_a_run_whose_lock_was_taken_over_stops():
    pool, lost = Workers(), threading.Event()
    lost.set()
    with pytest.raises(KitError, match="taken over"):
        batch.build_all([job(unit) for unit in UNITS], pool, lambda _: None, lost=lost)
    assert pool.stopped


def test_the_time_it_will_take_is_estimated_from_notebooks_at_hand(tmp_path):
    for unit, seconds in (("XA-01", 1.0), ("XA-02", 3.0)):
        (tmp_path / unit).mkdir()
        text = json.dumps({"metadata": {"papermill": {"report_seconds": seconds}}})
        (tmp_path / unit / "report.ipynb").write_text(text, encoding="utf-8")
    jobs = [job(unit) for unit in UNITS]
    assert batch.estimated_seconds(jobs, [tmp_path / "XA-01", tmp_path / "XA-02"]) == (24.0, True)
    assert batch.estimated_seconds(jobs, [tmp_path / "XA-09"]) == (12 * batch.USUAL_SECONDS, False)
