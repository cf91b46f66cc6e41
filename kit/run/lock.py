"""One at a time on a shared folder: a lock that names its holder, and is none once the holder is dead.

The file is made in one step, so that of two only one succeeds. Its holder renews it every few seconds; on the same
machine the process decides, on another one the time since the last renewal, both read from the folder's own clock.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from kit.errors import KitError, UsageError
from kit.run.files import explained
from kit.run.processes import is_alive, own_mark

NAME = ".lock"
RENEWED, SILENT = 10.0, 90.0  # seconds between renewals; without one for so long the holder is dead


@dataclass(frozen=True)
class Holder:
    """Who holds a lock: machine, process, person, since when (local time of the holder) and for what."""

    host: str
    process: str
    user: str
    since: str
    doing: str


@contextmanager
def hold(folder: Path, doing: str) -> Iterator[threading.Event]:
    """Hold the lock of a folder; the event given is set when it is lost (this machine slept, another took over).

    Raises ``UsageError`` naming the holder and since when, while someone else holds it.
    """
    path, me = folder / NAME, _me(doing)
    _take(path, me)
    ended, lost = threading.Event(), threading.Event()
    thread = threading.Thread(target=_renew, args=(path, me, (ended, lost)), daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        ended.set()
        thread.join()
        if holder_of(path) == me:
            path.unlink(missing_ok=True)


def holder_of(path: Path) -> Holder | None:
    """Who holds a lock file; ``None`` when there is none that can be read."""
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _me(doing: str) -> Holder:
    try:
        user = getpass.getuser()
    except Exception:  # no user name in the environment and no user database
        user = "không rõ"
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return Holder(socket.gethostname(), own_mark(), user, since, doing)


def _take(path: Path, me: Holder) -> None:
    for _ in range(5):
        with explained(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with path.open("x", encoding="utf-8") as stream:
                    stream.write(json.dumps(asdict(me), ensure_ascii=False))
                return
            except FileExistsError:
                pass
        found = holder_of(path)
        if not _is_dead(path, found):
            raise UsageError(_told(found))
        _bury(path, found)
    raise KitError(f"The lock '{path.name}' of {path.parent.name} cannot be had; try again.")


def _is_dead(path: Path, found: Holder | None) -> bool:
    if found and found.host == socket.gethostname():
        return not is_alive(found.process)
    return _silence(path) > SILENT  # also for a file that is just being written


def _silence(path: Path) -> float:
    """Seconds since the lock was renewed, by the clock of the folder: clocks of two machines differ."""
    probe = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        probe.touch()
        return probe.stat().st_mtime - path.stat().st_mtime
    except OSError:
        return 0.0
    finally:
        probe.unlink(missing_ok=True)


def _bury(path: Path, dead: Holder | None) -> None:
    """Take a dead lock away; if another has taken it over meanwhile, his is put back."""
    grave = path.with_name(f"{path.name}.{os.getpid()}.dead.new")
    try:
        os.replace(path, grave)
    except FileNotFoundError:
        return
    if holder_of(grave) != dead and not path.exists():
        os.replace(grave, path)
    grave.unlink(missing_ok=True)


def _told(found: Holder | None) -> str:
    if not found:
        return "Another run has just begun here; try again in a moment."
    since = datetime.fromisoformat(found.since)
    return (
        f"{found.user} on {found.host} holds this folder for {found.doing} since {since:%H:%M:%S on %d/%m/%Y} "
        f"(process {found.process.partition('-')[0]}); wait until it has ended, then run again."
    )


def _renew(path: Path, me: Holder, events: tuple[threading.Event, threading.Event]) -> None:
    ended, lost = events
    while not ended.wait(RENEWED):
        try:
            if holder_of(path) != me:
                lost.set()
                return
            os.utime(path)
        except OSError:
            continue  # the share is away for a moment
