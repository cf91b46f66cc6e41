"""The catalogue: every indicator of indicators.md, declared once, in the order of that page."""

from __future__ import annotations

from kit.indicators import policies, steering
from kit.indicators.catalog_activity import ACTIVITY_INDICATORS
from kit.indicators.model import Indicator

_TARGET = "Kế hoạch, mục I.1 và I.2 (chỉ tiêu 70%); Quyết định 407/QĐ-TTg"
_TASKS = "Kế hoạch, mục I.2 và II"
_GROUNDWORK = "quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch"


def _policy(id: str, title: str, question: str, formula: str, compute, **more) -> Indicator:
    return Indicator(id, title, question, formula, _TARGET, ("activities",), compute, **more)


def _task(id: str, title: str, question: str, formula: str, compute, **more) -> Indicator:
    tables = more.pop("tables", ("tasks",))
    return Indicator(id, title, question, formula, _TASKS, tables, compute, **more)


_STEERING_INDICATORS = (
    _policy(
        "CS-01",
        "Tỷ lệ chính sách được truyền thông đủ các giai đoạn",
        "Bao nhiêu chính sách được truyền thông liên tục từ khi lấy ý kiến đến khi thông qua?",
        "Số chính sách có ít nhất một lần truyền thông trong mỗi giai đoạn đã đến / số chính sách được đánh giá",
        policies.full_coverage,
        national_targets={2022: 70, 2023: 100},
    ),
    _policy(
        "CS-02",
        "Tỷ lệ chính sách được truyền thông ít nhất một lần",
        "Bao nhiêu chính sách đã được truyền thông?",
        "Số chính sách có ít nhất một lần truyền thông / số chính sách được đánh giá",
        policies.any_coverage,
    ),
    _policy(
        "CS-03",
        "Tỷ lệ chính sách được truyền thông ngay từ khi lấy ý kiến",
        "Việc truyền thông có bắt đầu ngay khi lấy ý kiến không?",
        "Số chính sách có lần truyền thông đầu tiên trong những ngày đầu lấy ý kiến / số chính sách được đánh giá",
        policies.from_the_start,
    ),
    _policy(
        "CS-04",
        "Độ phủ giai đoạn",
        "Các giai đoạn đã đến được truyền thông đến đâu?",
        "Số giai đoạn có truyền thông / số giai đoạn đã đến của các chính sách được đánh giá",
        policies.stage_coverage,
    ),
    _policy(
        "CS-05",
        "Độ đầy đủ nội dung truyền thông",
        "Sáu nội dung bắt buộc có được truyền thông đủ không?",
        "Tổng số nội dung khác nhau (1–6) đã truyền thông / (6 × số chính sách đã truyền thông)",
        policies.content_coverage,
    ),
    _policy(
        "CS-06",
        "Số ngày từ khi lấy ý kiến đến lần truyền thông đầu tiên",
        "Sau bao lâu thì chính sách được truyền thông lần đầu?",
        "Trung vị số ngày của các chính sách đã truyền thông",
        policies.days_to_first,
        kind="median",
        unit="days",
        smaller_is_better=True,
    ),
    _policy(
        "CS-07",
        "Tỷ lệ lượt đơn vị được giao đã truyền thông",
        "Các đơn vị được giao có thực sự tham gia không?",
        "Số lượt (chính sách, đơn vị được giao) mà chính đơn vị đó đã truyền thông / số lượt được giao",
        policies.assigned_units,
    ),
    _task(
        "CD-01",
        "Hoàn thành quán triệt, hướng dẫn, tập huấn, xây dựng kế hoạch",
        "Bốn nhóm nhiệm vụ đầu tiên của Kế hoạch đã hoàn thành chưa?",
        f"Số nhóm đã hoàn thành mọi nhiệm vụ trong bốn nhóm {_GROUNDWORK} / (4 × số đơn vị có nhiệm vụ)",
        steering.groundwork,
    ),
    _task(
        "CD-02",
        "Tỷ lệ nhiệm vụ hoàn thành",
        "Nhiệm vụ đến hạn đã hoàn thành bao nhiêu?",
        "Số nhiệm vụ đến hạn đã hoàn thành / số nhiệm vụ đến hạn",
        steering.completion,
    ),
    _task(
        "CD-03",
        "Tỷ lệ nhiệm vụ hoàn thành đúng hạn",
        "Nhiệm vụ có được hoàn thành đúng hạn không?",
        "Trong số nhiệm vụ đến hạn (kỳ năm: mọi nhiệm vụ của năm): số nhiệm vụ hoàn thành không muộn hơn hạn / "
        "số nhiệm vụ có hạn không sau ngày chốt số liệu hoặc đã hoàn thành",
        steering.punctuality,
    ),
    _task(
        "CD-04",
        "Số nhiệm vụ quá hạn",
        "Còn bao nhiêu nhiệm vụ quá hạn?",
        "Số nhiệm vụ có hạn trước ngày chốt số liệu mà chưa hoàn thành",
        steering.overdue,
        kind="sum",
        unit="count",
        smaller_is_better=True,
    ),
    _task(
        "CD-05",
        "Tỷ lệ nhiệm vụ đạt chất lượng",
        "Nhiệm vụ hoàn thành có đạt chất lượng không?",
        "Số nhiệm vụ hoàn thành được đánh giá tốt hoặc đạt / số nhiệm vụ hoàn thành có đánh giá",
        steering.quality,
    ),
    _task(
        "CD-06",
        "Tỷ lệ nhiệm vụ có sản phẩm",
        "Nhiệm vụ hoàn thành có sản phẩm (văn bản, báo cáo) không?",
        "Số nhiệm vụ hoàn thành có sản phẩm đã ban hành / số nhiệm vụ hoàn thành phải có sản phẩm",
        steering.with_product,
        tables=("tasks", "products"),
    ),
)

INDICATORS = {indicator.id: indicator for indicator in (*_STEERING_INDICATORS, *ACTIVITY_INDICATORS)}
