"""Archives within limits: what unpacks to more than it says, or to too much, is not read."""

import io
import struct
import zipfile

import pytest

from kit.collect import archive
from kit.collect.archive import Refused, open_archive, packed


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return buffer.getvalue()


def test_parts_come_back_as_they_were():
    parts = {"a/b.xml": b"<x/>" * 1000, "empty": b""}
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        book = open_archive(zipped(parts, method))
        assert {name: book.part(name) for name in book.entries} == parts
    assert {name: open_archive(packed(parts.items())).part(name) for name in parts} == parts
    assert book.part("none") is None


def test_an_archive_that_would_unpack_to_too_much_is_refused(monkeypatch):
    content = zipped({"xl/workbook.xml": b" " * 5000})
    monkeypatch.setattr(archive, "LARGEST_PART", 4000)
    with pytest.raises(Refused, match="file-too-large"):
        open_archive(content)


@pytest.mark.parametrize("said", [10, 4999, 5001])
def test_a_size_that_lies_leaves_the_part_out(said):
    data = bytearray(zipped({"part": b"x" * 5000}))
    struct.pack_into("<I", data, data.find(b"PK\x01\x02") + 24, said)
    assert open_archive(bytes(data)).part("part") is None


def test_a_flipped_byte_leaves_the_part_out():
    data = bytearray(zipped({"part": bytes(range(256)) * 20}, zipfile.ZIP_STORED))
    data[200] ^= 1
    assert open_archive(bytes(data)).part("part") is None


def test_half_an_archive_is_refused():
    with pytest.raises(Refused, match="file-unreadable"):
        open_archive(zipped({"part": b"x" * 5000})[:90])
