"""What is looked up in the XML of an .xlsx sheet: cells without a value, merged cells, cells far away."""

import pytest

from kit.collect.sheet_extent import MOST_CELLS, SheetNotes, column_letter, column_number, stray_cells
from kit.collect.xlsx_parts import cells_without_value, look_at, merged_ranges


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")])
def test_columns_are_counted_as_excel_does(number, letters):
    assert (column_letter(number), column_number(letters)) == (letters, number)


def test_formatted_blank_cells_do_not_count_as_size():
    part = b'<row r="9"><c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/></row>'
    assert look_at(part) == (part, SheetNotes())


def test_a_cell_far_away_is_taken_out_and_named():
    part = b'<row r="9"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
    content, notes = look_at(part)
    assert content == b'<row r="9"><c r="A1"><v>1</v></c></row>'
    assert notes.stray == ((1_048_576, 16_384),)


@pytest.mark.parametrize("reference", [b"ZZZ999999999", b"A" + b"9" * 5000, b"AAAAAAAAAAAAA1", b"xfd1048576"])
def test_references_that_no_sheet_has_never_reach_the_engine(reference):
    content, notes = look_at(b'<c r="B2"><v>1</v></c><c r="' + reference + b'"><v>1</v></c>')
    assert content == b'<c r="B2"><v>1</v></c>' or notes.refused


def test_cells_that_do_not_say_their_place_are_counted():
    row = b"<row>" + b"<c><v>1</v></c>" * 3000 + b"</row>"
    sheet = b"<s>" + row * 2 + b'<row r="1048576"><c><v>1</v></c></row></s>'
    assert look_at(sheet)[1].refused == "sheet-too-large"
    assert look_at(b"<s>" + row * 2 + b"</s>")[1].refused == ""


def test_a_sheet_that_is_large_in_earnest_is_refused():
    rows = [row for row in range(1, 300) for _ in range(2)] + [1_000_000 - at for at in range(300)]
    columns = [1, 16_000] * 299 + [1] * 300
    assert stray_cells(rows, columns) is None
    assert stray_cells([1, 2, 1_000_000], [3, 3, 900]) == [2]
    assert stray_cells([MOST_CELLS], [1]) == []


def test_only_cells_that_show_nothing_are_without_value():
    part = (
        b'<c r="A1" s="1"/><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>A1</f></c><c r="D1"><f>A1</f><v></v></c>'
        b'<c r="E1"><f>A1</f><v>5</v></c><c r="F1" t="str"><f>A1</f><v></v></c><x:c r="G2"><x:f>A1</x:f></x:c>'
    )
    assert cells_without_value(part) == {
        (1, 2): "error-value", (1, 3): "formula-no-value", (1, 4): "formula-no-value", (2, 7): "formula-no-value",
    }  # fmt: skip


def test_merged_cells_are_ranges_of_rows_and_columns():
    part = b'<mergeCells count="1"><mergeCell ref="B3:C5"/></mergeCells>'
    assert merged_ranges(part) == ((3, 2, 5, 3),)
