"""Approved issues as a run sees them: which is the latest, and keeping its files when the next one is drafted."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.digests import load_json
from kit.run.files import explained
from kit.run.manifest import NAME, load_manifest

FOLDER = "issued"


@dataclass(frozen=True)
class Issued:
    """The issues of one report: ``number`` and ``data`` digest of the latest (0, blank: none); a digest of all."""

    number: int = 0
    data: str = ""
    digest: str = ""


def issued(data_dir: Path, period: str, unit_id: str) -> Issued:
    """Read ``DATA/issued/<period>/<unit>/<n>.json``."""
    folder = data_dir / FOLDER / period / unit_id
    try:
        found = sorted((int(path.stem), path) for path in folder.iterdir() if path.suffix == ".json")
    except (OSError, ValueError):
        return Issued()
    if not found:
        return Issued()
    issues = [load_json(path) for _, path in found]
    return Issued(found[-1][0], str(issues[-1].get("data", "")), _digest(issues))


def _digest(issues: list[dict[str, Any]]) -> str:
    """One digest of what reports say of issues; those of their files are added when the report has been built."""
    said = [{**{name: told for name, told in one.items() if name != "digest"}, "outputs": {}} for one in issues]
    return hashlib.sha256(json.dumps({"issues": said}, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def issue(data_dir: Path, period: str, unit_id: str, *, number: int) -> dict[str, Any]:
    """Return one approved issue; empty when there is none."""
    return load_json(data_dir / FOLDER / period / unit_id / f"{number}.json")


def keep_approved(folder: Path, manifest: Mapping[str, Any], latest: Issued) -> None:
    """Copy the files of the latest approved issue to ``issued/<n>/`` of the report's folder, unless they are there.

    Only files made from the data that were approved are kept, and only whole: the copy appears with its manifest.
    """
    if not latest.number or manifest.get("inputs", {}).get("data") != latest.data:
        return
    kept = folder / FOLDER / str(latest.number)
    if load_manifest(kept):
        return
    fresh = kept.with_name(f".{latest.number}.{os.getpid()}.new")
    with explained(folder):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name in (*manifest["outputs"], "report.ipynb", NAME):
            if (folder / name).is_file():
                shutil.copy2(folder / name, fresh / name)
        if not kept.exists():
            os.replace(fresh, kept)
        shutil.rmtree(fresh, ignore_errors=True)
