"""Period-level files, written last: results and findings as CSV, Parquet and Excel, and the index pages."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from kit import __version__
from kit.paths import PeriodPaths
from kit.report.overview import LABELS, AtHand, render_overview
from kit.report.tables import render_findings_csv, render_results_csv
from kit.report.workbooks import render_findings_xlsx, render_results_xlsx
from kit.run.files import write_whole
from kit.run.issue_files import issue_states
from kit.run.manifest import load_manifest
from kit.run.periods_index import write_periods_index
from kit.store import PeriodData


def write_period_files(out: Path, data: PeriodData, data_dir: Path | None = None) -> None:
    """Write ``results.csv/.parquet/.xlsx``, ``findings.csv/.xlsx`` and ``index.html`` of a period, then of all periods.

    The approved issues that the index tells of are read from ``data_dir``; without it all reports are drafts.
    """
    paths = PeriodPaths(out, data.period.code)
    units = data.frames["units"]
    names = dict(zip(units["unit_id"].fillna(""), units["name"].fillna(""), strict=True))
    hand = at_hand(paths, data, data_dir)
    files = {
        "results.csv": render_results_csv(data.results).encode(),
        "results.parquet": _parquet(data.results),
        "results.xlsx": render_results_xlsx(data.results, names),
        "findings.csv": render_findings_csv(data.findings).encode(),
        "findings.xlsx": render_findings_xlsx(data.findings, names),
        "index.html": render_overview(data, hand, version=__version__, back=True).encode(),
    }
    for name, content in files.items():
        write_whole(paths.file(name), content)
    write_periods_index(out)


def at_hand(paths: PeriodPaths, data: PeriodData, data_dir: Path | None) -> AtHand:
    """Return what there is to link to: the finished reports, those of earlier runs among them, and how they stand."""
    manifests = {unit: load_manifest(paths.report(unit)) for unit in data.units["unit_id"]}
    manifests = {unit: manifest for unit, manifest in manifests.items() if manifest}
    built = {unit: _files(paths.report(unit), manifest) for unit, manifest in manifests.items()}
    today = {unit: manifest.get("inputs", {}).get("data", "") for unit, manifest in manifests.items()}
    issues = issue_states(data_dir, data.period.code, today) if data_dir else {}
    returned = frozenset(path.stem for path in paths.returned.glob("*.xlsx"))
    return AtHand(built, issues, returned)


def _files(folder: Path, manifest: dict) -> tuple[str, ...]:
    """The outputs of a finished report, and those beside it: a folder inside it holds another edition."""
    own = {name for name in manifest.get("outputs", {}) if name in LABELS}
    beside = {name for name in LABELS if "/" in name and (folder / name).is_file()}
    return tuple(name for name in LABELS if name in own | beside)


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
