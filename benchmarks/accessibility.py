"""axe-core in Chromium over built pages: reports and indexes, in light and dark, on a phone and on a screen.

    python benchmarks/accessibility.py AXE.MIN.JS [FILE.html…]

Without files: the index pages and three reports under ``reports/`` (build them with ``kit run 2024-H1``). Every
violation is printed with its first places; the goal is none. Details are opened first, so that nothing escapes. Also
said of every page: whether it scrolls sideways, and whether it asked for anything beyond itself. ``make axe`` fetches
axe-core (in a wheel of the package axe-playwright-python, which is not installed) and runs this.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.browser import Browser

ROOT = Path(__file__).parent.parent
LOOKS = ((360, False), (360, True), (1280, False), (1280, True))
MOST_BYTES = 1_500_000
_OPEN = "document.querySelectorAll('details').forEach(d=>d.open=true)"
_ALL = "document.querySelector('[data-view=all]')?.click()"
_SIDEWAYS = "document.documentElement.scrollWidth-document.documentElement.clientWidth"
_ASKED = "performance.getEntriesByType('resource').map(e=>e.name).filter(n=>!n.startsWith('data:'))"
_RUN = (
    "axe.run(document,{resultTypes:['violations']}).then(r=>JSON.stringify(r.violations.map(v=>({id:v.id,help:v.help,"
)
_RUN += "places:v.nodes.slice(0,3).map(n=>n.target.join(' ')+' | '+n.failureSummary),count:v.nodes.length}))))"


def axe_source(file: Path) -> str:
    """Return axe.min.js, also out of the wheel of a package that carries it."""
    if file.suffix == ".js":
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith("axe.min.js"))
        return wheel.read(name).decode("utf-8")


def built_pages() -> list[Path]:
    """The index pages and three reports of the newest period at hand."""
    folders = sorted(path.parent for path in (ROOT / "reports").glob("*/index.html"))
    if not folders:
        return []
    wanted = [folders[-1] / unit / "report.html" for unit in ("XA-01", "HU-01", "TINH-MAU")]
    return [page for page in (ROOT / "reports" / "index.html", folders[-1] / "index.html", *wanted) if page.is_file()]


def violations(browser: Browser, page: Path, axe: str, look: tuple[int, bool]) -> list[str]:
    """Return what is wrong with a page in one look, in lines."""
    width, dark = look
    browser.look(width=width, dark=dark)
    browser.open(page)
    sideways, asked = browser.run(_SIDEWAYS), browser.run(_ASKED)
    browser.run(_OPEN)
    found = _axe(browser, axe)
    if browser.run("!!document.querySelector('[data-view=all]')"):
        browser.run(_ALL)
        found += _axe(browser, axe)
    lines = [f"{one['id']} ({one['count']}): {one['help']}\n    " + "\n    ".join(one["places"]) for one in found]
    lines += [f"scrolls sideways by {sideways} px"] if sideways > 0 else []
    return lines + [f"asks for {name}" for name in asked]


def _axe(browser: Browser, axe: str) -> list[dict]:
    browser.run(axe + ";1")
    return json.loads(browser.run(_RUN))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("axe", type=Path, help="axe.min.js, or a wheel that holds it")
    parser.add_argument("pages", type=Path, nargs="*")
    asked = parser.parse_args()
    axe, pages, wrong = axe_source(asked.axe), asked.pages or built_pages(), 0
    if not pages:
        parser.error("no page: build reports first (kit run 2024-H1)")
    with Browser() as browser:
        for page in pages:
            size = page.stat().st_size
            wrong += page.name == "report.html" and size > MOST_BYTES
            print(f"{page.parent.name}/{page.name}: {size:,} bytes")
            for look in LOOKS:
                lines = violations(browser, page, axe, look)
                wrong += len(lines)
                print(f"  {look[0]} px {'dark' if look[1] else 'light'}: {len(lines)} wrong")
                print("".join(f"    {line}\n" for line in lines), end="")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
