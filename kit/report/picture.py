"""The cards of one report as one picture for a chat message (Zalo): readable on a phone without opening a file."""

from __future__ import annotations

import json

WIDTH = 1080  # pixels
_POINTS = 540  # the width of the template's page
_POINTS_PER_INCH = 72


def render_summary(notebook: dict) -> bytes:
    """Return an executed notebook's headline cards as PNG: ``draw_summary`` of its document tree."""
    from kit.report.document import document

    return draw_summary(document(notebook))


def draw_summary(tree: dict) -> bytes:
    """Return the headline cards of a document tree as PNG, 1080 pixels wide; the same bytes for the same tree.

    The picture names the unit and the period, says what is a draft and repeats the remarks that stand before the cards
    (sample data, missing reports). Raises ``EngineError`` when it cannot be drawn.
    """
    from kit.report.pdf.compile import typeset

    facts = json.dumps(summary_facts(tree), ensure_ascii=False)
    ppi = WIDTH / _POINTS * _POINTS_PER_INCH
    made = typeset("summary.typ", facts, format="png", ppi=ppi)
    return made if isinstance(made, bytes) else made[0]


def summary_facts(tree: dict) -> dict:
    """Return what the picture shows of a document tree (``kit.report.document``)."""
    nodes = tree["nodes"]
    kinds = [node["kind"] for node in nodes]
    at = kinds.index("cards") if "cards" in kinds else len(nodes)
    head = next((node for node in nodes if node["kind"] == "head"), None) or {}
    issued = "" if head.get("draft", True) else f"{head['number_line']} – {head['date_line']}"
    return {
        "body": head.get("body", ""),
        "title": tree["title"].replace(" – ", "\n", 1),
        "period": head.get("period_line", ""),
        "issued": issued,
        "draft": bool(head.get("draft", False)),
        "cards": nodes[at]["cards"] if at < len(nodes) else [],
        "notes": [node for node in nodes[:at] if node["kind"] == "callout"],
    }
