"""Apply the office's corrections to raw tables before anything is checked; one that does not fit fails loudly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from kit.collect.parsed import Parsed, is_blank
from kit.collect.raw import Problem, RawTables
from kit.collect.text import match_key, parse_text
from kit.errors import DeclarationError
from kit.schema.model import Schema, Table
from kit.validation.conform import conform_table
from kit.validation.corrections import NAME, Correction, one_cell, owner_of
from kit.validation.wording import shown

CORRECTED, DROPPED, WAITING = "corrected", "row-dropped", "correction-waiting"


class _Misfit(Exception):
    """A correction does not fit the data; the message says why."""


@dataclass
class _Work:
    """Frames being corrected (copies), what is done, and what is wrong."""

    raw: RawTables
    schema: Schema
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    drops: dict[str, list[int]] = field(default_factory=dict)
    done: set[tuple[str, int, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    owners: dict[str, dict[tuple[str, int], np.ndarray]] = field(default_factory=dict)

    def rows_of(self, table: str, owner: tuple[str, int]) -> np.ndarray:
        """Return the positions of a workbook's rows; a table is looked through once."""
        if table not in self.owners:
            groups = self.raw.frames[table].groupby(["_unit", "_year"], sort=False).indices
            found: dict[tuple[str, int], list[np.ndarray]] = {}
            for (unit, year), rows in groups.items():
                found.setdefault(owner_of(unit, year), []).append(rows)
            self.owners[table] = {name: np.sort(np.concatenate(parts)) for name, parts in found.items()}
        return self.owners[table].get(owner, np.empty(0, dtype=np.int64))

    def frame(self, table: str) -> pd.DataFrame:
        if table not in self.frames:
            self.frames[table] = self.raw.frames[table].copy()
        return self.frames[table]


def apply_corrections(
    raw: RawTables, corrections: Sequence[Correction], schema: Schema, *, cutoff: dt.date | None = None
) -> RawTables:
    """Return the tables with every correction applied; each becomes a ``Problem``, a note on its cell or row.

    A file that was named on the command line and lies elsewhere than under ``collected/`` is judged as sent: its unit's
    corrections are left out. A correction of a unit whose file cannot be read waits, and says so. ``cutoff`` is T of
    the period, ``None`` without a period.

    Raises ``DeclarationError`` with all corrections that match no row or several, whose ``from`` is not what the cell
    has, or that have ended before T.
    """
    work = _Work(raw, schema)
    mistakes = []
    for correction in corrections:
        try:
            _apply(correction, work, cutoff)
        except _Misfit as misfit:
            mistakes.append(f"{correction.place} ({correction.target}): {misfit}")
    if mistakes:
        raise DeclarationError(f"{NAME} does not fit the data; correct or remove these entries:", mistakes)
    frames = {name: _without(frame, work.drops.get(name, [])) for name, frame in work.frames.items()}
    return replace(raw, frames={**raw.frames, **frames}, problems=(*raw.problems, *work.problems))


def _without(frame: pd.DataFrame, rows: Sequence[int]) -> pd.DataFrame:
    return frame.drop(index=list(rows)).reset_index(drop=True) if rows else frame


def _apply(correction: Correction, work: _Work, cutoff: dt.date | None) -> None:
    owner = owner_of(correction.unit_id, correction.year)
    files = [file for file in work.raw.files if owner_of(file.unit_id, file.plan_year) == owner]
    if any(not file.file.startswith("collected/") for file in files):
        return
    if cutoff and correction.until < cutoff:
        told = f"it was declared until {correction.until}, before the cut-off {cutoff}"
        raise _Misfit(f"{told}; remove it when the unit has corrected its workbook, or extend 'until'")
    if not files:
        raise _Misfit(f"there is no file of {correction.unit_id} for {correction.year} under collected/")
    if not any(file.readable for file in files):
        work.problems.append(_problem(WAITING, correction, {"_file": files[0].file, "_unit": files[0].unit_id}, {}))
        return
    _apply_to_row(correction, work, _position(correction, work))


def _position(correction: Correction, work: _Work) -> int:
    """Return the position of the one row that a correction names."""
    frame, table = work.frame(correction.table), work.schema.tables[correction.table]
    owner = owner_of(correction.unit_id, correction.year)
    rows = work.rows_of(correction.table, owner)
    if correction.row:
        found = [at for at in rows if frame["_row"].iloc[at] == correction.row]
    else:
        wanted = match_key(correction.key)
        found = [at for at in rows if _key(frame, table, at) == wanted]
    if len(found) == 1:
        return int(found[0])
    if not found:
        raise _Misfit("there is no such row")
    lines = ", ".join(str(frame["_row"].iloc[at]) for at in found)
    raise _Misfit(f"it matches several rows ({lines}); name one by its row number, or by its key")


def _key(frame: pd.DataFrame, table: Table, at: int) -> str:
    parts = []
    for name in table.primary_key:
        outcome = parse_text(frame[name].iloc[at]) if name in frame else None
        parts.append(str(outcome.value or "") if isinstance(outcome, Parsed) else "")
    return match_key("/".join(parts))


def _apply_to_row(correction: Correction, work: _Work, at: int) -> None:
    table = correction.table
    taken = {name for done, position, name in work.done if (done, position) == (table, at)}
    if correction.field in taken or "" in taken or (correction.drop and taken):
        raise _Misfit("another correction names the same cell or row")
    frame = work.frame(table)
    row = frame.iloc[[at]]
    if correction.field:
        _require_old(correction, row, work.schema)
    letters = work.raw.letters.get((row["_file"].iloc[0], row["_sheet"].iloc[0], table), {})
    work.problems.append(_problem(DROPPED if correction.drop else CORRECTED, correction, row.iloc[0], letters))
    work.done.add((table, at, "" if correction.drop else correction.field))
    if correction.drop:
        work.drops.setdefault(table, []).append(at)
        return
    if correction.field not in frame:
        work.frames[table] = frame = frame.assign(**{correction.field: pd.Series([None] * len(frame), dtype=object)})
    frame.at[at, correction.field] = None if is_blank(correction.new) else correction.new
    for column in frame.columns:
        if column.startswith(f"{correction.field}."):  # the x columns of a list field
            frame.at[at, column] = None


def _require_old(correction: Correction, row: pd.DataFrame, schema: Schema) -> None:
    """The guard: the cell still has what the office saw, by its value or as it is written."""
    table = schema.tables[correction.table]
    name = correction.field
    written = row[name].iloc[0] if name in row else None
    if shown(written) and match_key(shown(written)) == match_key(shown(correction.old)):
        return
    found = conform_table(row.reset_index(drop=True), table, schema)[0][name].iloc[0]
    origin = {"_origin": row["_origin"].iloc[0]}
    wanted = conform_table(one_cell(name, correction.old).assign(**origin), table, schema)[0][name].iloc[0]
    same = bool(found == wanted) if not (pd.isna(found) or pd.isna(wanted)) else False
    blank = is_blank(correction.old) and not shown(written) and (pd.isna(found) or same)
    if not (same or blank):
        has = shown(written) or ("" if pd.isna(found) else shown(found))
        raise _Misfit(f"'from' is {_quoted(correction.old)}, but the cell has {_quoted(has)}")


def _quoted(value: object) -> str:
    return f"'{shown(value)}'" if shown(value) else "nothing"


def _problem(code: str, correction: Correction, row: Mapping[str, object], letters: Mapping[str, str]) -> Problem:
    name = correction.field
    column = letters.get(name, "") or next((at for part, at in letters.items() if part.startswith(f"{name}.")), "")
    old, new = (shown(value) or "(để trống)" for value in (correction.old, correction.new))
    until = f"{correction.until:%d/%m/%Y}"
    args = {"old": old, "new": new, "reason": correction.reason, "told": correction.told, "until": until}
    place = {"row": int(row["_row"]), "column": column if name else ""} if code != WAITING else {}
    return Problem(
        code,
        str(row["_file"]),
        str(row["_unit"]),
        correction.table,
        str(row.get("_sheet", "")),
        field=name,
        key=correction.key,
        value=shown(correction.old),
        args={**args, "target": correction.target},
        **place,
    )
