"""The finishing of the page: regular headings, table of contents, title, style sheet and foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kit import __version__
from kit.report.blocks import MIME
from kit.report.html import colours, outline
from kit.report.html.markup import optional, text
from kit.report.html.notebook import LEFT_OUT
from kit.report.plain import visible

STYLE_FILE = Path(__file__).parent / "templates" / "kit" / "page.css"
FICTITIOUS = "Số liệu minh họa: các đơn vị và số liệu trong báo cáo này là giả định, không phải số liệu thật."
_PARAMETER = re.compile(r"""^(period|unit) *= *["']([^"'\n]*)["'] *$""", re.MULTILINE)
_SWITCH = (
    '<label class="kit-switch"><input type="checkbox" id="kit-show-code" autocomplete="off"> '
    "Hiện mã tính toán trong trang (dành cho người kiểm tra số liệu)</label>"
)


@dataclass(frozen=True)
class PageFacts:
    """What the page says of itself: its title and how it was made."""

    title: str
    version: str = ""
    period: str = ""
    unit: str = ""
    fictitious: str = ""

    @classmethod
    def from_notebook(cls, nb) -> PageFacts:
        """Read the facts from the head block and from ``nb.metadata["kit"]``.

        Known there: ``version``, ``period``, ``unit``, ``title``, ``fictitious`` (true, or the sentence to print).
        Without that metadata (an analyst's own export) they are read from the parameter cells, the last one first, and
        from the remark that stands right after the head; what the head itself was made of goes before the cells.
        """
        kit = nb.metadata.get("kit") or _facts_of_cells(nb)
        label = kit.get("fictitious", "")
        said = {name: visible(kit.get(name, "") or "") for name in ("version", "period", "unit")}
        return cls(
            title=_title(nb) or visible(kit.get("title", "")),
            fictitious=label if isinstance(label, str) else FICTITIOUS if label else "",
            **said,
        )


def _title(nb) -> str:
    head = next((block for block in _blocks(nb) if block.get("kind") == "head"), None)
    return visible(head["title"] or f"{head['document_type'].capitalize()} {head['subject']}") if head else ""


def _blocks(nb) -> list[dict]:
    """The kit's blocks that are shown, in reading order."""
    outputs = [
        output
        for cell in nb.cells
        if not LEFT_OUT & set(cell.metadata.get("tags", ()))
        for output in cell.get("outputs", ())
    ]
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]


def _facts_of_cells(nb) -> dict[str, str]:
    blocks = _blocks(nb)
    if not blocks:
        return {}  # a notebook without the kit says nothing of the kit's data
    facts = {"version": __version__}
    for cell in nb.cells:
        if cell.cell_type == "code" and {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", ())):
            facts |= dict(_PARAMETER.findall(cell.source))
    for block in blocks:  # a list in JupyterLab may have chosen another unit than the parameters cell names
        if block.get("kind") == "head":
            facts |= {name: block[name] for name in ("period", "unit") if block.get(name)}
    if len(blocks) > 1 and blocks[0].get("kind") in ("head", "paragraphs") and blocks[1].get("kind") == "callout":
        facts |= {"fictitious": blocks[1]["text"]} if blocks[1].get("tone") == "note" else {}
    return facts


def finish(html: str, facts: PageFacts) -> str:
    """Return the page with regular headings, contents, title, style and foot in their places."""
    title = " ".join(facts.title.split())
    if "<h1" not in html:
        html = html.replace("<!--kit:title-->", f'<h1 class="kit-plain-title">{text(title or "Báo cáo")}</h1>', 1)
    html, entries = outline.regular_headings(html.replace("<!--kit:title-->", "", 1))
    listed = outline.contents(entries)
    title = title or next((entry.title for entry in entries), "Báo cáo")
    style = STYLE_FILE.read_text(encoding="utf-8")
    dark = colours.dark_variables(html)
    style += f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}" if dark else ""
    places = {
        "doctitle": text(title),
        "style": style,
        "contents": _navigation(listed),
        "foot": _foot(facts, "kit-code" in html),
    }
    return re.sub(r"<!--kit:(\w+)-->", lambda place: places.get(place[1], ""), html)


def _navigation(listed: str) -> str:
    # Two forms, of which the style sheet shows one: without a script, <details> cannot be open on wide pages only.
    if not listed:
        return ""
    folded = f"<details><summary>Mục lục</summary>{listed}</details>"
    return (
        f'<nav class="kit-toc kit-toc-wide" aria-label="Mục lục"><p>Mục lục</p>{listed}</nav>'
        f'<nav class="kit-toc kit-toc-narrow" aria-label="Mục lục">{folded}</nav>'
    )


def _foot(facts: PageFacts, has_code: bool) -> str:
    unit, period = facts.unit and f" của đơn vị {facts.unit}", facts.period and f" kỳ {facts.period}"
    source = f"số liệu{unit}{period}" if unit or period else "số liệu đã thu thập"
    made = f"Trang này do bộ công cụ kit {facts.version}".rstrip() + f" lập từ {source}; xem được khi không có mạng."
    label = optional('<p class="kit-fictitious">{}</p>', facts.fictitious)
    return f"{label}<p>{text(made)}</p>{_SWITCH if has_code else ''}"
