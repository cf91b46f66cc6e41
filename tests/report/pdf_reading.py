"""Reading a PDF back with poppler: what tests and people look at."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext not found: install the Debian package poppler-utils"
)
MM = 72 / 25.4
_ZOOM = 3  # the largest pdftohtml takes; sizes are then exact to a third of a point
_FONT = re.compile(r'<fontspec id="(\d+)" size="(\d+)" family="([^"]*)" color="([^"]*)"/>')
_PHRASE = re.compile(r'<text top="(\d+)" left="(\d+)" width="(\d+)" height="(\d+)" font="(\d+)">(.*?)</text>')
_NUMBER = r"(-?[\d.]+(?:e-?\d+)?)"
_LINE = re.compile(
    rf'<path style="fill:none;[^"]*" d="M {_NUMBER} {_NUMBER} L {_NUMBER} {_NUMBER} "'
    rf' transform="matrix\({_NUMBER},0,0,[^,]*,{_NUMBER},{_NUMBER}\)"'
)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word and its box in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Phrase:
    """A piece of a line in one font: its box in points, its size in points, how it is set."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    colour: str


class Pdf:
    """A PDF written to ``folder`` and read back."""

    def __init__(self, content: bytes, folder: Path):
        self.content = content
        self.path = folder / "read.pdf"
        self.path.write_bytes(content)

    def _run(self, tool: str, *options: str) -> str:
        done = subprocess.run([tool, *options], capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    def text(self) -> str:
        """Return the text in the order it was written."""
        return self._run("pdftotext", "-raw", "-enc", "UTF-8", str(self.path), "-")

    def plain_text(self) -> str:
        """Return the text in the order that ``pdftotext`` takes from where it stands on the page."""
        return self._run("pdftotext", "-enc", "UTF-8", str(self.path), "-")

    def bare(self) -> str:
        """Return the text without white space."""
        return "".join(self.text().split())

    def pages(self) -> list[list[Word]]:
        """Return the words of each page."""
        found = self._run("pdftotext", "-bbox", str(self.path), "-").split("<page ")[1:]
        return [[Word(t, *map(float, box)) for *box, t in _WORD.findall(page)] for page in found]

    def phrases(self) -> list[list[Phrase]]:
        """Return the phrases of each page; those in a row of one font are one phrase."""
        xml = self._run("pdftohtml", "-xml", "-i", "-fontfullname", "-zoom", str(_ZOOM), "-stdout", str(self.path))
        fonts = {n: (int(size) / _ZOOM, family, colour) for n, size, family, colour in _FONT.findall(xml)}
        pages = [[_phrase(found, fonts) for found in _PHRASE.findall(page)] for page in xml.split("<page ")[1:]]
        return [[phrase for phrase in page if phrase.text.strip()] for page in pages]

    def bookmarks(self) -> list[str]:
        """Return the bookmarks, indented by a tab for each level."""
        xml = self._run("pdftohtml", "-xml", "-i", "-stdout", str(self.path))
        made, level = [], -1
        for tag, words in re.findall(r"(</?outline>|<item[^>]*>)([^<]*)", xml):
            level += {"<outline>": 1, "</outline>": -1}.get(tag, 0)
            made += ["\t" * level + html.unescape(words)] if tag.startswith("<item") else []
        return made

    def rules(self, page: int = 1) -> list[tuple[float, float, float]]:
        """Return the drawn horizontal lines of a page: left, right, distance from the top, in points."""
        svg = self.path.with_suffix(".svg")
        self._run("pdftocairo", "-svg", "-f", str(page), "-l", str(page), str(self.path), str(svg))
        made = []
        for path in _LINE.findall(svg.read_text(encoding="utf-8")):
            start, level, end, other, scale, x, y = map(float, path)
            if abs(level - other) < 0.1:
                # pdftocairo fits the page to its sheet: everything is divided by its scale again.
                made.append((start + x / scale, end + x / scale, level + y / scale))
        return made

    def tagged_text(self) -> str:
        """Return the text in the order of the tags: what is read aloud."""
        told = subprocess.run(["pdfinfo", "-struct-text", str(self.path)], capture_output=True, check=True).stdout
        # Texts stand in quotes; attributes between them may be no text at all.
        return "\n".join(re.findall(r'^ *"(.*)"$', told.decode("utf-8", errors="replace"), re.MULTILINE))

    def fonts(self) -> list[list[str]]:
        """Return one line of ``pdffonts`` for each font: name first, "emb" fifth from the end."""
        return [line.split() for line in self._run("pdffonts", str(self.path)).splitlines()[2:]]

    def info(self) -> dict[str, str]:
        """Return ``pdfinfo`` as a dictionary."""
        lines = self._run("pdfinfo", str(self.path)).splitlines()
        return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def _phrase(found: tuple[str, ...], fonts: dict[str, tuple[float, str, str]]) -> Phrase:
    *box, font, inner = found
    top, left, width, height = (int(length) / _ZOOM for length in box)
    size, family, colour = fonts[font]
    text = html.unescape(re.sub(r"<[^>]*>", "", inner))
    bold, italic = bool(re.search("bold", family, re.IGNORECASE)), bool(re.search("italic", family, re.IGNORECASE))
    return Phrase(text, left, top, left + width, top + height, size, bold, italic, colour)
