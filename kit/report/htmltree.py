"""HTML as a tree of generic nodes: what nbconvert's Markdown renderer and third-party outputs (pandas) are made of.

The visible text is kept, character for character after HTML's own collapsing of white space; tags the tree has no node
for are dropped and their inner text stays; ``script`` and ``style`` go with their content. The nodes are those of
``kit.report.document``; nothing here knows about PDF or Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from kit.report.htmltable import grid

Images = Callable[[str], dict | None]
"""Turns the ``src`` of an image into ``{"format", "data"}``, or ``None`` when it cannot be loaded."""

# To HTML, a CDATA section is a comment.
_HIDDEN = (CData, Comment, Declaration, Doctype, ProcessingInstruction)
_UNSEEN = {"script", "style", "template", "head"}
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = {
    "strong": "strong", "b": "strong", "em": "emphasis", "i": "emphasis", "code": "code", "tt": "code", "kbd": "code",
    "samp": "code", "del": "strike", "s": "strike", "strike": "strike", "sup": "sup", "sub": "sub", "u": "underline",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LINKS = {"http", "https", "mailto"}
LONGEST_LINK = 2000
MOST_NESTED = 10  # lists, quotes and tables in one another; deeper ones lose their form, not their text
DEEPEST = 40


def parse_html(html: str, *, images: Images = lambda src: None) -> list[dict]:
    """Return the block nodes of ``html``; ``images`` loads pictures, those it cannot load become their alt text."""
    return _Reader(images).blocks(BeautifulSoup(html, "html.parser"))


def link_target(href: str | None) -> str:
    """Return ``href`` if a reader of a file can follow it (http, https, mailto), otherwise an empty string."""
    href = (href or "").strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    followable = parts.scheme.lower() in _LINKS and (parts.netloc or parts.path) and href.isprintable()
    return href if followable and " " not in href and len(href) <= LONGEST_LINK else ""


def plain_text(content: list) -> str:
    """Return the text of inline nodes without their marks."""
    return "".join(node if isinstance(node, str) else _plain(node) for node in content)


def _plain(node: dict) -> str:
    if node["kind"] == "image":
        return node.get("alt", "")
    return " " if node["kind"] == "break" else plain_text(node.get("content", []))


def _seen(child) -> bool:
    if isinstance(child, _HIDDEN):
        return False
    return not (isinstance(child, Tag) and child.name in _UNSEEN)


def _is_block(child) -> bool:
    return isinstance(child, Tag) and any(
        isinstance(tag, Tag) and _BLOCKS.fullmatch(tag.name) for tag in (child, *child.descendants)
    )


class _Reader:
    """Walks a parsed page; holds the loader of images and how deep the walk is."""

    def __init__(self, images: Images):
        self.images = images
        self.depth = 0  # elements around the present one
        self.nested = 0  # lists, quotes and tables around it
        self.marks: set[str] = set()  # inline marks around it

    def blocks(self, parent: Tag) -> list[dict]:
        """Return the children of ``parent`` as block nodes; runs of inline content become paragraphs."""
        made: list[dict] = []
        run: list = []
        for child in parent.children:
            if not _seen(child):
                continue
            if _is_block(child):
                made += self._paragraph(run) + self.block(child)
                run = []
            else:
                run.append(child)
        return made + self._paragraph(run)

    def _paragraph(self, run: list) -> list[dict]:
        content = self.inline(run)
        return [{"kind": "paragraph", "content": content}] if content else []

    def block(self, tag: Tag) -> list[dict]:
        """Return one block-level element as nodes."""
        name = tag.name
        if self.depth > DEEPEST:
            return self._paragraph([NavigableString(tag.get_text(" "))])
        if re.fullmatch("h[1-6]", name) and not any(_is_block(c) for c in tag.children):
            content = self.inline(tag.children)
            return [{"kind": "heading", "level": int(name[1]), "content": content}] if content else []
        if name == "pre":
            return [{"kind": "code", "text": _preformatted(tag)}]
        if name == "hr":
            return [{"kind": "rule"}]
        holder = self._holders.get(name) if self.nested < MOST_NESTED else None
        self.depth += 1
        self.nested += holder is not None
        made = holder(self, tag) if holder else self.blocks(tag)
        self.depth -= 1
        self.nested -= holder is not None
        return made

    def _quote(self, tag: Tag) -> list[dict]:
        return [{"kind": "quote", "blocks": self.blocks(tag)}]

    def _table(self, tag: Tag) -> list[dict]:
        return grid(tag, self.blocks)

    def _list(self, tag: Tag) -> list[dict]:
        items = list(tag.find_all("li", recursive=False))
        loose = [c for c in tag.children if c not in items and isinstance(c, Tag) and _seen(c)]
        start = str(tag.get("start", "1"))
        node = {"kind": "list", "ordered": tag.name == "ol", "items": [self.blocks(item) for item in items]}
        if tag.name == "ol":
            node["start"] = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
        return ([node] if items else []) + [made for c in loose for made in self.block(c)]

    def _terms(self, tag: Tag) -> list[dict]:
        items: list[dict] = []
        for child in (found for found in tag.find_all(["dt", "dd"]) if found.find_parent("dl") is tag):
            if child.name == "dt" or not items:
                items.append({"term": [], "blocks": []})
            if child.name == "dt":
                items[-1]["term"] = self.inline(child.children)
            else:
                items[-1]["blocks"] += self.blocks(child)
        return [{"kind": "terms", "items": items}] if items else []

    _holders = {"blockquote": _quote, "ul": _list, "ol": _list, "dl": _terms, "table": _table}

    def inline(self, children) -> list:
        """Return inline nodes with white space collapsed as a browser does it."""
        return _trimmed(_collapsed([node for child in children for node in self._inline(child)]))

    def _inline(self, child) -> list:
        if not _seen(child):
            return []
        if isinstance(child, NavigableString):
            return [_SPACE.sub(" ", str(child))]
        if child.name == "br":
            return [{"kind": "break"}]
        if child.name == "img":
            return self._image(child)
        if child.name == "input":
            box = child.get("type") == "checkbox"
            return [{"kind": "checkbox", "checked": child.has_attr("checked")}] if box else []
        if self.depth > DEEPEST:
            return [_SPACE.sub(" ", child.get_text())]
        target = link_target(child.get("href")) if child.name == "a" else ""
        mark = "link" if target else _INLINE.get(child.name)
        # A mark within itself changes nothing, and hundreds of them would be too deep for a page engine.
        fresh = mark is not None and mark not in self.marks
        self.depth, self.marks = self.depth + 1, self.marks | ({mark} if fresh else set())
        inner = [node for c in child.children for node in self._inline(c)]
        self.depth, self.marks = self.depth - 1, self.marks - ({mark} if fresh else set())
        if not inner or not fresh:
            return inner
        return [{"kind": mark, **({"href": target} if target else {}), "content": inner}]

    def _image(self, tag: Tag) -> list:
        alt = _SPACE.sub(" ", str(tag.get("alt", ""))).strip()
        loaded = self.images(str(tag.get("src", "")))
        if loaded is None:
            return [alt] if alt else []
        return [{"kind": "image", **loaded, "alt": alt}]


def _preformatted(tag: Tag) -> str:
    text = "".join(str(s) for s in tag.strings if not isinstance(s, _HIDDEN))
    return text.removeprefix("\n").rstrip("\n")


def _collapsed(nodes: list, *, after_space: bool = True) -> list:
    """Join neighbouring texts and drop a space that follows a space, through nested marks."""
    made: list = []
    for node in nodes:
        if isinstance(node, str):
            text = node.lstrip(" ") if after_space else node
            if text:
                after_space = text.endswith(" ")
                made = [*made[:-1], made[-1] + text] if made and isinstance(made[-1], str) else [*made, text]
        elif "content" in node:
            content = _collapsed(node["content"], after_space=after_space)
            after_space = _ends_in_space(content, after_space)
            made += [{**node, "content": content}] if content else []
        else:
            after_space = node["kind"] == "break"
            made.append(node)
    return made


def _ends_in_space(content: list, default: bool) -> bool:
    while content and isinstance(content[-1], dict):
        content = content[-1].get("content", [])
    return content[-1].endswith(" ") if content else default


def _trimmed(nodes: list) -> list:
    """Drop white space at the end of a paragraph, and trailing line breaks."""
    while nodes and (nodes[-1] == {"kind": "break"} or (isinstance(nodes[-1], str) and not nodes[-1].strip(" "))):
        nodes = nodes[:-1]
    if nodes and isinstance(nodes[-1], str):
        nodes = [*nodes[:-1], nodes[-1].rstrip(" ")]
    return nodes
