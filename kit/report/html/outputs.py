"""The cells of a notebook as HTML: the functions that the template calls, each for one kind of cell or output."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kit.report.blocks import MIME, WIDGET
from kit.report.html import markdown, render, svg
from kit.report.html.markup import text
from kit.report.html.sanitize import has_content, safe_html
from kit.report.pictures import words_only

# The forms of an output in the order in which nbconvert's HTML chooses among them, the kit's own first.
PRIORITY = (MIME, "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex", "text/plain")


@dataclass
class Parts:
    """Filters of one page; counts its outputs, so that ids come from positions and never from chance."""

    folder: str = ""
    embed_images: bool = True
    count: int = 0

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
        """Return one display output; ``kind`` is the form nbconvert chose, the next is taken if it shows nothing."""
        self.count += 1
        prefix = f"k{self.count}"
        if WIDGET in data and MIME not in data:
            return ""
        if kind == MIME and data[MIME].get("kind") in render.KINDS:
            return render.fragment(data[MIME], prefix)
        for form in PRIORITY[1:]:
            if form in data and (shown := self._foreign(form, data[form], prefix)):
                # Colours that others chose are meant for white paper, also when the page is dark.
                return f'<div class="kit-output{" kit-light" if "background" in shown else ""}">{shown}</div>'
        return ""

    def markdown(self, cell: dict) -> str:
        """Return a Markdown cell through nbconvert's renderer, made harmless."""
        source = cell["source"]
        if words_only(source):
            return _words(source)
        html = markdown.render(source, cell.get("attachments", {}), self.folder if self.embed_images else None)
        return safe_html(html)

    def _foreign(self, form: str, content: str, prefix: str) -> str:
        if form == "text/html":
            html = safe_html(content, prefix)
            scroll = f'<div class="kit-scroll" role="group" aria-label="Bảng" tabindex="0">{html}</div>'
            return scroll if has_content(html) else ""
        if form == "text/markdown":
            return self.markdown({"source": content})
        if form == "image/svg+xml":
            return svg.safe(content, prefix, "Biểu đồ")
        if form.startswith("image/"):
            return f'<img alt="Biểu đồ" src="data:{form};base64,{text("".join(content.split()))}">'
        return f'<pre tabindex="0">{text(content)}</pre>' if content.strip() else ""


@lru_cache(maxsize=512)
def _words(source: str) -> str:
    """Markdown without pictures as HTML: most of it is the notebook's own and the same in every report."""
    return safe_html(markdown.render(source, {}, None))


def stream(content: str, name: str) -> str:
    """Return what a cell printed; messages to standard error are marked as such."""
    shown = text(content).strip("\n")
    label = '<p class="kit-label">Thông báo khi chạy</p>' if name == "stderr" else ""
    return f'<div class="kit-{text(name)}">{label}<pre tabindex="0">{shown}</pre></div>' if shown.strip() else ""


def error(output: dict) -> str:
    """Return the error that stopped a cell: one line, and the traceback for who asks for it."""
    lines = text("\n".join(output["traceback"]))
    trace = f'<summary>Chi tiết lỗi</summary><pre tabindex="0"><code>{lines}</code></pre>'
    return (
        '<div class="kit-callout kit-warning" role="note"><p><strong>Lỗi khi tính.</strong> '
        f"{text(output['ename'])}: {text(output['evalue'])}</p>"
        f'<details class="kit-trace">{trace}</details></div>'
    )


def code(source: str) -> str:
    """Return the code of a cell behind a switch; nothing for an empty cell."""
    if not source.strip():
        return ""
    return (
        '<details class="kit-code"><summary>Mã tính toán</summary>'
        f'<pre tabindex="0"><code>{text(source.strip())}</code></pre></details>'
    )
