"""Period-level files, written last: results and findings as CSV, Parquet and Excel, and the index page."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from kit.paths import PeriodPaths
from kit.report.tables import render_findings_csv, render_results_csv
from kit.report.workbooks import render_findings_xlsx, render_results_xlsx
from kit.run.files import write_whole
from kit.store import PeriodData


def write_period_files(out: Path, data: PeriodData) -> None:
    """Write ``results.csv/.parquet/.xlsx`` and ``findings.csv/.xlsx`` of a period."""
    paths = PeriodPaths(out, data.period.code)
    units = data.frames["units"]
    names = dict(zip(units["unit_id"].fillna(""), units["name"].fillna(""), strict=True))
    files = {
        "results.csv": render_results_csv(data.results).encode(),
        "results.parquet": _parquet(data.results),
        "results.xlsx": render_results_xlsx(data.results, names),
        "findings.csv": render_findings_csv(data.findings).encode(),
        "findings.xlsx": render_findings_xlsx(data.findings, names),
    }
    for name, content in files.items():
        write_whole(paths.file(name), content)


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
