"""One side of ``check_speed.py``: ``SIDE FOLDER``; prints seconds (without imports), peak memory and findings.

Ends with 3 when the side's package is not installed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
KINDS = ("briefing", "guidance", "training", "awareness", "policy_communication")
FORMS = ("press_conference", "press_release", "news", "loudspeaker", "portal", "social_media", "seminar", "workshop",
         "dialogue", "conference", "training_class", "leaflet", "integrated", "other")  # fmt: skip
COUNTS = ("sessions", "attendances")


def kit(folder: Path) -> Callable[[], int]:
    """Read and check a data folder, as ``kit check`` does."""
    from kit.collect.read import read_data
    from kit.params import PlanParams
    from kit.schema.load import load_schema
    from kit.validation import gx  # noqa: F401 - importing is not measured
    from kit.validation.check import check

    schema = load_schema()

    def run() -> int:
        _, report = check(read_data(folder, schema), schema, params=PlanParams(2024))
        return int((report.findings["severity"] == "error").sum())

    return run


def bare_workbooks(folder: Path) -> Callable[[], int]:
    """Bare python-calamine, one frame per sheet name, bare Great Expectations with the kit's expectations."""
    import numpy as np
    import pandas as pd
    from python_calamine import CalamineWorkbook

    from kit.schema.load import load_schema
    from kit.schema.rules import neutral_rules
    from kit.validation.gx_expectations import expectation
    from kit.validation.gx_frame import KEY, ROW

    schema = load_schema()
    tables = {table.title: table for table in schema.collected}

    def read() -> dict[str, list[list[object]]]:
        rows: dict[str, list[list[object]]] = {}
        for path in sorted((folder / "collected" / "2024").glob("*.xlsx")):
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                grid = book.get_sheet_by_name(name).to_python()
                if name in tables:
                    known = rows.setdefault(name, [["_file", *grid[0]]])
                    known += [[path.name, *line] for line in grid[2:]]
        return rows

    def run() -> int:
        found = 0
        for title, rows in read().items():
            table = tables[title]
            frame = pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
            frame = frame.where(frame != "", None)
            for field in table.fields:
                if field.name not in frame:
                    frame[field.name] = None
                elif field.type == "date":
                    frame[field.name] = pd.to_datetime(frame[field.name])
                elif field.type in ("integer", "number"):
                    frame[field.name] = pd.to_numeric(frame[field.name])
            frame[KEY] = frame["_file"]
            for name in table.primary_key:
                frame[KEY] = frame[KEY] + "|" + frame[name].astype(object)
            frame[ROW] = np.arange(len(frame))
            found += expectations_fail(frame, [expectation(rule) for rule in neutral_rules(schema, table)])
        return found

    return run


def expectations_fail(frame, expectations) -> int:
    """Run expectations with bare Great Expectations; return how many values are unexpected."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("bare").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    suite = gx.ExpectationSuite(name="suite", expectations=expectations)
    asked = {"result_format": "COMPLETE", "unexpected_index_column_names": ["_row_number"]}
    outcome = batch.validate(suite, result_format=asked)
    return sum(result.result.get("unexpected_count", 0) for result in outcome.results)


def bare_gx_csv(folder: Path) -> Callable[[], int]:
    """pandas and bare Great Expectations."""
    import great_expectations.expectations as gxe
    import pandas as pd

    def run() -> int:
        frame = pd.read_csv(_activities(folder), parse_dates=["date"])
        frame["_row_number"] = range(len(frame))
        asked = [gxe.ExpectColumnValuesToNotBeNull(column=name) for name in ("activity_id", "date", "kind", "form")]
        asked += [gxe.ExpectColumnValuesToBeUnique(column="activity_id")]
        asked += [gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=list(KINDS))]
        asked += [gxe.ExpectColumnValuesToBeInSet(column="form", value_set=list(FORMS))]
        asked += [gxe.ExpectColumnValuesToBeBetween(column=name, min_value=0) for name in COUNTS]
        return expectations_fail(frame, asked)

    return run


def pandera_csv(folder: Path) -> Callable[[], int]:
    """pandas and pandera."""
    import pandas as pd
    import pandera.pandas as pa

    count = pa.Column(int, pa.Check.ge(0), nullable=True)
    schema = pa.DataFrameSchema(
        {
            "activity_id": pa.Column(str, unique=True),
            "date": pa.Column("datetime64[ns]", coerce=True),
            "kind": pa.Column(str, pa.Check.isin(KINDS)),
            "form": pa.Column(str, pa.Check.isin(FORMS)),
            **dict.fromkeys(COUNTS, count),
        }
    )

    def run() -> int:
        try:
            schema.validate(pd.read_csv(_activities(folder)), lazy=True)
        except pa.errors.SchemaErrors as errors:
            return len(errors.failure_cases)
        return 0

    return run


def frictionless_csv(folder: Path) -> Callable[[], int]:
    """frictionless with a Table Schema."""
    from frictionless import Checklist, Resource, Schema, system

    required = {"constraints": {"required": True}}
    fields = [{"name": "activity_id", "type": "string", "constraints": {"required": True, "unique": True}}]
    fields += [{"name": "date", "type": "date", **required}]
    fields += [{"name": "kind", "type": "string", "constraints": {"required": True, "enum": list(KINDS)}}]
    fields += [{"name": "form", "type": "string", "constraints": {"required": True, "enum": list(FORMS)}}]
    fields += [{"name": name, "type": "integer", "constraints": {"minimum": 0}} for name in COUNTS]
    schema = Schema.from_descriptor({"fields": fields})

    def run() -> int:
        with system.use_context(trusted=True):
            resource = Resource(path=str(_activities(folder)), schema=schema)
            report = resource.validate(Checklist(), limit_errors=1_000_000)
        return sum(len(task.errors) for task in report.tasks)

    return run


def _activities(folder: Path) -> Path:
    return folder / "collected" / "2024" / "TINH-1" / "activities.csv"


SIDES = {
    **{"kit-workbooks": kit, "kit-csv": kit, "bare-workbooks": bare_workbooks, "bare-gx-csv": bare_gx_csv},
    **{"pandera-csv": pandera_csv, "frictionless-csv": frictionless_csv},
}


def main() -> int:
    try:
        run = SIDES[sys.argv[1]](Path(sys.argv[2]))
        if "bare" in sys.argv[1]:
            import great_expectations  # noqa: F401 - importing is not measured
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        return 3
    cpu, wall = time.process_time(), time.perf_counter()
    found = run()
    times = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(times | {"peak": peak, "found": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
