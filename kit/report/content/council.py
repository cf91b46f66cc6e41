"""II.5. Part played by members of the Council for coordination of PBGDPL (plan, part I.2)."""

from __future__ import annotations

import pandas as pd

from kit.indicators.council import members_on_cutoff, named_members
from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, table, text

_ALL_SEATS = 12
_PERSON = ["list_unit", "member_id"]


def council(subject: Subject) -> Blocks:
    """Return section II.5."""
    named = named_members(subject.scope)
    named = named.loc[named["owner"].isin(subject.members)]
    seats = members_on_cutoff(subject.scope)
    seats = seats.loc[seats["owner"].isin(subject.members)]
    if seats.empty:
        return Blocks.of(Paragraphs((_without_list(subject, named),)), _people(subject, named))
    return Blocks.of(Paragraphs((_headline(subject),)), _seats(subject, seats, named))


def _without_list(subject: Subject, named: pd.DataFrame) -> str:
    people = len(named[_PERSON].drop_duplicates())
    if people:
        return (
            f"Từ đầu năm đến {subject.until}, có {words.number(people)} thành "
            "viên Hội đồng phối hợp phổ biến, giáo dục "
            f"pháp luật của cấp trên tham gia hoạt động do {subject.name_inside} tổ chức."
        )
    if not subject.has_sheet("council_members"):
        return (
            f"Danh sách thành viên Hội đồng phối hợp phổ biến, giáo dục pháp luật do cấp trên quản lý; từ đầu năm đến "
            f"{subject.until} {subject.name_inside} chưa ghi nhận hoạt động có thành viên Hội đồng tham gia."
        )
    return (
        "Chưa có danh sách thành viên Hội đồng phối hợp phổ biến, giáo dục "
        "pháp luật nên chưa đánh giá được nội dung này."
    )


def _headline(subject: Subject) -> str:
    result = subject.result("HD-01")
    since = f"Từ đầu năm đến {subject.until}"
    tail = f", {verdict(result)}" if verdict(result) else ""
    if not result.n:
        return (
            f"{since}, chưa ghi nhận thành viên nào trong {words.number(result.of)} thành viên Hội đồng phối hợp "
            f"phổ biến, giáo dục pháp luật tham gia hoạt động truyền thông{tail}."
        )
    return (
        f"{since}, {result.counts} thành viên Hội đồng phối hợp phổ biến, giáo dục pháp luật ({result.printed}) được "
        f"ghi nhận tham gia các hoạt động của Kế hoạch{tail}."
    )


def _with_counts(subject: Subject, named: pd.DataFrame) -> pd.Series:
    """Counted activities of the year by (list, member).

    ``named`` keeps the index of the first activity in which a unit wrote a member's id, so what was written is found
    there; the same person may be written in several ways.
    """
    key = ["_unit", "_year", "member_id"]
    frame = subject.scope.counted_activities
    frame = frame.loc[frame["member_id"].notna() & (frame["date"] >= subject.scope.year_start)]
    written = pd.MultiIndex.from_frame(frame.loc[named.index, key])
    number = pd.Series(frame.groupby(key).size().reindex(written).to_numpy(), index=named.index)
    return number.groupby([named["list_unit"], named["member_id"]]).sum().astype("int64")


def _seats(subject: Subject, seats: pd.DataFrame, named: pd.DataFrame) -> Table | None:
    """All members of a small council; of a large one those who took part."""
    counts = _with_counts(subject, named)
    seats = seats.assign(
        number=[int(counts.get((u, m), 0)) for u, m in zip(seats["list_unit"], seats["member_id"], strict=True)]
    )
    seats = seats.sort_values(["number", "list_unit", "member_id"], ascending=[False, True, True], kind="stable")
    if len(seats) > _ALL_SEATS:
        seats = seats.loc[seats["number"] > 0]
    if seats.empty:
        return None
    return _table(subject, seats.to_dict("records"), "Thành viên Hội đồng và số hoạt động đã tham gia từ đầu năm")


def _people(subject: Subject, named: pd.DataFrame) -> Table | None:
    """Members of a council above, who took part in this unit's activities."""
    if named.empty:
        return None
    counts = _with_counts(subject, named)
    lists = subject.own.frames["council_members"].drop_duplicates(["_unit", "member_id"], keep="last")
    lists = lists.assign(
        list_unit=lists["_unit"],
        number=[int(counts.get(k, 0)) for k in zip(lists["_unit"], lists["member_id"], strict=True)],
    )
    lists = lists.loc[lists["number"] > 0].sort_values(["number", "member_id"], ascending=[False, True], kind="stable")
    return _table(subject, lists.to_dict("records"), "Thành viên Hội đồng đã tham gia hoạt động từ đầu năm")


def _table(subject: Subject, people: list[dict], caption: str) -> Table:
    several = len({row["list_unit"] for row in people}) > 1
    named = not subject.public
    columns = [NUMBER, *((Column("Họ và tên", "left", 1.8),) if named else ()), Column("Chức vụ, cơ quan", "left", 2.6)]
    columns += [Column("Hội đồng", "left", 1.5)] if several else []
    columns.append(Column("Số hoạt động tham gia", "right", 0.9))
    shown, raw = [], []
    for at, row in enumerate(people, 1):
        office = ", ".join(filter(None, (text(row["position"]), text(row["agency"]))))
        unit = subject.names.get(row["list_unit"], row["list_unit"])
        name = (text(row["full_name"]),) if named else ()
        shown.append((str(at), *name, office, *((unit,) if several else ()), words.number(row["number"])))
        raw.append((row["list_unit"], row["member_id"], *name, row["position"], row["agency"], row["number"]))
    return table(
        caption,
        columns,
        shown=shown,
        data=(("council", "member_id", *(("full_name",) if named else ()), "position", "agency", "activities"), raw),
        name="thanh-vien-hoi-dong",
    )
