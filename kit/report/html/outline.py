"""Headings of a finished page: their order made regular, an id for each, and the table of contents made of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from kit.report.html.markup import text

_HEADING = re.compile(r"<h([1-6])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
DEEPEST_LISTED = 3


@dataclass(frozen=True)
class Entry:
    """A heading as the table of contents shows it."""

    level: int
    anchor: str
    title: str


def regular_headings(html: str) -> tuple[str, tuple[Entry, ...]]:
    """Return the page with one ``h1`` at most, no level skipped, and an id for every heading; and the headings.

    The markup must be well-formed: text with ``<`` escaped.
    """
    entries: list[Entry] = []
    used: set[str] = set()

    def rewrite(match: re.Match) -> str:
        title = " ".join(unescape(_TAG.sub("", match[3])).split())
        if not title:
            return ""
        level = _level(int(match[1]), entries)
        anchor = _unused(slug(title), used)
        entries.append(Entry(level, anchor, title))
        rest = re.sub(r'\sid="[^"]*"', "", match[2])
        return f'<h{level} id="{anchor}"{rest}>{match[3]}</h{level}>'

    return _HEADING.sub(rewrite, html), tuple(entries)


def _level(wanted: int, before: list[Entry]) -> int:
    if not before:
        return 1 if wanted == 1 else 2
    if wanted == 1 and not any(entry.level == 1 for entry in before):
        return 1
    return min(max(2, wanted), before[-1].level + 1)


def contents(entries: tuple[Entry, ...]) -> str:
    """Return the table of contents as nested lists; blank when there is nothing to choose from."""
    listed = [entry for entry in entries if 2 <= entry.level <= DEEPEST_LISTED]
    groups: list[list[Entry]] = []
    for entry in listed:
        if entry.level == 2 or not groups:
            groups.append([])
        groups[-1].append(entry)
    return (
        _list([_link(top) + _list([_link(entry) for entry in below]) for top, *below in groups])
        if len(listed) > 1
        else ""
    )


def _link(entry: Entry) -> str:
    return f'<a href="#{entry.anchor}">{text(entry.title)}</a>'


def _list(items: list[str]) -> str:
    return f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>" if items else ""


def slug(title: str) -> str:
    """Return an id of plain letters for a Vietnamese title: ``I. Công tác chỉ đạo`` gives ``i-cong-tac-chi-dao``."""
    plain = unicodedata.normalize("NFD", title.casefold().replace("đ", "d"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "muc"


def _unused(wanted: str, used: set[str]) -> str:
    # The prefix keeps headings apart from the ids that tables and charts carry.
    anchor, count = f"muc-{wanted}", 1
    while anchor in used:
        count += 1
        anchor = f"muc-{wanted}-{count}"
    used.add(anchor)
    return anchor
