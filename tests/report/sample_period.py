"""A small fictional period written by hand: a province, a department, a district and six communes, first half of 2024.

``period_data()`` evaluates it; ``period_data(rows={**tables(), ...})`` evaluates it changed. All names are fictional.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

import pandas as pd

from kit.indicators.evaluate import evaluate, open_scope
from kit.params import PlanParams
from kit.periods import parse_period
from kit.store import PeriodData
from kit.validation.findings import COLUMNS, typed_findings
from tests.indicators.frames import frames

COMMUNES = ("XA-01", "XA-02", "XA-03", "XA-04", "XA-05", "XA-06")
_NAMES = dict(zip(COMMUNES, ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"), strict=True))

UNITS = [
    {"unit_id": "TINH", "name": "Tỉnh Mẫu", "level": "province"},
    {"unit_id": "SO-TP", "name": "Sở Tư pháp tỉnh Mẫu", "level": "department", "parent_id": "TINH"},
    {"unit_id": "HU-01", "name": "Huyện Mẫu Đông", "level": "district", "parent_id": "TINH", "valid_to": "2025-06-30"},
    *({"unit_id": id, "name": f"Xã Mẫu {name}", "parent_id": "HU-01"} for id, name in _NAMES.items()),
]

ISSUERS = [
    {
        "unit_id": id,
        "body": f"ỦY BAN NHÂN DÂN XÃ MẪU {name.upper()}",
        "place": f"Mẫu {name}",
        "symbol": "BC-UBND",
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "position": "CHỦ TỊCH",
        "signer": "Nguyễn Văn Mẫu",
        "addressee": "Ủy ban nhân dân huyện Mẫu Đông",
        "recipients": "Như trên;Thường trực Đảng ủy, Thường trực HĐND xã;Lưu: VT, TP-HT",
        "valid_from": "2020-01-01",
    }
    for id, name in list(_NAMES.items())[:5]
]


def _policy(number: int, title: str, *stages: str | None, **more: object) -> dict:
    names = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date", "adoption_date")
    dates = {name: day for name, day in zip(names, stages, strict=False) if day}
    agency = more.pop("lead_agency", "Sở Tư pháp")
    return {"policy_id": f"CS-{number:02d}", "title": title, "lead_agency": agency, **dates, **more}


POLICIES = [
    _policy(
        1,
        "Nghị quyết quy định mức thu học phí đối với cơ sở giáo dục công lập trên địa bàn tỉnh Mẫu",
        "2024-01-10",
        "2024-03-01",
        "2024-05-10",
        lead_agency="Sở Giáo dục và Đào tạo",
    ),
    _policy(
        2,
        "Nghị quyết quy định khu vực không được phép chăn nuôi",
        "2024-02-05",
        "2024-04-15",
        lead_agency="Sở Nông nghiệp và Phát triển nông thôn",
    ),
    _policy(3, "Luật Nhà ở (mẫu)", "2023-08-01", "2023-10-02", "2023-12-01", "2024-01-18", lead_agency="Bộ Xây dựng"),
    _policy(4, "Quyết định về định mức xây dựng nhà ở xã hội", None, "2024-06-10"),
    _policy(5, "Quyết định về quản lý dạy thêm, học thêm $x$ <b>", None, "2024-03-20", "2024-07-15"),
    _policy(6, "Nghị quyết về hỗ trợ hợp tác xã", "2024-08-01"),
]

ASSIGNMENTS = [{"policy_id": f"CS-{n:02d}", "unit_id": id} for n in range(1, 7) for id in COMMUNES]


def _told(id: str, number: int, day: str, policy: int, form: str, **measures: object) -> dict:
    row = {"_unit": id, "activity_id": f"HD-{number:03d}", "date": day, "kind": "policy_communication"}
    return row | {"policy_id": f"CS-{policy:02d}", "form": form, "contents": "1;2;4"} | measures


def _activities() -> list[dict]:
    made: list[dict] = []
    for place, id in enumerate(COMMUNES[:4]):
        made += [
            _told(id, 1, "2024-01-12", 1, "loudspeaker", broadcasts=6 + place, audiences="citizens"),
            _told(
                id, 2, "2024-03-05", 1, "conference", sessions=1, attendances=60 + place, audiences="citizens;officials"
            ),
            _told(id, 3, "2024-02-07", 2, "portal", online_documents=1),
            _told(id, 4, "2023-12-20", 3, "social_media", social_posts=3, contents="1;2;3;4;5;6"),
            {
                "_unit": id,
                "activity_id": "HD-010",
                "date": "2024-02-02",
                "kind": "briefing",
                "form": "conference",
                "sessions": 1,
                "attendances": 1200 + place,
                "audiences": "officials;civil_servants",
                "member_id": "TV-01",
            },
        ]
    made += [
        _told("XA-01", 5, "2024-05-14", 1, "news", news_items=2),
        _told("XA-01", 6, "2024-03-22", 5, "dialogue", sessions=1, attendances=45, audiences="citizens;enterprises"),
        _told("XA-01", 7, "2024-04-18", 2, "leaflet", printed_documents=250),
    ]
    return made


def _tasks() -> list[dict]:
    made: list[dict] = []
    for place, id in enumerate(COMMUNES[:5]):
        made += [
            _task(
                id,
                1,
                "planning",
                "Ban hành Kế hoạch truyền thông dự thảo chính sách năm 2024",
                "2024-01-31",
                "2024-01-20",
            ),
            _task(id, 2, "briefing", "Quán triệt Đề án đến cán bộ, công chức", "2024-02-29", "2024-03-05"),
            _task(
                id, 3, "training", "Cử công chức dự tập huấn kỹ năng", "2024-05-30", None if place % 2 else "2024-05-28"
            ),
            _task(id, 4, "communication", "Truyền thông các dự thảo được giao", "2024-11-30", None),
            _task(
                id,
                5,
                "guidance",
                "Hướng dẫn các thôn tổ chức truyền thông",
                "2024-04-30",
                None if place > 2 else "2024-04-28",
            ),
        ]
    return made


def _task(*values: str | None) -> dict:
    id, number, group, title, due, done = values
    row = {"_unit": id, "task_id": f"NV-{number:02d}", "group": group, "title": title, "start_date": "2024-01-05"}
    lead = {"lead": "Công chức Tư pháp - Hộ tịch", "due_date": due}
    return row | lead | {"completed_date": done, "quality": "good" if done else None}


PRODUCTS = [
    {
        "_unit": id,
        "product_id": "SP-01",
        "task_id": "NV-01",
        "kind": "plan",
        "document_number": "05/KH-UBND",
        "issued_date": "2024-01-20",
        "title": "Kế hoạch truyền thông dự thảo chính sách năm 2024",
    }
    for id in COMMUNES[:5]
]
OBSTACLES = [
    {
        "_unit": "XA-01",
        "obstacle_id": "VM-01",
        "category": "staff",
        "reported_date": "2024-05-20",
        "description": "Công chức Tư pháp - Hộ tịch kiêm nhiệm nhiều việc",
        "responsible_level": "district",
        "proposal": "Bổ sung nhân lực cho công tác tư pháp cấp xã",
    },
    {
        "_unit": "XA-02",
        "obstacle_id": "VM-01",
        "category": "staff",
        "reported_date": "2024-05-22",
        "description": "Chưa có cán bộ chuyên trách truyền thông",
        "responsible_level": "province",
    },
    {
        "_unit": "XA-02",
        "obstacle_id": "VM-02",
        "category": "funding",
        "reported_date": "2024-03-22",
        "description": "Không bố trí kinh phí riêng cho truyền thông",
        "responsible_level": "province",
        "proposal": "Bố trí kinh phí hằng năm cho nhiệm vụ truyền thông dự thảo chính sách",
        "resolved_date": "2024-06-01",
    },
    {"_unit": "XA-03", "obstacle_id": "VM-01", "category": "none", "reported_date": "2024-06-01"},
]
FEEDBACK = [
    {
        "_unit": "HU-01",
        "feedback_id": "GY-01",
        "policy_id": "CS-01",
        "date": "2024-04-02",
        "respondents": "citizens",
        "received": 40,
        "accepted": 22,
        "explained": 12,
    },
    {
        "_unit": "HU-01",
        "feedback_id": "GY-02",
        "policy_id": "CS-02",
        "date": "2024-05-02",
        "respondents": "enterprises",
        "received": 10,
        "accepted": 4,
        "explained": 6,
    },
]
BUDGET = [
    {
        "_unit": id,
        "line_id": "KP-01",
        "source": "state_regular",
        "allocated": 15.0,
        "spent": 7.5,
        "recorded_date": "2024-05-30",
    }
    for id in COMMUNES[:3]
]
INSPECTIONS = [
    {
        "_unit": "HU-01",
        "inspection_id": "KT-01",
        "date": "2024-05-22",
        "inspected": "Xã Mẫu Hai",
        "result": "acceptable",
        "document_number": "12/TB-UBND",
    },
]
MEMBERS = [
    {"_unit": "HU-01", "member_id": f"TV-{n:02d}", "full_name": f"Lê Văn Mẫu {n}", "agency": agency}
    for n, agency in enumerate(("Phòng Tư pháp", "Phòng Văn hóa và Thông tin", "Hội Nông dân"), 1)
]
NARRATIVE = [
    {
        "_unit": "XA-01",
        "period": "2024-H1",
        "section": "limitations",
        "text": "Hệ thống truyền thanh ở hai thôn vùng sâu chưa được sửa chữa.",
    },
    {"_unit": "XA-01", "period": "2024-H1", "section": "causes", "text": "Kinh phí sửa chữa được phân bổ chậm."},
    {
        "_unit": "XA-01",
        "period": "2024-H1",
        "section": "next_tasks",
        "text": "Sửa chữa loa truyền thanh trong tháng 8.",
    },
]


def _submissions() -> list[dict]:
    days = ("2024-06-15", "2024-06-18", "2024-06-20", "2024-06-17", "2024-06-17")
    rows = [{"_unit": id, "period": "2024-H1", "sent_date": day} for id, day in zip(COMMUNES, days, strict=False)]
    return [*rows, {"_unit": "HU-01", "period": "2024-H1", "sent_date": "2024-06-19"}]


def tables() -> dict[str, list[dict]]:
    """Return the rows of every table."""
    return {
        "units": UNITS,
        "policies": POLICIES,
        "issuers": ISSUERS,
        "assignments": ASSIGNMENTS,
        "submissions": _submissions(),
        "tasks": _tasks(),
        "products": PRODUCTS,
        "activities": _activities(),
        "feedback": FEEDBACK,
        "budget": BUDGET,
        "obstacles": OBSTACLES,
        "inspections": INSPECTIONS,
        "council_members": MEMBERS,
        "narrative": NARRATIVE,
    }


def finding(code: str, severity: str = "error", **more: object) -> dict:
    """Return one finding; what is not given is blank."""
    return {**dict.fromkeys(COLUMNS, ""), "source_row": None, "code": code, "severity": severity, **more}


FINDINGS = [
    finding(
        "date-unreadable",
        unit_id="XA-02",
        table="activities",
        field="date",
        key="HD-020",
        value="31/02/2024",
        message="Ngày 31/02/2024 không có thật.",
        source_file="data/collected/2024/XA-02.xlsx",
        source_sheet="Hoạt động",
        source_row=31,
        source_column="C",
    ),
    finding(
        "approximate",
        "warning",
        unit_id="XA-01",
        table="activities",
        field="attendances",
        key="HD-002",
        value="hơn 60",
        source_file="data/collected/2024/XA-01.xlsx",
        source_sheet="Hoạt động",
        source_row=9,
        source_column="M",
    ),
    finding("read-as", "note", unit_id="XA-01", table="activities", field="broadcasts", key="HD-001", value="1.200"),
]


def period_data(
    code: str = "2024-H1",
    *,
    rows: Mapping[str, list[dict]] | None = None,
    findings: list[dict] | None = None,
    targets: Mapping[str, int] | None = None,
) -> PeriodData:
    """Return the evaluated period. ``rows`` are all tables (default: ``tables()``; those not named are empty).

    The usual one is evaluated once for each code: nothing changes what it is given.
    """
    if rows is findings is targets is None:
        return _usual(code)
    rows = tables() if rows is None else rows
    wanted = {"CS-01": 70, "CD-01": 100} if targets is None else targets
    params = PlanParams(2024, targets={id: Fraction(value) for id, value in wanted.items()})
    period = parse_period(code)
    typed = frames(**rows)
    found = FINDINGS if findings is None else findings
    table = typed_findings(pd.DataFrame(found, columns=COLUMNS))
    return PeriodData(period, params, typed, table, evaluate(open_scope(typed, period, params)))


@cache
def _usual(code: str) -> PeriodData:
    return period_data(code, rows=tables())
