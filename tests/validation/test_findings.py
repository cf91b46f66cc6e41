"""The catalogue of findings: complete, in words, and strict about itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kit
from kit.collect.parsed import APPROXIMATE, READ_AS, REASONS
from kit.errors import DeclarationError
from kit.validation.findings import (
    FindingCode,
    _catalogue,
    column_number,
    empty_findings,
    load_catalogue,
    sorted_findings,
    typed_findings,
)
from kit.validation.integrity import RULES
from tests.validation.raw_rows import SCHEMA

CATALOGUE = load_catalogue(SCHEMA)
COLLECT = Path(kit.__file__).parent / "collect"


def test_every_reason_and_note_of_reading_has_words():
    assert {*REASONS, READ_AS, APPROXIMATE} <= set(CATALOGUE)


def test_every_problem_of_reading_has_words():
    texts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(COLLECT.glob("*.py")))
    codes = set(re.findall(r'(?:Problem|_Refused)\(\s*"([a-z-]+)"', texts))
    assert len(codes) > 15 and codes <= set(CATALOGUE)


def test_every_integrity_rule_has_a_function_and_every_function_a_rule():
    declared = {rule.code for table in SCHEMA.tables.values() for rule in table.rules if rule.kind == "integrity"}
    assert set(RULES) == declared


def test_messages_are_whole_sentences():
    for entry in CATALOGUE.values():
        assert entry.message[0].isupper() or entry.message[0] in "“{", entry.code
        assert entry.message.rstrip().endswith("."), entry.code


def test_an_unknown_code_is_a_declaration_error():
    with pytest.raises(DeclarationError, match="did you mean 'read-as'"):
        CATALOGUE["read-ass"]


def test_a_message_that_cannot_be_filled_is_a_declaration_error():
    with pytest.raises(DeclarationError, match="read"):
        CATALOGUE.message("read-as", {"value": "1"})


def test_all_mistakes_of_the_catalogue_are_listed_at_once():
    raw = {code: {"message": "x."} for code in CATALOGUE if code != "sent-before-end"} | {"odd": {"severity": "bad"}}
    with pytest.raises(DeclarationError) as error:
        _catalogue(raw, SCHEMA)
    assert any("sent-before-end" in line for line in error.value.mistakes)
    assert any("odd: severity" in line for line in error.value.mistakes)


def test_the_severity_of_a_declared_rule_is_that_of_the_schema():
    assert CATALOGUE["feedback-sum"] == FindingCode(
        "feedback-sum",
        "Số tiếp thu cộng số giải trình không vượt số nhận được.",
        CATALOGUE["feedback-sum"].message,
        "error",
    )


def test_columns_are_ordered_as_excel_orders_them():
    assert sorted(["AA", "B", "", "Z", "A"], key=column_number) == ["", "A", "B", "Z", "AA"]


def test_findings_are_sorted_by_unit_file_sheet_row_and_column():
    import pandas as pd

    rows = [
        {"unit_id": "B", "source_file": "f", "source_row": 2, "source_column": "AA"},
        {"unit_id": "B", "source_file": "f", "source_row": 2, "source_column": "Z"},
        {"unit_id": "B", "source_file": "f", "source_row": 10, "source_column": "A"},
        {"unit_id": "B", "source_file": "f", "source_row": None, "source_column": ""},
        {"unit_id": "A", "source_file": "g", "source_row": 9, "source_column": "A"},
    ]
    frame = typed_findings(pd.DataFrame(rows).reindex(columns=list(empty_findings().columns)))
    assert sorted_findings(frame)["source_column"].tolist() == ["A", "", "Z", "AA", "A"]
