"""The parts of the page that the template asks for, and the finishing of the page: headings, contents, head, foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kit.report.blocks import MIME
from kit.report.html import colours, markdown, outline, render, svg
from kit.report.html.markup import optional, text
from kit.report.html.sanitize import has_content, safe_html
from kit.report.plain import visible

STYLE_FILE = Path(__file__).parent / "templates" / "kit" / "page.css"
FICTITIOUS = "Số liệu minh họa: các đơn vị và số liệu trong báo cáo này là giả định, không phải số liệu thật."


@dataclass
class Parts:
    """Filters of one page; counts its outputs, so that ids come from positions and never from chance."""

    folder: str = ""
    embed_images: bool = True
    count: int = field(default=0)

    def filters(self) -> dict:
        """Return the functions by the names that the template calls."""
        return {
            "kit_output": self.output,
            "kit_markdown": self.markdown,
            "kit_stream": stream,
            "kit_error": error,
            "kit_code": code,
        }

    def output(self, data: dict, kind: str) -> str:
        """Return one display output; ``kind`` is the form nbconvert chose, the next best is taken if it shows nothing."""
        self.count += 1
        prefix = f"k{self.count}"
        if kind == MIME and data[MIME].get("kind") in render.KINDS:
            return render.fragment(data[MIME], prefix)
        for form in (
            "text/html",
            "text/markdown",
            "image/svg+xml",
            "image/png",
            "image/jpeg",
            "text/latex",
            "text/plain",
        ):
            if form in data and (shown := self._foreign(form, data[form], prefix)):
                return f'<div class="kit-output">{shown}</div>'
        return ""

    def markdown(self, cell: dict) -> str:
        """Return a Markdown cell through nbconvert's renderer, made harmless."""
        html = markdown.render(cell["source"], cell.get("attachments", {}), self.folder if self.embed_images else None)
        return safe_html(html)

    def _foreign(self, form: str, content: str, prefix: str) -> str:
        if form == "text/html":
            html = safe_html(content, prefix)
            return (
                f'<div class="kit-scroll" role="group" aria-label="Bảng" tabindex="0">{html}</div>'
                if has_content(html)
                else ""
            )
        if form == "text/markdown":
            return self.markdown({"source": content})
        if form == "image/svg+xml":
            return svg.safe(content, prefix, "Biểu đồ")
        if form.startswith("image/"):
            return f'<img alt="Biểu đồ" src="data:{form};base64,{text("".join(content.split()))}">'
        return f'<pre tabindex="0">{text(content)}</pre>' if content.strip() else ""


def stream(content: str, name: str) -> str:
    """Return what a cell printed; messages to standard error are marked as such."""
    shown = text(content).strip("\n")
    label = '<p class="kit-label">Thông báo khi chạy</p>' if name == "stderr" else ""
    return (
        f'<div class="kit-stream kit-{text(name)}">{label}<pre tabindex="0">{shown}</pre></div>'
        if shown.strip()
        else ""
    )


def error(output: dict) -> str:
    """Return the error that stopped a cell: one line, and the traceback for who asks for it."""
    lines = text("\n".join(output["traceback"]))
    return (
        '<div class="kit-callout kit-warning" role="note"><p><strong>Lỗi khi tính.</strong> '
        f"{text(output['ename'])}: {text(output['evalue'])}</p>"
        f'<details class="kit-code"><summary>Chi tiết lỗi</summary><pre tabindex="0"><code>{lines}</code></pre></details></div>'
    )


def code(source: str) -> str:
    """Return the code of a cell behind a switch; nothing for an empty cell."""
    if not source.strip():
        return ""
    return (
        '<details class="kit-code"><summary>Mã tính toán</summary>'
        f'<pre tabindex="0"><code>{text(source.strip())}</code></pre></details>'
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
        """
        kit = nb.metadata.get("kit", {})
        label = kit.get("fictitious", "")
        said = {name: visible(kit.get(name, "") or "") for name in ("version", "period", "unit")}
        return cls(
            title=_title(nb) or visible(kit.get("title", "")),
            fictitious=label if isinstance(label, str) else FICTITIOUS if label else "",
            **said,
        )


def _title(nb) -> str:
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            head = output.get("data", {}).get(MIME, {})
            if head.get("kind") == "head":
                return visible(head["title"] or f"{head['document_type'].capitalize()} {head['subject']}")
    return ""


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
    if not listed:
        return ""
    return (
        f'<nav class="kit-toc kit-toc-wide" aria-label="Mục lục"><p>Mục lục</p>{listed}</nav>'
        f'<nav class="kit-toc kit-toc-narrow" aria-label="Mục lục"><details><summary>Mục lục</summary>{listed}</details></nav>'
    )


def _foot(facts: PageFacts, has_code: bool) -> str:
    version = f"kit {facts.version}" if facts.version else "kit"
    of = " ".join(
        part for part in (facts.unit and f"của đơn vị {facts.unit}", facts.period and f"kỳ {facts.period}") if part
    )
    made = f"Trang này do bộ công cụ {version} lập từ số liệu{' ' + of if of else ' đã thu thập'}; xem được khi không có mạng."
    return (
        optional('<p class="kit-fictitious">{}</p>', facts.fictitious)
        + f"<p>{text(made)}</p>"
        + (_SWITCH if has_code else "")
    )


_SWITCH = (
    '<label class="kit-switch"><input type="checkbox" id="kit-show-code" autocomplete="off"> '
    "Hiện mã tính toán trong trang (dành cho người kiểm tra số liệu)</label>"
)
