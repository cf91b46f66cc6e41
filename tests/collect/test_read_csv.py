"""CSV: encodings, delimiters, quotes, ragged rows, and the row numbers that Excel shows."""

import pytest

from kit.collect.read import read_data
from kit.schema.load import load_schema

SCHEMA = load_schema()
HEAD = "task_id,group,title,lead,due_date\n"


def read(tmp_path, content, *, table="tasks"):
    folder = tmp_path / "collected" / "2024" / "XA-01"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{table}.csv").write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_data(tmp_path, SCHEMA)


def codes(raw):
    return [problem.code for problem in raw.problems]


def test_every_value_keeps_its_address(tmp_path):
    raw = read(tmp_path, HEAD + "NV-01,briefing,Quán triệt,Tư pháp,2024-03-31\n")
    assert raw.frames["tasks"].loc[0, ["title", "_unit", "_year", "_file", "_sheet", "_row", "_origin"]].tolist() == [
        "Quán triệt", "XA-01", 2024, "collected/2024/XA-01/tasks.csv", "", 2, "csv",
    ]  # fmt: skip
    assert raw.letters["collected/2024/XA-01/tasks.csv", "", "tasks"]["due_date"] == "E"
    assert raw.problems == ()


@pytest.mark.parametrize("ragged", ["", "NV-09,briefing,x,y,2024-01-01,z\n"])
def test_row_numbers_are_those_excel_shows(tmp_path, ragged):
    body = 'NV-01,briefing,"hai\ndòng",A,\n\nNV-02,briefing,"b ""c""",A,\n,,,,\nNV-03,briefing\n'
    tasks = read(tmp_path, HEAD + body + ragged).frames["tasks"]
    assert tasks[["task_id", "_row"]].values.tolist() == [["NV-01", 2], ["NV-02", 4], ["NV-03", 6]]
    assert tasks["title"].tolist() == ["hai\ndòng", 'b "c"', None]


@pytest.mark.parametrize(
    ("encoding", "code"),
    [("utf-8", []), ("utf-8-sig", []), ("utf-16", ["csv-encoding-read"]), ("utf-16-le", ["csv-encoding-read"])],
)
def test_unicode_files_are_read_whatever_their_form(tmp_path, encoding, code):
    raw = read(tmp_path, (HEAD + "NV-01,briefing,Quán triệt Đề án,Tư pháp,2024-03-31\n").encode(encoding))
    assert raw.frames["tasks"]["title"].tolist() == ["Quán triệt Đề án"]
    assert codes(raw) == code


def test_windows_1258_is_read_when_it_is_certain(tmp_path):
    title = "Qua\u0301n triê\u0323t Đê\u0300 a\u0301n"
    raw = read(tmp_path, (HEAD + f"NV-01,briefing,{title},x,\n").encode("cp1258"))
    assert raw.frames["tasks"]["title"].tolist() == ["Quán triệt Đề án"]
    assert codes(raw) == ["csv-encoding-read"]


def test_an_unknown_encoding_is_not_guessed(tmp_path):
    raw = read(tmp_path, HEAD.encode() + bytes(range(128, 250)) * 3)
    assert codes(raw) == ["csv-encoding"]
    assert raw.files[0].readable is False


def test_one_damaged_byte_costs_one_cell(tmp_path):
    lines = "".join(f"NV-{n},briefing,Quán triệt Đề án,Tư pháp,\n" for n in range(20)).encode()
    raw = read(tmp_path, HEAD.encode() + lines + b"NV-X,briefing,Qu\xe1n,A,\n")
    assert raw.frames["tasks"]["title"].tolist()[-2:] == ["Quán triệt Đề án", "Qu\ufffdn"]


@pytest.mark.parametrize(("delimiter", "name"), [(";", ";"), ("\t", "TAB")])
def test_another_delimiter_is_read_with_a_note(tmp_path, delimiter, name):
    raw = read(tmp_path, HEAD.replace(",", delimiter) + delimiter.join(["NV-01", "briefing", "a, b", "x", ""]) + "\n")
    assert raw.frames["tasks"]["title"].tolist() == ["a, b"]
    assert [(problem.code, problem.value) for problem in raw.problems] == [("csv-delimiter", name)]


def test_the_separator_line_of_excel_counts_as_a_row(tmp_path):
    raw = read(tmp_path, "sep=;\n" + HEAD.replace(",", ";") + "NV-01;briefing;a;x;\n")
    assert raw.frames["tasks"]["_row"].tolist() == [3]


def test_blank_lines_above_the_header_count_as_rows(tmp_path):
    assert read(tmp_path, "\n\n" + HEAD + "NV-01,briefing,a,x,\n").frames["tasks"]["_row"].tolist() == [4]


@pytest.mark.parametrize("start", ["=1+1", "+84", "-5", "@a", "\tx", "\rx"])
def test_the_apostrophe_before_a_formula_is_removed(tmp_path, start):
    raw = read(tmp_path, HEAD + f'NV-01,briefing,"\'{start}",x,\n')
    assert raw.frames["tasks"]["title"].tolist() == [start]


def test_other_apostrophes_stay(tmp_path):
    assert read(tmp_path, HEAD + "NV-01,briefing,'a',H'Bia\n").frames["tasks"]["title"].tolist() == ["'a'"]


def test_a_row_with_too_many_cells_is_set_aside_and_named(tmp_path):
    raw = read(
        tmp_path, HEAD + "NV-01,briefing,a,b,2024-01-01\nNV-02,briefing,a,b, c,2024-01-01\nNV-03,briefing,a,b,,,\n"
    )
    assert raw.frames["tasks"]["task_id"].tolist() == ["NV-01", "NV-03"]
    assert [(problem.code, problem.row) for problem in raw.problems] == [("csv-ragged", 3)]


def test_a_first_row_with_too_many_cells_is_no_index(tmp_path):
    raw = read(tmp_path, HEAD + "NV-01,briefing,a,b,2024-01-01,x\nNV-02,briefing,a,b,2024-01-01,y\n")
    assert codes(raw) == ["csv-ragged", "csv-ragged"]


def test_an_open_quote_costs_its_own_line_only(tmp_path):
    raw = read(tmp_path, HEAD + 'NV-01,briefing,"a,b,2024-01-01\nNV-02,briefing,a,b,2024-01-01\n')
    assert raw.frames["tasks"]["task_id"].tolist() == ["NV-02"]
    assert [(problem.code, problem.row) for problem in raw.problems] == [("csv-quote", 2)]


def test_an_inch_mark_is_no_quote(tmp_path):
    raw = read(tmp_path, HEAD + 'NV-01,briefing,màn hình 32",b,\nNV-02,briefing,a,b,\n')
    assert raw.frames["tasks"]["title"].tolist() == ['màn hình 32"', "a"]
    assert raw.problems == ()


def test_a_nul_does_not_stop_the_other_rows(tmp_path):
    raw = read(tmp_path, HEAD + "NV-01,briefing,a\0b,x,\nNV-02,briefing,c,x,\n")
    assert raw.frames["tasks"]["title"].tolist() == ["a\0b", "c"]


@pytest.mark.parametrize("content", ["", "\n\n", HEAD, "\ufeff" + HEAD])
def test_an_empty_file_is_an_empty_table(tmp_path, content):
    raw = read(tmp_path, content)
    assert len(raw.frames["tasks"]) == 0
    assert raw.problems == ()


def test_text_that_looks_like_a_missing_value_stays_text(tmp_path):
    raw = read(tmp_path, HEAD + "NV-01,NA,null,nan,007\n")
    assert raw.frames["tasks"].loc[0, ["group", "title", "lead", "due_date"]].tolist() == ["NA", "null", "nan", "007"]


def test_header_problems_are_named_with_their_column(tmp_path):
    raw = read(tmp_path, "Task_ID,title,title,note\nNV-01,a,b,c\n")
    assert raw.frames["tasks"]["title"].tolist() == ["a"]
    assert [(problem.code, problem.column, problem.field, problem.value) for problem in raw.problems] == [
        ("missing-column", "", "group", ""), ("missing-column", "", "lead", ""), ("missing-column", "", "due_date", ""),
        ("duplicate-column", "C", "title", ""), ("extra-column", "D", "", "note"),
    ]  # fmt: skip


def test_a_file_without_known_columns_is_unreadable(tmp_path):
    raw = read(tmp_path, "a,b\n1,2\n")
    assert codes(raw) == ["missing-header"]
    assert raw.files[0].readable is False


def test_a_workbook_named_csv_is_named(tmp_path):
    assert codes(read(tmp_path, b"PK\x03\x04...")) == ["file-not-csv"]


def test_a_file_of_no_table_is_named_and_does_no_harm(tmp_path):
    read(tmp_path, HEAD + "NV-01,briefing,a,x,\n")
    raw = read(tmp_path, "a,b\n", table="ghi-chu")
    assert codes(raw) == ["extra-file"]
    assert len(raw.frames["tasks"]) == 1


def test_a_large_file_is_read_as_small_ones_are(tmp_path):
    body = 'NV-01,briefing,"hai\r\ndòng; ""x""",A,\n\n  ,,,,\n"NV-02",briefing,b"c,NA,2024-03-31\r\nNV-03,briefing\n'
    repeated = 2000
    small = read(tmp_path / "small", HEAD + body).frames["tasks"]
    large = read(tmp_path / "large", HEAD + body * repeated).frames["tasks"]
    shown = ["task_id", "title", "lead", "due_date"]
    assert large[shown].values.tolist() == small[shown].values.tolist() * repeated
    assert large["_row"].tolist() == [row + 5 * part for part in range(repeated) for row in small["_row"]]
