"""``kit run`` and ``kit verify`` from the door, on one small data folder, with reports that are quick to build."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from kit.errors import EngineError
from kit.paths import find
from kit.run import job as jobs
from kit.run.job import ReportJob
from kit.run.outputs import file_names
from kit.session import read_for_keeping
from kit.workflow import run as runs
from tests.in_process import Here
from tests.small_folder import ACTIVITY, UNITS, write_folder

COMMUNES = ("XA-1", "XA-2")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Data of two communes of a district of a province; no store yet."""
    units = (*UNITS, {**UNITS[2], "unit_id": "XA-2", "name": "Xã Mẫu Hai"})
    rows = {"activities": [ACTIVITY], "submissions": [{"period": "2024-H1", "sent_date": "2024-06-17"}]}
    folder = tmp_path_factory.mktemp("made")
    write_folder(folder / "data", units=units, collected={(2024, unit): rows for unit in COMMUNES})
    return folder


@pytest.fixture
def office(made, kit_command, monkeypatch):
    """The command line on these data, with reports built in this process by a stand-in for notebook and renderers."""
    broken: set[str] = set()

    def render(job):
        if job.unit_id in broken:
            raise ValueError("Cell 3 failed")
        text = f"{job.unit_id} {job.inputs['data']}"
        nb = json.dumps({"metadata": {}, "cells": []}).encode()
        return {"report.ipynb": nb, **{name: f"{name} {text}".encode() for name in file_names(job.formats)}}

    monkeypatch.setattr(jobs, "_ready", lambda *_: None)
    monkeypatch.setattr(jobs, "render", render)
    monkeypatch.setattr("kit.run.pools.open_pool", lambda *_: Here())

    def call(command: str, *words: object):
        return kit_command(command, *words, "--data", made / "data", "--out", made / "out")

    call.broken, call.folder = broken, made
    return call


def built(office, *words: object) -> dict[str, str]:
    """Status by unit of ``kit run --json``."""
    _, told, _ = office("run", "2024-H1", "--json", *words)
    return {report["unit_id"]: report["status"] for report in json.loads(told)["reports"]}


def test_only_what_is_out_of_date_is_built(office):
    out = office.folder / "out" / "2024-H1"
    assert set(built(office).values()) == {"built"}
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert set(built(office).values()) == {"current"}
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before

    late = office.folder / "data/collected/2024/XA-2/activities.csv"
    late.write_text(late.read_text(encoding="utf-8").replace(",60,", ",61,"), encoding="utf-8")
    code, told, _ = office("run", "2024-H1", "--dry-run")
    assert code == 0 and "XA-2: planned: data of XA-2 changed" in told and "3 of 4 reports would be built" in told
    assert "XA-1:" not in told
    found = built(office)
    assert [unit for unit, status in found.items() if status == "current"] == ["XA-1"]


def test_a_failed_report_is_named_with_its_reason_and_only_it_is_tried_again(office):
    built(office)
    office.broken.add("XA-1")
    for unit in COMMUNES:
        (office.folder / f"out/2024-H1/{unit}/manifest.json").unlink()
    code, told, _ = office("run", "2024-H1")
    assert code == 1 and "XA-1: failed: ValueError: Cell 3 failed" in told and "1 report built, 2 current" in told
    office.broken.clear()
    assert {unit for unit, status in built(office).items() if status == "built"} == {"XA-1"}


def test_ctrl_c_says_how_far_it_came_and_ends_with_130(office, monkeypatch):
    def interrupted(jobs, pool, done, *, lost=None, last=None):
        done(runs._current(jobs[0]))
        raise KeyboardInterrupt

    built(office)
    (office.folder / "out/2024-H1/XA-2/manifest.json").unlink()
    monkeypatch.setattr("kit.run.batch.build_all", interrupted)
    code, _, told = office("run", "2024-H1")
    assert code == 130 and told.strip().splitlines()[-1].startswith("Interrupted: 0 of 1 reports built")
    assert not (office.folder / "out/2024-H1/.lock").exists()


def test_a_worker_does_not_read_a_store_of_other_parameters(office, tmp_path):
    built(office)
    plan = tmp_path / "plan-2024.yaml"
    shutil.copy(find("params/plan-2024.yaml"), plan)
    out = office.folder / "out"
    told = read_for_keeping("2024-H1", str(plan), str(out))
    assert set(told.index.subtrees) == {"TINH-1", "HU-1", *COMMUNES}
    plan.write_text(plan.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(EngineError, match="changed while reports were being built; run again"):
        read_for_keeping("2024-H1", str(plan), str(out))


def test_workers_start_early_only_where_reports_will_be_due(office, monkeypatch):
    begun = []

    class Early(Here):
        def begin(self, task):
            begun.append(task)

    monkeypatch.setattr("kit.run.pools.open_pool", lambda *_: Early())
    built(office, "--force")
    assert len(begun) == 1
    for words in ((), ("--force", "--formats", "none"), ("--force", "--dry-run")):
        built(office, *words)
    assert len(begun) == 1


def test_where_only_reports_are_due_a_worker_reads_the_period_and_writes_the_index(office, monkeypatch):
    handed = []

    class Far(Here):
        def submit(self, task, job):
            if isinstance(job, ReportJob):
                return super().submit(task, job)
            handed.append((task, pickle.dumps(job)))  # as it goes to another process
            return super().submit(lambda _: None, job)

    built(office)
    index = office.folder / "out/2024-H1/index.html"
    before = index.read_bytes()
    with monkeypatch.context() as here:
        here.setattr("kit.run.pools.open_pool", lambda *_: Far())
        here.setattr("kit.store.read_store", lambda *_: pytest.fail("the period was read here"))
        assert built(office, "--unit", "XA-2", "--formats", "html,pdf,docx")["XA-2"] == "built"
    assert index.read_bytes() == before
    ((task, job),) = handed
    task(pickle.loads(job))
    assert index.read_bytes() != before
    built(office)


def test_a_report_of_a_unit_that_is_no_more_is_taken_away(office):
    built(office)
    former = office.folder / "out/2024-H1/XA-9"
    shutil.copytree(office.folder / "out/2024-H1/XA-1", former)
    (office.folder / "out/2024-H1/notes").mkdir(exist_ok=True)
    built(office)
    assert not former.exists() and (office.folder / "out/2024-H1/notes").is_dir()


def test_there_is_no_public_edition_of_a_notebook_that_knows_none(office, monkeypatch):
    monkeypatch.setattr("kit.workflow.reports._declares_edition", lambda _: False)
    code, _, told = office("run", "2024-H1", "--edition", "public")
    assert code == 2 and "has no parameter 'edition'" in told


def test_the_public_edition_lies_beside_the_internal_one(office, monkeypatch):
    monkeypatch.setattr("kit.workflow.reports._declares_edition", lambda _: True)
    built(office)
    assert set(built(office, "--edition", "public").values()) == {"built"}
    manifest = json.loads((office.folder / "out/2024-H1/XA-1/public/manifest.json").read_text(encoding="utf-8"))
    assert manifest["report"]["edition"] == manifest["parameters"]["edition"] == "public"


def test_verify_knows_a_file_wherever_it_was_copied_to_and_what_changed_since(office, tmp_path):
    built(office)
    copy = tmp_path / "gửi xã.pdf"
    shutil.copy(office.folder / "out/2024-H1/XA-1/report.pdf", copy)
    code, told, _ = office("verify", copy)
    assert code == 0 and "Báo cáo của XA-1, kỳ 2024-H1, lần 1 (tên khi lập: report.pdf)" in told
    late = office.folder / "data/collected/2024/XA-1/activities.csv"
    late.write_text(late.read_text(encoding="utf-8").replace(",60,", ",59,"), encoding="utf-8")
    code, told, _ = office("verify", copy, "--json")
    found = json.loads(told)
    assert code == 1 and found["status"] == "built" and found["current"] is False
    assert found["changed_inputs"][0] == "số liệu của XA-1" and "Hoạt động" in found["changed_inputs"][1]


def test_verify_refuses_what_was_edited_or_is_unknown(office, tmp_path):
    built(office)
    report = office.folder / "out/2024-H1/XA-2/report.html"
    kept = report.read_bytes()
    report.write_bytes(kept + b" ")
    code, told, _ = office("verify", report)
    assert code == 1 and "đã bị sửa sau khi lập" in told
    assert office("verify", report.parent)[0] == 1
    report.write_bytes(kept)
    assert office("verify", report.parent)[0] == 0
    (tmp_path / "x.pdf").write_bytes(b"%PDF-")
    assert office("verify", tmp_path / "x.pdf")[0] == 1
    assert office("verify", tmp_path / "none.pdf")[0] == 2


def test_verify_says_issued_only_of_the_data_that_were_approved(office):
    built(office)
    manifest = json.loads((office.folder / "out/2024-H1/XA-1/manifest.json").read_text(encoding="utf-8"))
    place = office.folder / "data/issued/2024-H1/XA-1"
    place.mkdir(parents=True)
    (place / "1.json").write_text(json.dumps({"issue": 1, "data": manifest["inputs"]["data"]}), encoding="utf-8")
    _, told, _ = office("verify", office.folder / "out/2024-H1/XA-1", "--json")
    assert json.loads(told)["status"] == "issued"
    shutil.rmtree(place)
