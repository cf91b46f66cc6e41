"""What the command line prints: findings, runs, diagnosis, progress; escape sequences never reach the terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from kit.diagnosis import Point
    from kit.outcomes import CheckOutcome, RunOutcome

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SEVERITY = {"error": "LỖI", "warning": "CẢNH BÁO", "note": "GHI CHÚ"}
MOST_PRINTED = 200


def visible(text: str) -> str:
    """Text without control characters."""
    return _CONTROL.sub("\ufffd", text)


def _say(text: str = "") -> None:
    print(visible(text))


class Teller:
    """Tells of progress: a bar with time left on a terminal, plain lines otherwise; always on standard error."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False)

    def step(self, text: str) -> None:
        """Say what is being done."""
        self._console.print(visible(text))

    @contextmanager
    def counting(self, text: str, total: int) -> Iterator[Counter]:
        """Count ``total`` things that are done one by one."""
        if self._console.is_terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            with Progress(*columns, console=self._console) as bar:
                yield Counter(bar, bar.add_task(visible(text), total=total))
        else:
            self.step(f"{text}: {total}")
            yield Counter(None, 0, teller=self, total=total)


class Counter:
    """One running count."""

    def __init__(self, bar: Progress | None, task, *, teller: Teller | None = None, total: int = 0):
        self._bar, self._task, self._teller, self._total, self._done = bar, task, teller, total, 0

    def advance(self, text: str) -> None:
        """One more thing is done."""
        self._done += 1
        if self._bar:
            self._bar.advance(self._task)
        elif self._teller:
            self._teller.step(f"  {self._done}/{self._total} {text}")


def progress() -> Teller:
    """Return what tells of progress."""
    return Teller()


def _print_json(document: object) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    print()


def print_check(outcome: CheckOutcome, *, as_json: bool) -> None:
    """Print findings by file, or one JSON document."""
    if as_json:
        _print_json(outcome.to_json())
        return
    for file in outcome.to_json()["files"]:
        findings = file["findings"]
        serious = [finding for finding in findings if finding["severity"] != "note"]
        if not findings:
            continue
        _say(f"{file['file']}  {file['unit_id']}".rstrip())
        for finding in (serious or findings)[:MOST_PRINTED]:
            place = " ".join(
                str(part) for part in (finding["sheet"], f"{finding['column']}{finding['row'] or ''}") if part
            )
            _say(f"  {_SEVERITY[finding['severity']]:<8} {place:<24} {finding['message']}")
        if len(serious or findings) > MOST_PRINTED:
            _say(f"  … và {len(serious or findings) - MOST_PRINTED} phát hiện khác trong findings.csv")
        _say()
    _say(outcome.summary)


def print_run(outcome: RunOutcome, *, as_json: bool) -> None:
    """Print what was built, what failed and why."""
    if as_json:
        _print_json(outcome.to_json())
        return
    for report in outcome.reports:
        if report.status in ("failed", "planned"):
            _say(f"{report.unit_id}: {report.status}: {report.reason}")
    _say(outcome.summary)


def print_doctor(points: list[Point]) -> None:
    """Print one line per point, then what to do about those that are not good."""
    for point in points:
        _say(f"{'ok     ' if point.good else 'MISSING'} {point.name}: {point.found}")
        if not point.good:
            _say(f"        {point.advice}")
