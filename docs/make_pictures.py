"""The pictures of README.md and README.vi.md, from real runs on the sample data: ``make pictures``.

    python docs/make_pictures.py [NAME…] [--work FOLDER]

The story is one of the guide: XA-05 sends a workbook with errors, the report is approved, the mended workbook arrives
late, and the report is replaced. ``--work`` keeps what was built, so that a picture can be made again alone. Needs
Chromium, LibreOffice and poppler. Fonts of the machine show in the pictures.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.browser import Browser  # noqa: E402
from docs.picture_of_jupyterlab import jupyterlab  # noqa: E402

PERIOD, UNIT, OTHER = "2024-H1", "XA-05", "XA-01"
NARROWEST, COLOURS, MOST_BYTES = 1100, 128, 150_000
Box = tuple[float, float, float, float]


class Story:
    """What the runs leave under one folder: ``data``, ``reports``, and workbooks as they were sent and returned."""

    def __init__(self, folder: Path):
        self.folder, self.out = folder, folder / "reports"
        self.environment = {**os.environ, "KIT_OUT": str(self.out), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    def kit(self, *words: str | Path) -> None:
        """Run one command of the kit on the data of the story."""
        places = ["--data", str(self.folder / "data")]
        places += [] if words[0] in ("receive", "template") else ["--out", str(self.out)]
        command = [sys.executable, "-m", "kit", *map(str, words), *places]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def play(self) -> None:
        """Fill in, check, run, approve, a late file, replace."""
        ignored = shutil.ignore_patterns("issued", "received")  # what else the office does here is no part of it
        shutil.copytree(ROOT / "data", self.folder / "data", ignore=ignored)
        self.kit("template", UNIT, "--year", "2024", "-o", self.folder / "template.xlsx")
        self.kit("run", PERIOD)
        shutil.copy(self.out / PERIOD / "returned" / f"{UNIT}.xlsx", self.folder / "returned.xlsx")
        approval = ("approve", PERIOD, "--unit", UNIT, "--by", "Nguyễn Văn A")
        self.kit(*approval, "--number", "45", "--date", "2024-06-24")
        self._mend()
        self.kit("receive", self.folder / "mended.xlsx")
        self.kit("run", PERIOD)
        self.kit(*approval, "--number", "58", "--date", "2024-07-02")

    def _mend(self) -> None:
        import openpyxl

        book = openpyxl.load_workbook(self.folder / "returned.xlsx")
        sheet = book["Hoạt động"]
        sheet["B24"], sheet["C27"], sheet["D26"], sheet["AB31"] = date(2024, 3, 1), "Nâng cao nhận thức", None, 50
        book.properties.modified = datetime.now()
        book.save(self.folder / "mended.xlsx")

    def report(self, unit: str, name: str) -> Path:
        """One file of a report."""
        return self.out / PERIOD / unit / name

    def as_pdf(self, workbook: str) -> Path:
        """A workbook as LibreOffice prints it."""
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", self.folder, self.folder / workbook]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return (self.folder / workbook).with_suffix(".pdf")


def printed(pdf: Path, page: int, *, box: Box = (0, 0, 1, 1), dots: int = 110) -> Image.Image:
    """A part of a page (left, top, right, bottom as shares of it) without the white around it."""
    command = ["pdftoppm", "-png", "-r", str(dots), "-f", str(page), "-l", str(page), pdf]
    image = Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)).convert("RGB")
    across, down = image.size
    image = image.crop((int(box[0] * across), int(box[1] * down), int(box[2] * across), int(box[3] * down)))
    inked = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    return ImageOps.expand(image.crop(inked) if inked else image, 12, "white")


def page_with(pdf: Path, words: str) -> int:
    """Number of the first page that has these words."""
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    return next(at for at, page in enumerate(text.split("\f"), 1) if words in page)


def together(*images: Image.Image, beside: bool = False) -> Image.Image:
    """Pictures below or beside one another on a light ground."""
    gap = 24
    across, down = [image.width for image in images], [image.height for image in images]
    width, height = (sum(across) + gap * (len(images) + 1), max(down) + 2 * gap) if beside else (0, 0)
    if not beside:
        width, height = max(across) + 2 * gap, sum(down) + gap * (len(images) + 1)
    ground, at = Image.new("RGB", (width, height), "#eef0f2"), gap
    for image in images:
        ground.paste(image, (at, gap) if beside else (gap, at))
        at += gap + (image.width if beside else image.height)
    return ground


def seen(page: Path, *, width: int = 1200, height: int = 860, script: str = "0") -> Image.Image:
    """A page in Chromium, after a script."""
    with Browser() as browser, tempfile.TemporaryDirectory() as scratch:
        browser.look(width=width, height=height)
        browser.open(page)
        browser.run(script)
        time.sleep(0.5)
        browser.picture(Path(scratch) / "seen.png")
        return Image.open(Path(scratch) / "seen.png").convert("RGB")


def entry_workbook(story: Story) -> Image.Image:
    return together(printed(story.as_pdf("template.xlsx"), 1))


def returned_workbook(story: Story) -> Image.Image:
    pdf = story.as_pdf("returned.xlsx")
    found = printed(pdf, 1, box=(0, 0, 1, 0.52), dots=125)
    marked = printed(pdf, page_with(pdf, "Hoạt động · "), box=(0, 0.55, 1, 0.95), dots=125)
    return together(found, marked)


def report_page(story: Story) -> Image.Image:
    pdf = story.report(OTHER, "report.pdf")
    paper = [printed(pdf, page, dots=62) for page in (1, page_with(pdf, "2. Truyền thông theo giai đoạn") + 1)]
    return together(*(_on_paper(image) for image in paper), beside=True)


def _on_paper(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", (520, 735), "white")
    paper.paste(image, ((520 - image.width) // 2, 30))
    return paper


def report_html(story: Story) -> Image.Image:
    page = story.report(OTHER, "report.html")
    return seen(page, width=1440, height=960, script="document.querySelector('.kit-cards').scrollIntoView()")


def index_page(story: Story) -> Image.Image:
    return seen(story.out / PERIOD / "index.html")


def replaced_report(story: Story) -> Image.Image:
    pdf = story.report(UNIT, "report.pdf")
    first = printed(pdf, 1, box=(0, 0, 1, 0.4), dots=100)
    return together(first, printed(pdf, page_with(pdf, "Phụ lục V\n"), box=(0, 0, 1, 0.62), dots=100))


def compare_units(story: Story) -> Image.Image:
    made = story.folder / "compare.ipynb"
    tools = [Path(sys.executable).parent / name for name in ("papermill", "jupyter")]
    places = ["-p", "data_dir", story.folder / "data"]
    notebook = ROOT / "notebooks" / "04_compare_units.ipynb"
    commands = [
        [tools[0], notebook, made, "--engine", "kit", "--no-progress-bar", *places],
        [tools[1], "nbconvert", "--to", "kit-html", made],
    ]
    for command in commands:
        subprocess.run(command, cwd=ROOT, env=story.environment, check=True, capture_output=True)
    return seen(made.with_suffix(".html"), height=760, script="document.querySelector('figure').scrollIntoView()")


PICTURES: dict[str, Callable[[Story], Image.Image]] = {
    "entry-workbook": entry_workbook,
    "returned-workbook": returned_workbook,
    "report-page": report_page,
    "report-html": report_html,
    "index-page": index_page,
    "replaced-report": replaced_report,
    "compare-units": compare_units,
    "jupyterlab": lambda story: jupyterlab(story.folder, story.environment),
}


def save(image: Image.Image, name: str) -> None:
    """Write a picture with few colours, at most 150 kB."""
    if image.width > NARROWEST:
        image = image.resize((NARROWEST, round(image.height * NARROWEST / image.width)), Image.Resampling.LANCZOS)
    for colours in (COLOURS, COLOURS // 2, COLOURS // 4):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST_BYTES:
            break
    (ROOT / "docs" / f"{name}.png").write_bytes(out.getvalue())
    print(f"docs/{name}.png: {image.width} × {image.height}, {len(out.getvalue()) // 1000} kB, {colours} colours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *PICTURES], metavar="NAME")
    parser.add_argument("--work", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kit-pictures-") as scratch:
        story = Story((asked.work or Path(scratch)).resolve())
        if not story.out.is_dir():
            story.folder.mkdir(parents=True, exist_ok=True)
            story.play()
        for name in asked.names or PICTURES:
            save(PICTURES[name](story), name)


if __name__ == "__main__":
    main()
