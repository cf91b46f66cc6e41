"""``kit receive`` as the office meets it: files placed, versions kept, the log, exit codes."""

from __future__ import annotations

import csv
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kit.cli import main
from kit.collect.files import collected_files
from tests.arrived import JULY, JUNE, workbook
from tests.small_folder import write_folder


@pytest.fixture
def data(tmp_path) -> Path:
    return write_folder(tmp_path / "data")


@pytest.fixture
def receive(monkeypatch, capsys, data):
    """Run ``kit receive``; returns exit code and standard output."""

    def call(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["kit", "receive", *map(str, words), "--data", str(data)])
        with pytest.raises(SystemExit) as stop:
            main()
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out + told.err

    return call


def left(data: Path) -> list[str]:
    return sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())[:-1]


def log(data: Path) -> list[dict[str, str]]:
    with (data / "received/log.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_newer_version_takes_the_place_and_the_earlier_one_is_kept(receive, data, tmp_path):
    first = workbook(tmp_path / "XA-1 (2).xlsx", note="một", saved=JUNE)
    second = workbook(tmp_path / "bao cao gui lai.xlsx", note="hai", saved=JULY)
    assert receive(first, "--by", "Trần Thị Mẫu")[0] == 0
    code, told = receive(second)
    assert code == 0 and "received/2024/XA-1/1.xlsx" in told
    at_hand, kept = data / "collected/2024/XA-1.xlsx", data / "received/2024/XA-1/1.xlsx"
    assert at_hand.read_bytes() == second.read_bytes() and kept.read_bytes() == first.read_bytes()
    assert int(at_hand.stat().st_mtime) == int(JULY.timestamp())
    lines = log(data)
    assert [line["file"] for line in lines] == ["XA-1 (2).xlsx", "bao cao gui lai.xlsx"]
    assert lines[0]["received_by"] == "Trần Thị Mẫu" and lines[1]["received_by"]
    assert lines[1]["earlier_version_kept_as"] == "received/2024/XA-1/1.xlsx"
    assert datetime.fromisoformat(lines[0]["saved_at"]) == JUNE
    assert receive(first)[0] == 1  # older than the one at hand
    assert len(log(data)) == 2 and at_hand.read_bytes() == second.read_bytes()


def test_receiving_again_changes_nothing(receive, data, tmp_path):
    workbook(tmp_path / "in/a.xlsx")
    assert receive(tmp_path / "in")[0] == 0
    before = left(data), log(data)
    code, told = receive(tmp_path / "in")
    assert code == 0 and "giống tệp đang có" in told
    assert (left(data), log(data)) == before


def test_a_dry_run_says_the_same_and_moves_nothing(receive, data, tmp_path):
    workbook(data / "collected/2024/XA-1.xlsx", note="một", saved=JUNE)
    workbook(tmp_path / "in/a.xlsx", note="hai", saved=JULY)
    before = left(data)
    code, told = receive(tmp_path / "in", "--dry-run")
    assert (
        code == 0 and "SẼ NHẬN" in told and "collected/2024/XA-1.xlsx" in told and "received/2024/XA-1/1.xlsx" in told
    )
    assert left(data) == before and not (data / "received").exists()


def test_one_bad_file_does_not_stop_the_others(receive, data, tmp_path):
    inbox = tmp_path / "in"
    workbook(inbox / "tot.xlsx")
    workbook(inbox / "nam truoc.xlsx", "HU-1", 2023)
    assert receive(inbox, "--year", "2024")[0] == 1
    (inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    (inbox / "khac.xlsx").write_bytes(b"%PDF-1.7")
    code, told = receive(inbox, "--year", "2024")
    assert code == 3 and "không đọc được 2 tệp" in told and "từ chối 1 tệp" in told
    assert (data / "collected/2024/XA-1.xlsx").is_file() and not (data / "collected/2023").exists()


def test_without_a_year_the_newest_one_at_hand_is_meant(receive, data, tmp_path):
    workbook(data / "collected/2024/XA-1.xlsx")
    old = workbook(tmp_path / "a.xlsx", "XA-1", 2023)
    code, told = receive(old)
    assert code == 1 and "--year 2023" in told
    assert receive(old, "--year", "2023")[0] == 0
    assert (data / "collected/2023/XA-1.xlsx").is_file()


def test_there_is_one_file_per_unit_and_year_whatever_its_format(receive, data, tmp_path):
    folder = data / "collected/2024/XA-1"
    folder.mkdir(parents=True)
    (folder / "submissions.csv").write_text("period,sent_date\n", encoding="utf-8")
    os.utime(folder / "submissions.csv", (JUNE.timestamp(), JUNE.timestamp()))
    newer = workbook(tmp_path / "a.xlsm", saved=JULY)
    assert receive(newer)[0] == 0
    assert [file.path.name for file in collected_files(data)] == ["XA-1.xlsm"]
    assert (data / "received/2024/XA-1/1/submissions.csv").is_file()
    again = tmp_path / "2024/XA-1"
    again.mkdir(parents=True)
    (again / "submissions.csv").write_text("period,sent_date\n2024-H1,2024-06-17\n", encoding="utf-8")
    assert receive(again)[0] == 0
    assert [(file.path.name, file.kind) for file in collected_files(data)] == [("XA-1", "csv")]
    assert (data / "received/2024/XA-1/2.xlsm").is_file()


def test_twins_under_collected_are_both_kept_and_replaced_by_the_one_received(receive, data, tmp_path):
    workbook(data / "collected/2024/XA-1.xlsx", note="một")
    workbook(data / "collected/2024/xa-1.xlsm", note="hai")
    assert receive(workbook(tmp_path / "a.xlsx", note="ba", saved=JULY))[0] == 0
    assert [file.path.name for file in collected_files(data)] == ["XA-1.xlsx"]
    kept = sorted((data / "received/2024/XA-1").iterdir())
    assert [path.stem for path in kept] == ["1", "2"] and {path.suffix for path in kept} == {".xlsx", ".xlsm"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_the_log_holds_no_formula_and_no_line_break_from_a_file_name(receive, data, tmp_path):
    assert receive(workbook(tmp_path / "=cmd\n1.xlsx"))[0] == 0
    [line] = log(data)
    assert line["file"].startswith("'=cmd") and "\n" not in line["file"]


def test_earlier_versions_are_never_read_as_collected_data(receive, data, tmp_path):
    from kit.store import input_key

    params = tmp_path / "plan.yaml"
    params.write_text("plan_year: 2024\n", encoding="utf-8")
    for at, moment in enumerate((JUNE, JULY, datetime(2024, 8, 1, tzinfo=UTC))):
        assert receive(workbook(tmp_path / f"{at}.xlsx", note=str(at), saved=moment))[0] == 0
    assert len(collected_files(data)) == 1
    assert not [name for name in input_key(data, params) if "received" in name]


def test_a_missing_path_is_wrong_use_before_anything_moves(receive, data, tmp_path):
    code, told = receive(workbook(tmp_path / "a.xlsx"), tmp_path / "nowhere")
    assert code == 2 and "nowhere" in told and not (data / "collected").exists()


def test_an_identity_cannot_lead_out_of_the_data_folder(receive, data, tmp_path):
    code, told = receive(workbook(tmp_path / "a.xlsx", "../../X"))
    assert code == 1 and "không có trong danh sách đơn vị" in told
    assert not (data / "collected").exists()
