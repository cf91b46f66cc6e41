"""The page of all periods: one line for each period, then every unit with one headline indicator over the periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kit.periods import Period
from kit.report import words
from kit.report.content.result import Result
from kit.report.html.markup import text
from kit.report.overview import in_tree_order, without_circles
from kit.report.site import render_index
from kit.report.site_data import IndexHead, IndexRow
from kit.report.site_rows import link, value_cell
from kit.schema.load import load_schema

HEADLINE = "CS-01"
_SHOWN = ("CS-01", "CD-01", "CD-02", "DL-01")
_SENT = ("BC-01", "BC-02")
_TITLES = {
    "BC-01": "Đơn vị đã gửi báo cáo",
    "BC-02": "Gửi đúng hạn",
    "CS-01": "Chính sách truyền thông đủ giai đoạn",
    "CD-01": "Bốn nhóm nhiệm vụ",
    "CD-02": "Nhiệm vụ đến hạn đã xong",
    "DL-01": "Bản ghi hợp lệ",
}
_MOST_PERIODS = 8  # beside one another in the table of units; all of them are in the table of periods


@dataclass(frozen=True)
class PeriodRecord:
    """What one period left: its results (columns of results.csv), its units, those with a report, the data's notice."""

    period: Period
    results: pd.DataFrame
    units: pd.DataFrame
    built: frozenset[str]
    notice: str = ""


def render_periods(records: Sequence[PeriodRecord], *, version: str) -> str:
    """Return ``reports/index.html``, the newest period first; the same text for the same input."""
    ordered = sorted(records, key=_newest_first)
    found = {record.period.code: _results(record) for record in ordered}
    columns = ordered[:_MOST_PERIODS]
    head = IndexHead(
        columns=tuple(words.period_title(record.period) for record in columns),
        notice="Chọn một kỳ để xem kết quả, hoặc tìm một đơn vị để mở báo cáo của đơn vị đó.",
        fictitious=next((record.notice for record in ordered if record.notice), ""),
        made=f"Lập bằng bộ công cụ báo cáo kế hoạch, phiên bản {version}.",
        links_title="",
    )
    under = f"<h2>Các đơn vị qua các kỳ</h2><p>{text(_TITLES[HEADLINE])}; bấm vào số để mở báo cáo.</p>"
    lead = _periods(ordered, found) + (under if ordered else "")
    return render_index("", _units(columns, found), head, lead=lead)


def _newest_first(record: PeriodRecord) -> tuple:
    period = record.period
    return (-period.end.toordinal(), period.start.toordinal(), period.code)


def _results(record: PeriodRecord) -> dict[tuple[str, str], Result]:
    wanted = record.results.loc[record.results["indicator_id"].isin([*_SHOWN, *_SENT])]
    sent = wanted.loc[(wanted["indicator_id"] == "BC-01") & (wanted["numerator"] > 0), "unit_id"]
    reported = set(sent)
    return {
        (row["unit_id"], row["indicator_id"]): Result.from_row(row, answered=row["unit_id"] in reported)
        for row in wanted.to_dict("records")
    }


def _periods(records: Sequence[PeriodRecord], found: Mapping[str, Mapping[tuple[str, str], Result]]) -> str:
    if not records:
        return "<p>Chưa có kỳ báo cáo nào.</p>"
    columns = ("Kỳ báo cáo", *(_TITLES[id] for id in (*_SENT, *_SHOWN)), "Báo cáo đã lập")
    head = "".join(f"<th scope=col>{text(title)}" for title in columns)
    body = "".join(_period(record, found[record.period.code]) for record in records)
    return (
        '<div class="c lead" style="--n:6"><div class="w" tabindex="0" role="group" aria-label="Các kỳ báo cáo">'
        f"<table><thead><tr>{head}<tbody>{body}</table></div></div>"
    )


def _period(record: PeriodRecord, found: Mapping[tuple[str, str], Result]) -> str:
    code = record.period.code
    tops = _tops(record.units)
    top = tops[0] if len(tops) == 1 else ""
    names = dict(record.units[["unit_id", "name"]].itertuples(index=False))
    name = link(words.period_title(record.period), f"{code}/index.html")
    of = f"<span class=n>{text(names[top])}</span>" if top else ""
    shown = [found.get((top, id)) for id in (*_SENT, *_SHOWN)]
    cells = "".join(value_cell(one.full, one.status) if one else "<td>–" for one in shown)
    return f"<tr><th scope=row>{name}{of}{cells}<td>{words.number(len(record.built))}/{words.number(len(record.units))}"


def _tops(units: pd.DataFrame) -> list[str]:
    known = set(units["unit_id"])
    return sorted(units.loc[~units["parent_id"].isin(known), "unit_id"])


def _units(records: Sequence[PeriodRecord], found: Mapping[str, Mapping[tuple[str, str], Result]]) -> list[IndexRow]:
    if not records:
        return []
    levels = load_schema().codelists["unit_level"]
    known: dict[str, dict] = {}
    for record in reversed(records):  # the newest period has the last word on a name
        known |= {row["unit_id"]: row for row in record.units.to_dict("records")}
    parents = without_circles({id: row["parent_id"] for id, row in known.items() if row["parent_id"] in known})
    return [
        IndexRow(
            id,
            str(known[id]["name"]),
            level=levels.label(str(known[id]["level"])),
            parent_id=parents.get(id, ""),
            cells=tuple(_cell(id, record, found[record.period.code]) for record in records),
        )
        for id in in_tree_order(list(known), parents)
    ]


def _cell(unit: str, record: PeriodRecord, found: Mapping[tuple[str, str], Result]) -> tuple[str, str, str]:
    result = found.get((unit, HEADLINE))
    path = f"{record.period.code}/{unit}/report.html" if unit in record.built else ""
    return (result.printed, result.status, path) if result else ("–", "", "")
