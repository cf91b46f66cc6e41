"""A data folder of many units, made from the sample: ``python benchmarks/many_units.py FOLDER UNITS [--csv]``.

Provinces of about a hundred units, districts of about fifteen communes. Every unit has the workbooks of a unit of the
sample with its own code in them, so reports are as full as the sample's. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "data")]

from make_sample import collected_tables, reference_tables, render_csv  # noqa: E402
from sample.places import all_units  # noqa: E402

from kit.schema.load import load_schema  # noqa: E402

YEARS = (2023, 2024)
_PROVINCE, _DISTRICT = 110, 15
_LIKE = {"province": ("TINH-MAU",), "department": ("SO-TP",), "district": ("HU-01", "HU-02")}
_LIKE["commune"] = tuple(f"XA-{number:02d}" for number in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13))


@dataclass(frozen=True)
class Clone:
    """A unit that reports like one of the sample."""

    unit_id: str
    like: str
    parent: str


def clones(number: int) -> list[Clone]:
    """That many units: provinces with a department each, districts, communes."""
    provinces = max(1, round(number / _PROVINCE))
    districts = max(provinces, round((number - 2 * provinces) / (_DISTRICT + 1)))
    tops = [Clone(f"TINH-{n:02d}", "TINH-MAU", "") for n in range(1, provinces + 1)]
    offices = [Clone(f"SO-{n:02d}", "SO-TP", f"TINH-{n:02d}") for n in range(1, provinces + 1)]
    like = {level: cycle(names) for level, names in _LIKE.items()}
    middle = [Clone(f"HU-{n:03d}", next(like["district"]), tops[n % provinces].unit_id) for n in range(districts)]
    rest = number - len(tops) - len(offices) - districts
    last = [Clone(f"XB-{n:04d}", next(like["commune"]), middle[n % districts].unit_id) for n in range(1, rest + 1)]
    return [*tops, *offices, *middle, *last]


def write_many(folder: Path, number: int, *, as_csv: bool = False) -> list[Clone]:
    """Write the data folder; with ``as_csv`` CSV folders instead of workbooks (faster to make and to read)."""
    made = clones(number)
    (folder / "reference").mkdir(parents=True)
    for name, content in _references(made).items():
        (folder / "reference" / f"{name}.csv").write_bytes(content)
    for year in YEARS:
        files = {like: _register(like, year, as_csv=as_csv) for like in sorted({clone.like for clone in made})}
        for clone in made:
            for name, content in _for(clone, files[clone.like]).items():
                path = folder / "collected" / str(year) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return made


def _references(made: list[Clone]) -> dict[str, bytes]:
    """The reference tables of the sample with the rows of its units repeated for their clones."""
    tables, schema = reference_tables(), load_schema().tables
    found = {"policies": render_csv(schema["policies"], [{**row, "lead_unit_id": None} for row in tables["policies"]])}
    names = {unit.unit_id: unit.name for unit in all_units()}
    for name in ("units", "issuers", "assignments"):
        rows = {like: [row for row in tables[name] if row["unit_id"] == like] for like in names}
        many = [{**row, "unit_id": clone.unit_id} for clone in made for row in rows[clone.like]]
        if name == "units":
            parents = {clone.unit_id: clone.parent or None for clone in made}
            many = [
                {**row, "parent_id": parents[row["unit_id"]], "name": f"{row['name']} {row['unit_id'][-4:]}"}
                for row in many
            ]
        found[name] = render_csv(schema[name], many)
    return found


def _register(like: str, year: int, *, as_csv: bool) -> dict[str, bytes]:
    """Files of a sample unit's register, by their path below the year; the unit's code stands in it as ``like``."""
    place = ROOT / "data" / "collected" / str(year) / like
    book = place.with_suffix(".xlsx")
    if book.is_file() and not as_csv:
        return {f"{like}.xlsx": book.read_bytes()}
    unit = next(unit for unit in all_units() if unit.unit_id == like)
    tables = collected_tables(unit, year)
    return {f"{like}/{table.name}.csv": render_csv(table, tables[table.name]) for table in load_schema().collected}


def _for(clone: Clone, files: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace(clone.like, clone.unit_id): _renamed(name, text, clone) for name, text in files.items()}


def _renamed(name: str, content: bytes, clone: Clone) -> bytes:
    if not name.endswith(".xlsx"):
        return content
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            text = old.read(part).replace(clone.like.encode(), clone.unit_id.encode())
            new.writestr(zipfile.ZipInfo(part), text, zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()


def late_activity(folder: Path, unit_id: str, year: int = 2024) -> None:
    """A late line of one unit: its activities once more with one added (CSV folders only)."""
    path = folder / "collected" / str(year) / unit_id / "activities.csv"
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    lines.append([f"HD-9{len(lines):02d}", *lines[-1][1:]])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    path.write_text(out.getvalue(), encoding="utf-8")


def communes(made: list[Clone]) -> Iterator[Clone]:
    """The communes among the units."""
    return (clone for clone in made if clone.unit_id.startswith("XB-"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("units", type=int)
    parser.add_argument("--csv", action="store_true")
    asked = parser.parse_args()
    write_many(asked.folder, asked.units, as_csv=asked.csv)
