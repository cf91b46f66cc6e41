"""Rules of activities: their policy, their dates, council members, plausibility, doubles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kit.validation.integrity.model import Checked, rows_where, rule
from kit.validation.integrity.policies import windows
from kit.validation.keys import looked_up, match_keys, workbook
from kit.validation.marks import NO_ROWS, Marks
from kit.validation.wording import shown

COMMUNICATION = "policy_communication"
ALIKE = ["date", "form", "kind", "policy_id", "attendances"]


@rule("communication-no-policy")
def communication_without_policy(checked: Checked, table: str) -> Iterator[Marks]:
    """A policy communication names a policy of the list, set aside or not."""
    rows_of = checked.frames[table]
    policies = checked.frames["policies"]["policy_id"].dropna()
    unknown = (rows_of["kind"] == COMMUNICATION) & ~rows_of["policy_id"].isin(policies)
    rows = rows_where(unknown, checked.sound(table, "kind", "policy_id"))
    named = rows_of["policy_id"].iloc[rows]
    found = ["chưa ghi chính sách nào" if pd.isna(name) else f"ghi “{shown(name)}”" for name in named]
    yield Marks("communication-no-policy", table, "policy_id", rows, {"found": found})
    # A policy that cannot be read is no known policy either: the row goes, under the finding the cell already has.
    silent = np.flatnonzero((rows_of["kind"] == COMMUNICATION) & checked.ledger.wrong(table, "policy_id"))
    checked.ledger.set_aside(table, silent)


@rule("activity-after-cutoff")
def after_cutoff(checked: Checked, table: str) -> Iterator[Marks]:
    """An activity after T is left for the next period."""
    if checked.cutoff is None:
        return
    rows = rows_where(checked.frames[table]["date"] > checked.cutoff, checked.sound(table, "date"))
    yield Marks("activity-after-cutoff", table, "date", rows, {"cutoff": shown(checked.cutoff)})


@rule("policy-not-assigned")
def policy_not_assigned(checked: Checked, table: str) -> Iterator[Marks]:
    """The policy communicated is assigned to the unit or to a unit above it (recorded, or on T by succession)."""
    told = _communications(checked, table)
    assigned = checked.frames["assignments"][~checked.ledger.aside("assignments")]
    pairs = set(zip(assigned["policy_id"], assigned["unit_id"], strict=True))
    tree = checked.tree
    if tree:
        pairs |= {(policy, tree.receiver.get(unit, unit)) for policy, unit in pairs}
    distinct = told[["_unit", "policy_id"]].drop_duplicates()
    missing = {
        (unit, policy)
        for unit, policy in zip(distinct["_unit"], distinct["policy_id"], strict=True)
        if not any((policy, above) in pairs for above in _above(checked, unit))
    }
    named = pd.MultiIndex.from_frame(told[["_unit", "policy_id"]])
    rows = told.index[named.isin(list(missing))].to_numpy() if missing else NO_ROWS
    yield Marks("policy-not-assigned", table, "policy_id", rows)


def _above(checked: Checked, unit: str) -> list[str]:
    """Return a known unit and those above it: by record, by succession and by the tree on T."""
    units = dict.fromkeys(checked.ancestry.get(unit, (unit,)))
    if checked.tree:
        units |= dict.fromkeys(checked.tree.receiver[name] for name in units if name in checked.tree.receiver)
        above = checked.tree.receiver.get(unit)
        while above in checked.tree.parent and checked.tree.parent[above] not in units:
            above = checked.tree.parent[above]
            units[above] = None
    return list(units)


@rule("outside-window")
def outside_window(checked: Checked, table: str) -> Iterator[Marks]:
    """A communication outside its policy's window is not counted as draft communication."""
    told = _communications(checked, table)
    window = windows(checked)
    window = window[~window.index.duplicated()]
    told = told[told["policy_id"].isin(window.index) & told["date"].notna() & checked.sound(table, "date")[told.index]]
    start = looked_up(told["policy_id"], window["start"].to_dict(), "datetime64[s]")
    end = looked_up(told["policy_id"], window["end"].to_dict(), "datetime64[s]")
    odd = told[start.isna() | (told["date"] < start) | (told["date"] > end)].index
    said = [_window(first, last) for first, last in zip(start[odd], end[odd], strict=True)]
    yield Marks("outside-window", table, "date", odd.to_numpy(), {"window": said})


def _window(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(start):
        return "chính sách chưa có ngày lấy ý kiến nào được ghi nhận"
    until = f"đến {shown(end)}" if pd.notna(end) else "và chưa kết thúc"
    return f"thời gian lấy ý kiến đến khi thông qua tính từ {shown(start)} {until}"


def _communications(checked: Checked, table: str) -> pd.DataFrame:
    """Return the communications of known policies, without rows whose policy is in error."""
    frame = checked.frames[table]
    known = frame["policy_id"].isin(checked.frames["policies"]["policy_id"].dropna())
    return frame[(frame["kind"] == COMMUNICATION) & known & checked.sound(table, "kind", "policy_id")]


@rule("member-unknown")
def member_unknown(checked: Checked, table: str) -> Iterator[Marks]:
    """The member is in the council list of the unit or of one above it, of the same plan year."""
    activities, members = checked.frames[table], checked.frames["council_members"]
    lists = set(zip(workbook(members), match_keys(members["member_id"]), strict=True))
    named = activities[activities["member_id"].notna() & checked.sound(table, "member_id")]
    keys = match_keys(named["member_id"]).to_numpy()
    # Said of units that are known: for the others the whole file has a finding.
    odd = [
        at
        for at, unit, year, key in zip(named.index, named["_unit"], named["_year"], keys, strict=True)
        if unit in checked.ancestry
        and not any((f"{above}\x1f{year}", key) in lists for above in checked.ancestry[unit])
    ]
    yield Marks("member-unknown", table, "member_id", np.array(odd, dtype=np.int64))


@rule("attendances-high")
def attendances_high(checked: Checked, table: str) -> Iterator[Marks]:
    """Attendances per session (missing: one session) are plausible."""
    limit = checked.params.plausibility["attendances_per_session"]
    frame = checked.frames[table]
    sessions = frame["sessions"].fillna(1).clip(lower=1).astype("Float64")
    rows = rows_where(frame["attendances"] / sessions > limit, checked.sound(table, "attendances", "sessions"))
    args = {"limit": shown(float(limit)), "sessions": [shown(int(count)) for count in sessions.iloc[rows]]}
    yield Marks("attendances-high", table, "attendances", rows, args)


@rule("activity-twice")
def activity_twice(checked: Checked, table: str) -> Iterator[Marks]:
    """Two rows of a unit alike in date, form, kind, policy and attendances: the later one names the earlier."""
    frame = checked.frames[table]
    sound = frame[checked.sound(table, "activity_id", *ALIKE) & frame["date"].notna()]
    later = sound[sound.duplicated(["_unit", *ALIKE])]
    if len(later):
        group = sound.groupby(["_unit", *ALIKE], dropna=False, sort=False)["_row"]
        first = group.transform("first")[later.index]
        yield Marks("activity-twice", table, "activity_id", later.index.to_numpy(), {"first": list(first)})
