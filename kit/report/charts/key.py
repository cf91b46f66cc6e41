"""The key of a chart: swatches and markers with their words, in rows that never run off the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kit.report.charts.canvas import WIDTH, Sheet
from kit.report.charts.style import KEY_SIZE, text_width

LINE = 5.0  # mm from one row of the key to the next
_SWATCH, _GAP = 4.0, 5.0


@dataclass(frozen=True)
class Entry:
    """One entry: a filled rectangle (``style`` as for ``Pen.shape``), with ``marker`` a point."""

    words: str
    style: dict = field(default_factory=dict)
    marker: str = ""

    @property
    def width(self) -> float:
        """Width in mm with the gap to the next entry."""
        return _SWATCH + 1.5 + text_width(self.words, KEY_SIZE) + _GAP


def rows(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Break the entries into rows that fit the sheet."""
    made: list[list[Entry]] = [[]]
    for entry in entries:
        if made[-1] and sum(one.width for one in made[-1]) + entry.width > WIDTH + _GAP:
            made.append([])
        made[-1].append(entry)
    return made


def height(entries: Sequence[Entry]) -> float:
    """Height of the key in mm."""
    return LINE * len(rows(entries)) + 1.5


def draw_key(sheet: Sheet, entries: Sequence[Entry], *, top: float = 0.0) -> None:
    """Draw the key ``top`` mm below the upper edge of the sheet."""
    for at, row in enumerate(rows(entries)):
        x, y = 0.5, top + LINE * at + LINE / 2
        for entry in row:
            _draw(sheet, entry, x, y)
            sheet.write(x + _SWATCH + 1.5, y, entry.words, fontsize=KEY_SIZE, va="center_baseline")
            x += entry.width


def _draw(sheet: Sheet, entry: Entry, x: float, y: float) -> None:
    if entry.marker:
        sheet.mark(entry.marker, x + _SWATCH / 2, y, **entry.style)
    elif entry.style:
        sheet.box(x, y - 1.5, _SWATCH, 3.0, **entry.style)
