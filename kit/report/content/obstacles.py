"""III.4. Difficulties: by category with the number of reporting units, then in the units' own words."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from kit.report import words
from kit.report.blocks import Column, Heading, Paragraphs, Quote, Quotes, Table
from kit.report.content.aside import remarks
from kit.report.content.difficulties import by_category, reported, units_without
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import amount, day, table

MOST_QUOTES = 6
_QUOTED = 3  # of one unit: so few are read in its own words


def obstacles(subject: Subject) -> Blocks:
    """Return section III.4."""
    heading = Heading("4. Khó khăn, vướng mắc", 3)
    rows = reported(subject)
    if not rows:
        return Blocks.of(heading, Paragraphs((_nothing(subject), *remarks(subject, "obstacles"))))
    table = _by_category(subject, rows) if len(rows) > (1 if subject.pooled or subject.public else _QUOTED) else None
    return Blocks.of(
        heading, Paragraphs((_headline(subject, rows), *remarks(subject, "obstacles"))), table, _quotes(subject, rows)
    )


def _nothing(subject: Subject) -> str:
    if not subject.result("VM-01").known:
        return "Chưa có thông tin về khó khăn, vướng mắc."
    return "Không có khó khăn, vướng mắc được phản ánh từ đầu năm."


def _headline(subject: Subject, rows: list[dict]) -> str:
    total, resolved = subject.result("VM-01"), subject.result("VM-02")
    units = len({row["owner"] for row in rows})
    by = f" của {words.number(units)} đơn vị" if subject.pooled else ""
    text = f"Từ đầu năm đến {subject.until} có {total.printed} khó khăn, vướng mắc{by} được phản ánh"
    if resolved.n == resolved.of:
        done = "đều đã được giải quyết" if resolved.of > 1 else "đã được giải quyết"
    elif resolved.n:
        done = f"đã giải quyết {resolved.full}"
    else:
        done = "chưa vướng mắc nào được giải quyết" if resolved.of > 1 else "chưa được giải quyết"
    none = units_without(subject)
    tail = f"; {words.number(none)} đơn vị báo cáo không có khó khăn, vướng mắc" if none and subject.pooled else ""
    return f"{text}; {done}{tail}."


def _by_category(subject: Subject, rows: list[dict]) -> Table:
    groups = by_category(rows)
    units = [Column("Số đơn vị phản ánh", "right", 1)] if subject.pooled else []
    shown = []
    for group in groups:
        by = (amount(group["units"]),) if subject.pooled else ()
        shown.append((group["title"], amount(group["rows"]), *by, amount(group["resolved"])))
    whole = (amount(len({row["owner"] for row in rows})),) if subject.pooled else ()
    shown.append(("Cộng", amount(len(rows)), *whole, amount(sum(row["resolved"] for row in rows))))
    return table(
        "Khó khăn, vướng mắc theo nhóm",
        (Column("Nhóm", "left", 3), Column("Số vướng mắc", "right", 1), *units, Column("Đã giải quyết", "right", 1)),
        shown=shown,
        data=(
            ("category", "title", "obstacles", "units", "resolved"),
            [(g["category"], g["title"], g["rows"], g["units"], g["resolved"]) for g in groups],
        ),
        totals=(len(shown) - 1,),
        note="Ở dòng Cộng, mỗi đơn vị chỉ tính một lần." if subject.pooled else "",
        name="vuong-mac",
    )


def _quotes(subject: Subject, rows: list[dict]) -> Blocks:
    """One quote for each category first, then the others; the open ones before the resolved ones."""
    if subject.public:  # obstacles have no consent to be quoted
        return Blocks()
    turns: Counter[str] = Counter()
    ranked = []
    for row in sorted((row for row in rows if row["description"] is not None), key=itemgetter("resolved")):
        ranked.append((turns[row["category"]], row["order"], row))
        turns[row["category"]] += 1
    first = sorted(ranked, key=itemgetter(0, 1))[:MOST_QUOTES]
    quotes = []
    for _, _, row in sorted(first, key=itemgetter(1, 0)):
        unit = f"{subject.reporter(row['_unit'])}; " if subject.pooled else ""
        state = f"; đã giải quyết ngày {day(row['resolved_date'])}" if row["resolved"] else ""
        source = (
            f"{unit}{label('obstacle_category', row['category']).lower()}; phản "
            f"ánh ngày {day(row['reported_date'])}{state}"
        )
        quotes.append(Quote(words.shortened(row["description"]), words.capitalised(source)))
    if not quotes:
        return Blocks()
    part = f"Trích {words.counts(len(quotes), len(rows))} phản ánh; danh sách đầy đủ tại Phụ lục III."
    return Blocks.of(Paragraphs((part,)) if len(quotes) < len(rows) else None, Quotes(tuple(quotes)))
