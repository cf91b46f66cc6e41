"""Pictures in Word: PNG and JPEG as they are, everything else drawn as PNG, each with its description.

Word cannot be trusted with SVG: older versions show nothing, newer ones replace DejaVu Sans, for which the labels of
the charts are measured.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

from kit.report.docx.markup import TEXT_WIDTH, escaped
from kit.report.docx.package import Package

_EMU_PER_TWIP = 635
_EMU_PER_PIXEL = 9525  # at 96 pixels to the inch
_HIGHEST = 190 * 36000  # EMU: as in the PDF
_MOST_PIXELS = 40_000_000


def drawn(document: dict) -> dict:
    """Return the tree with every picture as ``{"png" or "jpeg": bytes, "wide", "high"}`` (EMU), all in one drawing run.

    A picture that cannot be read has ``picture: None``: its description stands for it.
    """
    from kit.report.pdf.raster import render_pngs

    sources = dict.fromkeys(_sources(document))
    made = dict(zip(sources, render_pngs(tuple(sources)), strict=True)) if sources else {}
    return _mapped(document, made)


def _sources(value) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _sources(item)
    elif isinstance(value, dict):
        if (source := _svg(value)) is not None:
            yield source
        else:
            for item in value.values():
                yield from _sources(item)


def _svg(node: dict) -> str | None:
    if node.get("kind") == "figure":
        return node["svg"]
    return node["data"] if node.get("kind") == "image" and node["format"] == "svg" else None


def _mapped(value, made: dict):
    if isinstance(value, list):
        return [_mapped(item, made) for item in value]
    if not isinstance(value, dict):
        return value
    if (source := _svg(value)) is not None:
        return {**value, "picture": made[source]}
    if value.get("kind") == "image":
        return {**value, "picture": _raster(value)}
    return {key: _mapped(item, made) for key, item in value.items()}


def _raster(node: dict) -> tuple[bytes, float, float] | None:
    """Return a raster file with its width and height in points; formats Word does not know become PNG."""
    from PIL import Image

    try:
        content = base64.b64decode(node["data"])
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            picture.load()
            if picture.format not in ("PNG", "JPEG"):
                buffer = io.BytesIO()
                picture.convert("RGBA").save(buffer, "PNG")
                content = buffer.getvalue()
            wide = node.get("width") or picture.width
            return content, wide * 0.75, wide * 0.75 * picture.height / picture.width
    except Exception:
        return None


def drawing(node: dict, package: Package, width: int = TEXT_WIDTH) -> str:
    """Return the run that shows a picture at most ``width`` twips wide; blank when it cannot be shown."""
    if not node.get("picture"):
        return ""
    content, wide, high = node["picture"]
    wide, high = wide * 12700, high * 12700
    scale = min(1, width * _EMU_PER_TWIP / wide, _HIGHEST / high)
    relation, number = package.picture(content)
    alt = escaped(node.get("alt") or node.get("caption") or "Hình")
    size = f'cx="{max(1, round(wide * scale))}" cy="{max(1, round(high * scale))}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Hình {number}" descr="{alt}"/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Hình {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
