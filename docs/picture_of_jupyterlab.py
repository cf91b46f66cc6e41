"""JupyterLab in Chromium: notebook 03 after *Run All*, its pickers, and the export menu open."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from PIL import Image

from benchmarks.browser import Browser

ROOT = Path(__file__).resolve().parents[1]
_ADDRESS = "http://127.0.0.1:18899"
_PATIENCE = 180  # seconds


def jupyterlab(data: Path, environment: Mapping[str, str]) -> Image.Image:
    """Picture of JupyterLab with a copy of the notebooks below ``data``, whose folder ``data`` they find above them."""
    folder = data / "lab"
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", dirs_exist_ok=True)
    settings = ["--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={folder}"]
    settings += [f"--port={_ADDRESS.rpartition(':')[2]}", "--IdentityProvider.token="]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *settings], cwd=folder, env=environment, **quiet)
    try:
        _until(_answers)
        with Browser() as browser:
            return _menu_open(browser, folder / "seen.png")
    finally:
        server.terminate()
        server.wait(20)


def _answers() -> bool:
    with suppress(OSError):
        return urllib.request.urlopen(f"{_ADDRESS}/api", timeout=5).status == 200
    return False


def _until(test) -> None:
    end = time.monotonic() + _PATIENCE
    while not test():
        if time.monotonic() > end:
            raise RuntimeError("JupyterLab does not get there")
        time.sleep(1)


def _menu_open(browser: Browser, file: Path) -> Image.Image:
    browser.look(width=1240, height=820)
    browser.call("Page.navigate", url=f"{_ADDRESS}/lab/tree/notebooks/03_evaluation_report.ipynb")
    _until(lambda: browser.run("!!(window.jupyterapp && document.querySelector('.jp-Notebook .jp-Cell'))"))
    time.sleep(10)  # the kernel starts
    browser.run("void jupyterapp.commands.execute('notebook:run-all-cells')")
    _until(lambda: browser.run("!!document.querySelector('.jupyter-widgets select')"))
    _until(lambda: not browser.run("document.body.innerText.includes('[*]')"))
    browser.run("document.querySelector('.jupyter-widgets select').scrollIntoView({block: 'center'})")
    for label in ("File", "Save and Export Notebook As"):
        place = browser.run(
            "(() => {const one = [...document.querySelectorAll('.lm-MenuBar-itemLabel, .lm-Menu-itemLabel')]"
            f".find(one => one.textContent.startsWith('{label}')).getBoundingClientRect();"
            " return [one.x + one.width / 2, one.y + one.height / 2]})()"
        )
        at = {"x": place[0], "y": place[1], "button": "left", "clickCount": 1}
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            browser.call("Input.dispatchMouseEvent", type=kind, **at)
        time.sleep(2)
    browser.picture(file)
    return Image.open(file).convert("RGB")
