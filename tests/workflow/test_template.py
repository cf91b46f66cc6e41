"""``kit template``: files and folders, wrong use, the plan that serves before a year's own is written."""

from __future__ import annotations

import openpyxl
import pytest

from kit.console import progress
from kit.errors import UsageError
from kit.params import load_plan_params
from kit.workflow.places import Places
from kit.workflow.template import TemplateOrder, template, template_params
from tests.collect.template_data import DATA
from tests.small_folder import UNITS, write_folder

PLAN = DATA.parent / "params" / "plan-2024.yaml"


def write(order, out, params=PLAN):
    return template(order, Places(DATA, params, out), tell=progress())


def test_one_unit_gets_the_file_that_was_named(tmp_path):
    path = tmp_path / "so.xlsx"
    assert write(TemplateOrder("xa-01", 2024, output=path), tmp_path / "out") == [path]
    assert openpyxl.load_workbook(path)["_kit"]["B2"].value == "XA-01"


def test_without_a_name_it_goes_to_the_folder_of_the_year(tmp_path):
    assert write(TemplateOrder("HU-01", 2024), tmp_path) == [tmp_path / "2024" / "HU-01.xlsx"]


def test_all_units_of_the_year_get_one_each_into_a_folder(tmp_path):
    ended = {**UNITS[2], "unit_id": "XA-2", "name": "Xã Mẫu Hai", "valid_to": "2024-12-31", "successor_id": "XA-1"}
    data = write_folder(tmp_path / "data", units=(*UNITS, ended))
    order = TemplateOrder(None, 2025, every=True, output=tmp_path / "all")
    written = template(order, Places(data, PLAN, tmp_path), tell=progress())
    assert written == [tmp_path / "all" / f"{unit}.xlsx" for unit in ("TINH-1", "HU-1", "XA-1")]
    assert [openpyxl.load_workbook(path)["_kit"]["B2"].value for path in written] == ["TINH-1", "HU-1", "XA-1"]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (TemplateOrder(None, 2024), "Name one unit"),
        (TemplateOrder("XA-01", 2024, every=True), "Name one unit"),
        (TemplateOrder("XA-01", 0), "none was given"),
        (TemplateOrder("XA-01", 24), "found 24"),
    ],
)
def test_wrong_use_says_what_is_wanted(tmp_path, order, said):
    with pytest.raises(UsageError, match=said):
        write(order, tmp_path)


def test_a_file_of_another_kind_is_not_overwritten(tmp_path):
    note = tmp_path / "ghi-chu.txt"
    note.write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="does not end in .xlsx"):
        write(TemplateOrder("XA-01", 2024, output=note), tmp_path)
    assert note.read_text(encoding="utf-8") == "x"


def test_before_a_years_plan_is_written_the_last_one_serves(tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "plan-2031.yaml").write_text(
        "plan_year: 2031\nscheme: calendar\ndeadline_working_days: {commune: 5}\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    params = template_params(2033, Places(DATA, None, tmp_path), tell=progress())
    assert (params.plan_year, params.scheme, params.deadline_working_days["commune"]) == (2033, "calendar", 5)


def test_a_plan_that_is_named_must_be_there(tmp_path):
    with pytest.raises(UsageError, match="no parameter file"):
        template_params(2024, Places(DATA, tmp_path / "none.yaml", tmp_path), tell=progress())
    assert template_params(2024, Places(DATA, PLAN, tmp_path), tell=progress()) == load_plan_params(PLAN)
