"""What a report's folder holds: files of one make, current or not, approved ones kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kit.errors import EngineError
from kit.report.issues import Issue
from kit.run import job as jobs
from kit.run.issue_files import write_issue
from kit.run.issued import Issued, issued
from kit.run.keys import out_of_date
from kit.run.manifest import load_manifest, notebook_digest
from kit.run.outputs import OUTPUTS, file_names


def inputs(data: str = "d1", **more: str) -> dict:
    return {"data": data, "notebook": "n1", "issued": "", "tables": {"tasks": data}, "units": {"XA-1": data}, **more}


def notebook(seconds: float = 1.0) -> bytes:
    cell = {"cell_type": "code", "source": "1", "outputs": [], "metadata": {"papermill": {"duration": seconds}}}
    meta = {"papermill": {"duration": seconds, "start_time": "x", "report_seconds": seconds}}
    return json.dumps({"metadata": meta, "cells": [cell]}).encode()


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build the report of one unit with renderers that say what they rendered; ``fails`` breaks the notebook."""
    monkeypatch.setattr(jobs, "_ready", lambda *_: None)

    def call(formats=("html", "pdf"), *, of=None, latest=Issued(), fails=False) -> jobs.ReportOutcome:  # noqa: B008
        def render(job):
            if fails:
                raise EngineError("Cell 3 of report.ipynb failed: ValueError: x")
            names = file_names(job.formats)
            return {"report.ipynb": notebook(), **{name: f"{name} {job.inputs['data']}".encode() for name in names}}

        monkeypatch.setattr(jobs, "render", render)
        record = {"report": {"unit": "XA-1", "issue": 1}, "inputs": of or inputs(), "quality": {}}
        parameters = dict.fromkeys(("period", "plan", "data_dir"), "p") | {"unit": "XA-1"}
        job = jobs.ReportJob(
            Path(__file__), tmp_path / "XA-1", formats, parameters, {}, record, tmp_path, latest, tmp_path
        )
        return jobs.build(job)

    return call


def why(folder: Path, of: dict | None = None, formats=("html", "pdf"), latest=Issued()) -> str:  # noqa: B008
    return out_of_date(folder, of or inputs(), file_names(formats), latest=latest)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_built_report_is_current_until_what_it_reads_changes(build, tmp_path):
    folder = tmp_path / "XA-1"
    assert why(folder) == "not built yet"
    assert build().status == "built" and why(folder) == ""
    assert why(folder, inputs("d2")) == "data of XA-1 changed"
    assert why(folder, inputs(notebook="n2")) == "the notebook changed"
    assert why(folder, formats=("html", "docx")) == "report.docx was not built"
    (folder / "report.pdf").write_bytes(b"edited by hand")
    assert why(folder) == "report.pdf was changed"
    (folder / "report.pdf").unlink()
    assert why(folder) == "report.pdf is missing"


def test_every_report_has_its_annex(build, tmp_path):
    build(("html",))
    assert names(tmp_path / "XA-1") == {"report.ipynb", "report.html", OUTPUTS["annex"].file, "manifest.json"}


def test_other_formats_of_the_same_make_stay_and_those_of_older_data_go(build, tmp_path):
    folder = tmp_path / "XA-1"
    build(("html", "pdf"))
    build(("docx",))
    assert {"report.html", "report.pdf", "report.docx"} < names(folder)
    assert set(load_manifest(folder)["outputs"]) == names(folder) - {"manifest.json", "report.ipynb"}
    build(("html",), of=inputs("d2"))
    assert "report.pdf" not in names(folder) and "report.docx" not in names(folder)


def test_a_report_that_fails_does_not_leave_the_one_of_older_data_in_its_place(build, tmp_path):
    build()
    assert build(fails=True).reason == "Cell 3 of report.ipynb failed: ValueError: x"
    assert why(tmp_path / "XA-1") == ""  # of the same data: it still stands
    assert build(of=inputs("d2"), fails=True).status == "failed"
    assert not (tmp_path / "XA-1").exists()


def test_an_approved_report_stays_while_its_data_stay(build, tmp_path, monkeypatch):
    folder, approved = tmp_path / "XA-1", Issued(1, "d1", "i1")
    now = inputs(issued="i1")
    build(of=now, latest=approved)
    monkeypatch.setattr("kit.run.keys.made_by_this_kit", lambda _: False)
    assert why(folder, now) == "the kit changed"
    assert why(folder, {**now, "notebook": "n2"}, latest=approved) == ""
    assert why(folder, now, ("docx",), latest=approved) == ""
    assert why(folder, inputs("d2", issued="i1"), latest=approved) == "data of XA-1 changed"


def test_the_files_of_an_approved_issue_are_kept_when_the_next_is_drafted(build, tmp_path):
    folder, approved = tmp_path / "XA-1", Issued(1, "d1", "i1")
    build(of=inputs(issued="i1"), latest=approved)
    for data in ("d2", "d3"):
        build(of=inputs(data, issued="i1"), latest=approved)
    kept = folder / "issued" / "1"
    assert (kept / "report.pdf").read_bytes() == b"report.pdf d1"
    assert load_manifest(kept)["inputs"]["data"] == "d1"
    assert (folder / "report.pdf").read_bytes() == b"report.pdf d3"
    assert not list(folder.rglob("*.new"))


def approved(data_dir: Path, number: int, data: str, **more) -> None:
    place = ("2024-H1", "XA-1", number, f"{number}/BC-UBND", date(2024, 7, number))
    write_issue(data_dir, Issue(*place, "Văn thư", "2024-07-31T08:00:00+07:00", data, "0.1.0", (), **more))


def test_the_latest_issue_is_the_one_with_the_highest_number(tmp_path):
    for number in (2, 10, 1, *range(3, 10)):
        approved(tmp_path, number, f"d{number}")
    found = issued(tmp_path, "2024-H1", "XA-1")
    assert (found.number, found.data) == (10, "d10") and len(found.digest) == 64
    assert issued(tmp_path, "2024-H1", "XA-2") == Issued()
    approved(tmp_path, 10, "d10", outputs={"report.pdf": "x"})
    assert issued(tmp_path, "2024-H1", "XA-1") == found  # the digests of its files come when it has been built


def test_a_damaged_issue_is_none_but_the_report_is_built_anew_to_say_so(tmp_path):
    approved(tmp_path, 1, "d1")
    whole = issued(tmp_path, "2024-H1", "XA-1")
    path = tmp_path / "issued/2024-H1/XA-1/1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("d1", "d2"), encoding="utf-8")
    damaged = issued(tmp_path, "2024-H1", "XA-1")
    assert damaged.number == 0 and damaged.digest not in ("", whole.digest)


def test_the_manifest_binds_the_notebook_without_its_timings():
    assert notebook_digest(notebook(1.0)) == notebook_digest(notebook(2.5))
    assert notebook_digest(notebook()) != notebook_digest(notebook().replace(b'"1"', b'"2"'))
