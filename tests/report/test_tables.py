"""CSV text of results and findings (indicators.md, "The results table"; contracts.md, "CSV in and out")."""

from __future__ import annotations

import csv
import io
import random
import struct

import numpy as np
import pandas as pd
import pytest

from kit.indicators.evaluate import evaluate, open_scope
from kit.indicators.model import RESULT_COLUMNS
from kit.params import PlanParams
from kit.report.tables import (
    FINDING_COLUMNS,
    number_text,
    render_csv,
    render_findings_csv,
    render_results_csv,
    safe_text,
)
from tests.indicators.frames import frames


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (0, "0"),
        (-0.0, "0"),
        (-3.5, "-3.5"),
        (72.5, "72.5"),
        (100 / 3, "33.333333333333336"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-7, "0.0000001"),
        (1.5e-10, "0.00000000015"),
        (1e15, "1000000000000000"),
        (1e16, "10000000000000000"),
        (1.2345678901234567e20, "123456789012345670000"),
        (2**53 - 1, "9007199254740991"),
        (np.int64(7), "7"),
        (np.float64(0.25), "0.25"),
    ],
)
def test_a_number_is_written_in_its_shortest_form(value: float, text: str):
    assert number_text(value) == text


def test_every_number_reads_back_equal_and_has_no_exponent():
    chance = random.Random(7)
    for _ in range(2000):
        value = struct.unpack("<d", chance.randbytes(8))[0]
        if value - value != 0 or not 1e-40 < abs(value) < 1e40:
            continue
        text = number_text(value)
        assert float(text) == value
        assert set(text) <= set("0123456789.-")


@pytest.mark.parametrize("text", ["=1+1", "+84 900", "-", "@tên", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text: str):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "Xã Mẫu", "'=1", " =1", "1-2"])
def test_other_text_stays(text: str):
    assert safe_text(text) == text


def test_missing_values_are_empty_cells_and_lines_end_with_a_line_feed():
    text = render_csv(["a", "b"], [[None, pd.NA], [float("nan"), pd.NaT], ["", 0]])
    assert text == "a,b\n,\n,\n,0\n"


def test_negative_numbers_are_numbers_and_get_no_apostrophe():
    assert render_csv(["a", "b"], [[-1.5, "-1.5"]]) == "a,b\n-1.5,'-1.5\n"


def test_separators_quotes_and_line_breaks_survive():
    row = ['có "ngoặc", phẩy', "hai\ndòng"]
    text = render_csv(["a", "b"], [row])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], row]


def test_results_have_their_columns_in_order_and_empty_cells_for_what_is_missing():
    params = PlanParams(2024)
    scope = open_scope(frames(units=[{"unit_id": "XA-01"}]), params.period("2024-H1"), params)
    lines = list(csv.DictReader(io.StringIO(render_results_csv(evaluate(scope)))))
    assert list(lines[0]) == RESULT_COLUMNS
    by_id = {line["indicator_id"]: line for line in lines}
    assert [by_id["NT-02"][name] for name in ("numerator", "denominator", "value", "target")] == ["", "", "", ""]
    assert [by_id["NT-03"][name] for name in ("numerator", "denominator", "value")] == ["", "7", ""]
    assert [by_id["CS-01"][name] for name in ("numerator", "denominator", "value")] == ["0", "0", ""]
    assert [by_id["CS-06"][name] for name in ("numerator", "denominator", "value")] == ["", "0", ""]
    assert [by_id["BC-01"][name] for name in ("numerator", "denominator", "value")] == ["0", "1", "0"]
    assert (by_id["CS-01"]["target_national"], by_id["CS-01"]["note"]) == ("100", "")


def test_findings_keep_their_order_and_their_text():
    row = dict.fromkeys(FINDING_COLUMNS, "x") | {"value": "=HYPERLINK(1)", "source_row": 7, "source_column": None}
    findings = pd.DataFrame([row, {**row, "source_row": 3}])
    findings["source_row"] = findings["source_row"].astype("Int64")
    lines = list(csv.DictReader(io.StringIO(render_findings_csv(findings))))
    assert list(lines[0]) == FINDING_COLUMNS
    assert [line["source_row"] for line in lines] == ["7", "3"]
    assert (lines[0]["value"], lines[0]["source_column"]) == ("'=HYPERLINK(1)", "")
