"""Workbooks as they arrive in an office's inbox: an identity sheet, a note that makes contents differ, a time saved."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from kit.schema.load import load_schema

JUNE = datetime(2024, 6, 10, 8, tzinfo=UTC)
JULY = datetime(2024, 7, 1, 8, tzinfo=UTC)


def workbook(path: Path, unit: object = "XA-1", year: object = 2024, *, note: str = "", saved: datetime = JUNE) -> Path:
    """Write a workbook of a unit; document and disk say the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": saved.replace(tzinfo=None)})
    sheet = book.add_worksheet("Gửi báo cáo")
    sheet.write_row(0, 0, ["period", "sent_date", "prepared_by"])
    sheet.write_row(1, 0, ["Kỳ báo cáo", "Ngày gửi", "Người lập"])
    sheet.write_row(2, 0, ["2024-H1", "17/6/2024", note])
    identity = book.add_worksheet("_kit")
    for row, pair in enumerate(
        (("template_version", load_schema().template_version), ("unit_id", unit), ("year", year))
    ):
        identity.write_row(row, 0, pair)
    identity.hide()
    book.close()
    at_disk(path, saved)
    return path


def at_disk(path: Path, moment: datetime) -> Path:
    """Set what the disk says of a file's last change."""
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path
