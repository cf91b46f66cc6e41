"""The offline index: every unit with its headline figures and links to its reports.

One page that works from a folder, a memory stick or a mail attachment: no server, no network, complete without
JavaScript (units below one another open as ``<details>``). A small script adds the search by name without tones, the
filters, and the table of all indicators, which it draws from compact data (``site_data``) when it is asked for.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from kit.report.html.markup import optional, text
from kit.report.plain import STATUS_WORDS
from kit.report.site_data import IndexHead, IndexRow, render_data
from kit.report.site_rows import CLASSES, link, table

ASSETS = Path(__file__).parent / "html"
_LEVELS = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh"}
_KEY_WORDS = {**STATUS_WORDS, "no_data": "Không phát sinh hoặc chưa có số liệu"}
_ALL_OPEN = 60  # with so few units nothing needs to be opened first


def render_index(period_label: str, rows: Sequence[IndexRow], head: IndexHead, *, lead: str = "") -> str:
    """Return the index page of a period, the units in the order given; the same text for the same input.

    Without a ``period_label`` it is the page of all periods; ``lead`` is markup that stands before the units.
    Raises ``ValueError`` for a ``unit_id`` that comes twice or a unit that is below itself.
    """
    style = (ASSETS / "index.css").read_text(encoding="utf-8")
    script = (ASSETS / "index.js").read_text(encoding="utf-8")
    title = " – ".join(filter(None, ("Báo cáo truyền thông dự thảo chính sách", period_label)))
    places = {row.unit_id: at for at, row in enumerate(rows)}
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">{_VIEWPORT}{_policy(script)}'
        f"<title>{text(title)}</title><style>{style}</style></head>"
        f"<body><header><h1>{text(title)}</h1>{_above(head)}</header>"
        f"<main>{lead}{_bar(rows, head)}{_key(rows)}{_units(rows, _titles(head), places)}"
        f'<div id="all" hidden></div></main>'
        f"<footer>{optional('<p>{}</p>', head.made)}<p>Trang này xem được khi không có mạng.</p></footer>"
        f"{render_data(rows, head)}<script>{script}</script></body></html>\n"
    )


def _titles(head: IndexHead) -> tuple[str, ...]:
    return ("Đơn vị", *head.columns, *filter(None, (head.links_title,)))


def _policy(script: str) -> str:
    # Only the page's own script may run, whatever a name in the data contains.
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    allowed = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    policy = f"{allowed}; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_SEARCH = (
    '<div class="find" role="search"><label for="tim">Tìm đơn vị</label>'
    '<input id="tim" type="search" autocomplete="off" placeholder="Gõ tên, không cần dấu"></div>'
)
_SWITCH = (
    '<div class="views" role="group" aria-label="Cách xem"><button type="button" data-view="tree" aria-pressed="true">'
    'Theo địa bàn</button><button type="button" data-view="all" aria-pressed="false">Toàn bộ chỉ số</button></div>'
)


def _bar(rows: Sequence[IndexRow], head: IndexHead) -> str:
    """Search, filters and the choice of view: hidden until the script is there to serve them."""
    filters = [
        _select("level", "Cấp", sorted({row.level for row in rows if row.level})),
        _select("sent", "Gửi báo cáo", _present(head.states, {row.state for row in rows})),
        _select("issue", "Báo cáo", _present(head.issues, {row.issue for row in rows})),
    ]
    if head.indicators:
        statuses = _present(_KEY_WORDS, {status for row in rows for _, status in row.figures})
        named = [(str(at), f"{id} {title}") for at, (id, title) in enumerate(head.indicators)]
        filters += [_select("of", "Chỉ số", named, everything=""), _select("status", "Mức", statuses)]
    shown = "".join(filters)
    folded = f'<details class="more"><summary>Bộ lọc</summary><div>{shown}</div></details>' if shown else ""
    switch = _SWITCH if head.indicators else ""
    return f'<div class="bar" hidden>{_SEARCH}{switch}{folded}<output for="tim"></output></div>'


def _present(words, used: set[str]) -> list[tuple[str, str]]:
    return [(code, said) for code, said in dict(words).items() if code in used]


def _select(name: str, label: str, options: Sequence, everything: str = "Tất cả") -> str:
    """Return a labelled choice; nothing where there is nothing to choose between."""
    pairs = [(option, option) if isinstance(option, str) else option for option in options]
    if len(pairs) < 2:
        return ""
    first = f'<option value="">{everything}</option>' if everything else ""
    shown = first + "".join(f'<option value="{text(code)}">{text(said)}</option>' for code, said in pairs)
    return f'<label>{text(label)} <select id="f-{name}">{shown}</select></label>'


def _above(head: IndexHead) -> str:
    facts = "".join(f"<li><b>{text(value)}</b>{text(label)}</li>" for label, value in head.facts)
    files = " · ".join(link(label, path) for label, path in head.files)
    up = f'<p class="back">{link(*head.back)}</p>' if head.back else ""
    return (
        up
        + optional("<p class=fict>{}</p>", head.fictitious)
        + optional("<p>{}</p>", head.notice)
        + (f'<ul class="facts">{facts}</ul>' if facts else "")
        + (f"<p>Số liệu toàn kỳ: {files}</p>" if files else "")
    )


def _key(rows: Sequence[IndexRow]) -> str:
    used = {status for row in rows for _, status, *_ in (*row.cells, *row.figures)}
    marks = "".join(
        f'<li class="{CLASSES[status]}">{said}</li>' for status, said in _KEY_WORDS.items() if status in used
    )
    return f'<ul class="key" aria-label="Ký hiệu">{marks}</ul>' if marks else ""


def _units(rows: Sequence[IndexRow], columns: Sequence[str], places: dict[str, int]) -> str:
    if not rows:
        return '<p id="tree">Chưa có đơn vị nào trong kỳ này.</p>'
    below = _children(rows)
    top = below.get("", [])
    tree = _Tree(below, tuple(columns), places, len(rows) <= _ALL_OPEN)
    groups = "".join(tree.group(row, outer=True) for row in top if row.unit_id in below)
    # A single topmost unit has its own group; several are compared with one another first.
    first = "" if len(top) == 1 and groups else table("Các đơn vị", columns, top, places)
    many = "" if len(rows) <= _ALL_OPEN else " many"
    return f'<div class="c{many}" id="tree" style="--n:{len(columns) - 2}">{first}{groups}</div>'


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


class _Tree:
    """Units below one another as groups that open."""

    def __init__(self, below: dict[str, list[IndexRow]], columns: tuple[str, ...], places: dict[str, int], open: bool):
        self._below, self._columns, self._places, self._open = below, columns, places, open

    def group(self, row: IndexRow, *, outer: bool = False) -> str:
        """Return a unit and those directly below it, then the groups of those that have units below them."""
        inside = self._below[row.unit_id]
        deeper = "".join(self.group(unit) for unit in inside if unit.unit_id in self._below)
        said = ", ".join(filter(None, (_count(inside), row.summary)))
        opened = " open" if self._open or outer else ""
        units = table(row.name, self._columns, [row, *inside], self._places, upper=True)
        title = f"<span>{text(row.name)}</span> <i>{text(said)}</i>"
        return f"<details{opened}><summary>{title}</summary>{units}{deeper}</details>"


def _count(units: Sequence[IndexRow]) -> str:
    levels = {unit.level for unit in units}
    level = levels.pop() if len(levels) == 1 else ""
    if level and level not in _LEVELS:
        return f"{len(units)} {level[0].lower()}{level[1:]}"
    return f"{len(units)} đơn vị {_LEVELS.get(level, 'trực thuộc')}"
