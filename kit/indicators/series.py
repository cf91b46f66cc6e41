"""Indicators over time: the earlier periods a report compares with, and where a unit's series is broken.

Earlier periods are computed on today's data, each with the tree of units of its own T (indicators.md, "Periods",
"Units and roll-up"), so a figure that a late file has corrected since is compared as corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from kit.indicators.evaluate import evaluate, open_scope
from kit.indicators.model import RESULT_COLUMNS, Scope
from kit.indicators.rollup import VALID, Tree
from kit.params import PlanParams
from kit.periods import Period, is_period, parse_period

SERIES_COLUMNS = [*RESULT_COLUMNS, "units", "reporters", "units_now", "reporters_now", "break_date", "break_reason"]
_COUNTED = ("n_records", "excluded_records", "units", "reporters", "units_now", "reporters_now")
NOT_COLLECTED = "không có số liệu thu thập của kỳ này"
TWO_TIERS = date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương 2025: no districts from this day on
# Their denominators come from the reference tables, so without any returns they would be 0, which nobody has reported.
_GIVEN = ("CS", "HD", "BC")
_DATED = {
    "activities": "date",
    "feedback": "date",
    "inspections": "date",
    "budget": "recorded_date",
    "obstacles": "reported_date",
    "products": "issued_date",
    "tasks": "completed_date",
}
_NUMBERS = ["numerator", "denominator", "value"]


@dataclass(frozen=True)
class Break:
    """Why a unit's earlier figures cannot be compared with its present ones, and from which day on."""

    since: date
    reason: str


def comparison_periods(period: Period, params: PlanParams | None = None) -> tuple[Period, ...]:
    """Return the periods that a report on ``period`` compares with, the nearest first; none for a free period.

    Months, quarters and halves: the previous one and the same of the previous year. Nine months and years begin on the
    first day of a year: only the previous year's. (``params`` is not needed: a period carries its scheme.)
    """
    if period.free:
        return ()
    found = (period.previous(), period.same_last_year())
    return tuple(dict.fromkeys(one for one in found if one is not None))


def evaluate_series(
    frames: Mapping[str, pd.DataFrame], periods: Iterable[Period], params: PlanParams, *, now: Period | None = None
) -> pd.DataFrame:
    """Evaluate all units in several periods: the columns of the results table and where the series is broken.

    Each period has rows of the units valid on its own T. ``now`` is the period they are compared with (default: the
    last of them); ``break_date`` (NaT) and ``break_reason`` (blank) tell of a change of the unit since. ``units``
    counts those of the subtree, ``reporters`` those of them that answered for the whole period (``answering``). The
    plan's targets are applied in its own year only. Figures of which nothing was collected are missing, never 0.
    """
    chosen = in_order(periods)
    if not chosen:
        return empty_series()
    present = open_scope(frames, now or chosen[-1], params)
    return joined_series([_evaluate_one(frames, one, params, present=present) for one in chosen])


def in_order(periods: Iterable[Period]) -> list[Period]:
    """Return the periods by the day on which they end, each once: the order of a series."""
    return sorted(dict.fromkeys(periods), key=lambda one: (one.cutoff, one.start))


def joined_series(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Join series of one period each, in their order."""
    return _typed(pd.concat(parts, ignore_index=True)) if parts else empty_series()


def _evaluate_one(
    frames: Mapping[str, pd.DataFrame], period: Period, params: PlanParams, *, present: Scope
) -> pd.DataFrame:
    targets = params.targets if period.year == params.plan_year else {}
    scope = open_scope(frames, period, replace(params, targets=targets, reading_date=None))
    table = evaluate(scope)
    kind = table["indicator_id"].str[:2]
    unknown = kind.isin(_GIVEN) & ~table["unit_id"].isin(collected_units(scope))
    unknown |= (kind == "BC") & scope.submissions.empty  # nobody was asked for a report on such a period
    table[_NUMBERS] = table[_NUMBERS].mask(unknown)
    table["status"] = table["status"].mask(unknown, "no_data")
    table["status_national"] = table["status_national"].mask(unknown, "no_data")
    table["note"] = table["note"].mask(unknown, NOT_COLLECTED)
    broken = series_breaks(frames["units"], (period.cutoff, scope.tree), (present.period.cutoff, present.tree))
    found = [broken.get(unit) for unit in table["unit_id"]]
    counts = {}
    for then, ending in ((scope, ""), (present, "_now")):
        sizes = then.tree.closure.groupby("unit_id").size()
        for name, each in (("units", sizes), ("reporters", answering(then))):
            counts[name + ending] = table["unit_id"].map(each).fillna(0)
    return table.assign(
        **counts,
        break_date=[one and pd.Timestamp(one.since) for one in found],
        break_reason=[one.reason if one else "" for one in found],
    )


def empty_series() -> pd.DataFrame:
    """Return a series of no period."""
    return _typed(pd.DataFrame(columns=SERIES_COLUMNS))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    kinds = dict.fromkeys(SERIES_COLUMNS, "str")
    kinds |= dict.fromkeys((*_NUMBERS, "target", "target_national"), "Float64")
    kinds |= {**dict.fromkeys(_COUNTED, "int64"), "break_date": "datetime64[s]"}
    return table[SERIES_COLUMNS].astype(kinds)


def collected_units(scope: Scope) -> frozenset[str]:
    """Units of whose subtree something was collected: a report for exactly this period, or a row dated in it."""
    owners = [scope.submissions["owner"]]
    owners += [scope.dated(table, scope.start, field)["owner"] for table, field in _DATED.items()]
    own = pd.DataFrame({"owner": pd.concat(owners).unique()})
    return frozenset(scope.tree.pool(own)["unit_id"])


def answering(scope: Scope) -> pd.Series:
    """Number of units of each subtree whose own report covers the whole period: one for it or for a longer one.

    A report on the year says of each half that nothing more happened in it.
    """
    frame, period = scope.rows("submissions"), scope.period
    sent = {code: parse_period(code, period.scheme) for code in frame["period"].unique() if is_period(code)}
    wide = [code for code, one in sent.items() if one.start <= period.start and one.end >= period.end]
    frame = frame.loc[frame["period"].isin(wide) & (frame["_unit"] == frame["owner"])]
    return scope.count(frame[["owner"]].drop_duplicates())


def series_breaks(units: pd.DataFrame, then: tuple[date, Tree], now: tuple[date, Tree]) -> dict[str, Break]:
    """Return the units valid on both days whose reporting area or tiers changed in between, with the reason in words.

    ``units`` is the typed reference table; ``then`` and ``now`` are a cut-off day and the tree on it. A unit that is
    new has no earlier figure, so nothing is said of it.
    """
    known = {row["unit_id"]: row for row in units.to_dict("records")}
    before, after = _areas(then[1]), _areas(now[1])
    found = {}
    for unit in before.keys() & after.keys():
        moved = before[unit] ^ after[unit]
        moved = {one for one in moved if _counts(one, then[1], now[1])}
        tiers = _lost_districts(before[unit], known, then[0], now[0])
        if made := _break(moved, before[unit], known, tiers=tiers):
            found[unit] = made
    return found


def _areas(tree: Tree) -> dict[str, frozenset[str]]:
    """For each valid unit the units whose rows enter its figure."""
    reporters: dict[str, list[str]] = {}
    for unit, receiver in tree.receiver.items():
        reporters.setdefault(receiver, []).append(unit)
    areas: dict[str, set[str]] = {}
    for unit, member in zip(tree.closure["unit_id"], tree.closure["member"], strict=True):
        areas.setdefault(unit, set()).update(reporters.get(member, ()))
    return {unit: frozenset(area) for unit, area in areas.items()}


def _counts(unit: str, then: Tree, now: Tree) -> bool:
    """A unit that was nowhere on the earlier day (new since) is made of others or adds no area to those above it."""
    return unit in then.receiver and (unit in now.receiver or then.state.get(unit) == VALID)


def _lost_districts(area: frozenset[str], known: Mapping[str, dict], then: date, now: date) -> bool:
    if not then < TWO_TIERS <= now:
        return False
    return any(known[unit]["level"] == "district" for unit in area if unit in known)


def _break(moved: set[str], before: frozenset[str], known: Mapping[str, dict], *, tiers: bool) -> Break | None:
    if tiers:
        return Break(TWO_TIERS, "không tổ chức cấp huyện từ ngày 01/7/2025")
    if not moved:
        return None
    ended = [_ended(known[unit], known) for unit in moved]
    since = max((day + timedelta(days=1) for day in ended if day), default=TWO_TIERS)
    joined = [unit for unit in sorted(moved) if unit not in before]
    names = [_name(known[unit]) for unit in joined or sorted(moved)][:3]
    more = f" và {len(moved) - 3} đơn vị khác" if len(moved) > 3 else ""
    what = "sáp nhập thêm" if joined else "không còn gồm"
    return Break(since, f"{what} {', '.join(names)}{more} từ ngày {since:%d}/{_month(since)}/{since.year}")


def _ended(unit: Mapping[str, object], known: Mapping[str, dict]) -> date | None:
    """The last day of a unit; of one that is moved the last day of the unit it was below."""
    above = known.get(str(unit["parent_id"]), {})
    day = above.get("valid_to") if pd.isna(unit["valid_to"]) else unit["valid_to"]
    return None if pd.isna(day) else day.date()


def _name(unit: Mapping[str, object]) -> str:
    """A unit's name inside a sentence: ``xã Mẫu Một``, ``Sở Tư pháp``."""
    name = str(unit["name"])
    return name if unit["level"] in ("department", "ministry") else name[:1].lower() + name[1:]


def _month(day: date) -> str:
    """The month as Nghị định 30/2020/NĐ-CP writes it: 01 and 02 with a zero, the others without."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
