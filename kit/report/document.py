"""An executed notebook as a document tree: plain JSON values that every exporter of pages (PDF, Word, picture) walks.

``{"title", "lang", "date", "author", "facts", "nodes"}``; ``date`` is an ISO date or ``None``, ``facts`` what
``nb.metadata["kit"]`` says of the report. A node is a dict with ``kind``:

- the kit's own blocks, as ``kit.report.blocks`` documents them (their ``heading`` becomes the generic one);
- ``heading`` (``level`` as written 1–6, ``outline`` 1… without gaps, ``content``), ``paragraph`` (``content``),
  ``list`` (``ordered``, ``start``, ``items``: lists of nodes), ``quote`` (``blocks``), ``code`` (``text``), ``rule``,
  ``terms`` (``items`` of ``term``, ``blocks``), ``grid`` (see ``kit.report.htmltable``),
  ``image`` (``format`` svg/png/jpeg…, ``data``: SVG source or base64, ``alt``),
  ``output`` (``stream`` stdout/stderr/error/text, ``text``).

Inline ``content`` is a list of texts and nodes: ``strong``, ``emphasis``, ``code``, ``strike``, ``underline``, ``sup``,
``sub``, ``link`` (``href``), each with ``content``; ``break``; ``checkbox`` (``checked``); ``image``. Texts are NFC and
free of control characters; they are never markup. Cells tagged ``analyst``, ``parameters`` or ``injected-parameters``
and the sources of code cells are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kit.report import cells
from kit.report.html.notebook import for_readers
from kit.report.htmltree import plain_text
from kit.report.plaintext import cleaned


def document(nb: dict, *, name: str = "", folder: str | Path | None = None) -> dict:
    """Return the document tree of an executed notebook.

    ``name`` is the title of last resort. Pictures that Markdown names by a relative path are read from ``folder`` and
    below it only; without ``folder`` they become their alt text. ``nb.metadata["kit"]["date"]`` (ISO) dates the file.
    """
    shown = for_readers(nb if isinstance(nb, NotebookNode) else nbformat.from_dict(nb))
    nodes = [node for cell in shown["cells"] for node in cells.nodes(cell, folder=folder)]
    nodes = list(_outlined(cleaned(nodes)))
    metadata = nb.get("metadata", {})
    head = next((node for node in nodes if node["kind"] == "head"), {})
    return {
        "title": cleaned(_title(nodes, head, metadata) or name or "Báo cáo"),
        "lang": "vi",
        "date": _date(metadata),
        "author": head.get("body", ""),
        "facts": dict(metadata.get("kit") or {}),
        "nodes": nodes,
    }


def _date(metadata: dict) -> str | None:
    given = str((metadata.get("kit") or {}).get("date") or "")
    try:
        return date.fromisoformat(given[:10]).isoformat()
    except ValueError:
        return None


def _title(nodes: list[dict], head: dict, metadata: dict) -> str:
    if head:
        return head.get("title") or " – ".join(filter(None, (head["document_type"], head["subject"])))
    first = next((plain_text(node["content"]) for node in nodes if node["kind"] == "heading"), "")
    return " ".join(str(metadata.get("title") or first).split())


def _outlined(nodes: list[dict]) -> Iterator[dict]:
    """Yield the nodes with headings given an ``outline`` level that starts at 1 and never skips one (PDF/UA-1 7.4.2).

    A heading without words becomes a paragraph. An annex opens a new branch at the top; what a list or quote holds
    takes part in reading order.
    """
    above: list[int] = []

    def numbered(node: dict) -> dict:
        if node["kind"] == "heading" and not _has_text(node["content"]):
            return {"kind": "paragraph", "content": node["content"]}
        if node["kind"] in ("heading", "annex"):
            level = node.get("level", 1)
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            return {**node, "outline": len(above)}
        return _mapped(node, numbered)

    yield from map(numbered, nodes)


def _has_text(content: list) -> bool:
    """Tell whether a bookmark could be made of inline nodes: a heading of a picture alone has no words."""
    return any(bool(node.strip()) if isinstance(node, str) else _has_text(node.get("content", [])) for node in content)


def _mapped(node: dict, change: Callable[[dict], dict]) -> dict:
    """Return ``node`` with ``change`` applied to the block nodes it holds."""
    if "blocks" in node:
        return {**node, "blocks": [change(inner) for inner in node["blocks"]]}
    if node["kind"] == "list":
        return {**node, "items": [[change(inner) for inner in item] for item in node["items"]]}
    if node["kind"] == "terms":
        return {**node, "items": [{**i, "blocks": [change(b) for b in i["blocks"]]} for i in node["items"]]}
    if node["kind"] == "grid":
        return {**node, "cells": [{**c, "blocks": [change(b) for b in c["blocks"]]} for c in node["cells"]]}
    return node
