"""II.7. Inspections and supervision in the period (plan, part IV)."""

from __future__ import annotations

from collections import Counter

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import remarks
from kit.report.content.records import by, within
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, day, table, text
from kit.report.content.tasks import year_tasks
from kit.schema.load import load_schema


def inspections(subject: Subject) -> Blocks:
    """Return section II.7."""
    rows = within(subject.records("inspections"), "date", subject.scope.start, subject.cutoff)
    if not rows:
        return Blocks.of(Paragraphs((_nothing(subject), *remarks(subject, "inspections"))))
    return Blocks.of(Paragraphs((_headline(subject, rows), *remarks(subject, "inspections"))), _table(subject, rows))


def _nothing(subject: Subject) -> str:
    if not subject.has_sheet("inspections"):
        return f"Nội dung kiểm tra, giám sát không thuộc biểu số liệu của {subject.name_inside}."
    none = "Chưa có số liệu về kiểm tra, giám sát trong kỳ."
    if subject.result("KT-01").known:
        none = "Trong kỳ không phát sinh cuộc kiểm tra, giám sát nào."
    return _of_the_plan(subject) or none


def _of_the_plan(subject: Subject) -> str:
    """Inspections that the tasks tell of and the sheet does not: the report must not say that there were none."""
    done = within(year_tasks(subject), "completed_date", subject.scope.start, subject.cutoff)
    count = sum(task["group"] == "inspection" for task in done)
    if not count:
        return ""
    which = "nhiệm vụ kiểm tra" if count == 1 else f"{words.number(count)} nhiệm vụ kiểm tra"
    return (
        f"Trong kỳ đã hoàn thành {which} của Kế hoạch nhưng biểu kiểm tra, giám sát chưa ghi đơn vị được kiểm tra "
        "và kết quả kiểm tra."
    )


def _headline(subject: Subject, rows: list[dict]) -> str:
    found = Counter(row["result"] for row in rows)
    order = [code for code in load_schema().codelists["quality"].codes if code in found]
    results = [f"{words.number(found[code])} cuộc kết luận {label('quality', code).lower()}" for code in order]
    results += [f"{words.number(found[None])} cuộc chưa ghi kết quả"] if found[None] else []
    told = f"Trong kỳ đã thực hiện {subject.result('KT-01').printed} cuộc kiểm tra, giám sát"
    if len(results) == 1 and len(rows) == 1:
        return f"{told}, {results[0].removeprefix('1 cuộc ')}."
    if len(results) == 1:
        return f"{told}, đều {results[0].split(' cuộc ')[1]}."
    return f"{told}, gồm {words.enumeration(results)}."


def _table(subject: Subject, rows: list[dict]) -> Table:
    shown, raw = [], []
    for at, row in enumerate(sorted(rows, key=by("date", "owner", "inspection_id")), 1):
        unit = (subject.names[row["owner"]],) if subject.pooled else ()
        result = label("quality", row["result"]) or "Chưa ghi"
        shown.append(
            (str(at), day(row["date"]), *unit, text(row["inspected"]), result, text(row["document_number"]) or "–")
        )
        raw.append(
            (row["owner"], row["inspection_id"], row["date"], row["inspected"], row["result"], row["document_number"])
        )
    columns = [NUMBER, Column("Ngày", "center", 1)]
    columns += [Column("Đơn vị kiểm tra", "left", 1.6)] if subject.pooled else []
    columns += [
        Column("Đơn vị được kiểm tra", "left", 2),
        Column("Kết quả", "left", 1),
        Column("Số, ký hiệu", "left", 1.3),
    ]
    return table(
        "Các cuộc kiểm tra, giám sát trong kỳ",
        columns,
        shown=shown,
        data=(("unit_id", "inspection_id", "date", "inspected", "result", "document_number"), raw),
        name="kiem-tra",
    )
