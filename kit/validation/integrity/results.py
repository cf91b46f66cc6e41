"""The rule about results: a year whose figures are nearly those of its first half."""

from __future__ import annotations

import pandas as pd

from kit.validation.findings import Catalogue, joined_findings
from kit.validation.wording import shown

LEAST, NEARLY = 100, 0.02  # data-model.md: |Y − H1| ≤ 2 % of H1 on an NT sum above 100


def year_near_half(
    year: pd.DataFrame, half: pd.DataFrame, *, submissions: pd.DataFrame, catalogue: Catalogue
) -> pd.DataFrame:
    """Return findings (contracts.md columns) for units whose year is nearly their first half.

    ``year`` and ``half`` are results frames (indicators.md, "The results table") of the ``Y`` and ``H1`` period of one
    year; ``submissions`` is the typed table: only units that themselves sent a report for both are judged. Compared
    are the sums NT-01, NT-02, NT-04 … NT-09 whose half-year figure is above 100. ``value`` is the year's figure.
    """
    pairs = _sums(year).merge(_sums(half), on=["unit_id", "indicator_id"], suffixes=("_year", "_half"))
    pairs = pairs[pairs["unit_id"].isin(_sent_both(submissions, year, half)) & (pairs["value_half"] > LEAST)]
    gap = (pairs["value_year"] - pairs["value_half"]).abs()
    near = pairs[gap <= NEARLY * pairs["value_half"]]
    return joined_findings([pd.DataFrame([_finding(row, catalogue) for row in near.to_dict("records")])])


def _sums(results: pd.DataFrame) -> pd.DataFrame:
    sums = results["indicator_id"].str.startswith("NT-") & (results["indicator_id"] != "NT-03")
    known = sums & results["value"].notna()
    return results.loc[known, ["unit_id", "indicator_id", "value"]].astype({"value": "float64"})


def _sent_both(submissions: pd.DataFrame, year: pd.DataFrame, half: pd.DataFrame) -> set[str]:
    used = submissions[~submissions["_set_aside"]]
    sent = [set(used.loc[used["period"].isin(results["period"].unique()), "_unit"]) for results in (year, half)]
    return sent[0] & sent[1]


def _finding(row: dict, catalogue: Catalogue) -> dict[str, object]:
    from kit.indicators.catalog import INDICATORS

    title = INDICATORS[row["indicator_id"]].title
    args = {"indicator": row["indicator_id"], "indicator_title": title}
    args |= {"year_value": shown(row["value_year"]), "half_value": shown(row["value_half"])}
    blank = dict.fromkeys(("source_file", "source_sheet", "source_column"), "")
    return blank | {
        "unit_id": row["unit_id"],
        "table": "",
        "field": "",
        "key": row["indicator_id"],
        "severity": catalogue["year-near-half"].severity,
        "code": "year-near-half",
        "message": catalogue.message("year-near-half", args),
        "value": shown(row["value_year"]),
        "source_row": None,
    }
