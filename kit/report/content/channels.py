"""II.3. Forms, channels and audiences: measures of different kinds side by side, never added together."""

from __future__ import annotations

from collections import Counter

from kit.report import words
from kit.report.blocks import Column, Figure, Paragraphs, Table
from kit.report.charts.bars import bars
from kit.report.content.activities import counted, total, unlikely
from kit.report.content.aside import remarks
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
_CHARTED, _FORMS = 10, 3  # fewer activities or forms, or those of one unit, are read faster in the table


def channels(subject: Subject) -> Blocks:
    """Return section II.3."""
    activities = counted(subject)
    if not activities:
        return Blocks.of(Paragraphs((_nothing(subject), *remarks(subject, "activities"))))
    said = (_headline(activities), _measures(subject), _unlikely(unlikely(subject)), _audiences(subject))
    said = (*filter(None, said), *remarks(subject, "activities"))
    return Blocks.of(Paragraphs(said), *((_figure(activities), form_table(subject)) if subject.pooled else ()))


def _nothing(subject: Subject) -> str:
    return (
        "Trong kỳ không phát sinh hoạt động nâng cao nhận thức, quán triệt, tập huấn, truyền thông do đơn vị chủ trì."
        if subject.reported
        else "Chưa có số liệu về hình thức, kênh truyền thông và đối tượng tiếp cận trong kỳ."
    )


def _headline(activities: list[dict]) -> str:
    kinds = Counter(row["kind"] for row in activities if not row["outside"])
    order = [kind for kind in load_schema().codelists["activity_kind"].codes if kind in kinds]
    told = [f"{words.number(kinds[kind])} hoạt động {label('activity_kind', kind).lower()}" for kind in order]
    apart = Counter(row["outside"] for row in activities)
    numbers = {reason: apart[reason] for reason in OUTSIDE}
    told += [f"{words.number(number)} hoạt động {OUTSIDE[reason]}" for reason, number in numbers.items() if number]
    if len(told) == 1:
        return f"Trong kỳ đã tổ chức {told[0]}, với {_forms(activities)} hình thức."
    opening = f"Trong kỳ đã tổ chức {words.number(len(activities))} hoạt động với {_forms(activities)} hình thức"
    return f"{opening}, gồm {words.enumeration(told)}."


def _unlikely(high: list[dict]) -> str:
    """Attendances that the checks warned of: they are counted, and the reader is told."""
    if not high:
        return ""
    people = amount(sum(row["attendances"] for row in high))
    told = f"{words.number(len(high))} hoạt động ghi {'tổng cộng ' if len(high) > 1 else ''}{people} lượt người"
    return f"Trong số lượt người nêu trên có {told}, cao bất thường, đề nghị kiểm tra lại."


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


def _forms(activities: list[dict]) -> str:
    return words.number(len({row["form"] for row in activities} - {None}))


_NAMED = 3
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
    return f"Kết quả: {'; '.join(said)}." if said else ""


def _audiences(subject: Subject) -> str:
    result, reached = subject.result("NT-03"), _reached(counted(subject))
    if not result.known:
        return ""
    if not result.n:
        return "Các hoạt động chưa ghi đối tượng được tiếp cận."
    codes = load_schema().codelists["audience"].codes
    names = {code: title if title == "Nhân dân" else title.lower() for code, title in codes.items()}
    most = sorted(reached, key=lambda code: -reached[code])[:_NAMED]
    named = [f"{names[code]} ({words.number(reached[code])} hoạt động)" for code in most]
    missing = [name for code, name in names.items() if code not in reached]
    which = "nhiều nhất là " if len(reached) > _NAMED else "gồm "
    told = f"Đã tiếp cận {result.counts} nhóm đối tượng của Kế hoạch, {which}{words.enumeration(named)}"
    return f"{told}; chưa có hoạt động dành cho {words.enumeration(missing)}." if missing else f"{told}."


def _reached(activities: list[dict]) -> dict[str, int]:
    return Counter(code for row in activities for code in text(row["audiences"]).split(";") if code)


def _form_counts(activities: list[dict]) -> list[tuple[str, int]]:
    order = list(load_schema().codelists["activity_form"].codes)
    counts = Counter(row["form"] for row in activities if row["form"] is not None)
    return sorted(counts.items(), key=lambda row: (-row[1], order.index(row[0])))


def _figure(activities: list[dict]) -> Figure | None:
    forms = _form_counts(activities)
    if len(activities) < _CHARTED or len(forms) < _FORMS:
        return None
    rows = [(label("activity_form", form), float(count), words.number(count)) for form, count in forms]
    told = "; ".join(f"{name}: {printed}" for name, _, printed in rows)
    return Figure(
        "Biểu đồ: Số hoạt động trong kỳ theo hình thức",
        bars(rows),
        f"Biểu đồ thanh ngang, số hoạt động theo hình thức. {told}.",
        name="hoat-dong-theo-hinh-thuc",
        data=(("form", "title", "activities"), *((f, label("activity_form", f), str(n)) for f, n in forms)),
    )


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
