"""Opening workbooks of each format behind guards."""

import pytest

from kit.collect.archive import Refused
from kit.collect.compound import container, read_stream
from kit.collect.engine import open_workbook
from kit.collect.parsed import ERROR_VALUE
from tests.cases.damage import RETURNS


def sent(case):
    return next(path for path in (RETURNS / case).iterdir() if path.suffix != ".yaml").read_bytes()


@pytest.mark.parametrize("case", ["clean-ods", "clean-xls"])
def test_all_formats_say_the_same(case):
    first, other = open_workbook(sent("clean")), open_workbook(sent(case))
    for sheet in first.sheets:
        if sheet != "_kit":  # the unit differs
            assert first.grid(sheet).rows == other.grid(sheet).rows


@pytest.mark.parametrize("case", ["formula-error", "formula-error-ods", "formula-error-xls"])
def test_an_error_is_an_error_in_all_formats(case):
    rows = open_workbook(sent(case)).grid("Hoạt động").rows
    assert [cell for row in rows for cell in row].count(ERROR_VALUE) == 1


@pytest.mark.parametrize("case", ["merged-cells", "merged-cells-ods", "merged-cells-xls"])
def test_merged_cells_are_known_in_all_formats(case):
    assert (3, 2, 5, 2) in open_workbook(sent(case)).grid("Nhiệm vụ").merged


@pytest.mark.parametrize("size", [0, 100, 4096, 5000, 70_000, 8_000_000])
def test_a_stream_comes_back_out_of_its_container(size):
    stream = bytes(at * 7 % 256 for at in range(size))
    name, found = read_stream(container("Workbook", stream), ("Book", "Workbook"))
    assert name == "Workbook" and found[:size] == stream


def test_a_chain_of_sectors_that_turns_in_circles_ends():
    content = bytearray(container("Workbook", b"x" * 6000))
    fat = 512 + 13 * 512  # behind twelve sectors of data and the directory
    content[fat : fat + 4] = (0).to_bytes(4, "little")
    with pytest.raises(Refused, match="file-unreadable"):
        open_workbook(bytes(content))


def test_a_compound_file_of_something_else_is_no_workbook():
    with pytest.raises(Refused, match="file-not-a-workbook"):
        open_workbook(container("WordDocument", b"x"))


@pytest.mark.parametrize(
    ("case", "stray"), [("ods-bomb-rows", (1_048_576, 16_000)), ("ods-bomb-columns", (1, 4_000_001))]
)
def test_a_cell_that_stands_for_millions_is_passed_over(case, stray):
    grid = open_workbook(sent(case)).grid("Trang")
    assert (grid.rows, grid.stray) == ([], (stray,))
