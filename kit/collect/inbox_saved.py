"""When a file was last saved: what the document says of itself, never later than what the disk says.

A mail client that stores an attachment gives it today's date, so the document's own property is looked at first. The
clock of a unit's computer may be wrong, and some programs write local time as if it were UTC, so a property later than
the file's own time is not believed. Formats without such a property (.xls, CSV) have the file's time only.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

_PARTS = ("docProps/core.xml", "meta.xml")  # Office Open XML, OpenDocument
_MODIFIED = re.compile(rb"<(?:\w+:)?(?:modified|date)\b[^>]*>\s*([^<]{10,40}?)\s*</")
_LARGEST = 1_000_000  # bytes of a properties part that are looked at


def saved_at(path: Path, content: bytes) -> datetime:
    """Return when a workbook was last saved, in UTC; ``content`` are the bytes of the file."""
    disk = disk_time(path)
    said = _property(content)
    return min(said, disk) if said else disk


def disk_time(path: Path) -> datetime:
    """Return the time of last change that the disk keeps, in UTC and whole seconds."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _property(content: bytes) -> datetime | None:
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = next((part for part in _PARTS if part in archive.namelist()), None)
            if not name:
                return None
            with archive.open(name) as stream:
                found = _MODIFIED.search(stream.read(_LARGEST))
        return _moment(found[1].decode("ascii")) if found else None
    except Exception:  # a broken archive says nothing about its age; reading it will say what is wrong
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.astimezone()  # OpenDocument writes local time
    return aware.astimezone(UTC).replace(microsecond=0)
