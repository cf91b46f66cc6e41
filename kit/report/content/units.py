"""II.8. The units below side by side: a dot plot by value with n beside it, then a table. Only for pooled reports."""

from __future__ import annotations

from collections.abc import Mapping

from kit.report import words
from kit.report.blocks import Column, Figure, Heading, Paragraphs, Table
from kit.report.charts.dots import MOST_ROWS, Dot, dots
from kit.report.content.cards import TITLES
from kit.report.content.result import Result
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, results_of
from kit.report.content.tables import NUMBER, plain, table

SMALL = 5  # a denominator below this says too little to put units in an order
CHARTED = ("CS-01", "CD-02")
COLUMNS = ("CS-01", "CS-02", "CD-02", "NT-02", "BC-01")
_HEADS = {
    "CS-01": "Đủ các giai đoạn",
    "CS-02": "Ít nhất một lần",
    "CD-02": "Nhiệm vụ hoàn thành",
    "NT-02": "Lượt người",
    "BC-01": "Gửi báo cáo",
}
_MOST_SHEETS = 4

Figures = Mapping[str, Mapping[str, Result]]


def units(subject: Subject) -> Blocks:
    """Return the comparison of the units directly below; nothing for a unit without units below it."""
    if not subject.children:
        return Blocks()
    sent = set(subject.scope.reported)
    results = subject.data.results
    figures = {unit: results_of(results, unit, answered=unit in sent) for unit in subject.children}
    return Blocks.of(
        Heading("8. So sánh giữa các đơn vị", 3),
        Paragraphs((_opening(subject),)),
        [figure for id in CHARTED for figure in _figures(subject, figures, id)],
        _table(subject, figures),
    )


def _opening(subject: Subject) -> str:
    count = words.number(len(subject.children))
    deep = len(subject.members) > len(subject.children) + 1
    own = "; số liệu của mỗi đơn vị gồm cả các đơn vị cấp dưới của đơn vị đó" if deep else ""
    return (
        f"So sánh {count} đơn vị trực thuộc {subject.name_inside}{own}. Tỷ lệ "
        f"có mẫu số nhỏ hơn {SMALL} chưa đủ để so sánh "
        "nên không xếp thứ tự."
    )


def _dots(subject: Subject, figures: Figures, id: str) -> list[tuple[str, Dot]]:
    """(unit, dot) by value, then by the list of units; small ones after them in the order of the list."""
    known = [(unit, results[id]) for unit, results in figures.items() if id in results and results[id].known]
    large = [row for row in known if row[1].of >= SMALL]
    large.sort(key=lambda row: (-row[1].value, row[0]))
    small = [row for row in known if row[1].of < SMALL]
    return [
        (unit, Dot(subject.names[unit], float(result.value), result.full, result.of < SMALL))
        for unit, result in (*large, *small)
    ]


def _figures(subject: Subject, figures: Figures, id: str) -> list[Figure]:
    rows = _dots(subject, figures, id)
    sheets = [rows[at : at + MOST_ROWS] for at in range(0, len(rows), MOST_ROWS)][:_MOST_SHEETS]
    return [
        _figure(subject, id, sheet, f" ({at}/{len(sheets)})" if len(sheets) > 1 else "")
        for at, sheet in enumerate(sheets, 1)
    ]


def _figure(subject: Subject, id: str, rows: list[tuple[str, Dot]], part: str) -> Figure:
    result = subject.result(id)
    target = float(result.target) if result.target is not None else None
    told = "; ".join(f"{dot.name}: {dot.printed}" for _, dot in rows)
    number = "".join(f"-{sign}" for sign in part.strip(" ()").split("/")[:1] if sign)
    notes = []
    if any(dot.small for _, dot in rows):
        notes.append(f"Chấm rỗng: mẫu số nhỏ hơn {SMALL}, xếp theo danh sách đơn vị, không theo tỷ lệ.")
    return Figure(
        f"Biểu đồ: {result.indicator.title}, theo đơn vị{part}",
        dots([dot for _, dot in rows], target=target, target_words=f"Chỉ tiêu {result.target_words}"),
        f"Biểu đồ chấm, {TITLES[id].lower()} theo đơn vị. {told}.",
        name=f"so-sanh-{id.lower()}{number}",
        note=" ".join(notes),
        data=(
            ("unit_id", "unit", "percent", "counts"),
            *((unit, dot.name, f"{dot.value:g}", dot.printed) for unit, dot in rows),
        ),
    )


def _table(subject: Subject, figures: Figures) -> Table:
    chosen = [id for id in COLUMNS if any(id in results and not results[id].nothing for results in figures.values())]
    columns = [NUMBER, Column("Đơn vị", "left", 2), *(Column(_HEADS[id], "right", 1.25) for id in chosen)]
    shown = [
        (str(at), subject.names[unit], *(_cell(figures[unit].get(id)) for id in chosen))
        for at, unit in enumerate(subject.children, 1)
    ]
    shown.append(
        (
            "",
            "Toàn " + subject.name_inside if subject.level != "department" else subject.name,
            *(_cell(subject.result(id)) for id in chosen),
        )
    )
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
        note="Dòng cuối tính trên toàn bộ số liệu gộp, không phải số cộng hay trung bình của các dòng trên.",
        name="so-sanh-don-vi",
    )


def _cell(result: Result | None) -> str:
    return "–" if result is None else words.capitalised(result.full)


def _raw(results: Mapping[str, Result], chosen: list[str]) -> list[str]:
    cells = []
    for id in chosen:
        result = results.get(id)
        cells += [
            plain(value) for value in ((result.numerator, result.denominator, result.value) if result else ("",) * 3)
        ]
    return cells
