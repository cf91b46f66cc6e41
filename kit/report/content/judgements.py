"""Strengths and limitations drafted from the figures: each rule is one function from a subject to a sentence or blank.

A rule says nothing where there is nothing to say: over 0 of 0, a missing figure, or a figure neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kit.report import words
from kit.report.content.result import Result, declared, verdict
from kit.report.content.subject import Subject

Rule = Callable[[Subject], str]
_ONLY = "chính sách duy nhất đã đến thời điểm đánh giá"


def strengths(subject: Subject) -> tuple[str, ...]:
    """Return what went well: targets met, and what was done wholly."""
    return _said(subject, (_coverage_met, *_WHOLE_RULES, _targets_met))


def limitations(subject: Subject) -> tuple[str, ...]:
    """Return what fell short: targets missed, silences, delays, gaps in reporting."""
    return _said(subject, (_coverage_short, _never_told, *_SHORT_RULES, _targets_missed))


def _said(subject: Subject, rules: Iterable[Rule]) -> tuple[str, ...]:
    lines = (line for rule in rules for line in rule(subject).split("\n"))
    return tuple(words.sentence(line) for line in lines if line)


def _coverage_met(subject: Subject) -> str:
    result = subject.result("CS-01")
    if (
        not result.known
        or result.status not in ("met", "no_target")
        or (result.status == "no_target" and result.value != 100)
    ):
        return ""
    full = result.n == result.of
    which = f"cả {result.of}" if full else result.counts
    said = (
        f"{which} chính sách ({result.printed}) {'đều ' if full else ''}được" if result.of > 1 else f"{_ONLY} đã được"
    )
    return f"{said} truyền thông đủ các giai đoạn đã đến" + _comma(declared(result))


def _coverage_short(subject: Subject) -> str:
    result = subject.result("CS-01")
    if not result.known or result.n == result.of:
        return ""
    missed = result.status in ("nearly", "not_met")
    if result.of == 1:
        text = f"{_ONLY} chưa được truyền thông đủ các giai đoạn đã đến"
        return f"{text}, {verdict(result)}" if missed else text + _scheme(result)
    which = f"còn {words.number(result.of - result.n)}/{words.number(result.of)} chính sách chưa"
    if not result.n:
        which = f"chưa có chính sách nào trong {words.number(result.of)} chính sách"
    text = f"{which} được truyền thông đủ các giai đoạn đã đến"
    return f"{text}; tỷ lệ đạt được là {result.printed}, {verdict(result)}" if missed else text + _scheme(result)


def _scheme(result: Result) -> str:
    if result.target_national is None or result.status_national == "met":
        return ""
    return f", trong khi Đề án yêu cầu {words.number(result.target_national)}%"


def _never_told(subject: Subject) -> str:
    result = subject.result("CS-02")
    silent = result.of - result.n
    return f"{words.number(silent)} chính sách chưa được truyền thông lần nào" if silent else ""


def _comma(text: str) -> str:
    return f", {text}" if text else ""


def _whole(id: str, one: str, many: str) -> Rule:
    """A rule that speaks when a ratio is full: ``many`` takes the number, ``one`` stands for 1 of 1."""

    def rule(subject: Subject) -> str:
        result = subject.result(id)
        if not result.known or result.n != result.of:
            return ""
        text = one if result.of == 1 else many.format(words.number(result.of))
        return text + _comma(verdict(result)) if text else ""

    return rule


def _short(id: str, text: str, *, below: int = 100, none: str = "") -> Rule:
    """A rule that speaks under ``below`` percent: ``text`` takes ``missing``, ``n``, ``of``, ``share``.

    ``none`` is said instead where the numerator is 0.
    """

    def rule(subject: Subject) -> str:
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
        return said + _comma(verdict(result))

    return rule


def _sent_late(subject: Subject) -> str:
    late = subject.result("BC-01").n - subject.result("BC-02").n
    if late <= 0:
        return ""
    return (
        f"{words.number(late)} đơn vị gửi báo cáo muộn so với thời hạn"
        if subject.pooled
        else "gửi báo cáo muộn so với thời hạn"
    )


def _overdue(subject: Subject) -> str:
    result = subject.result("CD-04")
    if not result.value:
        return ""
    tail = _comma(verdict(result)) if result.status != "met" else ""
    return f"còn {result.printed} nhiệm vụ quá hạn chưa hoàn thành{tail}"


def _groundwork_done(subject: Subject) -> str:
    result = subject.result("CD-01")
    if not result.known or result.n != result.of:
        return ""
    return f"hoàn thành các nhóm việc quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch{_comma(verdict(result))}"


def _on_time(subject: Subject) -> str:
    done, on_time = subject.result("CD-02"), subject.result("CD-03")
    if not on_time.known or on_time.n != on_time.of or done.n != done.of:
        return ""
    return (
        "nhiệm vụ duy nhất đến hạn đã hoàn thành đúng hạn"
        if on_time.of == 1
        else f"cả {words.number(on_time.of)} nhiệm vụ đến hạn đều hoàn thành đúng hạn"
    )


def _pooled(rule: Rule) -> Rule:
    return lambda subject: rule(subject) if subject.pooled else ""


def _done_late(subject: Subject) -> str:
    done, on_time, overdue = subject.result("CD-02"), subject.result("CD-03"), subject.result("CD-04")
    if not on_time.known:
        return ""
    late = done.n - on_time.n
    if late <= 0 or overdue.value is None:
        return ""
    return f"{words.number(late)} nhiệm vụ hoàn thành muộn so với hạn"


_WHOLE_RULES: tuple[Rule, ...] = (
    _whole(
        "CS-03",
        f"{_ONLY} đã được truyền thông ngay từ khi lấy ý kiến",
        "cả {} chính sách đều được truyền thông ngay từ khi lấy ý kiến",
    ),
    _whole("CS-05", "", "sáu nội dung bắt buộc đều đã được truyền thông"),
    _groundwork_done,
    _on_time,
    _whole(
        "CD-06",
        "nhiệm vụ duy nhất đã hoàn thành có sản phẩm theo yêu cầu",
        "cả {} nhiệm vụ hoàn thành đều có sản phẩm theo yêu cầu",
    ),
    _whole("NT-03", "", "tiếp cận đủ {} nhóm đối tượng của Kế hoạch"),
    _whole(
        "HD-01",
        "thành viên Hội đồng duy nhất đã tham gia hoạt động của Kế hoạch",
        "cả {} thành viên Hội đồng đều tham gia hoạt động của Kế hoạch",
    ),
    _whole(
        "GY-02",
        "ý kiến góp ý duy nhất đã được tiếp thu, giải trình",
        "toàn bộ {} ý kiến góp ý đã được tiếp thu, giải trình",
    ),
    _pooled(_whole("BC-02", "", "cả {} đơn vị gửi báo cáo đúng hạn")),
)
_SHORT_RULES: tuple[Rule, ...] = (
    _short(
        "CS-03",
        "mới có {n}/{of} chính sách ({share}) được truyền thông ngay từ khi lấy ý kiến",
        below=70,
        none="chưa có chính sách nào được truyền thông ngay từ khi lấy ý kiến",
    ),
    _short(
        "CS-05", "nội dung truyền thông chưa đầy đủ, mới bao gồm {n}/{of} lượt nội dung bắt buộc ({share})", below=70
    ),
    _pooled(_short("CS-07", "{missing}/{of} lượt đơn vị được giao chưa tự truyền thông")),
    _short("CD-01", "còn {missing}/{of} nhóm việc quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch chưa hoàn thành"),
    _overdue,
    _done_late,
    _short("CD-05", "{missing}/{of} nhiệm vụ hoàn thành chưa đạt chất lượng"),
    _short("CD-06", "{missing}/{of} nhiệm vụ hoàn thành chưa có sản phẩm theo yêu cầu"),
    _short(
        "HD-01",
        "mới có {n}/{of} thành viên Hội đồng ({share}) được ghi nhận tham gia hoạt động",
        below=50,
        none="chưa ghi nhận thành viên Hội đồng nào tham gia hoạt động",
    ),
    _short("GY-02", "còn {missing}/{of} ý kiến góp ý chưa được tiếp thu, giải trình"),
    _pooled(
        _short("BC-01", "{missing}/{of} đơn vị chưa gửi báo cáo của kỳ", none="chưa đơn vị nào gửi báo cáo của kỳ")
    ),
    _sent_late,
)
_SAID_WHOLE = frozenset(("CS-03", "CS-05", "CD-01", "CD-06", "NT-03", "HD-01", "GY-02", "BC-02"))
_SPOKEN = frozenset(("CS-01", "CS-03", "CS-05", "CS-07", "CD-01", "CD-04", "CD-05", "CD-06", "HD-01", "GY-02", "BC-01"))


def _targets_met(subject: Subject) -> str:
    """Targets met without being wholly fulfilled, or of figures that no rule above speaks of."""
    met = [result for id, result in subject.results.items() if id != "CS-01" and result.status == "met"]
    full = [result for result in met if result.indicator.id in _SAID_WHOLE and result.n == result.of]
    return "\n".join(_line(result) for result in met if result not in full)


def _targets_missed(subject: Subject) -> str:
    missed = [result for id, result in subject.results.items() if id not in _SPOKEN]
    return "\n".join(_line(result) for result in missed if result.status in ("nearly", "not_met"))


def _line(result: Result) -> str:
    return f"{result.indicator.title} là {result.full}, {verdict(result)}"
