"""Remarks: what was found, what is allowed, what to do."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.schema.load import load_schema
from kit.validation.advice import allowed_in, load_advice, remarks, split_message
from kit.validation.findings import COLUMNS, load_catalogue, typed_findings

SCHEMA = load_schema()
CATALOGUE = load_catalogue(SCHEMA)


def test_advice_is_given_for_codes_of_the_catalogue_only():
    assert [code for code in load_advice() if code not in CATALOGUE] == []


def test_advice_says_what_is_allowed_or_what_to_do_and_nothing_else():
    assert [code for code, entry in load_advice().items() if not entry or set(entry) - {"allowed", "action"}] == []


@pytest.mark.parametrize(
    ("message", "found", "asked"),
    [
        ("Tệp rỗng. Đề nghị gửi lại.", "Tệp rỗng.", "Gửi lại."),
        ("Mỗi dòng một mã; đề nghị đổi mã. Dùng dòng đầu.", "Mỗi dòng một mã. Dùng dòng đầu.", "Đổi mã."),
        ("Đọc là 5. Nếu chưa đúng, đề nghị ghi lại.", "Đọc là 5.", "Nếu chưa đúng, ghi lại."),
        ("Ghi 31.02.2024 là sai.", "Ghi 31.02.2024 là sai.", ""),
    ],
)
def test_a_message_is_split_into_what_was_found_and_what_is_asked(message, found, asked):
    assert split_message(message) == (found, asked)


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_every_finding_says_what_was_found_and_what_to_do(code):
    row = dict.fromkeys(COLUMNS, "") | {"severity": CATALOGUE[code].severity, "code": code, "source_row": None}
    (remark,) = remarks(typed_findings(pd.DataFrame([row | {"message": CATALOGUE[code].message}])), SCHEMA, CATALOGUE)
    assert remark.found and remark.action and remark.title
    assert "đề nghị" not in remark.action.lower() and not remark.action.startswith((".", ",", ";"))


@pytest.mark.parametrize("table", list(SCHEMA.tables.values()), ids=lambda table: table.name)
def test_every_field_says_what_is_allowed_and_whether_it_may_be_blank(table):
    for field in table.fields:
        text = allowed_in(SCHEMA, table, field)
        needed = field.required or field.name in table.primary_key
        assert text.endswith("không để trống" if needed else "có thể để trống") and "{" not in text


def test_an_x_column_takes_a_cross_or_nothing():
    table = SCHEMA.tables["activities"]
    assert allowed_in(SCHEMA, table, table.field("audiences"), item="citizens") == "x, hoặc để trống"
