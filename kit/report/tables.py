"""The results and findings tables as CSV text (contracts.md, "findings.csv and results.csv", "CSV in and out")."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from kit.indicators.model import RESULT_COLUMNS

FINDING_COLUMNS = [
    *("unit_id", "table", "field", "key", "severity", "code", "message", "value"),
    *("source_file", "source_sheet", "source_row", "source_column"),
]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def number_text(value: float) -> str:
    """A number in the shortest form that reads back equal, without exponent: ``12``, ``33.333333333333336``."""
    value = float(value)
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def safe_text(text: str) -> str:
    """Text for a CSV cell: what a spreadsheet would take for a formula gets a leading apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def render_csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV text with ``\\n`` line ends: numbers in shortest form, text made safe, missing values empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return safe_text(value)
    if value is None or value is pd.NA or value != value:
        return ""
    return number_text(value)  # type: ignore[arg-type]


def render_results_csv(results: pd.DataFrame) -> str:
    """results.csv: columns, order and number form of indicators.md."""
    return render_csv(RESULT_COLUMNS, _rows(results[RESULT_COLUMNS]))


def render_findings_csv(findings: pd.DataFrame) -> str:
    """findings.csv, in the order given."""
    return render_csv(FINDING_COLUMNS, _rows(findings[FINDING_COLUMNS]))


def _rows(frame: pd.DataFrame) -> Iterable[tuple[object, ...]]:
    return zip(*(frame[column].astype(object).tolist() for column in frame), strict=True)
