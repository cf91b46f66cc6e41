"""Annex IV.3–4: the assumptions behind the figures, and every indicator with its formula and its figure."""

from __future__ import annotations

from kit.indicators.catalog import INDICATORS
from kit.indicators.model import Indicator
from kit.report import words
from kit.report.blocks import Column, Table
from kit.report.content.issuer import issuer_of
from kit.report.content.result import Result, limit_words
from kit.report.content.subject import Subject
from kit.report.content.tables import plain, table
from kit.report.plain import STATUS_WORDS
from kit.schema.load import load_schema

_SCHEMES = {
    "nd09": "theo Điều 12 Nghị định số 09/2019/NĐ-CP (từ ngày 15 đến ngày 14)",
    "calendar": "theo tháng dương lịch",
}

_LEVELS = {"commune": "cấp xã", "district": "cấp huyện", "department": "sở, ban, ngành", "province": "cấp tỉnh"}
_LEVELS["ministry"] = "Bộ, ngành"


def assumptions(subject: Subject) -> tuple[str, ...]:
    """Return what was assumed or set by parameters, one sentence each."""
    params, period = subject.data.params, subject.period
    scheme = "theo hai ngày được chọn" if period.free else _SCHEMES[period.scheme]
    lines = [
        f"Kỳ báo cáo {scheme}: {words.span(period)}; số liệu chốt đến hết {subject.until}.",
        f"Giai đoạn mới bắt đầu chưa đủ {params.start_grace_days} ngày mà chưa "
        "truyền thông thì chưa đánh giá; truyền thông "
        f"trong vòng {params.start_grace_days} ngày kể từ ngày bắt đầu lấy ý kiến được coi là ngay từ khi lấy ý kiến.",
        _deadlines(subject),
        "Chính sách được coi là truyền thông đủ khi mỗi giai đoạn đã đến có "
        "ít nhất một hoạt động truyền thông; tham gia "
        "phối hợp cũng được tính.",
    ]
    lines += _targets(subject)
    if subject.pooled:
        lines.append(
            "Số liệu tổng hợp được tính trên các dòng gộp của mọi đơn vị trong phạm "
            "vi; không cộng hay lấy trung bình các tỷ lệ."
        )
    lines += _passed_on(subject)
    if not issuer_of(subject).declared:
        lines.append(
            f"Chưa có thể thức ban hành của {subject.name_inside} vào "
            f"{words.long_date(subject.document_date)}: tên cơ quan lấy "
            "theo tên đơn vị; địa danh, người ký, nơi nhận cần bổ sung."
        )
    return tuple(lines)


def _deadlines(subject: Subject) -> str:
    """By when this unit's report was due, and those of the units below it: each level has its own day."""
    params, units, members = subject.data.params, subject.data.frames["units"], set(subject.members)
    marked = zip(*(units[name].tolist() for name in ("unit_id", "level", "_set_aside")), strict=True)
    found = {level for unit, level, aside in marked if unit in members and not aside}
    order = [level for level in load_schema().codelists["unit_level"].codes if level in found]
    told = [
        f"{words.number(params.deadline_working_days[level])} ngày làm việc sau ngày chốt số liệu, tức ngày "
        f"{words.short_date(params.deadline(subject.period, level))}"
        for level in order
    ]
    if len(order) == 1:
        return f"Thời hạn gửi báo cáo của đơn vị: {told[0]}."
    by = "; ".join(f"{_LEVELS[level]} {days}" for level, days in zip(order, told, strict=True))
    return f"Thời hạn gửi báo cáo: {by}."


def _targets(subject: Subject) -> list[str]:
    declared = [result for result in subject.results.values() if result.target is not None]
    if not declared:
        return ["Kế hoạch không đặt chỉ tiêu bằng số cho các chỉ số; báo cáo chỉ nêu kết quả, không xếp mức đạt."]
    told = "; ".join(f"{result.indicator.id} {limit_words(result, result.target)}" for result in declared)
    lines = [f"Chỉ tiêu của Kế hoạch: {told}. So sánh trên số chưa làm tròn; “gần đạt” là từ 90% chỉ tiêu."]
    for result in declared:
        national = result.target_national
        if national is not None and result.target < national:
            lines.append(
                f"Chỉ tiêu thấp hơn Đề án: {result.indicator.id} của Kế hoạch "
                f"{limit_words(result, result.target)}, Đề án "
                f"yêu cầu {words.number(national)}%."
            )
    return lines


def _passed_on(subject: Subject) -> list[str]:
    """Units whose rows are counted here because they were merged or ended."""
    tree = subject.scope.tree
    ended = sorted(unit for unit, receiver in tree.receiver.items() if receiver in subject.members and unit != receiver)
    if not ended:
        return []
    named = words.some_of([words.in_sentence(subject.names[unit]) for unit in ended], 10, "đơn vị")
    return [f"Số liệu có bao gồm phần của đơn vị đã sáp nhập hoặc kết thúc hoạt động: {named}."]


def definitions(subject: Subject) -> Table:
    """Return every indicator with its formula, the unit's figure and its status."""
    rows = [(indicator, subject.result(id)) for id, indicator in INDICATORS.items()]
    return table(
        "Định nghĩa các chỉ số và kết quả trong kỳ",
        (
            Column("Mã", "left", 0.8),
            Column("Chỉ số và cách tính", "left", 4.4),
            Column("Kết quả", "right", 1.6),
            Column("Mức", "left", 1.2),
        ),
        shown=[
            (
                indicator.id,
                f"{indicator.title}\n{indicator.formula}" + (f"\n({result.note})" if result.note else ""),
                words.capitalised(result.full),
                STATUS_WORDS[result.status] if result.known and result.target is not None else "–",
            )
            for indicator, result in rows
        ],
        data=(_DATA, [_plain(indicator, result) for indicator, result in rows]),
        limit=len(rows),
        name="phu-luc-4-chi-so",
    )


_NUMBERS = ("numerator", "denominator", "value", "target", "target_national")
_DATA = ("indicator_id", "title", "formula", "measured_in", *_NUMBERS, "status", "status_national", "note", "clause")


def _plain(indicator: Indicator, result: Result) -> tuple[str, ...]:
    said = (indicator.id, indicator.title, indicator.formula, indicator.unit)
    numbers = (plain(getattr(result, name)) for name in _NUMBERS)
    return (*said, *numbers, result.status, result.status_national, result.note, indicator.clause)
