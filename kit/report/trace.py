"""One figure traced to its rows: ``kit.trace("CS-01", "XA-01", "2024-H1")``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kit.errors import UsageError, suggestion
from kit.indicators.catalog import INDICATORS
from kit.indicators.evidence import DENOMINATOR, NUMERATOR, Thing, evidence, set_aside
from kit.report import plain as plain_text
from kit.report import words
from kit.report.blocks import Column, Definitions, Heading, Table
from kit.report.content.result import Result, declared
from kit.report.content.sequence import Blocks
from kit.report.content.subject import results_of
from kit.report.content.tables import NUMBER, amount, plain, table
from kit.report.elsewhere import rest_in
from kit.report.traced_words import Speaker
from kit.schema.load import load_schema
from kit.store import PeriodData

MOST_ROWS = 200
_ADDRESSES = 6
_PARTS = {NUMERATOR: "Tử số", DENOMINATOR: "Chỉ ở mẫu số"}
_COUNTED = {NUMERATOR: "Được tính", DENOMINATOR: "Xét, không tính"}


@dataclass(frozen=True)
class Trace:
    """The evidence of one figure. ``rows`` and ``excluded`` are frames for further work; shown, it explains itself.

    Raises ``UsageError`` for an unknown indicator or a unit that is not valid on the period's last day.
    """

    data: PeriodData
    indicator_id: str
    unit_id: str

    def __post_init__(self):
        units = self.data.scope.tree.units
        if self.indicator_id not in INDICATORS:
            hint = suggestion(self.indicator_id, INDICATORS)
            raise UsageError(f"There is no indicator '{self.indicator_id}'{hint}.")
        if self.unit_id not in units:
            hint = suggestion(self.unit_id, units)
            raise UsageError(f"There is no unit '{self.unit_id}' on the last day of the period{hint}.")

    @cached_property
    def result(self) -> Result:
        """The figure as the results table has it."""
        answered = self.unit_id in self.data.scope.reported_units
        found = results_of(self.data.results, self.unit_id, answered=answered)
        return found.get(self.indicator_id) or Result(INDICATORS[self.indicator_id], answered=answered)

    @cached_property
    def things(self) -> list[Thing]:
        """What is counted (``kit.indicators.evidence``): in the numerator first."""
        found = evidence(self.data.scope, INDICATORS[self.indicator_id], self.unit_id)
        return sorted(found, key=lambda thing: thing.part != NUMERATOR)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row for each counted thing and row behind it: ``part``, what it adds, the row's key and address."""
        made = [
            (thing.part, self._words.thing(self.indicator_id, thing.key), thing.numerator, thing.denominator, *place)
            for thing in self.things
            for place in ([self._place(*row) for row in thing.rows] or [("",) * 6])
        ]
        names = ("part", "counted", "numerator", "denominator", "table", "unit_id", "key", "file", "sheet", "row")
        return pd.DataFrame(made, columns=list(names))

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """Rows of the plan year that the figure leaves out because of errors: key, address, codes and messages."""
        found = set_aside(self.data.scope, INDICATORS[self.indicator_id], self.unit_id)
        rows = [(*self._place(*row), self._words.row(*row), *self._reasons(*row)) for row in found]
        return pd.DataFrame(
            rows, columns=["table", "unit_id", "key", "file", "sheet", "row", "content", "codes", "messages"]
        )

    def blocks(self) -> Blocks:
        """The figure, its definition, what it counts with the source rows, and what it leaves out."""
        unit = self._words.unit(self.unit_id)
        return Blocks.of(
            Heading(f"{self.indicator_id}. {self.result.indicator.title} – {unit}", 3),
            self._definition(),
            self._counted(),
            self._left_out(),
        )

    def _ipython_display_(self) -> None:
        self.blocks()._ipython_display_()

    def __repr__(self) -> str:
        return "\n\n".join(plain_text.block(block.to_json()) for block in self.blocks())

    @cached_property
    def _words(self) -> Speaker:
        return Speaker(self.data)

    def _said(self, thing: Thing) -> str:
        """The thing in words; of a policy that is not told in full, the stages that are missing."""
        said = self._words.thing(self.indicator_id, thing.key)
        if self.indicator_id != "CS-01" or thing.numerator:
            return said
        stages = self.data.scope.judgement.pair_stages
        own = stages.loc[(stages["unit_id"] == self.unit_id) & (stages["policy_id"] == thing.key[0])]
        missing = own.loc[own["reached"] & ~own["covered"], "stage"]
        return f"{said} (thiếu {', '.join(missing)})"

    def _place(self, name: str, at: object) -> tuple[str, str, str, str, str, object]:
        row = self.data.scope.frames[name].loc[at]
        keys = load_schema().tables[name].primary_key
        key = " ".join(str(row[field]) for field in keys if not pd.isna(row[field]))
        return (name, str(row["_unit"]), key, *(row.get(meta, "") for meta in ("_file", "_sheet", "_row")))

    def _reasons(self, name: str, at: object) -> tuple[str, str]:
        row, found = self.data.scope.frames[name].loc[at], self.data.findings
        same = (found["severity"] == "error") & (found["table"] == name)
        if row.get("_file"):
            same &= (found["source_file"] == row["_file"]) & (found["source_sheet"] == row["_sheet"])
            same &= (found["source_row"] == row["_row"]).fillna(False)
        else:
            same &= found["unit_id"] == row["_unit"]
        own = found.loc[same].drop_duplicates("code")
        return ", ".join(own["code"]), " ".join(own["message"])

    def _definition(self) -> Definitions:
        result, one = self.result, self.result.indicator
        said = declared(result)
        items = [
            ("Kết quả", f"{words.capitalised(result.full)}{f', {said}' if said else ''}"),
            ("Kỳ báo cáo", words.span(self.data.period)),
            ("Câu hỏi", one.question),
            ("Cách tính", one.formula),
            ("Căn cứ", one.clause),
        ]
        return Definitions((*items, ("Lưu ý", result.note)) if result.note else tuple(items))

    def _counted(self) -> Table:
        kind = self.result.indicator.kind
        parts = _COUNTED if kind == "sum" else _PARTS
        columns = [NUMBER, Column("Được xét", "left", 3.4), Column("Tính vào", "left", 1.1)]
        columns += {
            "ratio": [Column("Tử số", "right", 0.8), Column("Mẫu số", "right", 0.8)],
            "sum": [Column("Số tính", "right", 0.9)],
            "median": [Column("Số ngày", "right", 0.9)],
        }[kind]
        columns.append(Column("Dòng nguồn", "left", 2.8))
        shown = [
            (
                str(at),
                self._said(thing),
                "Trung vị" if kind == "median" else parts[thing.part],
                *_amounts(thing, kind),
                self._words.addresses([self._place(*row) for row in thing.rows], _ADDRESSES) or "–",
            )
            for at, thing in enumerate(self.things, 1)
        ]
        made = table(
            f"Những gì được xét để tính {self.indicator_id}",
            columns,
            shown=shown,
            data=(tuple(self.rows.columns), [map(plain, row) for row in self.rows.itertuples(index=False)]),
            limit=MOST_ROWS,
            name=f"truy-nguyen-{self.indicator_id.lower()}-{self.unit_id.lower()}",
            empty_text="Không có dòng số liệu nào được xét.",
        )
        return rest_in(made)

    def _left_out(self) -> Table:
        tables = load_schema().tables
        made = self.excluded.to_dict("records")
        places = ("table", "unit_id", "key", "file", "sheet", "row")
        made = table(
            "Dòng không sử dụng do có lỗi",
            (
                Column("Bảng", "left", 1.1),
                Column("Nội dung", "left", 2.4),
                Column("Vị trí", "left", 1.8),
                Column("Lý do", "left", 3.2),
            ),
            shown=[
                (
                    tables[row["table"]].title,
                    row["content"],
                    self._words.addresses([tuple(row[name] for name in places)], 1),
                    row["messages"] or row["codes"],
                )
                for row in made
            ],
            data=(tuple(self.excluded.columns), [tuple(row.values()) for row in made]),
            limit=MOST_ROWS,
            name=f"khong-su-dung-{self.indicator_id.lower()}-{self.unit_id.lower()}",
            empty_text="Không có dòng nào bị loại.",
        )
        return rest_in(made)


def _amounts(thing: Thing, kind: str) -> tuple[str, ...]:
    if kind == "median":
        return (amount(thing.days),)
    return (amount(thing.numerator), amount(thing.denominator)) if kind == "ratio" else (amount(thing.numerator),)
