"""JupyterLab's server on a folder, and a person before it in Chromium: clicks, choices, typing, downloads."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.browser import Browser

_PATIENCE = 180  # seconds
_SEEN = ".filter(one => one.getBoundingClientRect().width)"
_BUSY = f"[...document.querySelectorAll('.jp-InputPrompt')]{_SEEN}.some(one => one.textContent.includes('*'))"
_RAN = f"[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]{_SEEN}.some(one => /\\d/.test(one.textContent))"
_IDLE = f"[...document.querySelectorAll('.jp-Notebook-ExecutionIndicator')]{_SEEN}[0]?.dataset.status === 'idle'"
_ERRORS = "[...document.querySelectorAll('[data-mime-type*=error]')].map(one => one.innerText)"
_TOP = f"[...document.querySelectorAll('.jp-WindowedPanel-outer')]{_SEEN}[0].scrollTop = 0"


@contextmanager
def server(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Address of a JupyterLab that serves a folder while the block runs."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    own = {f"JUPYTERLAB_{what}_DIR": str(folder / ".lab" / what.lower()) for what in ("SETTINGS", "WORKSPACES")}
    quiet = {"cwd": folder, "env": {**environment, **own}, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process, end = subprocess.Popen(command, **quiet), time.monotonic() + _PATIENCE
    try:
        while time.monotonic() < end:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


class Lab:
    """One browser before JupyterLab; ``folder`` gets the downloads and the pictures."""

    def __init__(self, browser: Browser, folder: Path, address: str):
        self.browser, self.folder, self.address, self.steps = browser, folder, address, 0
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        browser.look(width=1360, height=900)
        browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))

    def until(self, script: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not self.browser.run(script):
            if time.monotonic() > end:
                raise RuntimeError(f"JupyterLab does not get there: {script}")
            time.sleep(0.3)

    def click(self, found: str) -> None:
        """Press and release the mouse in the middle of an element."""
        self.until(f"!!({found})")
        place = f"(box => [box.x + box.width / 2, box.y + box.height / 2])(({found}).getBoundingClientRect())"
        x, y = self.browser.run(place)
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        time.sleep(0.7)

    def menu(self, *labels: str) -> None:
        for label in labels:
            items = f"[...document.querySelectorAll('.lm-MenuBar-itemLabel, .lm-Menu-itemLabel')]{_SEEN}"
            self.click(f"{items}.find(one => one.textContent.trim().startsWith({json.dumps(label)}))")

    def key(self, key: str, code: int, **more: object) -> None:
        for kind in ("keyDown", "keyUp"):
            self.browser.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **more)

    def picture(self, name: str) -> None:
        self.steps += 1
        self.browser.picture(self.folder / f"{self.steps:02d}-{name}.png")

    def open(self, name: str) -> None:
        self.browser.call("Page.navigate", url=f"{self.address}/lab/tree/notebooks/{name}.ipynb?reset")
        self.until(f"!!document.querySelector('.jp-CodeCell') && {_IDLE}")
        time.sleep(2)

    def run_all(self, name: str) -> list[str]:
        """Click Run → Run All Cells, wait for the end, save, and return the errors shown."""
        self.menu("Run", "Run All Cells")
        time.sleep(1)
        self.until(f"{_RAN} && !{_BUSY} && {_IDLE}")
        self.browser.run(_TOP)
        time.sleep(1.5)
        self.picture(name)
        self.menu("File", "Save Notebook")  # the browser would ask before it leaves an unsaved one
        time.sleep(1)
        return [f"{name}: {one}" for one in self.browser.run(_ERRORS)]

    def choose(self, name: str) -> None:
        """Open the list of units and go down to one with the arrow keys, as a person does."""
        options = self.browser.run(
            "[...document.querySelectorAll('.jupyter-widgets select')[1].options].map(o => o.text)"
        )
        at = "document.querySelectorAll('.jupyter-widgets select')[1]"
        steps = next(i for i, text in enumerate(options) if name in text.replace("\xa0", " "))
        steps -= self.browser.run(f"{at}.selectedIndex")
        self.click(at)
        for _ in range(abs(steps)):
            self.key("ArrowDown" if steps > 0 else "ArrowUp", 40 if steps > 0 else 38)
        self.key("Enter", 13, text="\r")
        time.sleep(1)

    def type_unit(self, unit: str) -> None:
        self.browser.run(_TOP)
        time.sleep(1)
        self.click(
            f"[...document.querySelectorAll('.cm-line')]{_SEEN}.find(one => one.textContent.startsWith('unit ='))"
        )
        self.key("End", 35)
        self.key("Home", 36, modifiers=8)
        self.browser.call("Input.insertText", text=f'unit = "{unit}"')

    def export(self, kind: str, name: str) -> Path:
        """Click File → Save and Export Notebook As → Kit-…, and return the file that is downloaded under this name."""
        file = self.downloads / f"{name}.{kind}"
        file.unlink(missing_ok=True)
        self.menu("File", "Save and Export Notebook As", f"Kit-{kind}")
        end = time.monotonic() + _PATIENCE
        while not file.is_file() and time.monotonic() < end:
            time.sleep(0.3)
        return file
