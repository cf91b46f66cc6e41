"""II.3. Forms, channels and audiences: measures of different kinds side by side, never added together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.activities import counted, total, unlikely
from kit.report.content.aside import remarks
from kit.report.content.records import records
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import amount, table, text
from kit.schema.load import load_schema

MEASURES = {
    "sessions": "Số cuộc",
    "attendances": "Lượt người",
    "news_items": "Tin, bài",
    "broadcasts": "Lượt phát thanh",
    "printed_documents": "Tài liệu in",
    "online": "Trên mạng",
}

OUTSIDE = {
    "window": "truyền thông ngoài thời gian xây dựng chính sách (không tính là truyền thông dự thảo)",
    "scope": "truyền thông về chính sách không thuộc phạm vi đánh giá (ngoài phạm vi Đề án hoặc đã rút)",
}
_EVENTS = ("awareness", "briefing", "training")


def channels(subject: Subject) -> Blocks:
    """Return section II.3."""
    activities = counted(subject)
    if not activities:
        return Blocks.of(Paragraphs((_nothing(subject), *remarks(subject, "activities"))))
    said = (_headline(activities), _measures(subject), _unlikely(unlikely(subject)), _audiences(subject))
    said = (*filter(None, said), *remarks(subject, "activities"))
    # The table of one unit alone is in annex II.
    return Blocks.of(Paragraphs(said), form_table(subject) if subject.pooled else None)


def _nothing(subject: Subject) -> str:
    nothing = "hoạt động nâng cao nhận thức, quán triệt, tập huấn, truyền thông do đơn vị chủ trì"
    if _said_nothing(subject):
        return f"Đơn vị báo cáo trong kỳ không phát sinh {nothing}."
    if subject.reported:
        return f"Trong kỳ không phát sinh {nothing}."
    return "Chưa có số liệu về hình thức, kênh truyền thông và đối tượng tiếp cận trong kỳ."


def _said_nothing(subject: Subject) -> bool:
    """True when the unit's report of the period says itself that there was nothing to report."""
    sent = [row for row in records(subject.scope.submissions) if row["owner"] == subject.unit_id]
    return not subject.pooled and any(row["nothing_to_report"] for row in sent)


def _headline(activities: list[dict]) -> str:
    kinds = Counter(row["kind"] for row in activities if not row["outside"])
    order = [kind for kind in load_schema().codelists["activity_kind"].codes if kind in kinds]
    told = [f"{words.number(kinds[kind])} hoạt động {label('activity_kind', kind).lower()}" for kind in order]
    apart = Counter(row["outside"] for row in activities)
    numbers = {reason: apart[reason] for reason in OUTSIDE}
    told += [f"{words.number(number)} hoạt động {OUTSIDE[reason]}" for reason, number in numbers.items() if number]
    if len(told) == 1:
        return f"Trong kỳ đã tổ chức {told[0]}{_forms(activities, ',')}."
    opening = f"Trong kỳ đã tổ chức {words.number(len(activities))} hoạt động{_forms(activities)}"
    return f"{opening}, gồm {words.enumeration(told)}."


def _unlikely(high: list[dict]) -> str:
    """Attendances that the checks warned of: they are counted, and the reader is told."""
    if not high:
        return ""
    people = amount(sum(row["attendances"] for row in high))
    told = f"{words.number(len(high))} hoạt động ghi {'tổng cộng ' if len(high) > 1 else ''}{people} lượt người"
    return f"Trong số lượt người nêu trên có {told}, cao bất thường và chưa được xác minh."


def _note(activities: list[dict]) -> str:
    """What the dashes mean; an event without a number of sessions is one in the indicators (indicators.md, NT-01)."""
    events = [row for row in activities if row["kind"] in _EVENTS and row["sessions"] is None]
    said = "Dấu “–”: không ghi nhận. Chỉ gồm hoạt động do đơn vị chủ trì và chưa tính ở nơi khác."
    if not events:
        return said
    return (
        f"{said} Có {words.number(len(events))} hoạt động quán triệt, nâng cao nhận thức, tập huấn chưa ghi số "
        "cuộc; mỗi hoạt động này được tính là 1 cuộc (lớp) trong kết quả nêu trên."
    )


def _forms(activities: list[dict], mark: str = "") -> str:
    """With how many forms, one by its name; nothing where no form is written down."""
    forms = {row["form"] for row in activities} - {None}
    if not forms:
        return ""
    if len(forms) == 1:
        return f"{mark} với hình thức {label('activity_form', *forms).lower()}"
    return f"{mark} với {words.number(len(forms))} hình thức"


_NAMED, _MOST_NAMED = 3, 4
_UNITS = {
    "NT-01": "{} cuộc nâng cao nhận thức, quán triệt",
    "NT-02": "{} lượt người tham dự các hoạt động",
    "NT-04": "{} lớp tập huấn",
    "NT-05": "{} lượt người được tập huấn",
    "NT-06": "{} tin, bài",
    "NT-07": "{} lượt phát thanh",
    "NT-08": "{} tài liệu in",
    "NT-09": "{} tài liệu, bài đăng trên mạng",
}


def _measures(subject: Subject) -> str:
    said = []
    for id, pattern in _UNITS.items():
        result = subject.result(id)
        if result.value:
            tail = f" ({verdict(result)})" if verdict(result) else ""
            said.append(pattern.format(result.printed) + tail)
    where = "" if subject.pooled else " (số liệu theo hình thức, kênh tại Phụ lục II)"
    return f"Kết quả{where}: {'; '.join(said)}." if said else ""


def _audiences(subject: Subject) -> str:
    result, reached = subject.result("NT-03"), _reached(counted(subject))
    if not result.known:
        return ""
    if not result.n:
        return "Các hoạt động chưa ghi đối tượng được tiếp cận."
    codes = load_schema().codelists["audience"].codes
    names = {code: title if title == "Nhân dân" else title.lower() for code, title in codes.items()}
    most = _first(reached)
    named, all_named = _named(reached, most, names), len(reached) == len(most)
    missing = [name for code, name in names.items() if code not in reached]
    if len(named) > 1:  # the order is told in words, a plain list has it by itself
        named = ["; ".join(named)] if all_named else [f"{named[0]}, tiếp đến là {_listed(named[1:])}"]
    which = ", nhiều nhất là " if not all_named else ", gồm " if result.n > 1 else ", là "
    groups = f"{result.counts}" if result.n < result.of else f"cả {words.number(result.of)}"
    told = f"Đã tiếp cận {groups} nhóm đối tượng của Kế hoạch{which if named else ''}{''.join(named)}"
    return f"{told}; chưa có hoạt động dành cho {words.enumeration(missing)}." if missing else f"{told}."


def _listed(named: list[str]) -> str:
    return ", ".join(named) if any(" và " in one for one in named) else words.enumeration(named)


def _named(reached: Mapping[str, int], codes: list[str], names: Mapping[str, str]) -> list[str]:
    """Audiences with their number of activities, those with the same number together."""
    groups: dict[int, list[str]] = {}
    for code in codes:
        groups.setdefault(reached[code], []).append(names[code])
    told = []
    for count, group in groups.items():
        each = "mỗi nhóm " if len(group) > 1 else ""
        told.append(f"{words.enumeration(group)} ({each}{words.number(count)} hoạt động)")
    return told


def _first(reached: Mapping[str, int]) -> list[str]:
    """The groups reached most, as far as their order is clear: equal ones all or none."""
    order = sorted(reached, key=lambda code: -reached[code])
    if len(order) <= _NAMED:
        return order
    most = [code for code in order if reached[code] >= reached[order[_NAMED - 1]]]
    if len(most) <= _MOST_NAMED:
        return most
    return [code for code in most if reached[code] > reached[most[-1]]]


def _reached(activities: list[dict]) -> dict[str, int]:
    """Number of activities by audience, in the order of the codes."""
    counts = Counter(code for row in activities for code in text(row["audiences"]).split(";") if code)
    order = list(load_schema().codelists["audience"].codes)
    return {code: counts[code] for code in sorted(counts, key=lambda code: order.index(code) if code in order else -1)}


def _form_counts(activities: list[dict]) -> list[tuple[str, int]]:
    order = list(load_schema().codelists["activity_form"].codes)
    counts = Counter(row["form"] for row in activities if row["form"] is not None)
    return sorted(counts.items(), key=lambda row: (-row[1], order.index(row[0])))


def form_table(subject: Subject) -> Table | None:
    """Return what the activities of the period amount to by form and channel; nothing without any."""
    activities = counted(subject)
    if not activities:
        return None
    rows = []
    for form, count in _form_counts(activities):
        own = [row for row in activities if row["form"] == form]
        rows.append((form, count, *(total(row[name] for row in own) for name in MEASURES)))
    keep = [at for at, _ in enumerate(MEASURES, 2) if any(row[at] is not None for row in rows)]
    whole = ("", len(activities), *(total(row[name] for row in activities) for name in MEASURES))
    columns = [Column("Hình thức", "left", 2.2), Column("Số hoạt động", "right", 1)]
    columns += [Column(list(MEASURES.values())[at - 2], "right", 1) for at in keep]
    shown = [(label("activity_form", row[0]), amount(row[1]), *(amount(row[at]) for at in keep)) for row in rows]
    shown.append(("Cộng", amount(whole[1]), *(amount(whole[at]) for at in keep)))
    return table(
        "Bảng số liệu hoạt động trong kỳ theo hình thức, kênh",
        columns,
        shown=shown,
        data=(("form", "activities", *MEASURES), rows),
        totals=(len(rows),),
        note=_note(activities),
        name="hinh-thuc-kenh",
    )


def by_audience(subject: Subject) -> Table | None:
    """Return the activities by audience, for an annex; nothing where none is written down."""
    reached = _reached(counted(subject))
    if not reached:
        return None
    codes = load_schema().codelists["audience"].codes
    rows = [(code, title, reached.get(code, 0)) for code, title in codes.items()]
    return table(
        "Số hoạt động theo đối tượng được tiếp cận",
        (Column("Đối tượng", "left", 3), Column("Số hoạt động", "right", 1)),
        shown=[(title, words.number(count)) for _, title, count in rows],
        data=(("audience", "title", "activities"), rows),
        note="Một hoạt động có thể dành cho nhiều đối tượng.",
        name="doi-tuong",
    )
