"""Damaged workbooks, seeded: bytes flipped, files cut, XML edited, cells replaced. The same seed, the same damage."""

from __future__ import annotations

import io
import random
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kit.collect.files import CollectedFile
from kit.collect.header import names_of
from kit.collect.raw import RawTables, SourceFile
from kit.collect.read import assembled
from kit.collect.read_workbook import read_workbook
from kit.collect.rows import Block, FileRead
from kit.schema.model import Schema

RETURNS = Path(__file__).parent / "returns"
_FAR = (b"XFD1048576", b"ZZZ999999999", b"A0", b"A4294967295", b"IV65536", b"", b"1A", b"a1", b"A-1", b"AAAAAAAAAAAA1")
_NUMBERS = (b"0", b"-1", b"1", b"4294967295", b"2147483647", b"999999999999999999", b"1e308", b"NaN", b"", b"x")
_TYPES = (b"s", b"n", b"b", b"e", b"d", b"str", b"inlineStr", b"z", b"")
_CELLS = (
    b"<v>99999999</v>", b"<v>-1</v>", b"<v>1e400</v>", b"<v></v>", b"<v/>", b"<f>SUM(A1:XFD1048576)</f>", b"<f>",
    b"<is><t>\xc3\x28</t></is>", b"<v>&#0;</v>", b"<v>&bomb;</v>", b"<v>45000.75</v>", b"<v>-700000</v>", b"<v>3e6</v>",
    b"<v>" + b"9" * 400 + b"</v>", b"<is><t>" + b"x" * 40_000 + b"</t></is>", b"<![CDATA[<v>1</v>]]>", b"<v>1</v>" * 50,
)  # fmt: skip


def sources() -> list[bytes]:
    """The workbooks that are damaged: .xlsx, .ods and .xls, in order and with merged, hidden and calculated cells."""
    names = ("clean", "level-sheets", "merged-cells", "formula-no-value", "hidden-and-filtered-rows", "clean-ods",
             "merged-cells-ods", "clean-xls", "merged-cells-xls")  # fmt: skip
    files = [next(path for path in sorted((RETURNS / name).iterdir()) if path.suffix != ".yaml") for name in names]
    return [path.read_bytes() for path in files]


def damaged(count: int, seed: int = 1, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield (what was done, content) of the files number ``first`` to ``count``."""
    books = sources()
    for number in range(first, count):
        dice = random.Random(seed * 1_000_003 + number)
        content = books[number % len(books)]
        kinds: Sequence[Callable] = _ARCHIVE if content.startswith(b"PK") else _BYTES
        done = []
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            kind = dice.choice(kinds)
            done.append(kind.__name__.strip("_"))
            try:
                content = kind(content, dice)
            except (zipfile.BadZipFile, ValueError, IndexError, OSError, NotImplementedError, EOFError, zlib.error):
                done.append("(cannot)")
        yield f"{number}:{number % len(books)}:{'+'.join(done)}", content


def read_damaged(count: int, schema: Schema, *, seed: int = 1) -> RawTables:
    """Read damaged workbooks, each as the file of a unit of its own (``F-00001`` …) of a plain data folder."""
    names = names_of(schema)
    with tempfile.TemporaryDirectory() as scratch:
        reads = [FileRead(SourceFile("reference/units.csv", "reference"), (_units(count),))]
        for number, (_, content) in enumerate(damaged(count, seed)):
            path = Path(scratch) / "sent.xlsx"
            path.write_bytes(content)
            unit = f"F-{number:05d}"
            read = read_workbook(CollectedFile(path, "workbook"), f"collected/2024/{unit}.xlsx", schema, names=names)
            problems = tuple(replace(problem, unit_id=unit) for problem in read.problems)
            reads.append(FileRead(replace(read.source, unit_id=unit), read.blocks, problems))
    return assembled(reads, schema)


def _units(count: int) -> Block:
    units = [f"F-{number:05d}" for number in range(count)]
    columns = {"unit_id": units, "name": units, "level": ["commune"] * count, "valid_from": ["2020-01-01"] * count}
    return Block("units", "", columns, range(2, count + 2), {name: "ABCD"[at] for at, name in enumerate(columns)})


def _flip(content: bytes, dice: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(dice.choice((1, 3, 20, 200))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def _flip_near_the_start(content: bytes, dice: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(dice.choice((1, 4))):
        data[dice.randrange(min(512, len(data)))] = dice.choice((0, 1, 127, 255, dice.randrange(256)))
    return bytes(data)


def _set_number(content: bytes, dice: random.Random) -> bytes:
    """Put an extreme 16 or 32 bit number somewhere: sizes, counts and places of binary formats."""
    data = bytearray(content)
    for _ in range(dice.choice((1, 5, 30))):
        value = dice.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0x10000))
        at = dice.randrange(max(1, len(data) - 4))
        size = 2 if value <= 0xFFFF else 4
        data[at : at + size] = value.to_bytes(size, "little")
    return bytes(data)


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(1, len(content))]


def _swap_blocks(content: bytes, dice: random.Random) -> bytes:
    size = 512
    first, second = (dice.randrange(max(1, len(content) // size)) * size for _ in range(2))
    data = bytearray(content)
    data[first : first + size], data[second : second + size] = content[second:][:size], content[first:][:size]
    return bytes(data)


def _part(content: bytes, dice: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    named = [name for name in parts if name.endswith((".xml", ".rels")) and parts[name]]
    heavy = [name for name in named if "sheet" in name or name == "content.xml"] * 3
    name = dice.choice(named + heavy)
    parts[name] = change(parts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(zipfile.ZipInfo(each), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _flip_in_part(content: bytes, dice: random.Random) -> bytes:
    return _part(content, dice, lambda data: _flip(data, dice))


def _cut_part(content: bytes, dice: random.Random) -> bytes:
    return _part(content, dice, lambda data: data[: dice.randrange(len(data))])


def _drop_tag(content: bytes, dice: random.Random) -> bytes:
    return _part(content, dice, lambda data: _edit(data, dice, rb"</?[\w:]+[^>]*>", lambda match: b""))


def _double_tag(content: bytes, dice: random.Random) -> bytes:
    return _part(
        content, dice, lambda data: _edit(data, dice, rb"<[^>]+>", lambda match: match[0] * dice.choice((2, 500)))
    )


def _set_reference(content: bytes, dice: random.Random) -> bytes:
    return _part(
        content,
        dice,
        lambda data: _edit(data, dice, rb'(?<=\br=")[^"]*|(?<=\bref=")[^"]*', lambda match: dice.choice(_FAR)),
    )


def _set_attribute(content: bytes, dice: random.Random) -> bytes:
    return _part(
        content, dice, lambda data: _edit(data, dice, rb'(?<==")[0-9]+(?=")', lambda match: dice.choice(_NUMBERS))
    )


def _set_type(content: bytes, dice: random.Random) -> bytes:
    return _part(content, dice, lambda data: _edit(data, dice, rb'(?<=\bt=")[^"]*', lambda match: dice.choice(_TYPES)))


def _replace_cell(content: bytes, dice: random.Random) -> bytes:
    pattern = rb"<v>[^<]*</v>|<text:p>[^<]*</text:p>"
    return _part(content, dice, lambda data: _edit(data, dice, pattern, lambda match: dice.choice(_CELLS)))


def _repeat(content: bytes, dice: random.Random) -> bytes:
    times = dice.choice((b"2", b"1000", b"1048576", b"4294967296"))
    found = rb"<table:table-(?:cell|row)(?=[ />])"
    attribute = b' table:number-columns-repeated="' + times + b'" table:number-rows-repeated="' + times + b'"'
    return _part(content, dice, lambda data: _edit(data, dice, found, lambda match: match[0] + attribute))


def _lie_about_sizes(content: bytes, dice: random.Random) -> bytes:
    data = bytearray(content)
    places = [match.start() for match in re.finditer(rb"PK\x01\x02", content)]
    at = dice.choice(places) + dice.choice((20, 24, 42))
    data[at : at + 4] = dice.choice((0, 10, 1000, 0x7FFFFFFF, 0xFFFFFFFF)).to_bytes(4, "little")
    return bytes(data)


def _edit(data: bytes, dice: random.Random, pattern: bytes, new: Callable[[re.Match], bytes]) -> bytes:
    matches = list(re.finditer(pattern, data))
    chosen = sorted(dice.sample(range(len(matches)), min(len(matches), dice.choice((1, 2, 10)))), reverse=True)
    for at in chosen:
        match = matches[at]
        data = data[: match.start()] + new(match) + data[match.end() :]
    return data


_BYTES = (_flip, _flip_near_the_start, _set_number, _cut, _swap_blocks)
_ARCHIVE = (_flip, _set_number, _cut, _flip_in_part, _cut_part, _drop_tag, _double_tag, _set_reference, _set_attribute,
            _set_type, _replace_cell, _repeat, _lie_about_sizes)  # fmt: skip
