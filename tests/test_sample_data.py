"""The sample data: fictional, reproducible, of the size and with the gaps that the README promises."""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from kit.collect.read import read_data
from kit.params import load_plan_params
from kit.schema.load import load_schema
from kit.validation.check import check

DATA = Path(__file__).parents[1] / "data"
REAL = {"CS-2023-01", "CS-2023-02", "CS-2023-03"}
# The only stage dates of real laws that shared/data/real-policies.csv sources.
SOURCED = {
    ("CS-2023-01", "draft_consultation_date", "2023-01-03"),
    ("CS-2023-01", "adoption_date", "2024-01-18"),
    ("CS-2023-02", "adoption_date", "2024-06-28"),
    ("CS-2023-03", "proposal_consultation_date", "2023-06-29"),
    ("CS-2023-03", "adoption_date", "2025-06-16"),
}


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("make_sample", DATA / "make_sample.py")
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = path


@pytest.fixture(scope="module")
def canonical(script):
    """Every table of the canonical CSV form: path → rows."""
    files = script.render_files(csv_only=True)
    return {name: list(csv.DictReader(io.StringIO(content.decode("utf-8")))) for name, content in files.items()}


@pytest.fixture(scope="module")
def checked(script, tmp_path_factory):
    """Typed tables and findings of 2024-H1: of the data as it stands, and of its canonical CSV form."""
    folder = tmp_path_factory.mktemp("canonical")
    script.write_files(script.render_files(csv_only=True), folder)
    schema, params = load_schema(), load_plan_params(DATA.parent / "params" / "plan-2024.yaml")
    period = params.period("2024-H1")
    return [check(read_data(place, schema), schema, params=params, period=period) for place in (DATA, folder)]


def comparable(frame, key):
    """Fields, unit, year and verdicts of a typed table, in an order of its own, blanks as ``None``."""
    columns = [name for name in frame if not name.startswith("_") or name in ("_unit", "_year", "_set_aside")]
    ordered = frame[columns].sort_values(["_unit", "_year", *key], kind="stable")
    cells = ordered.astype(object).where(ordered.notna(), None)
    return [tuple(row) for row in cells.itertuples(index=False)]


def collected(canonical, table, year="2024"):
    """Rows of one table of a plan year, with their unit."""
    return [
        {**row, "unit_id": name.split("/")[2]}
        for name, rows in canonical.items()
        if name.startswith(f"collected/{year}/") and name.endswith(f"/{table}.csv")
        for row in rows
    ]


def content_of(name, content):
    """What a file says: the parts of a workbook (its compression depends on the zlib at hand), else its bytes."""
    if not name.endswith(".xlsx"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry: archive.read(entry) for entry in archive.namelist()}


def test_the_committed_files_are_exactly_what_the_script_makes(script):
    made = script.render_files() | script.described_files()
    kept = [path for folder in ("reference", "collected") for path in (DATA / folder).rglob("*") if path.is_file()]
    kept += [DATA / "DICTIONARY.md", DATA / "datapackage.json"]
    assert {path.relative_to(DATA).as_posix() for path in kept} == set(made)
    for name, content in made.items():
        assert content_of(name, content) == content_of(name, (DATA / name).read_bytes()), name


def test_writing_twice_leaves_no_file_of_the_first_time(script, tmp_path):
    script.write_files({"collected/2024/OLD.xlsx": b"", "reference/units.csv": b"a"}, tmp_path)
    script.write_files({"reference/units.csv": b"b"}, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"b"]


def test_there_are_about_four_hundred_activities_in_the_plan_year(canonical):
    assert 370 <= len(collected(canonical, "activities")) <= 430
    assert 60 <= len(collected(canonical, "activities", "2023")) <= 150


def test_the_province_has_a_department_two_districts_and_at_least_twelve_communes(canonical):
    levels = [row["level"] for row in canonical["reference/units.csv"]]
    assert (levels.count("province"), levels.count("department"), levels.count("district")) == (1, 1, 2)
    assert levels.count("commune") >= 12


def test_one_commune_has_merged_into_another_and_its_rows_end_with_it(canonical):
    merged = [row for row in canonical["reference/units.csv"] if row["successor_id"]]
    assert [(row["unit_id"], row["valid_to"], row["successor_id"]) for row in merged] == [
        ("XA-14", "2024-03-31", "XA-13")
    ]
    dates = [row["date"] for row in collected(canonical, "activities") if row["unit_id"] == "XA-14"]
    assert dates and max(dates) <= "2024-03-31"


def test_one_commune_has_not_reported_and_one_has_nothing_to_report(canonical):
    senders = {row["unit_id"] for row in collected(canonical, "submissions")}
    assert {row["unit_id"] for row in canonical["reference/units.csv"]} - senders == {"XA-07"}
    empty = [row for row in collected(canonical, "submissions") if row["nothing_to_report"] == "true"]
    assert [(row["unit_id"], row["period"]) for row in empty] == [("XA-06", "2024-H1")]
    in_period = [row for row in collected(canonical, "activities") if row["unit_id"] == "XA-06"]
    assert all(row["date"] > "2024-06-14" for row in in_period)


def test_real_laws_carry_only_sourced_dates_and_their_source(canonical):
    for row in canonical["reference/policies.csv"]:
        if row["policy_id"] in REAL:
            dates = {(row["policy_id"], name, row[name]) for name in row if name.endswith("_date") and row[name]}
            assert dates == {entry for entry in SOURCED if entry[0] == row["policy_id"]}
            assert row["source"].startswith("https://")


def test_every_other_policy_says_that_it_is_fictional(canonical):
    others = [row for row in canonical["reference/policies.csv"] if row["policy_id"] not in REAL]
    assert len(others) >= 9
    assert all("Mẫu" in row["title"] and row["source"].startswith("Giả định") for row in others)


def test_every_person_has_a_name_that_nobody_can_mistake_for_a_real_one(canonical):
    names = [row["signer"] for row in canonical["reference/issuers.csv"]]
    names += [row["full_name"] for row in collected(canonical, "council_members")]
    names += [row[field] for row in collected(canonical, "submissions") for field in ("prepared_by", "approved_by")]
    assert all("Mẫu" in name.split() for name in names)
    assert len(set(names)) > 20


def test_every_unit_has_an_issuer_for_each_day_of_its_life(canonical):
    for unit in canonical["reference/units.csv"]:
        lines = [row for row in canonical["reference/issuers.csv"] if row["unit_id"] == unit["unit_id"]]
        spans = sorted((row["valid_from"], row["valid_to"]) for row in lines)
        assert spans[0][0] == unit["valid_from"] and spans[-1][1] == unit["valid_to"]
        for (_, last), (following, _) in zip(spans, spans[1:], strict=False):
            assert (date.fromisoformat(following) - date.fromisoformat(last)).days == 1


def test_communes_write_to_the_district_and_from_july_2025_to_the_province(canonical):
    lines = [row for row in canonical["reference/issuers.csv"] if row["unit_id"] == "XA-01"]
    assert [(row["valid_from"], row["addressee"]) for row in lines] == [
        ("2020-01-01", "Ủy ban nhân dân huyện Mẫu Đông"),
        ("2025-07-01", "Ủy ban nhân dân tỉnh Mẫu"),
    ]


def test_every_table_of_the_schema_has_rows_somewhere(canonical):
    for table in load_schema().collected:
        assert collected(canonical, table.name), table.name


def test_the_data_folder_stays_small():
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 2_000_000


def test_only_the_two_careless_communes_have_errors_and_they_have_many_kinds(checked):
    findings = checked[0][1].findings
    errors = findings[findings["severity"] == "error"]
    assert set(errors["unit_id"]) == {"XA-05", "XA-11"}
    assert errors["code"].nunique() >= 8


def test_the_other_units_give_hardly_a_warning(checked):
    findings = checked[0][1].findings
    warnings = findings[(findings["severity"] == "warning") & ~findings["unit_id"].isin(["", "XA-05", "XA-11"])]
    assert len(warnings) <= 2, warnings["message"].tolist()


def test_workbooks_and_canonical_csv_mean_the_same(checked):
    (ours, _), (canonical_form, _) = checked
    for table in load_schema().tables.values():
        key = table.primary_key or ("unit_id", "valid_from")
        rows = comparable(ours.frames[table.name], key)
        assert rows and rows == comparable(canonical_form.frames[table.name], key), table.name


def test_what_was_typed_leniently_is_reported_only_where_it_was_typed(checked):
    (_, ours), (_, canonical_form) = checked
    lenient = {"read-as", "approximate", "document-number-repaired"}
    assert lenient <= set(ours.findings["code"])
    assert not lenient & set(canonical_form.findings["code"])
