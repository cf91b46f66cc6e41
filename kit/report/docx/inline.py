"""Inline nodes of the document tree as runs: bold, italic, links, code, pictures in the line."""

from __future__ import annotations

from kit.report.docx import pictures
from kit.report.docx.markup import run
from kit.report.docx.package import Package

# In the order that the schema wants them in ``w:rPr``.
_MARKS = {
    "code": '<w:rStyle w:val="KitMono"/>',
    "link": '<w:rStyle w:val="Hyperlink"/>',
    "strong": "<w:b/><w:bCs/>",
    "emphasis": "<w:i/><w:iCs/>",
    "strike": "<w:strike/>",
    "underline": '<w:u w:val="single"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}


def runs(nodes: list, package: Package, *, capitals: bool = False, marks: frozenset[str] = frozenset()) -> str:
    """Return inline ``content`` as runs; ``capitals`` prints its texts in capital letters."""
    return "".join(_runs(node, package, capitals, marks) for node in nodes)


def _runs(node, package: Package, capitals: bool, marks: frozenset[str]) -> str:
    if isinstance(node, str):
        return run(node.upper() if capitals else node, _properties(marks))
    kind = node["kind"]
    if kind == "break":
        return "<w:r><w:br/></w:r>"
    if kind == "checkbox":
        return run("☒ " if node["checked"] else "☐ ", _properties(marks))
    if kind == "image":
        return pictures.drawing(node, package) or run(node["alt"], _properties(marks | {"emphasis"}))
    inner = runs(node.get("content", []), package, capitals=capitals, marks=marks | {kind} & _MARKS.keys())
    return f'<w:hyperlink r:id="{package.link(node["href"])}">{inner}</w:hyperlink>' if kind == "link" else inner


def _properties(marks: frozenset[str]) -> str:
    named = marks - {"link"} if {"code", "link"} <= marks else marks  # a run has one character style
    return "".join(xml for mark, xml in _MARKS.items() if mark in named)
