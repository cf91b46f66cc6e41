"""Read blocks as text in tests."""

from __future__ import annotations

from collections.abc import Iterable

from kit.report import plain
from kit.report.blocks import Block, Figure, Table
from kit.report.report import Report
from tests.report.sample_period import period_data

# A section takes nothing; ``trace`` takes an indicator.
SECTIONS = tuple(
    name
    for name, item in vars(Report).items()
    if callable(item) and not name.startswith("_") and item.__code__.co_argcount == 1
)


def blocks_of(made: Block | Iterable[Block]) -> list[Block]:
    """Return what a section gave as a list of blocks."""
    return [made] if isinstance(made, Block) else list(made)


def text_of(made: Block | Iterable[Block]) -> str:
    """Return a section as one line of plain text."""
    return " ".join(" ".join(plain.block(block.to_json()) for block in blocks_of(made)).split())


def report(unit: str = "XA-01", code: str = "2024-H1", **more: object) -> Report:
    """Return a report on the sample period, or on a changed one."""
    return Report(period_data(code, **more), unit)


def table_named(made: Iterable[Block], name: str) -> Table:
    """Return the table of that name."""
    return next(block for block in made if isinstance(block, Table) and block.name == name)


def figures(made: Iterable[Block]) -> list[Figure]:
    """Return the charts among blocks."""
    return [block for block in made if isinstance(block, Figure)]
