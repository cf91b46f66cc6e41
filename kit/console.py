"""What the command line prints: findings, runs, diagnosis, progress; escape sequences never reach the terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kit.outcomes import duration

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
        self._console.print(visible(text), soft_wrap=True)

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
        self._first = 0.0  # when the first was done: before that, workers were starting

    def advance(self, text: str) -> None:
        """One more thing is done."""
        self._done += 1
        self._first = self._first or monotonic()
        if self._bar:
            self._bar.advance(self._task)
        elif self._teller:
            left = (monotonic() - self._first) / max(self._done - 1, 1) * (self._total - self._done)
            self._teller.step(f"  {self._done}/{self._total} {text}{f' – {duration(left)} left' if left > 1 else ''}")


def progress() -> Teller:
    """Return what tells of progress."""
    return Teller()


def _print_json(document: object) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    print()


def print_check(outcome: CheckOutcome, *, as_json: bool) -> None:
    """Print errors and warnings by file and sheet, the gravest first, and count notes; or one JSON document."""
    if as_json:
        _print_json(outcome.to_json())
        return
    files = [file for file in outcome.to_json()["files"] if file["findings"] or "returned" in file]
    for file in sorted(files, key=lambda file: [-number for number in _counts(file)[:2]]):
        _print_file(file)
    _say(outcome.summary)


def _counts(file: dict[str, Any]) -> list[int]:
    """Numbers of errors, warnings and notes of a file."""
    return [sum(finding["severity"] == severity for finding in file["findings"]) for severity in _SEVERITY]


def _print_file(file: dict[str, Any]) -> None:
    counts = _counts(file)
    told = ", ".join(f"{n} {word.lower()}" for n, word in zip(counts, _SEVERITY.values(), strict=True) if n)
    _say(f"{file['file']}  {file['unit_id']}".rstrip() + f": {told or 'không có lỗi'}")
    listed = [finding for finding in file["findings"] if finding["severity"] != "note"]  # notes are in findings.csv
    shown = sorted(listed, key=lambda finding: list(_SEVERITY).index(finding["severity"]))[:MOST_PRINTED]
    for sheet in dict.fromkeys(finding["sheet"] for finding in listed):
        here = [finding for finding in shown if finding["sheet"] == sheet]
        if here and sheet:
            _say(f"  {sheet}")
        for finding in here:
            place = f"{finding['column']}{finding['row'] or ''}"
            _say(f"    {_SEVERITY[finding['severity']]:<8}  {place:<6}  {finding['message']}")
    if len(listed) > len(shown):
        _say(f"    … và {len(listed) - len(shown)} phát hiện khác trong findings.csv")
    if "returned" in file:
        _say(f"  Sổ trả lại đơn vị: {file['returned']}")
    elif listed and file["unit_id"] and file["status"] != "unreadable":
        _say("  Không lập được sổ trả lại (tệp quá lớn hoặc không dùng được); xem findings.csv.")
    if listed:
        _say()


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
