"""``kit status`` and the office's corrections from the door to the report, on one small data folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import kit.workflow.prepare
from kit.params import load_plan_params
from kit.report.report import Report
from kit.store import read_store
from tests.arrived import workbook
from tests.report.content.reading import table_named
from tests.small_folder import ACTIVITY, UNITS, write_folder

ROOT = Path(__file__).parent.parent.parent

FIX = """
- unit: XA-1
  year: 2024
  table: activities
  key: HD-1
  field: attendances
  from: 6000
  to: 60
  reason: Ghi thừa hai số 0
  told: Nguyễn Văn Mẫu, 20/6/2024
  until: 2024-12-31
- {unit: XA-1, year: 2024, table: activities, key: HD-2, drop: true, reason: Ghi lặp, told: như trên, until: 2024-12-31}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """Two communes: one sent in time with wrong rows, of the other there is only a file that cannot be read."""
    units = (*UNITS, {**UNITS[2], "unit_id": "XA-2", "name": "Xã Mẫu Hai"})
    wrong = {**ACTIVITY, "attendances": "6000"}
    rows = {
        "activities": [wrong, {**ACTIVITY, "activity_id": "HD-2"}, {**ACTIVITY, "activity_id": "HD-3", "date": "?"}],
        "submissions": [{"period": "2024-H1", "sent_date": "2024-06-17"}],
    }
    folder = write_folder(tmp_path_factory.mktemp("data"), units=units, collected={(2024, "XA-1"): rows})
    (folder / "collected/2024/XA-2.xlsx").write_bytes(b"PK\x03\x04 broken")
    workbook(folder / "collected/2024/LA-1.xlsx", "LA-1")
    (folder / "corrections.yaml").write_text(FIX, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("reports")


def test_status_as_json_says_how_the_period_stands(kit_command, data, out):
    words = ("status", "2024-H1", "--day", "2024-06-25", "--json", "--data", data, "--out", out)
    code, told, _ = kit_command(*words)
    found = json.loads(told)
    units = {unit["unit_id"]: unit for unit in found["units"]}
    assert code == 0 and (found["period"], found["cutoff"], found["today"]) == ("2024-H1", "2024-06-14", "2024-06-25")
    assert (units["XA-1"]["state"], units["XA-1"]["errors"], units["XA-1"]["deadline"]) == ("on_time", 1, "2024-06-18")
    assert (units["XA-2"]["reason"], units["XA-2"]["overdue"]) == ("file_unreadable", True)
    assert units["XA-2"]["unreadable"] == ["collected/2024/XA-2.xlsx"] and "Kính gửi" in units["XA-2"]["reminder"]
    assert (units["TINH-1"]["reason"], units["TINH-1"]["sent_date"], units["TINH-1"]["overdue"]) == (
        "no_file",
        None,
        False,
    )
    assert [(rate["unit_id"], rate["sent"], rate["expected"]) for rate in found["rates"]] == [
        ("TINH-1", 1, 4),
        ("HU-1", 1, 3),
    ]
    assert [file["unit_id"] for file in found["other_files"]] == ["LA-1"]
    assert {one["unit_id"]: one["reason"] for one in found["rebuild"]} == dict.fromkeys(units, "not built yet")


def test_status_for_people_reads_the_store_and_writes_reminders(kit_command, data, out, tmp_path, monkeypatch):
    target = tmp_path / "doc.txt"
    words = ("status", "2024-H1", "--day", "2024-06-25", "--reminders", target, "--data", data, "--out", out)
    kit_command(*words)

    def not_again(*_, **__):
        raise AssertionError("checked anew although nothing changed")

    monkeypatch.setattr(kit.workflow.prepare, "build_store", not_again)
    code, told, _ = kit_command(*words)
    assert code == 0 and "25,0% (1/4)" in told and "QUÁ HẠN" in told and "XA-2.xlsx" in told
    assert "`kit run 2024-H1` sẽ lập lại 4/4 báo cáo" in told
    text = target.read_text(encoding="utf-8-sig")
    assert text.count("Kính gửi") == 4 and "=== XA-2 ===" in text


def test_corrections_change_the_figures_and_are_named_in_findings_and_annex(kit_command, data, out):
    code, _, _ = kit_command("run", "2024-H1", "--formats", "none", "--data", data, "--out", out)
    results = (out / "2024-H1/results.csv").read_text(encoding="utf-8")
    findings = (out / "2024-H1/findings.csv").read_text(encoding="utf-8")
    assert code == 0 and "NT-02,XA-1,2024-H1,60,,60" in results
    assert "attendances-high" not in findings and "activity-twice" not in findings
    [fixed] = [line for line in findings.splitlines() if ",corrected," in line]
    assert "từ “6000” thành “60”: Ghi thừa hai số 0 (đã báo: Nguyễn Văn Mẫu, 20/6/2024" in fixed
    assert fixed.endswith(",6000,collected/2024/XA-1/activities.csv,,2,M")
    assert ",row-dropped," in findings
    params = load_plan_params(ROOT / "params/plan-2024.yaml")
    stored = read_store(out / "2024-H1/.store", params.period("2024-H1"), params)
    listed = table_named(Report(stored.slice("XA-1"), "XA-1").annex_quality(), "phu-luc-4-dinh-chinh")
    assert [(row[0], row[1]) for row in listed.rows] == [
        ("Xã Mẫu", "XA-1/activities.csv, M2"),
        ("Xã Mẫu", "XA-1/activities.csv, 3"),
    ]
    assert "Ghi thừa hai số 0" in listed.rows[0][2] and "Ghi lặp" in listed.rows[1][2]


def test_a_correction_that_no_longer_fits_stops_check_and_run_loudly(kit_command, data, out, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    (copy / "corrections.yaml").write_text(FIX.replace("from: 6000", "from: 7000"), encoding="utf-8")
    for words in (("check",), ("run", "2024-H1", "--formats", "none"), ("status", "2024-H1")):
        code, _, told = kit_command(*words, "--data", copy, "--out", tmp_path / "out")
        assert code == 2 and "'from' is '7000', but the cell has '6000'" in told and "Traceback" not in told


def test_a_file_from_outside_is_checked_as_it_was_sent(kit_command, data, tmp_path):
    sent = tmp_path / "2024/XA-1"
    shutil.copytree(data / "collected/2024/XA-1", sent)
    code, told, _ = kit_command("check", sent, "--json", "--data", data, "--out", tmp_path / "out")
    codes = [one["code"] for file in json.loads(told)["files"] for one in file["findings"]]
    assert code == 1 and "attendances-high" in codes and "corrected" not in codes


def test_a_wrong_day_is_wrong_use(kit_command, data, out):
    code, _, told = kit_command("status", "2024-H1", "--day", "20/6/2024", "--data", data, "--out", out)
    assert code == 2 and "write it like 2024-06-20" in told
