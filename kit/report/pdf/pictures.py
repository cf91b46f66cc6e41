"""Pictures of the tree made ready for typst: raster files checked and wrapped in SVG, broken ones replaced by words."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable

_MOST_PIXELS = 40_000_000


def wrapped(tree: dict) -> dict:
    """Return the tree with every raster picture given as SVG source (``wrapped``) that holds the file."""
    return _mapped(tree, lambda node: node if node["format"] == "svg" else _wrap(node))


def without_broken(tree: dict, is_drawable: Callable[[str], bool]) -> dict | None:
    """Return the tree without the pictures that cannot be drawn; ``None`` when all of them can."""
    broken = 0

    def kept(node: dict) -> dict:
        nonlocal broken
        source = node.get("svg") or node.get("wrapped") or node.get("data", "")
        if node.get("broken") or is_drawable(source):
            return node
        broken += 1
        warnings.warn(f"a picture cannot be drawn; its description stands in its place: {_alt(node)}", stacklevel=2)
        return {**node, "broken": True} if node["kind"] == "figure" else _instead(node)

    made = _mapped(tree, kept, figures=True)
    return made if broken else None


def _mapped(value, change: Callable[[dict], dict], *, figures: bool = False):
    if isinstance(value, list):
        return [_mapped(item, change, figures=figures) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "image" or (figures and value.get("kind") == "figure"):
        return change(value)
    return {key: _mapped(item, change, figures=figures) for key, item in value.items()}


def _alt(node: dict) -> str:
    return node.get("alt") or node.get("caption") or "Hình không đọc được"


def _instead(node: dict) -> dict:
    return (
        {"kind": "paragraph", "content": [_alt(node)]}
        if node.get("block")
        else {"kind": "emphasis", "content": [_alt(node)]}
    )


def _wrap(node: dict) -> dict:
    from PIL import Image

    try:
        content = base64.b64decode(node["data"])
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError("too many pixels")
            picture.load()
            size = picture.size
            if picture.format not in ("PNG", "JPEG"):
                buffer = io.BytesIO()
                picture.convert("RGBA").save(buffer, "PNG")
                content = buffer.getvalue()
            mime = "image/jpeg" if picture.format == "JPEG" else "image/png"
    except Exception:
        return _instead(node)
    wide, high = size
    data = base64.b64encode(content).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:{mime};base64,{data}"/></svg>'
    )
    return {**{key: value for key, value in node.items() if key != "data"}, "wrapped": svg}
