"""The key of a report: what it reads. Equal keys, equal reports; a late file changes those of its line alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.digests import digest, load_json
from kit.errors import listed
from kit.run.issued import Issued, issued
from kit.run.manifest import damaged, load_manifest, made_by_this_kit
from kit.run.outputs import NOTEBOOK

INDEX = "slices.json"  # of the store (``kit.store``)


@dataclass(frozen=True)
class Keys:
    """What the store at hand says of every report, read without the tables.

    ``quality`` counts the findings of the whole period, ``notice`` is what readers must know of the data.
    """

    index: Mapping[str, Any]
    data_dir: Path
    period: str
    notebook: Path

    @property
    def units(self) -> list[str]:
        """The units valid on T."""
        return sorted(self.index["reports"])

    @property
    def quality(self) -> Mapping[str, Any]:
        """Findings of the whole period."""
        return self.index["quality"]

    @cached_property
    def _notebook(self) -> str:
        return digest(self.notebook)

    def quality_of(self, unit_id: str) -> Mapping[str, Any]:
        """Findings in what one unit's report reads."""
        return self.index["reports"][unit_id]["quality"]

    def issued(self, unit_id: str) -> Issued:
        """The approved issues of one report."""
        return issued(self.data_dir, self.period, unit_id)

    def inputs(self, unit_id: str) -> dict[str, Any]:
        """What one report is made from, as its manifest records it."""
        report = self.index["reports"][unit_id]
        return {
            "data": report["data"],
            "tables": report["tables"],
            "units": {unit: self.index["own"][unit] for unit in self.index["reporters"][unit_id]},
            "notebook": self._notebook,
            "issued": self.issued(unit_id).digest,
        }


def load_keys(store: Path, data_dir: Path, *, period: str, notebook: Path) -> Keys:
    """Read what a current store says of every report."""
    return Keys(load_json(store / INDEX), data_dir, period, notebook)


def changed_inputs(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Name what differs between the inputs of a manifest and today's: ``data``, ``notebook``, ``issued``."""
    return [name for name in ("data", "notebook", "issued") if then.get(name) != now.get(name)]


def _reason(then: Mapping[str, Any], now: Mapping[str, Any], changed: str) -> str:
    """Why a report must be built: whose data changed, as precisely as the manifest knows."""
    if changed != "data":
        return {"notebook": "the notebook changed", "issued": "an issue was approved"}[changed]
    units, tables = (differing(then.get(name, {}), now[name]) for name in ("units", "tables"))
    if units:
        return f"data of {listed(units, most=3)} changed"
    return f"{listed(tables, most=3)} changed" if tables else "plan parameters changed"


def differing(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Names whose digests differ."""
    return [name for name in sorted({*then, *now}) if then.get(name) != now.get(name)]


def out_of_date(folder: Path, inputs: Mapping[str, Any], wanted: tuple[str, ...], *, latest: Issued) -> str:
    """Say in a few words why a report must be built, or return an empty text when it is current.

    An approved report stays as it was issued while its data stay: also when the notebook, the code or packages changed,
    and without formats that it was not issued in.
    """
    manifest = load_manifest(folder)
    if not manifest:
        return "not built yet"
    approved = bool(latest.number) and latest.data == inputs["data"]
    then = manifest.get("inputs", {})
    changed = changed_inputs(then, inputs)
    changed = [name for name in changed if not (approved and name == "notebook")]
    if changed:
        return _reason(then, inputs, changed[0])
    if not approved and not made_by_this_kit(manifest):
        return "the kit changed"
    if told := damaged(folder, manifest):
        return told
    if not (folder / NOTEBOOK).is_file():
        return f"{NOTEBOOK} is missing"
    missing = [name for name in wanted if name not in manifest["outputs"]]
    return f"{missing[0]} was not built" if missing and not approved else ""
