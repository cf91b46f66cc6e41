"""Shapes of a chart as SVG elements, in points from the upper left corner: boxes, lines, marks, hatching, texts.

matplotlib would need 30 to 60 ms to draw one of these charts, a report has up to ten of them; written directly they
take one. Styles bear matplotlib's names (``facecolor``, ``linewidth`` …), marks are its shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import sqrt

from kit.report.plain import visible

Point = tuple[float, float]

_HATCH_STEP, _HATCH_WIDTH = 4.0, 0.7  # points: along the edge from one line to the next (six slashes)
_DIAGONAL = sqrt(0.5)
# Corners in marker sizes from the middle, y downwards; the circle is written with arcs.
_CORNERS = {
    "s": ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "D": ((0.0, -_DIAGONAL), (_DIAGONAL, 0.0), (0.0, _DIAGONAL), (-_DIAGONAL, 0.0)),
    "^": ((0.0, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "v": ((0.0, 0.5), (-0.5, -0.5), (0.5, -0.5)),
    "X": ((-0.25, 0.5), (0.0, 0.25), (0.25, 0.5), (0.5, 0.25), (0.25, 0.0), (0.5, -0.25),
          (0.25, -0.5), (0.0, -0.25), (-0.25, -0.5), (-0.5, -0.25), (-0.25, 0.0), (-0.5, 0.25)),
}  # fmt: skip
# Marks of lines only: from the middle to one end, in marker sizes.
_STROKES = {"|": ((0.0, 0.5),), "_": ((0.5, 0.0),), "x": ((0.5, 0.5), (0.5, -0.5)), "+": ((0.5, 0.0), (0.0, 0.5))}


def number(value: float) -> str:
    """Return a coordinate with two decimals at most."""
    return f"{round(value, 2):g}" if abs(value) < 1000 else f"{value:.2f}"


def box(x: float, y: float, width: float, height: float, **style) -> str:
    """Return a rectangle.

    ``style``: ``facecolor``, ``edgecolor``, ``linewidth``, ``linestyle`` (as matplotlib's), ``hatch``, ``visible``.
    """
    if not style.get("visible", True):
        return ""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    made = f'<rect {place} style="{_fill(style)}{_edge(style)}"/>'
    return made + _hatching(x, y, width, height, style.get("edgecolor")) if style.get("hatch") else made


def boxes(corners: Iterable[tuple[float, float, float, float]], **style) -> str:
    """Return rectangles (x, y, width, height) of one look as one element."""
    path = "".join(
        f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"
        for x, y, width, height in corners
    )
    return f'<path d="{path}" style="{_fill(style)}{_edge(style)}"/>' if path else ""


def line(pieces: Iterable[Sequence[Point]], **style) -> str:
    """Return lines of one look, each through its points; ``style``: ``color``, ``linewidth``, ``linestyle``."""
    path = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in piece) for piece in pieces if len(piece) > 1)
    look = {"edgecolor": style.get("color", "#222222"), **style}
    return f'<path d="{path}" style="fill:none{_edge(look)}"/>' if path else ""


def points(marker: str, places: Iterable[Point], size: float, **style) -> str:
    """Return marks of one shape and look (``markerfacecolor``, ``markeredgecolor``, ``markeredgewidth``)."""
    own = list(places)
    if not own:
        return ""
    colour = style.get("color", "#222222")
    edge = style.get("markeredgecolor", colour)
    width = style.get("markeredgewidth", 1.0)
    if marker in _STROKES:
        strokes = [(x * size, y * size) for x, y in _STROKES[marker]]
        pieces = [((a - x, b - y), (a + x, b + y)) for a, b in own for x, y in strokes]
        return line(pieces, color=edge, linewidth=width)
    path = "".join(_mark(marker, place, size) for place in own)
    look = {"facecolor": style.get("markerfacecolor", colour), "edgecolor": edge, "linewidth": width}
    return f'<path d="{path}" style="{_fill(look)}{_edge(look)}"/>'


def words(x: float, y: float, text: str, **style) -> str:
    """Return one line of text on the base line ``y``; ``style``: ``fontsize``, ``fontweight``, ``color``, ``ha``."""
    anchor = {"center": ";text-anchor:middle", "right": ";text-anchor:end"}.get(style.get("ha", "left"), "")
    weight = ";font-weight:bold" if style.get("fontweight") == "bold" else ""
    look = f"font-size:{number(style['fontsize'])}px{weight}{anchor};fill:{style['color']}"
    return f'<text x="{number(x)}" y="{number(y)}" style="{look}">{escape(visible(text), quote=False)}</text>'


def _mark(marker: str, place: Point, size: float) -> str:
    x, y = place
    if marker == "o":
        r = number(size / 2)
        arc, wide = f"a{r} {r} 0 1 0 ", number(size)
        return f"M{number(x - size / 2)} {number(y)}{arc}{wide} 0{arc}-{wide} 0z"
    return "M" + "L".join(f"{number(x + a * size)} {number(y + b * size)}" for a, b in _CORNERS[marker]) + "z"


def _fill(style: dict) -> str:
    return f"fill:{style.get('facecolor', style.get('color', 'none'))}"


def _edge(style: dict) -> str:
    colour, width = style.get("edgecolor", "none"), style.get("linewidth", 0.6)
    if colour == "none" or not width:
        return ""
    dashes = style.get("linestyle", "solid")
    dash = ""
    if isinstance(dashes, tuple):
        dash = f";stroke-dasharray:{','.join(number(part * width) for part in dashes[1])}"
    return f";stroke:{colour};stroke-width:{number(width)}{dash}"


def _hatching(x: float, y: float, width: float, height: float, colour: str | None) -> str:
    """Rising lines inside a box, cut at its edges: no pattern, which viewers draw each in their own way."""
    pieces, total = [], x + y
    at = (total // _HATCH_STEP + 1) * _HATCH_STEP
    while at < total + width + height:
        left, right = max(x, at - y - height), min(x + width, at - y)
        pieces.append(((left, at - left), (right, at - right)))
        at += _HATCH_STEP
    return line(pieces, color=colour or "#222222", linewidth=_HATCH_WIDTH)
