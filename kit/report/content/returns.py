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
        f"Có {sent.counts} đơn vị đã gửi báo cáo của kỳ ({sent.printed}); {on_time.counts} "
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
    units = list(subject.members)
    due = deadlines(subject.scope)
    frame = pd.DataFrame(
        {
            "unit_id": units,
            "sent_date": first.reindex(units).to_numpy(),
            "deadline": pd.Series([due[unit] for unit in units], dtype="datetime64[s]"),
        }
    )
    state = pd.Series("late", index=frame.index, dtype="str").mask(frame["sent_date"] <= frame["deadline"], "on_time")
    return frame.assign(state=state.mask(frame["sent_date"].isna(), "missing"))


def _one(subject: Subject, row: pd.Series) -> str:
    due = day(row["deadline"])
    if row["state"] == "missing":
        return f"{subject.name} chưa gửi báo cáo của kỳ; thời hạn là ngày {due}."
    how = f"đúng thời hạn (ngày {due})" if row["state"] == "on_time" else f"muộn so với thời hạn (ngày {due})"
    return f"{subject.name} gửi báo cáo của kỳ ngày {day(row['sent_date'])}, {how}."


def _table(subject: Subject, frame: pd.DataFrame) -> Table | None:
    if frame.empty:
        return None
    frame = frame.sort_values(["state", "unit_id"], ascending=[False, True], kind="stable")
    frame = frame.assign(name=[subject.names[unit] for unit in frame["unit_id"]])
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
