"""The document tree as a Word file: sections with page numbers of their own, and what must stay together."""

from __future__ import annotations

from kit.report.docx import formal, pictures
from kit.report.docx.body import Body
from kit.report.docx.markup import TEXT_WIDTH, mm, paragraph
from kit.report.docx.package import Package

_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    f'<w:pgMar w:top="{mm(20)}" w:right="{11906 - mm(30) - TEXT_WIDTH}" w:bottom="{mm(20)}" w:left="{mm(30)}" '
    f'w:header="{mm(10)}" w:footer="{mm(10)}" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/>'
)
_KEEP = "<w:keepNext/><w:keepLines/>"


def render_docx(document: dict) -> bytes:
    """Return the document tree (``kit.report.document``) as a Word file; the same tree gives the same bytes.

    Pages and sizes follow Nghị định 30/2020/NĐ-CP, Phụ lục I. A picture that cannot be drawn is replaced by its
    description, with a warning.
    """
    drawn = pictures.drawn(document)
    is_formal = any(node["kind"] == "head" for node in drawn["nodes"])
    package = Package(formal=is_formal)
    body = Body(package, formal=is_formal)
    section = f'<w:sectPr><w:headerReference w:type="default" r:id="{package.header_id}"/>{_PAGE}</w:sectPr>'
    parts = [_section(body, nodes) for nodes in _sections(drawn["nodes"])]
    ended = [part + paragraph("", "KitEnd", section) for part in parts[:-1]]
    return package.saved("".join([*ended, parts[-1], section]), document)


def _sections(nodes: list[dict]) -> list[list[dict]]:
    """Return the nodes of the report and of each annex: an annex begins a page and counts its own pages."""
    made: list[list[dict]] = [[]]
    for node in nodes:
        if node["kind"] == "annex" and (made[-1] or len(made) > 1):
            made.append([])
        made[-1].append(node)
    return made


def _section(body: Body, nodes: list[dict]) -> str:
    written: list[str] = []
    for node in nodes:
        if node["kind"] == "annex":
            written.append(formal.annex_head(node))
            continue
        if node["kind"] == "signature" and written:
            written[-1] = _kept(written[-1])
        written.append(body.blocks([node]))
    last = "".join(written)
    # A table must be followed by a paragraph, and an empty body is not allowed.
    return last if last.endswith("</w:p>") else last + paragraph("", "KitEnd")


def _kept(before: str) -> str:
    """Return XML whose last paragraph stays on the page of the signature that follows it."""
    at = before.rfind("<w:p>")
    if not before.endswith("</w:p>") or at < 0:
        return before
    start, last = before[:at], before[at:]
    if "<w:pStyle" not in last or "<w:keep" in last:
        return before
    style_end = last.index("/>", last.index("<w:pStyle")) + 2
    return f"{start}{last[:style_end]}{_KEEP}{last[style_end:]}"
