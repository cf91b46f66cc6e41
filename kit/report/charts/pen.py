"""Shapes, marks and texts drawn by matplotlib's SVG renderer, without its figures and axes.

As artists of a figure the texts and shapes of one chart take matplotlib some 60 ms, and a report has up to ten charts;
given to the renderer they take a sixth of that. Places are points from the lower left corner and styles bear
matplotlib's names, both as everywhere in matplotlib. Text stays text and is never parsed as mathematics: a ``$`` in a
title is a dollar sign.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TextIO

import numpy as np
from matplotlib import rcParams
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, BboxTransformTo, IdentityTransform

from kit.report.charts.style import font
from kit.report.plain import visible

# What the renderer would say of the day and of itself: the same data give the same bytes on every day.
_UNSAID = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_SHEET = IdentityTransform()  # from points to points


class Pen:
    """Draws on one SVG sheet, ``width`` × ``height`` points, at once and under the ``rcParams`` in force."""

    def __init__(self, out: TextIO, width: float, height: float):
        self._renderer = RendererSVG(width, height, out, metadata=_UNSAID)
        self._height = height
        self._anchor = Text(transform=_SHEET)

    def finish(self) -> None:
        """Write the end of the drawing."""
        self._renderer.finalize()

    def shape(self, path: Path, place: Affine2D = _SHEET, **style) -> None:
        """Fill and outline closed figures.

        ``style``: ``facecolor``, ``edgecolor``, ``linewidth``, ``linestyle``, ``hatch``.
        """
        edge = style.get("edgecolor", "none")
        pencil = self._pencil(edge, style.get("linewidth", rcParams["patch.linewidth"]), style)
        if style.get("hatch"):
            pencil.set_hatch(style["hatch"])
            pencil.set_hatch_color(to_rgba(edge))
        self._renderer.draw_path(pencil, path, place, _fill(style.get("facecolor", "none")))

    def box(self, box: Bbox, **style) -> None:
        """Draw a rectangle, styled as ``shape``."""
        self.shape(Path.unit_rectangle(), BboxTransformTo(box).frozen(), **style)

    def line(self, path: Path, place: Affine2D = _SHEET, **style) -> None:
        """Draw lines; ``style``: ``color``, ``linewidth``, ``linestyle``."""
        colour = style.get("color", rcParams["text.color"])
        pencil = self._pencil(colour, style.get("linewidth", rcParams["lines.linewidth"]), style)
        self._renderer.draw_path(pencil, path, place)

    def marks(self, marker: str, places: np.ndarray, **style) -> None:
        """Draw marks of one look at the places (n × 2).

        ``style``: ``color``, ``markersize``, ``markerfacecolor``, ``markeredgecolor``, ``markeredgewidth``.
        All are one path: the renderer's own ``draw_markers`` takes four times as long.
        """
        if not len(places):
            return
        colour = style.get("color", rcParams["text.color"])
        mark = _mark(marker, style.get("markersize", rcParams["lines.markersize"]))
        path = Path((places[:, None] + mark.vertices).reshape(-1, 2).round(2), np.tile(mark.codes, len(places)))
        width = style.get("markeredgewidth", rcParams["lines.markeredgewidth"])
        pencil = self._pencil(style.get("markeredgecolor", colour), width, style)
        face = style.get("markerfacecolor", colour) if MarkerStyle(marker).is_filled() else "none"
        self._renderer.draw_path(pencil, path, _SHEET, _fill(face))

    def words(self, x: float, y: float, text: str, **style) -> None:
        """Write one line of text on the base line ``y``; ``style``: ``fontsize``, ``fontweight``, ``color``, ``ha``."""
        pencil = self._renderer.new_gc()
        pencil.set_foreground(style.get("color", rcParams["text.color"]))
        look = font(style.get("fontsize", rcParams["font.size"]), style.get("fontweight", "normal"))
        anchor = None  # a text that begins at its place needs none, and half the time
        if style.get("ha", "left") != "left":
            anchor = self._anchor
            anchor.set_position((x, y))
            anchor.set_ha(style["ha"])
        self._renderer.draw_text(pencil, x, self._height - y, visible(text), look, 0, mtext=anchor)

    def _pencil(self, colour: str, width: float, style: dict) -> GraphicsContextBase:
        pencil = self._renderer.new_gc()
        pencil.set_joinstyle("miter")
        pencil.set_linewidth(0 if colour == "none" else width)
        if colour != "none":
            pencil.set_foreground(colour)
        if isinstance(style.get("linestyle"), tuple):
            offset, dashes = style["linestyle"]
            pencil.set_dashes(offset * width, [part * width for part in dashes])
        return pencil


@lru_cache(maxsize=64)
def _mark(marker: str, size: float) -> Path:
    """The outline of a mark around the origin, with codes whatever matplotlib's own has."""
    style = MarkerStyle(marker)
    return Path.make_compound_path(style.get_path().transformed(style.get_transform() + Affine2D().scale(size)))


def _fill(colour: str) -> tuple[float, ...] | None:
    return None if colour == "none" else to_rgba(colour)
