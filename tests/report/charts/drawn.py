"""Read a chart back: its texts, and where they run off the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from kit.report.charts.style import text_width

_TEXT = "{http://www.w3.org/2000/svg}text"
_MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """A text of a chart with its box in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def words(svg: str) -> list[Word]:
    """Return the texts of a chart, in the order drawn."""
    return [_word(node) for node in ElementTree.fromstring(svg).iter(_TEXT)]


def size(svg: str) -> tuple[float, float]:
    """Return width and height of the sheet in points."""
    view = ElementTree.fromstring(svg).get("viewBox", "").split()
    return float(view[2]), float(view[3])


def cut_off(svg: str) -> list[Word]:
    """Return the texts that run off the sheet."""
    width, height = size(svg)
    slack = 0.5
    return [
        word
        for word in words(svg)
        if word.left < -slack or word.right > width + slack or word.top < -slack or word.bottom > height + slack
    ]


def _word(node: ElementTree.Element) -> Word:
    style = node.get("style", "")
    height = float(re.search(r"([\d.]+)px", style)[1])
    bold = re.search(r"\b(bold|700)\b", style)
    wide = text_width(node.text or "", height, "bold" if bold else "normal") * _MM
    x, y = _place(node)
    shift = {"middle": wide / 2, "end": wide}.get(_anchor(style), 0.0)
    return Word(node.text or "", x - shift, x - shift + wide, y - 0.8 * height, y + 0.25 * height)


def _anchor(style: str) -> str:
    found = re.search(r"text-anchor:\s*(\w+)", style)
    return found[1] if found else "start"


def _place(node: ElementTree.Element) -> tuple[float, float]:
    x, y = float(node.get("x", 0)), float(node.get("y", 0))
    moved = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)", node.get("transform", ""))
    return (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
