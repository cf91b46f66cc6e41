"""Walks the nodes of the document tree and writes them as Word paragraphs and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kit.report.docx import formal, lists, pictures, tables
from kit.report.docx.inline import runs
from kit.report.docx.markup import TEXT_WIDTH, indent, paragraph, run, written
from kit.report.docx.package import Package

_ROMAN = re.compile(r"[IVX]+\. ")
_DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Place:
    """Where nodes stand: the style of plain paragraphs, the lists around them, the width they have, how they look."""

    style: str = "BodyText"
    level: int = 0
    left: int = 0
    width: int = TEXT_WIDTH
    align: str = ""
    marks: frozenset[str] = frozenset()


class Body:
    """Writes nodes into one package."""

    def __init__(self, package: Package, *, formal: bool):
        self.package = package
        self.formal = formal

    def blocks(self, nodes: list[dict], place: Place = Place()) -> str:
        """Return the nodes as XML, one after the other."""
        return "".join(self.block(node, place) for node in nodes)

    def block(self, node: dict, place: Place) -> str:
        """Return one node; a kind that is not known is nothing."""
        writer = self._writers.get(node["kind"])
        return writer(self, node, place) if writer else ""

    def _paragraph(self, node: dict, place: Place) -> str:
        properties = indent(left=place.left) if place.left else ""
        properties += f'<w:jc w:val="{place.align}"/>' if place.align in ("right", "center") else ""
        return paragraph(runs(node["content"], self.package, marks=place.marks), place.style, properties)

    def _paragraphs(self, node: dict, place: Place) -> str:
        return "".join(written(item, place.style) for item in node["items"])

    def _heading(self, node: dict, place: Place) -> str:
        content = node["content"]
        first = content[0] if isinstance(content[0], str) else ""
        capitals = self.formal and node["level"] <= 2 and bool(_ROMAN.match(first))
        style = f"Heading{min(node['outline'], _DEEPEST_HEADING)}"
        return paragraph(runs(content, self.package, capitals=capitals), style)

    def _bullets(self, node: dict, place: Place) -> str:
        return "".join(written(item, "ListBullet") for item in node["items"])

    def _list(self, node: dict, place: Place) -> str:
        number = self.package.numbered_list(node["start"]) if node["ordered"] else 1
        style = "ListNumber" if node["ordered"] else "ListBullet"
        level = min(place.level, lists.DEEPEST)
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        inner = replace(place, style="ListContinue", level=place.level + 1, left=lists.left_of(level))
        made = []
        for item in node["items"]:
            first, rest = (item[0], item[1:]) if item and item[0]["kind"] == "paragraph" else (None, item)
            made.append(
                paragraph(runs(first["content"], self.package, marks=place.marks) if first else "", style, listed)
            )
            made.append(self.blocks(rest, inner))
        return "".join(made)

    def _quote(self, node: dict, place: Place) -> str:
        return self.blocks(node["blocks"], replace(place, style="Quote", left=place.left + 240 if place.left else 0))

    def _quotes(self, node: dict, place: Place) -> str:
        made = ""
        for item in node["items"]:
            said = written(f"“{item['text']}”", "Quote", "<w:keepNext/>" if item["source"] else "")
            made += said + (written(f"– {item['source']}", "KitSource") if item["source"] else "")
        return made

    def _callout(self, node: dict, place: Place) -> str:
        style = "KitWarning" if node["tone"] == "warning" else "KitCallout"
        return paragraph(run(f"{node['label']} ", "<w:b/><w:bCs/>") + run(node["text"]), style)

    def _figure(self, node: dict, place: Place) -> str:
        drawing = pictures.drawing(node, self.package) or run(node["alt"] or node["caption"], "<w:i/><w:iCs/>")
        named = node["caption"] or node["note"]
        made = paragraph(drawing, "KitFigure", "" if named else '<w:keepNext w:val="0"/>')
        if node["caption"]:
            made += written(node["caption"], "KitFigureName", "<w:keepNext/>" if node["note"] else "")
        return made + (written(node["note"], "KitNote", '<w:jc w:val="center"/>') if node["note"] else "")

    def _definitions(self, node: dict, place: Place) -> str:
        return "".join(written(term, "KitTerm") + written(said, "KitMeaning") for term, said in node["items"])

    def _terms(self, node: dict, place: Place) -> str:
        made = ""
        for item in node["items"]:
            made += paragraph(runs(item["term"], self.package), "KitTerm")
            made += self.blocks(item["blocks"], replace(place, style="KitMeaning"))
        return made

    def _image(self, node: dict, place: Place) -> str:
        shown = pictures.drawing(node, self.package, place.width) or run(node["alt"], "<w:i/><w:iCs/>")
        return paragraph(shown, "KitFigure", '<w:keepNext w:val="0"/>')

    def _code(self, node: dict, place: Place) -> str:
        failed = written("Lỗi khi tính.", place.style) if node.get("stream") == "error" else ""
        return failed + paragraph(run(node["text"], '<w:rStyle w:val="KitMono"/><w:sz w:val="18"/>'), "KitCode")

    def _grid(self, node: dict, place: Place) -> str:
        def inside(cell: dict, style: str, width: int) -> str:
            marks = frozenset({"strong"} if cell["header"] else ())
            return self.blocks(cell["blocks"], Place(style, width=max(width, 200), align=cell["align"], marks=marks))

        return tables.html_grid(node, inside, place.width)

    _writers = {
        "paragraph": _paragraph,
        "paragraphs": _paragraphs,
        "heading": _heading,
        "bullets": _bullets,
        "list": _list,
        "quote": _quote,
        "quotes": _quotes,
        "callout": _callout,
        "figure": _figure,
        "definitions": _definitions,
        "terms": _terms,
        "image": _image,
        "code": _code,
        "output": _code,
        "grid": _grid,
        "table": lambda self, node, place: tables.kit_table(node),
        "cards": lambda self, node, place: tables.cards(node),
        "rule": lambda self, node, place: paragraph("", "KitRule", indent(left=3000, right=3000)),
        "head": lambda self, node, place: formal.head(node),
        "signature": lambda self, node, place: formal.signature(node),
    }
