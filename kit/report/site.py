"""The offline index of a period: every unit with its headline figures and links to its reports.

One page that works from a folder, a memory stick or a mail attachment: no server, no network, complete without
JavaScript (units below one another open as ``<details>``); a small script adds the search by name without tones.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from kit.report.html.markup import optional, text
from kit.report.plain import STATUS_WORDS

ASSETS = Path(__file__).parent / "html"
_CLASSES = {"met": "m", "nearly": "y", "not_met": "x", "no_target": "o", "no_data": "d"}
_LEVELS = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh"}
_KEY_WORDS = {**STATUS_WORDS, "no_data": "Không phát sinh hoặc chưa có số liệu"}
_ALL_OPEN = 60  # with so few units nothing needs to be opened first


@dataclass(frozen=True)
class IndexRow:
    """One unit: ``cells`` are (printed text, status code or blank), ``links`` (label, relative path with ``/``).

    ``depth`` counts from 0 for the topmost unit; ``note`` says what the reader must know, e.g. a late submission.
    """

    unit_id: str
    name: str
    level: str = ""
    parent_id: str = ""
    depth: int = 0
    cells: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class IndexHead:
    """What stands above the units: titles of the cells' columns, figures of the period, files, remarks."""

    columns: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()  # (label, printed value), e.g. ("Đã gửi báo cáo", "23/24")
    files: tuple[tuple[str, str], ...] = ()  # (label, relative path) of period-level files
    notice: str = ""
    fictitious: str = ""
    made: str = ""


def render_index(period_label: str, rows: Sequence[IndexRow], head: IndexHead) -> str:
    """Return the index page of a period, the units in the order given; the same text for the same input.

    Raises ``ValueError`` for a ``unit_id`` that comes twice or a unit that is below itself.
    """
    style = (ASSETS / "index.css").read_text(encoding="utf-8")
    script = (ASSETS / "index.js").read_text(encoding="utf-8")
    title = f"Báo cáo truyền thông dự thảo chính sách – {period_label}"
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">{_VIEWPORT}{_policy(script)}'
        f"<title>{text(title)}</title><style>{style}</style></head>"
        f"<body><header><h1>{text(title)}</h1>{_above(head)}</header>"
        f"<main>{_SEARCH}{_key(rows)}{_units(rows, head.columns)}</main>"
        f"<footer>{optional('<p>{}</p>', head.made)}<p>Trang này xem được khi không có mạng.</p></footer>"
        f"<script>{script}</script></body></html>\n"
    )


def _policy(script: str) -> str:
    # Only the page's own script may run, whatever a name in the data contains.
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    allowed = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    policy = f"{allowed}; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_SEARCH = (
    '<div class="bar" role="search" hidden><label for="tim">Tìm đơn vị</label>'
    '<input id="tim" type="search" autocomplete="off" placeholder="Gõ tên, không cần dấu">'
    '<output for="tim"></output></div>'
)


def _above(head: IndexHead) -> str:
    facts = "".join(f"<li><b>{text(value)}</b>{text(label)}</li>" for label, value in head.facts)
    files = " · ".join(_link(label, path) for label, path in head.files)
    return (
        optional("<p class=fict>{}</p>", head.fictitious)
        + optional("<p>{}</p>", head.notice)
        + (f'<ul class="facts">{facts}</ul>' if facts else "")
        + (f"<p>Số liệu toàn kỳ: {files}</p>" if files else "")
    )


def _key(rows: Sequence[IndexRow]) -> str:
    used = {status for row in rows for _, status in row.cells}
    marks = "".join(
        f'<li class="{mark}">{_KEY_WORDS[status]}</li>' for status, mark in _CLASSES.items() if status in used
    )
    return f'<ul class="key" aria-label="Ký hiệu">{marks}</ul>' if marks else ""


def _units(rows: Sequence[IndexRow], columns: Sequence[str]) -> str:
    if not rows:
        return "<p>Chưa có đơn vị nào trong kỳ này.</p>"
    below = _children(rows)
    top = below.get("", [])
    groups = "".join(_group(row, below, columns, len(rows) <= _ALL_OPEN) for row in top if row.unit_id in below)
    # A single topmost unit has its own group; several are compared with one another first.
    table = "" if len(top) == 1 and groups else _table("Các đơn vị", columns, top)
    return f'<div class="c" style="--n:{len(columns)}">{table}{groups}</div>'


def _children(rows: Sequence[IndexRow]) -> dict[str, list[IndexRow]]:
    """Return the units by the unit above them; a unit whose upper unit is not in the index stands at the top."""
    parents = {row.unit_id: row.parent_id for row in rows}
    if len(parents) < len(rows):
        raise ValueError("a unit_id comes twice in the rows of the index")
    below: dict[str, list[IndexRow]] = defaultdict(list)
    for row in rows:
        _require_no_circle(row.unit_id, parents)
        below[row.parent_id if row.parent_id in parents else ""].append(row)
    return dict(below)


def _require_no_circle(unit_id: str, parents: dict[str, str]) -> None:
    seen, upper = {unit_id}, parents[unit_id]
    while upper in parents:
        if upper in seen:
            raise ValueError(f"unit {unit_id!r} is below itself in the rows of the index")
        seen.add(upper)
        upper = parents[upper]


def _group(row: IndexRow, below: dict[str, list[IndexRow]], columns: Sequence[str], all_open: bool) -> str:
    inside = below[row.unit_id]
    deeper = "".join(_group(unit, below, columns, all_open) for unit in inside if unit.unit_id in below)
    title = f"<span>{text(row.name)}</span> <i>{_count(inside)}</i>"
    opened = " open" if all_open or not row.depth else ""
    table = _table(row.name, columns, [row, *inside], upper=True)
    return f"<details{opened}><summary>{title}</summary>{table}{deeper}</details>"


def _count(units: Sequence[IndexRow]) -> str:
    levels = {unit.level for unit in units}
    kind = _LEVELS.get(levels.pop(), "trực thuộc") if len(levels) == 1 else "trực thuộc"
    return f"{len(units)} đơn vị {kind}"


def _table(label: str, columns: Sequence[str], units: Sequence[IndexRow], upper: bool = False) -> str:
    head = "".join(f"<th scope=col>{text(title)}" for title in ("Đơn vị", *columns, "Báo cáo"))
    body = "".join(_row(unit, upper and not at) for at, unit in enumerate(units))
    return (
        f'<div class="w" tabindex="0" role="group" aria-label="{text(label)}">'
        f"<table><thead><tr>{head}<tbody>{body}</table></div>"
    )


def _row(row: IndexRow, upper: bool) -> str:
    # End tags of rows and cells may be left out in HTML; with thousands of units that halves the page.
    cells = "".join(_cell(value, status) for value, status in row.cells)
    links = "".join(_link(label, path) for label, path in row.links)
    note = optional("<span class=n>{}</span>", row.note)
    return f"<tr{' class=up' if upper else ''}><th scope=row>{text(row.name)}{note}{cells}<td class=l>{links}"


def _cell(value: str, status: str) -> str:
    if status not in _CLASSES:
        return f"<td>{text(value)}"
    # The shape and colour are the style sheet's; the words are for those who hear the page. A value that is missing
    # says so itself: "không phát sinh" is not the same as "chưa có số liệu".
    spoken = "" if status == "no_data" and any(map(str.isalpha, value)) else STATUS_WORDS[status]
    return f"<td><span class={_CLASSES[status]}>{text(value)}{optional('<span class=v> {}</span>', spoken)}</span>"


def _link(label: str, path: str) -> str:
    return f'<a href="{quote(path.replace(chr(92), "/"), safe="/._-~")}">{text(label)}</a>'
