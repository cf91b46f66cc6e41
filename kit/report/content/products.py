"""Products issued in the period (section I)."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import records_aside
from kit.report.content.records import by, within
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, day, table, text
from kit.schema.load import load_schema

_task = itemgetter("_unit", "_year", "task_id")


def products(subject: Subject) -> Blocks:
    """Return the products by kind; the list of one unit alone is in an annex."""
    issued = _issued(subject)
    if not issued:
        return Blocks()
    kinds = Counter(product["kind"] for product in issued)
    order = [kind for kind in load_schema().codelists["product_kind"].codes if kind in kinds]
    told = words.enumeration([f"{words.number(kinds[k])} {label('product_kind', k).lower()}" for k in order])
    where = "" if subject.pooled else " (danh sách tại Phụ lục II)"
    of_them = [*_of_other_years(subject, issued), *_of_tasks_aside(subject, issued)]
    told += f", trong đó có {words.enumeration(of_them)}" if of_them else _all_of_another_year(subject, issued)
    return Blocks.of(Paragraphs((f"Sản phẩm ban hành trong kỳ{where}: {told}.",)))


def product_list(subject: Subject) -> Table | None:
    """Return the products of one unit by date; nothing above it, or without any."""
    issued = _issued(subject)
    if subject.pooled or not issued:
        return None
    return _table(sorted(issued, key=by("issued_date", "product_id")))


def _issued(subject: Subject) -> list[dict]:
    return within(subject.records("products"), "issued_date", subject.scope.start, subject.cutoff)


def _all_of_another_year(subject: Subject, issued: list[dict]) -> str:
    (year, *more) = {product["_year"] for product in issued}
    return "" if more or year == subject.period.year else f" (thuộc kế hoạch năm {year})"


def _of_other_years(subject: Subject, issued: list[dict]) -> list[str]:
    """Products issued in the period for the plan of another year: section I tells of the tasks of this year's."""
    others = Counter(product["_year"] for product in issued if product["_year"] != subject.period.year)
    if len(others) == 1 and others.total() == len(issued):
        return []
    return [f"{words.number(others[year])} sản phẩm thuộc kế hoạch năm {year}" for year in sorted(others)]


def _of_tasks_aside(subject: Subject, issued: list[dict]) -> list[str]:
    """Products of tasks that are not counted: they are listed although the figures on tasks leave their task out."""
    tasks = {_task(task) for task in records_aside(subject, "tasks")}
    count = sum(_task(product) in tasks for product in issued)
    said = "sản phẩm thuộc nhiệm vụ có lỗi chưa sửa (không tính trong các tỷ lệ trên)"
    return [f"{words.number(count)} {said}"] if count else []


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
