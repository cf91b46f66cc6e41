"""Annex IV.1: which units sent their report, when, and which did not."""

from __future__ import annotations

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, day, table
from kit.report.status import sent


def returns(subject: Subject) -> Blocks:
    """Return the sentence on reports received and, above one unit, the units that are missing or late."""
    reports = sent(subject.scope, subject.members)
    if not subject.pooled:
        return Blocks.of(Paragraphs((_one(subject, reports[0]),)))
    received, on_time = subject.result("BC-01"), subject.result("BC-02")
    said = (
        f"Có {received.counts} đơn vị đã gửi báo cáo của kỳ ({received.printed}); {on_time.counts} "
        f"đơn vị gửi đúng hạn ({on_time.printed})."
    )
    reading = subject.data.params.reading_date
    note = (f"Chỉ tính báo cáo gửi đến hết ngày {words.short_date(reading)}.",) if reading else ()
    return Blocks.of(Paragraphs((said, *note)), _table(subject, [one for one in reports if one["state"] != "on_time"]))


def _one(subject: Subject, row: dict) -> str:
    due = day(row["deadline"])
    if row["state"] == "missing":
        return f"{subject.name} chưa gửi báo cáo của kỳ; thời hạn là ngày {due}."
    how = f"đúng thời hạn (ngày {due})" if row["state"] == "on_time" else f"muộn so với thời hạn (ngày {due})"
    return f"{subject.name} gửi báo cáo của kỳ ngày {day(row['sent_date'])}, {how}."


def _table(subject: Subject, reports: list[dict]) -> Table | None:
    if not reports:
        return None
    rows = sorted(reports, key=lambda row: (row["state"] != "missing", row["unit_id"]))
    return table(
        "Đơn vị chưa gửi hoặc gửi muộn",
        (
            NUMBER,
            Column("Đơn vị", "left", 3),
            Column("Thời hạn", "center", 1.2),
            Column("Ngày gửi", "center", 1.2),
            Column("Tình trạng", "left", 1.2),
        ),
        shown=[
            (
                str(at),
                subject.names[row["unit_id"]],
                day(row["deadline"]),
                day(row["sent_date"]) or "–",
                "Chưa gửi" if row["state"] == "missing" else "Gửi muộn",
            )
            for at, row in enumerate(rows, 1)
        ],
        data=(
            ("unit_id", "unit", "deadline", "sent_date", "state"),
            [(r["unit_id"], subject.names[r["unit_id"]], r["deadline"], r["sent_date"], r["state"]) for r in rows],
        ),
        limit=60,
        name="phu-luc-4-gui-bao-cao",
    )
