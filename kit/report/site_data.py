"""What the index is made of, and its compact data for the script: all indicators of all units in one block of text.

The block is a hidden ``<pre>``: lines of cells parted by tabs. First the kinds of links (label, path with ``*`` for the
unit), then the indicators (code, title), then one line for each unit: code, name, level, place of the unit above it (or
blank), state of sending, state of the report with its words, places of its links, and for each indicator the letter of
its status before the printed value. A blank line parts the three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.report.html.markup import text

LETTERS = {"met": "m", "nearly": "y", "not_met": "x", "no_target": "o", "no_data": "d"}


@dataclass(frozen=True)
class IndexRow:
    """One unit: ``cells`` are (printed text, status or blank[, path]), ``links`` (label, relative path with ``/``).

    ``note`` says what the reader must know, e.g. a late submission; ``summary`` what is said of the units below it.
    ``state`` is how it has sent (a code of ``IndexHead.states``), ``issue`` how its report stands (``issues``), said in
    ``issue_text``; ``figures`` are (printed value, status) of every indicator of ``IndexHead.indicators``.
    """

    unit_id: str
    name: str
    level: str = ""
    parent_id: str = ""
    depth: int = 0
    cells: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""
    summary: str = ""
    state: str = ""
    issue: str = ""
    issue_text: str = ""
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class IndexHead:
    """What stands above the units: titles of the cells' columns, figures of the period, files, remarks.

    ``indicators`` (code, title), ``states`` and ``issues`` (code, words) are what one can filter by; ``back`` is a
    link (label, path) to the page above.
    """

    columns: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()  # (label, printed value), e.g. ("Đã gửi báo cáo", "23/24")
    files: tuple[tuple[str, str], ...] = ()  # (label, relative path) of period-level files
    notice: str = ""
    fictitious: str = ""
    made: str = ""
    indicators: tuple[tuple[str, str], ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    issues: tuple[tuple[str, str], ...] = ()
    back: tuple[str, str] | tuple[()] = ()
    links_title: str = "Báo cáo"  # of the last column, blank for none


def render_data(rows: Sequence[IndexRow], head: IndexHead) -> str:
    """Return the data of the script."""
    kinds: dict[tuple[str, str], int] = {}
    places = {row.unit_id: at for at, row in enumerate(rows)}
    lines = [_line(row, places, kinds) for row in rows]
    parts = (_lines(kinds), _lines(head.indicators), "\n".join(lines))
    return f'<pre id="data" hidden>\n{text(chr(10).join(f"{part}{chr(10)}" for part in parts))}</pre>'


def _lines(records: Sequence[Sequence[str]] | dict) -> str:
    return "\n".join("\t".join(map(_plain, record)) for record in records)


def _line(row: IndexRow, places: dict[str, int], kinds: dict[tuple[str, str], int]) -> str:
    upper = places.get(row.parent_id, "")
    links = []
    for label, path in row.links:
        links.append(kinds.setdefault((label, path.replace(row.unit_id, "*")), len(kinds)))
    told = (row.unit_id, row.name, row.level, upper, row.state, row.issue, row.issue_text, " ".join(map(str, links)))
    figures = (LETTERS.get(status, "o") + value for value, status in row.figures)
    return "\t".join(map(_plain, (*told, *figures)))


def _plain(value: object) -> str:
    return " ".join(str(value).split())
