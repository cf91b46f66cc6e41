"""How wide the columns of a table are on a page: as the table asks, mended where that breaks words or short entries.

Widths are points. What a text needs is reckoned from the widest its letters are in the serif families of the reports,
so nothing has to be measured; from the widths asked for, room goes step by step from columns that can spare it to those
where it saves most lines, as long as it saves any.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import zip_longest
from math import ceil

from kit.report.letters import widest

_REGULAR, _BOLD = 0.82, 0.9  # of the widest in bold: a line of common words
_BODY_WORD, _TITLE_WORD = 0.84, 0.95  # the same for a single word, which must not break
_SPACE = 0.33  # sizes
_RAGGED = 0.9  # sizes: what the white ends of lines take
_SHORT = 13.0  # sizes of the type: a text of this width should stand in one line
_BADGE, _HALF = 1.25, 0.6  # sizes: the shape before the words of a status; of its width: in two lines
_HEAD_WEIGHT, _LEAST_GAIN = 0.6, 0.5  # lines
_BROKEN_WEIGHT, _BROKEN_FIGURE = 0.3, 1.0  # lines that a short text, a figure in two lines counts beyond them
_STEPS, _MOVES, _ROUNDS = 54, (1, 2, 4, 6), 30
_MOST_ROWS = 80
_LEAST_SHARE = 0.1  # a share of nothing would leave a column without room


_Look = tuple[list[int], int, float]  # lines of each text, lines of the title, what is broken


@dataclass(frozen=True)
class Page:
    """Where a table stands: room between the margins, size of its type, what a column needs beside its text.

    ``slack`` widens the room for words, for a program that may set them in another family.
    """

    room: float
    size: float
    inset: float
    slack: float = 1.0


def asked_widths(node: dict, room: float) -> list[float]:
    """Return the widths of the columns by the shares that the table asks for."""
    shares = [max(column["width"], _LEAST_SHARE) for column in node["columns"]]
    return [room * share / sum(shares) for share in shares]


def fitted_widths(node: dict, page: Page) -> list[float]:
    """Return the widths of the columns of a table (``kind: table``), together the room of the page."""
    asked = asked_widths(node, page.room)
    texts = zip(*node["rows"][:_MOST_ROWS], strict=True) if node["rows"] else [()] * len(asked)
    columns = [_Column(page, node, at, tuple(own)) for at, own in enumerate(texts)]
    floors = [min(column.floor, max(wide, page.room / len(asked))) for column, wide in zip(columns, asked, strict=True)]
    if sum(floors) >= page.room and page.slack > 1:
        return fitted_widths(node, replace(page, slack=1.0))
    widths = _lifted(asked, floors)
    if sum(floors) >= page.room or len(columns) < 2:
        return widths
    return _balanced(columns, widths, floors, page.room / _STEPS)


def named(node: dict, at: int) -> bool:
    """Tell whether the first line of each entry of a column names what the lines under it say: it is set in bold."""
    return bool(node["rows"]) and all("\n" in row[at] for row in node["rows"])


def first_lines(node: dict, page: Page, widths: Sequence[float], rows: int) -> list[int]:
    """Return how many lines the head of a table and each of its first rows need in columns of these widths."""
    columns = [
        _Column(page, node, at, tuple(row[at] for row in node["rows"][:rows])) for at in range(len(node["columns"]))
    ]
    lines = [column.lines(width) for column, width in zip(columns, widths, strict=True)]
    heads = [column.head_lines(width) for column, width in zip(columns, widths, strict=True)]
    return [max(heads, default=1), *(max(row) for row in zip(*lines, strict=True))]


@dataclass(frozen=True)
class _Column:
    """One column: what its texts need."""

    page: Page
    node: dict
    at: int
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.node["columns"][self.at]["title"]

    @property
    def floor(self) -> float:
        """The width below which a word would break, or a status need a third line."""
        body = {word for text in self.texts for word in text.split()}
        needed = max(_longest(body) * _BODY_WORD, _longest(self.title.split()) * _TITLE_WORD) * self.page.size
        if self._statuses:
            needed = max(needed, *(max(parts, default=0.0) * _HALF for parts in self.parts))
        return needed * self.page.slack + self.page.inset

    @cached_property
    def parts(self) -> tuple[tuple[float, ...], ...]:
        """For each text the widths of its paragraphs in one line."""
        totals = {y for y in self.node["totals"] if y < len(self.texts)}
        made = []
        for y, (text, told) in enumerate(zip_longest(self.texts, self._statuses, fillvalue="")):
            scale = self.page.size * (_BOLD if y in totals or told else _REGULAR)
            said = f"{text} {told}" if told and _numeric(text) else text or told
            made.append(tuple((_line(part) + _BADGE * bool(told)) * scale for part in said.split("\n")))
        return tuple(made)

    @cached_property
    def _whole(self) -> tuple[float, ...] | None:
        """``parts`` of texts that are one paragraph each; ``None`` where one of them has more."""
        return tuple(part for (part,) in self.parts) if all(len(parts) == 1 for parts in self.parts) else None

    @cached_property
    def _short(self) -> list[float]:
        """The widths of the paragraphs that should stand in one line, ascending."""
        return sorted(part for parts in self.parts for part in parts if part <= _SHORT * self.page.size)

    @cached_property
    def _statuses(self) -> list[str]:
        """The words of the statuses, where they stand in this column."""
        if self.at != self.node["status_column"]:
            return []
        return [self.node["words"].get(status, "") for status in self.node["status"][: len(self.texts)]]

    def lines(self, width: float) -> list[int]:
        """Lines of each text in a column of this width."""
        room = width - self.page.inset
        filled = max(room - _RAGGED * self.page.size, room / 2)
        if (whole := self._whole) is not None:
            return [1 if part <= room else ceil(part / filled) for part in whole]
        return [sum([1 if part <= room else ceil(part / filled) for part in parts]) for parts in self.parts]

    def head_lines(self, width: float) -> int:
        """Lines of the title in a column of this width, broken word by word."""
        room, count, used = (width - self.page.inset) / (self.page.size * _BOLD), 1, 0.0
        for word in self.title.split():
            wide = widest(word)
            count, used = (
                (count, used + _SPACE + wide) if used and used + _SPACE + wide <= room else (count + bool(used), wide)
            )
        return count

    def broken(self, width: float) -> float:
        """What short texts count that need more than one line."""
        each = _BROKEN_FIGURE if self.node["columns"][self.at]["align"] == "right" else _BROKEN_WEIGHT
        short = self._short
        return each * (len(short) - bisect_right(short, width - self.page.inset))


def _longest(words: Collection[str]) -> float:
    """Return the width of the widest of the words, in sizes of the type."""
    return max(map(widest, words), default=0.0)


def _numeric(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


@lru_cache(maxsize=4096)
def _line(text: str) -> float:
    return sum(map(widest, text.split(" "))) + text.count(" ") * _SPACE


def _lifted(asked: Sequence[float], floors: Sequence[float]) -> list[float]:
    """Lift columns to their floors out of what the others have above theirs, where that is enough."""
    spare = sum(max(0.0, wide - floor) for wide, floor in zip(asked, floors, strict=True))
    short = sum(max(0.0, floor - wide) for wide, floor in zip(asked, floors, strict=True))
    if not short or spare < short:
        return list(asked)
    part = short / spare
    return [floor if floor > wide else wide - (wide - floor) * part for wide, floor in zip(asked, floors, strict=True)]


def _balanced(columns: list[_Column], widths: list[float], floors: list[float], step: float) -> list[float]:
    """Move room between columns while that saves lines; a column never falls below its floor."""
    moved = [0] * len(columns)  # steps taken by each column
    looks = [_looks(column, width, step) for column, width in zip(columns, widths, strict=True)]
    seen = [look(0) for look in looks]
    now = _cost(seen)
    for _ in range(_ROUNDS):
        best, change = now - _LEAST_GAIN, None
        needy = [at for at, (lines, head, _) in enumerate(seen) if head > 1 or max(lines, default=1) > 1]
        spare = [int((width - floor) / step) + taken for width, floor, taken in zip(widths, floors, moved, strict=True)]
        for taker in needy:
            for givers, count in _givers(taker, spare):
                gained = looks[taker](moved[taker] + count * len(givers))
                if gained == seen[taker]:  # then nothing is saved, whatever it costs the givers
                    continue
                tried = list(seen)
                tried[taker] = gained
                for giver in givers:
                    tried[giver] = looks[giver](moved[giver] - count)
                if (cost := _cost(tried)) < best:
                    best, change = cost, (taker, givers, count, tried)
        if change is None:
            break
        taker, givers, count, seen = change
        moved[taker] += count * len(givers)
        for giver in givers:
            moved[giver] -= count
        now = best
    return [width + count * step for width, count in zip(widths, moved, strict=True)]


def _givers(taker: int, spare: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the columns that can give, one by one and together, with the steps each of them gives."""
    for count in _MOVES:
        able = tuple(at for at, steps in enumerate(spare) if at != taker and steps >= count)
        yield from (((giver,), count) for giver in able)
        if len(able) > 1:
            yield able, count


def _looks(column: _Column, width: float, step: float) -> Callable[[int], _Look]:
    """Return what a column looks like when it has taken so many steps."""
    known: dict[int, _Look] = {}

    def look(taken: int) -> _Look:
        if taken not in known:
            wide = width + taken * step
            known[taken] = column.lines(wide), column.head_lines(wide), column.broken(wide)
        return known[taken]

    return look


def _cost(seen: Sequence[_Look]) -> float:
    """Return the lines of the rows, those of the head (which repeats, and is ugly when high), and what is broken."""
    columns = [lines for lines, _, _ in seen]
    rows = sum(map(max, *columns)) if len(columns) > 1 else sum(columns[0])
    return rows + _HEAD_WEIGHT * max([head for _, head, _ in seen]) ** 2 + sum([broken for _, _, broken in seen])
