"""``manifest.json`` of a report: what it was made from and the digests of what came out."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kit.store import code_digest, digest

NAME = "manifest.json"
_LOOKS = ("report", "run", "session.py", "schema", "indicators", "store.py", "periods.py", "params.py")
_PACKAGES = (
    "plan-reporting-kit",
    "babel",
    "great-expectations",
    "holidays",
    "matplotlib",
    "nbconvert",
    "pandas",
    "papermill",
    "typst",
)


@cache
def code_key() -> str:
    """Digest of the code that decides how a report looks."""
    return code_digest(_LOOKS)


def package_versions() -> dict[str, str]:
    """Versions of Python and of the packages that a report depends on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def render_manifest(parameters: Mapping[str, str], inputs: Mapping[str, str], outputs: Mapping[str, bytes]) -> str:
    """Return the manifest's text; ``outputs`` maps file names to their bytes. The same input gives the same text."""
    from hashlib import sha256

    manifest = {
        "version": 1,
        "parameters": dict(parameters),
        "inputs": dict(inputs),
        "code": code_key(),
        "packages": package_versions(),
        "outputs": {name: sha256(content).hexdigest() for name, content in outputs.items()},
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load_manifest(folder: Path) -> dict:
    """Return a report's manifest; empty when there is none that can be read."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def out_of_date(folder: Path, inputs: Mapping[str, str], wanted: tuple[str, ...]) -> str:
    """Say in a few words why a report must be built, or return an empty text when it is current."""
    manifest = load_manifest(folder)
    if not manifest:
        return "not built yet"
    if manifest.get("inputs") != dict(inputs):
        return "its data, parameters or notebook changed"
    if manifest.get("code") != code_key() or manifest.get("packages") != package_versions():
        return "the kit changed"
    outputs = manifest.get("outputs", {})
    for name in wanted:
        if not (folder / name).is_file():
            return f"{name} is missing"
        if name in outputs and digest(folder / name) != outputs[name]:
            return f"{name} was changed"
        if name not in outputs and not name.endswith(".ipynb"):
            return f"{name} was not built"
    return ""
