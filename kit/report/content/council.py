"""II.5. Part played by members of the Council for coordination of PBGDPL (plan, part I.2)."""

from __future__ import annotations

from collections import Counter

from kit.indicators.council import listed_people, members_on_cutoff
from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.activities import year_activities
from kit.report.content.records import records
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, table, text

_ALL_SEATS = 12
_FEW = 2  # people are told of in a sentence
Named = Counter[tuple[str, str]]  # number of counted activities of the year by (unit of the list, member_id)


def council(subject: Subject) -> Blocks:
    """Return section II.5."""
    named, seats = _named(subject), _members(subject)
    said, people = (_headline(subject), _seats(seats, named)) if seats else (None, _people(subject, named))
    said = said or _without_list(subject, len(named))
    if 0 < len(people) <= _FEW and any(row["number"] for row in people):
        return Blocks.of(Paragraphs((f"{said.removesuffix('.')}: {_told(subject, people)}.",)))
    return Blocks.of(Paragraphs((said,)), _table(subject, people, whole=bool(seats)) if people else None)


def _members(subject: Subject) -> list[dict]:
    """Members on T of the lists of the unit and below it; most units have none, as the list is kept above them."""
    if not subject.records("council_members"):
        return []
    members = set(subject.members)
    return [row for row in records(members_on_cutoff(subject.scope)) if row["owner"] in members]


def _named(subject: Subject) -> Named:
    """How often each person is named; the same one may be written in several ways."""
    listed = listed_people(subject.scope)
    told = [row for row in year_activities(subject) if row["member_id"] is not None]
    found = Counter(listed.person(row["_unit"], row["_year"], row["member_id"]) for row in told)
    del found[None]
    return found


def _without_list(subject: Subject, people: int) -> str:
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
    if result.of == 1:
        return (
            f"{since}, thành viên duy nhất trong danh sách Hội đồng phối hợp phổ biến, giáo dục pháp luật "
            f"{'được' if result.n else 'chưa được'} ghi nhận tham gia hoạt động của Kế hoạch{tail}."
        )
    if not result.n:
        return (
            f"{since}, chưa ghi nhận thành viên nào trong {words.number(result.of)} thành viên Hội đồng phối hợp "
            f"phổ biến, giáo dục pháp luật tham gia hoạt động truyền thông{tail}."
        )
    return (
        f"{since}, {result.counts} thành viên Hội đồng phối hợp phổ biến, giáo dục pháp luật ({result.printed}) được "
        f"ghi nhận tham gia các hoạt động của Kế hoạch{tail}."
    )


def _seats(seats: list[dict], named: Named) -> list[dict]:
    """All members of a small council; of a large one those who took part."""
    seats = [{**seat, "number": named[seat["list_unit"], seat["member_id"]]} for seat in seats]
    if len(seats) > _ALL_SEATS:
        seats = [seat for seat in seats if seat["number"]]
    return sorted(seats, key=lambda seat: (-seat["number"], seat["list_unit"], seat["member_id"]))


def _people(subject: Subject, named: Named) -> list[dict]:
    """Members of a council above, who took part in this unit's activities."""
    listed = {(row["_unit"], row["member_id"]): row for row in records(subject.own.frames["council_members"])}
    people = [
        {**row, "list_unit": person[0], "number": named[person]} for person, row in listed.items() if person in named
    ]
    return sorted(people, key=lambda row: (-row["number"], row["member_id"]))


def _told(subject: Subject, people: list[dict]) -> str:
    """One or two people in a sentence; without their names in the public edition."""
    said = []
    for row in people:
        name = "" if subject.public else text(row["full_name"])
        who = ", ".join(filter(None, (name, text(row["position"]), text(row["agency"])))) or row["member_id"]
        times = f"{words.number(row['number'])} hoạt động" if row["number"] else "chưa ghi nhận tham gia"
        said.append(f"{who} ({times})")
    return "; ".join(said)


def _table(subject: Subject, people: list[dict], *, whole: bool) -> Table:
    """``whole``: the list of the unit's own council, of a large one without those who took no part."""
    result = subject.result("HD-01")
    left = result.of - len(people) if whole else 0
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
        f"Thành viên Hội đồng {'và số hoạt động đã tham gia' if whole else 'đã tham gia hoạt động'} từ đầu năm",
        columns,
        shown=shown,
        data=(("council", "member_id", *(("full_name",) if named else ()), "position", "agency", "activities"), raw),
        note=f"Bảng không ghi {words.number(left)} thành viên chưa được ghi nhận tham gia." if left > 0 else "",
        name="thanh-vien-hoi-dong",
    )
