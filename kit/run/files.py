"""Writing: a file under its final name is complete or absent, and what goes wrong is said in words for the office.

Files are not flushed to the disk one by one (``fsync`` costs more than a page on a shared folder): every run compares
the digests in the manifests and builds again what a power cut took. What cannot be made again asks for ``durable``.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kit.errors import KitError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_FULL_ON_WINDOWS, _HELD_ON_WINDOWS = 112, 32
_PAUSES = (0.1, 0.3, 1.0) if os.name == "nt" else ()  # virus scanners hold a fresh file for a moment


class WriteError(KitError):
    """A file could not be written; nothing half-written is left."""


def write_whole(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a file beside its place and rename it. Raises ``WriteError``."""
    write_together(path.parent, {path.name: content}, durable=durable)


def write_together(
    folder: Path, files: Mapping[str, bytes], *, without: Iterable[str] = (), durable: bool = False
) -> None:
    """Write files beside their places, and rename them in their order when all are there. Raises ``WriteError``.

    The files ``without`` are removed just before the first one is renamed: what they say is true no longer.
    """
    fresh = {name: folder / f".{name}.{os.getpid()}.new" for name in files}
    with explained(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                _write(fresh[name], content, durable=durable)
            for name in without:
                (folder / name).unlink(missing_ok=True)
            for name, path in fresh.items():
                _put_in_place(path, folder / name)
        finally:
            for path in fresh.values():
                path.unlink(missing_ok=True)


def _write(path: Path, content: bytes, *, durable: bool) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())


def _put_in_place(fresh: Path, path: Path) -> None:
    for pause in _PAUSES:
        try:
            os.replace(fresh, path)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(fresh, path)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an error of the file system below ``folder`` into one that says what to do."""
    try:
        yield
    except OSError as error:
        raise WriteError(_words(error, folder)) from error


def _words(error: OSError, folder: Path) -> str:
    named = error.filename2 or error.filename
    name = Path(named).name if named else folder.name
    name = name.removeprefix(".").removesuffix(f".{os.getpid()}.new") if name.endswith(".new") else name
    if error.errno in _FULL or getattr(error, "winerror", 0) == _DISK_FULL_ON_WINDOWS:
        return f"Ổ đĩa đã đầy, không ghi được {name}. Đề nghị giải phóng dung lượng rồi chạy lại."
    if isinstance(error, PermissionError) or getattr(error, "winerror", 0) == _HELD_ON_WINDOWS:
        return (
            f"Không ghi được {name}: tệp đang mở ở chương trình khác (Excel, trình đọc PDF) hoặc thư mục không "
            "cho ghi. Đề nghị đóng tệp, kiểm tra quyền ghi rồi chạy lại."
        )
    return f"Không ghi được {name}: {error.strerror or error}."


def sweep(folder: Path, *, deep: bool = False) -> None:
    """Remove what killed runs left half-written in a folder; with ``deep`` also in those below it."""
    for path in folder.rglob(".*.new") if deep else folder.glob(".*.new"):
        if path.is_file():
            path.unlink(missing_ok=True)
