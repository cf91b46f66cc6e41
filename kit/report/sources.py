"""What a unit's figures came from, as digests of rows by file and table: to say later which file changed them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields

import pandas as pd

from kit.collect.raw import META
from kit.params import PlanParams
from kit.report.issues import Sources
from kit.report.tables import number_text
from kit.schema.load import load_schema
from kit.store import PeriodData

_SHORT = 16  # letters of a digest: enough to tell versions of one file's rows apart
UNREAD = "unreadable"  # in the place of tables, for a file that could not be used
CORRECTED = ("corrected", "row-dropped")


def sources_of(data: PeriodData, unit_id: str) -> Sources:
    """Return what the figures of one unit rest on. ``data`` is the unit's slice, or the whole period."""
    own = data.slice(unit_id)
    return Sources(_files(own), _references(own, unit_id), _corrections(own), params_as_text(data.params))


def _files(own: PeriodData) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in own.files.to_dict("records"):
        found[row["file"]] = {} if row["readable"] else {UNREAD: UNREAD}
    for table in load_schema().collected:
        for file, digest in _by_file(own.frames[table.name]).items():
            found.setdefault(file, {})[table.name] = digest
    return {file: found[file] for file in sorted(found)}


def _by_file(frame: pd.DataFrame) -> dict[str, str]:
    """Digests of the rows of one table by the file they came from."""
    files = frame["_file"].fillna("").tolist()
    digests: dict[str, hashlib._Hash] = {}
    for file, line in zip(files, _lines(frame), strict=True):
        digests.setdefault(file, hashlib.sha256()).update(line)
    return {file: digest.hexdigest()[:_SHORT] for file, digest in digests.items() if file}


def _lines(frame: pd.DataFrame) -> Iterator[bytes]:
    """Rows as bytes: the fields alone, since a row's place in the sheet does not change what it says."""
    names = [name for name in frame.columns if not str(name).startswith("_") and name not in META]
    columns = [[_text(value) for value in frame[name].tolist()] for name in names]
    return ("\x1f".join(cells).encode() + b"\x1e" for cells in zip(*columns, strict=True))


def _text(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    return str(value)


def _references(own: PeriodData, unit_id: str) -> dict[str, str]:
    """The reference rows that concern the unit: its subtree, the policies given to it or written about, its issuer."""
    tree = own.scope.tree
    subtree = set(tree.subtree(unit_id))
    units = subtree | {unit for unit, receiver in tree.receiver.items() if receiver in subtree}
    assigned = own.frames["assignments"].loc[own.frames["assignments"]["unit_id"].isin(units)]
    named = set(assigned["policy_id"]) | set(own.frames["activities"]["policy_id"].dropna())
    chosen = {
        "units": own.frames["units"].loc[own.frames["units"]["unit_id"].isin(units)],
        "assignments": assigned,
        "policies": own.frames["policies"].loc[own.frames["policies"]["policy_id"].isin(named)],
        "issuers": own.frames["issuers"].loc[own.frames["issuers"]["unit_id"] == unit_id],
    }
    return {name: hashlib.sha256(b"".join(_lines(frame))).hexdigest()[:_SHORT] for name, frame in chosen.items()}


def _corrections(own: PeriodData) -> tuple[str, ...]:
    """The office's corrections that were used, one text each: file, table, field and a digest of what was corrected."""
    found = own.findings.loc[own.findings["code"].isin(CORRECTED)].to_dict("records")
    said = [(row, hashlib.sha256(f"{row['key']}\t{row['message']}".encode()).hexdigest()[:_SHORT]) for row in found]
    return tuple(sorted("\t".join((row["source_file"], row["table"], row["field"], digest)) for row, digest in said))


def params_as_text(params: PlanParams) -> dict[str, str]:
    """Plan parameters as texts, each target under a name of its own (``targets.CS-01``)."""
    texts = {item.name: _param(getattr(params, item.name)) for item in fields(params) if item.name != "targets"}
    targets = {f"targets.{id}": number_text(float(value)) for id, value in params.targets.items()}
    return {name: text for name, text in sorted({**texts, **targets}.items()) if text}


def _param(value: object) -> str:
    if isinstance(value, dict) or hasattr(value, "items"):
        return "; ".join(f"{name}={_param(part)}" for name, part in sorted(value.items()))  # type: ignore[union-attr]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(sorted(map(str, value)))
    return "" if value is None else str(value)
