"""Pictures of a notebook as ``{"format", "data"}``: SVG source, or a raster file in base64."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from kit.report.htmltree import Images

_FORMATS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/webp": "webp"}
_ENDINGS = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_DATA_URI = re.compile(r"data:(?P<mime>[\w.+/-]+)(?P<options>(?:;[^,;]*)*),(?P<body>.*)", re.DOTALL)


def from_bundle(data: dict, metadata: dict) -> dict | None:
    """Return the best picture of a mimebundle, with the width in CSS pixels if the notebook gives one."""
    for mime, kind in _FORMATS.items():
        if mime not in data:
            continue
        source = data[mime] if isinstance(data[mime], str) else "".join(data[mime])
        made = {"format": kind, "data": source if kind == "svg" else "".join(source.split())}
        width = (metadata.get(mime) or {}).get("width")
        return made | ({"width": width} if isinstance(width, (int, float)) else {})
    return None


def words_only(markdown: str) -> bool:
    """Tell whether Markdown names no picture and holds no HTML, so that what it becomes hangs on its text alone."""
    return "![" not in markdown and "<" not in markdown


def loader(folder: str | Path | None) -> Images:
    """Return a function that loads ``src``: data addresses, and files inside ``folder``; never the network."""

    def load(src: str) -> dict | None:
        if src.startswith("data:"):
            return _from_data_uri(src)
        return _from_file(Path(folder), src) if folder is not None and src else None

    return load


def _packed(kind: str, content: bytes) -> dict | None:
    if kind == "svg":
        return {"format": kind, "data": content.decode("utf-8", errors="replace")}
    return {"format": kind, "data": base64.b64encode(content).decode("ascii")} if content else None


def _from_data_uri(src: str) -> dict | None:
    found = _DATA_URI.fullmatch(src)
    kind = _FORMATS.get(found["mime"].lower()) if found else None
    if kind is None:
        return None
    content = unquote_to_bytes(found["body"])
    if ";base64" in found["options"].lower():
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            # nbconvert writes the source of an attached SVG after "base64," as it stands.
            content = content if kind == "svg" else b""
    return _packed(kind, content)


def _from_file(folder: Path, src: str) -> dict | None:
    try:
        root = folder.resolve()
        path = (root / unquote_to_bytes(src).decode("utf-8")).resolve()
        if path.is_relative_to(root) and path.suffix.lower() in _ENDINGS and path.is_file():
            return _packed(_ENDINGS[path.suffix.lower()], path.read_bytes())
    except (OSError, ValueError):
        pass
    return None
