"""II.6. Money: allocated and spent by source, year to date (plan, part III)."""

from __future__ import annotations

from fractions import Fraction

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import remarks
from kit.report.content.records import within
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import table
from kit.schema.load import load_schema


def budget(subject: Subject) -> Blocks:
    """Return section II.6."""
    lines = budget_lines(subject)
    if not lines:
        said = (
            "Từ đầu năm không phát sinh khoản kinh phí riêng cho Kế hoạch."
            if subject.reported
            else "Chưa có số liệu về kinh phí thực hiện Kế hoạch."
        )
        return Blocks.of(Paragraphs((said, *remarks(subject, "budget"))))
    several = len({line["source"] for line in lines} - {None}) > 1  # the sentence tells all about a single one
    said = Paragraphs((_headline(subject, lines), *remarks(subject, "budget")))
    return Blocks.of(said, _by_source(lines) if several else None)


def budget_lines(subject: Subject) -> list[dict]:
    """Return the lines of money recorded from the beginning of the year to T."""
    return within(subject.records("budget"), "recorded_date", subject.scope.year_start, subject.cutoff)


def _headline(subject: Subject, lines: list[dict]) -> str:
    result = subject.result("KP-01")
    without = [line for line in lines if line["allocated"] is None]
    spent_without = _sum(without, "spent")
    parts = []
    if result.known:
        tail = f", {verdict(result)}" if verdict(result) else ""
        given = f"kinh phí được giao {words.number(result.denominator)} triệu đồng{_from(lines)}"
        blank = unspent(lines)
        if len(blank) + len(without) == len(lines):
            paid = "chưa ghi số đã chi"
        else:
            some = f"; {words.number(len(blank))} khoản chưa ghi số đã chi" if blank else ""
            paid = f"đã chi {words.number(result.numerator)} triệu đồng, đạt tỷ lệ giải ngân {result.full}{tail}{some}"
        parts.append(f"Từ đầu năm đến {subject.until}, {given}, {paid}")
    elif len(without) < len(lines):
        parts.append("Kinh phí được giao là 0 đồng nên không tính tỷ lệ giải ngân")
    if len(without):
        text = f"Kế hoạch có {words.number(len(without))} khoản chi lồng ghép, không bố trí kinh phí riêng"
        parts.append(f"{text}, đã chi {words.number(spent_without)} triệu đồng" if spent_without else text)
    return words.sentence("; ".join(parts))


def unspent(lines: list[dict]) -> list[dict]:
    """Return the lines with money of their own of which nobody wrote what was spent."""
    return [line for line in lines if line["allocated"] and line["spent"] is None]


def _from(lines: list[dict]) -> str:
    """The source in brackets where there is only one."""
    source, *others = {line["source"] for line in lines}
    name = label("budget_source", source)
    return f" (nguồn {name[:1].lower()}{name[1:]})" if name and not others else ""


def _sum(lines: list[dict], field: str) -> Fraction:
    """An exact sum: amounts such as 0,1 do not add up to 0,30000000000000004."""
    return sum((Fraction(str(float(line[field]))) for line in lines if line[field] is not None), Fraction(0))


def _by_source(lines: list[dict]) -> Table:
    """Allocated and spent by source; what was spent from lines without an allocation stands in a column of its own."""
    apart = any(line["allocated"] is None for line in lines)
    rows = []
    for source in load_schema().codelists["budget_source"].codes:
        if own := [line for line in lines if line["source"] == source]:
            rows.append((source, label("budget_source", source), *_amounts(own)))
    whole = ("", "Cộng", *_amounts(lines))
    columns = (
        Column("Nguồn kinh phí", "left", 3),
        Column("Được giao", "right", 1),
        Column("Đã chi", "right", 1),
        Column("Giải ngân", "right", 1),
        *((Column("Chi từ khoản không bố trí riêng", "right", 1.4),) if apart else ()),
    )
    shown = [
        (name, words.number(given), *_paid(paid, given), *((words.number(extra),) if apart else ()))
        for _, name, given, paid, extra in (*rows, whole)
    ]
    return table(
        "Kinh phí từ đầu năm theo nguồn (triệu đồng)",
        columns,
        shown=shown,
        data=(("source", "title", "allocated", "spent_of_allocated", "spent_without_allocation"), rows),
        totals=(len(rows),),
        name="kinh-phi",
    )


def _amounts(lines: list[dict]) -> tuple[Fraction, Fraction | None, Fraction]:
    """Allocated, spent of it (nothing where nobody wrote it), and spent from lines without an allocation."""
    own = [line for line in lines if line["allocated"] is not None]
    paid = _sum(own, "spent")
    written = not own or any(line["spent"] is not None for line in own)
    return _sum(lines, "allocated"), paid if written else None, _sum(lines, "spent") - paid


def _paid(spent: Fraction | None, allocated: Fraction) -> tuple[str, str]:
    """What was spent and its share of what was allocated, as printed."""
    if spent is None:
        return "–", "–"
    return words.number(spent), words.percent(spent * 100 / allocated) if allocated else words.NOTHING
