"""Draft policies: fictional ones of the province, and three real laws with the dates that are sourced, no others."""

# ruff: noqa: E501  (one entry of a text table is one line)
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sample.places import MERGED, Unit, all_units

FICTIONAL = "Giả định: dữ liệu mẫu của bộ công cụ"
LAND, TEACHERS, CAPITAL = "CS-2023-01", "CS-2023-03", "CS-2023-02"
_STAGE_FIELDS = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date", "adoption_date")

# id, kind of text, title, lead agency (…tỉnh Mẫu), field, G1, G2, G3, adoption
_FICTIONAL = """
MAU-2023-01|council_resolution|Nghị quyết quy định chính sách hỗ trợ cấp nước sạch nông thôn trên địa bàn tỉnh Mẫu|Sở Nông nghiệp và Phát triển nông thôn|Nông nghiệp|2023-01-09|2023-03-20|2023-05-22|2023-07-12
MAU-2024-01|council_resolution|Nghị quyết quy định mức hỗ trợ học phí đối với trẻ mầm non và học sinh phổ thông trên địa bàn tỉnh Mẫu|Sở Giáo dục và Đào tạo|Giáo dục|2023-11-20|2024-02-05|2024-04-22|2024-07-10
MAU-2024-02|council_resolution|Nghị quyết quy định khu vực không được phép chăn nuôi và chính sách hỗ trợ di dời cơ sở chăn nuôi tại tỉnh Mẫu|Sở Nông nghiệp và Phát triển nông thôn|Chăn nuôi|2024-01-08|2024-04-01|2024-07-25|2024-10-10
MAU-2024-03|provincial_decision|Quyết định quy định hạn mức giao đất ở và diện tích tối thiểu được tách thửa trên địa bàn tỉnh Mẫu|Sở Tài nguyên và Môi trường|Đất đai||2024-03-11|2024-06-24|2024-09-16
MAU-2024-04|council_resolution|Nghị quyết quy định giá dịch vụ thu gom, vận chuyển chất thải rắn sinh hoạt trên địa bàn tỉnh Mẫu|Sở Tài nguyên và Môi trường|Môi trường|2024-02-26|2024-05-13|2024-08-12|2024-12-09
MAU-2024-05|council_resolution|Nghị quyết quy định mức phụ cấp đối với người hoạt động không chuyên trách ở cấp xã, ở thôn của tỉnh Mẫu|Sở Nội vụ|Nội vụ|2024-03-04|2024-05-27|2024-09-09|2024-12-09
MAU-2024-06|provincial_decision|Quyết định ban hành Quy chế quản lý, sử dụng nhà văn hóa, khu thể thao thôn trên địa bàn tỉnh Mẫu|Sở Văn hóa, Thể thao và Du lịch|Văn hóa|2024-02-19|2024-04-15||2024-07-01
MAU-2024-07|council_resolution|Nghị quyết đặt tên một số tuyến đường tại trung tâm huyện Mẫu Đông, tỉnh Mẫu|Sở Văn hóa, Thể thao và Du lịch|Văn hóa|2024-03-18|2024-05-20||2024-07-10
MAU-2024-08|council_resolution|Nghị quyết quy định chính sách hỗ trợ chuyển đổi phương tiện vận tải chạy điện tại tỉnh Mẫu|Sở Giao thông vận tải|Giao thông|2024-01-15||||
MAU-2024-09|council_resolution|Nghị quyết quy định mức hỗ trợ đóng bảo hiểm y tế cho một số nhóm đối tượng trên địa bàn tỉnh Mẫu|Sở Lao động - Thương binh và Xã hội|An sinh xã hội|2024-07-01|2024-09-23|2024-11-11|
MAU-2024-10|provincial_decision|Quyết định quy định quản lý hoạt động của bến khách ngang sông và phương tiện thủy thô sơ tại tỉnh Mẫu|Sở Giao thông vận tải|Giao thông|2024-06-10|2024-08-26||
MAU-2024-11|council_resolution|Nghị quyết quy định mức chi cho công tác hòa giải ở cơ sở và phổ biến, giáo dục pháp luật của tỉnh Mẫu|Sở Tư pháp|Tư pháp|2024-04-08|2024-06-03||2024-10-10
"""
_CRITERIA = ("needs_proposal", "direct_effect", "contested", "wide_effect")
# Which criteria do not hold: these policies are out of scope.
_NOT_MET = {"MAU-2024-06": "contested", "MAU-2024-07": "wide_effect", "MAU-2024-11": "direct_effect"}
_WITHDRAWN = {"MAU-2024-08": date(2024, 5, 6)}
# Stages nobody communicated, and days nobody communicated before: what the report has to find.
SILENT_STAGES = {("MAU-2024-04", "proposal_consultation_date")}
SILENT_BELOW = {
    "HU-02": {("MAU-2024-01", "appraisal_date"), ("MAU-2023-01", "appraisal_date")},
    "SO-TP": {("MAU-2024-03", "draft_consultation_date")},
}
NOT_BEFORE = {("MAU-2024-05", "draft_consultation_date"): date(2024, 6, 20)}
NOT_BEFORE |= {("MAU-2024-02", "proposal_consultation_date"): date(2024, 1, 22)}
NOT_BEFORE |= {("MAU-2024-10", "proposal_consultation_date"): date(2024, 6, 19)}


@dataclass(frozen=True)
class Stage:
    """One stage of a policy: from ``start`` to ``last`` (included), opened by the date field ``opened_by``."""

    policy_id: str
    opened_by: str
    start: date
    last: date


def policies_table() -> list[dict[str, object]]:
    """Rows of ``policies``: real laws first."""
    return [*_real(), *(_fictional(line) for line in _FICTIONAL.strip().splitlines())]


def stages(policy: dict[str, object], last_day: date) -> Iterator[Stage]:
    """The stages of a policy up to ``last_day``; none without a stage date."""
    if policy.get("withdrawn_date"):
        last_day = min(last_day, policy["withdrawn_date"])
    known = [(name, policy[name]) for name in _STAGE_FIELDS if policy.get(name)]
    for number, (name, start) in enumerate(known):
        if name == "adoption_date":
            return
        following = known[number + 1] if number + 1 < len(known) else ("", last_day)
        last = following[1] if following[0] in ("", "adoption_date") else following[1] - timedelta(days=1)
        if start <= last_day:
            yield Stage(policy["policy_id"], name, start, min(last, last_day))


def assignments_table() -> list[dict[str, object]]:
    """Rows of ``assignments``."""
    rows = []
    for policy in policies_table():
        for unit in all_units():
            if day := _assigned_on(policy, unit):
                leads = unit.unit_id == policy.get("lead_unit_id")
                role = "lead" if leads else "participant"
                rows.append({"policy_id": policy["policy_id"], "unit_id": unit.unit_id, "role": role})
                rows[-1]["assigned_date"] = day
    return rows


def _assigned_on(policy: dict[str, object], unit: Unit) -> date | None:
    name = policy["policy_id"]
    start = next((policy[field] for field in _STAGE_FIELDS if policy.get(field)), date(2024, 1, 15))
    day = max(start, date(2023, 1, 12)) + timedelta(days=2)
    number = int(unit.unit_id[-2:]) if unit.level == "commune" else 0
    if name == CAPITAL:
        return day if unit.unit_id == "SO-TP" else None
    if name == "MAU-2024-07":  # a local matter of one district
        return day if unit.unit_id in ("HU-01", "XA-01") else None
    if name in ("MAU-2024-06", "MAU-2024-08", "MAU-2024-11", TEACHERS) and number:
        return day if number in (1, 2, 8) else None
    skipped = {"MAU-2024-02": {3, 6, 12}, "MAU-2024-04": {2, 5, 6, 9, 13}, "MAU-2024-05": {1, 4, 7, 8, 10}}
    skipped |= {"MAU-2024-10": set(range(1, 8)) | {9, 11}, "MAU-2024-03": {6, 9}}
    if number in skipped.get(name, ()) or (unit.unit_id == MERGED and day > date(2024, 3, 31)):
        return None
    return day


def _fictional(line: str) -> dict[str, object]:
    name, kind, title, lead, field, *days = line.split("|")
    row: dict[str, object] = {"policy_id": name, "title": title, "document_type": kind, "level": "province"}
    row |= {"lead_agency": f"{lead} tỉnh Mẫu", "field": field, "legal_regime": "2015"}
    row["lead_unit_id"] = "SO-TP" if lead == "Sở Tư pháp" else "TINH-MAU"
    row |= {criterion: criterion != _NOT_MET.get(name) for criterion in _CRITERIA}
    row["criteria_evidence"] = "Danh mục chính sách có tác động lớn năm " + name[4:8] + " của tỉnh Mẫu (giả định)"
    row |= {stage: date.fromisoformat(day) for stage, day in zip(_STAGE_FIELDS, days, strict=False) if day}
    return row | {"withdrawn_date": _WITHDRAWN.get(name), "source": FICTIONAL}


def _real() -> Iterator[dict[str, object]]:
    common = {"document_type": "law", "level": "central", "legal_regime": "2015", "lead_unit_id": None}
    common |= dict.fromkeys(_CRITERIA, True)
    common["criteria_evidence"] = "Xác định cho dữ liệu mẫu, không phải văn bản của cơ quan chủ trì soạn thảo"
    yield {
        **common,
        "policy_id": LAND,
        "title": "Luật Đất đai (sửa đổi)",
        "lead_agency": "Bộ Tài nguyên và Môi trường",
        "field": "Đất đai",
        "draft_consultation_date": date(2023, 1, 3),
        "adoption_date": date(2024, 1, 18),
        "source": _SOURCES[LAND],
    }
    yield {
        **common,
        "policy_id": CAPITAL,
        "title": "Luật Thủ đô (sửa đổi)",
        "lead_agency": "Bộ Tư pháp",
        "field": "Tổ chức chính quyền",
        "adoption_date": date(2024, 6, 28),
        "source": _SOURCES[CAPITAL],
    }
    yield {
        **common,
        "policy_id": TEACHERS,
        "title": "Luật Nhà giáo",
        "lead_agency": "Bộ Giáo dục và Đào tạo",
        "field": "Giáo dục",
        "proposal_consultation_date": date(2023, 6, 29),
        "adoption_date": date(2025, 6, 16),
        "source": _SOURCES[TEACHERS],
    }


# As in shared/data/real-policies.csv; the proposal date of the teachers' law is that of the article's address.
_SOURCES = {
    LAND: "https://thuonggiaonline.vn/du-thao-luat-dat-dai-sua-doi-lay-y-kien-nhan-dan-tu-ngay-312023-53579.htm"
    " | https://quochoitv.vn/thong-qua-luat-dat-dai-sua-doi-dau-an-lap-phap-quan-trong-cua-nhiem-ky-207639.htm",
    CAPITAL: "https://pbgdpl.moj.gov.vn/qt/tintuc/pages/hoat-dong-pgbdpltw.aspx?ItemID=1943"
    " | https://cdnwebhn.tek4tv.vn/video/11-luat-da-duoc-quoc-hoi-thong-qua-246852.htm",
    TEACHERS: "https://lsvn.vn/chinh-phu-thong-nhat-thong-qua-de-nghi-xay-dung-luat-nha-giao-1688023560-a132238.html"
    " | https://www.quanlynhanuoc.vn/?p=42701",
}
