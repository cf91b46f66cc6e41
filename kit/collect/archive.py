"""Zip archives that cannot surprise: parts unpacked within limits, and packed anew for the reading engine.

The engine never sees the archive that was sent, only one made of the parts that were looked at here: neither a size
that lies nor a second directory nor a stream that goes on behind its end reaches it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

LARGEST_FILE = 100 * 2**20  # bytes of a file as sent
LARGEST_PART = 160 * 2**20  # bytes of one unpacked part: 50,000 rows of a full sheet need about 90 MiB
LARGEST_TOTAL = 400 * 2**20
MOST_PARTS = 10_000

_STORED_UP_TO = 16 * 2**20  # bytes; larger parts are compressed again, so as not to lie in memory twice
_LOCAL_HEADER, _LOCAL_MARK, _ENCRYPTED = 30, b"PK\x03\x04", 1


class Refused(Exception):
    """A file that is not read at all; ``code`` is the finding's, ``detail`` says more for ``file-unreadable``."""

    def __init__(self, code: str, detail: str = ""):
        self.code, self.detail = code, detail
        super().__init__(code)


@dataclass(frozen=True)
class Archive:
    """The parts of a zip archive by name; a name that stands twice means its last entry."""

    content: bytes
    entries: dict[str, zipfile.ZipInfo] = field(repr=False)

    def part(self, name: str) -> bytes | None:
        """Unpack one part; ``None`` when there is none, when it is damaged or its size is not what it says."""
        entry = self.entries.get(name)
        return None if entry is None else _unpacked(self.content, entry)


def open_archive(content: bytes) -> Archive:
    """Read the directory of an archive. Raises ``Refused``: damaged, encrypted, or it would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, EOFError):
        raise Refused("file-unreadable") from None
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MOST_PARTS or max(sizes, default=0) > LARGEST_PART or sum(sizes) > LARGEST_TOTAL:
        raise Refused("file-too-large")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("file-password")
    return Archive(content, {entry.filename.replace("\\", "/"): entry for entry in entries})


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    at = entry.header_offset
    if at < 0 or content[at : at + 4] != _LOCAL_MARK or len(content) < at + _LOCAL_HEADER:
        return None
    name_length, extra_length = struct.unpack_from("<HH", content, at + 26)
    begin = at + _LOCAL_HEADER + name_length + extra_length
    packed = memoryview(content)[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        data = bytes(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        data = _inflated(packed, entry.file_size)
    else:
        return None
    return data if data is not None and len(data) == entry.file_size and zlib.crc32(data) == entry.CRC else None


def _inflated(packed: memoryview, size: int) -> bytes | None:
    """Inflate at most ``size`` bytes; ``None`` when the stream is damaged or does not end there."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = stream.decompress(packed, size + 1)  # one byte more than said, so that a lie is seen
        return data if stream.eof else None
    except zlib.error:
        return None


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if len(data) <= _STORED_UP_TO else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=1)
    return buffer.getvalue()
