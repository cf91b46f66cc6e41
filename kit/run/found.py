"""Whose file is this? Finds the manifest that a file at hand belongs to, wherever it was copied or renamed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.digests import digest, load_json
from kit.run.manifest import NAME, VERSION, damaged, notebook_digest


@dataclass(frozen=True)
class Found:
    """A manifest and its folder, the name that the file has there, and what is wrong with it (blank: nothing)."""

    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    wrong: str = ""

    @property
    def report(self) -> Mapping[str, Any]:
        """Period, unit, edition and issue of a report; only the period of period-level files."""
        return self.manifest.get("report") or {"period": self.manifest["period"]}


def find_manifest(path: Path, out: Path) -> Found | None:
    """Return what a file or a report's folder belongs to; ``None`` when no manifest at hand knows it."""
    if path.is_dir() or path.name == NAME:
        folder = path if path.is_dir() else path.parent
        manifest = _manifest(folder)
        return Found(folder, manifest, "", damaged(folder, manifest)) if manifest else None
    beside = _manifest(path.parent)
    marks = _digests(path)
    for folder, manifest in (*([(path.parent, beside)] if beside else []), *_manifests(out)):
        if name := _name_of(manifest, marks):
            return Found(folder, manifest, name)
    if path.name in (*beside.get("outputs", {}), *(["report.ipynb"] if "notebook" in beside else [])):
        return Found(path.parent, beside, path.name, f"{path.name} was changed")
    return None


def _digests(path: Path) -> set[str]:
    """The digest of a file; of a notebook also that of its content without timings."""
    found = {digest(path)}
    if path.suffix == ".ipynb":
        try:
            found.add(notebook_digest(path.read_bytes()))
        except (ValueError, KeyError, TypeError, AttributeError):
            return found  # not a notebook
    return found


def _name_of(manifest: Mapping[str, Any], marks: set[str]) -> str:
    """The name under which a manifest has a file; blank when it does not know it."""
    named = {**manifest.get("outputs", {}), "report.ipynb": manifest.get("notebook")}
    return next((name for name, told in named.items() if told in marks), "")


def _manifests(out: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All manifests below the folder of reports, those of earlier issues among them."""
    for path in sorted(out.rglob(NAME)):
        if manifest := _manifest(path.parent):
            yield path.parent, manifest


def _manifest(folder: Path) -> dict[str, Any]:
    found = load_json(folder / NAME)
    return found if found.get("version") == VERSION and ("report" in found or "period" in found) else {}
