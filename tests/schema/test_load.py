"""Loading declarations: every mistake is told, all at once, with file and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import DeclarationError
from kit.schema.load import load_schema

CODELISTS = """
colour:
  title: Màu
  codes: {red: Đỏ, blue: Xanh}
"""
TABLE = """
name: things
title: Đồ vật
description: Mỗi dòng là một đồ vật.
levels: [commune]
primaryKey: [thing_id]
dateField: seen
fields:
  - {name: thing_id, title: Mã, type: string, description: Mã., constraints: {required: true}}
  - {name: colour, title: Màu, type: string, codelist: colour, description: Màu.}
  - {name: seen, title: Ngày, type: date, description: Ngày thấy.}
  - {name: amount, title: Số, type: integer, description: Số., constraints: {minimum: 0}}
rules:
  - {code: seen-colour, kind: exclusive, severity: error, fields: [seen, colour], setsAside: row, title: Một thôi.}
"""

# What a folder full of mistakes is told about: at least these, all at once.
SAID = (
    "codelists.yaml: 'shape' needs a title and codes",
    "codelists.yaml: 'size' uses one label for two codes",
    "tables/1.yaml: unknown key 'colour'",
    "tables/1.yaml: levels: unknown key 'comune' (did you mean 'commune'?)",
    "tables/1.yaml: 'thing_di' is no field (did you mean 'thing_id'?)",
    "tables/1.yaml: dateField 'sen' is no field",
    "tables/1.yaml: seen: type 'day' is not one of string, integer",
    "tables/1.yaml: amount: unknown key 'minimun' (did you mean 'minimum'?)",
    "tables/1.yaml: rule seen-colour: severity 'fatal' is not one of error, warning, note",
    "tables/1.yaml: rule seen-colour: kind 'exclusiv' is not one of ordered",
    "tables/1.yaml: amount: disclosure 'personnal' is not one of personal, evidence, words (did you mean 'personal'?)",
    "tables/1.yaml: 'kolour' is no field (did you mean 'colour'?)",
    "things: colour: no codelist 'color' (did you mean 'colour'?)",
    "tables/2.yaml: missing title, description, fields",
    "3.yaml: a mapping is expected, found list",
    "4.yaml: cannot be read",
    "tables/5.yaml: table 'things' is declared twice",
    "tables/6.yaml: field 'thing_id' is declared twice",
)


def declared(folder: Path, tables: dict[str, str], codelists: str = CODELISTS) -> Path:
    (folder / "tables").mkdir()
    (folder / "codelists.yaml").write_text(codelists, encoding="utf-8")
    for name, text in tables.items():
        (folder / "tables" / name).write_text(text, encoding="utf-8")
    return folder


def mistakes(folder: Path, tables: dict[str, str], codelists: str = CODELISTS) -> tuple[str, ...]:
    with pytest.raises(DeclarationError) as caught:
        load_schema(declared(folder, tables, codelists))
    return caught.value.mistakes


def test_a_right_declaration_becomes_records(tmp_path: Path):
    schema = load_schema(declared(tmp_path, {"01_things.yaml": TABLE}))
    table = schema.tables["things"]
    assert table.field_names == ("thing_id", "colour", "seen", "amount")
    assert (table.primary_key, table.date_field, table.collected) == (("thing_id",), "seen", True)
    assert table.field("thing_id").required and not table.field("colour").required
    assert table.field("amount").minimum == 0
    assert schema.codes(table.field("colour")) == {"red": "Đỏ", "blue": "Xanh"}
    assert schema.codes(table.field("seen")) == {}
    assert [(rule.code, rule.fields, rule.sets_aside) for rule in table.rules] == [
        ("seen-colour", ("seen", "colour"), "row")
    ]


def test_every_mistake_is_told_at_once(tmp_path: Path):
    wrong = (
        TABLE.replace("levels: [commune]", "levels: [comune]\ncolour: red")
        .replace("primaryKey: [thing_id]", "primaryKey: [thing_di]")
        .replace("dateField: seen", "dateField: sen")
        .replace("type: date", "type: day")
        .replace("codelist: colour", "codelist: color")
        .replace("minimum: 0", "minimun: 0")
        .replace("description: Số.", "description: Số., disclosure: personnal")
        .replace("kind: exclusive, severity: error", "kind: exclusiv, severity: fatal")
        .replace("fields: [seen, colour]", "fields: [seen, kolour]")
    )
    twice = TABLE.replace("name: colour", "name: thing_id").replace("[seen, colour]", "[seen]")
    bare = "name: bare\nfields: []\n"
    listed = "- a\n- b\n"
    broken = "name: [\n"
    files = {"1.yaml": wrong, "2.yaml": bare, "3.yaml": listed, "4.yaml": broken, "5.yaml": TABLE}
    told = mistakes(
        tmp_path,
        {
            **files,
            "6.yaml": twice,
            "7.yaml": TABLE.replace("name: colour, title", "name: colour, references: thing, title"),
        },
        CODELISTS + "shape: {title: Hình}\nsize: {title: Cỡ, codes: {s: Nhỏ, m: Nhỏ}}\n",
    )
    text = "\n".join(told)
    for said in SAID:
        assert said in text


def test_an_unknown_table_that_is_referred_to_is_named(tmp_path: Path):
    told = mistakes(tmp_path, {"1.yaml": TABLE.replace("codelist: colour", "references: thing")})
    assert told == ("tables/things: colour: no table 'thing' (did you mean 'things'?)",)


def test_a_field_without_title_type_or_description_is_named(tmp_path: Path):
    told = mistakes(
        tmp_path, {"1.yaml": TABLE.replace("title: Ngày, type: date, description: Ngày thấy.", "rare: true")}
    )
    assert "tables/1.yaml: seen: missing title, type, description" in told


def test_a_rule_without_code_or_title_is_named(tmp_path: Path):
    told = mistakes(tmp_path, {"1.yaml": TABLE.replace("{code: seen-colour, ", "{").replace(", title: Một thôi.", "")})
    assert told == ("tables/1.yaml: rule ?: code and title are needed",)


def test_missing_code_lists_are_a_mistake_too(tmp_path: Path):
    (tmp_path / "tables").mkdir()
    with pytest.raises(DeclarationError, match=r"codelists\.yaml: cannot be read"):
        load_schema(tmp_path)


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("constraints: {minimum: 0}", "constraints: 7"),
        ("fields:\n", "fields:\n  - amount\n"),
        ("rules:\n", "rules:\n  - seen-colour\n"),
        ("fields: [seen, colour]", "fields: 7"),
        ("levels: [commune]", "levels: 7"),
        ("type: date", "type: [date]"),
        ("constraints: {minimum: 0}", "constraints: {pattern: '['}"),
    ],
)
def test_a_declaration_of_the_wrong_shape_is_a_mistake_and_no_crash(tmp_path: Path, found: str, put: str):
    assert found in TABLE
    assert mistakes(tmp_path, {"1.yaml": TABLE.replace(found, put)})


def test_the_kit_s_own_declaration_has_the_tables_of_the_data_model():
    schema = load_schema()
    assert [table.name for table in schema.reference] == ["units", "policies", "issuers", "assignments"]
    assert [table.name for table in schema.collected] == [
        *("submissions", "tasks", "products", "activities", "feedback"),
        *("budget", "obstacles", "inspections", "council_members", "narrative"),
    ]
    assert all(table.primary_key for table in schema.collected)


def test_every_code_of_an_example_is_in_its_list():
    schema = load_schema()
    for table in schema.tables.values():
        for field in table.fields:
            if field.codelist and field.example:
                assert set(field.example.split(";")) <= set(schema.codes(field)), f"{table.name}.{field.name}"
