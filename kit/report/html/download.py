"""The data behind a table or figure as a file inside the page: CSV in a ``data:`` address, which works offline."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence

from kit.report.html.markup import text
from kit.report.plain import visible

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def link(name: str, rows: Iterable[Sequence[str]], label: str) -> str:
    """Return ``<a download>`` for the rows, header first; ``label`` says in a screen reader what the data is of."""
    encoded = b64encode(render_csv(rows)).decode("ascii")
    return (
        f'<a class="kit-download" download="{text(file_name(name))}.csv" '
        f'href="data:text/csv;charset=utf-8;base64,{encoded}">'
        f'Tải số liệu (CSV)<span class="kit-hidden"> – {text(label)}</span></a>'
    )


def render_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as CSV, with the byte order mark by which Excel knows UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def file_name(name: str) -> str:
    """Return a file name without folders and without signs that Windows refuses."""
    kept = re.sub(r"[^\w.-]+", "-", visible(name)).strip("-._")
    return kept[:80] or "so-lieu"


def _cell(value: object) -> str:
    # A spreadsheet must not run a text as a formula; a number such as -5 stays a number (contracts.md, CSV).
    raw = "" if value is None else str(value)
    return f"'{visible(raw)}" if raw.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(raw) else visible(raw)
