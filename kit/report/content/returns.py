"""Annex IV.1: which units sent their report, when, and which did not."""

from __future__ import annotations

import pandas as pd

from kit.indicators.reporting import deadlines
from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, day, table


def returns(subject: Subject) -> Blocks:
    """Return the sentence on reports received and, above one unit, the units that are missing or late."""
    frame = sending(subject)
    if not subject.pooled:
        return Blocks.of(Paragraphs((_one(subject, frame.iloc[0]),)))
    sent, on_time = subject.result("BC-01"), subject.result("BC-02")
    said = (
        f"{sent.counts} đơn vị đã gửi báo cáo của kỳ ({sent.printed}); {on_time.counts} "
        f"đơn vị gửi đúng hạn ({on_time.printed})."
    )
    reading = subject.data.params.reading_date
    note = (f"Chỉ tính báo cáo gửi đến hết ngày {words.short_date(reading)}.",) if reading else ()
    return Blocks.of(Paragraphs((said, *note)), _table(subject, frame.loc[frame["state"] != "on_time"]))


def sending(subject: Subject) -> pd.DataFrame:
    """Return one row for each unit of the subtree: ``unit_id``, ``sent_date``, ``deadline``, ``state``.

    ``state`` is on_time, late or missing (also when sent after the reading date), as BC-01 and BC-02 count.
    """
    sent = subject.scope.submissions
    if subject.data.params.reading_date:
        sent = sent.loc[sent["sent_date"] <= pd.Timestamp(subject.data.params.reading_date)]
    first = sent.groupby("owner")["sent_date"].min()
    frame = pd.DataFrame({"unit_id": list(subject.members)})
    frame = frame.assign(sent_date=frame["unit_id"].map(first), deadline=frame["unit_id"].map(deadlines(subject.scope)))
    state = pd.Series("late", index=frame.index, dtype="str").mask(frame["sent_date"] <= frame["deadline"], "on_time")
    return frame.assign(state=state.mask(frame["sent_date"].isna(), "missing"))


def _one(subject: Subject, row: pd.Series) -> str:
    due = f"thời hạn là ngày {day(row['deadline'])}"
    if row["state"] == "missing":
        return f"{subject.name} chưa gửi báo cáo của kỳ; {due}."
    how = "đúng hạn" if row["state"] == "on_time" else "muộn"
    return f"{subject.name} gửi báo cáo của kỳ ngày {day(row['sent_date'])}, {how}; {due}."


def _table(subject: Subject, frame: pd.DataFrame) -> Table | None:
    if frame.empty:
        return None
    names = frame["unit_id"].map(subject.names)
    frame = frame.assign(name=names).sort_values(
        ["state", "name", "unit_id"], ascending=[False, True, True], kind="stable"
    )
    rows = frame.to_dict("records")
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
                row["name"],
                day(row["deadline"]),
                day(row["sent_date"]) or "–",
                "Chưa gửi" if row["state"] == "missing" else "Gửi muộn",
            )
            for at, row in enumerate(rows, 1)
        ],
        data=(
            ("unit_id", "unit", "deadline", "sent_date", "state"),
            [(r["unit_id"], r["name"], r["deadline"], r["sent_date"], r["state"]) for r in rows],
        ),
        limit=60,
        name="phu-luc-4-gui-bao-cao",
    )
