"""Standard output and error of a notebook: what Python prints and what reaches the file descriptors, in order.

Texts are sent at the points where an ordinary kernel sends them too – before a display, at an explicit flush, at the
end of a cell – but never after a while, so that the same notebook gives the same outputs on a busy machine.
"""

from __future__ import annotations

import io
import os
import select
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable

_CHUNK = 1 << 16
_LIVE = 0.2  # seconds between two looks at the streams when somebody is watching


class CellStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook; with ``captured``, also what is written to the descriptor."""

    encoding = "UTF-8"

    def __init__(self, name: str, send: Callable[[str, str], None], captured: int | None = None):
        self.name = name
        self._send = send
        self.captured = captured
        self._owner = os.getpid()
        self._lock = threading.RLock()
        self._parts: list[str] = []
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        if captured is not None:
            os.set_blocking(captured, False)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:  # a process that a cell forked
            os.write(1 if self.name == "stdout" else 2, text.encode("utf-8", "replace"))
            return len(text)
        with self._lock:
            self.collect()  # what a command wrote before comes first
            self._parts.append(text)
        return len(text)

    def writelines(self, lines) -> None:
        for line in lines:
            self.write(line)

    def collect(self) -> None:
        """Take what has arrived at the descriptor."""
        if self.captured is None:
            return
        with self._lock:
            while True:
                try:
                    chunk = os.read(self.captured, _CHUNK)
                except BlockingIOError:
                    return
                if not chunk:
                    return
                self._parts.append(self._decode(chunk))

    def flush(self) -> None:
        """Send what has been written so far as one output."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            self.collect()
            text = "".join(self._parts)
            self._parts.clear()
            if text:
                self._send(self.name, text)

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")


def watch(streams: tuple[CellStream, ...], life: int, *, live: bool, lost: Callable[[], None]) -> Callable[[], None]:
    """Start the one thread of a notebook's process; return what stops it.

    It empties the pipes behind the descriptors before they are full, sends texts as they come when somebody is
    watching (``live``), and calls ``lost`` when the other end of ``life`` is gone.
    """
    waking, wake = os.pipe()

    def run() -> None:
        poll = select.poll()
        for stream in streams:
            poll.register(stream.captured, select.POLLIN)
        poll.register(life, 0)
        poll.register(waking, 0)
        while waking not in (events := dict(poll.poll(_LIVE * 1000 if live else None))):
            if life in events:
                lost()
            for stream in streams:
                stream.flush() if live else stream.collect()
        os.close(waking)

    thread = threading.Thread(target=run, name="kit-streams", daemon=True)
    thread.start()

    def stop() -> None:
        os.close(wake)
        thread.join()

    return stop
