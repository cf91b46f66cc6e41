"""What a unit's report reads, and the digest that changes exactly when it does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from kit.report.report import Report
from kit.store import PeriodData, _indexed, read_store, write_store
from tests.report.content.reading import text_of
from tests.report.sample_period import UNITS, period_data, tables


@pytest.fixture(scope="module")
def data() -> PeriodData:
    return period_data()


def digests(data: PeriodData) -> dict[str, str]:
    return {unit: data.digest(unit) for unit in data.index.subtrees}


def changed(data: PeriodData, **frames: pd.DataFrame) -> set[str]:
    """The units whose digest differs when frames are replaced."""
    beside = {name: frames.pop(name) for name in ("results", "findings", "files") if name in frames}
    then, now = digests(data), digests(replace(data, frames={**data.frames, **frames}, **beside))
    return {unit for unit in then if then[unit] != now[unit]}


def with_cell(frame: pd.DataFrame, at: int, **cells: object) -> pd.DataFrame:
    frame = frame.copy()
    for name, value in cells.items():
        frame.loc[frame.index[at], name] = value
    return frame


def test_a_late_row_of_a_commune_concerns_it_and_its_ancestors_alone(data):
    rows = data.frames["activities"]
    late = rows.loc[rows["_unit"] == "XA-02"].head(1).assign(activity_id="HD-999")
    assert changed(data, activities=pd.concat([late, rows], ignore_index=True)) == {"XA-02", "HU-01", "TINH"}


def test_every_column_of_a_row_is_in_the_digest(data):
    rows = data.frames["tasks"]
    at = int((rows["_unit"] == "XA-01").to_numpy().argmax())
    for name in ("title", "due_date", "_set_aside", "completed_date"):
        value = {"title": "khác", "_set_aside": True}.get(name, pd.Timestamp("2024-02-29"))
        assert changed(data, tasks=with_cell(rows, at, **{name: value})) == {"XA-01", "HU-01", "TINH"}, name


def test_a_missing_value_is_not_a_blank_one(data):
    rows = data.frames["tasks"].assign(lead=pd.array([pd.NA] * len(data.frames["tasks"]), dtype="str"))
    blank = with_cell(rows, int((rows["_unit"] == "XA-01").to_numpy().argmax()), lead="")
    other = replace(data, frames={**data.frames, "tasks": rows})
    assert changed(other, tasks=blank) == {"XA-01", "HU-01", "TINH"}


def test_a_policy_that_nobody_was_assigned_concerns_nobody(data):
    rows = data.frames["policies"]
    late = rows.head(1).assign(policy_id="CS-99", title="Chính sách mới")
    assert changed(data, policies=pd.concat([rows, late], ignore_index=True)) == set()


def test_an_assignment_concerns_the_unit_and_its_ancestors_and_brings_its_policy(data):
    policies, rows = data.frames["policies"], data.frames["assignments"]
    policies = pd.concat([policies, policies.head(1).assign(policy_id="CS-99")], ignore_index=True)
    other = replace(data, frames={**data.frames, "policies": policies})
    late = rows.head(1).assign(policy_id="CS-99", unit_id="XA-03")
    assert changed(other, assignments=pd.concat([rows, late], ignore_index=True)) == {"XA-03", "HU-01", "TINH"}
    now = replace(other, frames={**other.frames, "assignments": pd.concat([rows, late], ignore_index=True)})
    assert "CS-99" in set(now.slice("XA-03").frames["policies"]["policy_id"])
    assert "CS-99" not in set(now.slice("XA-01").frames["policies"]["policy_id"])


def test_who_signs_concerns_the_unit_alone(data):
    rows = data.frames["issuers"]
    at = int((rows["unit_id"] == "XA-04").to_numpy().argmax())
    assert changed(data, issuers=with_cell(rows, at, signer="Trần Thị Mẫu")) == {"XA-04"}


def test_a_new_commune_concerns_itself_and_those_above(data):
    units = data.frames["units"]
    new = units.loc[units["unit_id"] == "XA-06"].assign(unit_id="XA-07", name="Xã Mẫu Bảy")
    assert changed(data, units=pd.concat([units, new], ignore_index=True)) == {"HU-01", "TINH"}


def test_parameters_period_and_notice_concern_everybody(data):
    everybody = set(digests(data))
    for other in (
        replace(data, params=replace(data.params, start_grace_days=3)),
        replace(data, notice="Dữ liệu thử"),
        replace(data, period=data.params.period("2024-Q2")),
    ):
        now = digests(other)
        assert {unit for unit, then in digests(data).items() if then != now[unit]} == everybody


def test_a_slice_cut_again_is_the_same_slice_with_the_same_digest(data):
    for unit in ("XA-01", "HU-01", "TINH"):
        cut = replace(data.slice(unit), subject="")
        assert cut.digest(unit) == data.digest(unit)
        for name, frame in data.slice(unit).frames.items():
            pd.testing.assert_frame_equal(cut.slice(unit).frames[name], frame)


def test_rows_passed_on_by_a_merged_unit_are_in_the_slice_of_its_heir():
    data = period_data("2025-Y")
    assert "HU-01" in data.index.reporters["TINH"]
    assert set(data.slice("TINH").frames["assignments"]["unit_id"]) >= {"XA-01"}


def test_the_store_gives_the_same_digests_as_the_data_it_was_made_from(data, tmp_path):
    from kit.store import EngineRecord

    write_store(tmp_path / ".store", data, {}, engine=EngineRecord({}, {}))
    read = read_store(tmp_path / ".store", data.period, data.params)
    assert digests(read) == digests(data)
    assert _indexed(read) == _indexed(data)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_reading_a_store_starts_no_thread_and_gives_what_pandas_reads(data, tmp_path):
    from kit.store import EngineRecord

    write_store(tmp_path / ".store", data, {}, engine=EngineRecord({}, {}))
    said = subprocess.run(
        [sys.executable, "-c", _READS, tmp_path / ".store"], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["1", "1"]
    read = read_store(tmp_path / ".store", data.period, data.params)
    with pd.option_context("mode.string_storage", "python"):
        for name, frame in {**read.frames, "results": read.results}.items():
            pd.testing.assert_frame_equal(frame, pd.read_parquet(tmp_path / ".store" / f"{name}.parquet"))


_READS = """
import os, sys
from pathlib import Path
os.environ.update(OPENBLAS_NUM_THREADS="1", JE_ARROW_MALLOC_CONF="background_thread:false")  # kit.run.engine.warm
from kit.store import read_store
before = len(os.listdir("/proc/self/task"))
read_store(Path(sys.argv[1]), None, None)
print(before, len(os.listdir("/proc/self/task")))
"""


def test_a_slice_knows_the_unit_that_will_follow():
    units = [{**row} for row in UNITS]
    next(row for row in units if row["unit_id"] == "XA-01").update(valid_to="2024-06-30", successor_id="XA-02")
    ending = period_data(rows={**tables(), "units": units})
    assert "XA-02" in set(ending.slice("XA-01").frames["units"]["unit_id"])
    assert "XA-01" not in set(ending.slice("XA-02").frames["units"]["unit_id"])
    whole, part = (Report(one, "XA-01").next_tasks() for one in (ending, ending.slice("XA-01")))
    assert text_of(part) == text_of(whole) and "bàn giao cho xã Mẫu Hai" in text_of(part)
