"""II.8. The units below side by side: dot plots with n beside them, a heat table, a table. Only for pooled reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kit.report import words
from kit.report.blocks import Column, Figure, Heading, Paragraphs, Table
from kit.report.charts.heat import MOST_ROWS
from kit.report.content.records import records
from kit.report.content.result import Result
from kit.report.content.sequence import Blocks
from kit.report.content.side_by_side import Units, dot_figure, dot_notes, heat_figures
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, plain, table

CHARTED = ("CS-01", "CD-02")
HEATED = ("CS-01", "CS-02", "CS-04", "CS-07", "CD-01", "CD-02", "CD-03", "GY-02", "BC-01", "DL-01")
COLUMNS = ("CS-01", "CS-02", "CD-02", "NT-02", "BC-01")
_HEADS = {
    "CS-01": "Đủ các giai đoạn",
    "CS-02": "Ít nhất một lần",
    "CD-02": "Nhiệm vụ hoàn thành",
    "NT-02": "Lượt người",
    "BC-01": "Gửi báo cáo",
}


def units(subject: Subject) -> Blocks:
    """Return the comparison of the units directly below; nothing for a unit without units below it."""
    if not subject.children:
        return Blocks()
    below = units_below(subject)
    return Blocks.of(
        Heading("8. So sánh giữa các đơn vị", 3),
        Paragraphs((_opening(subject),)),
        _charts(subject, below),
        _table(subject, below.figures),
    )


def _charts(subject: Subject, below: Units) -> list[Figure | None]:
    """One unit alone is not compared with anything."""
    if len(subject.children) == 1:
        return []
    dots, said = [], set()
    for id in CHARTED:
        if figure := dot_figure(below, id):
            notes = [note for note in dot_notes(below, id) if note not in said]  # once is enough for all charts
            dots.append(replace(figure, note=" ".join(notes)))
            said.update(notes)
    return dots + ([] if _is_long(subject) else heat_figures(below, HEATED))


def annex_units(subject: Subject) -> list[Figure]:
    """Return the heat tables of many units, which are too long for the text; nothing where they stand there."""
    return heat_figures(units_below(subject), HEATED) if _is_long(subject) else []


def _is_long(subject: Subject) -> bool:
    return len(subject.children) >= MOST_ROWS


def units_below(subject: Subject) -> Units:
    """Return the units directly below with the figures that are compared, and the pooled ones."""
    wanted = {*CHARTED, *HEATED, *COLUMNS}
    results = subject.data.results
    rows = results.loc[results["unit_id"].isin(subject.children) & results["indicator_id"].isin(wanted)]
    sent = subject.scope.reported_units
    figures: dict[str, dict[str, Result]] = {unit: {} for unit in subject.children}
    for row in records(rows):
        unit = row["unit_id"]
        figures[unit][row["indicator_id"]] = Result.from_row(row, answered=unit in sent)
    names = {unit: subject.names[unit] for unit in subject.children}
    return Units(names, figures, (_whole(subject), {id: subject.result(id) for id in wanted}))


def _whole(subject: Subject) -> str:
    return subject.name if subject.level == "department" else f"Toàn {subject.name_inside}"


def _opening(subject: Subject) -> str:
    if len(subject.children) == 1:
        only = words.in_sentence(subject.names[subject.children[0]])
        return (
            f"{words.capitalised(subject.name_inside)} có một đơn vị trực thuộc là {only}, không có đơn vị để so sánh."
        )
    count = words.number(len(subject.children))
    deep = len(subject.members) > len(subject.children) + 1
    own = "; số liệu của mỗi đơn vị gồm cả các đơn vị cấp dưới của đơn vị đó" if deep else ""
    where = "; các chỉ số của từng đơn vị ở Phụ lục II" if _is_long(subject) else ""
    return f"So sánh {count} đơn vị trực thuộc {subject.name_inside}{own}{where}."


def _table(subject: Subject, figures: Mapping[str, Mapping[str, Result]]) -> Table:
    chosen = [id for id in COLUMNS if any(id in results and not results[id].nothing for results in figures.values())]
    columns = [NUMBER, Column("Đơn vị", "left", 2), *(Column(_HEADS[id], "right", 1.25) for id in chosen)]
    shown = [
        (str(at), subject.names[unit], *(_cell(figures[unit].get(id)) for id in chosen))
        for at, unit in enumerate(subject.children, 1)
    ]
    shown.append(("", _whole(subject), *(_cell(subject.result(id)) for id in chosen)))
    header = ["unit_id", "unit"]
    for id in chosen:
        header += [f"{id} numerator", f"{id} denominator", f"{id} value"]
    raw = [[unit, subject.names[unit], *_raw(figures[unit], chosen)] for unit in subject.children]
    return table(
        "Kết quả của các đơn vị trực thuộc",
        columns,
        shown=shown,
        data=(tuple(header), raw),
        totals=(len(shown) - 1,),
        note=f"Dòng cuối tính trên toàn bộ số liệu gộp, kể cả số liệu của riêng {subject.name_inside}; không phải số "
        "cộng hay trung bình của các dòng trên.",
        name="so-sanh-don-vi",
    )


def _cell(result: Result | None) -> str:
    if result is None:
        return "–"
    if result.indicator.id == "BC-01" and result.of == 1:  # a share of one report reads oddly
        return "Đã gửi" if result.n else "Chưa gửi"
    return words.capitalised(result.full)


def _raw(results: Mapping[str, Result], chosen: list[str]) -> list[str]:
    cells = []
    for id in chosen:
        result = results.get(id)
        numbers = (result.numerator, result.denominator, result.value) if result else ("",) * 3
        cells += [plain(value) for value in numbers]
    return cells
