"""JupyterLab in Chromium, by clicking: change the unit, run all, export Kit-html, Kit-pdf and Kit-docx from the menu.

    python benchmarks/jupyterlab_menu.py [--keep FOLDER]

On a copy of the sample all notebooks are run from the Run menu; in 03 the unit is changed in the list and again in the
parameters cell, and each time what the File menu downloads must be the report of that unit. ``--keep`` leaves the files
and a picture of every step. Without Chromium or poppler it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.browser import CHROMIUM, Browser  # noqa: E402
from benchmarks.lab import Lab, server  # noqa: E402

PERIOD, NAMES = "2024-H1", {"XA-05": "Xã Mẫu Năm", "HU-01": "Huyện Mẫu Đông"}
NOTEBOOKS = ("01_check_returns", "02_compute_indicators", "04_compare_units", "03_evaluation_report")


def wrong_report(file: Path, unit: str) -> list[str]:
    """What shows that a file is not the report of this unit."""
    if file.suffix == ".html":
        text = file.read_text(encoding="utf-8")
        said = f"số liệu của đơn vị {unit} kỳ {PERIOD}"
        missing = [] if said in text else [f"{file.name} of {unit}: its foot does not say “{said}”"]
    elif file.suffix == ".docx":
        import docx

        document, missing = docx.Document(file), []
        text = "\n".join(part.text or "" for part in document.element.body.iter() if part.tag.endswith("}t"))
    else:
        done = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, encoding="utf-8", check=True)
        text, missing = done.stdout, []
    words = " ".join(text.lower().split())
    return missing + [f"{file.name} of {unit} does not name it"] * (NAMES[unit].lower() not in words)


def play(lab: Lab) -> list[str]:
    wrong = []
    for name in NOTEBOOKS:
        lab.open(name)
        wrong += lab.run_all(name)
    for unit, change in (("XA-05", lambda: lab.choose(NAMES["XA-05"])), ("HU-01", lambda: lab.type_unit("HU-01"))):
        change()
        lab.picture(f"changed-{unit}")
        wrong += lab.run_all(f"run-{unit}")
        for kind in ("html", "pdf", "docx"):
            file = lab.export(kind, f"bao-cao-{unit}-{PERIOD}")
            wrong += wrong_report(file, unit)
            print(f"{unit}: File → Save and Export Notebook As → Kit-{kind}: {file.stat().st_size:,} bytes")
            file.rename(lab.downloads / f"{unit}.{kind}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="a new folder for files and pictures")
    asked = parser.parse_args()
    if lacking := [name for name, at in (("Chromium", CHROMIUM), ("pdftotext", shutil.which("pdftotext"))) if not at]:
        print(f"skipped: {' and '.join(lacking)} not installed")
        return 0
    with tempfile.TemporaryDirectory(prefix="kit-lab-", ignore_cleanup_errors=True) as scratch:
        folder = (asked.keep or Path(scratch) / "lab").resolve()
        for name in ("data", "params", "notebooks"):
            shutil.copytree(ROOT / name, folder / name)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        quiet = {"cwd": folder, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-m", "kit", "run", PERIOD, "--formats", "none"], check=True, **quiet)
        with server(folder, environment) as address, Browser() as browser:
            wrong = play(Lab(browser, folder, address))
    print("\n".join(wrong) or "all as it should be")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
