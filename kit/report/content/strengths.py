"""III.1: what went well – targets met, what was done wholly, what has improved; the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable

from kit.indicators.steering import GROUPS
from kit.report import words
from kit.report.content.judgements import Judgement, Rule, comma, drafted, plainly, pooled, whole
from kit.report.content.result import SIX, Result, verdict
from kit.report.content.subject import Subject

ONLY = "chính sách duy nhất đã đến thời điểm đánh giá"
_FOUR = "quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch"
_IMPROVED = ("CS-04", "CS-03", "CS-07", "CD-02", "CD-03", "HD-01", "GY-02", "BC-01", "BC-02")
_MOST_IMPROVED = 2
_A_STEP = 5  # percentage points from which a change is worth a sentence


def strengths(subject: Subject) -> tuple[Judgement, ...]:
    """Return what went well, each sentence with the indicators it rests on."""
    made = _joined(drafted(subject, _RULES, good=True))
    said = {id for one in made for id in one.evidence}
    return made + tuple(_met(result) for result in subject.results.values() if _counts(result, said))


def _joined(made: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Several sentences on steering become one, in the place of the first: section I has their figures."""
    steering = [one for one in made if one.evidence[0].startswith("CD")]
    if len(steering) < 2:
        return made
    clauses = (one.text[0].lower() + one.text[1:].removesuffix(".").replace("; ", ", trong khi ") for one in steering)
    said = "; ".join(clauses).replace(f" {_FOUR}", "")  # which they are is said there
    text = f"Về công tác chỉ đạo, triển khai (mục I): {said}."
    whole = Judgement(text, tuple(id for one in steering for id in one.evidence))
    return tuple(whole if one is steering[0] else one for one in made if one not in steering[1:])


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
    where = "" if result.of == len(GROUPS) else " ở mọi đơn vị có nhiệm vụ"
    return f"hoàn thành cả bốn nhóm nhiệm vụ {_FOUR}{where}{comma(verdict(result))}"


def _on_time(subject: Subject) -> str:
    done, on_time = subject.result("CD-02"), subject.result("CD-03")
    if not on_time.known or on_time.n != on_time.of or done.n != done.of:
        return ""
    if on_time.of == 1:
        return "nhiệm vụ đến hạn đã hoàn thành đúng hạn"
    return "mọi nhiệm vụ đến hạn đều hoàn thành đúng hạn"


def _contents(subject: Subject) -> str:
    result = subject.result("CS-05")
    if not result.known or result.n != result.of:
        return ""
    of = "của chính sách đã truyền thông" if result.of == SIX else "của mọi chính sách đã truyền thông"
    return f"các hoạt động truyền thông đề cập đủ sáu nội dung bắt buộc {of}{comma(verdict(result))}"


_RULES = (
    Rule(("CS-01",), _coverage),
    whole(
        "CS-03",
        f"{ONLY} được truyền thông ngay từ những ngày đầu lấy ý kiến",
        "cả {} chính sách đều được truyền thông ngay từ những ngày đầu lấy ý kiến",
    ),
    Rule(("CS-05",), _contents),
    pooled(whole("CS-07", "", "mọi đơn vị được giao đều trực tiếp truyền thông, không có lượt giao nào bị bỏ sót")),
    Rule(("CD-01",), _groundwork),
    Rule(("CD-03", "CD-02"), _on_time),
    whole(
        "CD-06",
        "nhiệm vụ đã hoàn thành thuộc diện phải có sản phẩm đã có sản phẩm",
        "mọi nhiệm vụ đã hoàn thành thuộc diện phải có sản phẩm đều đã có sản phẩm",
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
        "cả {} ý kiến góp ý nhận được đều đã được tiếp thu, giải trình",
    ),
    pooled(whole("BC-02", "", "cả {} đơn vị gửi báo cáo đúng hạn")),
)


def _counts(result: Result, said: set[str]) -> bool:
    return result.status == "met" and result.indicator.id not in said


def _met(result: Result) -> Judgement:
    text = f"{plainly(result)} là {result.full}, {verdict(result)}"
    return Judgement(words.sentence(text), (result.indicator.id,))


def improved(subject: Subject, named: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return figures that have risen clearly and are ``named`` neither as strength nor as limitation; at most two."""
    said = {id for one in named for id in one.evidence}
    found = [subject.change(id) for id in _IMPROVED if id not in said]
    up = [one for one in found if one and one.better and not one.small and abs(one.step) >= _A_STEP]
    up = [one for one in up if one.now.status not in ("nearly", "not_met")]
    up.sort(key=lambda one: -abs(one.step))
    return tuple(
        Judgement(words.sentence(f"{plainly(one.now)} là {one.now.full}, {one.brief}"), (one.now.indicator.id,))
        for one in up[:_MOST_IMPROVED]
    )
