"""Rows of the index as HTML: short markup, because a country has thousands of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from kit.report.html.markup import optional, text
from kit.report.site_data import IndexRow

# Classes of a status. Their shape, colour and words for those who hear the page are the style sheet's: an element of
# its own for the words would double the elements of a page of thousands of units.
CLASSES = {"met": "m", "nearly": "y", "not_met": "x", "no_target": "o", "no_data": "d"}
_ALL = CLASSES | {"on_time": "on", "late": "la", "missing": "no"}


def table(
    label: str, columns: Sequence[str], units: Sequence[IndexRow], places: Mapping[str, int], *, upper: bool = False
) -> str:
    """Return a table of units; ``columns`` are all titles; with ``upper`` the first unit is above the others."""
    head = "".join(f"<th scope=col>{text(title)}" for title in columns)
    last = len(columns) - 1
    body = "".join(_row(unit, places[unit.unit_id], upper and not at, last) for at, unit in enumerate(units))
    return (
        f'<div class="w" tabindex="0" role="group" aria-label="{text(label)}">'
        f"<table><thead><tr>{head}<tbody>{body}</table></div>"
    )


def _row(row: IndexRow, place: int, upper: bool, last: int) -> str:
    # End tags of rows and cells may be left out in HTML; with thousands of units that halves the page.
    cells = "".join(value_cell(*cell) for cell in row.cells)
    links = "".join(link(label, path) for label, path in row.links)
    note = optional("<span class=n>{}</span>", row.note)
    state = optional("<span class=n>{}</span>", row.issue_text)
    start = f"<tr data-u={place}{' class=up' if upper else ''}>"
    end = f"<td class=l>{links}{state}" if last > len(row.cells) else ""
    return f"{start}<th scope=row>{text(row.name)}{note}{cells}{end}"


def value_cell(value: str, status: str, path: str = "") -> str:
    """Return a cell with a value marked by its status, linked to a path if there is one."""
    shown = link(value, path) if path else text(value)
    return f"<td class={_ALL[status]}>{shown}" if status in _ALL else f"<td>{shown}"


def link(label: str, path: str) -> str:
    """Return a link to a file beside the page; a path can never become another kind of address."""
    return f'<a href="{quoted(path)}">{text(label)}</a>'


def quoted(path: str) -> str:
    """Return a relative path as an address."""
    return quote(path.replace(chr(92), "/"), safe="/._-~")
