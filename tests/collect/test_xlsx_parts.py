"""What is looked up in the archive itself: size, cells without a value, column letters."""

import io
import zipfile

import pytest

from kit.collect import xlsx_parts
from kit.collect.xlsx_parts import cells_without_value, column_letter, column_number, refusal, too_wide


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")])
def test_columns_are_counted_as_excel_does(number, letters):
    assert (column_letter(number), column_number(letters)) == (letters, number)


def test_an_archive_that_would_unpack_to_too_much_is_refused(monkeypatch):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 5000)
    assert refusal(buffer.getvalue()) is None
    monkeypatch.setattr(xlsx_parts, "LARGEST_PART", 4000)
    assert refusal(buffer.getvalue()) == "file-too-large"


def test_an_archive_of_something_else_is_no_workbook():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    assert refusal(buffer.getvalue()) == "file-not-a-workbook"


def test_formatted_blank_cells_do_not_count_as_size():
    row = b'<row r="9"><c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/></row>'
    assert not too_wide(row)
    assert too_wide(row.replace(b' s="3"/>', b"><v>1</v></c>"))


def test_only_cells_that_show_nothing_are_without_value():
    part = (
        b'<c r="A1" s="1"/><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>A1</f></c><c r="D1"><f>A1</f><v></v></c>'
        b'<c r="E1"><f>A1</f><v>5</v></c><c r="F1" t="str"><f>A1</f><v></v></c><x:c r="G2"><x:f>A1</x:f></x:c>'
    )
    assert cells_without_value(part) == {
        (1, 2): "error-value", (1, 3): "formula-no-value", (1, 4): "formula-no-value", (2, 7): "formula-no-value",
    }  # fmt: skip
