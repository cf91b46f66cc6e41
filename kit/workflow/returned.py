"""Returned workbooks: each file with errors, warnings or marks of an earlier check goes back as a marked workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from kit.collect.annotate import Return, render_returned
from kit.collect.annotate_carried import carries_marks
from kit.collect.annotate_sent import MOST_CELLS, Sent, load_sent
from kit.collect.files import CollectedFile, parts_of
from kit.collect.template_offers import Offers
from kit.collect.workbook import WorkbookContent
from kit.collect.workbook_layout import UnitInfo
from kit.errors import UsageError
from kit.indicators.byunit import gathered
from kit.params import PlanParams
from kit.run.files import WriteError, write_whole
from kit.schema.model import Schema
from kit.validation.advice import remarks
from kit.validation.findings import load_catalogue


@dataclass(frozen=True)
class Checked:
    """What a check knows: typed frames of all tables, and findings (columns of findings.csv).

    ``called`` says how findings call a file (``files.naming``).
    """

    called: Callable[[Path], str]
    schema: Schema
    params: PlanParams
    frames: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame
    _offers: dict[int, Offers] = field(default_factory=dict, repr=False)

    def of(self, file: CollectedFile) -> pd.DataFrame:
        """The findings of one workbook or CSV folder."""
        return self.findings.iloc[gathered(self._places, self.names(file))]

    def faulty(self, file: CollectedFile) -> bool:
        """True when there are errors or warnings in the file."""
        return not self._faulty.isdisjoint(self.names(file))

    @cached_property
    def _faulty(self) -> frozenset[str]:
        """The names of the files with errors or warnings."""
        serious = self.findings["severity"].isin(("error", "warning"))
        return frozenset(self.findings.loc[serious, "source_file"])

    @cached_property
    def _places(self) -> Mapping[str, np.ndarray]:
        """Where the findings of each file are."""
        return self.findings.groupby("source_file", sort=False).indices

    def offers(self, year: int) -> Offers:
        """What the workbooks of a plan year offer."""
        if year not in self._offers:
            self._offers[year] = Offers(self.frames, year, self.params)
        return self._offers[year]

    def names(self, file: CollectedFile) -> list[str]:
        """The names by which findings call a workbook, or each file of a CSV folder."""
        return [self.called(part) for part in parts_of(file)]


def render_return(file: CollectedFile, checked: Checked) -> bytes | None:
    """Return the workbook that goes back, or ``None``: nothing to say, or the file cannot be read or is too large."""
    if not checked.faulty(file) and not (file.kind == "workbook" and carries_marks(file.path)):
        return None
    sent = load_sent(file, checked.called, checked.schema)
    if sent is None or sent.cells > MOST_CELLS:
        return None
    said = tuple(remarks(checked.of(file), checked.schema, load_catalogue(checked.schema)))
    return render_returned(checked.schema, _content(sent, checked), Return(file.path.name, sent, said))


def _content(sent: Sent, checked: Checked) -> WorkbookContent:
    """What the unit's template offers; for a unit that nobody knows, the bare sheets of a commune."""
    unit, year = sent.source.unit_id, sent.source.plan_year
    try:
        return checked.offers(year).content(unit)
    except UsageError:
        return WorkbookContent(UnitInfo(unit, unit, "commune"), year)


def return_names(files: Iterable[CollectedFile]) -> dict[CollectedFile, str]:
    """Return file → name of its returned workbook, each its own: the newest plan year has the plain name."""
    names: dict[CollectedFile, str] = {}
    taken: set[str] = set()
    for file in sorted(files, key=lambda file: (-file.plan_year, str(file.path))):
        stem = file.path.stem if file.kind == "workbook" else file.path.resolve().name
        name, number = stem, 2
        if name.casefold() in taken and file.plan_year:
            name = f"{stem} ({file.plan_year})"
        while name.casefold() in taken:
            name, number = f"{stem} ({number})", number + 1
        taken.add(name.casefold())
        names[file] = f"{name}.xlsx"
    return names


def write_returned(names: Mapping[CollectedFile, str], checked: Checked, folder: Path) -> dict[str, Path]:
    """Write the returned workbooks into a folder; the name of each file sent → path. What is stale there is removed."""
    written: dict[str, Path] = {}
    sent = {file.path.resolve() for file in names}
    for file, name in names.items():
        path = folder / name
        content = render_return(file, checked)
        if content is not None:
            written |= dict.fromkeys(checked.names(file), path)
        elif path.resolve() in sent:
            continue  # the file itself was named: it stays
        _put(path, content)
    return written


def _put(path: Path, content: bytes | None) -> None:
    """Write the file, or take it away. Raises ``UsageError`` where another program holds it."""
    try:
        if content is None:
            path.unlink(missing_ok=True)
        else:
            write_whole(path, content)
    except (PermissionError, WriteError):
        raise UsageError(f"'{path}' cannot be written; close it where it is open, then check again.") from None
