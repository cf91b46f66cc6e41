"""The index page of a period made from its data: which units, which headline figures, which files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kit.indicators.catalog import INDICATORS
from kit.report import words
from kit.report.content.result import Result
from kit.report.issues import DRAFT, STATES, IssueState
from kit.report.site import render_index
from kit.report.site_data import IndexHead, IndexRow
from kit.report.status import STATES as SENDING
from kit.report.status import sending
from kit.schema.load import load_schema
from kit.store import PeriodData

HEADLINES = {
    "CS-01": "Chính sách truyền thông đủ giai đoạn",
    "CS-02": "Chính sách đã truyền thông",
    "CD-01": "Bốn nhóm nhiệm vụ",
    "CD-02": "Nhiệm vụ đến hạn đã xong",
    "NT-02": "Lượt người tham dự",
    "DL-01": "Bản ghi hợp lệ",
}
LABELS = {
    "report.html": "HTML",
    "report.pdf": "PDF",
    "report.docx": "Word",
    "annex.xlsx": "Excel",
    "summary.png": "Ảnh tóm tắt",
    "public/report.html": "Bản công khai",
}
RETURNED = "Sổ trả lại"
NOT_BUILT = "none"
_FILES = (("Kết quả (Excel)", "results.xlsx"), ("Kết quả (CSV)", "results.csv"))
_FILES += (("Lỗi, cảnh báo (Excel)", "findings.xlsx"), ("Lỗi, cảnh báo (CSV)", "findings.csv"))


@dataclass(frozen=True)
class AtHand:
    """What there is to link to: for each unit the files in its folder, how its report stands, and returned workbooks.

    ``built`` maps a unit to file names relative to its folder; ``issues`` has the units whose report was ever approved.
    """

    built: Mapping[str, Sequence[str]] = field(default_factory=dict)
    issues: Mapping[str, IssueState] = field(default_factory=dict)
    returned: Collection[str] = frozenset()


def render_overview(data: PeriodData, hand: AtHand, *, version: str, back: bool = False) -> str:
    """Return ``index.html`` of a period; with ``back`` it links to the index of all periods above it."""
    head = IndexHead(
        columns=("Gửi báo cáo", *HEADLINES.values()),
        facts=_facts(data, hand),
        files=_FILES,
        notice=f"Kỳ báo cáo: {words.span(data.period)}.",
        fictitious=data.notice,
        made=f"Lập bằng bộ công cụ báo cáo kế hoạch, phiên bản {version}.",
        indicators=tuple((indicator.id, indicator.title) for indicator in INDICATORS.values()),
        states=tuple(SENDING.items()),
        issues=(*STATES.items(), (NOT_BUILT, "Chưa lập")),
        back=("← Tất cả các kỳ", "../index.html") if back else (),
    )
    return render_index(words.period_name(data.period), _rows(data, hand), head)


def _rows(data: PeriodData, hand: AtHand) -> list[IndexRow]:
    results = _results(data)
    order, parents = units_in_tree_order(data), _parents(data)
    units = data.units.set_index("unit_id")[["name", "level"]].to_dict("index")
    levels = load_schema().codelists["unit_level"]
    states = dict(sending(data.scope, order)[["unit_id", "state"]].itertuples(index=False))
    uppers = set(parents.values())
    rows = []
    for unit in order:
        sent, found = states[unit], results[unit]
        below = found["BC-01"] if unit in uppers else None
        rows.append(
            IndexRow(
                unit,
                units[unit]["name"],
                level=levels.label(units[unit]["level"]),
                parent_id=parents.get(unit, ""),
                cells=((SENDING[sent], sent), *((found[id].printed, found[id].status) for id in HEADLINES)),
                links=_links(unit, hand),
                summary=f"đã gửi báo cáo {below.full}" if below else "",
                state=sent,
                figures=tuple((found[id].full, found[id].status) for id in INDICATORS),
                **_standing(unit, hand),
            )
        )
    return rows


def _results(data: PeriodData) -> dict[str, dict[str, Result]]:
    reported = data.scope.reported_units
    found: dict[str, dict[str, Result]] = {}
    for row in data.results.to_dict("records"):
        result = Result.from_row(row, answered=row["unit_id"] in reported)
        found.setdefault(row["unit_id"], {})[row["indicator_id"]] = result
    return found


def _links(unit: str, hand: AtHand) -> tuple[tuple[str, str], ...]:
    built = set(hand.built.get(unit, ()))
    links = tuple((label, f"{unit}/{name}") for name, label in LABELS.items() if name in built)
    return (*links, (RETURNED, f"returned/{unit}.xlsx")) if unit in hand.returned else links


def _standing(unit: str, hand: AtHand) -> dict[str, str]:
    if unit not in hand.built:
        return {"issue": NOT_BUILT, "issue_text": "Chưa lập báo cáo"}
    state = hand.issues.get(unit)
    return {"issue": state.kind, "issue_text": state.text} if state else {"issue": DRAFT, "issue_text": STATES[DRAFT]}


def _facts(data: PeriodData, hand: AtHand) -> tuple[tuple[str, str], ...]:
    found = data.findings["severity"].value_counts()
    states = sending(data.scope, data.scope.tree.units)["state"]
    all_, sent, on_time = max(len(states), 1), int((states != "missing").sum()), int((states == "on_time").sum())
    issued = sum(state.kind == "issued" for state in hand.issues.values())
    return (
        (f"đơn vị đã gửi báo cáo ({words.percent(Fraction(100 * sent, all_))})", words.counts(sent, all_)),
        (f"đơn vị gửi đúng hạn ({words.percent(Fraction(100 * on_time, all_))})", words.counts(on_time, all_)),
        ("báo cáo đã lập", words.number(len(hand.built))),
        ("báo cáo đã ban hành", words.number(issued)),
        ("lỗi trong số liệu", words.number(int(found.get("error", 0)))),
        ("cảnh báo", words.number(int(found.get("warning", 0)))),
    )


def units_in_tree_order(data: PeriodData) -> list[str]:
    """Return the units valid on T, each followed by those below it; siblings by code."""
    return in_tree_order(list(data.units["unit_id"]), _parents(data))


def _parents(data: PeriodData) -> dict[str, str]:
    return without_circles(data.scope.tree.parent)


def without_circles(given: Mapping[str, str]) -> dict[str, str]:
    """Return parents without any that would put a unit below itself."""
    kept: dict[str, str] = {}
    for unit, parent in sorted(given.items()):
        above, seen = parent, {unit}
        while above and above not in seen:
            seen.add(above)
            above = kept.get(above, "")
        if above != unit:
            kept[unit] = parent
    return kept


def in_tree_order(units: Sequence[str], parents: Mapping[str, str]) -> list[str]:
    """Return units so that each is followed by those below it; siblings by code. ``parents`` has no circles."""
    below: dict[str, list[str]] = {}
    for unit in units:
        below.setdefault(parents.get(unit, ""), []).append(unit)
    ordered, waiting = [], sorted(below.get("", []), reverse=True)
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += sorted(below.get(unit, []), reverse=True)
    return ordered
