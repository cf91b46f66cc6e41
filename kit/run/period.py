"""Period-level files, written last: results and findings as CSV, Parquet and Excel, and the index pages.

``manifest.json`` beside them says what they were made from; while that stays the same they are left alone.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kit.digests import digest, key_digest, load_json
from kit.paths import PeriodPaths
from kit.run.files import write_together
from kit.run.manifest import NAME, VERSION, code_key, damaged, load_manifest, made_by_this_kit, package_versions

if TYPE_CHECKING:
    import pandas as pd

    from kit.report.overview import AtHand
    from kit.store import PeriodData

INDEX = "index.html"
_PUBLIC = "public/report.html"


class Contents(Protocol):
    """What period files are made of, made when it is first asked for: the period's data, and its tables as files."""

    @property
    def data(self) -> PeriodData: ...

    @property
    def tables(self) -> Mapping[str, bytes]: ...


def write_period_files(
    paths: PeriodPaths, units: list[str], *, key: Mapping[str, str], data_dir: Path, contents: Contents
) -> None:
    """Write ``results.csv/.parquet/.xlsx``, ``findings.csv/.xlsx`` and ``index.html`` of a period that are not current.

    ``key`` is the store's; the approved issues that the index tells of are under ``data_dir``. The index of all periods
    follows.
    """
    manifests = {unit: found for unit in units if (found := load_manifest(paths.report(unit)))}
    inputs = {"data": key_digest(key), "reports": _reports_digest(paths, manifests, data_dir)}
    before = _manifest(paths)
    if before.get("inputs") == inputs and (paths.out / INDEX).is_file():
        return
    same_tables = before.get("inputs", {}).get("data") == inputs["data"]
    files = {} if same_tables else dict(contents.tables)
    files[INDEX] = _index(contents.data, at_hand(paths, manifests, data_dir))
    kept = before["outputs"] if same_tables else {}
    outputs = {**kept, **{name: hashlib.sha256(content).hexdigest() for name, content in files.items()}}
    manifest = {"version": VERSION, "period": paths.period, "inputs": inputs, "outputs": outputs}
    manifest |= {"code": code_key(), "packages": package_versions()}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_together(paths.folder, {**files, NAME: text.encode()}, without=(NAME,))
    _write_index_of_periods(paths)


def tables_are_current(paths: PeriodPaths, key: Mapping[str, str]) -> bool:
    """True when the results and findings at hand are those of the store with this key, written by this kit."""
    return _manifest(paths).get("inputs", {}).get("data") == key_digest(key)


def _manifest(paths: PeriodPaths) -> dict[str, Any]:
    """What the files at hand were made from; empty when another kit made them or one of them is not as it was."""
    found = load_json(paths.file(NAME))
    same_kit = found.get("version") == VERSION and made_by_this_kit(found)
    return found if same_kit and not damaged(paths.folder, found) else {}


def _reports_digest(paths: PeriodPaths, manifests: Mapping[str, Mapping[str, Any]], data_dir: Path) -> str:
    """One digest of all that the index tells of the reports; of thousands of units in no time."""
    issued = sorted((data_dir / "issued" / paths.period).rglob("*.json"))
    reports = {
        unit: [found["outputs"], found["inputs"], paths.report(unit, _PUBLIC).is_file()]
        for unit, found in manifests.items()
    }
    facts = {"reports": reports, "issued": {path.relative_to(data_dir).as_posix(): digest(path) for path in issued}}
    return key_digest(facts | {"returned": sorted(path.name for path in paths.returned.glob("*.xlsx"))})


def at_hand(paths: PeriodPaths, manifests: Mapping[str, Mapping[str, Any]], data_dir: Path) -> AtHand:
    """Return what there is to link to: the finished reports, those of earlier runs among them, and how they stand."""
    from kit.report.overview import LABELS, AtHand
    from kit.run.issue_files import issue_states

    built = {}
    for unit, manifest in manifests.items():
        public = [_PUBLIC] if paths.report(unit, _PUBLIC).is_file() else []
        built[unit] = tuple(name for name in LABELS if name in {*manifest["outputs"], *public})
    today = {unit: manifest["inputs"].get("data", "") for unit, manifest in manifests.items()}
    returned = frozenset(path.stem for path in paths.returned.glob("*.xlsx"))
    return AtHand(built, issue_states(data_dir, paths.period, today), returned)


def _write_index_of_periods(paths: PeriodPaths) -> None:
    from kit.run.periods_index import write_periods_index

    write_periods_index(paths.out)


def render_tables(data: PeriodData) -> dict[str, bytes]:
    """Return ``results.csv/.parquet/.xlsx`` and ``findings.csv/.xlsx``; file name → bytes."""
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


def _index(data: PeriodData, hand: AtHand) -> bytes:
    from kit import __version__
    from kit.report.overview import render_overview

    return render_overview(data, hand, version=__version__, back=True).encode()


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
