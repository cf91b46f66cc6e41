"""At a glance: the headline indicators as cards, one sentence each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from kit.indicators.steering import GROUPS
from kit.report import words
from kit.report.blocks import Card, Cards
from kit.report.content.activities import unlikely
from kit.report.content.aside import records_aside, without_for
from kit.report.content.result import Result
from kit.report.content.subject import Subject
from kit.report.content.tasks import ABSENT, PENDING, UNREAD, groundwork
from kit.report.plain import STATUS_WORDS

OF_ONE_UNIT = ("CS-01", "CS-02", "CS-03", "CD-01", "CD-02", "NT-02")
OF_SEVERAL = ("CS-01", "CS-07", "CD-01", "CD-02", "NT-02", "BC-01")
TITLES = {
    "CS-01": "Chính sách được truyền thông đủ các giai đoạn",
    "CS-02": "Chính sách được truyền thông ít nhất một lần",
    "CS-03": "Chính sách được truyền thông ngay từ khi lấy ý kiến",
    "CS-07": "Lượt đơn vị được giao đã truyền thông",
    "CD-01": "Quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch",
    "CD-02": "Nhiệm vụ đến hạn đã hoàn thành",
    "NT-02": "Lượt người tham dự",
    "BC-01": "Đơn vị đã gửi báo cáo",
}


def cards(subject: Subject) -> Cards:
    """Return the headline indicators of the unit."""
    chosen = OF_SEVERAL if subject.pooled else OF_ONE_UNIT
    return Cards(tuple(_card(subject, subject.result(id)) for id in chosen))


def _card(subject: Subject, result: Result) -> Card:
    id = result.indicator.id
    say = _SENTENCES.get(id)
    said = [say(subject, result) if say else "", without_for(subject, id) if result.status == "met" else ""]
    change = subject.change(id)
    return Card(
        id,
        _title(subject, result),
        words.capitalised(result.printed),
        counts=result.counts,
        target=re.sub("^từ ", "tối thiểu ", result.target_words),
        status=result.status,
        status_text=STATUS_WORDS[result.status] if result.known else "Chưa đánh giá",
        change=words.capitalised(change.words) if change else "",
        sentence=words.sentence("; ".join(filter(None, said))),
    )


def _title(subject: Subject, result: Result) -> str:
    """A year's figure has all its tasks, also those that are due after T."""
    if result.indicator.id == "CD-02" and subject.period.is_year:
        return "Nhiệm vụ của năm đã hoàn thành"
    return TITLES.get(result.indicator.id, result.indicator.title)


def _full_coverage(subject: Subject, result: Result) -> str:
    if not result.known:
        return "Trong kỳ chưa có chính sách đến thời điểm đánh giá"
    missing = result.of - result.n
    national = ""
    if result.target_national is not None and result.target_national != result.target:
        national = f"; Đề án yêu cầu {words.number(result.target_national)}%"
    if not missing:
        return f"Mọi giai đoạn đã đến của {_these(result.of)} đều có truyền thông{national}"
    return f"{words.number(missing)} chính sách còn giai đoạn chưa có hoạt động truyền thông{national}"


def _these(count: int) -> str:
    return "chính sách này" if count == 1 else f"cả {words.number(count)} chính sách"


def _any_coverage(subject: Subject, result: Result) -> str:
    if not result.known:
        return ""
    silent = result.of - result.n
    if silent:
        return f"{words.number(silent)} chính sách chưa được truyền thông lần nào"
    return f"{_these(result.of)} đều đã được truyền thông" if result.of > 1 else "Chính sách này đã được truyền thông"


def _from_the_start(subject: Subject, result: Result) -> str:
    days = subject.result("CS-06")
    if not result.known:
        return ""
    if not days.known:
        return "Chưa có lần truyền thông nào để tính thời gian"
    if days.of == 1:
        when = f"sau {days.printed} kể từ khi" if days.value else "ngay trong ngày bắt đầu"
        return f"Lần truyền thông đầu tiên {when} lấy ý kiến"
    return f"Thời gian từ khi lấy ý kiến đến lần truyền thông đầu tiên có trung vị {days.printed}"


def _assigned(subject: Subject, result: Result) -> str:
    if not result.known:
        return "Không có lượt giao nào đến thời điểm đánh giá"
    silent = result.of - result.n
    if silent:
        return f"{words.number(silent)} lượt đơn vị được giao chưa trực tiếp truyền thông"
    return "Mọi đơn vị được giao đều đã trực tiếp truyền thông"


def _groundwork(subject: Subject, result: Result) -> str:
    if not result.known:
        if records_aside(subject, "tasks"):
            return f"Số liệu các nhiệm vụ của kế hoạch năm {subject.period.year} có lỗi chưa sửa nên chưa được tính"
        return f"Chưa ghi nhận nhiệm vụ nào của kế hoạch năm {subject.period.year}"
    if result.n == result.of:
        done = "Cả bốn nhóm nhiệm vụ đã hoàn thành"
        return done if result.of == len(GROUPS) else f"{done} ở mọi đơn vị có nhiệm vụ"
    if result.of > len(GROUPS):
        units = words.number(result.of // len(GROUPS))
        return (
            f"Còn {words.counts(result.of - result.n, result.of)} nhóm nhiệm vụ chưa hoàn thành hoặc chưa có nhiệm vụ, "
            f"tính trên {units} đơn vị có nhiệm vụ"
        )
    return words.capitalised("; ".join(_missing_groups(subject)))


def _missing_groups(subject: Subject) -> list[str]:
    """Why groups of the four are missing: a task is not done, has errors not yet corrected, or there is none."""
    states = Counter(groundwork(subject).values())
    kinds = {
        PENDING: "{} nhóm nhiệm vụ chưa hoàn thành",
        UNREAD: "{} nhóm chưa được tính do số liệu nhiệm vụ có lỗi chưa sửa",
        ABSENT: "{} nhóm chưa có nhiệm vụ trong kế hoạch",
    }
    return [said.format(words.number(states[kind])) for kind, said in kinds.items() if states[kind]]


def _completion(subject: Subject, result: Result) -> str:
    overdue = subject.result("CD-04")
    if overdue.value is None:
        return ""
    if not overdue.value and not result.known:
        return "Chưa có nhiệm vụ đến hạn"
    said = f"{overdue.printed} nhiệm vụ quá hạn" if overdue.value else "Không có nhiệm vụ quá hạn"
    waiting = result.of - result.n - int(overdue.value)
    if waiting > 0 and subject.period.is_year:
        return f"{said}; {words.number(waiting)} nhiệm vụ còn trong hạn tính đến {subject.until}"
    return f"{said} tính đến {subject.until}" if overdue.value else said


def _attendances(subject: Subject, result: Result) -> str:
    sessions = subject.result("NT-01")
    if not result.known:
        return "Chưa có hoạt động nào ghi số lượt người tham dự"
    high = [row["attendances"] for row in unlikely(subject)]
    doubt = f"có {words.number(sum(high))} lượt cao bất thường, chưa được xác minh" if high else ""
    told = f"Trong kỳ có {sessions.printed} cuộc nâng cao nhận thức, quán triệt" if sessions.value else ""
    return "; ".join(filter(None, (told, doubt)))


def _sent(subject: Subject, result: Result) -> str:
    on_time = subject.result("BC-02")
    if not result.n:
        return "Chưa có đơn vị nào gửi báo cáo của kỳ"
    if on_time.n == result.n > 1:
        return f"Cả {words.number(result.n)} đơn vị đã gửi đều đúng hạn"
    return f"{words.number(on_time.n)} đơn vị gửi đúng hạn" if on_time.n else "Không có đơn vị nào gửi đúng hạn"


_SENTENCES: dict[str, Callable[[Subject, Result], str]] = {
    "CS-01": _full_coverage,
    "CS-02": _any_coverage,
    "CS-03": _from_the_start,
    "CS-07": _assigned,
    "CD-01": _groundwork,
    "CD-02": _completion,
    "NT-02": _attendances,
    "BC-01": _sent,
}
