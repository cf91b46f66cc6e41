"""What the reading engine does not tell about an .xls file: passwords, error values, how far a sheet goes.

The stream of records is looked at and mended before the engine gets it: sizes that a damaged file promises are set to
those that are there, since the engine sets memory aside for them. Layout: [MS-XLS], BIFF5 and BIFF8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kit.collect.archive import Refused
from kit.collect.compound import container, read_stream
from kit.collect.sheet_extent import Prepared, SheetNotes, stray_cells

_BOF, _EOF, _FILE_PASS, _SHEET, _STRINGS, _SIZE, _MERGED = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC, 0x0200, 0x00E5
_NUMBERS, _FORMULA, _TRUTH_OR_ERROR = 0x00BD, 0x0006, 0x0205
_ONE_CELL = {_FORMULA, _TRUTH_OR_ERROR, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6}
_IGNORED = 0x0FFF  # no record of this type exists; the engine passes over it
_MOST_SHEETS = 256
_ERROR_RESULT = (2, 0xFFFF)  # first byte and last two of a formula's result


def prepare_xls(content: bytes) -> Prepared:
    """Look at an .xls file. Raises ``Refused`` for a damaged container, a password, another kind of document."""
    try:
        found = read_stream(content, ("Workbook", "Book"))
    except (struct.error, IndexError, ValueError):
        raise Refused("file-unreadable") from None
    if found is None:
        raise Refused("file-not-a-workbook")
    name, stream = found[0], bytearray(found[1])
    modern, sheets = _globals(stream)
    notes: dict[str, SheetNotes] = {}
    done: set[int] = set()
    for sheet, at in sheets:
        if at in done:  # two sheets in one place: nobody can tell which is meant
            raise Refused("file-unreadable")
        done.add(at)
        notes[sheet] = _sheet(stream, at, modern)
    return Prepared(container(name, bytes(stream)), notes)


def _records(stream: bytearray, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield (type, begin of the data, length) from a place up to the end of its substream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return
        yield kind, at + 4, length
        if kind == _EOF:
            return
        at += 4 + length


def _globals(stream: bytearray) -> tuple[bool, list[tuple[str, int]]]:
    """Read the list of sheets: (BIFF8 or later, [(name, place)]); the count of strings is mended."""
    modern, sheets = True, []
    for kind, at, length in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refused("file-password")
        if kind == _BOF and length >= 2:
            modern = struct.unpack_from("<H", stream, at)[0] >= 0x0600
        elif kind == _SHEET and length >= 8:
            sheets.append((_name(bytes(stream[at + 6 : at + length]), modern), struct.unpack_from("<I", stream, at)[0]))
        elif kind == _STRINGS and length >= 8:
            promised = struct.unpack_from("<I", stream, at + 4)[0]
            struct.pack_into("<I", stream, at + 4, min(promised, len(stream) // 3))
    if len(sheets) > _MOST_SHEETS:
        raise Refused("file-too-large")
    return modern, sheets


def _name(raw: bytes, modern: bool) -> str:
    count = raw[0]
    if not modern:
        return raw[1 : 1 + count].decode("cp1252", errors="replace")
    wide = raw[1] & 1
    return raw[2 : 2 + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", errors="replace")


def _sheet(stream: bytearray, begin: int, modern: bool) -> SheetNotes:
    rows, columns, places, sizes = [], [], [], []
    unread: dict[tuple[int, int], str] = {}
    merged: list[tuple[int, int, int, int]] = []
    for kind, at, length in _records(stream, begin):
        if kind == _FILE_PASS:
            raise Refused("file-password")
        if kind == _SIZE:
            sizes.append((at, length))
        elif kind == _MERGED and length >= 2:
            merged += _ranges(stream, at, length)
        elif (kind in _ONE_CELL or kind == _NUMBERS) and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _NUMBERS else column
            rows.append(row + 1)
            columns.append(max(column, last) + 1)
            places.append(at - 4)
            if _is_error(stream, kind, at, length):
                unread[(row + 1, column + 1)] = "error-value"
    stray = stray_cells(rows, columns)
    refused = "sheet-too-large" if stray is None else ""
    away = range(len(places)) if stray is None else stray
    for at in away:
        struct.pack_into("<H", stream, places[at], _IGNORED)
    gone = set(away)
    kept = [at for at in range(len(places)) if at not in gone] if gone else range(len(places))
    _mend_sizes(
        stream, sizes, modern, (max((rows[at] for at in kept), default=0), max((columns[at] for at in kept), default=0))
    )
    named = () if refused else tuple(sorted((rows[at], columns[at]) for at in away))
    return SheetNotes(unread, tuple(merged), named, refused)


def _mend_sizes(stream: bytearray, sizes: list[tuple[int, int]], modern: bool, extent: tuple[int, int]) -> None:
    rows, columns = extent
    for at, length in sizes:
        if modern and length >= 12:
            struct.pack_into("<IIHH", stream, at, 0, rows, 0, min(columns, 0xFFFF))
        elif length >= 8:
            struct.pack_into("<HHHH", stream, at, 0, min(rows, 0xFFFF), 0, min(columns, 0xFFFF))


def _ranges(stream: bytearray, at: int, length: int) -> Iterator[tuple[int, int, int, int]]:
    count = struct.unpack_from("<H", stream, at)[0]
    for number in range(min(count, (length - 2) // 8)):
        first_row, last_row, first, last = struct.unpack_from("<HHHH", stream, at + 2 + number * 8)
        yield first_row + 1, first + 1, last_row + 1, last + 1


def _is_error(stream: bytearray, kind: int, at: int, length: int) -> bool:
    if kind == _TRUTH_OR_ERROR:
        return length >= 8 and stream[at + 7] == 1
    if kind == _FORMULA and length >= 14:
        return (stream[at + 6], struct.unpack_from("<H", stream, at + 12)[0]) == _ERROR_RESULT
    return False
