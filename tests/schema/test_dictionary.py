"""The data dictionary: generated, complete, readable."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from kit.schema.dictionary import render_dictionary
from kit.schema.load import load_schema

SCHEMA = load_schema()
TEXT = render_dictionary(SCHEMA)


def test_the_committed_dictionary_is_the_one_the_schema_gives():
    path = Path(__file__).parents[2] / "data" / "DICTIONARY.md"
    assert path.read_text(encoding="utf-8") == TEXT


def test_every_table_field_code_and_rule_is_named():
    for table in SCHEMA.tables.values():
        assert f"### {table.title} (`{table.name}`)" in TEXT
        for field in table.fields:
            assert f"| `{field.name}` | {field.title} |" in TEXT
        for rule in table.rules:
            assert f"| `{rule.code}` |" in TEXT
    for codelist in SCHEMA.codelists.values():
        for code, label in codelist.codes.items():
            assert f"| `{code}` | {label} |" in TEXT


def test_every_link_leads_to_an_anchor():
    links = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert links and links <= set(re.findall(r'<a id="([^"]+)">', TEXT))


def test_severities_and_effects_are_said_in_words():
    assert "| Lỗi | Các mốc phải theo thứ tự" in TEXT
    assert "không dùng ô `policy_id`" in TEXT


def test_a_pipe_in_a_description_does_not_break_the_table():
    table = SCHEMA.tables["units"]
    odd = replace(table, fields=(replace(table.fields[0], description="a | b"), *table.fields[1:]))
    assert "a \\| b" in render_dictionary(replace(SCHEMA, tables={**SCHEMA.tables, "units": odd}))


def test_the_text_is_normalised_unicode():
    assert unicodedata.is_normalized("NFC", TEXT)
