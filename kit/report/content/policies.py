"""II.1. Policies within the scope of the Scheme: how many, which, and how far they were communicated.

What section III judges is given here without its target.
"""

from __future__ import annotations

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.coverage import STAGE_KEY, STATES, Coverage
from kit.report.content.result import SIX, Result, verdict
from kit.report.content.sequence import Blocks
from kit.report.content.tables import NUMBER, table, text


def policies(coverage: Coverage) -> Blocks:
    """Return section II.1."""
    sentences = tuple(filter(None, (_headline(coverage), _more(coverage), _content(coverage))))
    if not coverage.rows:
        return Blocks.of(Paragraphs(sentences))
    return Blocks.of(Paragraphs(sentences), policy_table(coverage))


def _headline(coverage: Coverage) -> str:
    subject, live = coverage.subject, len(coverage.rows)
    if not live:
        return (
            "Trong kỳ không phát sinh chính sách thuộc phạm vi Đề án được giao "
            f"cho {subject.name_inside} truyền thông; "
            "các tỷ lệ về chính sách không được tính."
        )
    result = subject.result("CS-01")
    opening = f"Trong kỳ có {words.number(live)} chính sách thuộc phạm vi"
    if not result.known:
        grace = subject.data.params.start_grace_days
        return (
            f"{opening}; chưa có giai đoạn nào đến thời điểm đánh giá (bắt đầu chưa "
            f"đủ {grace} ngày tính đến {subject.until})."
        )
    if result.of < live:
        opening += f", trong đó {words.number(result.of)} chính sách đã đến thời điểm đánh giá"
    return f"{opening}; {_full(result)} truyền thông đủ các giai đoạn đã đến."


def _full(result: Result) -> str:
    """How many policies, up to the word before the verb: ``3/5 chính sách (60,0%) được``."""
    n, of = result.n, result.of
    if of == 1:
        return f"chính sách này {'được' if n else 'chưa được'}"
    if n == 0:
        return f"chưa có chính sách nào ({words.counts(n, of)}) được"
    if n == of:
        return f"cả {words.number(of)} chính sách ({result.printed}) đều được"
    return f"{result.counts} chính sách ({result.printed}) được"


def _more(coverage: Coverage) -> str:
    subject = coverage.subject
    once, start, days = (subject.result(id) for id in ("CS-02", "CS-03", "CS-06"))
    if not once.known or not once.n:
        return ""
    grace = f"trong vòng {subject.data.params.start_grace_days} ngày kể từ ngày bắt đầu lấy ý kiến"
    if once.of == 1:
        if not days.value:
            return f"Chính sách này được truyền thông ngay trong ngày bắt đầu lấy ý kiến{_tail(days)}."
        first = f"Chính sách này được truyền thông lần đầu sau {days.printed} kể từ ngày bắt đầu lấy ý kiến"
        limit = f"{subject.data.params.start_grace_days} ngày"
        early = f", tức là ngay từ khi lấy ý kiến (trong vòng {limit})" if start.n else ""
        late = f", chậm hơn mức {limit} được coi là truyền thông ngay từ khi lấy ý kiến"
        return f"{first}{early or late}{_tail(days)}."
    parts = [f"{words.capitalised(_full(once))} truyền thông ít nhất một lần"]
    parts.append(f"{_full(start)} truyền thông ngay từ khi lấy ý kiến, tức là {grace}")
    if days.of == 1:
        parts.append(f"lần truyền thông đầu tiên {_after(days)}{_tail(days)}")
    elif days.known:
        parts.append(
            f"thời gian từ khi lấy ý kiến đến lần truyền thông đầu tiên có trung vị {days.printed}, tính trên "
            f"{words.number(days.of)} chính sách đã truyền thông{_tail(days)}"
        )
    return "; ".join(parts) + "."


def _after(days: Result) -> str:
    return f"sau {days.printed} kể từ khi lấy ý kiến" if days.value else "ngay trong ngày bắt đầu lấy ý kiến"


def _content(coverage: Coverage) -> str:
    subject = coverage.subject
    content, pairs = subject.result("CS-05"), subject.result("CS-07")
    said = []
    if content.known:
        said.append(f"Các hoạt động truyền thông {_mentioned(content)}.")
    if pairs.known and subject.pooled:
        said.append(f"{_by_assigned(pairs)}.")
    return " ".join(said)


def _mentioned(content: Result) -> str:
    """How much of the six contents that the plan asks for has been told, of the policies communicated."""
    policies = content.of // SIX
    those = "chính sách này" if policies == 1 else f"{words.number(policies)} chính sách đã truyền thông"
    if content.n == content.of:
        return f"đã đề cập đủ sáu nội dung bắt buộc của {those if policies == 1 else f'cả {those}'}"
    if not content.n:
        return f"chưa đề cập nội dung nào trong sáu nội dung bắt buộc của {those}"
    if policies == 1:
        return f"đã đề cập {content.counts} nội dung bắt buộc của {those} ({content.printed})"
    return (
        f"đã đề cập {content.counts} lượt nội dung bắt buộc ({content.printed}), tính trên sáu nội dung của mỗi "
        "chính sách đã truyền thông"
    )


def _by_assigned(pairs: Result) -> str:
    """How many of the assignments the assigned unit itself has carried out."""
    of = words.number(pairs.of)
    if pairs.of == 1:
        return f"Đơn vị duy nhất được giao {'đã' if pairs.n else 'chưa'} trực tiếp truyền thông"
    if not pairs.n:
        return f"Chưa có lượt nào trong {of} lượt đơn vị được giao trực tiếp truyền thông"
    if pairs.n == pairs.of:
        return f"Cả {of} lượt đơn vị được giao (100%) đều đã trực tiếp truyền thông"
    return f"{pairs.counts} lượt đơn vị được giao ({pairs.printed}) đã trực tiếp truyền thông"


def _tail(result: Result) -> str:
    return f", {verdict(result)}" if verdict(result) else ""


def policy_table(coverage: Coverage, *, caption: str = "", limit: int = 25) -> Table:
    """Return the table of live policies: lead body, state, stages reached and told."""
    pooled = coverage.subject.pooled
    columns = [
        NUMBER,
        Column("Dự thảo chính sách", "left", 3.8),
        Column("Cơ quan chủ trì soạn thảo", "left", 2.0),
        Column("Tiến độ", "center", 1.0),
        Column("Truyền thông từng giai đoạn", "left", 1.7),
    ]
    columns += [Column("Đơn vị tham gia", "center", 0.85)] if pooled else []
    columns.append(Column("Mức độ", "left", 1.3))
    rows = [_row(coverage, at, policy) for at, policy in enumerate(coverage.rows, 1)]
    notes = [STAGE_KEY, "Truyền thông từng giai đoạn: chỉ gồm các giai đoạn đã đến."]
    if coverage.just_begun:
        grace = coverage.subject.data.params.start_grace_days
        notes.append(f"Giai đoạn bắt đầu chưa đủ {grace} ngày, chưa truyền thông thì chưa tính là đã đến.")
    if pooled:
        notes.append("Đơn vị tham gia: số đơn vị được giao đã trực tiếp truyền thông trên số đơn vị được giao.")
    return table(
        caption or f"Chính sách thuộc phạm vi trong kỳ và mức độ truyền thông đến {coverage.subject.until}",
        columns,
        shown=[row[0] for row in rows],
        data=(_HEADER, [row[1] for row in rows]),
        status_column=len(columns) - 1,
        status=[row[2] for row in rows],
        limit=limit,
        note=" ".join(notes),
        name="chinh-sach",
    )


_HEADER = (
    *("policy_id", "title", "lead_agency", "state", "stages_reached", "stages_told"),
    *("units_told", "units_assigned", "communications"),
)


def _row(coverage: Coverage, at: int, policy: dict) -> tuple[tuple[str, ...], tuple[object, ...], str]:
    id = policy["policy_id"]
    reached, covered = coverage.stage_codes(id, "reached"), coverage.stage_codes(id, "covered")
    told, assigned = coverage.assigned(id)
    status, said = STATES[policy["state"]]
    title = words.without_place(text(policy["title"]))
    shown = [str(at), title, text(policy["lead_agency"]), coverage.now(policy), coverage.stage_words(id)]
    if coverage.subject.pooled:
        shown.append(words.counts(told, assigned) if assigned else "–")
    number = coverage.told(id)
    raw = (id, policy["title"], policy["lead_agency"], policy["state"], reached, covered, told, assigned, number)
    return (*shown, said), raw, status
