"""Disk work of ``kit receive``: keep the earlier version, put the new one in its place, write the log."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.run.files import write_whole

if TYPE_CHECKING:
    from kit.collect.inbox import Parcel
    from kit.collect.inbox_plan import Step
    from kit.workflow.receipts import Receipt

LOG_COLUMNS = (
    *("received_at", "received_by", "unit_id", "year", "file", "saved_at"),
    *("sha256", "placed_as", "earlier_version_kept_as"),
)


def require_log(log: Path) -> None:
    """Raise ``KitError`` unless the log can be written (on Windows one that is open in Excel cannot)."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab"):
            pass
    except OSError:
        raise KitError(
            "The log data/received/log.csv cannot be written; close it if it is open in Excel, then run again."
        ) from None


def append_to_log(log: Path, receipt: Receipt, step: Step, *, by: str) -> None:
    """Append one line in one write, so that lines of two people never mix. Times are local, with their offset."""
    from kit.report.tables import safe_text

    parcel = step.parcel
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    saved = parcel.saved.astimezone().isoformat(timespec="seconds") if parcel.saved else ""
    row = (now, by, step.unit_id, str(step.year), receipt.name, saved, parcel.digest, receipt.placed, receipt.kept)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if log.stat().st_size == 0:
        writer.writerow(LOG_COLUMNS)
    writer.writerow(safe_text(_one_line(cell)) for cell in row)
    with log.open("ab") as stream:
        stream.write(out.getvalue().encode("utf-8", "replace"))
        stream.flush()
        os.fsync(stream.fileno())


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def keep_copy(old: Path, copy: Path) -> None:
    """Keep an earlier version: complete under its name, or absent."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    fresh = copy.with_name(f".{copy.name}.new")
    if old.is_dir():
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(old, fresh)
    else:
        shutil.copy2(old, fresh)
    os.replace(fresh, copy)


def put_in_place(target: Path, content: Mapping[str, bytes], parcel: Parcel, earlier: Sequence[Path]) -> None:
    """Put the new version in its place, with the age it had, and take the earlier one away."""
    when = parcel.arrived.timestamp()
    if parcel.kind == "workbook":
        write_whole(target, content[""])
        os.utime(target, (when, when))
    else:
        fresh = target.with_name(f".{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for name, part in content.items():
            write_whole(fresh / name, part)
            os.utime(fresh / name, (when, when))
        shutil.rmtree(target, ignore_errors=True)
        os.replace(fresh, target)
    for old in earlier:
        if old.exists() and not old.samefile(target):  # on Windows xa-01.xlsx and XA-01.xlsx are one file
            shutil.rmtree(old) if old.is_dir() else old.unlink()
