"""Reports built by the workers of a Dask cluster: behind the same interface as those of this machine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from kit.errors import EngineError, UsageError

_MOST_SILENCE = 60.0  # seconds that a cluster may be without a worker


class ClusterPool:
    """Workers of a Dask cluster; data, notebooks and reports lie on a folder that all of them see."""

    def __init__(self, address: str):
        client_of = _client_class()
        try:
            self._client = client_of(address, timeout="10s", set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(f"There is no Dask scheduler at '{address}': {error}") from None
        self._executor = self._client.get_executor(pure=False)

    @property
    def width(self) -> int:
        """Two jobs for each thread of the workers that are there now. Raises ``EngineError`` when all are gone."""
        threads = sum(self._client.nthreads().values())
        if not threads:
            try:
                self._client.wait_for_workers(1, timeout=_MOST_SILENCE)
            except TimeoutError:
                raise EngineError("The Dask cluster has no workers; start some, then run again.") from None
        return max(2 * threads, 2)

    def begin(self, task: Callable[[], object]) -> None:
        """Nothing to do: the workers are there."""

    def submit(self, task: Callable[[Any], Any], job: Any) -> Future:
        """Hand a job to the scheduler; when a worker dies, it gives the job to another one."""
        return self._executor.submit(task, job)

    def renew(self) -> None:
        """Nothing to do: the scheduler goes on without a dead worker."""

    def stop(self) -> None:
        """Cancel what is under way and leave the cluster alone."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._client.close(timeout=2)

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def _client_class() -> type:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "--scheduler needs the package distributed; run: pip install 'plan-reporting-kit[cluster]'"
        ) from None
    return Client
