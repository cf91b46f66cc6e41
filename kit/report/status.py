"""Who was expected, has sent, is late, or has errors: one period's returns as frames. Pure: the day is an argument.

``sending`` counts exactly as BC-01 and BC-02 do (indicators.md), so that the status, the notebook and the annex of a
report never say different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from kit.collect.text import match_key
from kit.indicators.model import Scope
from kit.indicators.reporting import deadlines, sent_reports
from kit.store import PeriodData

STATES = {"on_time": "Đúng hạn", "late": "Gửi muộn", "missing": "Chưa gửi"}
# Why a report is missing, the first that holds.
REASONS = {
    "after_reading_date": "Gửi sau ngày chốt tổng hợp",
    "line_with_errors": "Dòng gửi báo cáo của kỳ có lỗi",
    "file_unreadable": "Tệp không đọc được",
    "no_submission_line": "Có tệp, chưa ghi dòng gửi báo cáo của kỳ",
    "no_file": "Chưa có tệp",
}


def sent(scope: Scope, units: Sequence[str]) -> list[dict]:
    """Return for each of the units its ``unit_id``, ``sent_date`` (``None`` for none), ``deadline`` and ``state``.

    ``state`` is on_time, late or missing (also when sent after the reading date), as BC-01 and BC-02 count.
    """
    due = deadlines(scope)
    reports = sent_reports(scope)
    first: dict[str, pd.Timestamp] = {}
    for unit, day in zip(reports["owner"].tolist(), reports["sent_date"].tolist(), strict=True):
        if day is not pd.NaT:
            first[unit] = min(first.get(unit, day), day)
    return [
        {
            "unit_id": unit,
            "sent_date": first.get(unit),
            "deadline": due[unit],
            "state": _state(first.get(unit), due[unit]),
        }
        for unit in units
    ]


def _state(day: pd.Timestamp | None, deadline: pd.Timestamp) -> str:
    if day is None:
        return "missing"
    return "on_time" if day <= deadline else "late"


def sending(scope: Scope, units: Sequence[str]) -> pd.DataFrame:
    """Return ``sent`` as a frame."""
    kinds = {"unit_id": "str", "sent_date": "datetime64[s]", "deadline": "datetime64[s]", "state": "str"}
    return pd.DataFrame(sent(scope, units), columns=list(kinds)).astype(kinds)


def returns_frame(data: PeriodData, *, today: date | None = None) -> pd.DataFrame:
    """Return one row per unit valid on T, sorted by ``unit_id``.

    Columns: ``unit_id, name, level, parent_id, deadline, sent_date, state, reason, overdue, files, unreadable, errors,
    warnings``. ``reason`` says why a report is missing (``REASONS``), ``overdue`` that it is and ``today`` is after the
    deadline; ``files`` and ``unreadable`` are names joined by ``; ``; counts are findings in this plan year's files.
    """
    units = data.units[["unit_id", "name", "level"]]
    frame = units.merge(sending(data.scope, data.scope.tree.units), on="unit_id", validate="one_to_one")
    parents = frame["unit_id"].map(dict(data.scope.tree.parent)).astype("str")
    own = _files(data)
    found = year_findings(data)
    counts = {
        kind: frame["unit_id"].map(_count(found, kind)).fillna(0).astype("int64") for kind in ("error", "warning")
    }
    frame = frame.assign(
        parent_id=parents,
        files=_joined(frame["unit_id"], own),
        unreadable=_joined(frame["unit_id"], own.loc[~own["readable"]]),
        errors=counts["error"],
        warnings=counts["warning"],
    )
    frame["reason"] = _reasons(data, frame, own).where(frame["state"] == "missing", "")
    late = frame["deadline"] < pd.Timestamp(today) if today else False
    frame["overdue"] = (frame["state"] == "missing") & (frame["reason"] != "after_reading_date") & late
    order = ["unit_id", "name", "level", "parent_id", "deadline", "sent_date", "state", "reason", "overdue"]
    return frame[[*order, "files", "unreadable", "errors", "warnings"]]


def _files(data: PeriodData) -> pd.DataFrame:
    """Files of the plan year, with ``unit_id`` as the list of units writes it."""
    spelled = {match_key(unit): unit for unit in data.scope.tree.state}
    files = data.files.loc[data.files["plan_year"] == data.period.year]
    known = [spelled.get(match_key(unit), unit) for unit in files["unit_id"]]
    shown = files["file"].where(files["kind"] != "csv", files["file"].str.rsplit("/", n=1).str[0])
    return files.assign(unit_id=pd.Series(known, index=files.index, dtype="str"), shown=shown)


def year_findings(data: PeriodData) -> pd.DataFrame:
    """Return findings in files of the plan year, with ``unit_id`` as the list of units writes it."""
    owners = dict(_files(data)[["file", "unit_id"]].itertuples(index=False))
    return data.findings.assign(unit_id=data.findings["source_file"].map(owners)).dropna(subset="unit_id")


def _joined(units: pd.Series, files: pd.DataFrame) -> pd.Series:
    names = files.drop_duplicates(["unit_id", "shown"]).groupby("unit_id")["shown"].agg("; ".join)
    return units.map(names).astype("str").fillna("")


def _count(findings: pd.DataFrame, severity: str) -> pd.Series:
    return findings.loc[findings["severity"] == severity].groupby("unit_id").size()


def _reasons(data: PeriodData, frame: pd.DataFrame, files: pd.DataFrame) -> pd.Series:
    """Return for each unit the reason that holds if its report is missing."""
    lines = data.frames["submissions"]
    broken = lines.loc[(lines["period"] == data.period.code) & lines["_set_aside"], "_unit"]
    units = frame["unit_id"]
    reason = pd.Series("no_file", index=frame.index, dtype="str")
    reason = reason.mask(frame["files"] != "", "no_submission_line")
    readable = files.loc[files["readable"], "unit_id"]
    reason = reason.mask((frame["files"] != "") & ~units.isin(readable), "file_unreadable")
    reason = reason.mask(units.isin(broken), "line_with_errors")
    return reason.mask(units.isin(data.scope.submissions["owner"]), "after_reading_date")


def unreadable_files(data: PeriodData) -> pd.DataFrame:
    """Return files of the plan year that cannot be used: ``file``, ``unit_id``, ``message``."""
    files = _files(data)
    errors = data.findings.loc[data.findings["severity"] == "error"]
    told = errors.drop_duplicates("source_file").set_index("source_file")["message"]
    files = files.loc[~files["readable"], ["file", "unit_id"]]
    return files.assign(message=files["file"].map(told).astype("str").fillna("")).reset_index(drop=True)


def other_files(data: PeriodData) -> pd.DataFrame:
    """Return files of the plan year from units that are not expected: ``file``, ``unit_id``, ``unit_state``.

    ``unit_state`` is ended (with ``receiver``, the unit that its rows go to), future or unknown.
    """
    tree = data.scope.tree
    files = _files(data).drop_duplicates(["unit_id", "shown"])
    files = files.loc[~files["unit_id"].isin(tree.units)]
    state = files["unit_id"].map(dict(tree.state)).fillna("unknown").astype("str")
    receiver = files["unit_id"].map(dict(tree.receiver)).astype("str").fillna("")
    made = pd.DataFrame(
        {"file": files["shown"], "unit_id": files["unit_id"], "unit_state": state, "receiver": receiver}
    )
    return made.reset_index(drop=True)


def rates_frame(data: PeriodData) -> pd.DataFrame:
    """Return BC-01 and BC-02 of every unit with units below it, those at the top first.

    Columns: ``unit_id, name, level, expected, sent, on_time, rate, rate_on_time`` (percent).
    """
    tree = data.scope.tree
    sizes = tree.closure.groupby("unit_id").size()
    above = data.units.loc[data.units["unit_id"].map(sizes).fillna(0) > 1, ["unit_id", "name", "level"]]
    results = data.results.set_index(["indicator_id", "unit_id"])
    sent, on_time = (results.loc[code].reindex(above["unit_id"]) for code in ("BC-01", "BC-02"))
    frame = above.assign(
        expected=sent["denominator"].to_numpy(),
        sent=sent["numerator"].to_numpy(),
        on_time=on_time["numerator"].to_numpy(),
        rate=sent["value"].to_numpy(),
        rate_on_time=on_time["value"].to_numpy(),
    )
    return frame.sort_values(["expected", "unit_id"], ascending=[False, True], ignore_index=True)
