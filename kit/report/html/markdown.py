"""Markdown through nbconvert's own renderer, which must neither fail on a lost image nor add anchors of its own."""

from __future__ import annotations

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath


class _Renderer(IPythonRenderer):
    def _embed_image_or_attachment(self, src: str) -> str:
        try:
            return super()._embed_image_or_attachment(src)
        except (InvalidNotebook, OSError, ValueError):
            return ""  # the alternative text stands for it


def render(source: str, attachments: dict, folder: str | None) -> str:
    """Return Markdown as HTML, not yet made harmless; images under ``folder`` are embedded unless it is ``None``."""
    renderer = _Renderer(
        escape=False,
        attachments=attachments,
        embed_images=folder is not None,
        path=folder or "",
        exclude_anchor_links=True,
    )
    return MarkdownWithMath(renderer=renderer).render(source)
