"""BC, DL: who reported, in time, and how good the records are (Nghị định 09/2019/NĐ-CP, Điều 8, 12, 13)."""

from __future__ import annotations

import pandas as pd

from kit.indicators.model import Scope, ratio


def returned(scope: Scope) -> pd.DataFrame:
    """BC-01."""
    return _rate(scope, sent_reports(scope))


def returned_on_time(scope: Scope) -> pd.DataFrame:
    """BC-02."""
    sent = sent_reports(scope)
    return _rate(scope, sent.loc[sent["sent_date"] <= sent["owner"].map(deadlines(scope))])


def deadlines(scope: Scope) -> dict[str, pd.Timestamp]:
    """The deadline of each unit: the n-th working day after T, n by level."""
    columns = (scope.frames["units"][name].tolist() for name in ("unit_id", "level", "_set_aside"))
    known = [(unit, level) for unit, level, aside in zip(*columns, strict=True) if not aside]
    days = {level: pd.Timestamp(scope.params.deadline(scope.period, level)) for _, level in known}
    return {unit: days[level] for unit, level in known}


def sent_reports(scope: Scope) -> pd.DataFrame:
    """Submissions of the period that had come in on ``reading_date``, where one is set."""
    sent = scope.submissions
    if scope.params.reading_date:
        sent = sent.loc[sent["sent_date"] <= pd.Timestamp(scope.params.reading_date)]
    return sent


def _rate(scope: Scope, sent: pd.DataFrame) -> pd.DataFrame:
    units = pd.DataFrame({"owner": scope.tree.units}, dtype="str")
    return ratio(scope.distinct(sent.assign(unit=sent["owner"]), ["unit"]), scope.count(units))


def valid_records(scope: Scope) -> pd.DataFrame:
    """DL-01: rows without any error finding, over all collected tables of the plan year."""
    rows = records(scope, ())
    return ratio(scope.count(rows.loc[~rows["_has_error"]]), scope.count(rows))


def records(scope: Scope, tables: tuple[str, ...]) -> pd.DataFrame:
    """All rows of tables (none named: of all) in the plan year's workbooks, set aside or not, with their ``owner``.

    Reference tables belong to no plan year, so none of their rows is among them.
    """
    columns = ["_unit", "_year", "_set_aside", "_has_error"]
    rows = pd.concat([scope.frames[table][columns] for table in tables or scope.frames], ignore_index=True)
    rows = rows.loc[rows["_year"] == scope.period.year]
    return rows.assign(owner=scope.tree.owner(rows["_unit"])).dropna(subset="owner")
