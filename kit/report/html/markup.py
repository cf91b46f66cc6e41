"""Small pieces of markup that all renderers share: escaping, ids, the mark of a status."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from kit.report.plain import status_word, visible

# Each status has a shape of its own, so that it is told apart in black and white print and by colour-blind readers.
_SHAPES = {
    "met": '<path fill-rule="evenodd" d="M8 0a8 8 0 110 16A8 8 0 018 0zm3.4 4.4L6.9 9.5 4.6 7.3 3.3 8.7l3.7 3.5 '
    '5.9-6.6z"/>',
    "nearly": '<path fill-rule="evenodd" d="M8 .5L16 15.5H0zM7.1 6l.3 5h1.2l.3-5zm.9 5.9a1 1 0 100 2 1 1 0 000-2z"/>',
    "not_met": '<path fill-rule="evenodd" d="M.5.5h15v15H.5zm4.4 3L3.5 4.9 6.6 8l-3.1 3.1 1.4 1.4L8 9.4l3.1 3.1 '
    '1.4-1.4L9.4 8l3.1-3.1-1.4-1.4L8 6.6z"/>',
    "no_target": '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "no_data": '<path d="M1 6.8h14v2.4H1z"/>',
}


def text(value: object) -> str:
    """Return the value as escaped text: nothing in it can become markup, in an element or in a quoted attribute."""
    return _escaped(value) if type(value) is str else escape(visible(value), quote=True)


@lru_cache(maxsize=1 << 13)
def _escaped(value: str) -> str:
    """Most texts of a report are those of the one before: names of indicators, units, statuses, small numbers."""
    return escape(visible(value), quote=True)


def optional(template: str, value: object) -> str:
    """Return the template with the escaped value in place of ``{}``, or nothing for a blank value."""
    return template.replace("{}", text(value), 1) if str(value).strip() else ""


def shape(status: str) -> str:
    """Return the small drawing that marks a status (decorative: the words stand beside it)."""
    if status not in _SHAPES:
        return ""
    size = 'viewBox="0 0 16 16" width="14" height="14" fill="currentColor"'
    return f'<svg class="kit-shape" aria-hidden="true" focusable="false" {size}>{_SHAPES[status]}</svg>'


def badge(status: str, words: str = "") -> str:
    """Return a status as shape, words and colour together; nothing for a blank status without words."""
    label = status_word(status, words)
    if not label:
        return ""
    return f'<span class="kit-status kit-{status_class(status)}">{shape(status)}<span>{text(label)}</span></span>'


def status_class(status: str) -> str:
    """Return the class name of a status; an unknown one gets none of the colours."""
    return status.replace("_", "-") if status in _SHAPES else "plain"
