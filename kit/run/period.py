"""Period-level files, written last: results and findings as CSV, Parquet and Excel, and the index page.

``manifest.json`` beside them says what they were made from; while that stays the same they are left alone.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kit.digests import key_digest, load_json
from kit.paths import PeriodPaths
from kit.run.files import write_together
from kit.run.manifest import NAME, VERSION, code_key, damaged, load_manifest, made_by_this_kit, package_versions

if TYPE_CHECKING:
    import pandas as pd

    from kit.store import PeriodData

INDEX = "index.html"


def write_period_files(paths: PeriodPaths, units: list[str], *, key: Mapping[str, str], load: Callable) -> None:
    """Write ``results.csv/.parquet/.xlsx``, ``findings.csv/.xlsx`` and ``index.html`` of a period that are not current.

    ``key`` is the store's; ``load`` returns the period's data and is called only when a file must be written.
    """
    built = built_reports(paths, units)
    inputs = {"data": key_digest(key), "reports": key_digest(built)}
    before = load_json(paths.file(NAME))
    same_kit = before.get("version") == VERSION and made_by_this_kit(before)
    then = before.get("inputs", {}) if same_kit and not damaged(paths.folder, before) else {}
    if then == inputs:
        return
    data = load()
    files = {} if then.get("data") == inputs["data"] else _tables(data)
    files[INDEX] = _index(data, built)
    kept = before["outputs"] if INDEX in files and len(files) == 1 else {}
    outputs = {**kept, **{name: hashlib.sha256(content).hexdigest() for name, content in files.items()}}
    manifest = {"version": VERSION, "period": paths.period, "inputs": inputs, "outputs": outputs}
    manifest |= {"code": code_key(), "packages": package_versions()}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_together(paths.folder, {**files, NAME: text.encode()}, without=(NAME,))


def built_reports(paths: PeriodPaths, units: list[str]) -> dict[str, list[str]]:
    """The finished reports at hand, those of earlier runs among them, with their files."""
    manifests: dict[str, dict[str, Any]] = {unit: load_manifest(paths.report(unit)) for unit in units}
    return {unit: sorted(manifest["outputs"]) for unit, manifest in manifests.items() if manifest}


def _tables(data: PeriodData) -> dict[str, bytes]:
    from kit.report.tables import render_findings_csv, render_results_csv
    from kit.report.workbooks import render_findings_xlsx, render_results_xlsx

    units = data.frames["units"]
    names = dict(zip(units["unit_id"].fillna(""), units["name"].fillna(""), strict=True))
    return {
        "results.csv": render_results_csv(data.results).encode(),
        "results.parquet": _parquet(data.results),
        "results.xlsx": render_results_xlsx(data.results, names),
        "findings.csv": render_findings_csv(data.findings).encode(),
        "findings.xlsx": render_findings_xlsx(data.findings, names),
    }


def _index(data: PeriodData, built: dict[str, list[str]]) -> bytes:
    from kit import __version__
    from kit.report.overview import render_overview

    return render_overview(data, built, version=__version__).encode()


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
