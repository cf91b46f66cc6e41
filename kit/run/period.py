"""Period-level files, written last: results and findings as CSV, Parquet and Excel, and the index page."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from kit import __version__
from kit.paths import PeriodPaths
from kit.report.overview import render_overview
from kit.report.tables import render_findings_csv, render_results_csv
from kit.report.workbooks import render_findings_xlsx, render_results_xlsx
from kit.run.files import write_whole
from kit.run.manifest import load_manifest
from kit.store import PeriodData


def write_period_files(out: Path, data: PeriodData) -> None:
    """Write ``results.csv/.parquet/.xlsx``, ``findings.csv/.xlsx`` and ``index.html`` of a period."""
    paths = PeriodPaths(out, data.period.code)
    units = data.frames["units"]
    names = dict(zip(units["unit_id"].fillna(""), units["name"].fillna(""), strict=True))
    files = {
        "results.csv": render_results_csv(data.results).encode(),
        "results.parquet": _parquet(data.results),
        "results.xlsx": render_results_xlsx(data.results, names),
        "findings.csv": render_findings_csv(data.findings).encode(),
        "findings.xlsx": render_findings_xlsx(data.findings, names),
        "index.html": render_overview(data, _built(paths, data), version=__version__).encode(),
    }
    for name, content in files.items():
        write_whole(paths.file(name), content)


def _built(paths: PeriodPaths, data: PeriodData) -> dict[str, list[str]]:
    """The finished reports at hand, those of earlier runs among them, with their files."""
    manifests = {unit: load_manifest(paths.report(unit)) for unit in data.units["unit_id"]}
    return {unit: sorted(manifest.get("outputs", {})) for unit, manifest in manifests.items() if manifest}


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
