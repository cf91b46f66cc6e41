"""List fields: ``;``-separated items in one cell, or one "x" column per code; only known items stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kit.collect.booleans import parse_boolean
from kit.collect.parsed import READ_AS, Parsed, Unreadable
from kit.collect.text import match_key
from kit.schema.model import Field
from kit.validation.cells import Cells, read_cells, read_text
from kit.validation.marks import Marks
from kit.validation.wording import shown

_SEPARATORS = re.compile("[;\n]")


def read_list(frame: pd.DataFrame, table: str, field: Field, codes: Mapping[str, str]) -> tuple[pd.Series, list[Marks]]:
    """Read a list field: codes joined by ``;`` in the order of the code list (names: as written), and marks."""
    found: list[Marks] = []
    values = pd.Series(pd.NA, index=range(len(frame)), dtype="str")
    marked = np.zeros(len(frame), dtype=np.int64)
    if codes:
        marked = _marked(frame, table, field.name, codes=codes, found=found)
    if field.name in frame:
        cells = read_cells(frame[field.name].to_numpy(dtype=object), read_text)
        names = known_names(codes)
        cells, unknown = _itemised(cells, names)
        found += [*cells.marks(table, field.name), *_unknown_items(cells, unknown, table, field.name)]
        values = cells.typed("string")
    if marked.any():
        values = _united(values, marked, list(codes))
    return values, found


def known_names(codes: Mapping[str, str]) -> dict[str, str]:
    """Return what a code may be called (its label or itself, by match key) → the code."""
    return {match_key(label): code for code, label in codes.items()} | {match_key(code): code for code in codes}


def _itemised(cells: Cells, names: Mapping[str, str]) -> tuple[Cells, dict[int, str]]:
    """Split each distinct cell; return canonical cells and the unknown items by distinct value."""
    outcomes, unknown = [], {}
    order = {code: at for at, code in enumerate(dict.fromkeys(names.values()))}
    for at, outcome in enumerate(cells.outcomes):
        if isinstance(outcome, Unreadable) or outcome.value is None:
            outcomes.append(outcome)
            continue
        items = list(dict.fromkeys(item.strip() for item in _SEPARATORS.split(outcome.value) if item.strip()))
        if names:
            outcome, items, lost = _coded(outcome, items, names)
            items.sort(key=order.__getitem__)
            if lost:
                unknown[at] = "; ".join(lost)
        outcomes.append(replace(outcome, value=";".join(items) or None))
    return replace(cells, outcomes=tuple(outcomes)), unknown


def _coded(outcome: Parsed, items: list[str], names: Mapping[str, str]) -> tuple[Parsed, list[str], list[str]]:
    """Return the codes of items, and the items that are no codes; ``1, 4`` is read where every part is a code."""
    known, lost = [], []
    for item in items:
        parts = [item] if match_key(item) in names else [part.strip() for part in item.split(",") if part.strip()]
        if parts and all(match_key(part) in names for part in parts):
            known += [names[match_key(part)] for part in parts]
            outcome = replace(outcome, note=READ_AS, how="commas") if len(parts) > 1 else outcome
        else:
            lost.append(item)
    return outcome, list(dict.fromkeys(known)), lost


def _unknown_items(cells: Cells, unknown: Mapping[int, str], table: str, field: str) -> Iterator[Marks]:
    if unknown:
        rows = np.flatnonzero(np.isin(cells.codes, list(unknown)))
        items = [shown(unknown[at]) for at in cells.codes[rows]]
        yield Marks("item-unknown", table, field, rows, {"items": items}, sets_aside="item")


def _marked(frame: pd.DataFrame, table: str, name: str, *, codes: Mapping[str, str], found: list[Marks]) -> np.ndarray:
    """Read the x columns of a field into bits, one per code; what is no mark is an unknown item."""
    bits = np.zeros(len(frame), dtype=np.int64)
    for at, code in enumerate(codes):
        column = f"{name}.{code}"
        if column not in frame:
            continue
        cells = read_cells(frame[column].to_numpy(dtype=object), lambda value, origin: parse_boolean(value))
        found += [replace(marks, sets_aside="item") for marks in cells.marks(table, name, column)]
        bits |= cells.typed("boolean").fillna(False).to_numpy(dtype=bool).astype(np.int64) << at
    return bits


def _united(values: pd.Series, marked: np.ndarray, codes: list[str]) -> pd.Series:
    """Join what the cell says with what the x columns say."""
    place = {code: at for at, code in enumerate(codes)}
    positions, distinct = pd.factorize(values)
    bits = np.array([*(sum(1 << place[code] for code in text.split(";")) for text in distinct), 0], dtype=np.int64)
    every = marked | bits[positions]
    masks, inverse = np.unique(every, return_inverse=True)
    texts = [";".join(code for at, code in enumerate(codes) if mask >> at & 1) or None for mask in masks]
    return pd.Series(texts, dtype="object").astype("str").take(inverse).reset_index(drop=True)
