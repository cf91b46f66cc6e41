"""A headless Chromium spoken to over its DevTools protocol: pages at a width, in light or dark, and what scripts give.

Needs Chromium and websocket-client (which JupyterLab brings along). The network is closed: every host but this machine
is unknown.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --remote-debugging-port=0 --remote-allow-origins=*"
)
_START = 30  # seconds


class Browser:
    """One browser with one page; use it in a ``with`` statement."""

    def __enter__(self) -> Browser:
        import websocket

        self._profile = tempfile.TemporaryDirectory(prefix="kit-browser-", ignore_cleanup_errors=True)
        folder = Path(self._profile.name)
        command = [
            CHROMIUM,
            *_OPTIONS.split(),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={folder}",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([*command, "about:blank"], **quiet)
        port, path = self._address(folder / "DevToolsActivePort")
        self._socket = websocket.create_connection(f"ws://127.0.0.1:{port}{path}", timeout=120)
        self._number, self._session = 0, None
        target = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        self.call("Page.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(10)
        self._profile.cleanup()

    def _address(self, file: Path) -> list[str]:
        until = time.monotonic() + _START
        while time.monotonic() < until:
            if file.is_file() and len(found := file.read_text(encoding="utf-8").split()) == 2:
                return found
            time.sleep(0.05)
        raise RuntimeError("the browser does not start")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result; raises ``RuntimeError`` for an error."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message | ({"sessionId": self._session} if self._session else {})))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def look(self, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Set the size of the window and the colour scheme."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, page: Path) -> None:
        """Open a file and wait until it is loaded."""
        self.call("Page.navigate", url=page.resolve().as_uri())
        self.run("new Promise(r=>document.readyState==='complete'?r(1):addEventListener('load',()=>r(1)))")

    def run(self, script: str) -> Any:
        """Return what an expression gives, waiting for a promise; the page's own policy does not bind it."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", "script failed"))
        return result["result"].get("value")

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Write what is seen as PNG, with ``whole`` the page to its end."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))
