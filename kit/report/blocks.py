"""The vocabulary of a report: display blocks that a notebook shows and that every exporter understands.

A block is a frozen record of plain values. In a notebook it is displayed as a mimebundle that carries the block itself
as JSON (``MIME``) beside ``text/html`` for JupyterLab and ``text/plain`` for a terminal. The exporters (HTML, PDF,
Word) read the JSON only, so a number exists once and text from data is never parsed as markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field, is_dataclass
from typing import ClassVar

MIME = "application/vnd.kit.block+json"
WIDGET = "application/vnd.jupyter.widget-view+json"  # a control of the open notebook: nothing of it is exported
STATUSES = ("met", "nearly", "not_met", "no_target", "no_data")


def _json(value):
    """What ``dataclasses.asdict`` gives for values that nobody changes, without copying them."""
    if is_dataclass(value):
        return {name: _json(one) for name, one in vars(value).items()}
    if isinstance(value, tuple) and not all(isinstance(one, str) for one in value):
        return tuple(_json(one) for one in value)
    return value


@dataclass(frozen=True)
class Block:
    """Base of all blocks; ``kind`` names the block in the JSON form."""

    kind: ClassVar[str] = ""

    def to_json(self) -> dict:
        """Return the block as plain JSON values, ``kind`` first."""
        return {"kind": self.kind, **_json(self)}

    def bundle(self, *, styled: bool = True) -> dict:
        """Return the block in all forms; ``styled`` is false where an output before it has brought the style."""
        from kit.report import plain
        from kit.report.html import render

        block = self.to_json()
        return {MIME: block, "text/html": render.block(block, styled=styled), "text/plain": plain.block(block)}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return self.bundle()


@dataclass(frozen=True)
class Head(Block):
    """The formal head of an administrative report (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 1–5, 9a).

    Texts are printed as given; ``number_line`` (``Số:      /BC-UBND``) and ``date_line`` come ready made.
    """

    kind: ClassVar[str] = "head"
    superior_body: str
    body: str
    number_line: str
    date_line: str
    document_type: str
    subject: str
    addressees: tuple[str, ...]
    draft: bool = True
    title: str = ""  # the document's title for PDF metadata and the browser's tab
    period_line: str = ""  # e.g. "Kỳ báo cáo: 15/12/2023 – 14/6/2024"
    period: str = ""  # codes of what the report is of, printed nowhere in the head itself
    unit: str = ""


@dataclass(frozen=True)
class Card:
    """One headline indicator: printed value, target, status, change and one sentence; blanks are not shown."""

    indicator_id: str
    title: str
    value: str
    counts: str = ""
    target: str = ""
    status: str = "no_target"
    status_text: str = ""
    change: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Cards(Block):
    """The headline indicators, 4 to 6 of them."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Paragraphs(Block):
    """Sentences of the report's text, one paragraph each."""

    kind: ClassVar[str] = "paragraphs"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Bullets(Block):
    """A plain list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """A unit's own words and where they come from."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Quotes(Block):
    """Quoted words of units."""

    kind: ClassVar[str] = "quotes"
    items: tuple[Quote, ...]


@dataclass(frozen=True)
class Heading(Block):
    """A heading made from data (headings that never change are Markdown in the notebook). ``level`` is 2 to 4."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 3


@dataclass(frozen=True)
class Column:
    """A table column: ``align`` is ``left``, ``right`` or ``center``; ``width`` a share of the free width."""

    title: str
    align: str = "left"
    width: float = 1.0


@dataclass(frozen=True)
class Table(Block):
    """A table of printed texts.

    ``rows`` are tuples of texts, one for each column; ``status`` gives a status code (``STATUSES`` or blank) for each
    row's status column ``status_column``; ``totals`` are the positions of total rows. ``hidden_rows`` counts the rows
    that are only in the download. ``data`` (header and rows, machine-readable) is the download in the HTML.
    An empty table is shown as ``empty_text``.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str = ""  # file name of the download, without ending
    status_column: int = -1
    status: tuple[str, ...] = ()
    totals: tuple[int, ...] = ()
    hidden_rows: int = 0
    note: str = ""
    empty_text: str = "Không phát sinh."
    data: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Figure(Block):
    """A chart: ``svg`` (text kept as text, DejaVu Sans), ``alt`` written from the data, ``data`` its download."""

    kind: ClassVar[str] = "figure"
    caption: str
    svg: str
    alt: str
    name: str = ""
    note: str = ""
    data: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Callout(Block):
    """A remark set apart; ``tone`` is ``note`` or ``warning``."""

    kind: ClassVar[str] = "callout"
    text: str
    tone: str = "note"


@dataclass(frozen=True)
class Signature(Block):
    """Signature block and Nơi nhận, kept together on one page (ô 7a–7c, 9b).

    ``authority`` and ``position`` are printed in bold capitals one under the other (``TM. ỦY BAN NHÂN DÂN``,
    ``CHỦ TỊCH``); ``recipients`` come without dash and punctuation.
    """

    kind: ClassVar[str] = "signature"
    authority: str
    position: str
    signer: str
    recipients: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Annex(Block):
    """Starts an annex: new page, own page numbering from 1; what follows belongs to it until the next annex."""

    kind: ClassVar[str] = "annex"
    number: str
    title: str
    attached_to: str  # "Kèm theo Báo cáo số      /BC-UBND ngày … tháng … năm 2024 của …"


@dataclass(frozen=True)
class Definitions(Block):
    """Terms and what they mean."""

    kind: ClassVar[str] = "definitions"
    items: tuple[tuple[str, str], ...]
