"""Compound files (the container of .xls): one stream out, one stream in a fresh container.

Chains of sectors that turn in circles or lead outside the file end in ``Refused``; the reading engine only gets a
container made here. Layout: [MS-CFB], Compound File Binary File Format.
"""

from __future__ import annotations

import struct

from kit.collect.archive import Refused

MARK = bytes.fromhex("d0cf11e0a1b11ae1")
_END, _FREE, _FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_ENTRY = 128
_SECTOR = 512


class _Reader:
    def __init__(self, content: bytes):
        self.content = content
        if len(content) < _SECTOR:
            raise Refused("file-unreadable")
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Refused("file-unreadable")
        self.size = 1 << shift
        self.fat = self._fat()

    def _fat(self) -> list[int]:
        count = struct.unpack_from("<I", self.content, 44)[0]
        following, more = struct.unpack_from("<II", self.content, 68)
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        seen: set[int] = set()
        while more and following not in (_END, _FREE) and following not in seen:
            seen.add(following)
            block = struct.unpack(f"<{self.size // 4}I", self.sector(following))
            sectors += block[:-1]
            following = block[-1]
        used = [sector for sector in sectors if sector not in (_END, _FREE)][
            : min(count, len(self.content) // self.size)
        ]
        return [entry for sector in used for entry in struct.unpack(f"<{self.size // 4}I", self.sector(sector))]

    def sector(self, number: int) -> bytes:
        begin = (number + 1) * self.size
        data = self.content[begin : begin + self.size]
        if not data:
            raise Refused("file-unreadable")
        return data.ljust(self.size, b"\x00")

    def chain(self, first: int) -> bytes:
        """Return the sectors of a chain, joined."""
        numbers: list[int] = []
        seen: set[int] = set()
        while first != _END:
            if first in seen or first >= len(self.fat):
                raise Refused("file-unreadable")
            seen.add(first)
            numbers.append(first)
            first = self.fat[first]
        return b"".join(map(self.sector, numbers))


def _entries(reader: _Reader) -> dict[str, tuple[int, int, int]]:
    """Return name → (kind, first sector, size) of the entries of the directory."""
    directory = reader.chain(struct.unpack_from("<I", reader.content, 48)[0])
    found: dict[str, tuple[int, int, int]] = {}
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        first, size = struct.unpack_from("<II", directory, at + 116)
        if kind in (1, 2, 5) and 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", errors="replace")
            found.setdefault(name, (kind, first, size))
    return found


def read_stream(content: bytes, names: tuple[str, ...]) -> tuple[str, bytes] | None:
    """Return the first stream of these names, as (name, bytes). Raises ``Refused`` for a damaged container."""
    reader = _Reader(content)
    entries = _entries(reader)
    for name in names:
        if name not in entries or entries[name][0] != 2:
            continue
        _, first, size = entries[name]
        if size >= struct.unpack_from("<I", content, 56)[0]:
            return name, reader.chain(first)[:size]
        return name, _mini_stream(reader, entries, first)[:size]
    return None


def _mini_stream(reader: _Reader, entries: dict[str, tuple[int, int, int]], first: int) -> bytes:
    root = next((entry for entry in entries.values() if entry[0] == 5), None)
    if root is None:
        raise Refused("file-unreadable")
    table = reader.chain(struct.unpack_from("<I", reader.content, 60)[0])
    links = struct.unpack(f"<{len(table) // 4}I", table)
    holder = reader.chain(root[1])
    pieces, seen = [], set()
    while first != _END:
        if first in seen or first >= len(links):
            raise Refused("file-unreadable")
        seen.add(first)
        pieces.append(holder[first * 64 : first * 64 + 64])
        first = links[first]
    return b"".join(pieces)


def container(name: str, stream: bytes) -> bytes:
    """Return a compound file that holds one stream (at least 4,096 bytes: shorter ones are filled up)."""
    stream = stream.ljust(4096, b"\x00")
    data_sectors = -(-len(stream) // _SECTOR)
    fat_sectors = 1
    while fat_sectors * 128 < data_sectors + 1 + fat_sectors + _difat_sectors(fat_sectors):
        fat_sectors += 1
    difat_sectors = _difat_sectors(fat_sectors)
    first_fat, first_difat = data_sectors + 1, data_sectors + 1 + fat_sectors
    links = [*range(1, data_sectors), _END, _END] + [_FAT_SECTOR] * fat_sectors + [0xFFFFFFFC] * difat_sectors
    links += [_FREE] * (fat_sectors * 128 - len(links))
    fat_numbers = list(range(first_fat, first_fat + fat_sectors))
    header = MARK + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, data_sectors, 0, 4096, _END, 0, first_difat, difat_sectors)
    if not difat_sectors:
        header = header[:68] + struct.pack("<II", _END, 0)
    header += struct.pack("<109I", *(fat_numbers[:109] + [_FREE] * (109 - len(fat_numbers[:109]))))
    directory = _entry("Root Entry", 5, child=1) + _entry(name, 2, first=0, size=len(stream)) + bytes(2 * _ENTRY)
    body = stream.ljust(data_sectors * _SECTOR, b"\x00") + directory + struct.pack(f"<{len(links)}I", *links)
    return header + body + _difat(fat_numbers[109:], first_difat)


def _difat_sectors(fat_sectors: int) -> int:
    return -(-max(0, fat_sectors - 109) // 127)


def _difat(numbers: list[int], first: int) -> bytes:
    blocks = []
    for at in range(0, len(numbers), 127):
        part = numbers[at : at + 127]
        following = first + len(blocks) + 1 if at + 127 < len(numbers) else _END
        blocks.append(struct.pack("<128I", *(part + [_FREE] * (127 - len(part))), following))
    return b"".join(blocks)


def _entry(name: str, kind: int, *, child: int = 0xFFFFFFFF, first: int = _END, size: int = 0) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    entry = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
    return entry + struct.pack("<III", first, size, 0)
