"""What a unit's new workbook holds: its policies, council members, periods, and what is left over from last year.

Pure: typed frames of the data folder (``kit.validation.conform``) and plan parameters → ``WorkbookContent``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kit.collect.labels import YEAR_CODES, labelled, period_title
from kit.collect.template_policies import UnitPolicy, example_of, policies_of
from kit.collect.text import match_key
from kit.collect.workbook import WorkbookContent
from kit.collect.workbook_guide import Guide, GuidePeriod, GuidePolicy
from kit.collect.workbook_layout import UnitInfo, numbered_key
from kit.errors import UsageError, suggestion
from kit.params import PlanParams
from kit.schema.model import Schema, Table

Frames = Mapping[str, pd.DataFrame]
_MEMBER = ["_unit", "member_id", "full_name", "agency"]
GUIDE_PERIODS = ("Q1", "H1", "9M", "Y", "Q2", "Q3", "Q4", "H2")


@dataclass(frozen=True)
class TemplateRequest:
    """Which workbook is wanted: the unit, the plan year and its parameters; ``full`` asks for every table."""

    unit_id: str
    year: int
    params: PlanParams
    full: bool = False


def template_content(schema: Schema, frames: Frames, request: TemplateRequest) -> WorkbookContent:
    """Return the content of a unit's empty workbook, with last year's open tasks and unresolved obstacles.

    ``frames`` are typed frames of all tables with their ``_unit`` and ``_year``. Raises ``UsageError`` for a unit that
    does not exist, or not in the plan year.
    """
    bare = bare_content(frames, request)
    tables, notes = _left_over(schema, frames, bare.unit.unit_id, year=request.year)
    guide = replace(bare.guide, carried={name: len(rows) for name, rows in tables.items()})
    return replace(bare, tables=tables, guide=guide, blank_lines=True, notes=notes)


def bare_content(frames: Frames, request: TemplateRequest) -> WorkbookContent:
    """Return what a unit's workbook offers (first sheet, drop-downs, examples), without rows or lines for them.

    Raises ``UsageError`` as ``template_content`` does.
    """
    unit = require_unit(frames["units"], request.unit_id, request.year)
    above = _upwards(frames["units"], unit.unit_id)
    policies = policies_of(frames, above, request)
    still_open = [policy for policy in policies if policy.open_in(request.year)]
    shown = tuple(GuidePolicy(one.policy_id, one.title, one.first, one.last) for one in still_open)
    keys = {"policies": [policy.label for policy in policies]}
    keys["council_members"] = _members(frames["council_members"], above, request.year)
    guide, examples = Guide(_periods(request, unit.level), shown), _examples(policies, request, unit.level)
    return WorkbookContent(unit, request.year, keys=keys, full=request.full, guide=guide, examples=examples)


def units_of(units: pd.DataFrame, year: int) -> list[str]:
    """Return the units that exist on some day of the plan year, in the order of the table."""
    alive = (units["valid_from"] <= f"{year}-12-31") & ~(units["valid_to"] < f"{year}-01-01")
    return list(dict.fromkeys(units.loc[alive & units["level"].notna() & units["name"].notna(), "unit_id"].dropna()))


def require_unit(units: pd.DataFrame, asked: str, year: int) -> UnitInfo:
    """Return the unit as the units table has it. Raises ``UsageError`` with a suggestion or the successor."""
    known = {match_key(unit): at for at, unit in reversed(list(units["unit_id"].dropna().items()))}
    if match_key(asked) not in known:
        raise UsageError(f"There is no unit '{asked}'{suggestion(asked, units['unit_id'].dropna())}.")
    row = units.loc[known[match_key(asked)]]
    if row["unit_id"] not in units_of(units, year):
        heir = row["successor_id"]
        told = f"its successor is {heir}: ask for that unit" if pd.notna(heir) else "it has no successor"
        raise UsageError(f"Unit {row['unit_id']} does not exist in {year}; {told}.")
    return UnitInfo(str(row["unit_id"]), str(row["name"]), str(row["level"]))


def _upwards(units: pd.DataFrame, unit_id: str) -> list[str]:
    """The unit, its parent, and so on upwards, whether or not these are valid."""
    parents = dict(zip(units["unit_id"], units["parent_id"], strict=True))
    chain = [unit_id]
    while pd.notna(above := parents.get(chain[-1])) and above not in chain:
        chain.append(str(above))
    return chain


def _members(members: pd.DataFrame, above: Sequence[str], year: int) -> list[str]:
    """Labels of the members that a ``member_id`` can mean from outside: the nearest list that has it counts.

    The unit's own members are listed by the workbook itself, as they are entered.
    """
    rows = members.loc[(members["_year"] == year) & members["member_id"].notna(), _MEMBER]
    seen = {match_key(key) for key in rows.loc[rows["_unit"] == above[0], "member_id"]}
    labels = []
    for unit in above[1:]:
        for row in rows[rows["_unit"] == unit].itertuples():
            if match_key(row.member_id) not in seen:
                seen.add(match_key(row.member_id))
                agency = f" ({row.agency})" if pd.notna(row.agency) else ""
                labels.append(labelled(row.member_id, f"{row.full_name}{agency}" if pd.notna(row.full_name) else ""))
    return labels


def _periods(request: TemplateRequest, level: str) -> tuple[GuidePeriod, ...]:
    periods = sorted((request.params.period(f"{request.year}-{kind}") for kind in GUIDE_PERIODS), key=_by_end)
    return tuple(
        GuidePeriod(p.code, period_title(p), p.start, p.cutoff, request.params.deadline(p, level)) for p in periods
    )


def _by_end(period: object) -> tuple:
    return period.end, -period.start.toordinal(), YEAR_CODES.index(period.code[5:])


def _examples(policies: Sequence[UnitPolicy], request: TemplateRequest, level: str) -> dict[str, dict[str, str]]:
    half = request.params.period(f"{request.year}-H1")
    sent = f"{request.params.deadline(half, level):%d/%m/%Y}"
    examples = {"submissions": {"sent_date": sent}, "activities": example_of(policies, request.year)}
    if any(policy.open_in(request.year) for policy in policies):
        examples["feedback"] = {"policy_id": next(p.label for p in policies if p.open_in(request.year))}
    return examples


def _left_over(schema: Schema, frames: Frames, unit_id: str, *, year: int) -> tuple[dict, dict]:
    """Rows that the new year begins with, under fresh keys, and what is said of each: which row of the old book."""
    tasks, obstacles = frames["tasks"], frames["obstacles"]
    open_tasks = tasks[tasks["completed_date"].isna() & (tasks["title"].notna() | tasks["lead"].notna())]
    standing = obstacles[obstacles["resolved_date"].isna() & (obstacles["category"] != "none").fillna(True)]
    sources = _predecessors(frames["units"], unit_id, year)
    tables, notes = {}, {}
    for name, left, dropped in (("tasks", open_tasks, ("quality", "completed_date")), ("obstacles", standing, ())):
        rows = left[(left["_year"] == year - 1) & left["_unit"].isin(sources)]
        table = schema.tables[name]
        tables[name] = [
            _row(table, row, number, dropped) for number, row in enumerate(rows.to_dict("records"), start=1)
        ]
        notes[name] = [_said(row, table, unit_id, year) for row in rows.to_dict("records")]
    return tables, notes


def _predecessors(units: pd.DataFrame, unit_id: str, year: int) -> list[str]:
    """The unit, and those that ended before the plan year and were succeeded by it, also through others."""
    ended = units[(units["valid_to"] < f"{year}-01-01") & units["successor_id"].notna()]
    heirs = dict(zip(ended["unit_id"], ended["successor_id"], strict=True))
    found = [unit_id]
    for one in found:
        found += [unit for unit, heir in heirs.items() if heir == one and unit not in found]
    return found


def _row(table: Table, row: Mapping[str, object], number: int, dropped: Sequence[str]) -> dict[str, object]:
    kept = {f.name: row[f.name] for f in table.fields if f.name not in dropped and pd.notna(row[f.name])}
    kept = {name: value.date() if isinstance(value, pd.Timestamp) else value for name, value in kept.items()}
    defaults = [f.name for f in table.fields if f.default is not None and kept.get(f.name) is f.default]
    kept = {name: bool(value) if name in _booleans(table) else value for name, value in kept.items()}
    kept = {name: value for name, value in kept.items() if name not in defaults}
    kept = {
        n: v.replace(";", "; ") if table.field(n).type == "list" and isinstance(v, str) else v for n, v in kept.items()
    }
    return kept | {table.primary_key[0]: numbered_key(table, number)}


def _booleans(table: Table) -> set[str]:
    return {field.name for field in table.fields if field.type == "boolean"}


def _said(row: Mapping[str, object], table: Table, unit_id: str, year: int) -> str:
    key = row[table.primary_key[0]]
    old = f", mã cũ {key}" if pd.notna(key) else ""
    whose = f" của {row['_unit']}" if row["_unit"] != unit_id else ""
    return f"Chuyển từ sổ năm {year - 1}{whose}{old}."
