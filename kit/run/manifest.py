"""``manifest.json`` of a report, version 2: what it was made from and the digests of what came out.

``report`` (period, unit, edition, issue) · ``parameters`` · ``inputs``: digests of the data the report reads, in all
and by table and by reporting unit, of the notebook and of the earlier issues · ``code`` and ``packages`` ·
``quality``: findings in these data · ``outputs``: SHA-256 of each file · ``notebook``: digest of the executed
notebook's content without its timings. The same input gives the same text.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kit.digests import code_digest, digest, load_json

NAME = "manifest.json"
VERSION = 2
_LOOKS = ("report", "run/engine", "run/notebook.py", "run/outputs.py", "run/manifest.py", "session.py", "schema")
_LOOKS += ("indicators", "slicing.py", "store.py", "periods.py", "params.py")
_PACKAGES = (
    *("plan-reporting-kit", "babel", "great-expectations", "holidays", "matplotlib", "nbconvert", "pandas"),
    *("papermill", "python-docx", "typst", "xlsxwriter"),
)
_TIMED = ("start_time", "end_time", "duration", "report_seconds")


@cache
def code_key() -> str:
    """Digest of the code that decides how a report looks."""
    return code_digest(_LOOKS)


@cache
def package_versions() -> dict[str, str]:
    """Versions of Python and of the packages that a report depends on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def render_manifest(facts: Mapping[str, Any], outputs: Mapping[str, str], notebook: str) -> bytes:
    """Return the manifest; ``facts`` are report, parameters, inputs, quality; ``outputs`` name → SHA-256."""
    made_by = {"version": VERSION, "code": code_key(), "packages": package_versions()}
    manifest = {**facts, **made_by, "outputs": dict(outputs), "notebook": notebook}
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load_manifest(folder: Path) -> dict[str, Any]:
    """Return a report's manifest; empty when there is none of this version that can be read."""
    found = load_json(folder / NAME)
    return found if found.get("version") == VERSION else {}


def notebook_bytes(notebook: Mapping[str, Any]) -> bytes:
    """An executed notebook as a file, a line for each cell; ``nbformat.writes`` would take ten times as long."""
    facts = [_line({name: notebook[name]})[1:-1] for name in sorted(notebook) if name != "cells"]
    lines = ",\n".join(_line(cell) for cell in notebook["cells"])
    return ("{" + ",\n".join([*facts, f'"cells": [\n{lines}\n]']) + "}\n").encode()


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def notebook_digest(content: bytes) -> str:
    """Digest of an executed notebook without papermill's timings, which differ from run to run."""
    notebook = json.loads(content)
    for part in (notebook, *notebook["cells"]):
        record = part["metadata"].get("papermill", {})
        for name in _TIMED:
            record.pop(name, None)
        part["metadata"].pop("execution", None)  # times of the kernel's messages
    return hashlib.sha256(json.dumps(notebook, sort_keys=True).encode()).hexdigest()


def made_by_this_kit(manifest: Mapping[str, Any]) -> bool:
    """True when the code and the packages at hand are those that made a report."""
    return manifest.get("code") == code_key() and manifest.get("packages") == package_versions()


def damaged(folder: Path, manifest: Mapping[str, Any]) -> str:
    """Name a file of a report that is missing or not as it was built, and say which; blank when all are."""
    for name, expected in manifest.get("outputs", {}).items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if digest(path) != expected:
            return f"{name} was changed"
    return ""
