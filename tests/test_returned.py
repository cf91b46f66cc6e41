"""The returned workbook as its reader meets it: corrected from its comments alone and sent again, it passes."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kit.collect.annotate_looks import COMMENT_START
from kit.collect.annotate_remarks import SEVERITY_WORDS
from kit.collect.workbook_layout import RESULT_SHEET
from kit.workflow.check import check
from kit.workflow.places import Places
from kit.workflow.reports import Edition
from kit.workflow.run import RunRequest, run
from tests.small_folder import ACTIVITY, write_folder

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "collected" / "2024"
SERIOUS = [SEVERITY_WORDS["error"], SEVERITY_WORDS["warning"]]
# What a person types into each cell after reading its comment; (sheet, field, text of the comment) → value.
XA_05 = {
    ("Hoạt động", "attendances", "“hơn 60” là số ước lượng"): 62,
    ("Hoạt động", "sessions", "chưa ghi số cuộc"): 1,
    ("Hoạt động", "date", "“31/02/2024”"): datetime(2024, 2, 29),
    ("Hoạt động", "date", "tính từ 03/01/2023 đến 18/01/2024"): datetime(2024, 1, 16),
    ("Hoạt động", "policy_id", "để trống, trừ hoạt động"): None,
    ("Hoạt động", "kind", "“Tuyên truyền miệng”"): "Nâng cao nhận thức",
    ("Hoạt động", "policy_id", "chưa ghi chính sách nào"): "MAU-2024-02",
    ("Hoạt động", "policy_id", "ghi “CS-2024-99”"): "MAU-2024-02",
    ("Hoạt động", "attendances", "1500 lượt người cho 1 cuộc"): 150,
    ("Hoạt động", "printed_documents", "nhỏ hơn mức thấp nhất là 0"): 50,
    ("Hoạt động", "activity_id", "đã có ở dòng 24"): "HD-999",
    ("Khó khăn, vướng mắc", "description", "Phải mô tả khó khăn"): "Chưa bố trí kinh phí riêng.",
    ("Nhiệm vụ", "completed_date", "trước “Ngày bắt đầu” là 15/01/2024"): datetime(2024, 2, 5),
    ("Nhiệm vụ", "due_date", "Chưa ghi “Hạn hoàn thành”"): datetime(2024, 3, 31),
    ("Nhiệm vụ", "product.document_number", "“12/KHUBND”"): "12/KH-UBND",
}


class Quiet:
    def step(self, text: str) -> None:
        pass


@dataclass(frozen=True)
class Round:
    """One check of one file: its outcome, and the workbook that came back (``None``: none)."""

    outcome: object
    path: Path

    @property
    def book(self):
        return load_workbook(self.path)

    @property
    def severities(self) -> list[str]:
        return sorted(self.outcome.findings["severity"])


def checked(path: Path, out: Path) -> Round:
    outcome = check([path], Places(ROOT / "data", None, out), period_code=None, tell=Quiet())
    return Round(outcome, out / "returned" / f"{path.stem}.xlsx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("returned")


@pytest.fixture(scope="module")
def first(folder) -> Round:
    return checked(SAMPLE / "XA-05.xlsx", folder / "first")


@pytest.fixture(scope="module")
def second(folder, first) -> Round:
    path = folder / "XA-05 sửa.xlsx"
    corrected(first.book, XA_05).save(path)
    return checked(path, folder / "second")


def marks(book) -> dict[tuple[str, str], str]:
    """(sheet, cell) → the kit's comment."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and COMMENT_START in cell.comment.text
    }


def names_row(sheet) -> list[str]:
    return [cell.value for cell in sheet[3 if sheet["A3"].value and "_" in str(sheet["A3"].value) else 2]]


def corrected(book, typed):
    """Type into each commented cell what its comment asks for; nothing else is looked at."""
    left = dict(typed)
    for (title, place), text in marks(book).items():
        sheet = book[title]
        cell = sheet[place]
        name = names_row(sheet)[cell.column - 1]
        for known in [known for known in left if known[:2] == (title, name) and known[2] in text]:
            cell.value = left.pop(known)
    assert not left, f"no comment tells to correct {list(left)}"
    return book


def test_a_file_with_errors_comes_back_with_a_comment_on_every_wrong_cell(first):
    serious = [text for text in marks(first.book).values() if "GHI CHÚ" not in text]
    assert first.severities.count("error") == 10 and first.severities.count("warning") == 5
    assert len(serious) == 15


def test_each_comment_says_where_what_was_found_what_is_allowed_and_what_to_do(first):
    for (sheet, cell), text in marks(first.book).items():
        lines = text.split("\n")
        assert lines[1].startswith(f"Ở: trang “{sheet}”, ô {cell}, cột “")
        assert [line.split(":")[0] for line in lines[2:]] == ["Thấy", "Được phép", "Cần làm"], text
        assert all(line.partition(": ")[2].strip(" .") for line in lines)


def test_the_first_sheet_lists_all_findings_errors_first_with_links_to_the_cells(first):
    sheet = first.book[first.book.sheetnames[0]]
    assert sheet.title == RESULT_SHEET
    rows = [row for row in sheet.iter_rows(min_row=2) if row[1].value in SEVERITY_WORDS.values()]
    words = [row[1].value for row in rows]
    assert words == sorted(words, key=list(SEVERITY_WORDS.values()).index)
    assert len(rows) == len(first.outcome.findings)
    for row in rows:
        link = row[3].hyperlink
        assert link.location == f"'{row[2].value}'!{row[3].value}"
        assert first.book[row[2].value][row[3].value].fill.patternType, "the cell that the link leads to is marked"


def test_counts_stand_above_the_list(first):
    sheet = first.book[RESULT_SHEET]
    counts = {str(row[2].value).split(" (")[0]: row[0].value for row in sheet.iter_rows(min_row=5, max_row=9)}
    assert {word: counts[word] for word in SERIOUS} == {"Lỗi": 10, "Cảnh báo": 5}


def test_the_file_corrected_from_its_comments_alone_passes(second):
    found = second.outcome.findings
    assert found.loc[found["severity"] != "note", "message"].tolist() == []
    assert second.outcome.exit_code == 0


def test_the_corrected_file_comes_back_without_any_mark(second):
    book = second.book
    assert RESULT_SHEET not in book.sheetnames
    assert marks(book) == {}
    fills = {cell.fill.patternType for sheet in book for row in sheet.iter_rows(min_row=4) for cell in row}
    assert not fills & {"lightUp", "gray125", "lightGray", "gray0625"}
    wrong = [
        cell
        for sheet in book
        for row in sheet.iter_rows(min_row=4)
        for cell in row
        if cell.border.left.style in ("thick", "mediumDashed")
    ]
    assert not wrong


def test_the_values_that_were_typed_are_in_the_clean_workbook(second):
    sheet = second.book["Nhiệm vụ"]
    place = names_row(sheet).index("due_date") + 1
    assert datetime(2024, 3, 31) in [row[place - 1].value for row in sheet.iter_rows(min_row=4)]


def test_marks_and_the_list_of_findings_are_never_an_extra_sheet_or_column(second):
    assert set(second.outcome.findings["code"]) <= {"read-as"}


def test_the_paths_of_returned_workbooks_are_told(first, second):
    assert [file["returned"] for file in first.outcome.to_json()["files"]] == [first.path.as_posix()]
    clean = checked_json(second)
    assert clean["status"] == "ok" and clean["returned"] == second.path.as_posix()


def checked_json(made: Round) -> dict:
    return made.outcome.to_json()["files"][0]


def test_a_clean_file_without_marks_is_not_sent_back(folder, second):
    path = folder / "sạch.xlsx"
    shutil.copy(second.path, path)
    assert not checked(path, folder / "third").path.exists()


def test_a_workbook_that_was_returned_for_an_earlier_state_is_taken_away(folder, second):
    path, out = folder / "sạch lại.xlsx", folder / "fourth"
    shutil.copy(second.path, path)
    stale = out / "returned" / path.name
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"older")
    checked(path, out)
    assert not stale.exists()


def test_a_file_that_cannot_be_read_gets_one_message_and_no_workbook(folder):
    path = folder / "hỏng.xlsx"
    path.write_bytes((SAMPLE / "XA-05.xlsx").read_bytes()[:3000])
    made = checked(path, folder / "fifth")
    assert (made.outcome.exit_code, len(made.outcome.findings)) == (3, 1)
    assert not made.path.exists()


def test_two_files_of_one_name_come_back_side_by_side(folder):
    paths = []
    for unit in ("XA-05", "XA-11"):
        (folder / unit).mkdir()
        paths.append(Path(shutil.copy(SAMPLE / f"{unit}.xlsx", folder / unit / "Sổ.xlsx")))
    out = folder / "sixth"
    outcome = check(paths, Places(ROOT / "data", None, out), period_code=None, tell=Quiet())
    files = {file["unit_id"]: file for file in outcome.to_json()["files"]}
    assert {unit: file["file"] for unit, file in files.items()} == {"XA-05": "XA-05/Sổ.xlsx", "XA-11": "XA-11/Sổ.xlsx"}
    for unit, file in files.items():
        assert load_workbook(file["returned"])["_kit"]["B2"].value == unit
        severities = [finding["severity"] for finding in file["findings"]]
        assert severities.count("error") == {"XA-05": 10, "XA-11": 3}[unit]
    assert re.search(r"Sổ( \(2\))?\.xlsx", files["XA-11"]["returned"])


def test_a_run_sends_each_faulty_unit_of_the_plan_year_its_workbook(folder):
    wrong, right = ({**ACTIVITY, "date": day} for day in ("31/02/2024", "2024-03-05"))
    tables = {(2024, "XA-1"): {"activities": [wrong]}, (2023, "XA-1"): {"activities": [wrong]}}
    data, out = write_folder(folder / "data", collected=tables), folder / "reports"
    places = Places(data, ROOT / "params" / "plan-2024.yaml", out)
    run(RunRequest("2024-H1", edition=Edition(formats=())), places, tell=Quiet())
    back = out / "2024-H1" / "returned"
    assert [path.name for path in back.iterdir()] == ["XA-1.xlsx"]
    assert load_workbook(back / "XA-1.xlsx")["_kit"]["B3"].value == 2024
    assert [text.split(":")[0] for text in marks(load_workbook(back / "XA-1.xlsx")).values()] == [
        f"{COMMENT_START} – LỖI"
    ]
    write_folder(data, collected={(2024, "XA-1"): {"activities": [right]}})
    run(RunRequest("2024-H1", edition=Edition(formats=())), places, tell=Quiet())
    assert list(back.iterdir()) == []
