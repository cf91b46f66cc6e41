"""The command line as users meet it: exit codes, one-paragraph errors, JSON, files left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_folder import ACTIVITY, write_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture
def kit(monkeypatch, kit_command):
    """The command line, called in the project folder."""
    monkeypatch.chdir(ROOT)
    return kit_command


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A province, a district and a commune with one good and one bad activity."""
    bad = {**ACTIVITY, "activity_id": "HD-2", "date": "2024-02-31"}
    rows = {"activities": [ACTIVITY, bad], "submissions": [{"period": "2024-H1", "sent_date": "2024-06-17"}]}
    return write_folder(tmp_path_factory.mktemp("data"), collected={(2024, "XA-1"): rows})


def test_check_prints_findings_and_exits_with_one_on_errors(kit, data, tmp_path):
    code, out, _ = kit("check", "--data", data, "--out", tmp_path)
    assert code == 1
    assert "collected/2024/XA-1/activities.csv" in out and "1 lỗi" in out
    assert "31" in (tmp_path / "findings.csv").read_text(encoding="utf-8")


def test_check_as_json_prints_one_document_and_nothing_else(kit, data, tmp_path):
    code, out, _ = kit("check", data / "collected/2024/XA-1", "--json", "--data", data, "--out", tmp_path)
    files = {file["file"]: file for file in json.loads(out)["files"]}
    found = files["collected/2024/XA-1/activities.csv"]
    assert code == 1 and found["status"] == "errors" and found["unit_id"] == "XA-1"
    assert [(one["row"], one["column"], one["field"], one["severity"]) for one in found["findings"]] == [
        (3, "B", "date", "error")
    ]
    assert files["collected/2024/XA-1/submissions.csv"]["status"] == "ok"


def test_check_of_an_unreadable_file_exits_with_three_and_reads_the_others(kit, data, tmp_path):
    broken = tmp_path / "XA-1.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    code, out, _ = kit("check", broken, data / "collected/2024/XA-1", "--json", "--data", data, "--out", tmp_path / "o")
    states = {file["file"]: file["status"] for file in json.loads(out)["files"]}
    assert code == 3 and states["XA-1.xlsx"] == "unreadable"
    assert states["collected/2024/XA-1/activities.csv"] == "errors"


def test_run_without_formats_checks_and_evaluates_only(kit, data, tmp_path):
    code, _, _ = kit("run", "2024-H1", "--formats", "none", "--data", data, "--out", tmp_path)
    left = sorted(path.name for path in (tmp_path / "2024-H1").iterdir())
    assert code == 0
    assert left == [
        ".store",
        "findings.csv",
        "findings.xlsx",
        "index.html",
        "manifest.json",
        "results.csv",
        "results.parquet",
        "results.xlsx",
        "returned",
    ]
    results = (tmp_path / "2024-H1" / "results.csv").read_text(encoding="utf-8").splitlines()
    assert len(results) == 1 + 3 * 32
    assert kit("run", "2024-H1", "--formats", "none", "--strict", "--data", data, "--out", tmp_path)[0] == 1


def test_an_empty_plan_is_evaluated(kit, tmp_path):
    folder = write_folder(tmp_path / "data")
    code, _, _ = kit("run", "2024-H1", "--formats", "none", "--data", folder, "--out", tmp_path / "out")
    rows = (tmp_path / "out/2024-H1/results.csv").read_text(encoding="utf-8").splitlines()
    assert code == 0 and len(rows) == 1 + 3 * 32


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "2024-H3"), "Unknown period '2024-H3'"),
        (("run", "2024-H1", "--unit", "XA-2"), "did you mean 'XA-1'"),
        (("run", "2024-H1", "--formats", "htm"), "did you mean 'html'"),
        (("run", "1999-H1"), "plan-1999.yaml"),
        (("run", "2025-H2", "--unit", "HU-1"), "its successor is TINH-1"),
    ],
)
def test_wrong_use_is_one_paragraph_and_exit_code_two(kit, data, tmp_path, words, told):
    code, out, err = kit(*words, "--data", data, "--out", tmp_path)
    assert code == 2 and told in err and "Traceback" not in err and not out


def test_a_missing_data_folder_is_named(kit, tmp_path):
    code, _, err = kit("run", "2024-H1", "--data", tmp_path / "nowhere")
    assert code == 2 and "There is no data folder" in err


def test_mistakes_in_parameters_are_listed_together(kit, data, tmp_path):
    params = tmp_path / "plan.yaml"
    params.write_text("plan_year: 2024\nscheem: nd09\ntargets: {CS-99: 70}\n", encoding="utf-8")
    code, _, err = kit("run", "2024-H1", "--data", data, "--params", params, "--out", tmp_path)
    assert code == 2 and "did you mean 'scheme'" in err and "CS-99" in err


def test_python_dash_m_is_the_same_door():
    done = subprocess.run([sys.executable, "-m", "kit", "--help"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0 and "doctor" in done.stdout
