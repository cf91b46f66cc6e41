"""From the rectangle of a sheet to the rows of tables: blank rows, keys nobody typed, the product beside its task.

Plain lists, no frames: a data folder has thousands of small sheets, and their rows meet in one frame per table only
when everything is read (``kit.collect.read``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kit.collect.booleans import parse_boolean
from kit.collect.parsed import Parsed, is_blank
from kit.collect.raw import Problem, SourceFile
from kit.collect.text import match_key
from kit.schema.model import Table

PRODUCT = "product."
Columns = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Block:
    """The rows of one table in one sheet or CSV file.

    ``columns`` maps a field (or ``field.code``) to its cells, one per row, ``None`` blank; ``rows`` are the row numbers
    as Excel shows them; ``letters`` says each field's column.
    """

    table: str
    sheet: str
    columns: Columns
    rows: Sequence[int]
    letters: Mapping[str, str]


@dataclass(frozen=True)
class FileRead:
    """What one file gave: its record, the blocks of rows (none for a file that is not used), and problems."""

    source: SourceFile
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()


def rows_of(
    cells: Sequence[Sequence[object]], places: Mapping[str, int], first: int
) -> tuple[dict[str, list[object]], list[int]]:
    """Return the non-blank rows, by column, and their numbers; ``first`` is the number of ``cells[0]``."""
    wanted = list(places.values())
    numbers: list[int] = []
    picked: list[list[object]] = []
    for number, row in enumerate(cells, start=first):
        width = len(row)
        values = [row[place] if place < width else None for place in wanted]
        if values.count(None) < len(values):
            numbers.append(number)
            picked.append(values)
    by_column = zip(*picked, strict=True) if picked else [()] * len(wanted)
    return {name: list(values) for name, values in zip(places, by_column, strict=True)}, numbers


def without_empty_lines(block: Block, table: Table) -> Block:
    """Drop lines of a template that nobody filled in: nothing but a prefilled key and marks that equal the default.

    Only keys with a prefix are prefilled; a period that stands alone was typed, and its line is incomplete.
    """
    prefilled = table.primary_key if table.key_prefix else ()
    filled = [False] * len(block.rows)
    defaults = {field.name: field.default for field in table.fields if field.default is not None}
    for name, cells in block.columns.items():
        if name in prefilled:
            continue
        default = defaults.get(name)
        for at, cell in enumerate(cells):
            if cell is not None and not filled[at]:
                filled[at] = default is None or not _is_default(cell, default)
    if all(filled):
        return block
    kept = [at for at, is_filled in enumerate(filled) if is_filled]
    return picked_rows(block, kept)


def picked_rows(block: Block, kept: Sequence[int]) -> Block:
    """Return the block with the rows at these positions only."""
    columns = {name: [cells[at] for at in kept] for name, cells in block.columns.items()}
    return replace(block, columns=columns, rows=[block.rows[at] for at in kept])


def _is_default(cell: object, default: object) -> bool:
    outcome = parse_boolean(cell) if isinstance(default, bool) else None
    return outcome.value is default if isinstance(outcome, Parsed) else cell == default


def with_assigned_keys(block: Block, table: Table) -> tuple[Block, list[Problem]]:
    """Give each filled row without a key the key ``<PREFIX>-D<row>``, unlike all others, with a note."""
    if not table.key_prefix or len(table.primary_key) != 1:
        return block, []
    name = table.primary_key[0]
    keys = list(block.columns.get(name) or [None] * len(block.rows))
    if not any(is_blank(key) for key in keys):
        return (block if name in block.columns else replace(block, columns={name: keys, **block.columns})), []
    taken = {match_key(str(key)) for key in keys if not is_blank(key)}
    problems = []
    for index, (key, row) in enumerate(zip(keys, block.rows, strict=True)):
        if is_blank(key):
            keys[index] = _free_key(f"{table.key_prefix}-D{row}", taken)
            place = {"row": int(row), "column": block.letters.get(name, ""), "field": name, "key": keys[index]}
            problems.append(Problem("key-assigned", "", table=table.name, sheet=block.sheet, **place))
    return replace(
        block, columns={name: keys, **{other: block.columns[other] for other in block.columns if other != name}}
    ), problems


def _free_key(wanted: str, taken: set[str]) -> str:
    key, number = wanted, 2
    while match_key(key) in taken:
        key, number = f"{wanted}-{number}", number + 1
    taken.add(match_key(key))
    return key


def split_products(tasks: Block) -> list[Block]:
    """Move the inline product of each task into a block of products, whose key is the task's (contracts.md)."""
    inline = [name for name in tasks.columns if name.startswith(PRODUCT)]
    if not inline:
        return [tasks]
    rest = {name: cells for name, cells in tasks.columns.items() if name not in inline}
    own = replace(tasks, columns=rest, letters={n: at for n, at in tasks.letters.items() if n not in inline})
    filled = [at for at in range(len(tasks.rows)) if any(tasks.columns[name][at] is not None for name in inline)]
    keys = [tasks.columns["task_id"][at] for at in filled] if "task_id" in tasks.columns else [None] * len(filled)
    columns: dict[str, Sequence[object]] = {"product_id": keys, "task_id": keys}
    columns |= {name.removeprefix(PRODUCT): [tasks.columns[name][at] for at in filled] for name in inline}
    letters = {name.removeprefix(PRODUCT): tasks.letters[name] for name in inline}
    letters |= dict.fromkeys(("product_id", "task_id"), tasks.letters.get("task_id", ""))
    return [own, Block("products", tasks.sheet, columns, [tasks.rows[at] for at in filled], letters)]
