"""The public edition: what a unit's slice must not say outside the office, taken out before any block is made.

Which fields those are is declared once, in the schema (``disclosure``). The rows stay, so every figure is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

import pandas as pd

from kit.report.revision import Revision
from kit.schema.load import load_schema
from kit.schema.model import Table
from kit.store import PeriodData
from kit.validation.findings import load_catalogue

INTERNAL, PUBLIC = "internal", "public"
EDITIONS = (INTERNAL, PUBLIC)
HIDDEN = "(không nêu trong bản công khai)"  # in place of a text; a missing one stays missing
_CONSENT = "publish"  # the field that allows a row's own words to be published


def redacted(data: PeriodData) -> PeriodData:
    """Return the data without names of persons, evidence and words not meant for the public.

    Findings and files keep where and what, but no value, no message and no name that a unit gave a file or a sheet.
    """
    tables = load_schema().tables
    frames = {name: _hidden(frame, tables[name]) if name in tables else frame for name, frame in data.frames.items()}
    files = data.files.assign(file=public_files(data.files["file"], data.files["unit_id"]))
    return replace(data, frames=frames, findings=_findings(data.findings), files=files.astype(data.files.dtypes))


def _hidden(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Replace texts of the fields that the schema keeps from the public; where they come from too."""
    consent = frame[_CONSENT].fillna(False).astype(bool) if _CONSENT in table.field_names else False
    texts = {}
    for field in table.fields:
        if field.disclosure and field.name in frame:
            kept = frame[field.name].isna() | (consent if field.disclosure == "words" else False)
            texts[field.name] = frame[field.name].where(kept, HIDDEN)
    places = {}
    if "_file" in frame and table.collected:
        places = {"_file": public_files(frame["_file"], frame["_unit"]), "_sheet": _sheets(frame["_sheet"], table)}
    return frame.assign(**texts, **{name: values for name, values in places.items() if name in frame})


def _sheets(names: pd.Series, table: Table) -> pd.Series:
    return names.where(names.isna() | (names == ""), table.title)


def public_file(file: str, unit_id: str) -> str:
    """Return a file's place with the unit's code in place of the name it came under."""
    path = PurePosixPath(file.replace("\\", "/"))
    if path.stem == unit_id or path.parent.name == unit_id or not file:
        return file
    return str(path.with_name(f"{unit_id or 'tệp'}{path.suffix}"))


def public_files(files: pd.Series, units: pd.Series) -> list[str]:
    """``public_file`` of every row."""
    known = {pair: public_file(*pair) for pair in {*zip(files.fillna(""), units.fillna(""), strict=True)}}
    return [known[pair] for pair in zip(files.fillna(""), units.fillna(""), strict=True)]


def public_revision(found: Revision, data: PeriodData) -> Revision:
    """Return what changed with every file named after its unit; one that is gone by the unit its name begins with."""
    owners = dict(zip(data.files["file"], data.files["unit_id"], strict=True))
    units = set(data.frames["units"]["unit_id"])

    def shown(file: str) -> str:
        path = PurePosixPath(file)
        own = next((name for name in (path.stem, path.parent.name) if name in units), "")
        return public_file(file, own or owners.get(file, ""))

    return replace(found, sources=tuple(replace(change, file=shown(change.file)) for change in found.sources))


def _findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings as what and where: a message quotes the cell, a correction names who was told, a key may be anything."""
    catalogue = load_catalogue(load_schema())
    titles: Mapping[str, str] = {code: entry.title for code, entry in catalogue.items()}
    tables = {name: table.title for name, table in load_schema().tables.items()}
    sheets = findings["table"].map(tables).fillna("")
    return findings.assign(
        message=findings["code"].map(titles).fillna(""),
        value="",
        source_file=public_files(findings["source_file"], findings["unit_id"]),
        source_sheet=findings["source_sheet"].where(findings["source_sheet"] == "", sheets),
    ).astype(findings.dtypes)
