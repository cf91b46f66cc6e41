"""II.1. Policies within the scope of the Scheme: how many, which, and how far they were communicated."""

from __future__ import annotations

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.coverage import STAGE_KEY, STATES, Coverage
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.tables import NUMBER, table, text


def policies(coverage: Coverage) -> Blocks:
    """Return section II.1."""
    sentences = tuple(filter(None, (_headline(coverage), _more(coverage), _content(coverage))))
    if coverage.policies.empty:
        return Blocks.of(Paragraphs(sentences))
    return Blocks.of(Paragraphs(sentences), policy_table(coverage))


def _headline(coverage: Coverage) -> str:
    subject, live = coverage.subject, len(coverage.policies)
    if not live:
        return (
            f"Trong kỳ không phát sinh chính sách thuộc phạm vi Đề án được giao cho {subject.name_inside} truyền thông; "
            "các tỷ lệ về chính sách không được tính."
        )
    result = subject.result("CS-01")
    opening = f"Trong kỳ có {words.number(live)} chính sách thuộc phạm vi"
    if not result.known:
        grace = subject.data.params.start_grace_days
        return f"{opening}; chưa có giai đoạn nào đến thời điểm đánh giá (bắt đầu chưa đủ {grace} ngày tính đến {subject.until})."
    if result.of < live:
        opening += f", trong đó {words.number(result.of)} chính sách đã đến thời điểm đánh giá"
    tail = f", {verdict(result)}" if verdict(result) else ""
    return f"{opening}; {_full(result.n, result.of, result.printed)} truyền thông đủ các giai đoạn đã đến{tail}."


def _full(n: int, of: int, share: str) -> str:
    if of == 1:
        return f"chính sách này {'được' if n else 'chưa được'}"
    if n == 0:
        return f"chưa có chính sách nào ({share}, {words.counts(n, of)}) được"
    if n == of:
        return f"cả {words.number(of)} chính sách ({share}) đều được"
    return f"{words.counts(n, of)} chính sách ({share}) được"


def _more(coverage: Coverage) -> str:
    subject = coverage.subject
    once, start, days = (subject.result(id) for id in ("CS-02", "CS-03", "CS-06"))
    if not once.known or not once.n:
        return ""
    parts = [f"Có {once.counts} chính sách ({once.printed}) được truyền thông ít nhất một lần" + _tail(once)]
    grace = subject.data.params.start_grace_days
    parts.append(
        f"{start.counts} chính sách ({start.printed}) được truyền thông ngay từ khi lấy ý kiến, tức là trong "
        f"{grace} ngày đầu" + _tail(start)
    )
    if days.known:
        parts.append(f"trung vị thời gian từ khi lấy ý kiến đến lần truyền thông đầu tiên là {days.full}" + _tail(days))
    return "; ".join(parts) + "."


def _content(coverage: Coverage) -> str:
    subject = coverage.subject
    content, pairs = subject.result("CS-05"), subject.result("CS-07")
    said = []
    if content.known:
        said.append(f"Sáu nội dung bắt buộc được truyền thông {content.full}{_tail(content)}")
    if pairs.known and subject.pooled:
        said.append(f"số lượt đơn vị được giao đã trực tiếp truyền thông là {pairs.full}{_tail(pairs)}")
    return words.sentence("; ".join(said))


def _tail(result) -> str:
    return f", {verdict(result)}" if verdict(result) else ""


def policy_table(coverage: Coverage, *, caption: str = "", limit: int = 25) -> Table:
    """Return the table of live policies: lead body, state, stages reached and told."""
    pooled = coverage.subject.pooled
    columns = [
        NUMBER,
        Column("Dự thảo chính sách", "left", 3.0),
        Column("Cơ quan chủ trì soạn thảo", "left", 1.9),
        Column("Tiến độ", "left", 1.4),
        Column("Giai đoạn đã đến", "center", 0.95),
        Column("Đã truyền thông", "center", 1.0),
    ]
    columns += [Column("Đơn vị tham gia", "center", 0.85)] if pooled else []
    columns.append(Column("Mức độ", "left", 1.35))
    rows = [_row(coverage, at, policy) for at, policy in enumerate(coverage.policies.to_dict("records"), 1)]
    notes = [STAGE_KEY]
    if pooled:
        notes.append("Đơn vị tham gia: số đơn vị được giao đã tự truyền thông trên số đơn vị được giao.")
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
    pairs = coverage.pairs.loc[coverage.pairs["policy_id"] == id, "told"]
    told, assigned = int(pairs.sum()), len(pairs)
    status, said = STATES[policy["state"]]
    shown = [str(at), text(policy["title"]), text(policy["lead_agency"]), coverage.now(policy), reached, covered]
    if coverage.subject.pooled:
        shown.append(words.counts(told, assigned) if assigned else "–")
    number = int((coverage.communications["policy_id"] == id).sum())
    raw = (id, policy["title"], policy["lead_agency"], policy["state"], reached, covered, told, assigned, number)
    return (*shown, said), raw, status
