"""Units side by side as charts: one indicator ordered by value, or several indicators as a heat table.

Used by the reports of districts and provinces and by notebook 04, so that both obey the same rules: a ratio over fewer
than ``SMALL`` is marked and never put in an order (report.md: no league table on n < 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.report import words
from kit.report.blocks import Figure
from kit.report.charts.dots import MOST_ROWS, Dot, Scale, dots
from kit.report.charts.heat import MOST_COLUMNS, Cell, HeatRow, heat
from kit.report.charts.heat import MOST_ROWS as HEAT_ROWS
from kit.report.content.result import Result
from kit.report.content.tables import plain

SMALL = 5  # a denominator below this says too little to put units in an order
NOTHING, MISSING = "–", "…"  # the signs of official statistics
SIGNS = f"“{NOTHING}”: không phát sinh; “{MISSING}”: chưa có số liệu"
_MOST_SMALL = 8  # rows for small denominators beside units that are ranked
_STATES = (("met", "đạt"), ("nearly", "gần đạt"), ("not_met", "chưa đạt"))
# What stands over a column of the heat table.
SHORT = {
    "CS-01": "Đủ các giai đoạn",
    "CS-02": "Ít nhất một lần",
    "CS-03": "Ngay từ khi lấy ý kiến",
    "CS-04": "Giai đoạn có truyền thông",
    "CS-05": "Đủ nội dung",
    "CS-07": "Lượt đơn vị tham gia",
    "CD-01": "Bốn nhóm nhiệm vụ",
    "CD-02": "Nhiệm vụ hoàn thành",
    "CD-03": "Hoàn thành đúng hạn",
    "CD-05": "Đạt chất lượng",
    "CD-06": "Có sản phẩm",
    "NT-03": "Nhóm đối tượng",
    "HD-01": "Thành viên tham gia",
    "GY-02": "Ý kiến được phản hồi",
    "KP-01": "Giải ngân",
    "VM-02": "Vướng mắc đã giải quyết",
    "BC-01": "Gửi báo cáo",
    "BC-02": "Gửi đúng hạn",
    "DL-01": "Bản ghi hợp lệ",
}


@dataclass(frozen=True)
class Units:
    """Units in the order of their list with their figures by indicator; ``whole``: name and figures of all pooled."""

    names: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Result]]
    whole: tuple[str, Mapping[str, Result]] | None = None

    def known(self, id: str) -> list[tuple[str, Result]]:
        """(unit, figure) of those that have a value."""
        return [(unit, own[id]) for unit, own in self.figures.items() if id in own and own[id].known]

    def ordered(self, id: str) -> tuple[list[tuple[str, Result]], list[tuple[str, Result]]]:
        """Units with enough cases, the best first, and those with a small denominator in the order of the list."""
        known = self.known(id)
        large = [row for row in known if not is_small(row[1])]
        sign = 1 if large and large[0][1].indicator.smaller_is_better else -1
        large.sort(key=lambda row: (sign * row[1].value, row[0]))
        return large, [row for row in known if is_small(row[1])]


def is_small(result: Result) -> bool:
    """True when the figure rests on too few cases to be ranked; counts and sums have no denominator."""
    return result.indicator.kind != "sum" and result.of < SMALL


def dot_figure(units: Units, id: str) -> Figure | None:
    """Return one indicator of all units as an ordered dot plot; ``None`` where no unit has a value."""
    large, small = units.ordered(id)
    if not large and not small:
        return None
    one = (large or small)[0][1]
    room = MOST_ROWS - 1  # the pooled figure has a row of its own
    spare = max(_MOST_SMALL, room - len(large))
    unranked = _unranked(units, small, spare)
    drawn = [*_ranked(units, large, room - len(unranked)), *unranked]
    if units.whole and id in units.whole[1] and units.whole[1][id].known:
        drawn.append(_dot(units.whole[0], units.whole[1][id], whole=True))
    title, shown = one.indicator.title, [row for row in drawn if isinstance(row, Dot)]
    target = f"Chỉ tiêu {one.target_words}" if one.target is not None else ""
    unit = {"%": "%", "days": " ngày"}.get(one.indicator.unit, "")
    values = [row.value for row in shown] + ([float(one.target)] if one.target is not None else [])
    return Figure(
        f"Biểu đồ: {title}, theo đơn vị",
        dots(
            drawn,
            target=None if one.target is None else float(one.target),
            target_words=target,
            scale=Scale.over(values, unit),
        ),
        f"Biểu đồ chấm: {title}, theo đơn vị{f'; {target.lower()}' if target else ''}. "
        + "; ".join(f"{row.name}: {row.printed}" for row in shown)
        + ".",
        name=f"so-sanh-{id.lower()}",
        note=" ".join(dot_notes(units, id)),
        data=_dot_data(units, [*large, *small]),
    )


def _dot(name: str, result: Result, *, whole: bool = False) -> Dot:
    return Dot(name, float(result.value), result.full, small=is_small(result), whole=whole)


def _ranked(units: Units, rows: Sequence[tuple[str, Result]], room: int) -> list[Dot | str]:
    made: list[Dot | str] = [_dot(units.names[unit], result) for unit, result in rows]
    if len(made) <= room:
        return made
    head, tail = room // 2, (room - 1) // 2
    return [*made[:head], f"… {words.number(len(made) - head - tail)} đơn vị ở giữa …", *made[-tail:]]


def _unranked(units: Units, rows: Sequence[tuple[str, Result]], room: int) -> list[Dot | str]:
    """Units with small denominators under a line that says so; at most ``room`` rows with what is said of them."""
    if not rows:
        return []
    shown = len(rows) if len(rows) < room else room - 2
    made = [_dot(units.names[unit], result) for unit, result in rows[:shown]]
    left = len(rows) - shown
    more = [f"… và {words.number(left)} đơn vị khác …"] if left else []
    return [f"Mẫu số nhỏ hơn {SMALL}, không xếp thứ tự:", *made, *more]


def dot_notes(units: Units, id: str) -> list[str]:
    """Return what the reader of the dot plot of an indicator must know, sentence by sentence."""
    notes = []
    if units.ordered(id)[1]:
        notes.append(f"Chấm rỗng: mẫu số nhỏ hơn {SMALL}, xếp theo danh sách đơn vị, không theo giá trị.")
    if units.whole:
        notes.append("Hình thoi: tính trên toàn bộ số liệu gộp, không phải trung bình của các đơn vị.")
    known = {unit for unit, _ in units.known(id)}
    without = [units.names[unit] for unit in units.figures if unit not in known]
    if without:
        without[1:] = map(words.in_sentence, without[1:])
        notes.append(f"Không phát sinh hoặc chưa có số liệu: {words.some_of(without, 5, 'đơn vị')}.")
    return notes


def _dot_data(units: Units, rows: Sequence[tuple[str, Result]]) -> tuple[tuple[str, ...], ...]:
    made = [
        (unit, units.names[unit], *(plain(one) for one in (r.numerator, r.denominator, r.value)), r.status)
        for unit, r in rows
    ]
    return (("unit_id", "unit", "numerator", "denominator", "value", "status"), *made)


def heat_figures(units: Units, ids: Sequence[str], *, most_sheets: int = 6) -> list[Figure]:
    """Return percent indicators × units as heat tables of at most 28 rows, with the pooled row at the end.

    Indicators that no unit has a value of are left out; beyond ``most_sheets`` the rest is in the data.
    """
    chosen = [id for id in ids if units.known(id)][:MOST_COLUMNS]
    listed = list(units.figures)
    if not chosen or not listed:
        return []
    room = HEAT_ROWS - bool(units.whole)
    pages = [listed[at : at + room] for at in range(0, len(listed), room)]
    sheets = pages[:most_sheets]
    return [
        _heat_figure(units, chosen, sheet, (number, len(sheets), sum(map(len, pages[most_sheets:]))))
        for number, sheet in enumerate(sheets, 1)
    ]


def _heat_figure(units: Units, ids: list[str], listed: list[str], place: tuple[int, int, int]) -> Figure:
    number, of, left = place
    rows = [HeatRow(units.names[unit], tuple(_cell(units.figures[unit].get(id)) for id in ids)) for unit in listed]
    if units.whole and number == of:
        rows.append(HeatRow(units.whole[0], tuple(_cell(units.whole[1].get(id)) for id in ids), whole=True))
    rest = f" Còn {words.number(left)} đơn vị khác trong tệp số liệu." if left and number == of else ""
    marked = any("°" in cell.printed for row in rows for cell in row.cells)
    small = f" “°”: mẫu số nhỏ hơn {SMALL}, chưa đủ để so sánh." if marked else ""
    return Figure(
        f"Biểu đồ: Các chỉ số của từng đơn vị (%){f' ({number}/{of})' if of > 1 else ''}",
        heat([(id, SHORT.get(id, "")) for id in ids], rows),
        _heat_alt(units, ids, listed),
        name=f"chi-so-theo-don-vi{f'-{number}' if of > 1 else ''}",
        note=f"Ô càng đậm giá trị càng cao. {SIGNS}.{small}{rest}",
        data=_heat_data(units, ids, list(units.figures) if left else listed),
    )


def _cell(result: Result | None) -> Cell:
    if result is None or not result.known:
        return Cell(NOTHING if result and result.nil else MISSING)
    mark = "°" if is_small(result) else ""
    return Cell(f"{result.printed.removesuffix('%')}{mark}", float(result.value), result.status)


def _heat_alt(units: Units, ids: Sequence[str], listed: Sequence[str]) -> str:
    told = []
    for id in ids:
        known = [
            units.figures[unit][id] for unit in listed if id in units.figures[unit] and units.figures[unit][id].known
        ]
        said = [f"{id} {SHORT.get(id, '').lower()}: {_spread(known)}"]
        states = [result.status for result in known]
        said += [
            f"{words.number(states.count(state))} đơn vị {how} chỉ tiêu" for state, how in _STATES if state in states
        ]
        missing = len(listed) - len(known)
        said += [f"{words.number(missing)} đơn vị không có giá trị"] if missing else []
        told.append(", ".join(said))
    return f"Bảng {words.number(len(listed))} đơn vị và {words.number(len(ids))} chỉ số. {'; '.join(told)}."


def _spread(known: Sequence[Result]) -> str:
    if not known:
        return "chưa có giá trị"
    low, high = min(known, key=lambda r: r.value), max(known, key=lambda r: r.value)
    return low.printed if low.value == high.value else f"từ {low.printed} đến {high.printed}"


def _heat_data(units: Units, ids: Sequence[str], listed: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    parts = ("numerator", "denominator", "value", "status")
    header = ("unit_id", "unit", *(f"{id} {part}" for id in ids for part in parts))
    rows = []
    for unit in listed:
        found = [units.figures[unit].get(id) for id in ids]
        cells = [plain(getattr(r, part)) if r else "" for r in found for part in parts]
        rows.append((unit, units.names[unit], *cells))
    return (header, *rows)
