"""II.7. Inspections and supervision in the period (plan, part IV)."""

from __future__ import annotations

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import remarks
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, day, table, text
from kit.report.content.tasks import year_tasks
from kit.schema.load import load_schema


def inspections(subject: Subject) -> Blocks:
    """Return section II.7."""
    rows = subject.rows("inspections")
    rows = rows.loc[rows["date"].between(subject.scope.start, subject.cutoff)].sort_values(
        ["date", "owner", "inspection_id"]
    )
    if rows.empty:
        return Blocks.of(Paragraphs((_nothing(subject), *remarks(subject, "inspections"))))
    return Blocks.of(Paragraphs((_headline(subject, rows), *remarks(subject, "inspections"))), _table(subject, rows))


def _nothing(subject: Subject) -> str:
    if not subject.has_sheet("inspections"):
        return f"Nội dung kiểm tra, giám sát không thuộc biểu số liệu của {subject.name_inside}."
    if subject.result("KT-01").known:
        return _of_the_plan(subject) or "Trong kỳ không phát sinh cuộc kiểm tra, giám sát nào."
    return "Chưa có số liệu về kiểm tra, giám sát trong kỳ."


def _of_the_plan(subject: Subject) -> str:
    """Inspections that the tasks tell of and the sheet does not: the report must not say that there were none."""
    tasks = year_tasks(subject)
    done = tasks.loc[(tasks["group"] == "inspection") & tasks["completed"], "completed_date"]
    count = int(done.between(subject.scope.start, subject.cutoff).sum())
    if not count:
        return ""
    which = "nhiệm vụ kiểm tra" if count == 1 else f"{words.number(count)} nhiệm vụ kiểm tra"
    return (
        f"Trong kỳ đã hoàn thành {which} của Kế hoạch (nêu tại mục I) nhưng chưa ghi đơn vị được kiểm tra và kết quả "
        "kiểm tra; đề nghị bổ sung."
    )


def _headline(subject: Subject, rows: pd.DataFrame) -> str:
    found = rows["result"].value_counts()
    order = [code for code in load_schema().codelists["quality"].codes if code in found.index]
    results = [f"{words.number(int(found[code]))} cuộc kết luận {label('quality', code).lower()}" for code in order]
    unrated = int(rows["result"].isna().sum())
    results += [f"{words.number(unrated)} cuộc chưa ghi kết quả"] if unrated else []
    told = f"Trong kỳ đã thực hiện {subject.result('KT-01').printed} cuộc kiểm tra, giám sát"
    if len(results) == 1 and len(rows) == 1:
        return f"{told}, {results[0].removeprefix('1 cuộc ')}."
    if len(results) == 1:
        return f"{told}, đều {results[0].split(' cuộc ')[1]}."
    return f"{told}, gồm {words.enumeration(results)}."


def _table(subject: Subject, rows: pd.DataFrame) -> Table:
    shown, raw = [], []
    for at, row in enumerate(rows.to_dict("records"), 1):
        by = (subject.names[row["owner"]],) if subject.pooled else ()
        result = label("quality", row["result"]) or "Chưa ghi"
        shown.append(
            (str(at), day(row["date"]), *by, text(row["inspected"]), result, text(row["document_number"]) or "–")
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
