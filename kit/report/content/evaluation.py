"""III.1–3. What changed, strengths, limitations, causes: drafted from the figures, then the unit's own words."""

from __future__ import annotations

from kit.report.blocks import Bullets, Heading, Paragraphs
from kit.report.content.causes import causes
from kit.report.content.judgements import Judgement
from kit.report.content.limitations import limitations
from kit.report.content.narrative import own_words
from kit.report.content.sequence import Blocks
from kit.report.content.strengths import improved, strengths
from kit.report.content.subject import Subject
from kit.report.content.trend import trend


def evaluation(subject: Subject) -> Blocks:
    """Return sections III.1 to III.3."""
    own = own_words(subject, "results", "strengths")
    good = strengths(subject)
    bad = limitations(subject, good)
    good += improved(subject, (*good, *bad))
    drafted = _texts(good) or (() if own else (_no_strength(subject),))
    return Blocks.of(
        trend(subject) if _judged(subject) else None,
        Heading("1. Kết quả đạt được, ưu điểm", 3),
        _part(drafted, own),
        Heading("2. Tồn tại, hạn chế", 3),
        _part(_texts(bad), own_words(subject, "limitations"), _no_limitation(subject)),
        Heading("3. Nguyên nhân", 3),
        _part((), (*causes(subject, bad), *own_words(subject, "causes")), _no_cause(subject, bad)),
    )


def _texts(made: tuple[Judgement, ...]) -> tuple[str, ...]:
    return tuple(one.text for one in made)


def _part(drafted: tuple[str, ...], own: tuple[str, ...], otherwise: str = "") -> Blocks:
    drafted = drafted or (() if own else (otherwise,))
    listed = Bullets(drafted) if len(drafted) > 1 else Paragraphs(drafted) if drafted else None
    return Blocks.of(listed, Paragraphs(own) if own else None)


def _judged(subject: Subject) -> bool:
    """True when there is a figure to judge the carrying out of the plan by."""
    return any(result.known for id, result in subject.results.items() if id[:2] in ("CS", "CD", "NT", "GY"))


def _no_strength(subject: Subject) -> str:
    if not _judged(subject):
        return "Chưa đủ số liệu để đánh giá kết quả thực hiện."
    aimed = [result for result in subject.results.values() if result.target is not None]
    if aimed and not any(result.known for result in aimed):
        return "Các nội dung có chỉ tiêu không phát sinh trong kỳ nên chưa có kết quả để đánh giá."
    if aimed:
        return "Theo số liệu hiện có, trong kỳ chưa có chỉ tiêu nào đạt."
    return "Theo số liệu hiện có, trong kỳ chưa có nội dung nào hoàn thành toàn bộ."


def _no_limitation(subject: Subject) -> str:
    if not _judged(subject):
        return "Chưa đủ số liệu để đánh giá tồn tại, hạn chế."
    return "Theo số liệu hiện có, trong kỳ không có tồn tại, hạn chế."


def _no_cause(subject: Subject, bad: tuple[Judgement, ...]) -> str:
    if bad or own_words(subject, "limitations"):
        return "Đơn vị chưa nêu nguyên nhân." if subject.reported else "Chưa có thông tin về nguyên nhân."
    if not _judged(subject):
        return "Chưa đủ số liệu để xác định nguyên nhân."
    return "Không có tồn tại, hạn chế phải nêu nguyên nhân."
