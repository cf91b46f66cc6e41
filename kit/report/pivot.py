"""The results of a whole period as tables for the analysts' notebook, every figure printed as in the reports."""

from __future__ import annotations

from kit.errors import UsageError, suggestion
from kit.indicators.catalog import INDICATORS
from kit.report import words
from kit.report.blocks import Callout, Column, Paragraphs, Table
from kit.report.content.result import Result
from kit.report.content.sequence import Blocks
from kit.report.content.tables import NUMBER, amount, table
from kit.report.elsewhere import rest_in
from kit.report.overview import units_in_tree_order
from kit.store import PeriodData

# Letters of the indicators' codes that stand in one table, so that a table fits across a page.
GROUPS = {
    "Truyền thông chính sách": ("CS",),
    "Chỉ đạo, triển khai": ("CD",),
    "Hình thức, kênh và đối tượng": ("NT",),
    "Hội đồng, góp ý, kinh phí, kiểm tra": ("HD", "GY", "KP", "KT"),
    "Vướng mắc, báo cáo và chất lượng số liệu": ("VM", "BC", "DL"),
}
MOST_ROWS = 100
NOTHING, MISSING = "–", "…"  # the signs of official statistics
_SIGNS = f"“{NOTHING}”: không phát sinh (mẫu số bằng 0); “{MISSING}”: chưa có số liệu."
_CODE, _UNIT = Column("Mã", "left", 1.3), Column("Đơn vị", "left", 2.2)
_STATES = {
    "met": "Đạt",
    "nearly": "Gần đạt",
    "not_met": "Chưa đạt",
    "no_data": "Không phát sinh, chưa có số liệu",
}


def opening(data: PeriodData) -> Blocks:
    """Return the period, the number of units, and what every reader must know of the data."""
    line = f"Kỳ báo cáo: {words.span(data.period)}; {words.number(len(data.units))} đơn vị."
    return Blocks.of(Paragraphs((line,)), Callout(data.notice) if data.notice else None)


def values(data: PeriodData) -> Blocks:
    """Return the value of every indicator (columns) of every unit (rows), one table for each group of indicators."""
    found = {(row["unit_id"], row["indicator_id"]): row for row in data.results.to_dict("records")}
    return Blocks.of(*(_values_of(data, found, group) for group in GROUPS))


def _values_of(data: PeriodData, found: dict, group: str) -> Table:
    shown = [one for one in INDICATORS.values() if one.id[:2] in GROUPS[group]]
    names = _names(data)
    units = [(unit, names[unit]) for unit in units_in_tree_order(data)]
    meanings = "; ".join(f"{one.id}: {one.title}{_measure(one.unit)}" for one in shown)
    made = table(
        group,
        (_UNIT, *(Column(one.id, "right", 1.0) for one in shown)),
        shown=[(name, *(_short(found.get((unit, one.id))) for one in shown)) for unit, name in units],
        data=(
            ("unit_id", "unit", *(one.id for one in shown)),
            [(unit, name, *(found.get((unit, one.id), {}).get("value") for one in shown)) for unit, name in units],
        ),
        limit=MOST_ROWS,
        note=f"{meanings}. {_SIGNS}",
        name=f"chi-so-{shown[0].id[:2].lower()}",
    )
    return rest_in(made, "results.xlsx")


def _names(data: PeriodData) -> dict[str, str]:
    return dict(zip(data.units["unit_id"], data.units["name"], strict=True))


def _measure(unit: str) -> str:
    return {"%": " (%)", "days": " (ngày)"}.get(unit, "")


def _short(row: dict | None) -> str:
    """The figure without its unit of measure, which stands in the note; a sign where there is none."""
    result = Result.from_row(row) if row else None
    if result is None or not result.known:
        return NOTHING if result and result.nothing else MISSING
    return result.printed.removesuffix("%").removesuffix(" ngày")


def targets(data: PeriodData) -> Table:
    """Return, for each indicator with a target, how many units have met it."""
    aimed = data.results.loc[data.results["target"].notna()]
    count = aimed.groupby(["indicator_id", "status"]).size().to_dict()
    rows = [
        (one, aim, *(int(count.get((one, state), 0)) for state in _STATES))
        for one, aim in aimed.drop_duplicates("indicator_id")[["indicator_id", "target"]].itertuples(index=False)
    ]
    return table(
        "Số đơn vị theo mức đạt chỉ tiêu",
        (
            _CODE,
            Column("Chỉ số", "left", 3.0),
            Column("Chỉ tiêu", "right", 1.0),
            *(Column(title, "right", 1.4 if state == "no_data" else 1.0) for state, title in _STATES.items()),
        ),
        shown=[
            (one, INDICATORS[one].title, f"{amount(aim)}{'%' * (INDICATORS[one].unit == '%')}", *map(amount, counts))
            for one, aim, *counts in rows
        ],
        data=(("indicator_id", "target", *_STATES), rows),
        name="muc-dat-chi-tieu",
        empty_text="Không có chỉ số nào được giao chỉ tiêu.",
    )


def compare(data: PeriodData, indicator_id: str) -> Table:
    """Return one indicator for all units, the best first, those without a value last; ``UsageError`` if unknown."""
    if indicator_id not in INDICATORS:
        raise UsageError(f"There is no indicator '{indicator_id}'{suggestion(indicator_id, INDICATORS)}.")
    one = INDICATORS[indicator_id]
    order = {"by": ["value", "denominator", "unit_id"], "ascending": [one.smaller_is_better, False, True]}
    rows = data.results.loc[data.results["indicator_id"] == indicator_id].sort_values(**order, na_position="last")
    names = _names(data)
    results = [(row["unit_id"], Result.from_row(row)) for row in rows.to_dict("records")]
    columns = ("unit_id", "numerator", "denominator", "value", "status")
    made = table(
        f"{one.id}. {one.title}",
        (
            NUMBER,
            _CODE,
            _UNIT,
            Column("Tử số" if one.kind == "ratio" else "Số lượng", "right", 0.9),
            Column("Mẫu số", "right", 0.9),
            Column("Giá trị", "right", 1.3),
            Column("Mức", "left", 1.6),
        ),
        shown=[
            (str(at), unit, names[unit], amount(r.numerator), amount(r.denominator), r.printed, "")
            for at, (unit, r) in enumerate(results, 1)
        ],
        data=(columns, rows[list(columns)].itertuples(index=False)),
        status=[r.status for _, r in results],
        status_column=6,
        limit=MOST_ROWS,
        note=f"Cách tính: {one.formula}.",
        name=f"so-sanh-{one.id.lower()}",
    )
    return rest_in(made, "results.xlsx")


def excluded(data: PeriodData) -> Table:
    """Return the rows not used because of errors: unit by unit, with the indicators that went without them."""
    lost = data.results.loc[data.results["excluded_records"] > 0]
    names = _names(data)
    groups = lost.groupby(["unit_id", "n_records", "excluded_records"], sort=False)["indicator_id"]
    rows = [(unit, int(n), int(out), list(codes)) for (unit, n, out), codes in groups]
    most = lost.groupby("unit_id")["excluded_records"].max()
    rows.sort(key=lambda row: (-most[row[0]], row[0], -row[2], -row[1]))
    made = table(
        "Số dòng không được sử dụng do có lỗi",
        (
            _CODE,
            _UNIT,
            Column("Không sử dụng", "right", 1.0),
            Column("Trên số dòng", "right", 1.0),
            Column("Các chỉ số tính từ những dòng này", "left", 4.0),
        ),
        shown=[(unit, names[unit], amount(out), amount(n), ", ".join(codes)) for unit, n, out, codes in rows],
        data=(
            ("unit_id", "n_records", "excluded_records", "indicators"),
            [(unit, n, out, " ".join(codes)) for unit, n, out, codes in rows],
        ),
        limit=40,
        name="dong-khong-su-dung",
        empty_text="Không có dòng số liệu nào bị loại.",
    )
    return rest_in(made)
