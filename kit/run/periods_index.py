"""``reports/index.html``: all periods that were run, read from what each of them left."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit import __version__
from kit.errors import KitError
from kit.paths import PeriodPaths
from kit.periods import parse_period
from kit.report.periods_page import PeriodRecord, render_periods
from kit.run.files import write_whole

_COLUMNS = ["unit_id", "indicator_id", "numerator", "denominator", "value", "target", "target_national"]
_COLUMNS += ["status", "status_national", "note"]


def write_periods_index(out: Path) -> None:
    """Write the page of all periods from the results and stores under ``out``; periods without them are left out."""
    found = [record for folder in sorted(out.iterdir()) if folder.is_dir() and (record := _read(out, folder.name))]
    write_whole(out / "index.html", render_periods(found, version=__version__).encode())


def _read(out: Path, code: str) -> PeriodRecord | None:
    paths = PeriodPaths(out, code)
    try:
        period = parse_period(code)
        results = pd.read_parquet(paths.file("results.parquet"), columns=_COLUMNS)
        units = pd.read_parquet(paths.store / "units.parquet", columns=["unit_id", "name", "level", "parent_id"])
    except (KitError, OSError, KeyError, ValueError):
        return None  # another folder, or a run that has not finished
    units = units.dropna(subset="unit_id").drop_duplicates("unit_id")
    built = frozenset(unit for unit in units["unit_id"] if paths.report(unit, "report.html").is_file())
    notice = paths.store / "notice.txt"
    told = notice.read_text(encoding="utf-8").strip() if notice.is_file() else ""
    return PeriodRecord(period, results, units.loc[units["unit_id"].isin(results["unit_id"])], built, told)
