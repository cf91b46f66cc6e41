"""Cases of whole files: passwords, truncation, other formats, archives that are bombs."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from kit.collect.compound import container, read_stream
from tests.cases.returned_book import Book
from tests.cases.returned_cases import case

RETURNS = Path(__file__).parent / "returns"
TASKS_PART = "xl/worksheets/sheet2.xml"


def edited(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return the archive with other parts (``None``: left out), with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in (*old.namelist(), *(name for name in changes if name not in old.namelist())):
            data = changes[name] if name in changes else old.read(name)
            if data is not None:
                new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def _nothing(book: Book) -> None:
    """The book stays in order; the bytes are spoilt."""


def _without_end(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _with_macro(content: bytes) -> bytes:
    types = part(content, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return edited(content, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 never run"})


def _bomb(content: bytes) -> bytes:
    sheet = part(content, TASKS_PART).replace(b"</sheetData>", b"<!--" + b" " * (170 * 2**20) + b"--></sheetData>")
    return edited(content, {TASKS_PART: sheet})


def _lying_bomb(content: bytes) -> bytes:
    """The directory says 1,000 bytes where 40 MiB come out."""
    data = bytearray(edited(content, {TASKS_PART: b"<worksheet>" + b" " * (40 * 2**20) + b"</worksheet>"}))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if bytes(data[at + 46 : at + 46 + length]) == TASKS_PART.encode():
            struct.pack_into("<I", data, at + 24, 1000)
        at = data.find(b"PK\x01\x02", at + 46)
    return bytes(data)


def _broken_sheet(content: bytes) -> bytes:
    return edited(content, {TASKS_PART: part(content, TASKS_PART)[:900]})


def _many_cells(content: bytes) -> bytes:
    """Every row to the last has a cell, and the first row every column: 17 thousand million places."""
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(4000, 1_048_576, 40))
    sheet = part(content, TASKS_PART)
    wide = b'<row r="3999">' + b"".join(
        b'<c r="%s3999"><v>1</v></c>' % (chr(65 + a) + chr(65 + b) + chr(65 + c)).encode()
        for a in range(20) for b in range(26) for c in range(26)
    ) + b"</row>"  # fmt: skip
    return edited(content, {TASKS_PART: sheet.replace(b"</sheetData>", wide + rows + b"</sheetData>")})


def _ods_bomb(cells: int, rows: int) -> bytes:
    """A small .ods file: one cell that says it stands for many."""
    cell = b'<table:table-cell table:number-columns-repeated="%d" office:value-type="float" office:value="1"/>' % cells
    row = b'<table:table-row table:number-rows-repeated="%d">' % rows + cell + b"</table:table-row>"
    spaces = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    table = b'<table:table table:name="Trang">' + row + b"</table:table>"
    body = b"<office:body><office:spreadsheet>" + table + b"</office:spreadsheet></office:body>"
    content = b"<office:document-content" + spaces + b">" + body + b"</office:document-content>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", b"<manifest/>"),
            ("content.xml", content),
        ):
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _ods_password(content: bytes) -> bytes:
    """What LibreOffice writes of a file with a password: every part encrypted, and a manifest that says so."""
    entry = (
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:size="9">'
        b'<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"/></manifest:file-entry>'
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">' + entry
    return edited(
        _ods_bomb(1, 1),
        {"content.xml": bytes(range(256)) * 8, "META-INF/manifest.xml": manifest + b"</manifest:manifest>"},
    )


def _xls_password(content: bytes) -> bytes:
    """An .xls file whose records are encrypted: FILEPASS stands behind the first record."""
    source = next((RETURNS / "clean-xls").glob("*.xls")).read_bytes()
    name, stream = read_stream(source, ("Workbook", "Book"))
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    mark = struct.pack("<HHHHH", 0x002F, 6, 1, 1, 1)
    return container(name, stream[:first] + mark + bytes(byte ^ 0x5A for byte in stream[first:]))


FILES = (
    ("file-truncated", "Copied only in part", "error file-unreadable - -", _without_end, "xlsx"),
    ("file-empty", "Nothing in it", "error file-empty - -", lambda content: b"", "xlsx"),
    ("file-of-another-kind", "A web page under the name of a workbook", "error file-not-a-workbook - -",
     lambda content: "<html><table><tr><td>Báo cáo</td></tr></table></html>".encode(), "xls"),
    ("file-with-macro", "A workbook with a macro, which is never run", (), _with_macro, "xlsm"),
    ("password-ods", "An .ods file with a password", "error file-password - -", _ods_password, "ods"),
    ("password-xls", "An .xls file with a password", "error file-password - -", _xls_password, "xls"),
    ("zip-bomb", "170 MiB in a few KiB", "error file-too-large - -", _bomb, "xlsx"),
    ("zip-bomb-lying", "A size that lies", "error sheet-unreadable tasks -", _lying_bomb, "xlsx"),
    ("sheet-broken", "XML that ends in the middle", "error sheet-unreadable tasks -", _broken_sheet, "xlsx"),
    ("sheet-too-large", "Cells all over the sheet", "error sheet-too-large tasks -", _many_cells, "xlsx"),
    ("ods-bomb-columns", "One cell that stands for a thousand million", "error wrong-template - -",
     lambda content: _ods_bomb(10**9, 1), "ods"),
    ("ods-bomb-rows", "One row that stands for a million", "error wrong-template - -",
     lambda content: _ods_bomb(16_000, 1_048_576), "ods"),
)  # fmt: skip
for _name, _title, _expected, _finish, _suffix in FILES:
    case(_name, _title, _expected, finish=_finish, suffix=_suffix)(_nothing)


def _as_folder(book: Book) -> None:
    """Made beside by ``make_returns``: a workbook and a second one of the same unit."""


case("same-unit-twice", "Two files of one unit", "error same-unit-twice - -")(_as_folder)
