"""What the reading engine does not tell about an .xlsx file: cells without a value, merged cells, how far a sheet goes.

Calamine gives a blank for ``#REF!`` and for a formula that was never calculated, and lays a sheet out as a full
rectangle; the parts of the archive are looked at first, so that neither is silent and no sheet can eat the memory.
Macros, pictures and whatever else is in the archive are left out of what the engine gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree
from xml.parsers import expat

from kit.collect.archive import Archive, Refused, packed
from kit.collect.sheet_extent import MOST_CELLS, Prepared, SheetNotes, column_number, stray_cells

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_LARGEST_BOOK = 4 * 2**20  # bytes of the list of sheets
_MOST_MERGED = 20_000
_NOWHERE = 2**31
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FILLED = re.compile(rb'<c r="([A-Za-z]+)([0-9]+)"[^<>]*(?<!/)>\s*<(?!/)')
_LETTERS, _DIGITS = re.compile(rb'<c r="([A-Za-z]+)[0-9]'), re.compile(rb'<c r="[A-Za-z]+([0-9]+)"')
_FAR = re.compile(rb'<c r="(?:[A-Za-z]{3,}[0-9]|[A-Za-z]+[0-9]{4,}")')  # column AAA and beyond, or row 1,000 and below
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>([^<]*)<")
_REFERENCE = re.compile(rb'\br="([A-Za-z]+)([0-9]+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_COUNTED = re.compile(rb"<(?:\w+:)?(?:sst|numFmts|fonts|fills|borders|cellStyleXfs|cellXfs|cellStyles|dxfs)\b[^>]*>")
_COUNT = re.compile(rb"""\s(?:unique)?[cC]ount\s*=\s*(?:"[^"]*"|'[^']*')""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_Place = tuple[int, int]


def prepare_xlsx(archive: Archive, unused: Sequence[str] = ()) -> Prepared:
    """Look at the sheets of a workbook, except those named ``unused``. Raises ``Refused`` without a list of sheets."""
    if (archive.part(WORKBOOK) or b"").strip() == b"":
        raise Refused("file-unreadable")
    paths = sheet_paths(archive)
    notes: dict[str, SheetNotes] = {}
    content = packed(_parts(archive, {name: path for name, path in paths.items() if name not in unused}, notes))
    return Prepared(content, notes, archive, paths)


def _parts(archive: Archive, paths: Mapping[str, str], notes: dict[str, SheetNotes]) -> Iterator[tuple[str, bytes]]:
    """Yield what the engine needs, one sheet in memory at a time, and note what is known of each sheet."""
    for name in archive.entries:
        low = name.lower()
        if low == "[content_types].xml" or re.fullmatch(r"(_rels/\.rels|xl/(_rels/)?[^/]*\.(xml|rels))", low):
            data = archive.part(name)
            if data is not None:
                yield name, _without_counts(data) if low.endswith(("strings.xml", "styles.xml")) else data
    for sheet, path in paths.items():
        part = archive.part(path)
        if part is None:
            notes[sheet] = SheetNotes(refused="sheet-unreadable")
            continue
        part, notes[sheet] = look_at(part)
        if not notes[sheet].refused:
            yield path, part


def _without_counts(data: bytes) -> bytes:
    """Leave out how many strings and styles the file promises: the engine would set memory aside for them."""
    return _COUNTED.sub(lambda match: _COUNT.sub(b"", match[0]), data) if _COUNT.search(data) else data


def sheet_paths(archive: Archive) -> dict[str, str]:
    """Return sheet name → path of its part; empty when the list of sheets cannot be understood."""
    try:
        relations = ElementTree.fromstring(_small(archive, _RELATIONS))
        book = ElementTree.fromstring(_small(archive, WORKBOOK))
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Refused("file-unreadable") from None
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    paths = {}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = targets.get(element.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in archive.entries:
                paths[element.get("name", "")] = path
    return paths


def _small(archive: Archive, name: str) -> bytes:
    data = archive.part(name) or b""
    if len(data) > _LARGEST_BOOK or b"<!ENTITY" in data:
        raise Refused("file-unreadable")
    return data


def look_at(part: bytes) -> tuple[bytes, SheetNotes]:
    """Return the XML of a sheet, without stray cells, and what is known of the sheet."""
    unread, merged = cells_without_value(part), merged_ranges(part)
    if not _is_plain(part):
        return part, SheetNotes(unread, merged, refused=_judged(part))
    if not _FAR.search(part) or _surely_fits(part):
        return part, SheetNotes(unread, merged)
    found = [_place(match) for match in _FILLED.finditer(part)]
    stray = stray_cells([row for row, _ in found], [column for _, column in found])
    if stray is None:
        return part, SheetNotes(refused="sheet-too-large")
    away = {found[at] for at in stray}
    return _without(part, away) if away else part, SheetNotes(unread, merged, tuple(sorted(away)))


def _surely_fits(part: bytes) -> bool:
    """A quick look that large sheets in order pass: the last row and the last column, formatted cells included."""
    letters = max({name.decode().upper() for name in set(_LETTERS.findall(part))}, key=lambda name: (len(name), name))
    rows = max(set(_DIGITS.findall(part)), key=lambda number: (len(number), number))
    return len(letters) <= 3 and len(rows) <= 7 and column_number(letters) * int(rows) <= MOST_CELLS


def _place(reference: re.Match) -> _Place:
    """Return (row, column) of a reference; what no spreadsheet has is very far away."""
    letters, digits = reference[1], reference[2]
    row = int(digits) if len(digits) <= 9 else _NOWHERE
    return row, column_number(letters.decode().upper()) if len(letters) <= 6 else _NOWHERE


def _is_plain(part: bytes) -> bool:
    """True when every cell is written ``<c r="A1"``, as all known programs do."""
    cells = sum(part.count(b"<c" + after) for after in (b" ", b">", b"/", b"\n", b"\r", b"\t"))
    return cells == part.count(b'<c r="') and b":c " not in part and b":c>" not in part and b"\x00" not in part[:200]


def _judged(part: bytes) -> str:
    """Count rows and columns as the engine does where cells do not say their place; return the finding, or blank."""
    place, most = [0, 0], [0, 0]

    def start(name: str, attributes: dict[str, str]) -> None:
        low = name.rpartition(":")[2]
        if low == "row":
            number = attributes.get("r", "")
            place[:] = [int(number[:10]) if number.isascii() and number.isdigit() else place[0] + 1, 0]
        elif low == "c":
            match = re.fullmatch(rb"([A-Za-z]+)([0-9]+)", attributes.get("r", "").encode())
            row, place[1] = _place(match) if match else (place[0], place[1] + 1)
            most[:] = [max(most[0], row), max(most[1], place[1])]

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError):
        return "sheet-unreadable"
    return "sheet-too-large" if most[0] * most[1] > MOST_CELLS else ""


def _without(part: bytes, places: set[_Place]) -> bytes:
    def kept(match: re.Match) -> bytes:
        reference = _REFERENCE.search(match[1])
        return b"" if reference and _place(reference) in places else match[0]

    return _CELL.sub(kept, part)


def cells_without_value(part: bytes) -> dict[_Place, str]:
    """Return (row, column), counted from 1 → ``error-value`` or ``formula-no-value`` for such cells of a sheet."""
    if b't="e"' not in part and not _FORMULA.search(part):
        return {}
    found = {}
    for match in _CELL.finditer(part):
        attributes, inner = match[1], match[2] or b""
        error = b't="e"' in attributes
        if not (error or _FORMULA.search(inner)):
            continue
        reference = _REFERENCE.search(attributes)
        if not reference:
            continue
        place = _place(reference)
        value = _VALUE.search(inner)
        if error:
            found[place] = "error-value"
        elif not (value and value[1]) and b't="str"' not in attributes:
            found[place] = "formula-no-value"
    return found


def merged_ranges(part: bytes) -> tuple[tuple[int, int, int, int], ...]:
    """Return merged cells as (first row, first column, last row, last column)."""
    if b"mergeCell" not in part:
        return ()
    found = []
    for match in _MERGED.finditer(part):
        first, last = column_number(match[1].decode()), column_number(match[3].decode())
        found.append((int(match[2]), first, int(match[4]), last))
        if len(found) >= _MOST_MERGED:
            break
    return tuple(found)
