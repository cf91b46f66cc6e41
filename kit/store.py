"""The period store: typed tables, findings and results of one period, as Parquet, and what notebooks read from it.

``reports/<period>/.store/`` is written once per period for all units and read by every notebook. ``key.json`` holds
the digests of what it was made from, so that a stale store is noticed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kit.collect.raw import SourceFile
from kit.digests import NOTICE, input_key, stored_key
from kit.indicators.cut import cut_scope
from kit.indicators.evaluate import open_scope
from kit.indicators.model import Scope
from kit.indicators.series import empty_series
from kit.params import PlanParams
from kit.periods import Period
from kit.slicing import SHORT, SliceIndex, facts_digest, verdict

__all__ = ["EngineRecord", "PeriodData", "files_frame", "input_key", "read_store", "stored_key", "write_store"]
FINDINGS, RESULTS, FILES, SERIES = "findings", "results", "files", "series"
INDEX = "slices.json"


@dataclass(frozen=True)
class PeriodData:
    """Everything known about one period, all units together.

    ``frames`` are the typed tables (data-model.md; every table of the schema), ``findings`` has the columns of
    findings.csv, ``results`` those of results.csv (indicators.md). ``notice`` is what ``data/notice.txt`` wants every
    reader to know of the data (the sample data are fictional); blank for real data. ``files`` has a row for each
    collected file that was read or tried: ``file``, ``kind``, ``unit_id``, ``plan_year``, ``readable``.
    ``series`` are the figures of the earlier periods that reports compare with (``kit.indicators.series``).
    ``subject`` is the unit whose slice this is; blank for the whole period.
    """

    period: Period
    params: PlanParams
    frames: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame
    results: pd.DataFrame
    notice: str = ""
    files: pd.DataFrame = field(default_factory=lambda: files_frame(()))
    series: pd.DataFrame = field(default_factory=empty_series)
    subject: str = ""

    @cached_property
    def scope(self) -> Scope:
        """What the indicator formulas compute on: rows with their receiving unit, the tree on T, judged policies."""
        return open_scope(self.frames, self.period, self.params)

    @property
    def units(self) -> pd.DataFrame:
        """Units valid on T, one row each, sorted by ``unit_id``."""
        units = self.frames["units"]
        valid = units.loc[~units["_set_aside"] & units["unit_id"].isin(self.scope.tree.units)]
        return valid.sort_values("unit_id", ignore_index=True)

    def _ipython_display_(self) -> None:
        from kit.report.objects import overview_of_period  # shown in a notebook only; reports build on this module

        overview_of_period(self)._ipython_display_()

    def __repr__(self) -> str:
        return f"PeriodData({self.period.code}, {len(self.frames)} tables, {len(self.results)} results)"

    def slice(self, unit_id: str) -> PeriodData:
        """What one unit's report reads, and nothing else (``kit.slicing``); of a slice already cut, the slice itself.

        Raises ``KeyError`` for a unit not valid on T.
        """
        if self.subject == unit_id:
            return self
        cut = self.index.cut(unit_id)
        frames = {name: cut.pop(name) for name in self.frames}
        part = replace(self, frames=frames, subject=unit_id, **cut)
        vars(part)["scope"] = cut_scope(self.scope, frames, self.index.subtrees[unit_id])
        return part

    def digest(self, unit_id: str) -> str:
        """Digest of all that a unit's report reads of the data: the same digest, the same report."""
        return facts_digest(self, self.index.digests(unit_id))

    @cached_property
    def index(self) -> SliceIndex:
        """Where each unit's rows are."""
        return SliceIndex(self)


def files_frame(files: Iterable[SourceFile]) -> pd.DataFrame:
    """Return the collected files as a frame, in the order of reading; reference tables are not in it."""
    rows = [(one.file, one.kind, one.unit_id, one.plan_year, one.readable) for one in files if one.kind != "reference"]
    frame = pd.DataFrame(rows, columns=["file", "kind", "unit_id", "plan_year", "readable"])
    return frame.astype({"file": "str", "kind": "str", "unit_id": "str", "plan_year": "int64", "readable": "bool"})


@dataclass(frozen=True)
class EngineRecord:
    """Great Expectations suites and validation results by table, as JSON-able dicts."""

    suites: Mapping[str, Mapping[str, Any]]
    results: Mapping[str, Mapping[str, Any]]


def write_store(folder: Path, data: PeriodData, key: Mapping[str, str], *, engine: EngineRecord) -> None:
    """Write the store whole: into a folder beside it, then renamed.

    ``gx/`` holds the expectation suites and validation results for users of Great Expectations.
    """
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    tables = {FINDINGS: data.findings, RESULTS: data.results, FILES: data.files, SERIES: data.series}
    for name, frame in {**data.frames, **tables}.items():
        frame.to_parquet(fresh / f"{name}.parquet", index=False)
    (fresh / NOTICE).write_text(data.notice, encoding="utf-8")
    for kind, documents in (("expectations", engine.suites), ("validations", engine.results)):
        (fresh / "gx" / kind).mkdir(parents=True)
        for name, document in documents.items():
            text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
            (fresh / "gx" / kind / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    (fresh / INDEX).write_text(json.dumps(_indexed(data), ensure_ascii=False, sort_keys=True), encoding="utf-8")
    text = json.dumps(dict(key), ensure_ascii=False, indent=1, sort_keys=True)
    (fresh / "key.json").write_text(text + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(fresh, folder)


def _indexed(data: PeriodData) -> dict[str, object]:
    """What a run asks of a store before it needs the tables: digests, findings and sources of every report."""
    index = data.index
    reports = {}
    for unit in index.subtrees:
        digests = index.digests(unit)
        parts = {name: digest[:SHORT] for name, digest in digests.items()}
        reports[unit] = {"data": facts_digest(data, digests), "tables": parts, "quality": index.quality(unit)}
    reporters = {unit for group in index.reporters.values() for unit in group}
    return {
        "notice": data.notice,
        "quality": verdict(data.findings["severity"]),
        "reports": reports,
        "reporters": index.reporters,
        "own": {unit: index.own_digest(unit) for unit in sorted(reporters)},
    }


def read_store(folder: Path, period: Period, params: PlanParams) -> PeriodData:
    """Read a store that ``write_store`` left.

    Texts are kept as Python's own (``str`` all the same): a report asks thousands of small questions of small frames,
    each of which costs a third of what it costs on texts that Arrow keeps. No thread is started: notebooks' processes
    are forked from one that has read the store (``kit.run.engine.warm``).
    """
    with pd.option_context("mode.string_storage", "python"):
        found = {path.stem: _read_table(path) for path in sorted(folder.glob("*.parquet"))}
    findings, results, files, series = (found.pop(name) for name in (FINDINGS, RESULTS, FILES, SERIES))
    notice = (folder / NOTICE).read_text(encoding="utf-8")
    return PeriodData(period, params, found, findings, results, notice, files, series)


def _read_table(path: Path) -> pd.DataFrame:
    """What ``pandas.read_parquet`` returns, which starts threads whatever it is told."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    table = ParquetFile(pyarrow.BufferReader(path.read_bytes()), pre_buffer=False).read(use_threads=False)
    texts = dict.fromkeys((pyarrow.string(), pyarrow.large_string()), pd.StringDtype(na_value=np.nan))
    return table.to_pandas(types_mapper=texts.get, use_threads=False)
