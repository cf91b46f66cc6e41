"""I. Steering: groundwork, tasks by group and state, overdue tasks by name, products (plan, parts I.2 and II)."""

from __future__ import annotations

import pandas as pd

from kit.indicators.steering import GROUPS
from kit.report import words
from kit.report.blocks import Column, Figure, Paragraphs, Table
from kit.report.charts.stacked import state_bars
from kit.report.content.result import Result, verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, amount, day, table, text
from kit.report.content.tasks import LATE, OVERDUE, STATES, year_tasks
from kit.schema.load import load_schema

_CHARTED = 8  # fewer tasks are read faster in the table


def steering(subject: Subject) -> Blocks:
    """Return section I."""
    tasks = year_tasks(subject)
    if tasks.empty:
        return Blocks.of(Paragraphs((_no_tasks(subject),)), _products(subject))
    sentences = tuple(filter(None, (_groundwork(subject, tasks), _tasks(subject, tasks), _quality(subject))))
    return Blocks.of(
        Paragraphs(sentences), _figure(tasks), _by_group(tasks), _overdue(subject, tasks), _products(subject)
    )


def _no_tasks(subject: Subject) -> str:
    said = f"Chưa ghi nhận nhiệm vụ nào của kế hoạch năm {subject.period.year}"
    return f"{said}; vì vậy chưa có số liệu để đánh giá công tác quán triệt, hướng dẫn, tập huấn và xây dựng kế hoạch."


def _groundwork(subject: Subject, tasks: pd.DataFrame) -> str:
    result = subject.result("CD-01")
    if not result.known:
        return ""
    tail = f", {verdict(result)}" if verdict(result) else ""
    if subject.pooled and result.of > len(GROUPS):
        units = words.number(result.of // len(GROUPS))
        return (
            f"Tính trên {units} đơn vị có nhiệm vụ của kế hoạch năm {subject.period.year}, các nhóm việc quán triệt, "
            f"hướng dẫn, tập huấn và xây dựng kế hoạch đã hoàn thành {result.full}{tail}."
        )
    done = tasks.groupby("group")["completed"].all()
    names = {group: label("task_group", group).lower() for group in GROUPS}
    finished = [names[group] for group in GROUPS if done.get(group, False)]
    if len(finished) == len(GROUPS):
        return f"Đã hoàn thành cả bốn nhóm việc nền tảng: {words.enumeration(finished)}{tail}."
    pending = [names[group] for group in GROUPS if group in done.index and not done[group]]
    absent = [names[group] for group in GROUPS if group not in done.index]
    parts = [f"Đã hoàn thành {result.n}/{result.of} nhóm việc nền tảng ({words.percent(result.value)}){tail}"]
    parts += [f"còn nhiệm vụ chưa hoàn thành ở nhóm {words.enumeration(pending)}"] if pending else []
    parts += [f"chưa có nhiệm vụ thuộc nhóm {words.enumeration(absent)}"] if absent else []
    return "; ".join(parts) + "."


def _tasks(subject: Subject, tasks: pd.DataFrame) -> str:
    done, on_time, overdue = (subject.result(id) for id in ("CD-02", "CD-03", "CD-04"))
    whose = " của các đơn vị" if subject.pooled else ""
    total = f"Kế hoạch năm {subject.period.year}{whose} có {words.number(len(tasks))} nhiệm vụ"
    if not done.known:
        return f"{total}; đến {subject.until} chưa có nhiệm vụ nào đến hạn."
    due = "phải hoàn thành trong năm" if subject.period.is_year else f"đến hạn tính đến {subject.until}"
    parts = [f"{total}, trong đó {words.number(done.of)} nhiệm vụ {due}"]
    tail = f", {verdict(done)}" if verdict(done) else ""
    parts.append(f"đã hoàn thành {done.counts} nhiệm vụ đến hạn ({done.printed}){tail}")
    if on_time.known and on_time.n:
        parts.append(f"hoàn thành đúng hạn {on_time.full}")
    late = int((tasks["state"] == LATE).sum())
    parts += [f"{words.number(late)} nhiệm vụ hoàn thành muộn"] if late else []
    if overdue.known:
        parts.append(f"{overdue.printed} nhiệm vụ quá hạn" if overdue.value else "không có nhiệm vụ quá hạn")
    return "; ".join(parts) + "."


def _quality(subject: Subject) -> str:
    quality, product = subject.result("CD-05"), subject.result("CD-06")
    parts = []
    if quality.known:
        parts.append(f"có {quality.counts} nhiệm vụ được đánh giá đạt chất lượng ({quality.printed})" + _tail(quality))
    if product.known:
        parts.append(
            f"{product.counts} nhiệm vụ hoàn thành đã có sản phẩm theo yêu cầu ({product.printed})" + _tail(product)
        )
    return words.sentence("; ".join(parts))


def _tail(result: Result) -> str:
    return f", {verdict(result)}" if verdict(result) else ""


def _figure(tasks: pd.DataFrame) -> Figure | None:
    if len(tasks) < _CHARTED:
        return None
    table = pd.crosstab(tasks["group"], tasks["state"]).reindex(columns=list(STATES), fill_value=0)
    order = [group for group in load_schema().codelists["task_group"].codes if group in table.index]
    frame = table.loc[order].rename(index=lambda group: label("task_group", group))
    rows = [(name, *(int(count) for count in row)) for name, row in zip(frame.index, frame.to_numpy(), strict=True)]
    told = "; ".join(
        f"{name}: {', '.join(f'{count} {STATES[s].lower()}' for s, count in zip(STATES, row, strict=True) if count)}"
        for name, *row in rows
    )
    return Figure(
        "Nhiệm vụ của kế hoạch theo nhóm và tình trạng",
        state_bars(frame),
        f"Biểu đồ thanh ngang, số nhiệm vụ theo nhóm và tình trạng. {told}.",
        name="nhiem-vu-theo-nhom",
        data=(("Nhóm nhiệm vụ", *STATES.values()), *(tuple(map(str, row)) for row in rows)),
    )


def _by_group(tasks: pd.DataFrame) -> Table:
    counted = pd.crosstab(tasks["group"], tasks["state"]).reindex(columns=list(STATES), fill_value=0)
    order = [group for group in load_schema().codelists["task_group"].codes if group in counted.index]
    rows = [(label("task_group", g), int(counted.loc[g].sum()), *map(int, counted.loc[g])) for g in order]
    rows.append(("Cộng", len(tasks), *(int(value) for value in counted.sum())))
    columns = [Column("Nhóm nhiệm vụ", "left", 2), Column("Tổng số", "right", 0.9)]
    columns += [Column(title, "right", 1.1) for title in STATES.values()]
    return table(
        "Nhiệm vụ theo nhóm và tình trạng",
        columns,
        shown=[(row[0], *(amount(value) for value in row[1:])) for row in rows],
        data=(("group", "total", *STATES), rows[:-1]),
        totals=(len(rows) - 1,),
        name="nhiem-vu",
    )


def _overdue(subject: Subject, tasks: pd.DataFrame) -> Table | None:
    late = tasks.loc[tasks["state"] == OVERDUE]
    if late.empty:
        return None
    shown, raw = [], []
    for at, row in enumerate(late.to_dict("records"), 1):
        days = (subject.cutoff - row["due_date"]).days
        unit = subject.names[row["owner"]]
        who = f"{text(row['lead'])} – {unit}" if subject.pooled else text(row["lead"])
        shown.append((str(at), text(row["title"]), who, day(row["due_date"]), words.number(days)))
        raw.append((row["owner"], unit, row["task_id"], row["title"], row["lead"], row["due_date"], days))
    return table(
        f"Nhiệm vụ quá hạn, chưa hoàn thành đến {subject.until}",
        (
            NUMBER,
            Column("Nhiệm vụ", "left", 3.2),
            Column("Cơ quan, bộ phận chịu trách nhiệm", "left", 2.2),
            Column("Hạn", "center", 1.05),
            Column("Số ngày quá hạn", "right", 0.8),
        ),
        shown=shown,
        data=(("unit_id", "unit", "task_id", "title", "lead", "due_date", "days_overdue"), raw),
        name="nhiem-vu-qua-han",
    )


def _products(subject: Subject) -> Blocks:
    products = subject.rows("products")
    issued = products.loc[products["issued_date"].between(subject.scope.start, subject.cutoff)]
    if issued.empty:
        return Blocks()
    kinds = issued["kind"].value_counts()
    order = [kind for kind in load_schema().codelists["product_kind"].codes if kind in kinds.index]
    told = words.enumeration([f"{words.number(int(kinds[k]))} {label('product_kind', k).lower()}" for k in order])
    blocks: list = [Paragraphs((f"Sản phẩm ban hành trong kỳ: {told}.",))]
    if not subject.pooled:
        rows = issued.sort_values(["issued_date", "product_id"], kind="stable").to_dict("records")
        blocks.append(_product_table(rows))
    return Blocks.of(blocks)


def _product_table(rows: list[dict]) -> Table:
    columns = (NUMBER, Column("Loại", "left", 0.9), Column("Số, ký hiệu", "left", 1.3), Column("Ngày", "center", 1))
    return table(
        "Sản phẩm ban hành trong kỳ",
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
        data=(
            ("product_id", "task_id", "kind", "document_number", "issued_date", "title"),
            [
                [row[n] for n in ("product_id", "task_id", "kind", "document_number", "issued_date", "title")]
                for row in rows
            ],
        ),
        limit=12,
        name="san-pham",
    )
