"""III.2: what fell short – silences, delays, targets missed, gaps in reporting, what has got worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kit.report import words
from kit.report.content.budget import budget_lines, unspent
from kit.report.content.judgements import Judgement, Rule, comma, drafted, most_missing, plainly, pooled, short
from kit.report.content.result import SIX, Result, declared, verdict
from kit.report.content.strengths import ONLY
from kit.report.content.subject import Subject
from kit.report.content.tasks import ABSENT, UNREAD, groundwork

_WORSE = ("CS-04", "CS-02", "CD-02", "CD-03", "HD-01", "GY-02")
_MOST_WORSE = 2
_A_STEP = 5
_LATE_YEAR = 9  # from this month on a low disbursement is a shortfall
_HALF = 50
_FOUR = "quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch"
_EARLY = 70  # percent from which an early start, or full contents, are no shortfall


def limitations(subject: Subject, praised: Iterable[Judgement] = ()) -> tuple[Judgement, ...]:
    """Return what fell short; what has been ``praised`` is not held against the unit."""
    taken = frozenset(id for one in praised for id in one.evidence)
    made = drafted(subject, _RULES, good=False, taken=taken)
    said = {id for one in made for id in one.evidence} | taken
    missed = [r for id, r in subject.results.items() if id not in said and r.status in ("nearly", "not_met")]
    made += tuple(_missed(result) for result in missed)
    return made + _worse(subject, said | {result.indicator.id for result in missed})


def _coverage(subject: Subject) -> str:
    result = subject.result("CS-01")
    if not result.known or result.n == result.of:
        return ""
    missed = result.status in ("nearly", "not_met")
    if result.of == 1:
        told = subject.result("CS-02").n
        text = f"{ONLY} {'còn giai đoạn chưa được truyền thông' if told else 'chưa được truyền thông lần nào'}"
        return f"{text}, {verdict(result)}" if missed else text + _scheme(result)
    told = subject.result("CS-02")
    missing, silent = result.of - result.n, told.of - told.n if told.known else 0
    which = (
        f"{words.counts(missing, result.of)} chính sách" if result.n else f"cả {words.number(missing)} chính sách đều"
    )
    if silent == missing:
        text = f"{which} chưa được truyền thông lần nào"
    else:
        text = f"{which} còn giai đoạn chưa được truyền thông"
        text += f", trong đó {words.number(silent)} chính sách chưa được truyền thông lần nào" if silent else ""
    if not missed:
        scheme = _scheme(result)
        if silent and scheme:  # of what share, now that the sentence has gone on to something else
            scheme = f"{scheme.replace(', trong khi', ';')} chính sách được truyền thông đủ các giai đoạn"
        return text + scheme
    return f"{text}; tỷ lệ truyền thông đủ các giai đoạn {_short_of(result)}"


def _short_of(result: Result) -> str:
    """The verdict with the points that are missing beside the target they are missing from."""
    if not result.n:  # the whole target
        return verdict(result)
    points = words.percent(result.target - result.value).removesuffix("%")
    first = declared(result)
    return verdict(result).replace(first, f"{first} (còn thiếu {points} điểm phần trăm)", 1)


def _scheme(result: Result) -> str:
    if result.target_national is None or result.status_national == "met":
        return ""
    return f", trong khi Đề án yêu cầu {words.number(result.target_national)}%"


def _never_told(subject: Subject) -> str:
    """Only what the rule on all stages has not said: the verdict on a target of its own, or where it has no figure."""
    result = subject.result("CS-02")
    silent = result.of - result.n
    if not silent or result.of == 1 or (subject.result("CS-01").known and not verdict(result)):
        return ""
    if not result.n:
        return f"chưa có chính sách nào được truyền thông{comma(verdict(result))}"
    return f"{words.number(silent)} chính sách chưa được truyền thông lần nào{comma(verdict(result))}"


def _late_start(subject: Subject) -> str:
    """Nothing where no policy was told at all: that is said already."""
    result, told = subject.result("CS-03"), subject.result("CS-02").n
    if not result.known or not told or result.status == "met":
        return ""
    if result.value >= _EARLY and result.status not in ("nearly", "not_met"):
        return ""
    missing = result.of - result.n
    which = "phần lớn chính sách không" if 2 * missing > result.of else f"còn {words.number(missing)} chính sách không"
    if result.of == 1:
        which = "chính sách duy nhất không"
    elif not result.n:
        which = "chưa có chính sách nào"
    return f"{which} được truyền thông trong những ngày đầu lấy ý kiến{comma(verdict(result))}"


def _groundwork(subject: Subject) -> str:
    """Groups without a task in the plan, or whose tasks cannot be counted, are not called unfinished."""
    result = subject.result("CD-01")
    if not result.known or result.n == result.of or result.status == "met":
        return ""
    left, states = result.of - result.n, Counter(groundwork(subject).values())
    counts = words.counts(left, result.of)
    if states[ABSENT] == left:
        text = f"kế hoạch chưa có nhiệm vụ thuộc {counts} nhóm {_FOUR}"
    elif states[UNREAD] == left:
        text = f"{counts} nhóm nhiệm vụ {_FOUR} chưa được tính do số liệu nhiệm vụ có lỗi chưa sửa"
    else:
        parts = {ABSENT: "{} nhóm chưa có nhiệm vụ trong kế hoạch", UNREAD: "{} nhóm chưa được tính do lỗi số liệu"}
        of_them = [said.format(words.number(states[state])) for state, said in parts.items() if states[state]]
        which = f"cả {words.number(left)}" if left == result.of else f"còn {counts}"
        at = most_missing(subject, "CD-01", lambda one: one.of - one.n, "nhóm")
        text = f"{which} nhóm nhiệm vụ {_FOUR} chưa hoàn thành{at}"
        if of_them:
            said = verdict(result)
            return f"{text}, trong đó {words.enumeration(of_them)}{f'; kết quả {said}' if said else ''}"
    said = verdict(result)
    return f"{text} nên {said}" if said.startswith("chưa đạt") else text + comma(said)


def _contents(subject: Subject) -> str:
    one = subject.result("CS-05").of == SIX
    rule = short(
        "CS-05",
        f"nội dung truyền thông còn thiếu so với sáu nội dung bắt buộc của {'' if one else 'mỗi '}chính sách",
        below=_EARLY,
        none="các hoạt động truyền thông chưa ghi nội dung bắt buộc nào",
    )
    return rule.say(subject)


def _overdue(subject: Subject) -> str:
    result = subject.result("CD-04")
    if not result.value:
        return ""
    at = most_missing(subject, "CD-04", lambda one: int(one.value or 0), "nhiệm vụ")
    tail = comma(verdict(result)) if result.status != "met" else ""
    return f"còn {result.printed} nhiệm vụ quá hạn chưa hoàn thành{at}{tail}"


def _done_late(subject: Subject) -> str:
    done, on_time, overdue = subject.result("CD-02"), subject.result("CD-03"), subject.result("CD-04")
    late = done.n - on_time.n
    if not on_time.known or late <= 0 or overdue.value is None:
        return ""
    return f"{words.number(late)} nhiệm vụ tuy đã hoàn thành nhưng muộn so với hạn{comma(verdict(on_time))}"


def _money(subject: Subject) -> str:
    result, period = subject.result("KP-01"), subject.period
    if not result.known or period.free or period.last < _LATE_YEAR or result.value >= _HALF:
        return ""
    if unspent(budget_lines(subject)):  # what nobody wrote down may have been spent
        return ""
    return f"giải ngân kinh phí chậm, mới đạt {result.printed} ({result.counts} triệu đồng){comma(verdict(result))}"


def _sent_late(subject: Subject) -> str:
    late = subject.result("BC-01").n - subject.result("BC-02").n
    if late <= 0:
        return ""
    who = f"{words.number(late)} đơn vị " if subject.pooled else ""
    return f"{who}gửi báo cáo muộn so với thời hạn{comma(verdict(subject.result('BC-02')))}"


def _silent(subject: Subject) -> str:
    """First of all of a unit that has not reported: what follows is not its last word."""
    result = subject.result("BC-01")
    if subject.pooled or not result.known or result.n:
        return ""
    return "đơn vị chưa gửi báo cáo của kỳ; các nội dung sau đây nêu theo số liệu hiện có"


_RULES = (
    Rule(("BC-01",), _silent, moved=False),
    Rule(("CS-01", "CS-02"), _coverage, beside=True, moved=False),
    Rule(("CS-02",), _never_told),
    Rule(("CS-03",), _late_start),
    Rule(("CS-05",), _contents),
    pooled(short("CS-07", "{missing}/{of} lượt đơn vị được giao chưa trực tiếp truyền thông", noun="lượt")),
    Rule(("CD-01",), _groundwork),
    Rule(("CD-04",), _overdue),
    Rule(("CD-03",), _done_late),
    short("CD-05", "{missing}/{of} nhiệm vụ đã được đánh giá chất lượng xếp loại chưa đạt"),
    short("CD-06", "{missing}/{of} nhiệm vụ đã hoàn thành thuộc diện phải có sản phẩm nhưng chưa có sản phẩm"),
    short(
        "HD-01",
        "vai trò của Hội đồng chưa rõ nét, mới có {n}/{of} thành viên ({share}) tham gia hoạt động",
        below=_HALF,
        none="chưa phát huy được vai trò của thành viên Hội đồng",
    ),
    short("GY-02", "còn {missing}/{of} ý kiến góp ý chưa được tiếp thu, giải trình"),
    Rule(("KP-01",), _money),
    pooled(
        short("BC-01", "{missing}/{of} đơn vị chưa gửi báo cáo của kỳ", none="chưa có đơn vị nào gửi báo cáo của kỳ")
    ),
    Rule(("BC-02",), _sent_late, moved=False),
)


def _missed(result: Result) -> Judgement:
    text = f"{plainly(result)} là {result.full}, {verdict(result)}"
    return Judgement(words.sentence(text), (result.indicator.id,))


def _worse(subject: Subject, said: set[str]) -> tuple[Judgement, ...]:
    """Figures that have fallen clearly and have not been named; the largest steps."""
    # The tasks not done are those overdue; where none is, they are not due yet (a year has them all in its figure).
    said = said | ({"CD-02"} if "CD-04" in said or subject.result("CD-04").value == 0 else set())
    found = [subject.change(id) for id in _WORSE if id not in said]
    down = [one for one in found if one and one.better is False and not one.small and abs(one.step) >= _A_STEP]
    down.sort(key=lambda one: -abs(one.step))
    return tuple(
        Judgement(words.sentence(f"{plainly(one.now)} là {one.now.full}, {one.brief}"), (one.now.indicator.id,))
        for one in down[:_MOST_WORSE]
    )
