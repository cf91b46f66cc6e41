"""References chosen by their label ("CS-2024-01 – Luật …") come back to their key.

The key before the separator decides. A label whose title is not that of its key is read by its key, with a note: the
title may have been changed since, or the two may contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from kit.collect.labels import agrees, splits
from kit.collect.parsed import READ_AS
from kit.collect.text import match_key
from kit.schema.model import Field, Schema, Table
from kit.validation.marks import Ledger, Marks

_TITLES = ("title", "name", "full_name")
_DASHED = "\\s[-\u2010-\u2015]\\s"
Frames = Mapping[str, pd.DataFrame]


def without_labels(frames: Frames, schema: Schema, ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Replace labels of keys by the keys. A text that is a key as it stands, or begins with none, stays."""
    read = dict(frames)
    for table, field, target in _references(schema):
        frame = read[table.name]
        dashed = frame[field.name].str.contains(_DASHED, regex=True).fillna(False).to_numpy(dtype=bool)
        if dashed.any():
            rows = np.flatnonzero(dashed)
            keys, marks = _read(frame, (table, field, target), rows=rows, titles=_titles(frames, target))
            read[table.name] = frame.assign(**{field.name: keys})
            ledger.add(marks)
    return read


def _references(schema: Schema) -> Iterator[tuple[Table, Field, Table]]:
    members = schema.tables["council_members"]
    for table in schema.tables.values():
        for field in table.fields:
            if field.references:
                yield table, field, schema.tables[field.references]
            elif field.name == "member_id" and table is not members:
                yield table, field, members


def _titles(frames: Frames, target: Table) -> dict[tuple[str, str], str]:
    """Return (workbook, folded key) → title; a council list serves the units below it, so it has no workbook here."""
    frame, key = frames[target.name], target.primary_key[0]
    title = next((name for name in _TITLES if name in target.field_names), key)
    places = _places(frame) if target.name == "tasks" else [""] * len(frame)
    rows = zip(places, frame[key], frame[title].fillna(""), strict=True)
    found: dict[tuple[str, str], str] = {}
    for place, value, text in rows:
        if pd.notna(value):
            # The same key may stand in several council lists; any of its names will do.
            found.setdefault((place, match_key(value)), str(text))
            if target.name == "council_members":
                found[(str(text).casefold(), match_key(value))] = str(text)
    return found


def _places(frame: pd.DataFrame) -> list[str]:
    return [f"{unit}\x1f{year}" for unit, year in zip(frame["_unit"], frame["_year"], strict=True)]


def _read(
    frame: pd.DataFrame,
    reference: tuple[Table, Field, Table],
    *,
    rows: np.ndarray,
    titles: Mapping[tuple[str, str], str],
) -> tuple[pd.Series, list[Marks]]:
    table, field, target = reference
    values = frame[field.name].tolist()
    places = _places(frame.iloc[rows]) if target.name == "tasks" else [""] * len(rows)
    odd, reads = [], []
    for row, place in zip(rows, places, strict=True):
        key, agreed = _key(values[row], place, titles, people=target.name == "council_members")
        if key is not None:
            values[row] = key
            if not agreed:
                odd.append(row)
                reads.append(key)
    marks = [Marks(READ_AS, table.name, field.name, np.array(odd, dtype=np.int64), {"read": reads})] if odd else []
    return pd.Series(values, index=frame.index, dtype="str"), marks


def _key(text: str, place: str, titles: Mapping[tuple[str, str], str], *, people: bool) -> tuple[str | None, bool]:
    """Return the longest key that a label begins with, and whether the label still says its title."""
    if (place, match_key(text)) in titles:
        return None, True
    found: tuple[str | None, bool] = (None, True)
    for key, said in splits(text):
        folded = match_key(key)
        if (place, folded) in titles:
            agreed = agrees(said, titles[place, folded])
            named = people and (said.partition(" (")[0].casefold(), folded) in titles
            found = key, agreed or named
    return found
