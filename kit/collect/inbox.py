"""The office's inbox: files as they arrive, under any name → whose they are, of which year, when they were saved."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kit.collect.files import WORKBOOK_SUFFIXES, CollectedFile, collected_files, csv_files, reason_of
from kit.collect.header import table_names
from kit.collect.inbox_saved import disk_time, saved_at
from kit.collect.raw import Problem, SourceFile
from kit.collect.read_csv import read_csv
from kit.collect.read_workbook import read_workbook
from kit.collect.text import match_key
from kit.schema.model import Schema

_NOISE = (".ds_store", "thumbs.db", "desktop.ini")
LOCK, OTHER, PLACED = "lock-file", "not-a-workbook", "already-placed"


@dataclass(frozen=True)
class Parcel:
    """One thing that arrived: a workbook, a folder of CSV files, or something else (``kind`` ``other``).

    ``name`` is how it is called in messages; ``unit_id`` and ``year`` are what it says of itself ("" and 0: nothing).
    ``problem`` is why it cannot be used; ``skip`` why it was passed over; ``named`` that it was asked for by name.
    """

    path: Path
    name: str
    kind: str
    unit_id: str = ""
    year: int = 0
    saved: datetime | None = None
    arrived: datetime | None = None
    digest: str = ""
    problem: Problem | None = None
    skip: str = ""
    named: bool = False


@dataclass(frozen=True)
class AtHand:
    """What ``collected/`` has of one unit and year: its files (more than one when twins lie there), digests, age."""

    paths: tuple[Path, ...]
    digests: frozenset[str]
    saved: datetime


def open_parcels(paths: Iterable[Path], data_dir: Path, schema: Schema) -> list[Parcel]:
    """Open everything under the paths. Content never raises; ``FileNotFoundError`` for a path that does not exist."""
    given = list(paths)
    for path in given:
        if not path.exists():
            raise FileNotFoundError(path)
    found: dict[Path, Parcel] = {}
    for path in given:
        for place, name in _places(path):
            if place.resolve() not in found:
                named = not path.is_dir() or place == path
                found[place.resolve()] = _parcel(place, name, _Context(data_dir, schema, named))
    return list(found.values())


def files_at_hand(data_dir: Path) -> dict[tuple[str, int], AtHand]:
    """Return what lies under ``collected/``, by (match key of the unit, plan year)."""
    grouped: dict[tuple[str, int], list[CollectedFile]] = {}
    for file in collected_files(data_dir):
        grouped.setdefault((match_key(file.unit_id), file.plan_year), []).append(file)
    return {owner: _at_hand([file.path for file in files]) for owner, files in grouped.items()}


def _at_hand(paths: list[Path]) -> AtHand:
    facts = [_facts(path) for path in paths]
    return AtHand(tuple(paths), frozenset(digest for digest, _ in facts), max(saved for _, saved in facts))


@dataclass(frozen=True)
class _Context:
    data_dir: Path
    schema: Schema
    named: bool


def _places(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield files and CSV folders below a path with their names relative to it; links to folders are not followed."""
    if not path.is_dir():
        yield path, path.name
        return
    for folder, inner, files in os.walk(path):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if not name.startswith((".", "__MACOSX")))
        tables = csv_files(here)
        if tables:
            yield here, _relative(here, path)
        for name in sorted(files):
            if name.casefold() not in _NOISE and not name.startswith(".") and here / name not in tables:
                yield here / name, _relative(here / name, path)


def _relative(place: Path, root: Path) -> str:
    return place.relative_to(root).as_posix() if place != root else (place.name or place.resolve().name)


def _parcel(path: Path, name: str, context: _Context) -> Parcel:
    kept = [(context.data_dir / part).resolve() for part in ("collected", "received")]
    if any(path.resolve().is_relative_to(folder) for folder in kept):
        return Parcel(path, name, "other", skip=PLACED, named=context.named)
    if path.name.startswith("~$"):
        return Parcel(path, name, "other", skip=LOCK, named=context.named)
    try:
        if path.is_dir():
            return _csv_parcel(path, name, context)
        if path.suffix.lower() in WORKBOOK_SUFFIXES:
            return _workbook_parcel(path, name, context)
        if path.suffix.lower() == ".csv":  # one table named alone: its folder says whose it is
            return _csv_parcel(path.parent, path.parent.resolve().name, context)
    except OSError as error:
        problem = Problem("file-unreadable", name, args={"reason": reason_of(error)})
        return Parcel(path, name, "workbook", problem=problem, named=context.named)
    return Parcel(path, name, "other", skip=OTHER, named=context.named)


def _workbook_parcel(path: Path, name: str, context: _Context) -> Parcel:
    read = read_workbook(CollectedFile(path, "workbook"), name, context.schema)
    digest, saved = _facts(path)
    return Parcel(
        *(path, name, "workbook", read.source.unit_id, read.source.plan_year, saved, _arrived(path), digest),
        problem=None if read.source.readable else read.problems[0],
        named=context.named,
    )


def _csv_parcel(folder: Path, name: str, context: _Context) -> Parcel:
    """A CSV folder says its unit by its name and its year by the folder it lies in (``…/2024/XA-01``)."""
    absolute = folder.resolve()
    above = absolute.parent.name
    year = int(above) if above.isascii() and above.isdigit() and len(above) == 4 else 0
    digest, saved = _facts(folder)
    return Parcel(
        *(folder, name, "csv", absolute.name, year, saved, _arrived(folder), digest),
        problem=_csv_problem(folder, name, context.schema),
        named=context.named,
    )


def _csv_problem(folder: Path, name: str, schema: Schema) -> Problem | None:
    """Return why a table of the folder cannot be read at all; ``None`` when each can."""
    tables = {match_key(name): table for table in schema.collected for name in (table.name, table.title)}
    for path in csv_files(folder):
        table = tables.get(match_key(path.stem))
        if table:
            read = read_csv(path, SourceFile(f"{name}/{path.name}", "csv"), table_names(table, {}))
            if not read.source.readable:
                return read.problems[0]
    return None


def _arrived(path: Path) -> datetime:
    """Return the exact time on the disk: it decides between files saved in the same second."""
    parts = csv_files(path) if path.is_dir() else [path]
    return datetime.fromtimestamp(max(part.stat().st_mtime for part in parts), UTC)


def _facts(path: Path) -> tuple[str, datetime]:
    """Return the digest and the age of a workbook or a CSV folder."""
    if path.is_dir():
        parts = csv_files(path)
        digest = digest_of({part.name: part.read_bytes() for part in parts})
        return digest, max(disk_time(part) for part in parts)
    content = path.read_bytes()
    return digest_of({"": content}), saved_at(path, content)


def digest_of(parts: Mapping[str, bytes]) -> str:
    """Return one SHA-256 over the named parts; that of a single unnamed part is the digest of its bytes."""
    if list(parts) == [""]:
        return hashlib.sha256(parts[""]).hexdigest()
    whole = hashlib.sha256()
    for name, content in sorted(parts.items()):
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def content_of(path: Path) -> dict[str, bytes]:
    """Return the bytes of a workbook (under a blank name) or of each CSV file of a folder."""
    return {part.name: part.read_bytes() for part in csv_files(path)} if path.is_dir() else {"": path.read_bytes()}
