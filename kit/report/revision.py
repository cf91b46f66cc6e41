"""What changed between an issue and the figures of today: exactly the difference of two results tables, and the cause.

Pure: rows of texts and digests in, records out. ``kit.report.content.revisions`` says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kit.indicators.catalog import INDICATORS
from kit.indicators.model import RESULT_COLUMNS
from kit.report.issues import Issue, Sources
from kit.report.sources import UNREAD
from kit.report.tables import number_text
from kit.schema.load import load_schema

COUNTS = frozenset(("n_records", "excluded_records"))
ADDED, CHANGED, REMOVED, CORRECTED = "added", "changed", "removed", "corrected"
# What an indicator depends on beside the tables whose rows it counts (indicators.md).
_REFERENCES = {"CS": ("policies", "assignments"), "GY": ("policies",)}
_PARAMS = {"CS": ("start_grace_days",), "BC": ("deadline_working_days", "holidays", "reading_date")}


def result_rows(results: pd.DataFrame, unit_id: str) -> tuple[tuple[str, ...], ...]:
    """Return the unit's rows of results.csv as texts in the order of ``RESULT_COLUMNS``; missing is blank."""
    frame = results.loc[results["unit_id"] == unit_id, RESULT_COLUMNS]
    columns = [[_cell(value) for value in frame[name].astype(object).tolist()] for name in RESULT_COLUMNS]
    return tuple(zip(*columns, strict=True))


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    return value if isinstance(value, str) else number_text(value)  # type: ignore[arg-type]


@dataclass(frozen=True)
class FigureChange:
    """One row of the results table that differs; ``old`` or ``new`` is empty where the indicator is not in a table."""

    indicator_id: str
    old: Mapping[str, str]
    new: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ, in their order."""
        return tuple(name for name in RESULT_COLUMNS if self.old.get(name, "") != self.new.get(name, ""))

    @property
    def only_counts(self) -> bool:
        """True when the figure itself is the same and only the number of rows behind it changed."""
        return bool(self.old and self.new) and COUNTS.issuperset(self.columns)


@dataclass(frozen=True)
class SourceChange:
    """One file that changed: how (``added``, ``changed``, ``removed``, ``corrected``) and in which tables."""

    file: str
    how: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Revision:
    """All differences between an issue and today."""

    figures: tuple[FigureChange, ...]
    sources: tuple[SourceChange, ...]
    references: tuple[str, ...]
    params: tuple[str, ...]
    kit: bool  # another version of the kit

    @property
    def changed(self) -> tuple[FigureChange, ...]:
        """Figures whose value, counts, target, status or note changed."""
        return tuple(change for change in self.figures if not change.only_counts)

    @property
    def recounted(self) -> tuple[FigureChange, ...]:
        """Figures that stayed, behind which the number of rows changed."""
        return tuple(change for change in self.figures if change.only_counts)

    def files_behind(self, indicator_id: str) -> tuple[SourceChange, ...]:
        """The changed files whose changed tables an indicator is computed from."""
        wanted = tables_behind(indicator_id)
        return tuple(change for change in self.sources if not change.tables or wanted & set(change.tables))

    def references_behind(self, indicator_id: str) -> tuple[str, ...]:
        """The changed reference tables that an indicator depends on."""
        wanted = {"units", *_REFERENCES.get(indicator_id[:2], ())}
        return tuple(name for name in self.references if name in wanted)

    def params_behind(self, indicator_id: str) -> tuple[str, ...]:
        """The changed plan parameters that an indicator depends on."""
        wanted = {"scheme", "plan_year", f"targets.{indicator_id}", *_PARAMS.get(indicator_id[:2], ())}
        return tuple(name for name in self.params if name in wanted)


def tables_behind(indicator_id: str) -> set[str]:
    """Return the collected tables that an indicator is computed from; all when it names none."""
    indicator = INDICATORS.get(indicator_id)
    if indicator is None or not indicator.tables:
        return {table.name for table in load_schema().collected} | {UNREAD}
    # Over no rows a count is 0 only where a report was sent (indicators.md, "Nothing counted").
    sent = {"submissions"} if indicator.kind == "sum" or indicator_id == "NT-03" else set()
    return set(indicator.tables) | sent | {UNREAD}


def revision(issue: Issue, rows: Sequence[Sequence[str]], sources: Sources, *, kit: str) -> Revision:
    """Compare an issue with the rows (``result_rows``) and sources of today."""
    return Revision(
        figures=figure_changes(issue.figures, rows),
        sources=tuple(_source_changes(issue.sources, sources)),
        references=_different(issue.sources.references, sources.references),
        params=_different(issue.sources.params, sources.params),
        kit=issue.kit != kit,
    )


def figure_changes(old: Iterable[Sequence[str]], new: Iterable[Sequence[str]]) -> tuple[FigureChange, ...]:
    """Return the rows that differ between two results tables of one unit, in the order of the new one, then the old."""
    before, after = (
        {row[0]: dict(zip(RESULT_COLUMNS, row, strict=True)) for row in table} for table in (list(old), list(new))
    )
    order = dict.fromkeys([*after, *before])
    return tuple(
        FigureChange(id, before.get(id, {}), after.get(id, {}))
        for id in order
        if before.get(id, {}) != after.get(id, {})
    )


def _different(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))


def _source_changes(old: Sources, new: Sources) -> Iterable[SourceChange]:
    corrected = {text.split("\t")[0] for text in set(old.corrections) ^ set(new.corrections)}
    for file in sorted({*old.files, *new.files}):
        before, after = old.files.get(file), new.files.get(file)
        tables = _different(before or {}, after or {})
        if before is None:
            yield SourceChange(file, ADDED, tables)
        elif after is None:
            yield SourceChange(file, REMOVED, tables)
        elif tables:
            yield SourceChange(file, CORRECTED if file in corrected else CHANGED, tables)
