"""Runs a command and measures its whole process tree: wall and processor time, peak memory of parent and of all."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
_GLANCE, _LOOK = 0.1, 2.0  # seconds between two looks at the memory of the parent, of all processes


@dataclass(frozen=True)
class Measured:
    """Seconds and MiB; ``code`` and the command's output."""

    wall: float
    cpu: float
    parent: float
    tree: float
    code: int
    told: str


def kit(*words: object, check: bool = True, env: Mapping[str, str] | None = None, memory: bool = True) -> Measured:
    """Run ``kit`` with some words."""
    return measured([sys.executable, "-m", "kit", *map(str, words)], check=check, env=env, memory=memory)


def measured(
    command: Sequence[str], *, check: bool = True, env: Mapping[str, str] | None = None, memory: bool = True
) -> Measured:
    """Run a command in the project folder; processor time is that of all processes that ended below it.

    Without ``memory`` nothing is looked at while it runs.
    """
    _adopt_orphans()
    before_us = psutil.Process().children()  # as the workers of a cluster: then processor time is not whole
    before, began = os.times(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=env
    )
    watch = _Watch(process.pid)
    if memory:
        watch.start()
    told, _ = process.communicate()
    wall = time.perf_counter() - began
    if not before_us:  # what outlived the command; others would be waited for as well
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
    after = os.times()
    watch.ended.set()
    if memory:
        watch.join()
    if check and process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{told[-3000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, cpu, watch.parent / 2**20, watch.tree / 2**20, process.returncode, told)


def _adopt_orphans() -> None:
    """Linux: what outlives its parent by a moment, as the server that workers are forked from, ends as ours."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


class _Watch(threading.Thread):
    """Looks at a process often, and at all below it now and then: each such look halts them for some milliseconds."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.process, self.parent, self.tree, self.ended = psutil.Process(pid), 0, 0, threading.Event()

    def run(self) -> None:
        looked = time.monotonic()
        while not self.ended.wait(_GLANCE):
            try:
                self.parent = max(self.parent, _highest(self.process))
                if time.monotonic() - looked < _LOOK:
                    continue
                looked = time.monotonic()
                all_of_it = [self.process, *self.process.children(recursive=True)]
                self.tree = max(self.tree, sum(map(_memory, all_of_it)))
            except psutil.Error:
                continue


def _highest(process: psutil.Process) -> int:
    """The most memory that a process has had so far, where the system tells; else what it has now."""
    with contextlib.suppress(OSError, IndexError):
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) << 10
    return process.memory_info().rss


def _memory(process: psutil.Process) -> int:
    """Memory of a process, shared pages divided among those that share them where the system tells."""
    try:
        return getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss
    except psutil.Error:
        return 0
