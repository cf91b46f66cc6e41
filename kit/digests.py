"""Digests of files and code: what the period's store, a report or a period file was made from. Imports no pandas."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from kit.paths import PACKAGE

NOTICE = "notice.txt"
# What decides the figures; the report's looks do not make a store stale.
_CODE = ("collect", "indicators", "schema", "validation")
_CODE += ("params.py", "periods.py", "store.py", "slicing.py", "digests.py")
_PART = 1 << 20  # bytes of a file read at once


def stored_key(folder: Path) -> dict[str, str]:
    """The key of the store at hand; empty when there is none that can be read."""
    return load_json(folder / "key.json")


def input_key(data_dir: Path, params_file: Path) -> dict[str, str]:
    """Digests of everything that the figures are made from: collected and reference files, parameters, code."""
    folders = (data_dir / "reference", data_dir / "collected")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    extra = [path for path in (data_dir / "corrections.yaml", data_dir / NOTICE) if path.is_file()]
    key = {path.relative_to(data_dir).as_posix(): digest(path) for path in [*files, *extra]}
    return {**key, **code_and_params(params_file)}


def code_and_params(params_file: Path) -> dict[str, str]:
    """That part of ``input_key`` which is no data: the plan's parameters and the code that decides the figures."""
    return {"params": digest(params_file), "code": code_digest(_CODE)}


def key_digest(key: Mapping[str, object]) -> str:
    """One digest that stands for a whole key: the same for the same content, in whatever order it was put together."""
    return hashlib.sha256(json.dumps(dict(key), sort_keys=True).encode()).hexdigest()


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    whole = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:  # ``hashlib.file_digest`` clears 256 KiB for each of many small files
        while part := stream.read(_PART):
            whole.update(part)
    return whole.hexdigest()


def code_digest(parts: tuple[str, ...]) -> str:
    """One digest over modules and declarations of the package, independent of where it is installed."""
    whole = hashlib.sha256()
    for part in parts:
        place = PACKAGE / part
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in (".py", ".yaml"))
        for path in files:
            whole.update(path.relative_to(PACKAGE).as_posix().encode())
            whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def read_notice(data_dir: Path) -> str:
    """What ``notice.txt`` of a data folder says; blank when there is none."""
    path = data_dir / NOTICE
    return path.read_text(encoding="utf-8-sig").strip() if path.is_file() else ""


def load_json(path: Path) -> dict:
    """Return a JSON object; empty when there is no file that can be read as one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
