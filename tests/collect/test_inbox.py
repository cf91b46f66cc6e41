"""The inbox: whose a file is, how old it is, and what becomes of it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from kit.collect.inbox import files_at_hand, open_parcels
from kit.collect.inbox_plan import Desk, plan_receipt
from kit.collect.inbox_saved import saved_at
from kit.schema.load import load_schema
from tests.arrived import JULY, JUNE, at_disk, workbook

UNITS = {"xa-1": "XA-1", "xa-2": "XA-2", "tinh-1": "TINH-1"}


def decided(*paths, data, years=(2024,), force=False) -> dict[str, tuple[str, str]]:
    """Return what becomes of each file: name → (action, first words of the reason)."""
    parcels = open_parcels(paths, data, load_schema())
    desk = Desk(UNITS, frozenset(years), files_at_hand(data), data / "collected", force=force)
    return {step.parcel.name: (step.action, step.reason) for step in plan_receipt(parcels, desk)}


def test_the_document_says_when_it_was_saved_not_the_mail_client(tmp_path):
    path = at_disk(workbook(tmp_path / "a.xlsx", saved=JUNE), JULY)
    assert saved_at(path, path.read_bytes()) == JUNE


def test_a_document_is_never_saved_after_the_disk_last_changed_it(tmp_path):
    path = at_disk(workbook(tmp_path / "a.xlsx", saved=JULY), JUNE)
    assert saved_at(path, path.read_bytes()) == JUNE


def test_an_opendocument_file_says_its_time_in_its_own_part(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta.xml", "<office:meta><dc:date>2024-06-10T08:00:00.123456789Z</dc:date></office:meta>")
    assert saved_at(at_disk(path, JULY), path.read_bytes()) == JUNE


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PK" + bytes(40)])
def test_a_file_without_a_readable_property_has_the_age_of_the_disk(tmp_path, content):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert saved_at(at_disk(path, JUNE), content) == JUNE


def test_a_file_is_received_under_any_name_by_its_identity(tmp_path):
    inbox = tmp_path / "in"
    workbook(inbox / "XA-1 (2).xlsx", "XA-1")
    workbook(inbox / "thư mục con" / "bao cao gui lai.xlsx", "xa-2")
    found = decided(inbox, data=tmp_path / "data")
    assert found == {"XA-1 (2).xlsx": ("received", ""), "thư mục con/bao cao gui lai.xlsx": ("received", "")}


@pytest.mark.parametrize(
    ("unit", "year", "name", "told"),
    [
        ("XA-1", 2023, "a.xlsx", "là sổ năm 2023, trong khi đang nhận sổ năm 2024"),
        ("XA-3", 2024, "a.xlsx", "“XA-3”, không có trong danh sách đơn vị"),
        ("XA-1", 2024, "XA-2 gui lai.xlsx", "Tên tệp là của XA-2 nhưng bên trong ghi đơn vị XA-1"),
    ],
)
def test_a_wrong_year_an_unknown_unit_and_anothers_name_are_refused(tmp_path, unit, year, name, told):
    path = workbook(tmp_path / name, unit, year)
    [(action, reason)] = decided(path, data=tmp_path / "data").values()
    assert action == "refused" and told in reason and "đề nghị" in reason.lower()


def test_a_year_that_was_asked_for_is_received_beside_another(tmp_path):
    workbook(tmp_path / "in/a.xlsx", "XA-1", 2023)
    workbook(tmp_path / "in/b.xlsx", "XA-1", 2024)
    found = decided(tmp_path / "in", data=tmp_path / "data", years=(2023, 2024))
    assert [action for action, _ in found.values()] == ["received", "received"]


def test_an_older_file_is_refused_and_taken_when_forced(tmp_path):
    data = tmp_path / "data"
    workbook(data / "collected/2024/XA-1.xlsx", note="mới", saved=JULY)
    path = workbook(tmp_path / "cu.xlsx", note="cũ", saved=JUNE)
    [(action, reason)] = decided(path, data=data).values()
    assert action == "refused" and "cũ hơn tệp đang có" in reason and "--force" in reason
    assert decided(path, data=data, force=True)["cu.xlsx"] == ("received", "")


def test_the_file_at_hand_again_is_nothing_to_do_whatever_its_age(tmp_path):
    data = tmp_path / "data"
    at_hand = workbook(data / "collected/2024/XA-1.xlsx")
    copy = tmp_path / "a.xlsx"
    copy.write_bytes(at_hand.read_bytes())
    assert decided(copy, data=data)["a.xlsx"][0] == "same"
    assert decided(at_disk(copy, JUNE - timedelta(days=9)), data=data)["a.xlsx"][0] == "same"


def test_several_versions_at_once_end_with_the_newest_at_hand(tmp_path):
    workbook(tmp_path / "in/a.xlsx", note="hai", saved=JULY)
    workbook(tmp_path / "in/b.xlsx", note="một", saved=JUNE)
    parcels = open_parcels([tmp_path / "in"], tmp_path / "data", load_schema())
    steps = plan_receipt(parcels, Desk(UNITS, frozenset(), {}, tmp_path / "data/collected"))
    assert [(step.parcel.name, step.action, bool(step.earlier)) for step in steps] == [
        ("b.xlsx", "received", False),
        ("a.xlsx", "received", True),
    ]


def test_versions_that_nothing_tells_apart_are_both_refused(tmp_path):
    workbook(tmp_path / "in/a.xlsx", note="một")
    workbook(tmp_path / "in/b.xlsx", note="hai")
    workbook(tmp_path / "in/c.xlsx", "XA-2")
    found = decided(tmp_path / "in", data=tmp_path / "data")
    assert [action for action, _ in found.values()] == ["refused", "refused", "received"]
    assert "a.xlsx, b.xlsx" in found["a.xlsx"][1]


def test_what_cannot_be_read_is_a_problem_and_what_is_no_workbook_is_passed_over(tmp_path):
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    (inbox / "rong.xlsx").write_bytes(b"")
    (inbox / "~$XA-1.xlsx").write_bytes(b"lock")
    (inbox / "cong van.pdf").write_bytes(b"%PDF")
    (inbox / "Thumbs.db").write_bytes(b"noise")
    found = {name: action for name, (action, _) in decided(inbox, data=tmp_path / "data").items()}
    assert found == {
        **{"hong.xlsx": "unreadable", "rong.xlsx": "unreadable"},
        **{"~$XA-1.xlsx": "passed", "cong van.pdf": "passed"},
    }
    assert decided(inbox / "cong van.pdf", data=tmp_path / "data")["cong van.pdf"][0] == "refused"


def test_a_csv_folder_says_unit_and_year_by_its_place(tmp_path):
    rows = "period,sent_date\n2024-H1,2024-06-17\n"
    for place in ("in/2024/XA-1", "in/khong nam/XA-2", "in/2024/la"):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        (folder / "submissions.csv").write_text(rows, encoding="utf-8")
    found = decided(tmp_path / "in", data=tmp_path / "data", years=())
    assert found["2024/XA-1"] == ("received", "")
    assert "Không rõ" in found["khong nam/XA-2"][1] and "“la”" in found["2024/la"][1]
    assert decided(tmp_path / "in", data=tmp_path / "data")["khong nam/XA-2"][0] == "received"


def test_files_already_in_the_data_folder_are_left_alone(tmp_path):
    workbook(tmp_path / "collected/2024/XA-1.xlsx")
    workbook(tmp_path / "received/2024/XA-1/1.xlsx", saved=datetime(2024, 1, 1, tzinfo=UTC))
    found = decided(tmp_path, data=tmp_path)
    assert {action for action, _ in found.values()} == {"passed"}


def test_a_path_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.xlsx"):
        open_parcels([tmp_path / "nowhere.xlsx"], tmp_path, load_schema())
