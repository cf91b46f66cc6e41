"""Shapes, marks and texts written as SVG: the same bytes as matplotlib's renderer, in a third of its time.

Places are points from the lower left corner and styles bear matplotlib's names, both as everywhere in matplotlib;
marks, hatching and colours are matplotlib's own. Text stays text and is never parsed as mathematics: a ``$`` in a title
is a dollar sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from html import escape

import numpy as np
from matplotlib.colors import to_hex, to_rgba
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from kit.report.charts.style import FAMILY, STYLE
from kit.report.plain import visible

Point = tuple[float, float]
_PROLOG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
"""
_DEFAULTS = """ <defs>
  <style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>
 </defs>
"""
_COMMANDS = {Path.MOVETO: "M %s \n", Path.LINETO: "L %s \n", Path.CURVE3: "Q %s %s \n", Path.CURVE4: "C %s %s %s \n"}
_COMMANDS[Path.CLOSEPOLY] = "z\n"
_ANCHORS = {"center": "middle", "right": "end"}
_WEIGHTS = {"bold": "font-weight: 700; "}
_TILE = 72  # points: the side of a piece of hatching


class Pen:
    """Draws on one SVG sheet, ``width`` × ``height`` points, at once."""

    def __init__(self, width: float, height: float):
        self._height = height
        self._hatches: dict[str, str] = {}
        wide, high = _number(width), _number(height)
        start = f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide}pt" height="{high}pt" '
        start += f'viewBox="0 0 {wide} {high}" xmlns="http://www.w3.org/2000/svg" version="1.1">\n'
        self._written = [_PROLOG, start, _DEFAULTS]

    def finish(self) -> str:
        """Return the drawing."""
        hatches = [" <defs>\n", *self._hatches.values(), " </defs>\n"] if self._hatches else []
        return "".join((*self._written, *hatches, "</svg>\n"))

    def shape(self, figures: Iterable[Sequence[Point]], **style) -> None:
        """Fill and outline closed figures, each given by its corners.

        ``style``: ``facecolor``, ``edgecolor``, ``linewidth``, ``linestyle``, ``hatch``.
        """
        face, edge = style.get("facecolor", "none"), style.get("edgecolor", "none")
        fill = self._hatched(style["hatch"], face, edge) if style.get("hatch") else _colour(face)
        line = _line(edge, style.get("linewidth", STYLE["patch.linewidth"]), style)
        self._path("".join(f"{self._run(corners)}z\n" for corners in figures), fill, line)

    def box(self, left: float, low: float, right: float, top: float, **style) -> None:
        """Draw a rectangle, styled as ``shape``."""
        self.shape([((left, low), (right, low), (right, top), (left, top))], **style)

    def line(self, runs: Iterable[Sequence[Point]], **style) -> None:
        """Draw lines through points; ``style``: ``color``, ``linewidth``, ``linestyle``."""
        colour = style.get("color", STYLE["text.color"])
        line = _line(colour, style.get("linewidth", STYLE["lines.linewidth"]), style)
        self._path("".join(map(self._run, runs)), "none", line)

    def marks(self, marker: str, places: Sequence[Point], **style) -> None:
        """Draw marks of one look at the places.

        ``style``: ``color``, ``markersize``, ``markerfacecolor``, ``markeredgecolor``, ``markeredgewidth``.
        """
        if not len(places):
            return
        colour = style.get("color", STYLE["text.color"])
        commands, outline, filled = _mark(marker, style.get("markersize", STYLE["lines.markersize"]))
        corners = (np.array(places, dtype=float)[:, None] + outline).round(2).reshape(-1, 2).tolist()
        width = style.get("markeredgewidth", STYLE["lines.markeredgewidth"])
        face = style.get("markerfacecolor", colour) if filled else "none"
        told = commands * len(places) % tuple(map(self._pair, corners))
        self._path(told, _colour(face), _line(style.get("markeredgecolor", colour), width, style))

    def words(self, x: float, y: float, text: str, **style) -> None:
        """Write one line of text on the base line ``y``; ``style``: ``fontsize``, ``fontweight``, ``color``, ``ha``."""
        x, y = _number(x), _number(self._height - y)
        size, anchor = _number(style.get("fontsize", STYLE["font.size"])), _ANCHORS.get(style.get("ha", "left"))
        look = f"{_WEIGHTS.get(style.get('fontweight'), '')}font-size: {size}px; font-family: {FAMILY}"
        look += f"; text-anchor: {anchor}" if anchor else ""
        look += f"; fill: {_colour(style.get('color', STYLE['text.color']))}"
        place = f'x="{x}" y="{y}" transform="rotate(0 {x} {y})"' if anchor else f'transform="translate({x} {y})"'
        said = escape(visible(text), quote=False)
        self._written.append(f' <text style="{look}" {place}{f">{said}</text>" if said else "/>"}\n')

    def _path(self, told: str, fill: str, line: str) -> None:
        self._written.append(f' <path d="{told}" style="fill: {fill}{line}"/>\n')

    def _run(self, points: Sequence[Point]) -> str:
        return "".join(f"{'L' if at else 'M'} {self._pair(point)} \n" for at, point in enumerate(points))

    def _pair(self, point: Sequence[float]) -> str:
        return f"{_number(point[0])} {_number(self._height - point[1])}"

    def _hatched(self, hatch: str, face: str, edge: str) -> str:
        """What fills a hatched figure; its pattern is written at the end of the sheet, once."""
        id, pattern = _pattern(hatch, face, edge)
        self._hatches[id] = pattern
        return f"url(#{id})"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=256)
def _colour(colour: str) -> str:
    return "none" if colour == "none" else to_hex(colour)


def _line(colour: str, width: float, style: dict) -> str:
    """The look of a line, as it follows the fill."""
    said = ""
    if isinstance(style.get("linestyle"), tuple):
        offset, dashes = style["linestyle"]
        said += f"; stroke-dasharray: {','.join(_number(part * width) for part in dashes)}"
        said += f"; stroke-dashoffset: {_number(offset * width)}"
    if colour == "none" or not width:
        return said
    thick = "" if width == 1 else f"; stroke-width: {_number(width)}"
    return f"{said}; stroke: {_colour(colour)}{thick}; stroke-linejoin: miter"


@lru_cache(maxsize=64)
def _mark(marker: str, size: float) -> tuple[str, np.ndarray, bool]:
    """The outline of a mark: its commands, ``%s`` for each of its points; these points; whether it is filled."""
    style = MarkerStyle(marker)
    path = Path.make_compound_path(style.get_path().transformed(style.get_transform() + Affine2D().scale(size)))
    commands = (_COMMANDS[code] for _, code in path.iter_segments(simplify=False))
    return "".join(commands), path.vertices[path.codes != Path.CLOSEPOLY], style.is_filled()


@lru_cache(maxsize=64)
def _pattern(hatch: str, face: str, edge: str) -> tuple[str, str]:
    """The id of a hatching, which says all of its look, and its pattern."""
    width = STYLE["hatch.linewidth"]
    look = (hatch, None if face == "none" else to_rgba(face), to_rgba(edge), width)
    id = "h" + sha256(f"{STYLE['svg.hashsalt']}{look}".encode()).hexdigest()[:10]
    path = Path.hatch(hatch)
    places = (f"{_number(x * _TILE)} {_number(_TILE - y * _TILE)}" for x, y in path.vertices.tolist())
    lines = "".join(_COMMANDS[code] for code in path.codes.tolist()) % tuple(places)
    ink = _colour(edge)
    drawn = f"fill: {ink}; stroke: {ink}; stroke-width: {width}; stroke-linecap: butt; stroke-linejoin: miter"
    return id, (
        f'  <pattern id="{id}" patternUnits="userSpaceOnUse" x="0" y="0" width="{_TILE}" height="{_TILE}">\n'
        f'   <rect x="0" y="0" width="{_TILE + 1}" height="{_TILE + 1}" fill="{_colour(face)}"/>\n'
        f'   <path d="{lines}" style="{drawn}"/>\n'
        "  </pattern>\n"
    )
