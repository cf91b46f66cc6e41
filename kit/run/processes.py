"""Processes by number and time of start: is the one that left a lock or a folder behind still there?"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

_PREFIX = "kit-run-"


@cache
def own_mark() -> str:
    """``<pid>-<start>`` of this process."""
    return f"{os.getpid()}-{_start_of(os.getpid())}"


def is_alive(mark: str) -> bool:
    """True while the process that a mark names runs on this machine; a later one with its number is another."""
    number, _, start = mark.partition("-")
    return number.isdigit() and _start_of(int(number)) == start


def _start_of(pid: int) -> str:
    """When a process began, as a word that no later process with its number shares; blank when there is none."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            # The name, in brackets, may hold blanks; the start in clock ticks since boot is field 22.
            state, *fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            return "" if state in "ZX" else f"{fields[18]}b{_boot()}"
        except OSError:
            return ""
    import psutil  # comes with ipykernel

    try:
        return str(round(psutil.Process(pid).create_time()))
    except psutil.Error:
        return ""


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:8]
    except OSError:
        return ""


@cache
def own_folder() -> Path:
    """A temporary folder of this process, known by its mark: the next run removes it if this process is killed."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{own_mark()}-"))


def scratch() -> Path:
    """The folder of this process; from now on everything temporary of it and its children lies there."""
    folder = own_folder()
    tempfile.tempdir = str(folder)
    names = ("TMPDIR", "TEMP", "TMP", "JUPYTER_RUNTIME_DIR")
    os.environ.update(dict.fromkeys(names, str(folder)))
    return folder


def remove_own_folder() -> None:
    """Remove the folder of this process, if it has one; for its end."""
    if own_folder.cache_info().currsize:
        folder = own_folder()
        own_folder.cache_clear()
        shutil.rmtree(folder, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove the temporary folders of processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        mark = folder.name.removeprefix(_PREFIX).rpartition("-")[0]
        if mark and not is_alive(mark):
            shutil.rmtree(folder, ignore_errors=True)
