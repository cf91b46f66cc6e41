"""Makes the fictional sample data of the kit: ``data/reference``, ``data/collected``, DICTIONARY.md, datapackage.json.

    python data/make_sample.py              rewrites the data folder
    python data/make_sample.py --csv DIR    writes the same data to DIR, wholly as canonical CSV

All units, people, provincial policies and figures are invented; the three real laws carry only the dates that are
sourced. Fixed seed: the same script gives the same data.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parent
sys.path[:0] = [str(DATA.parent), str(DATA)]  # run as a script: the kit and its own parts lie here

from sample.activities import activities_of  # noqa: E402
from sample.defects import Typed, with_defects  # noqa: E402
from sample.places import SILENT_UNIT, Unit, all_units, issuers_table, units_table  # noqa: E402
from sample.plans import Rows, budget_of, plan_of  # noqa: E402
from sample.policies import assignments_table, policies_table  # noqa: E402
from sample.records import feedback_of, inspections_of, members_of, obstacles_of, submissions_of  # noqa: E402
from sample.words import narrative_of  # noqa: E402

from kit.collect.labels import labelled  # noqa: E402
from kit.collect.workbook import WorkbookContent, render_workbook  # noqa: E402
from kit.collect.workbook_layout import UnitInfo  # noqa: E402
from kit.schema.datapackage import render_datapackage  # noqa: E402
from kit.schema.dictionary import render_dictionary  # noqa: E402
from kit.schema.load import load_schema  # noqa: E402
from kit.schema.model import Table  # noqa: E402

YEARS = (2023, 2024)
CSV_UNIT = "TINH-MAU"  # reports by CSV folder, as an office with software of its own does
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def reference_tables() -> dict[str, Rows]:
    """Rows of the reference tables."""
    return {
        "units": units_table(),
        "policies": policies_table(),
        "issuers": issuers_table(),
        "assignments": assignments_table(),
    }


def collected_tables(unit: Unit, year: int) -> dict[str, Rows]:
    """Rows of a unit's register of one plan year; typing mistakes included."""
    tasks, products = plan_of(unit, year)
    tables: dict[str, Rows] = {"submissions": submissions_of(unit, year), "tasks": tasks, "products": products}
    tables |= {"activities": activities_of(unit, year), "feedback": feedback_of(unit, year)}
    tables |= {"budget": budget_of(unit, year) if year == 2024 else [], "obstacles": obstacles_of(unit, year)}
    tables |= {"inspections": inspections_of(unit, year), "council_members": members_of(unit, year)}
    tables["narrative"] = narrative_of(unit, year, tables)
    return with_defects(unit, year, tables)


def registers() -> list[tuple[Unit, int]]:
    """The (unit, plan year) pairs that have reported."""
    pairs = [(unit, year) for year in YEARS for unit in all_units()]
    return [(unit, year) for unit, year in pairs if (unit.unit_id, year) != (SILENT_UNIT, 2024)]


def render_csv(table: Table, rows: Rows) -> bytes:
    """Return rows as canonical CSV: UTF-8, ISO dates, true/false, ``;`` in lists."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.field_names)
    writer.writerows([_canonical(row.get(name)) for name in table.field_names] for row in rows)
    return out.getvalue().encode("utf-8")


def render_files(*, csv_only: bool = False) -> dict[str, bytes]:
    """Return every file of the sample: path relative to the data folder → bytes."""
    schema = load_schema()
    references = reference_tables()
    files = {f"reference/{name}.csv": render_csv(schema.tables[name], rows) for name, rows in references.items()}
    for unit, year in registers():
        tables = collected_tables(unit, year)
        if csv_only or unit.unit_id == CSV_UNIT:
            folder = f"collected/{year}/{unit.unit_id}"
            files |= {f"{folder}/{table.name}.csv": render_csv(table, tables[table.name]) for table in schema.collected}
        else:
            files[f"collected/{year}/{unit.unit_id}.xlsx"] = _workbook(unit, year, tables)
    return files


def described_files() -> dict[str, bytes]:
    """Return what is derived from the schema for readers of the data."""
    schema = load_schema()
    texts = {"DICTIONARY.md": render_dictionary(schema)}
    texts["datapackage.json"] = render_datapackage(schema, f"collected/{YEARS[-1]}/{CSV_UNIT}")
    return {name: text.encode("utf-8") for name, text in texts.items()}


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files below ``folder``; the folders ``reference`` and ``collected`` are emptied first."""
    for name in ("reference", "collected"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _workbook(unit: Unit, year: int, tables: Mapping[str, Rows]) -> bytes:
    info = UnitInfo(unit.unit_id, unit.name, unit.level)
    titles = {row["policy_id"]: row["title"] for row in policies_table()}
    mine = [row["policy_id"] for row in assignments_table() if row["unit_id"] == unit.unit_id]
    keys = {"policies": [labelled(policy, titles[policy]) for policy in mine]}
    return render_workbook(load_schema(), WorkbookContent(info, year, tables, keys))


def _canonical(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join(value)
    text = value.meant if isinstance(value, Typed) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_BEGINS_A_FORMULA) else text


def main() -> None:
    """Write the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--csv", type=Path, metavar="DIR", help="write everything as canonical CSV to this folder")
    target = parser.parse_args().csv
    if target:
        write_files(render_files(csv_only=True), target)
    else:
        write_files(render_files() | described_files(), DATA)


if __name__ == "__main__":
    main()
