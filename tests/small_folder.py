"""Small data folders in canonical CSV, written by hand, for tests of whole commands."""

from __future__ import annotations

import csv
from pathlib import Path

from kit.schema.load import load_schema

UNITS = (
    {"unit_id": "TINH-1", "name": "Tỉnh Mẫu", "level": "province", "valid_from": "2020-01-01"},
    {
        "unit_id": "HU-1",
        "name": "Huyện Mẫu",
        "level": "district",
        "parent_id": "TINH-1",
        "valid_from": "2020-01-01",
        "valid_to": "2025-06-30",
    },
    {"unit_id": "XA-1", "name": "Xã Mẫu", "level": "commune", "parent_id": "HU-1", "valid_from": "2020-01-01"},
)
ACTIVITY = {
    "activity_id": "HD-1",
    "date": "2024-03-05",
    "kind": "awareness",
    "form": "conference",
    "sessions": "1",
    "attendances": "60",
}


def write_folder(folder: Path, *, units=UNITS, reference=None, collected=None) -> Path:
    """Write a data folder; ``collected`` maps ``(year, unit)`` to ``{table: rows}``."""
    for name, rows in {"units": units, **(reference or {})}.items():
        _write(folder / "reference" / f"{name}.csv", name, rows)
    for (year, unit), tables in (collected or {}).items():
        for name, rows in tables.items():
            _write(folder / "collected" / str(year) / unit / f"{name}.csv", name, rows)
    return folder


def _write(path: Path, table: str, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, load_schema().tables[table].field_names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
