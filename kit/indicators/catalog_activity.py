"""Declarations of the indicators NT to DL: outreach, council, opinions, money, supervision, obstacles, reporting."""

from __future__ import annotations

from kit.indicators import council, flows, outreach, reporting
from kit.indicators.model import Indicator

_REACH = "Kế hoạch, mục I.1 và II"
_SENT = "Kế hoạch, mục IV; Nghị định 09/2019/NĐ-CP"


def _reach(id: str, title: str, question: str, formula: str, compute, **more) -> Indicator:
    more = {"kind": "sum", "unit": "count", **more}
    return Indicator(id, title, question, formula, _REACH, ("activities",), compute, **more)


ACTIVITY_INDICATORS = (
    _reach(
        "NT-01",
        "Số cuộc nâng cao nhận thức, quán triệt",
        "Đã tổ chức bao nhiêu cuộc?",
        "Tổng số cuộc nâng cao nhận thức và quán triệt; dòng không ghi số cuộc được tính là một",
        outreach.measure("sessions", kinds=("awareness", "briefing"), blank=1),
    ),
    _reach(
        "NT-02",
        "Số lượt người tham dự",
        "Có bao nhiêu lượt người tham dự?",
        "Tổng số lượt người của mọi hoạt động",
        outreach.measure("attendances"),
    ),
    _reach(
        "NT-03",
        "Số nhóm đối tượng được tiếp cận",
        "Đã đến được bao nhiêu trong bảy nhóm đối tượng?",
        "Số nhóm đối tượng khác nhau / 7",
        outreach.audience_groups,
        kind="ratio",
        unit="%",
    ),
    _reach(
        "NT-04",
        "Số lớp tập huấn",
        "Đã mở bao nhiêu lớp tập huấn?",
        "Tổng số cuộc của các hoạt động tập huấn; dòng không ghi số cuộc được tính là một",
        outreach.measure("sessions", kinds=("training",), blank=1),
    ),
    _reach(
        "NT-05",
        "Số lượt người được tập huấn",
        "Có bao nhiêu lượt người được tập huấn?",
        "Tổng số lượt người của các hoạt động tập huấn",
        outreach.measure("attendances", kinds=("training",)),
    ),
    _reach(
        "NT-06",
        "Số tin, bài",
        "Đã có bao nhiêu tin, bài?",
        "Tổng số tin, bài",
        outreach.measure("news_items"),
    ),
    _reach(
        "NT-07",
        "Số lượt phát thanh",
        "Đã phát thanh bao nhiêu lượt?",
        "Tổng số lượt phát trên hệ thống truyền thanh cơ sở",
        outreach.measure("broadcasts"),
    ),
    _reach(
        "NT-08",
        "Số tài liệu in",
        "Đã phát bao nhiêu tài liệu in?",
        "Tổng số tài liệu in",
        outreach.measure("printed_documents"),
    ),
    _reach(
        "NT-09",
        "Số tài liệu và bài đăng trên mạng",
        "Đã đăng bao nhiêu tài liệu, bài trên mạng?",
        "Tổng số tài liệu trên mạng và số bài đăng mạng xã hội",
        outreach.measure("online_documents", "social_posts"),
    ),
    Indicator(
        "HD-01",
        "Tỷ lệ thành viên Hội đồng tham gia",
        "Thành viên Hội đồng phối hợp có phát huy vai trò không?",
        "Số thành viên được ghi nhận tham gia từ đầu năm / số thành viên tại ngày chốt số liệu",
        "Kế hoạch, mục I.2 (vai trò thành viên Hội đồng)",
        ("activities", "council_members"),
        council.participation,
    ),
    Indicator(
        "GY-01",
        "Số ý kiến góp ý nhận được",
        "Có bao nhiêu ý kiến góp ý vào dự thảo?",
        "Tổng số ý kiến nhận được trong kỳ",
        "Quyết định 407/QĐ-TTg (tiếp nhận, xử lý ý kiến)",
        ("feedback",),
        flows.opinions,
        kind="sum",
        unit="count",
    ),
    Indicator(
        "GY-02",
        "Tỷ lệ ý kiến được tiếp thu, giải trình",
        "Ý kiến góp ý có được phản hồi không?",
        "(Số ý kiến tiếp thu + số ý kiến giải trình) / số ý kiến nhận được",
        "Quyết định 407/QĐ-TTg (tiếp nhận, xử lý ý kiến)",
        ("feedback",),
        flows.answered,
    ),
    Indicator(
        "KP-01",
        "Tỷ lệ giải ngân",
        "Kinh phí được giao đã sử dụng bao nhiêu?",
        "Số đã chi / số được giao, từ đầu năm, chỉ tính khoản có bố trí kinh phí",
        "Kế hoạch, mục III",
        ("budget",),
        flows.disbursed,
    ),
    Indicator(
        "KT-01",
        "Số cuộc kiểm tra, giám sát",
        "Việc kiểm tra, giám sát được thực hiện đến đâu?",
        "Số cuộc kiểm tra, giám sát trong kỳ",
        "Kế hoạch, mục IV",
        ("inspections",),
        flows.inspections,
        kind="sum",
        unit="count",
    ),
    Indicator(
        "VM-01",
        "Số vướng mắc được phản ánh",
        "Có bao nhiêu khó khăn, vướng mắc được phản ánh?",
        "Số dòng khó khăn, vướng mắc từ đầu năm, không kể dòng ghi không có",
        "Kế hoạch, mục IV (phản ánh vướng mắc)",
        ("obstacles",),
        flows.obstacles,
        kind="sum",
        unit="count",
    ),
    Indicator(
        "VM-02",
        "Tỷ lệ vướng mắc được giải quyết",
        "Khó khăn, vướng mắc đã được giải quyết bao nhiêu?",
        "Số vướng mắc đã giải quyết xong / số vướng mắc được phản ánh từ đầu năm",
        "Kế hoạch, mục IV (phản ánh vướng mắc)",
        ("obstacles",),
        flows.resolved,
    ),
    Indicator(
        "BC-01",
        "Tỷ lệ đơn vị gửi báo cáo",
        "Bao nhiêu đơn vị đã gửi báo cáo của kỳ?",
        "Số đơn vị đã gửi báo cáo của kỳ / số đơn vị trong phạm vi",
        _SENT,
        ("submissions",),
        reporting.returned,
    ),
    Indicator(
        "BC-02",
        "Tỷ lệ đơn vị gửi báo cáo đúng hạn",
        "Bao nhiêu đơn vị gửi báo cáo đúng hạn?",
        "Số đơn vị gửi báo cáo không muộn hơn thời hạn của cấp mình / số đơn vị trong phạm vi",
        _SENT,
        ("submissions",),
        reporting.returned_on_time,
    ),
    Indicator(
        "DL-01",
        "Tỷ lệ bản ghi hợp lệ",
        "Số liệu thu thập có đáng tin cậy không?",
        "Số dòng không có lỗi / tổng số dòng trong sổ của năm kế hoạch",
        "Nghị định 09/2019/NĐ-CP (nguyên tắc báo cáo chính xác)",
        (),
        reporting.valid_records,
    ),
)
