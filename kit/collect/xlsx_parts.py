"""What the reading engine does not tell about an .xlsx file: its size before it is unpacked, and cells without a value.

Calamine gives a blank for ``#REF!`` and for a formula that was never calculated, and lays a sheet out as a full
rectangle; the parts of the archive are looked at first, so that neither is silent and no sheet can eat the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

LARGEST_FILE = 100 * 2**20  # bytes of a file as sent
LARGEST_PART = 250 * 2**20  # bytes of one unpacked part
LARGEST_TOTAL = 600 * 2**20
MOST_CELLS = 6_000_000  # cells of a sheet's rectangle

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*(?<!/)>')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>([^<]*)<")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def refusal(content: bytes) -> str | None:
    """Return why a file is not opened at all, as a problem code, or ``None``.

    ``file-empty``, ``file-too-large``, ``file-password`` (an encrypted workbook) or ``file-not-a-workbook``.
    """
    if not content:
        return "file-empty"
    if len(content) > LARGEST_FILE:
        return "file-too-large"
    if content.startswith(_OLE):
        return "file-password" if "EncryptedPackage".encode("utf-16-le") in content else None
    if not content.startswith(b"PK"):
        return "file-not-a-workbook"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "file-unreadable"
    if max(sizes, default=0) > LARGEST_PART or sum(sizes) > LARGEST_TOTAL:
        return "file-too-large"
    return None if names & {"xl/workbook.xml", "content.xml", "xl/workbook.bin"} else "file-not-a-workbook"


def sheet_paths(content: bytes) -> dict[str, str]:
    """Return sheet name → path of its part, for an .xlsx file; empty for other kinds and broken ones."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_sheet_paths(archive))
    except Exception:  # whatever is wrong with the archive, the engine will say it
        return {}


def sheet_part(content: bytes, path: str) -> bytes:
    """Return the XML of one sheet, blank when there is no such part or it is broken."""
    if not path:
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(path)
    except Exception:  # as above
        return b""


def _sheet_paths(archive: zipfile.ZipFile) -> Mapping[str, str]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    paths = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in archive.namelist():
                paths[element.get("name", "")] = path
    return paths


def too_wide(part: bytes) -> bool:
    """True when the rectangle around the filled cells of a sheet is larger than ``MOST_CELLS``."""
    rows = widest = 1
    for match in _FILLED.finditer(part):
        rows = max(rows, int(match[2]))
        widest = max(widest, column_number(match[1].decode()))
    return rows * widest > MOST_CELLS


def cells_without_value(part: bytes) -> dict[tuple[int, int], str]:
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
        place = (int(reference[2]), column_number(reference[1].decode()))
        value = _VALUE.search(inner)
        if error:
            found[place] = "error-value"
        elif not (value and value[1]) and b't="str"' not in attributes:
            found[place] = "formula-no-value"
    return found


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letter(number: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
