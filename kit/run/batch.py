"""Build the reports of many units over an executor: bounded, resumable, and none stops the others."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from pathlib import Path
from threading import Event

from kit.digests import load_json
from kit.errors import KitError
from kit.run.job import ReportJob, ReportOutcome, build
from kit.run.keys import out_of_date
from kit.run.outputs import NOTEBOOK, file_names
from kit.run.pools import Pool, called

_PAUSE = 1.0  # seconds after which a lost lock is noticed
_SAMPLED = 7
USUAL_SECONDS = 2.0  # for a report, when no earlier run tells
_DIED = "The process that built it died, twice; it may have run out of memory."


def plan(jobs: list[ReportJob], *, force: bool = False) -> dict[str, str]:
    """Return why each report must be built, by unit; those that are current are not in it."""
    reasons = {job.unit_id: "asked for" if force else _why(job) for job in jobs}
    return {unit: reason for unit, reason in reasons.items() if reason}


def _why(job: ReportJob) -> str:
    return out_of_date(job.folder, job.inputs, file_names(job.formats), latest=job.latest)


def estimated_seconds(jobs: Iterable[ReportJob], known: Iterable[Path]) -> tuple[float, bool]:
    """Processor time for building reports, from the durations that notebooks at hand record; whether any did."""
    sample = [load_json(folder / NOTEBOOK) for folder, _ in zip(_spread(known), range(_SAMPLED), strict=False)]
    told = [nb.get("metadata", {}).get("papermill", {}).get("report_seconds") for nb in sample]
    seconds = [float(one) for one in told if isinstance(one, (int, float))]
    return len(list(jobs)) * (statistics.mean(seconds) if seconds else USUAL_SECONDS), bool(seconds)


def _spread(folders: Iterable[Path]) -> list[Path]:
    """Folders with an executed notebook, a few of them from all over the list."""
    found = [folder for folder in folders if (folder / NOTEBOOK).is_file()]
    return found[:: max(1, len(found) // _SAMPLED)]


def build_all(
    jobs: list[ReportJob],
    pool: Pool,
    done: Callable[[ReportOutcome], None],
    *,
    lost: Event | None = None,
    last: Callable[[], object] | None = None,
) -> None:
    """Build reports in parallel; ``done`` is told of each as it ends. A failed one does not stop the others.

    Only as many jobs as the pool needs are handed to it, so that memory does not grow with their number; a worker also
    does what is to be done ``last``, or this process if none can. Raises ``KitError`` when ``lost`` is set: another
    run has taken over.
    """
    try:
        for outcome in _outcomes(deque(jobs), pool, lost or Event()):
            done(outcome)
        if last is not None:
            try:
                pool.submit(called, last).result()
            except BrokenExecutor:
                last()
    except BaseException:
        pool.stop()
        raise
    pool.close()


def _outcomes(waiting: deque[ReportJob], pool: Pool, lost: Event) -> Iterator[ReportOutcome]:
    flying: dict[Future, ReportJob] = {}
    while waiting or flying:
        broken = _fill(waiting, flying, pool)
        ended = wait(flying, timeout=_PAUSE, return_when=FIRST_COMPLETED).done if not broken else ()
        for future in ended:
            outcome = _outcome(future, flying[future])
            if outcome is None:
                broken = True
                break
            del flying[future]
            yield outcome
        if broken:  # which of those under way brought it down is not known: each is tried by itself
            under_way = [(job, _outcome(future, job) if future.done() else None) for future, job in flying.items()]
            flying.clear()
            pool.renew()
            yield from (outcome or _alone(job, pool) for job, outcome in under_way)
        if lost.is_set():
            raise KitError("Another run has taken over this folder while this one stood still; run again.")


def _fill(waiting: deque[ReportJob], flying: dict[Future, ReportJob], pool: Pool) -> bool:
    """Keep the pool busy; True when it turns out to be broken."""
    width = pool.width
    while waiting and len(flying) < width:
        try:
            future = pool.submit(build, waiting[0])
        except BrokenExecutor:
            return True
        flying[future] = waiting.popleft()
    return False


def _outcome(future: Future, job: ReportJob) -> ReportOutcome | None:
    """What became of a job; ``None`` when the pool broke under it."""
    try:
        return future.result()
    except BrokenExecutor:
        return None
    except Exception as error:  # an outcome that cannot be sent back, a cluster that gave up
        return ReportOutcome(job.unit_id, "failed", f"{type(error).__name__}: {error}")


def _alone(job: ReportJob, pool: Pool) -> ReportOutcome:
    """Build one report with nothing else under way; a second death is its own fault."""
    try:
        future = pool.submit(build, job)
        outcome = _outcome(future, job)
    except BrokenExecutor:
        outcome = None
    if outcome is None:
        pool.renew()
        return ReportOutcome(job.unit_id, "failed", _DIED)
    return outcome


def summary_of(outcomes: Mapping[str, ReportOutcome], due: int) -> str:
    """Say how far an interrupted run came."""
    built = sum(outcome.status == "built" for outcome in outcomes.values())
    return f"Interrupted: {built} of {due} reports built; run again to build the rest."
