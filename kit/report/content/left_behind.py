"""IV. What a period leaves behind: stages that nobody can tell any more, and what its target lacked."""

from __future__ import annotations

import math

from kit.periods import Period
from kit.report import words
from kit.report.content.coverage import Coverage
from kit.report.content.outlook import ends_in_year, so_far
from kit.report.content.result import limit_words

_DECEMBER = 12


def year_over(coverage: Coverage) -> tuple[str, ...]:
    """Return what the year lacked and hands on.

    Nothing is reckoned to a year's end that has come, or that a free period or an ending unit does not reach.
    """
    if ends_in_year(coverage.subject):
        return ()
    return _needed(coverage), _carried_over(coverage)


def _carried_over(coverage: Coverage) -> str:
    """At the end of a year: policies that are not adopted yet go on."""
    period = coverage.subject.period
    if period.free or period.last < _DECEMBER:
        return ""
    going = [policy["policy_id"] for policy in coverage.rows if policy["window_end"] > coverage.subject.cutoff]
    if not going:
        return ""
    year = period.year + 1
    if len(going) == 1:
        return (
            f"Tiếp tục đưa vào kế hoạch truyền thông năm {year} chính sách chưa thông qua: {coverage.title(going[0])}."
        )
    return (
        f"Chuyển tiếp {words.number(len(going))} chính sách chưa được thông qua vào kế hoạch truyền thông năm {year}."
    )


def lost(coverage: Coverage) -> str:
    """Return the sentence on policies with a stage that has ended untold; a blank without any."""
    over = [stage["policy_id"] for stage in coverage.silent if not stage["still_open"]]
    if not over:
        return ""
    count, gone = words.number(len(set(over))), "giai đoạn này" if len(over) == 1 else "các giai đoạn này"
    known = so_far(coverage.subject)
    if known:  # what is not yet reported may have been done
        return words.capitalised(
            f"{known}{count} chính sách có giai đoạn đã kết thúc mà chưa ghi nhận truyền thông (nêu tại mục II.2); rà "
            "soát, bổ sung số liệu nếu đã truyền thông."
        )
    return (
        f"Rút kinh nghiệm đối với {count} chính sách có giai đoạn đã kết thúc mà chưa được truyền thông "
        f"(nêu tại mục II.2); {gone} không thể truyền thông bổ sung."
    )


def _needed(coverage: Coverage) -> str:
    """How many more policies the declared target still asks for, and whether open stages allow it."""
    result = coverage.subject.result("CS-01")
    if not result.known or result.target is None or result.status == "met":
        return ""
    needed = math.ceil(result.target * result.denominator / 100 - result.numerator)
    silent = coverage.silent
    lost = {stage["policy_id"] for stage in silent if not stage["still_open"]}
    possible = len({stage["policy_id"] for stage in silent} - lost)
    target, of = limit_words(result, result.target), words.number(result.of)
    period = coverage.subject.period
    if not period.free:
        return words.capitalised(f"{so_far(coverage.subject)}{_short_of(period, needed, possible, target)}")
    if possible >= needed:
        return (
            f"Để đạt chỉ tiêu {target}, cần thêm ít nhất {words.number(needed)} chính sách được truyền thông đủ các "
            f"giai đoạn (tính trên {of} chính sách của kỳ này); {words.number(possible)} chính sách còn có thể bổ "
            "sung vì các giai đoạn còn thiếu chưa kết thúc."
        )
    which = "chính sách duy nhất" if result.of == 1 else f"{of} chính sách"
    can = f"chỉ {words.number(possible)} chính sách" if possible else "không còn chính sách nào"
    why = "giai đoạn chưa được truyền thông đã kết thúc"
    if result.of > 1:
        why = f"cần thêm {words.number(needed)} chính sách được truyền thông đủ nhưng {can} còn có thể bổ sung"
    return (
        f"Chỉ tiêu {target} không còn khả năng đạt được đối với {which} của kỳ này ({why}); từ kỳ tới cần truyền "
        "thông đủ các giai đoạn của những chính sách mới ngay từ khi lấy ý kiến."
    )


def _short_of(period: Period, needed: int, possible: int, target: str) -> str:
    """At the end of a year: what is missing is said, and what the next year can do about it."""
    which, after = f"năm {period.year}" if period.is_year else "kỳ này", period.year + 1
    then = f"từ năm {after} cần truyền thông đủ các giai đoạn của mỗi chính sách ngay từ khi lấy ý kiến"
    if possible:
        then = f"{words.number(possible)} chính sách còn giai đoạn chưa kết thúc, cần truyền thông ngay đầu năm {after}"
    lacking = f"{which} còn thiếu {words.number(needed)} chính sách được truyền thông đủ các giai đoạn"
    return f"{lacking} để đạt chỉ tiêu {target}; {then}."
