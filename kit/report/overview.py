"""The index page of a period made from its data: which units, which headline figures, which files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.report import words
from kit.report.content.result import Result
from kit.report.site import IndexHead, IndexRow, render_index
from kit.schema.load import load_schema
from kit.store import PeriodData

HEADLINES = {
    "CS-01": "Chính sách truyền thông đủ giai đoạn",
    "CS-02": "Chính sách đã truyền thông",
    "CD-01": "Bốn nhóm việc nền tảng",
    "CD-02": "Nhiệm vụ đến hạn đã xong",
    "NT-02": "Lượt người tham dự",
    "BC-01": "Đơn vị đã gửi báo cáo",
    "DL-01": "Bản ghi hợp lệ",
}
_LABELS = {"report.html": "HTML", "report.pdf": "PDF"}
_FILES = (("Kết quả (Excel)", "results.xlsx"), ("Kết quả (CSV)", "results.csv"))
_FILES += (("Lỗi, cảnh báo (Excel)", "findings.xlsx"), ("Lỗi, cảnh báo (CSV)", "findings.csv"))


def render_overview(data: PeriodData, built: Mapping[str, Sequence[str]], *, version: str) -> str:
    """Return ``index.html``; ``built`` maps a unit to the names of the files in its folder."""
    shown = data.results.loc[data.results["indicator_id"].isin(HEADLINES)].to_dict("records")
    reported = set(data.scope.reported)
    results = {
        (row["unit_id"], row["indicator_id"]): Result.from_row(row, answered=row["unit_id"] in reported)
        for row in shown
    }
    units = data.units.set_index("unit_id")
    levels = load_schema().codelists["unit_level"]
    rows = []
    parents = _parents(data)
    for unit in units_in_tree_order(data):
        figures = [results[unit, indicator] for indicator in HEADLINES]
        rows.append(
            IndexRow(
                unit,
                units.at[unit, "name"],
                level=levels.label(units.at[unit, "level"]),
                parent_id=parents.get(unit, ""),
                cells=tuple((figure.printed, figure.status) for figure in figures),
                links=tuple((_LABELS[name], f"{unit}/{name}") for name in built.get(unit, ()) if name in _LABELS),
            )
        )
    head = IndexHead(
        columns=tuple(HEADLINES.values()),
        facts=_facts(data),
        files=_FILES,
        notice=f"Kỳ báo cáo: {words.span(data.period)}.",
        fictitious=data.notice,
        made=f"Lập bằng bộ công cụ báo cáo kế hoạch, phiên bản {version}.",
    )
    return render_index(words.period_name(data.period), rows, head)


def _facts(data: PeriodData) -> tuple[tuple[str, str], ...]:
    found = data.findings["severity"].value_counts()
    sent = data.scope.submissions["owner"].nunique()
    return (
        ("đơn vị đã gửi báo cáo", f"{words.number(sent)}/{words.number(len(data.units))}"),
        ("lỗi trong số liệu", words.number(int(found.get("error", 0)))),
        ("cảnh báo", words.number(int(found.get("warning", 0)))),
    )


def units_in_tree_order(data: PeriodData) -> list[str]:
    """Return the units valid on T, each followed by those below it; siblings by code."""
    return _in_tree_order(list(data.units["unit_id"]), _parents(data))


def _parents(data: PeriodData) -> dict[str, str]:
    """Parents on T, without any that would put a unit below itself."""
    given = dict(data.scope.tree.parent)
    kept: dict[str, str] = {}
    for unit, parent in sorted(given.items()):
        above, seen = parent, {unit}
        while above and above not in seen:
            seen.add(above)
            above = kept.get(above, "")
        if above != unit:
            kept[unit] = parent
    return kept


def _in_tree_order(units: Sequence[str], parents: Mapping[str, str]) -> list[str]:
    below: dict[str, list[str]] = {}
    for unit in units:
        below.setdefault(parents.get(unit, ""), []).append(unit)
    ordered, waiting = [], sorted(below.get("", []), reverse=True)
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += sorted(below.get(unit, []), reverse=True)
    return ordered
