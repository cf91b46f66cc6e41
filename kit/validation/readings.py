"""Values that are read otherwise than written, each with a warning: lost hyphens, the end of districts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from kit.schema.model import Schema
from kit.validation.keys import looked_up
from kit.validation.marks import Ledger, Marks
from kit.validation.wording import shown

# Luật Tổ chức chính quyền địa phương 2025 ended the district level.
LAST_DAY_OF_DISTRICTS = pd.Timestamp("2025-06-30")

# Abbreviations of kinds of documents (Nghị định 30/2020/NĐ-CP, Phụ lục III) and of bodies that issue them. A number is
# repaired only where both halves are known in full.
_KINDS = "NQ|QĐ|CT|QC|QYĐ|TC|TB|HD|CTR|KH|PA|ĐA|DA|BC|BB|TTR|HĐ|CV|CĐ|BGN|BTT|GM|GP|PG|PC|PB|TT|NĐ|PL|CTPH|KHPH"
_BODIES = (
    "UBND|HĐND|HĐPH|BTP|STP|PTP|TP|BCĐ|BCĐPH|TTG|CP|VP|VPCP|MTTQ|HU|TU|ĐU|BTT|SNV|SYT|SGDĐT|STTTT|SVHTT|CATP|CAH|CAX|"
    "TANDTC|VKSNDTC|TTCP|BNV|BTC|BYT|BCA|BQP|PVHTT|PNV|TTVH|ĐTN|HPN|HND|HCCB|SKHCN|STC|STNMT|SXD|SGTVT|SLĐTBXH|SNN|SCT"
)
_JOINED = re.compile(rf"([0-9]{{1,5}}(?:/[0-9]{{4}})?/)({_KINDS})({_BODIES})", re.IGNORECASE)
_DOCUMENT_NUMBERS = (("products", "document_number"), ("inspections", "document_number"))


def read_anew(frames: Mapping[str, pd.DataFrame], schema: Schema, ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Return frames with repaired document numbers and effective last days of districts; marks go to the ledger."""
    read = dict(frames)
    for table, name in _DOCUMENT_NUMBERS:
        if table in read:
            read[table] = _hyphens(read[table], table, name, ledger=ledger)
    read["units"] = _districts(read["units"], ledger)
    return read


def with_hyphen(number: str) -> str | None:
    """Return ``12/KH-UBND`` for ``12/KHUBND``; ``None`` where the number is no such joined word."""
    match = _JOINED.fullmatch(number)
    return f"{match[1]}{match[2]}-{match[3]}" if match else None


def _hyphens(frame: pd.DataFrame, table: str, name: str, *, ledger: Ledger) -> pd.DataFrame:
    repaired = {number: with_hyphen(number) for number in frame[name].dropna().unique()}
    changed = looked_up(frame[name], repaired)
    rows = np.flatnonzero(changed.notna())
    if not len(rows):
        return frame
    ledger.add([Marks("document-number-repaired", table, name, rows, {"read": list(changed.iloc[rows])})])
    return frame.assign(**{name: changed.fillna(frame[name])})


def _districts(units: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    ends, late = units["valid_to"], ending_districts(units)
    rows = np.flatnonzero(late & ~ledger.wrong("units", "valid_to"))
    found = ["để trống" if pd.isna(day) else f"ghi {shown(day)}" for day in ends.iloc[rows]]
    ledger.add([Marks("district-after-2025", "units", "valid_to", rows, {"found": found})])
    return units.assign(valid_to=ends.mask(late, LAST_DAY_OF_DISTRICTS))


def ending_districts(units: pd.DataFrame) -> pd.Series:
    """Return which units are districts whose ``valid_to`` is blank, set aside or later than 30/6/2025."""
    return (units["level"] == "district") & (units["valid_to"].isna() | (units["valid_to"] > LAST_DAY_OF_DISTRICTS))
