"""Cells of an executed notebook as nodes of the document tree (``kit.report.document``)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kit.report import plain
from kit.report.blocks import MIME, WIDGET
from kit.report.htmltree import parse_html
from kit.report.pictures import from_bundle, loader, words_only

_ATTACHMENT = re.compile(r"attachment:([^\s)\"'>\]]+)")


def nodes(cell: dict, *, folder: str | Path | None = None) -> list[dict]:
    """Return what a reader sees of ``cell``: Markdown rendered, or outputs; never the source of a code cell."""
    if cell["cell_type"] == "markdown":
        source = _text(cell["source"])
        return _words(source) if words_only(source) else parse_html(markdown_html(cell), images=loader(folder))
    if cell["cell_type"] == "code":
        return [node for output in _joined(cell.get("outputs", ())) for node in _output(output)]
    raw = cell.get("metadata", {}).get("raw_mimetype") == "text/html"
    return parse_html(_text(cell["source"]), images=loader(folder)) if raw else []


@lru_cache(maxsize=512)
def _words(source: str) -> list[dict]:
    """The nodes of Markdown without pictures: most of it is the notebook's own and the same in every report."""
    return parse_html(markdown_html({"source": source}))


def markdown_html(cell: dict) -> str:
    """Return the HTML that nbconvert's ``HTMLExporter`` makes of a Markdown cell, without anchors on headings."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    source = _text(cell["source"])
    # nbconvert raises on an attachment that is missing; here it is a picture that cannot be loaded.
    missing = {found: {"text/plain": ""} for found in _ATTACHMENT.findall(source)}
    attachments = missing | dict(cell.get("attachments", {}))
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def _text(value) -> str:
    return value if isinstance(value, str) else "".join(value or ())


def _joined(outputs) -> list[dict]:
    """Join neighbouring pieces of the same stream, as they were written."""
    made: list[dict] = []
    for output in outputs:
        last = made[-1] if made else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            made[-1] = {**last, "text": _text(last["text"]) + _text(output["text"])}
        else:
            made.append(dict(output))
    return made


def _output(output: dict) -> list[dict]:
    kind = output["output_type"]
    if kind == "stream":
        return _written(output["name"], _text(output["text"]))
    if kind == "error":
        text = "\n".join(output.get("traceback") or [f"{output.get('ename', '')}: {output.get('evalue', '')}"])
        return _written("error", text)
    return _bundle(output.get("data", {}), output.get("metadata", {}))


def _written(stream: str, text: str) -> list[dict]:
    return [{"kind": "output", "stream": stream, "text": text.rstrip("\n")}] if text.strip() else []


def _bundle(data: dict, metadata: dict) -> list[dict]:
    """Return a mimebundle in its best form: the kit's block, a picture, HTML, Markdown, plain text."""
    if MIME in data:
        return [_block(data[MIME])]
    if WIDGET in data:
        return []
    alt = _text(data.get("text/plain", "")).strip()
    alt = "Biểu đồ" if re.fullmatch(r"<.*>", alt, re.DOTALL) or not alt else alt  # <Figure size 640x480 with 1 Axes>
    if picture := from_bundle(data, metadata):
        return [{"kind": "image", **picture, "alt": alt, "block": True}]
    if "text/html" in data and (made := parse_html(_text(data["text/html"]), images=loader(None))):
        return made
    if "text/markdown" in data:
        html = markdown_html({"source": _text(data["text/markdown"])})
        return parse_html(html, images=loader(None))
    return _written("text", _text(data.get("text/plain", data.get("text/latex", ""))))


def _block(block: dict) -> dict:
    """Return a kit block with the words that every exporter prints beside its texts (``kit.report.plain``)."""
    kind = block["kind"]
    if kind == "heading":
        return {"kind": "heading", "level": block["level"], "content": [block["text"]]}
    if kind == "cards":
        cards = [{**c, "status_words": plain.status_word(c["status"], c["status_text"])} for c in block["cards"]]
        return {**block, "cards": cards}
    if kind == "table":
        return {**block, "hidden_note": plain.hidden_rows_note(block), "words": plain.STATUS_WORDS}
    if kind == "head" and len(block["addressees"]) > 1:
        return {**block, "addressees": plain.as_list(list(block["addressees"]))}
    if kind == "signature":
        return {**block, "recipients": plain.as_list(list(block["recipients"]))}
    if kind == "annex":
        return {**block, "label": plain.annex_number(block["number"])}
    if kind == "callout":
        return {**block, "label": "Cảnh báo." if block["tone"] == "warning" else "Lưu ý."}
    return dict(block)
