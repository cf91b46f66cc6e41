"""Reading a PDF back with poppler: what tests and people look at."""

from __future__ import annotations

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
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word and its box in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


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

    def bare(self) -> str:
        """Return the text without white space."""
        return "".join(self.text().split())

    def pages(self) -> list[list[Word]]:
        """Return the words of each page."""
        found = self._run("pdftotext", "-bbox", str(self.path), "-").split("<page ")[1:]
        return [[Word(t, *map(float, box)) for *box, t in _WORD.findall(page)] for page in found]

    def fonts(self) -> list[list[str]]:
        """Return one line of ``pdffonts`` for each font: name first, "emb" fifth from the end."""
        return [line.split() for line in self._run("pdffonts", str(self.path)).splitlines()[2:]]

    def info(self) -> dict[str, str]:
        """Return ``pdfinfo`` as a dictionary."""
        lines = self._run("pdfinfo", str(self.path)).splitlines()
        return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def line_of(words: list[Word], text: str) -> list[Word]:
    """Return the words on the line of the first word that is ``text``."""
    found = next(word for word in words if word.text == text)
    return [word for word in words if abs(word.bottom - found.bottom) < 2]
