"""What the reading engine does not tell about an .ods file: error values, merged cells, and cells that are repeated.

One cell of an .ods file may stand for millions ("repeated 1,048,576 times"); the engine writes them all out. The XML is
looked at first, and the attributes are read just as the engine reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kit.collect.archive import Archive, Refused, packed
from kit.collect.sheet_extent import MOST_CELLS, Prepared, SheetNotes, stray_cells

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_ENTITIES = (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_TOKEN = re.compile(
    rb"<table:table (?P<table>[^>]*)>|</table:table>(?P<over>)|<table:table-row(?P<row>(?:[\s/][^>]*)?)>"
    rb"|</table:table-row>(?P<below>)|<table:(?:covered-)?table-cell(?P<cell>(?:[\s/][^>]*)?)>"
    rb"|</table:(?:covered-)?table-cell>(?P<closed>)"
)
_NAME = re.compile(rb'\btable:name\s*=\s*"([^"]*)"')
_TIMES = re.compile(rb"""\btable:number-(?:columns|rows)-repeated\s*=\s*["']\s*([0-9]{1,18})\s*["']""")
_SPANS = re.compile(rb'\btable:number-(columns|rows)-spanned="([0-9]{1,7})"')
_ERROR = re.compile(rb'calcext:value-type="error"|<text:p>(?:#[A-Z/0!?]+[!?A0]|Err:[0-9]{3})</text:p>')
_BLANK_ROW = b"<table:table-row/>"


@dataclass
class _Sheet:
    """What was seen of a table; filled cells as (row, column, begin and end in the XML), repeated ones at their end."""

    name: str
    begin: int
    row: int = 0
    column: int = 0
    end: int = 0
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def prepare_ods(archive: Archive) -> Prepared:
    """Look at all sheets of an .ods file; the engine reads them all when it opens the file."""
    if b"encryption-data" in (archive.part(_MANIFEST) or b""):
        raise Refused("file-password")
    content = archive.part(CONTENT)
    if content is None:
        raise Refused("file-unreadable")
    notes: dict[str, SheetNotes] = {}
    edits: list[tuple[int, int]] = []
    for sheet in _sheets(content):
        stray = stray_cells(sheet.rows, sheet.columns)
        if stray is None:
            notes[sheet.name] = SheetNotes(refused="sheet-too-large")
            edits.append((sheet.begin, sheet.end))
            continue
        away = tuple(sorted((sheet.rows[at], sheet.columns[at]) for at in stray))
        edits += [sheet.spans[at] for at in stray]
        notes[sheet.name] = SheetNotes(sheet.unread, tuple(sheet.merged), away)
    parts = [("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]
    parts += [(name, archive.part(name) or b"") for name in (_MANIFEST, "styles.xml") if name in archive.entries]
    return Prepared(packed([*parts, (CONTENT, _edited(content, edits))]), notes)


def _edited(content: bytes, edits: Sequence[tuple[int, int]]) -> bytes:
    """Blank out what the engine must not see: cells become cells without content, whole sheets become empty."""
    if not edits:
        return content
    pieces, at = [], 0
    for begin, end in sorted(set(edits)):
        if begin < at:
            continue
        cell = content[begin : begin + 30].startswith((b"<table:table-cell", b"<table:covered-table-cell"))
        pieces += [content[at:begin], b"<table:table-cell/>" if cell else b""]
        at = end
    return b"".join([*pieces, content[at:]])


def _sheets(content: bytes) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    row_at, row_times, pending = 0, 1, None
    for match in _TOKEN.finditer(content):
        kind = match.lastgroup
        if kind == "table":
            name = _NAME.search(match["table"])
            sheet = _Sheet(_plain(name[1] if name else b""), match.end())
        elif sheet is None:
            continue
        elif kind == "over":
            sheet.end = match.start()
            yield sheet
            sheet = None
        elif kind == "row":
            row_at, row_times, sheet.column = len(sheet.rows), _times(match["row"]), 0
            if match["row"].endswith(b"/"):
                sheet.row += row_times
        elif kind == "below":
            sheet.row += row_times
            sheet.rows[row_at:] = [sheet.row] * (len(sheet.rows) - row_at)
        elif kind == "cell":
            pending = _cell(sheet, match)
        elif pending is not None:
            _filled(sheet, content, (pending, match), row_times)
            pending = None
    if sheet is not None:  # cut off: the engine will say it
        sheet.end = len(content)
        yield sheet


def _cell(sheet: _Sheet, match: re.Match) -> re.Match | None:
    """Count a cell; return it when its content is still to come."""
    if not match["cell"].endswith(b"/"):
        return match
    if b"office:value" in match["cell"] or b"office:date" in match["cell"] or b"office:boolean" in match["cell"]:
        _note(sheet, (match.start(), match.end()), match["cell"])
    else:
        sheet.column += _times(match["cell"])
    return None


def _filled(sheet: _Sheet, content: bytes, tokens: tuple[re.Match, re.Match], row_times: int) -> None:
    begin, end = tokens
    attributes = begin["cell"]
    inner = content[begin.end() : end.start()]
    if b"office:value" not in attributes and b"<text:" not in inner:
        sheet.column += _times(attributes)
        if b"table:formula" in attributes:
            sheet.unread[(sheet.row + 1, sheet.column)] = "formula-no-value"
        return
    _note(sheet, (begin.start(), end.end()), attributes)
    if b"table:formula" in attributes and _ERROR.search(attributes + b">" + inner):
        for row in range(sheet.row + 1, sheet.row + 1 + min(row_times, 100)):
            sheet.unread[(row, sheet.column)] = "error-value"


def _note(sheet: _Sheet, span: tuple[int, int], attributes: bytes) -> None:
    spans = {match[1]: int(match[2]) for match in _SPANS.finditer(attributes)}
    across, down = spans.get(b"columns", 1), spans.get(b"rows", 1)
    if across > 1 or down > 1:
        row, column = sheet.row + 1, sheet.column + 1
        sheet.merged.append((row, column, row + down - 1, column + across - 1))
    sheet.column += _times(attributes)
    sheet.rows.append(sheet.row + 1)
    sheet.columns.append(sheet.column)
    sheet.spans.append(span)


def _times(attributes: bytes) -> int:
    match = _TIMES.search(attributes)
    return max(1, min(int(match[1]), MOST_CELLS + 1)) if match else 1


def _plain(name: bytes) -> str:
    text = name.decode("utf-8", errors="replace")
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text
