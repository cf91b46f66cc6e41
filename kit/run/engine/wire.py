"""The wire between a process that asks for notebooks and the one that runs them: length and JSON, over pipes."""

from __future__ import annotations

import json
import os
import struct
import threading
from collections.abc import Callable, Mapping
from typing import Any

_LENGTH = struct.Struct(">Q")
_CHUNK = 1 << 20
MARK = 16  # bytes of the random mark that begins a last word


class Wire:
    """One end of two pipes. A message is a dict; ``receive`` returns None when the other end is gone.

    Only the process that made the wire may use it: copies in forked processes are silent, so that what a cell forks
    cannot talk in the notebook's name.
    """

    def __init__(self, reading: int, writing: int, encode: Callable[[Any], bytes] | None = None):
        self.reading, self.writing = reading, writing
        self.encode = encode or encode_json
        # When true, what cells show goes with their reply: nobody watches, and each writing wakes a reader.
        self.outputs_wait = False
        self._put_off = b""
        self._lock = threading.RLock()
        self._owner = os.getpid()

    def adopt(self) -> None:
        """After a fork: from now on this process speaks."""
        self._owner = os.getpid()
        self._lock = threading.RLock()

    def send(self, message: Mapping[str, Any]) -> None:
        """Write one message whole. Raises ``OSError`` when the other end is gone."""
        self._send(message, later=False)

    def show(self, message: Mapping[str, Any]) -> None:
        """Send what a cell shows; where ``outputs_wait`` it goes with the next message of another kind."""
        self._send(message, later=self.outputs_wait)

    def _send(self, message: Mapping[str, Any], *, later: bool) -> None:
        if os.getpid() != self._owner:
            return
        body = self.encode(message)
        with self._lock:
            whole = self._put_off + _LENGTH.pack(len(body)) + body
            self._put_off = whole if later else b""
            if not later:
                _write(self.writing, whole)

    def receive(self) -> dict[str, Any] | None:
        """Wait for the next message."""
        head = _read(self.reading, _LENGTH.size)
        body = _read(self.reading, _LENGTH.unpack(head)[0]) if head is not None else None
        return None if body is None else json.loads(body)


def encode_json(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")


def last_word(mark: bytes, status: int) -> bytes:
    """What the template writes when a child has ended: it can be told even behind a message that was cut short."""
    return mark + struct.pack(">i", status)


class Incoming:
    """Messages from a stream that a dying process may have left in the middle of one."""

    def __init__(self, mark: bytes):
        self._mark = mark
        self._left = bytearray()

    def feed(self, chunk: bytes) -> list[dict[str, Any]]:
        """Add bytes; return the messages that are complete now. A last word is ``{"type": "ended", "status": …}``."""
        self._left += chunk
        found: list[dict[str, Any]] = []
        while (size := self._complete()) is not None:
            body = bytes(self._left[_LENGTH.size : size])
            del self._left[:size]
            found.append(json.loads(body.decode("utf-8", "replace")))
        word = MARK + 4
        if len(self._left) >= word and self._left[-word:-4] == self._mark:
            (status,) = struct.unpack(">i", self._left[-4:])
            self._left.clear()
            found.append({"type": "ended", "status": status})
        return found

    def _complete(self) -> int | None:
        """Bytes of the first message, when all of them are here."""
        if len(self._left) < _LENGTH.size or self._left.startswith(self._mark):
            return None
        size = _LENGTH.size + _LENGTH.unpack_from(self._left)[0]
        return size if len(self._left) >= size else None


def _write(fd: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]


def _read(fd: int, size: int) -> bytes | None:
    """Read exactly so many bytes; None at the end of the stream."""
    parts: list[bytes] = []
    while size:
        part = os.read(fd, min(size, _CHUNK))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
