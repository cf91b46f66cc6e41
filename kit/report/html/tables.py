"""Tables and figures as HTML, each with the data behind it inside the same ``<figure>``."""

from __future__ import annotations

from collections.abc import Sequence

from kit.report.columns import named
from kit.report.datawords import column_printed, column_title
from kit.report.html import download, svg
from kit.report.html.markup import badge, optional, text
from kit.report.plain import hidden_rows_note

_SHOWN_POINTS = 60  # rows of a chart's data shown under it; all of them are in the download
_LONG_WORD = 16
_WIDE = 6  # columns from which a table is set in smaller type
_ROOM = 53  # rem that a table has beside the contents in a window of 1280 px


def table(block: dict, prefix: str) -> str:
    """Return a table with its caption, notes and download; ``prefix`` makes its ids unique on the page."""
    label = f"c-{prefix}"  # ids inside a chart begin with the prefix itself
    caption = f'<figcaption id="{label}">{text(block["caption"])}</figcaption>'
    if not block["rows"]:
        empty = optional('<p class="kit-empty">{}</p>', block["empty_text"])
        return f'<figure class="kit-table">{caption}{empty}</figure>'
    columns, data = block["columns"], block["data"] or [[c["title"] for c in block["columns"]], *block["rows"]]
    names = {at for at in range(len(columns)) if named(block, at)}
    body = "".join(_row(block, at, row, names) for at, row in enumerate(block["rows"]))
    head = "".join(
        f'<th scope="col"{_classes(column, column["title"])}>{text(column["title"])}</th>' for column in columns
    )
    classes = "kit-table kit-wide" if len(columns) >= _WIDE else "kit-table"
    return (
        f'<figure class="{classes}" style="--kit-w:{_least_width(columns)}">{caption}'
        f'<div class="kit-scroll" role="group" aria-labelledby="{label}" tabindex="0">'
        f'<table aria-labelledby="{label}">{_shares(columns)}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<div class="kit-under">{_notes(block)}{download.link(block["name"], data, block["caption"])}</div></figure>'
    )


def figure(block: dict, prefix: str) -> str:
    """Return a chart as inline SVG with its alternative text, its data as a table that opens, and the download."""
    label = f"c-{prefix}"  # ids inside a chart begin with the prefix itself
    drawing = svg.safe(block["svg"], prefix, block["alt"] or block["caption"])
    shown = f'<div class="kit-chart" role="group" aria-labelledby="{label}" tabindex="0">{drawing}</div>'
    data = _data_table(block["data"], label) if block["data"] else ""
    link = download.link(block["name"], block["data"], block["caption"]) if block["data"] else ""
    under = f'<div class="kit-under">{optional("<p>{}</p>", block["note"])}{data}{link}</div>'
    words = optional('<p class="kit-alt">{}</p>', "" if drawing else block["alt"])
    caption = f'<figcaption id="{label}">{text(block["caption"])}</figcaption>'
    return f'<figure class="kit-figure">{caption}{shown if drawing else words}{under}</figure>'


def _row(block: dict, at: int, row: Sequence[str], names: set[int]) -> str:
    cells = "".join(
        _named(block, column, value) if column in names else _cell(block, at, column, value)
        for column, value in enumerate(row)
    )
    return f'<tr class="kit-total">{cells}</tr>' if at in block["totals"] else f"<tr>{cells}</tr>"


def _named(block: dict, column: int, value: str) -> str:
    name, _, rest = value.partition("\n")
    return f"<td{_classes(block['columns'][column], value)}><strong>{text(name)}</strong>\n{text(rest)}</td>"


def _cell(block: dict, at: int, column: int, value: str) -> str:
    status = block["status"][at] if column == block["status_column"] and at < len(block["status"]) else ""
    start = f"<td{_classes(block['columns'][column], value)}>"
    if not status:
        return f"{start}{text(value)}</td>"
    if _says_status(value):
        return f"{start}{badge(status, value)}</td>"
    # A figure in the status column keeps its own colour of text; the words of the status follow it.
    return f"{start}{text(value)} {badge(status)}</td>"


def _says_status(value: str) -> bool:
    return not value.strip() or not any(sign.isdigit() for sign in value)


def _classes(column: dict, value: str = "") -> str:
    # Only words that could run off a page may break anywhere: a date or a number stays in one piece.
    names = [f"kit-{column['align']}"] if column["align"] in ("right", "center") else []
    names += ["kit-any"] if any(len(word) > _LONG_WORD for word in value.split()) else []
    return f' class="{" ".join(names)}"' if names else ""


def _shares(columns: Sequence[dict]) -> str:
    whole = sum(column["width"] for column in columns) or 1
    shares = (f'<col style="width:{100 * column["width"] / whole:.3g}%">' for column in columns)
    return f"<colgroup>{''.join(shares)}</colgroup>"


def _least_width(columns: Sequence[dict]) -> str:
    """Width below which the table scrolls rather than break its words: 5 to 9 rem for an average column."""
    whole, count = sum(column["width"] for column in columns) or 1, len(columns)
    narrowest = min((column["width"] for column in columns), default=1) or 1
    least = max(6.0 * count, min(3.0 * whole / narrowest, 9.0 * count))
    return f"{max(min(least, _ROOM), 5.0 * count if count > 10 else 0.0):.3g}rem"


def _notes(block: dict) -> str:
    return optional("<p>{}</p>", hidden_rows_note(block)) + optional("<p>{}</p>", block["note"])


def _data_table(data: Sequence[Sequence[str]], label: str) -> str:
    head, rows, left = data[0], data[1 : _SHOWN_POINTS + 1], len(data) - 1 - _SHOWN_POINTS
    titles = "".join(f'<th scope="col">{text(column_title(name))}</th>' for name in head)
    columns = [column_printed(name, [row[at] for row in rows]) for at, name in enumerate(head)]
    body = "".join(
        "<tr>" + "".join(f"<td>{text(value)}</td>" for value in row) + "</tr>" for row in zip(*columns, strict=True)
    )
    rest = f"<p>Còn {left} dòng trong tệp CSV.</p>" if left > 0 else ""
    return (
        '<details class="kit-data"><summary>Xem số liệu của biểu đồ</summary>'
        f'<div class="kit-scroll" role="group" aria-labelledby="{label}" tabindex="0">'
        f'<table aria-labelledby="{label}"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>'
        f"{rest}</details>"
    )
