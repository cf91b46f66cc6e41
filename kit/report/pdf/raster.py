"""SVG drawings as PNG, for readers that do not take SVG (Word, chat)."""

from __future__ import annotations

import json
import struct
import warnings

from kit.errors import EngineError
from kit.report.pdf.compile import typeset

POINTS_PER_INCH = 72
SHARP = 200  # pixels to the inch: lines stay clean on paper


def render_pngs(sources: tuple[str, ...]) -> list[tuple[bytes, float, float] | None]:
    """Return each SVG source as PNG with its width and height in points; ``None``, with a warning, for a broken one."""
    try:
        made = _drawn(sources)
    except EngineError:
        if len(sources) == 1:
            warnings.warn("a picture cannot be drawn; its description stands in its place", stacklevel=2)
            return [None]
        return [picture for source in sources for picture in render_pngs((source,))]
    return [(content, *_size(content)) for content in made]


def _drawn(sources: tuple[str, ...]) -> list[bytes]:
    made = typeset("raster.typ", json.dumps(sources, ensure_ascii=False), format="png", ppi=SHARP)
    return made if isinstance(made, list) else [made]


def _size(png: bytes) -> tuple[float, float]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide * POINTS_PER_INCH / SHARP, high * POINTS_PER_INCH / SHARP
