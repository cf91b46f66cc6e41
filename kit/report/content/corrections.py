"""Annex IV.2: what the office corrected in the units' data, each with its place and reason (data/corrections.yaml)."""

from __future__ import annotations

from kit.report import words
from kit.report.blocks import Column, Table
from kit.report.content.subject import Subject
from kit.report.content.tables import table

CODES = ("corrected", "row-dropped", "correction-waiting")


def corrections(subject: Subject, findings: list[dict], places: list[str]) -> Table | None:
    """Return the table of corrections among ``findings``; ``places`` say where each stands. ``None`` without any."""
    if not findings:
        return None
    names = subject.names
    return table(
        f"Đính chính của cơ quan tổng hợp ({words.number(len(findings))} mục)",
        (
            Column("Đơn vị", "left", 1.4),
            Column("Vị trí", "left", 1.6),
            Column("Nội dung, lý do", "left", 4),
        ),
        shown=[
            (names.get(row["unit_id"], row["unit_id"]), place, row["message"].split(" Đề nghị đơn vị")[0])
            for row, place in zip(findings, places, strict=True)
        ],
        data=(
            ("unit_id", "table", "key", "field", "value", "source_file", "source_sheet", "source_row", "message"),
            [
                (
                    *(row["unit_id"], row["table"], row["key"], row["field"], row["value"]),
                    *(row["source_file"], row["source_sheet"], row["source_row"], row["message"]),
                )
                for row in findings
            ],
        ),
        note="Số liệu được tính theo giá trị sau đính chính; đơn vị đã được thông báo để sửa trong sổ của mình.",
        name="phu-luc-4-dinh-chinh",
    )
