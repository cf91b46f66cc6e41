"""Strengths and limitations drafted from the figures: rules in order of importance, each with its evidence.

A rule says nothing where there is nothing to say: over 0 of 0, a missing figure, or a figure neither good nor bad. A
figure that is named as a strength is not named as a limitation, except by a rule that says on what ``beside`` it falls
short. How the figure moved since last year follows as part of the same sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kit.report import words
from kit.report.content.result import Result, verdict
from kit.report.content.subject import Subject

Say = Callable[[Subject], str]
_NAMED = 3
_MOST_MOVED = 2
_A_POINT = 1  # percentage points: less is not worth a word
# What a shortfall is the rest of, as the text goes on to say how it moved.
_RATES = {
    "CS-02": "tỷ lệ chính sách được truyền thông ít nhất một lần",
    "CS-03": "tỷ lệ chính sách được truyền thông ngay từ đầu",
    "CS-05": "độ đầy đủ nội dung",
    "CS-07": "tỷ lệ lượt đơn vị trực tiếp truyền thông",
    "CD-01": "tỷ lệ nhóm nhiệm vụ hoàn thành",
    "CD-03": "tỷ lệ hoàn thành đúng hạn",
    "CD-05": "tỷ lệ đạt chất lượng",
    "CD-06": "tỷ lệ có sản phẩm",
    "HD-01": "tỷ lệ thành viên tham gia",
    "GY-02": "tỷ lệ tiếp thu, giải trình",
    "KP-01": "tỷ lệ giải ngân",
    "BC-01": "tỷ lệ đơn vị gửi báo cáo",
}


@dataclass(frozen=True)
class Rule:
    """``say`` tests its condition and gives the sentence, or blank; ``evidence`` are the indicators it rests on."""

    evidence: tuple[str, ...]
    say: Say
    beside: bool = False  # may stand although the same figure is a strength
    moved: bool = True  # the change of the first indicator is told with it


@dataclass(frozen=True)
class Judgement:
    """One drafted sentence and the indicators it rests on."""

    text: str
    evidence: tuple[str, ...]


def drafted(
    subject: Subject, rules: Iterable[Rule], *, good: bool, taken: frozenset[str] = frozenset()
) -> tuple[Judgement, ...]:
    """Return what the rules say, in their order; ``taken`` are indicators already named on the other side."""
    said = [(rule, rule.say(subject)) for rule in rules if rule.beside or rule.evidence[0] not in taken]
    said = [(rule, text) for rule, text in said if text]
    tails = _tails(subject, [rule for rule, _ in said if rule.moved], good=good)
    return tuple(
        Judgement(words.sentence(text + tails.get(rule.evidence[0], "")), rule.evidence) for rule, text in said
    )


def _tails(subject: Subject, rules: Iterable[Rule], *, good: bool) -> dict[str, str]:
    """How the figures moved, of those only that moved most against what is said of them: a reader keeps no more."""
    tails = {rule.evidence[0]: moved(subject, rule.evidence[0], good=good) for rule in rules}
    changes = {id: subject.change(id) for id, tail in tails.items() if tail}
    order = sorted(changes, key=lambda id: (changes[id].better is not good, changes[id].small, -abs(changes[id].step)))
    return {id: tails[id] for id in order[:_MOST_MOVED]}


def moved(subject: Subject, indicator_id: str, *, good: bool) -> str:
    """How the figure moved since last year, as the end of a sentence on it; blank where it hardly did."""
    change = subject.change(indicator_id)
    if change is None or change.better is None or (not change.small and abs(change.step) < _A_POINT):
        return ""
    if good:
        how = "" if change.better else "cao hơn, "
        return f"; {change.when} {how}đạt {change.then.full}"
    if indicator_id not in _RATES:
        return f", {change.brief}"
    return f"; {_RATES[indicator_id]} {'đã ' if change.better else ''}{change.brief}"


def plainly(result: Result) -> str:
    """The title of an indicator in a sentence, with what it means where the title alone does not tell."""
    title = result.indicator.title
    return f"tỷ lệ giai đoạn đã đến có truyền thông ({title.lower()})" if result.indicator.id == "CS-04" else title


def comma(text: str) -> str:
    """Return a clause with the comma before it; blank for none."""
    return f", {text}" if text else ""


def whole(id: str, one: str, many: str) -> Rule:
    """A rule that speaks when a ratio is full: ``many`` takes the number, ``one`` stands for 1 of 1."""

    def say(subject: Subject) -> str:
        result = subject.result(id)
        if not result.known or result.n != result.of:
            return ""
        text = one if result.of == 1 else many.format(words.number(result.of))
        return text + comma(verdict(result)) if text else ""

    return Rule((id,), say)


def short(id: str, text: str, *, below: int = 100, none: str = "", noun: str = "") -> Rule:
    """A rule that speaks under ``below`` percent: ``text`` takes ``missing``, ``n``, ``of``, ``share``.

    ``none`` is said instead where the numerator is 0; with a ``noun`` (what is missing is counted in) the units below
    that most are missing from are named.
    """

    def say(subject: Subject) -> str:
        result = subject.result(id)
        missed = result.status in ("nearly", "not_met")
        if not result.known or result.status == "met" or (result.value >= below and not missed):
            return ""
        chosen = none if none and not result.n else text
        if result.of == 1:  # "1/1" of one thing reads as if there were more
            chosen = chosen.replace("còn {missing}/{of} ", "còn 1 ").replace("{missing}/{of} ", "1 ")
        said = chosen.format(
            missing=words.number(result.of - result.n),
            n=words.number(result.n),
            of=words.number(result.of),
            share=result.printed,
        )
        at = most_missing(subject, id, lambda one: one.of - one.n, noun) if noun else ""
        return said + at + comma(verdict(result))

    return Rule((id,), say)


def pooled(rule: Rule) -> Rule:
    """The same rule for units with others below them only."""
    return Rule(rule.evidence, lambda subject: rule.say(subject) if subject.pooled else "", rule.beside, rule.moved)


def most_missing(subject: Subject, id: str, missing: Callable[[Result], int], noun: str) -> str:
    """Name the units directly below where something is missing, at most three: `` (xã Mẫu Ba 4 nhóm, …)``."""
    counts = [(missing(results[id]), unit) for unit, results in subject.below.items() if id in results]
    counts = sorted(((count, unit) for count, unit in counts if count > 0), key=lambda pair: (-pair[0], pair[1]))
    if not counts or len(counts) == len(subject.below) > 3:
        return ""
    if len(counts) > _NAMED:  # the most only, where they are more than the next
        counts = [pair for pair in counts[:_NAMED] if pair[0] > counts[_NAMED][0]]
        first, between = "nhiều nhất là ", " với "
    else:
        first, between = "", " "
    named = [(words.in_sentence(subject.names[unit]), count) for count, unit in counts]
    if not named:
        return ""
    if named[0][1] == missing(subject.result(id)):
        return f" ({'đều ' if named[0][1] > 1 else ''}thuộc {named[0][0]})"
    if len(named) > 1 and named[0][1] == named[-1][1]:
        names = words.enumeration([name for name, _ in named])
        return f" ({first}{names}, mỗi đơn vị {words.number(named[0][1])} {noun})"
    told = [f"{name}{between}{words.number(count)} {noun}" for name, count in named]
    return f" ({first}{words.enumeration(told) if first else ', '.join(told)})"
