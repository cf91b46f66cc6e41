"""III, opening: the headline figures beside those of the same period last year and of the period before."""

from __future__ import annotations

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.change import NOUNS, Change, Past
from kit.report.content.result import Result
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import plain, table

_COMPARED = ("CS-01", "CS-02", "CS-03", "CS-06", "CS-07", "CD-01", "CD-02", "NT-01", "NT-02", "HD-01", "GY-02", "BC-01")
_POOLED = frozenset(("CS-07", "BC-01"))
_FEWEST_ROWS = 3  # fewer are read faster in a sentence


def trend(subject: Subject) -> Blocks:
    """Return the comparison with earlier periods; a sentence where none is possible, nothing for a free period.

    The table of one unit alone stands in annex II: its cards tell the changes of the headline figures.
    """
    if not subject.pasts:
        return Blocks()
    last = subject.pasts[0]
    changes = _changes(subject, last)
    listed = len(changes) >= _FEWEST_ROWS
    if not changes:
        said = _why_not(last)
    elif not listed:
        said = "; ".join(_told(one) for one in changes.values())
    else:
        said = "" if subject.pooled else f"so sánh các chỉ số chính với {last.when} nêu tại bảng ở Phụ lục II"
    lines = (said, _answers(subject, last))
    shown = Paragraphs(tuple(words.sentence(line) for line in lines if line))
    return Blocks.of(shown if shown.items else None, _table(subject, changes) if listed and subject.pooled else None)


def annex_trend(subject: Subject) -> Table | None:
    """Return the comparison table of one unit alone; nothing where the text has it or it would be too short."""
    changes = {} if subject.pooled or not subject.pasts else _changes(subject, subject.pasts[0])
    return _table(subject, changes) if len(changes) >= _FEWEST_ROWS else None


def _changes(subject: Subject, past: Past) -> dict[str, Change]:
    chosen = [id for id in _COMPARED if subject.pooled or id not in _POOLED]
    return {id: change for id in chosen if (change := past.change(subject.result(id)))}


def _why_not(last: Past) -> str:
    reason = last.reason or "các chỉ số chính không có số liệu của cả hai kỳ"
    return f"không so sánh với {last.when} vì {reason}"


def _told(change: Change) -> str:
    return f"{change.now.indicator.title} {change.words}"


def _answers(subject: Subject, last: Past) -> str:
    """That not the same number of units answered, where it differs: it explains part of a change."""
    then, now = last.answered, last.answered_now
    if not subject.pooled or last.reason or then[0] * now[1] == now[0] * then[1]:
        return ""
    return (
        f"số đơn vị đã có báo cáo cho thời gian này (kể cả trong báo cáo của kỳ dài hơn) là {words.counts(*now)}, "
        f"{last.when} là {words.counts(*then)}; cần lưu ý khi so sánh"
    )


def _table(subject: Subject, changes: dict[str, Change]) -> Table:
    before = subject.pasts[1] if len(subject.pasts) > 1 and not subject.pasts[1].reason else None
    figures = before.figures if before else {}
    known = {id: figures[id] for id in changes if id in figures and figures[id].known}
    columns = [Column("Chỉ số", "left", 3), Column("Kỳ này", "right", 1.3)]
    columns += [Column(words.capitalised(before.when), "right", 1.4)] if before and known else []
    when = subject.pasts[0].when
    versus = "cùng kỳ" if when.startswith("cùng kỳ") else when
    columns += [Column(words.capitalised(when), "right", 1.4), Column(f"Thay đổi so với {versus}", "left", 1.6)]
    shown, raw = [], []
    for id, change in changes.items():
        past = (_amount(known.get(id)),) if known else ()
        shown.append((change.now.indicator.title, _amount(change.now), *past, _amount(change.then), _step(change)))
        raw.append(
            (id, change.now.indicator.title, *(plain(each) for one in (change.now, change.then) for each in _raw(one)))
        )
    notes = ["Dấu “–”: không có số liệu hoặc không so sánh được."] if any("–" in row for row in shown) else []
    if any(change.small and change.step for change in changes.values()):
        notes.append("Tỷ lệ tính trên ít hơn 5 trường hợp chỉ nêu cao hơn hay thấp hơn.")
    return table(
        "So sánh với các kỳ trước",
        columns,
        shown=shown,
        data=(_HEADER, raw),
        note=" ".join(notes),
        name="so-sanh-ky-truoc",
    )


_HEADER = (
    "indicator_id",
    "title",
    *(f"{what}_{at}" for at in ("now", "then") for what in ("numerator", "denominator", "value")),
)


def _raw(result: Result) -> tuple[object, ...]:
    return result.numerator, result.denominator, result.value


def _amount(result: Result | None) -> str:
    if result is None or not result.known:
        return "–"
    noun = NOUNS.get(result.indicator.id, "") if result.indicator.kind == "sum" else ""
    return f"{result.full} {noun}".strip()


def _step(change: Change) -> str:
    """The change alone, without what it is compared with."""
    if not change.step:
        return "Không đổi"
    return words.capitalised(change.brief.split(" so với ")[0].replace(f" {change.when}", "").strip())
