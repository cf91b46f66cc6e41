"""A data folder as a whole: which files count, who stands in for whom, reference tables."""

import pytest

from kit.collect.read import read_data, read_reference
from kit.schema.load import load_schema
from tests.collect.test_read_workbook import book_with

SCHEMA = load_schema()
CSV = "task_id,group,title,lead,due_date\nNV-01,briefing,từ CSV,x,2024-03-31\n"


def put(folder, name, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    book_with(**changes).save(folder / name)
    return folder / name


def put_csv(folder, text=CSV):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tasks.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_data_is_empty(tmp_path):
    raw = read_data(tmp_path, SCHEMA)
    assert set(raw.frames) == set(SCHEMA.tables)
    assert raw.files == raw.problems == ()


def test_all_years_are_pooled_in_order(tmp_path):
    put(tmp_path / "collected" / "2025", "XA-01.xlsx", year=2025)
    put(tmp_path / "collected" / "2024", "XA-02.xlsx", unit="XA-02")
    put_csv(tmp_path / "collected" / "2024" / "XA-01")
    tasks = read_data(tmp_path, SCHEMA).frames["tasks"]
    assert tasks[["_unit", "_year"]].values.tolist() == [["XA-01", 2024], ["XA-02", 2024], ["XA-01", 2025]]
    assert tasks.index.tolist() == [0, 1, 2]


def test_lock_files_and_hidden_files_are_passed_over(tmp_path):
    folder = tmp_path / "collected" / "2024"
    put(folder, "XA-01.xlsx")
    for name in ("~$XA-01.xlsx", ".DS_Store", "._XA-01.xlsx", "ghi chú.txt", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    (tmp_path / "collected" / "readme.md").write_bytes(b"x")
    assert [file.file for file in read_data(tmp_path, SCHEMA).files] == ["collected/2024/XA-01.xlsx"]


@pytest.mark.parametrize("other", ["workbook", "csv"])
def test_a_unit_that_came_twice_is_not_used_at_all(tmp_path, other):
    folder = tmp_path / "collected" / "2024"
    put(folder, "XA-01.xlsx")
    if other == "csv":
        put_csv(folder / "XA-01")
    else:
        put(folder, "xa-01.xlsm")
    put(folder, "XA-02.xlsx", unit="XA-02")
    raw = read_data(tmp_path, SCHEMA)
    twice = [problem for problem in raw.problems if problem.code == "same-unit-twice"]
    assert len(twice) == 2
    assert {problem.args["other"] for problem in twice} == {problem.file for problem in twice} or other == "csv"
    assert raw.frames["tasks"]["_unit"].tolist() == ["XA-02"]


def test_a_named_file_stands_in_for_its_units_copy(tmp_path):
    put(tmp_path / "data" / "collected" / "2024", "XA-01.xlsx")
    put(tmp_path / "data" / "collected" / "2023", "XA-01.xlsx", year=2023)
    sent = put(tmp_path / "inbox", "Bao cao cua xa (1).xlsx", rows=[("NV-77", "Quán triệt", "T", "L", None)])
    raw = read_data(tmp_path / "data", SCHEMA, named=[sent])
    tasks = raw.frames["tasks"]
    assert tasks[["task_id", "_year", "_file"]].values.tolist() == [
        ["NV-01", 2023, "collected/2023/XA-01.xlsx"], ["NV-77", 2024, "Bao cao cua xa (1).xlsx"],
    ]  # fmt: skip
    assert not [problem for problem in raw.problems if problem.code in ("unit-mismatch", "same-unit-twice")]


def test_a_named_file_that_cannot_be_read_replaces_nothing(tmp_path):
    put(tmp_path / "data" / "collected" / "2024", "XA-01.xlsx")
    (tmp_path / "XA-01.xlsx").write_bytes(b"")
    raw = read_data(tmp_path / "data", SCHEMA, named=[tmp_path / "XA-01.xlsx"])
    assert len(raw.frames["tasks"]) == 1
    assert [problem.code for problem in raw.problems if problem.file == "XA-01.xlsx"] == ["file-empty"]


def test_a_named_file_inside_the_data_is_still_bound_to_its_place(tmp_path):
    path = put(tmp_path / "collected" / "2024", "XA-09.xlsx")
    raw = read_data(tmp_path, SCHEMA, named=[path])
    assert [problem.code for problem in raw.problems] == ["unit-mismatch"]


def test_a_named_csv_folder_says_unit_and_year_by_its_path(tmp_path):
    named = put_csv(tmp_path / "2024" / "XA-05")
    tasks = read_data(tmp_path / "data", SCHEMA, named=[named]).frames["tasks"]
    assert tasks[["_unit", "_year"]].values.tolist() == [["XA-05", 2024]]


def test_a_named_csv_folder_without_a_year_is_not_used(tmp_path):
    raw = read_data(tmp_path / "data", SCHEMA, named=[put_csv(tmp_path / "XA-05")])
    assert [problem.code for problem in raw.problems] == ["no-plan-year"]
    assert len(raw.frames["tasks"]) == 0


def test_a_named_path_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_data(tmp_path, SCHEMA, named=[tmp_path / "nothing.xlsx"])


def test_reference_tables_have_neither_unit_nor_year(tmp_path):
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "units.csv").write_text(
        "unit_id,name,level,valid_from\nXA-01,Xã A,commune,2020-01-01\n", encoding="utf-8"
    )
    raw = read_reference(tmp_path, SCHEMA)
    assert raw.frames["units"].loc[0, ["unit_id", "_unit", "_year", "_row"]].tolist() == ["XA-01", "", 0, 2]
    assert [file.kind for file in raw.files] == ["reference"]
