"""Every case of ``tests/cases/returns``: a real workbook of a fictional unit, and exactly the findings it must bring.

All cases are read and checked at once, as the units of one data folder. Recall and precision are both meant: a finding
that is missing fails, and so does one that nobody expects.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from kit.collect.read import read_data
from kit.params import PlanParams
from kit.schema.load import load_schema
from kit.validation.check import check
from tests.small_folder import write_folder

FOLDER = Path(__file__).parent / "cases" / "returns"
CASES = {path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*/expected.yaml")}
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
POLICY = {
    **{"document_type": "law", "level": "central", "lead_agency": "Bộ Mẫu", "legal_regime": "2015"},
    **dict.fromkeys(("needs_proposal", "direct_effect", "contested", "wide_effect"), "x"),
    **{"draft_consultation_date": "2024-01-10", "appraisal_date": "2024-06-03"},
}
REFERENCE = {
    "policies": [{"policy_id": key, "title": f"Dự án {key}", **POLICY} for key in ("CS-1", "CS-2")],
    "assignments": [{"policy_id": "CS-1", "unit_id": "TINH-1", "role": "lead"}],
}
COLUMNS = ("severity", "code", "table", "sheet", "field", "row", "column")


def _units() -> list[dict[str, str]]:
    units = [
        {"unit_id": "TINH-1", "name": "Tỉnh Mẫu", "level": "province", "valid_from": "2020-01-01"},
        {"unit_id": "HU-1", "name": "Huyện Mẫu", "level": "district", "parent_id": "TINH-1",
         "valid_from": "2020-01-01", "valid_to": "2025-06-30"},
    ]  # fmt: skip
    for case in CASES.values():
        district = case["level"] == "district"
        end = {"valid_to": "2025-06-30"} if district else {}
        above = {"parent_id": "TINH-1" if district else "HU-1", "valid_from": "2020-01-01"}
        units.append({"unit_id": case["unit"], "name": case["unit"], "level": case["level"], **above, **end})
    return units


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> pd.DataFrame:
    """All findings of all cases, one run of the engine."""
    data = tmp_path_factory.mktemp("returns")
    write_folder(data, units=_units(), reference=REFERENCE)
    year = data / "collected" / "2024"
    year.mkdir(parents=True)
    for name in CASES:
        for path in (FOLDER / name).iterdir():
            if path.suffix in SUFFIXES:
                shutil.copyfile(path, year / path.name)
    schema, params = load_schema(), PlanParams(2024)
    _, report = check(read_data(data, schema), schema, params=params, period=params.period("2024-H1"))
    return report.findings


def _told(findings: pd.DataFrame, unit: str) -> list[tuple]:
    places = findings["source_file"].str.rsplit("/", n=1).str[-1].str.rsplit(".", n=1).str[0]
    own = findings[places == unit]
    names = {"sheet": "source_sheet", "row": "source_row", "column": "source_column"}
    cells = zip(*(own[names.get(column, column)] for column in COLUMNS), strict=True)
    return sorted(
        {
            tuple(
                None if pd.isna(cell) else int(cell) if column == "row" else cell
                for column, cell in zip(COLUMNS, row, strict=True)
            )
            for row in cells
        },
        key=str,
    )


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_brings_exactly_its_findings(found, name):
    expected = sorted((tuple(line[column] for column in COLUMNS) for line in CASES[name]["findings"]), key=str)
    assert _told(found, CASES[name]["unit"]) == expected


def test_nothing_is_found_that_belongs_to_no_case(found):
    units = {case["unit"] for case in CASES.values()}
    places = found["source_file"].str.rsplit("/", n=1).str[-1].str.rsplit(".", n=1).str[0]
    assert found[~places.isin(units)][["code", "source_file", "message"]].values.tolist() == []


def test_every_finding_is_a_sentence_without_holes(found):
    assert not found["message"].str.contains(r"[{}]|None|nan\b|<NA>").any()
