"""The formal head, the first paragraph, the closing sentence and the signature (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from kit.report import words
from kit.report.blocks import Annex, Callout, Head, Paragraphs, Signature
from kit.report.content.aside import left_out
from kit.report.content.issuer import body_in_sentence, issuer_of
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject

PLAN = "Kế hoạch truyền thông dự thảo chính sách"
PUBLIC = (
    "Bản công khai: số liệu như báo cáo gửi cấp trên; không có họ tên cá nhân (trừ người ký), minh chứng và phần lời "
    "của đơn vị chưa được phép công bố."
)
# A document named for the first time is cited in full, title included (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6).
SCHEME = (
    "Quyết định số 407/QĐ-TTg ngày 30 tháng 3 năm 2022 của Thủ tướng Chính phủ phê duyệt Đề án “Tổ chức truyền thông "
    "chính sách có tác động lớn đến xã hội trong quá trình xây dựng văn bản quy phạm pháp luật giai đoạn 2022 - 2027”"
)


def subject_line(subject: Subject) -> str:
    """Return the trích yếu: what the report is about, with its period."""
    return f"Kết quả thực hiện {PLAN} {words.period_name(subject.period)}"


def head(subject: Subject) -> Blocks:
    """Return the head, what the data folder wants every reader to know, and the first paragraph."""
    issuer, approved = issuer_of(subject), subject.issues.approved
    made = Head(
        superior_body=issuer.superior_body,
        body=issuer.body,
        number_line=issuer.number_line(approved.number if approved else ""),
        date_line=issuer.date_line(subject.document_date, known=approved is not None),
        document_type="BÁO CÁO",
        subject=subject_line(subject),
        addressees=issuer.addressees,
        draft=approved is None,
        title=f"Báo cáo {words.period_name(subject.period)} – {subject.name}{' (bản công khai)' * subject.public}",
        period_line=f"Kỳ báo cáo: {words.span(subject.period)}",
    )
    notice = Callout(subject.data.notice) if subject.data.notice else None
    public = Callout(PUBLIC) if subject.public else None
    body = body_in_sentence(subject, issuer)
    opening = Paragraphs((*_replaced(subject, body), _opening(subject, body)))
    aside = left_out(subject)
    return Blocks.of(made, notice, public, opening, _not_sent(subject), Callout(aside) if aside else None)


def _replaced(subject: Subject, body: str) -> tuple[str, ...]:
    """Which issue this report takes the place of; nothing for the first one."""
    earlier = subject.issues.previous
    if earlier is None:
        return ()
    return (f"Báo cáo này thay thế {earlier.name} của {body}; các nội dung thay đổi nêu tại Phụ lục V.",)


def _opening(subject: Subject, body: str) -> str:
    period = subject.period
    name = words.from_to(period) if period.free else f"{words.period_name(period)} ({words.from_to(period)})"
    plan = f"{PLAN} năm {period.year}"
    return f"Thực hiện {SCHEME} (sau đây gọi là Đề án) và {plan}, {body} báo cáo kết quả thực hiện {name} như sau:"


def _not_sent(subject: Subject) -> Callout | None:
    """A remark on whether the figures are complete; nothing when every unit has sent its report."""
    sent = subject.result("BC-01")
    missing = sent.of - sent.n
    if not missing or not sent.of:
        return None
    if not subject.pooled:
        given = " (chính sách được giao mà chưa ghi hoạt động thì tính là chưa truyền thông)"
        return Callout(
            f"{subject.name} chưa gửi báo cáo của kỳ này. Các tỷ lệ dưới đây tính trên số liệu hiện "
            f"có{given if subject.result('CS-01').of else ''} nên có thể thấp hơn thực tế và sẽ được tính lại khi có "
            "báo cáo.",
            "warning",
        )
    if not sent.n:
        return Callout(
            "Chưa có đơn vị nào trong phạm vi gửi báo cáo của kỳ này; số liệu tổng hợp chưa đầy đủ.", "warning"
        )
    return Callout(
        f"Còn {words.number(missing)}/{words.number(sent.of)} đơn vị chưa gửi báo cáo của kỳ này (danh sách ở Phụ lục "
        "IV); số liệu tổng hợp vì vậy chưa đầy đủ.",
        "warning",
    )


def signature(subject: Subject) -> Blocks:
    """Return the closing sentence and the signature block with Nơi nhận."""
    issuer = issuer_of(subject)
    body = body_in_sentence(subject, issuer)
    to = f", kính gửi {words.enumeration(issuer.addressees)} xem xét, tổng hợp" if issuer.addressees else ""
    closing = f"Trên đây là báo cáo kết quả thực hiện {PLAN} {words.period_name(subject.period)} của {body}{to}./."
    recipients = issuer.recipients or (*(("Như trên",) if issuer.addressees else ()), "Lưu: VT")
    return Blocks.of(Paragraphs((closing,)), Signature(issuer.authority, issuer.position, issuer.signer, recipients))


def annex(subject: Subject, number: str, title: str) -> Annex:
    """Return the head of an annex; number and date are left unfilled in the electronic version."""
    issuer = issuer_of(subject)
    attached = (
        f"Kèm theo Báo cáo số      /{issuer.symbol} ngày … tháng … năm {subject.document_date.year} "
        f"của {body_in_sentence(subject, issuer)}"
    )
    return Annex(number, title, attached)
