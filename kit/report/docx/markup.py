"""WordprocessingML in pieces: every function returns a string of XML, with all text escaped.

Lengths are twips (1/20 pt). Texts of the document tree arrive NFC and free of controls (``kit.report.plaintext``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TWIPS_PER_MM = 1440 / 25.4
TEXT_WIDTH = 9184  # 162 mm: A4 less margins of 30 and 18 mm
_PIECES = re.compile(r"([\n\t])")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def mm(length: float) -> int:
    """Return millimetres as twips."""
    return round(length * TWIPS_PER_MM)


def escaped(text: str) -> str:
    """Return the text fit for XML content and attributes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str, properties: str = "") -> str:
    """Return one run of text; line feeds are line breaks, tabs are tabs; ``properties`` is what ``w:rPr`` holds."""
    if not text:
        return ""
    if "\n" in text or "\t" in text:
        inner = "".join(_BREAKS.get(part) or _text(part) for part in _PIECES.split(text) if part)
    else:
        inner = _text(text)
    return f"<w:r>{_filled('w:rPr', properties)}{inner}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escaped(text)}</w:t>'


def _filled(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>" if inner else ""


def paragraph(content: str, style: str = "Normal", properties: str = "") -> str:
    """Return a paragraph of runs; ``properties`` (in the order of the schema, after the style) goes into ``w:pPr``."""
    named = "" if style == "Normal" else f'<w:pStyle w:val="{style}"/>'
    return f"<w:p>{_filled('w:pPr', named + properties)}{content}</w:p>"


def written(text: str, style: str = "Normal", properties: str = "") -> str:
    """Return a paragraph of plain text."""
    return paragraph(run(text), style, properties)


def indent(*, left: int = 0, right: int = 0) -> str:
    """Return ``w:ind``; the first line is not indented."""
    return f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="0"/>'


def rule(width: int, length: float, style: str = "KitRule") -> str:
    """Return a drawn line of ``length`` in the middle of ``width``: the border of an empty paragraph."""
    side = max(0, round((width - length) / 2))
    return paragraph("", style, indent(left=side, right=side))


def gap(style: str = "KitGap", *, keep: bool = False) -> str:
    """Return the small empty paragraph that parts a table from what follows, or (``keep``) from what it goes with."""
    return paragraph("", style, "<w:keepNext/>" if keep else "")


@dataclass(frozen=True)
class Cell:
    """A table cell: its paragraphs, width, spans and look (``properties`` as in ``w:tcPr`` after the spans)."""

    content: str
    width: int
    colspan: int = 1
    merge: str = ""  # "restart" begins a cell over several rows, "continue" goes on with it
    properties: str = ""

    def xml(self) -> str:
        """Return ``w:tc``; a cell must end with a paragraph."""
        spans = f'<w:gridSpan w:val="{self.colspan}"/>' if self.colspan > 1 else ""
        spans += f'<w:vMerge w:val="{self.merge}"/>' if self.merge else ""
        inner = self.content if self.content.endswith("</w:p>") else self.content + paragraph("", "KitCell")
        return f'<w:tc><w:tcPr><w:tcW w:w="{self.width}" w:type="dxa"/>{spans}{self.properties}</w:tcPr>{inner}</w:tc>'


def row(cells: list[Cell], *, header: bool = False, splits: bool = False) -> str:
    """Return a table row; a header row is repeated on each page, a row stays on one page unless it ``splits``."""
    properties = ("" if splits else "<w:cantSplit/>") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{_filled('w:trPr', properties)}{''.join(cell.xml() for cell in cells)}</w:tr>"


def table(rows: list[str], widths: list[int], style: str, description: str = "") -> str:
    """Return a table of fixed column ``widths``; ``description`` is read aloud in its place."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f'<w:tblCaption w:val="{escaped(description)}"/>' if description else ""
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    look += 'w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def shares(total: int, parts: list[float]) -> list[int]:
    """Return ``total`` divided in proportion to ``parts``, to the last twip."""
    whole = sum(parts)
    edges = [round(total * sum(parts[:at]) / whole) for at in range(len(parts) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]
