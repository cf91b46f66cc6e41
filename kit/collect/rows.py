"""From the rectangle of a sheet to the rows of tables: blank rows, keys nobody typed, the product beside its task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kit.collect.booleans import parse_boolean
from kit.collect.parsed import Parsed, is_blank
from kit.collect.raw import Problem, SourceFile
from kit.collect.text import match_key
from kit.schema.model import Table

PRODUCT = "product."


@dataclass(frozen=True)
class Block:
    """The rows of one table in one sheet or CSV file.

    ``frame`` has object columns named as fields and ``_row`` (as Excel shows it); ``letters`` says each field's column.
    """

    table: str
    sheet: str
    frame: pd.DataFrame
    letters: Mapping[str, str]


@dataclass(frozen=True)
class FileRead:
    """What one file gave: its record, the blocks of rows (none for a file that is not used), and problems."""

    source: SourceFile
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()


def frame_of(rows: Sequence[Sequence[object]], columns: Mapping[str, int], first: int) -> pd.DataFrame:
    """Return the non-blank rows as a frame; ``first`` is the row number, as Excel shows it, of ``rows[0]``."""
    numbers, picked = [], []
    places = list(columns.values())
    for number, row in enumerate(rows, start=first):
        width = len(row)
        cells = [row[place] if place < width else None for place in places]
        if any(cell is not None for cell in cells):
            numbers.append(number)
            picked.append(cells)
    by_column = zip(*picked, strict=True) if picked else [()] * len(places)
    series = {name: pd.Series(list(cells), dtype=object) for name, cells in zip(columns, by_column, strict=True)}
    return pd.DataFrame({**series, "_row": pd.Series(numbers, dtype="int64")})


def without_empty_lines(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Drop lines of a template that nobody filled in: nothing but a prefilled key and marks that equal the default.

    Only keys with a prefix are prefilled; a period that stands alone was typed, and its line is incomplete.
    """
    prefilled = table.primary_key if table.key_prefix else ()
    filled = pd.Series(False, index=frame.index)
    defaults = {field.name: field.default for field in table.fields if field.default is not None}
    for name in frame.columns:
        if name == "_row" or name in prefilled:
            continue
        column = frame[name]
        present = column.notna()
        if name in defaults:
            present &= ~column.map(lambda cell, default=defaults[name]: _is_default(cell, default))
        filled |= present
    return frame[filled].reset_index(drop=True)


def _is_default(cell: object, default: object) -> bool:
    outcome = parse_boolean(cell) if isinstance(default, bool) else None
    return outcome.value is default if isinstance(outcome, Parsed) else cell == default


def with_assigned_keys(block: Block, table: Table) -> tuple[Block, list[Problem]]:
    """Give each filled row without a key the key ``<PREFIX>-D<row>``, unlike all others, with a note."""
    if not table.key_prefix or len(table.primary_key) != 1:
        return block, []
    name = table.primary_key[0]
    frame = block.frame.copy()
    if name not in frame:
        frame.insert(0, name, pd.Series([None] * len(frame), index=frame.index, dtype=object))
    keys = frame[name].tolist()
    taken = {match_key(str(key)) for key in keys if not is_blank(key)}
    problems = []
    for index, (key, row) in enumerate(zip(keys, frame["_row"], strict=True)):
        if is_blank(key):
            keys[index] = _free_key(f"{table.key_prefix}-D{row}", taken)
            place = {"row": int(row), "column": block.letters.get(name, ""), "field": name, "key": keys[index]}
            problems.append(Problem("key-assigned", "", table=table.name, sheet=block.sheet, **place))
    frame[name] = pd.Series(keys, index=frame.index, dtype=object)
    return Block(block.table, block.sheet, frame, block.letters), problems


def _free_key(wanted: str, taken: set[str]) -> str:
    key, number = wanted, 2
    while match_key(key) in taken:
        key, number = f"{wanted}-{number}", number + 1
    taken.add(match_key(key))
    return key


def split_products(tasks: Block) -> list[Block]:
    """Move the inline product of each task into a block of products, whose key is the task's (contracts.md)."""
    inline = [name for name in tasks.frame.columns if name.startswith(PRODUCT)]
    if not inline:
        return [tasks]
    own = Block("tasks", tasks.sheet, tasks.frame.drop(columns=inline), _letters_without(tasks.letters, inline))
    filled = tasks.frame[tasks.frame[inline].notna().any(axis=1)]
    names = {name: name.removeprefix(PRODUCT) for name in inline}
    products = filled[[*inline, "_row"]].rename(columns=names)
    products.insert(0, "task_id", filled["task_id"])
    products.insert(0, "product_id", filled["task_id"])
    letters = {names[name]: tasks.letters[name] for name in inline}
    letters |= dict.fromkeys(("product_id", "task_id"), tasks.letters.get("task_id", ""))
    return [own, Block("products", tasks.sheet, products.reset_index(drop=True), letters)]


def _letters_without(letters: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: letter for name, letter in letters.items() if name not in names}
