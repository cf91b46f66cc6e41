"""Issues of the sample period for tests: what was approved before the data changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from kit.report.issues import Issue
from kit.report.revision import result_rows
from kit.report.sources import sources_of
from kit.store import PeriodData, files_frame
from tests.report.sample_period import period_data

BEFORE, TODAY = "digest before", "digest today"


def filed_period(code: str = "2024-H1", **more: object) -> PeriodData:
    """Return the sample period with every row in its unit's workbook, as rows that were read have it."""
    data = period_data(code, **more)
    frames = {name: _filed(frame) if "_unit" in frame else frame for name, frame in data.frames.items()}
    return replace(data, frames=frames, files=files_frame(()))


@cache
def approved_period() -> PeriodData:
    """Return the sample period as it was when it was approved; evaluated once, never changed."""
    return filed_period()


def with_cell(data: PeriodData, table: str, key: tuple[str, str], **cells: object) -> PeriodData:
    """Return the data with cells of one row changed; ``key`` is (field, value). The figures stay."""
    frame = data.frames[table].copy()
    for name, value in cells.items():
        frame.loc[(frame[key[0]] == key[1]) & (frame["_unit"] == "XA-01"), name] = value
    return replace(data, frames={**data.frames, table: frame})


def _filed(frame):
    return frame.assign(_file=[f"collected/2024/{unit}.xlsx" if unit else "" for unit in frame["_unit"]], _sheet="")


def issue_of(data: PeriodData, unit: str = "XA-01", **more: object) -> Issue:
    """Return the issue that approving the report of a unit on these data makes."""
    given = {
        **{
            "period": data.period.code,
            "unit_id": unit,
            "issue": 1,
            "number": "45/BC-UBND",
            "date": dt.date(2024, 7, 5),
        },
        **{"approved_by": "Nguyễn Văn Mẫu", "approved_at": "2024-07-05T08:00:00+07:00", "data": BEFORE, "kit": "0.1.0"},
        **{"figures": result_rows(data.results, unit), "sources": sources_of(data, unit)},
    }
    return Issue(**{**given, **more})
