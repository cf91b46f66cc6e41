"""II.4. Opinions on drafts: received, accepted, explained, by policy and by respondents."""

from __future__ import annotations

from collections import Counter

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import remarks
from kit.report.content.records import within
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, amount, table, text
from kit.schema.load import load_schema

_SUMS = ["received", "accepted", "explained"]


def feedback(subject: Subject) -> Blocks:
    """Return section II.4."""
    rows = within(subject.records("feedback"), "date", subject.scope.start, subject.cutoff)
    if not rows:
        return Blocks.of(Paragraphs((_nothing(subject), *remarks(subject, "feedback"))))
    return Blocks.of(
        Paragraphs(tuple(filter(None, (_headline(subject, rows), _respondents(rows), *remarks(subject, "feedback"))))),
        _by_policy(subject, rows),
    )


def _nothing(subject: Subject) -> str:
    if not subject.has_sheet("feedback"):
        return (
            "Việc tiếp nhận, tiếp thu, giải trình ý kiến góp ý do cơ quan chủ trì soạn thảo và cơ quan cấp trên theo "
            f"dõi, tổng hợp; {subject.name_inside} không lập biểu này."
        )
    if subject.reported:
        return "Trong kỳ không phát sinh ý kiến góp ý đối với các dự thảo chính sách."
    return "Chưa có số liệu về ý kiến góp ý trong kỳ."


def _headline(subject: Subject, rows: list[dict]) -> str:
    received, answered = subject.result("GY-01"), subject.result("GY-02")
    if not answered.known:
        return "Trong kỳ không nhận được ý kiến góp ý nào đối với các dự thảo chính sách."
    policies = len({row["policy_id"] for row in rows if (row["received"] or 0) > 0} - {None})
    _, accepted, explained = _sums(rows)
    tail = f", {verdict(answered)}" if verdict(answered) else ""
    text = f"Trong kỳ nhận được {received.printed} ý kiến góp ý đối với {words.number(policies)} dự thảo chính sách; "
    if not answered.n:
        return f"{text}chưa có ý kiến nào được tiếp thu, giải trình{tail}."
    done = "tiếp thu" if not explained else "giải trình" if not accepted else "tiếp thu, giải trình"
    text += f"{answered.counts} ý kiến ({answered.printed}) được {done}{tail}"
    if accepted and explained:
        text += (
            f", gồm {words.number(accepted)} ý kiến được tiếp thu và {words.number(explained)} ý kiến được giải trình"
        )
    pending = answered.of - answered.n
    return f"{text}; còn {words.number(pending)} ý kiến chưa được tiếp thu, giải trình." if pending else f"{text}."


def _respondents(rows: list[dict]) -> str:
    """Who gave the opinions; nothing where nobody wrote it down."""
    sums: Counter[str | None] = Counter()
    for row in rows:
        sums[row["respondents"]] += row["received"] or 0
    order = [code for code in load_schema().codelists["respondents"].codes if sums[code]]
    told = [f"{_inside(label('respondents', code))} {words.number(sums[code])} ý kiến" for code in order]
    told += [f"chưa ghi đối tượng {words.number(sums[None])} ý kiến"] if sums[None] and told else []
    return f"Theo đối tượng góp ý: {'; '.join(told)}." if told else ""


def _inside(respondents: str) -> str:
    return respondents if respondents == "Nhân dân" else respondents.lower()


def _by_policy(subject: Subject, rows: list[dict]) -> Table:
    policies = subject.data.frames["policies"]
    titles = dict(zip(policies["policy_id"].tolist()[::-1], policies["title"].tolist()[::-1], strict=True))
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(row["policy_id"], []).append(row)
    sums = sorted(((_sums(group), id) for id, group in groups.items()), key=lambda pair: (-pair[0][0], pair[1]))
    shown, raw = [], []
    for at, (numbers, id) in enumerate(sums, 1):
        title = text(titles.get(id)) or id
        numbers = (*numbers, _pending(numbers))
        shown.append((str(at), title, *map(amount, numbers)))
        raw.append((id, title, *numbers))
    whole = _sums(rows)
    shown.append(("", "Cộng", *map(amount, (*whole, _pending(whole)))))
    return table(
        "Ý kiến góp ý trong kỳ theo dự thảo chính sách",
        (
            NUMBER,
            Column("Dự thảo chính sách", "left", 3.4),
            Column("Nhận được", "right", 0.8),
            Column("Tiếp thu", "right", 0.8),
            Column("Giải trình", "right", 0.8),
            Column("Còn lại", "right", 0.8),
        ),
        shown=shown,
        data=(("policy_id", "title", *_SUMS, "unanswered"), raw),
        totals=(len(shown) - 1,),
        limit=15,
        name="gop-y",
    )


def _sums(rows: list[dict]) -> tuple[int, int, int]:
    """Opinions received, accepted and explained."""
    return tuple(sum(row[name] or 0 for row in rows) for name in _SUMS)


def _pending(sums: tuple[int, int, int]) -> int:
    received, accepted, explained = sums
    return received - accepted - explained
