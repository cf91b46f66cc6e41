"""Units and periods compared as notebook 04 shows them: ``kit.open_comparison(...)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kit.errors import UsageError, suggestion
from kit.indicators.catalog import INDICATORS
from kit.indicators.model import Indicator
from kit.indicators.series import evaluate_series
from kit.periods import Period, periods_until
from kit.report import words
from kit.report.blocks import Callout, Definitions, Paragraphs
from kit.report.content.over_time import Series, series_figures
from kit.report.content.result import Result
from kit.report.content.sequence import Blocks
from kit.report.content.side_by_side import SHORT, Units, dot_figure, heat_figures
from kit.report.objects import overview_of_comparison
from kit.report.overview import units_in_tree_order
from kit.report.trace import Trace
from kit.schema.load import load_schema
from kit.store import PeriodData

MOST_PERIODS = 12
_HEATED = (
    ("CS-01", "CS-02", "CS-03", "CS-04", "CS-05", "CS-07", "CD-01", "CD-02", "CD-03", "CD-05"),
    ("CD-06", "NT-03", "HD-01", "GY-02", "KP-01", "VM-02", "BC-01", "BC-02", "DL-01"),
)


@dataclass(frozen=True)
class Comparison:
    """All units of one level beside each other on one indicator, and over the periods of which there are data.

    ``level`` is a code of the code list ``unit_level``; blank: the lowest level that there is. Raises ``UsageError``
    for an unknown indicator or level.
    """

    data: PeriodData
    indicator_id: str = "CS-01"
    level: str = ""

    def __post_init__(self):
        if self.indicator_id not in INDICATORS:
            hint = suggestion(self.indicator_id, INDICATORS)
            raise UsageError(f"There is no indicator '{self.indicator_id}'{hint}.")
        levels = load_schema().codelists["unit_level"].codes
        if self.level and self.level not in levels:
            raise UsageError(f"There is no level '{self.level}'{suggestion(self.level, levels)}; {', '.join(levels)}.")

    def opening(self) -> Blocks:
        """What is compared: the period, the units, the indicator and its definition."""
        level = load_schema().codelists["unit_level"].label(self._level)
        count = words.number(len(self._listed))
        line = f"Kỳ báo cáo: {words.span(self.data.period)}. So sánh {count} đơn vị, cấp: {level.lower()}."
        one = self._indicator
        said = Definitions(((f"{one.id}. {one.title}", f"{one.question} Cách tính: {one.formula}."),))
        return Blocks.of(Paragraphs((line,)), said, Callout(self.data.notice) if self.data.notice else None)

    def ranking(self) -> Blocks:
        """The indicator unit by unit: an ordered dot plot, small denominators apart."""
        made = dot_figure(self._units, self.indicator_id)
        return Blocks.of(made or Paragraphs((f"Chưa đơn vị nào có số liệu của chỉ số {self.indicator_id}.",)))

    def over_time(self, by: str = "") -> Blocks:
        """The indicator over the periods, one small panel a unit; ``by``: ``M``, ``Q``, ``H`` or ``Y`` for others."""
        rows = self._series(by)
        rows = rows.loc[(rows["indicator_id"] == self.indicator_id) & rows["unit_id"].isin(self._listed)]
        titles = {unit: self._units.names[unit] for unit in self._listed}
        caption = f"{self._indicator.title}, theo đơn vị và theo kỳ"
        return Blocks.of(series_figures(self._made(rows, "unit_id", titles, by), caption))

    def unit_over_time(self, unit: str = "", by: str = "") -> Blocks:
        """All percent indicators of one unit over the periods, one panel an indicator; by default the highest unit."""
        unit = unit or units_in_tree_order(self.data)[0]
        names = dict(zip(self.data.units["unit_id"], self.data.units["name"], strict=True))
        if unit not in names:
            raise UsageError(f"There is no unit '{unit}'{suggestion(unit, names)} on the last day of the period.")
        rows = self._series(by)
        rows = rows.loc[(rows["unit_id"] == unit) & rows["indicator_id"].isin(SHORT)]
        titles = {id: f"{id} {SHORT[id]}" for id in SHORT}
        caption = f"Các chỉ số của {words.in_sentence(names[unit])} theo kỳ"
        return Blocks.of(series_figures(self._made(rows, "indicator_id", titles, by), caption))

    def heat(self) -> Blocks:
        """Indicators × units as heat tables."""
        return Blocks.of(*(heat_figures(self._units, ids) for ids in _HEATED))

    def trace(self, unit: str) -> Trace:
        """The figure of one unit with the rows that it rests on."""
        return Trace(self.data, self.indicator_id, unit)

    def _ipython_display_(self) -> None:
        overview_of_comparison(self)._ipython_display_()

    def __repr__(self) -> str:
        return f"Comparison({self.indicator_id}, {self._level}, {self.data.period.code})"

    @cached_property
    def _indicator(self) -> Indicator:
        return INDICATORS[self.indicator_id]

    @cached_property
    def _level(self) -> str:
        present = set(self.data.units["level"])
        order = [code for code in load_schema().codelists["unit_level"].codes if code in present]
        return self.level or (order[0] if order else "commune")

    @cached_property
    def _listed(self) -> list[str]:
        own = set(self.data.units.loc[self.data.units["level"] == self._level, "unit_id"])
        return [unit for unit in units_in_tree_order(self.data) if unit in own]

    @cached_property
    def _units(self) -> Units:
        names = dict(zip(self.data.units["unit_id"], self.data.units["name"], strict=True))
        sent = self.data.scope.reported_units
        figures: dict[str, dict[str, Result]] = {unit: {} for unit in self._listed}
        rows = self.data.results.loc[self.data.results["unit_id"].isin(self._listed)]
        for row in rows.to_dict("records"):
            unit = row["unit_id"]
            figures[unit][row["indicator_id"]] = Result.from_row(row, answered=unit in sent)
        return Units({unit: names[unit] for unit in self._listed}, figures)

    def _periods(self, by: str) -> tuple[Period, ...]:
        years = [int(frame["_year"].min()) for frame in self.data.frames.values() if len(frame) and "_year" in frame]
        first = min((year for year in years if year > 0), default=self.data.period.year)
        return periods_until(self.data.period, by, first)[-MOST_PERIODS:]

    def _series(self, by: str) -> pd.DataFrame:
        if by not in self._found:
            periods = self._periods(by)
            self._found[by] = evaluate_series(self.data.frames, periods, self.data.params, now=self.data.period)
        return self._found[by]

    @cached_property
    def _found(self) -> dict[str, pd.DataFrame]:
        return {}

    def _made(self, rows: pd.DataFrame, column: str, titles: Mapping[str, str], by: str) -> Sequence[Series]:
        periods = self._periods(by)
        own = {key: part.to_dict("records") for key, part in rows.groupby(column, sort=False)}
        return [Series(title, periods, tuple(own[key])) for key, title in titles.items() if key in own]
