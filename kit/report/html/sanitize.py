"""HTML of others (Markdown cells, pandas and other libraries) made harmless and self-contained.

A white list: unknown elements are dropped and their text kept, scripts and frames go with their content, only
``data:`` images stay (others become their alternative text). What comes out is well-formed whatever went in.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kit.report.html import svg
from kit.report.html.markup import text

_ELEMENTS = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 "
    "h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th "
    "thead time tr u ul var"
)
_KEPT = set(_ELEMENTS.split())
_VOID = {"br", "col", "hr", "img"}
_DROPPED = {
    "script",
    "style",
    "iframe",
    "object",
    "noscript",
    "template",
    "title",
    "textarea",
    "select",
    "math",
    "head",
}
_ATTRIBUTES = {
    "class",
    "title",
    "lang",
    "dir",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "width",
    "height",
    "align",
    "alt",
}
_STYLES = re.compile(
    r"(?:color|background-color|font-weight|font-style|text-align|text-decoration|vertical-align|white-space|width|"
    r"min-width|max-width|padding(?:-\w+)?|border(?:-[\w-]+)?)\s*:\s*[\w\s#%.,()-]+",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?:|mailto:|tel:|#|[^:]*(?:[/?#]|$))", re.IGNORECASE)
_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_EMPTY_HEADER = re.compile(r"<th((?:\s[^>]*)?)>\s*</th>")  # pandas' corner cell: a header of nothing
_STYLER_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def safe_html(markup: str, prefix: str = "") -> str:
    """Return harmless, well-formed HTML; ``prefix`` makes ids unique, without it ids are dropped."""
    cleaner = _Cleaner(prefix)
    cleaner.feed(markup)
    cleaner.close()
    return cleaner.finish()


def has_content(markup: str) -> bool:
    """Say whether cleaned markup shows anything at all (a chart made by a script alone does not)."""
    return "<img" in markup or "<svg" in markup or bool(re.sub(r"<[^>]*>|\s", "", markup))


class _Cleaner(HTMLParser):
    def __init__(self, prefix: str) -> None:
        super().__init__(convert_charrefs=True)
        self.prefix, self.out, self.open, self.skipped = prefix, [], [], []
        self.verbatim: list[str] = []  # source of the <svg> or <style> being read
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipped or tag in _DROPPED or tag == "svg":
            if tag not in _VOID | {"input", "link", "meta"}:
                self.skipped.append(tag)
            if "svg" in self.skipped:
                self.verbatim.append(self.get_starttag_text() or "")
        elif tag == "img":
            self.out.append(_image(dict(attrs)))
        elif tag == "input":
            self.out.append(
                "☑ " if ("checked" in dict(attrs)) else "☐ " if dict(attrs).get("type") == "checkbox" else ""
            )
        elif tag in _KEPT:
            self.out.append(f"<{tag}{self._attributes(tag, attrs)}>")
            if tag not in _VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipped:
            self.verbatim.append(self.get_starttag_text() or "")
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.skipped:
                self.skipped.clear()

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.verbatim.append(f"</{tag}>")
            if tag in self.skipped:
                del self.skipped[len(self.skipped) - 1 - self.skipped[::-1].index(tag) :]
            if not self.skipped:
                self._end_verbatim(tag)
        elif tag in self.open:
            while (last := self.open.pop()) != tag:
                self.out.append(f"</{last}>")
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.skipped:
            self.verbatim.append(text(data) if "svg" in self.skipped else data)
        else:
            self.out.append(text(data))

    def finish(self) -> str:
        closing = "".join(f"</{tag}>" for tag in reversed(self.open))
        styles = f"<style>{''.join(self.styles)}</style>" if self.styles and self.prefix else ""
        return styles + _EMPTY_HEADER.sub(r"<td\1></td>", "".join(self.out) + closing)

    def _end_verbatim(self, tag: str) -> None:
        source, self.verbatim = "".join(self.verbatim), []
        if tag == "svg":
            self.out.append(svg.safe(source, self.prefix or "svg", "Biểu đồ"))
        elif tag == "style":
            self.styles += _styler_rules(source.removesuffix("</style>"), self.prefix)

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        kept = {key: value or "" for key, value in attrs if key in _ATTRIBUTES}
        values = dict(attrs)
        if "style" in values:
            kept["style"] = ";".join(
                s.strip() for s in (values["style"] or "").split(";") if _STYLES.fullmatch(s.strip())
            )
        if values.get("id") and self.prefix:
            kept["id"] = f"{self.prefix}-{values['id']}"
        if tag == "a" and _LINK.match((values.get("href") or ":").strip()):
            kept["href"] = (values["href"] or "").strip()
        return "".join(f' {key}="{text(value)}"' for key, value in kept.items() if value)


def _image(attrs: dict[str, str | None]) -> str:
    alt = attrs.get("alt") or ""
    if not _IMAGE.fullmatch(attrs.get("src") or ""):
        return text(alt)
    return f'<img src="{text(attrs["src"])}" alt="{text(alt)}">'


def _styler_rules(css: str, prefix: str) -> list[str]:
    """Keep what pandas' Styler writes: rules for the ids of its own table, and nothing that could load or escape."""
    return [
        ",".join(f"#{prefix}-{selector.strip()[1:]}" for selector in selectors.split(",")) + f"{{{body.strip()}}}"
        for selectors, body in _STYLER_RULE.findall(css)
        if all(re.fullmatch(r"#T_[\w\s.:-]+", selector.strip()) for selector in selectors.split(","))
        and not re.search(r"url|@|<|\\|expression|position", body, re.IGNORECASE)
    ]
