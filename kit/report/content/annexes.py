"""Annexes I–III: policies, activity figures, obstacles."""

from __future__ import annotations

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.activities import counted, total
from kit.report.content.channels import MEASURES, by_audience, form_table
from kit.report.content.coverage import Coverage
from kit.report.content.difficulties import reported
from kit.report.content.head import annex
from kit.report.content.policies import policy_table
from kit.report.content.products import product_list
from kit.report.content.records import by
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, amount, day, table, text
from kit.report.content.trend import annex_trend
from kit.report.content.units import annex_units

MOST_ROWS = 100


def annex_policies(coverage: Coverage) -> Blocks:
    """Return annex I: the policies with their dates, then how far each was communicated."""
    subject = coverage.subject
    start = annex(subject, "I", "Danh mục chính sách thuộc phạm vi")
    if not coverage.rows:
        return Blocks.of(start, Paragraphs(("Trong kỳ không phát sinh chính sách thuộc phạm vi.",)))
    return Blocks.of(
        start, _dates(coverage), policy_table(coverage, limit=MOST_ROWS) if len(coverage.rows) > 25 else None
    )


def _dates(coverage: Coverage) -> Table:
    fields = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date", "adoption_date")
    rows = coverage.rows
    return table(
        "Các mốc xây dựng văn bản và số lần truyền thông",
        (
            NUMBER,
            Column("Dự thảo chính sách", "left", 3.4),
            Column("Lấy ý kiến đề nghị", "center", 1.36),
            Column("Lấy ý kiến dự thảo", "center", 1.36),
            Column("Thẩm định", "center", 1.36),
            Column("Thông qua", "center", 1.36),
            Column("Số lần truyền thông", "right", 1.15),
        ),
        shown=[
            (
                str(at),
                text(row["title"]),
                *(_date(coverage.subject, row[name]) for name in fields),
                words.number(coverage.told(row["policy_id"])),
            )
            for at, row in enumerate(rows, 1)
        ],
        data=(
            ("policy_id", "title", "document_type", *fields, "communications"),
            [
                (
                    row["policy_id"],
                    row["title"],
                    row["document_type"],
                    *(row[f] for f in fields),
                    coverage.told(row["policy_id"]),
                )
                for row in rows
            ],
        ),
        limit=MOST_ROWS,
        note=f"Số lần truyền thông: các hoạt động từ khi lấy ý kiến đến {coverage.subject.until}.",
        name="phu-luc-1-chinh-sach",
    )


def _date(subject: Subject, when: pd.Timestamp | None) -> str:
    """A date of the reference table; after T it is only planned."""
    return f"{day(when)} (dự kiến)" if when is not None and when > subject.cutoff else day(when) or "–"


def annex_activities(coverage: Coverage) -> Blocks:
    """Return annex II: every counted activity of the period, or at a higher level the figures of each unit."""
    subject = coverage.subject
    start = annex(subject, "II", "Số liệu hoạt động trong kỳ")
    if not counted(subject):
        return Blocks.of(
            start,
            Paragraphs(
                ("Trong kỳ không phát sinh hoạt động.",)
                if subject.reported
                else ("Chưa có số liệu về hoạt động trong kỳ.",)
            ),
            product_list(subject),
            annex_units(subject),
            annex_trend(subject),
        )
    activities = _by_unit(subject) if subject.pooled else _activities(coverage)
    forms = None if subject.pooled else form_table(subject)  # which section II.3 shows of several units
    below = (forms, by_audience(subject), product_list(subject), annex_units(subject), annex_trend(subject))
    return Blocks.of(start, activities, *below)


def _activities(coverage: Coverage) -> Table:
    rows = sorted(counted(coverage.subject), key=by("date", "activity_id"))
    shown = []
    for at, row in enumerate(rows, 1):
        about = label("activity_kind", row["kind"])
        if row["policy_id"] is not None:
            about = f"{about}: {words.shortened(coverage.title(row['policy_id']), 160)}"
        about += _MARKS[row["outside"]]
        shown.append((str(at), day(row["date"]), about, label("activity_form", row["form"]), _measures(row)))
    names = ("activity_id", "date", "kind", "policy_id", "form", "audiences", *(m for m in MEASURES if m != "online"))
    names = (*names, "online_documents", "social_posts")
    return table(
        "Các hoạt động do đơn vị chủ trì trong kỳ",
        (
            NUMBER,
            Column("Ngày", "center", 1.3),
            Column("Nội dung", "left", 3.6),
            Column("Hình thức", "left", 1.5),
            Column("Số liệu", "left", 1.9),
        ),
        shown=shown,
        data=(names, [[row[name] for name in names] for row in rows]),
        limit=MOST_ROWS,
        note=" ".join(note for reason, note in _OUTSIDE.items() if any(row["outside"] == reason for row in rows)),
        name="phu-luc-2-hoat-dong",
    )


_MARKS = {"": "", "window": " (*)", "scope": " (**)"}
_OUTSIDE = {
    "window": "(*) Ngoài thời gian xây dựng chính sách nên không tính là truyền thông dự thảo chính sách.",
    "scope": "(**) Chính sách ngoài phạm vi Đề án hoặc đã rút nên không tính trong các tỷ lệ về chính sách.",
}
_SHORT = {
    "sessions": "cuộc",
    "attendances": "lượt người",
    "news_items": "tin, bài",
    "broadcasts": "lượt phát",
    "printed_documents": "tài liệu in",
    "online": "tài liệu, bài trên mạng",
}


def _measures(row: dict) -> str:
    told = [f"{amount(row[name])} {unit}" for name, unit in _SHORT.items() if amount(row[name]) not in ("–", "0")]
    return "; ".join(told) or "–"


def _by_unit(subject: Subject) -> Table:
    groups: dict[str, list[dict]] = {}
    for row in counted(subject):
        groups.setdefault(row["owner"], []).append(row)
    raw = [(unit, subject.names[unit], *_sums(groups[unit])) for unit in sorted(groups)]
    shown = [(str(at), name, *map(amount, sums)) for at, (_, name, *sums) in enumerate(raw, 1)]
    shown.append(("", "Cộng", *map(amount, _sums(counted(subject)))))
    return table(
        "Số liệu hoạt động trong kỳ theo đơn vị báo cáo",
        (
            NUMBER,
            Column("Đơn vị", "left", 2.2),
            Column("Số hoạt động", "right", 0.95),
            *(Column(t, "right", 0.95) for t in MEASURES.values()),
        ),
        shown=shown,
        data=(("unit_id", "unit", "activities", *MEASURES), raw),
        totals=(len(shown) - 1,),
        limit=MOST_ROWS,
        note="Dấu “–”: không ghi nhận. Số liệu của đơn vị đã sáp nhập được tính cho đơn vị kế thừa.",
        name="phu-luc-2-hoat-dong",
    )


def _sums(rows: list[dict]) -> list[int | None]:
    """The number of activities, and each measure over them."""
    return [len(rows), *(total(row[name] for row in rows) for name in MEASURES)]


def annex_obstacles(subject: Subject) -> Blocks:
    """Return annex III: every obstacle of the year to T with what was proposed and whether it is resolved."""
    start = annex(subject, "III", "Khó khăn, vướng mắc và kiến nghị")
    rows = reported(subject)
    if not rows:
        none = subject.result("VM-01").known
        said = "Không có khó khăn, vướng mắc được phản ánh." if none else "Chưa có thông tin về khó khăn, vướng mắc."
        return Blocks.of(start, Paragraphs((said,)))
    unit = [Column("Đơn vị", "left", 1.2)] if subject.pooled else []
    shown = [
        (
            str(at),
            *((subject.reporter(row["_unit"]),) if subject.pooled else ()),
            label("obstacle_category", row["category"]),
            *_own_words(subject, row),
            _state(row),
        )
        for at, row in enumerate(rows, 1)
    ]
    names = ("obstacle_id", "category", "reported_date", "responsible_level", "resolved_date")
    said = () if subject.public else (Column("Nội dung", "left", 2.6),)
    names += () if subject.public else ("description", "proposal")
    made = table(
        f"Khó khăn, vướng mắc phản ánh từ đầu năm đến {subject.until}",
        (
            NUMBER,
            *unit,
            Column("Nhóm", "left", 1.4),
            *said,
            Column("Đề xuất, kiến nghị", "left", 2.2),
            Column("Giải quyết", "left", 1.4),
        ),
        shown=shown,
        data=(("unit_id", *names), [(row["_unit"], *(row[name] for name in names)) for row in rows]),
        limit=MOST_ROWS,
        name="phu-luc-3-vuong-mac",
    )
    return Blocks.of(start, made)


def _own_words(subject: Subject, row: dict) -> tuple[str, ...]:
    """What the unit wrote; the public edition tells only whether something was proposed."""
    proposal = text(row["proposal"])
    if subject.public:
        return ("Có, không nêu trong bản công khai" if proposal else "–",)
    return text(row["description"]), proposal or "–"


def _state(row: dict) -> str:
    level = label("responsible_level", row["responsible_level"])
    if row["resolved"]:
        return f"Đã giải quyết ngày {day(row['resolved_date'])}"
    return f"Chưa giải quyết; thẩm quyền: {level}" if level else "Chưa giải quyết"
