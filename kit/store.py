"""The period store: typed tables, findings and results of one period, as Parquet, and what notebooks read from it.

``reports/<period>/.store/`` is written once per period for all units and read by every notebook. ``key.json`` holds
the digests of what it was made from, so that a stale store is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kit.collect.raw import SourceFile
from kit.indicators.cut import cut_scope
from kit.indicators.evaluate import open_scope
from kit.indicators.model import Scope
from kit.indicators.series import empty_series
from kit.params import PlanParams
from kit.paths import PACKAGE
from kit.periods import Period

# What decides the figures; the report's looks do not make a store stale.
_CODE = ("collect", "indicators", "schema", "validation", "params.py", "periods.py", "store.py")
FINDINGS, RESULTS, FILES, SERIES, NOTICE = "findings", "results", "files", "series", "notice.txt"
REFERENCE = ("units", "policies", "issuers", "assignments")


@dataclass(frozen=True)
class PeriodData:
    """Everything known about one period, all units together.

    ``frames`` are the typed tables (data-model.md; every table of the schema), ``findings`` has the columns of
    findings.csv, ``results`` those of results.csv (indicators.md). ``notice`` is what ``data/notice.txt`` wants every
    reader to know of the data (the sample data are fictional); blank for real data. ``files`` has a row for each
    collected file that was read or tried: ``file``, ``kind``, ``unit_id``, ``plan_year``, ``readable``. ``series`` are
    the figures of the earlier periods that reports compare with (``kit.indicators.series``).
    """

    period: Period
    params: PlanParams
    frames: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame
    results: pd.DataFrame
    notice: str = ""
    files: pd.DataFrame = field(default_factory=lambda: files_frame(()))
    series: pd.DataFrame = field(default_factory=empty_series)

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
        """What one unit's report reads: its rows, those passed on to it and those of its subtree; its results.

        Reference tables stay whole. ``findings`` are those of the units whose rows are kept.
        """
        tree = self.scope.tree
        subtree = set(tree.subtree(unit_id))
        reporters = {unit for unit, receiver in tree.receiver.items() if receiver in subtree}
        wanted = {"council_members": reporters | self._above(reporters)}
        frames = {
            name: frame if name in REFERENCE else _of(frame, "_unit", wanted.get(name, reporters))
            for name, frame in self.frames.items()
        }
        results = _of(self.results, "unit_id", subtree)
        findings = _of(self.findings, "unit_id", reporters)
        files = _of(self.files, "unit_id", reporters)
        series = _of(self.series, "unit_id", subtree)
        cut = PeriodData(self.period, self.params, frames, findings, results, self.notice, files, series)
        vars(cut)["scope"] = cut_scope(self.scope, frames, subtree)
        return cut

    def _above(self, reporters: set[str]) -> set[str]:
        """All units above the reporting ones: in their council lists a ``member_id`` is looked up."""
        units = self.frames["units"]
        parents = dict(zip(units["unit_id"], units["parent_id"].fillna(""), strict=True))
        above: set[str] = set()
        for unit in reporters:
            while (unit := parents.get(unit, "")) and unit not in above:
                above.add(unit)
        return above


def _of(frame: pd.DataFrame, column: str, values: set[str]) -> pd.DataFrame:
    return frame.loc[frame[column].isin(values)].reset_index(drop=True)


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
    text = json.dumps(dict(key), ensure_ascii=False, indent=1, sort_keys=True)
    (fresh / "key.json").write_text(text + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(fresh, folder)


def read_store(folder: Path, period: Period, params: PlanParams) -> PeriodData:
    """Read a store that ``write_store`` left."""
    found = {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    findings, results, files, series = (found.pop(name) for name in (FINDINGS, RESULTS, FILES, SERIES))
    notice = (folder / NOTICE).read_text(encoding="utf-8")
    return PeriodData(period, params, found, findings, results, notice, files, series)


def stored_key(folder: Path) -> dict[str, str]:
    """The key of the store at hand; empty when there is none that can be read."""
    try:
        key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return key if isinstance(key, dict) else {}


def input_key(data_dir: Path, params_file: Path) -> dict[str, str]:
    """Digests of everything that the figures are made from: collected and reference files, parameters, code."""
    folders = (data_dir / "reference", data_dir / "collected")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    extra = [path for path in (data_dir / "corrections.yaml", data_dir / NOTICE) if path.is_file()]
    key = {path.relative_to(data_dir).as_posix(): digest(path) for path in [*files, *extra]}
    return {**key, "params": digest(params_file), "code": code_digest(_CODE)}


def key_digest(key: Mapping[str, str]) -> str:
    """One digest that stands for a whole key."""
    return hashlib.sha256(json.dumps(dict(key), sort_keys=True).encode()).hexdigest()


def read_notice(data_dir: Path) -> str:
    """What ``notice.txt`` of a data folder says; blank when there is none."""
    path = data_dir / NOTICE
    return path.read_text(encoding="utf-8-sig").strip() if path.is_file() else ""


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def code_digest(parts: tuple[str, ...]) -> str:
    """One digest over modules and declarations of the package, independent of where it is installed."""
    whole = hashlib.sha256()
    for part in parts:
        place = PACKAGE / part
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in (".py", ".yaml"))
        for path in files:
            whole.update(path.relative_to(PACKAGE).as_posix().encode())
            whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()
