"""III.1: what went well – targets met, what was done wholly, what has improved; the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable

from kit.report import words
from kit.report.content.judgements import Judgement, Rule, comma, drafted, pooled, whole
from kit.report.content.result import Result, verdict
from kit.report.content.subject import Subject

ONLY = "chính sách duy nhất đã đến thời điểm đánh giá"
_IMPROVED = ("CS-04", "CS-03", "CS-07", "CD-02", "CD-03", "HD-01", "GY-02", "BC-01", "BC-02")
_MOST_IMPROVED = 2
_A_STEP = 5  # percentage points from which a change is worth a sentence


def strengths(subject: Subject) -> tuple[Judgement, ...]:
    """Return what went well, each sentence with the indicators it rests on."""
    made = drafted(subject, _RULES, good=True)
    said = {id for one in made for id in one.evidence}
    return made + tuple(_met(result) for result in subject.results.values() if _counts(result, said))


def _coverage(subject: Subject) -> str:
    result = subject.result("CS-01")
    full = result.known and result.n == result.of
    if not result.known or not (result.status == "met" or (result.status == "no_target" and full)):
        return ""
    if result.of == 1:
        return f"{ONLY} được truyền thông đủ các giai đoạn{comma(verdict(result))}"
    if full:
        return f"cả {words.number(result.of)} chính sách đều được truyền thông đủ các giai đoạn{comma(verdict(result))}"
    over = result.value - result.target
    how = f"vượt {words.percent(over).removesuffix('%')} điểm phần trăm" if over else "đúng bằng mức đề ra"
    return f"đạt chỉ tiêu của Kế hoạch về truyền thông đủ các giai đoạn, {how}"


def _groundwork(subject: Subject) -> str:
    result = subject.result("CD-01")
    if not result.known or result.n != result.of:
        return ""
    return f"hoàn thành các nhóm nhiệm vụ quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch{comma(verdict(result))}"


def _on_time(subject: Subject) -> str:
    done, on_time = subject.result("CD-02"), subject.result("CD-03")
    if not on_time.known or on_time.n != on_time.of or done.n != done.of:
        return ""
    if on_time.of == 1:
        return "nhiệm vụ duy nhất đến hạn đã hoàn thành đúng hạn"
    return f"cả {words.number(on_time.of)} nhiệm vụ đến hạn đều hoàn thành đúng hạn"


_RULES = (
    Rule(("CS-01",), _coverage),
    whole(
        "CS-03",
        f"{ONLY} được truyền thông ngay từ những ngày đầu lấy ý kiến",
        "cả {} chính sách đều được truyền thông ngay từ những ngày đầu lấy ý kiến",
    ),
    whole("CS-05", "", "các hoạt động truyền thông đề cập đủ sáu nội dung bắt buộc của mọi chính sách"),
    pooled(whole("CS-07", "", "mọi đơn vị được giao đều trực tiếp truyền thông, không có lượt giao nào bị bỏ sót")),
    Rule(("CD-01",), _groundwork),
    Rule(("CD-03", "CD-02"), _on_time),
    whole(
        "CD-06",
        "nhiệm vụ duy nhất phải có sản phẩm khi hoàn thành đã có sản phẩm theo yêu cầu",
        "cả {} nhiệm vụ đã hoàn thành và phải có sản phẩm đều có sản phẩm theo yêu cầu",
    ),
    whole("NT-03", "", "hoạt động truyền thông đến được cả {} nhóm đối tượng của Kế hoạch"),
    whole(
        "HD-01",
        "thành viên Hội đồng duy nhất đã tham gia hoạt động của Kế hoạch",
        "huy động được tất cả {} thành viên Hội đồng tham gia hoạt động của Kế hoạch",
    ),
    whole(
        "GY-02",
        "ý kiến góp ý duy nhất đã được tiếp thu, giải trình",
        "không còn ý kiến góp ý nào chưa được phản hồi trong {} ý kiến nhận được",
    ),
    pooled(whole("BC-02", "", "cả {} đơn vị gửi báo cáo đúng hạn")),
)


def _counts(result: Result, said: set[str]) -> bool:
    return result.status == "met" and result.indicator.id not in said


def _met(result: Result) -> Judgement:
    text = f"{result.indicator.title} là {result.full}, {verdict(result)}"
    return Judgement(words.sentence(text), (result.indicator.id,))


def improved(subject: Subject, named: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return figures that have risen clearly and are ``named`` neither as strength nor as limitation; at most two."""
    said = {id for one in named for id in one.evidence}
    found = [subject.change(id) for id in _IMPROVED if id not in said]
    up = [one for one in found if one and one.better and not one.small and abs(one.step) >= _A_STEP]
    up = [one for one in up if one.now.status not in ("nearly", "not_met")]
    up.sort(key=lambda one: -abs(one.step))
    return tuple(
        Judgement(words.sentence(f"{one.now.indicator.title} là {one.now.full}, {one.brief}"), (one.now.indicator.id,))
        for one in up[:_MOST_IMPROVED]
    )
