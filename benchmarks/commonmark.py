"""CommonMark in the PDF: every example of the specification as a Markdown cell, through ``kit-pdf``, one by one.

    python benchmarks/commonmark.py commonmark.json [--show]

``commonmark.json`` is the list of examples (``example``, ``markdown``) that accompanies the CommonMark specification.
Each example must compile; the visible text of the PDF (pdftotext) must equal that of the HTML which nbconvert's own
Markdown renderer makes. White space is not compared: a page breaks lines elsewhere than a browser.
Exit code 1 if one does not compile or fewer than 99 % are equal.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import nbformat.v4 as v4
from nbconvert.exporters.html import HTMLExporter

from kit.report.pdf.exporter import KitPDFExporter

LEAST_EQUAL = 0.99


class VisibleText(HTMLParser):
    """What a reader sees of a page: texts, alternative texts of pictures and the numbers of ordered lists."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0
        self.lists: list[int | None] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("script", "style"):
            self.hidden += 1
        elif tag == "img":
            self.parts.append(given.get("alt") or "")
        elif tag in ("ol", "ul"):
            self.lists.append(int(given.get("start") or 1) if tag == "ol" else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            self.parts.append(f"{self.lists[-1]}.")
            self.lists[-1] += 1

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def visible(html: str) -> str:
    """Return the visible text of an HTML fragment."""
    parser = VisibleText()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


def bare(text: str) -> str:
    """Return the text in NFC without white space and line-breaking characters."""
    return "".join(unicodedata.normalize("NFC", text).split())


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF as pdftotext reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "example.pdf")
        path.write_bytes(content)
        done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def compared(markdown: str) -> tuple[str, str]:
    """Return the visible text of one Markdown cell in nbconvert's HTML and in the PDF."""
    cell = v4.new_markdown_cell(markdown)
    html = HTMLExporter(exclude_anchor_links=True).markdown2html({"cell": cell}, markdown)
    made, _ = KitPDFExporter().from_notebook_node(v4.new_notebook(cells=[cell]))
    return bare(visible(html)), bare(pdf_text(made))


def measured(examples: list[dict], *, show: bool) -> tuple[int, int]:
    """Compare all examples; return how many failed to compile and how many differ."""
    failed = differing = 0
    for example in examples:
        try:
            html, pdf = compared(example["markdown"])
        except Exception as error:
            failed += 1
            print(f"example {example['example']}: not compiled: {error}")
            continue
        if html != pdf:
            differing += 1
            print(f"example {example['example']}: differs")
            if show:
                print(f"  Markdown {example['markdown']!r}\n  HTML     {html!r}\n  PDF      {pdf!r}")
    return failed, differing


def main() -> int:
    """Read the examples, compare, print the count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", type=Path, help="JSON list of CommonMark examples")
    parser.add_argument("--show", action="store_true", help="print the texts that differ")
    options = parser.parse_args()
    if not shutil.which("pdftotext"):
        print("pdftotext is missing (Debian package poppler-utils)", file=sys.stderr)
        return 2
    examples = json.loads(options.examples.read_text(encoding="utf-8"))
    start = time.perf_counter()
    failed, differing = measured(examples, show=options.show)
    equal = len(examples) - failed - differing
    share = equal / len(examples)
    seconds = time.perf_counter() - start
    print(f"{len(examples)} examples: {failed} not compiled, {equal} equal ({share:.2%}), {seconds:.0f} s")
    return 0 if not failed and share >= LEAST_EQUAL else 1


if __name__ == "__main__":
    sys.exit(main())
