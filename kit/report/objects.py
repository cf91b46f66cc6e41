"""What the kit's objects show of themselves in JupyterLab: what is in them and what can be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.report import words
from kit.report.blocks import Callout, Column, Definitions, Paragraphs
from kit.report.content.sequence import Blocks
from kit.report.content.tables import amount, table
from kit.schema.load import load_schema

if TYPE_CHECKING:
    from kit.report.comparison import Comparison
    from kit.report.report import Report
    from kit.report.returns import Returns
    from kit.store import PeriodData

_SECTIONS = {
    "head": "Phần đầu của báo cáo",
    "cards": "Kết quả chính",
    "steering": "I. Công tác chỉ đạo, triển khai",
    "policies": "II.1. Chính sách thuộc phạm vi",
    "timeline": "II.2. Truyền thông theo giai đoạn",
    "channels": "II.3. Hình thức, kênh và đối tượng",
    "feedback": "II.4. Góp ý, tiếp thu, giải trình",
    "council": "II.5. Vai trò thành viên Hội đồng",
    "budget": "II.6. Kinh phí",
    "inspections": "II.7. Kiểm tra, giám sát",
    "units": "II.8. So sánh giữa các đơn vị",
    "evaluation": "III. Đánh giá",
    "obstacles": "III. Khó khăn, vướng mắc",
    "next_tasks": "IV. Nhiệm vụ kỳ tới",
    "proposals": "V. Đề xuất, kiến nghị",
    "signature": "Chữ ký và nơi nhận",
    "annex_policies": "Phụ lục I",
    "annex_activities": "Phụ lục II",
    "annex_obstacles": "Phụ lục III",
    "annex_quality": "Phụ lục IV",
    "revisions": "Phụ lục V, khi báo cáo được lập lại",
}


def overview_of_period(data: PeriodData) -> Blocks:
    """Return what a period holds: tables with their rows, and what can be called."""
    severities = data.findings["severity"].value_counts()
    counted = (
        f"{words.number(len(data.units))} đơn vị",
        f"{words.number(len(data.results))} kết quả",
        f"{words.number(int(severities.get('error', 0)))} lỗi",
        f"{words.number(int(severities.get('warning', 0)))} cảnh báo",
    )
    line = f"Số liệu {words.period_name(data.period)} ({words.span(data.period)}): {', '.join(counted)}."
    rows = [
        (one.name, one.title, len(frame), int(frame["_set_aside"].sum()))
        for one in load_schema().tables.values()
        if (frame := data.frames.get(one.name)) is not None
    ]
    columns = (
        Column("Tên trong frames", "left", 1.6),
        Column("Bảng", "left", 2.4),
        Column("Số dòng", "right", 1),
        Column("Không sử dụng", "right", 1),
    )
    shown = [(name, title, amount(count), amount(aside)) for name, title, count, aside in rows]
    made = table("Các bảng số liệu", columns, shown=shown, data=(("table", "title", "rows", "set_aside"), rows))
    calls = (
        ("results", "Kết quả: mỗi dòng là một chỉ số của một đơn vị (bảng pandas)."),
        ('frames["activities"]', "Một bảng số liệu đã kiểm tra, theo tên ở cột đầu của bảng trên."),
        ("units, findings, files", "Đơn vị của kỳ; lỗi và cảnh báo kèm vị trí; các tệp đã nhận."),
        (f'kit.trace("CS-01", đơn vị, "{data.period.code}")', "Một con số tính từ những dòng nào của sổ."),
    )
    notice = Callout(data.notice) if data.notice else None
    return Blocks.of(Paragraphs((line,)), made, Definitions(calls), notice)


def overview_of_report(report: Report) -> Blocks:
    """Return what a report is about and its sections as methods."""
    names = dict(zip(report.data.units["unit_id"], report.data.units["name"], strict=True))
    edition = "bản công khai" if report.edition == "public" else "bản nội bộ"
    about = f"{names.get(report.unit_id, report.unit_id)}, {words.period_name(report.data.period)}, {edition}"
    line = f"Báo cáo đánh giá của {words.in_sentence(about)}. Mỗi mục là một lệnh gọi, ví dụ bao_cao.cards()."
    calls = [(f"{name}()", title) for name, title in _SECTIONS.items() if hasattr(type(report), name)]
    calls.append(('trace("CS-01")', "Một con số của báo cáo tính từ những dòng nào của sổ"))
    return Blocks.of(Paragraphs((line,)), Definitions(tuple(calls)))


def overview_of_returns(returns: Returns) -> Blocks:
    """Return how many reports came in and what can be asked of the returns."""
    frame = returns.frame
    sent = int(frame["sent_date"].notna().sum())
    line = f"Báo cáo nhận được của {words.period_name(returns.period)}: {words.counts(sent, len(frame))} đơn vị đã gửi."
    calls = (
        ("units", "Từng đơn vị: hạn gửi, ngày gửi, tình trạng, số lỗi, tệp"),
        ("rates", "Tỷ lệ gửi báo cáo và gửi đúng hạn theo đơn vị cấp trên"),
        ("problem_files", "Tệp không đọc được, tệp của đơn vị ngoài danh sách"),
        ("kinds, errors, findings", "Lỗi theo loại; từng lỗi kèm vị trí; mọi phát hiện"),
        ("reminders", "Lời nhắc cho từng đơn vị, dán được vào tin nhắn"),
        (
            "units_table(), findings_table()",
            "Như trên, trình bày để xem và in; còn rates_table(), kinds_table(), problem_files_table()",
        ),
    )
    return Blocks.of(Paragraphs((line,)), Definitions(calls))


def overview_of_comparison(comparison: Comparison) -> Blocks:
    """Return what is compared and the charts that can be asked for."""
    calls = (
        ("ranking()", "Các đơn vị theo giá trị của chỉ số"),
        ("over_time()", 'Chỉ số qua các kỳ, từng đơn vị; over_time("Q") theo quý, over_time("M") theo tháng'),
        ("unit_over_time()", 'Mọi chỉ số của một đơn vị qua các kỳ; unit_over_time("XA-01")'),
        ("heat()", "Mọi chỉ số của từng đơn vị trong một bảng"),
        ("trace(đơn vị)", "Con số của một đơn vị tính từ những dòng nào của sổ"),
    )
    return Blocks.of(comparison.opening(), Definitions(calls))
