"""Products issued in the period (section I)."""

from __future__ import annotations

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import rows_aside
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, day, table, text
from kit.schema.load import load_schema

_TASK = ["_unit", "_year", "task_id"]


def products(subject: Subject) -> Blocks:
    """Return the products by kind; the list of one unit alone is in an annex."""
    issued = _issued(subject)
    if issued.empty:
        return Blocks()
    kinds = issued["kind"].value_counts()
    order = [kind for kind in load_schema().codelists["product_kind"].codes if kind in kinds.index]
    told = words.enumeration([f"{words.number(int(kinds[k]))} {label('product_kind', k).lower()}" for k in order])
    where = "" if subject.pooled else " (danh sách tại Phụ lục II)"
    return Blocks.of(Paragraphs((f"Sản phẩm ban hành trong kỳ{where}: {told}{_of_tasks_aside(subject, issued)}.",)))


def product_list(subject: Subject) -> Table | None:
    """Return the products of one unit by date; nothing above it, or without any."""
    issued = _issued(subject)
    if subject.pooled or issued.empty:
        return None
    return _table(issued.sort_values(["issued_date", "product_id"], kind="stable").to_dict("records"))


def _issued(subject: Subject) -> pd.DataFrame:
    rows = subject.rows("products")
    return rows.loc[rows["issued_date"].between(subject.scope.start, subject.cutoff)]


def _of_tasks_aside(subject: Subject, issued: pd.DataFrame) -> str:
    """Products of tasks that are not counted: they are listed although the figures on tasks leave their task out."""
    tasks = pd.MultiIndex.from_frame(rows_aside(subject, "tasks")[_TASK])
    count = int(pd.MultiIndex.from_frame(issued[_TASK]).isin(tasks).sum())
    if not count:
        return ""
    return f"; trong đó {words.number(count)} sản phẩm thuộc nhiệm vụ có lỗi chưa sửa, không tính trong các tỷ lệ trên"


def _table(rows: list[dict]) -> Table:
    columns = (NUMBER, Column("Loại", "left", 0.9), Column("Số, ký hiệu", "left", 1.3), Column("Ngày", "center", 1))
    fields = ("product_id", "task_id", "kind", "document_number", "issued_date", "title")
    return table(
        "Danh sách sản phẩm ban hành trong kỳ",
        (*columns, Column("Tên sản phẩm", "left", 3.4)),
        shown=[
            (
                str(at),
                label("product_kind", row["kind"]),
                text(row["document_number"]) or "–",
                day(row["issued_date"]),
                text(row["title"]) or "–",
            )
            for at, row in enumerate(rows, 1)
        ],
        data=(fields, [[row[name] for name in fields] for row in rows]),
        limit=100,
        name="san-pham",
    )
