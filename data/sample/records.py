"""Submissions, opinions received, obstacles, inspections and council members of the fictional units."""

# ruff: noqa: E501  (one entry of a text table is one line)
from __future__ import annotations

from datetime import date, timedelta

from sample.places import EMPTY_UNIT, MERGED, Unit, all_units
from sample.plans import Rows, workday
from sample.policies import LAND, policies_table, stages

# On time for 2024-H1: communes 18/6, districts and departments 20/6, the province 25/6.
_LATE_H1 = {"XA-09": date(2024, 6, 24), "XA-03": date(2024, 6, 21), "HU-02": date(2024, 6, 21)}
_NOT_YET_AT_YEAR_END = ("XA-09", "XA-11")
_WORKING_DAYS = {"commune": 2, "district": 4, "department": 4, "province": 7}  # allowed after the cut-off

# category | description | level | proposal | how many units may say it
_OBSTACLES = """
staff|Công chức Tư pháp - Hộ tịch kiêm nhiệm nhiều việc, chưa có người chuyên trách công tác truyền thông chính sách|province|Bố trí, bổ sung biên chế công chức Tư pháp - Hộ tịch cho cấp xã
funding|Kinh phí không được bố trí riêng, phải lồng ghép với kinh phí phổ biến, giáo dục pháp luật|province|Có định mức chi riêng cho truyền thông dự thảo chính sách
skills|Tuyên truyền viên pháp luật còn lúng túng khi tóm tắt dự thảo thành nội dung dễ hiểu để phát trên loa truyền thanh|district|Mở lớp tập huấn kỹ năng biên soạn tin, bài truyền thông chính sách
identification|Khó xác định dự thảo nào thuộc diện có tác động lớn đến xã hội vì chưa có danh mục từ đầu năm|province|Sớm ban hành danh mục chính sách phải truyền thông trong năm
infrastructure|Cụm loa truyền thanh ở hai thôn xa trung tâm hỏng từ trước Tết, chưa được sửa chữa|district|Hỗ trợ kinh phí sửa chữa, chuyển sang truyền thanh ứng dụng công nghệ thông tin
coordination|Dự thảo gửi về xã sát thời hạn lấy ý kiến nên chỉ kịp đăng tải, chưa tổ chức được sinh hoạt thôn|province|Cơ quan chủ trì soạn thảo gửi tài liệu trước thời hạn lấy ý kiến ít nhất 15 ngày
awareness|Một bộ phận người dân chưa quan tâm góp ý vì cho rằng dự thảo còn xa với cuộc sống hằng ngày|commune|Chọn nội dung gắn với quyền lợi trực tiếp của người dân để truyền thông
initiative|Các ban, ngành, đoàn thể của xã còn chờ văn bản hướng dẫn, chưa chủ động lồng ghép nội dung|commune|Giao chỉ tiêu cụ thể cho từng ban, ngành, đoàn thể trong kế hoạch
infrastructure|Trang thông tin điện tử của xã hay lỗi, người dân khó tìm mục lấy ý kiến dự thảo|province|Nâng cấp cổng thông tin thành phần của cấp xã
organisation|Cán bộ phụ trách vừa thay đổi do sắp xếp đơn vị hành chính, hồ sơ bàn giao chưa đầy đủ|district|Hướng dẫn bàn giao sổ theo dõi, hồ sơ khi sắp xếp đơn vị hành chính
coordination|Cơ quan báo chí ít nhận được tài liệu tóm tắt, phải tự biên tập từ toàn văn dự thảo|province|Quy định cơ quan chủ trì soạn thảo kèm tài liệu tóm tắt khi gửi lấy ý kiến
skills|Đội ngũ pháp chế ở một số sở, ngành kiêm nhiệm, chưa được bồi dưỡng kỹ năng truyền thông chính sách|ministry|Tổ chức tập huấn, cung cấp bộ tài liệu kỹ năng cho pháp chế địa phương
"""
_COMMUNE_OBSTACLES, _HIGHER_OBSTACLES = range(10), (0, 1, 3, 5, 10, 11)


def submissions_of(unit: Unit, year: int) -> Rows:
    """Reports sent: half-years and the year; the merged commune sent a first quarter."""
    if unit.unit_id == MERGED and year == 2024:
        return [_sent(unit, "2024-Q1", date(2024, 3, 18))]
    rows = [_sent(unit, f"{year}-H1", _sent_date(unit, date(year, 6, 14)))]
    if not (year == 2024 and unit.unit_id in _NOT_YET_AT_YEAR_END):
        after = _sent_date(unit, date(year, 12, 14))
        rows += [_sent(unit, f"{year}-H2", after)] if year == 2024 else []
        rows += [_sent(unit, f"{year}-Y", after)]
    if unit.unit_id == EMPTY_UNIT and year == 2024:
        rows[0]["nothing_to_report"] = True
    return rows


def feedback_of(unit: Unit, year: int) -> Rows:
    """Opinions received on drafts, by districts, the department and the province, in the weeks after a stage begins."""
    if unit.level == "commune":
        return []
    dice, rows = unit.dice(f"feedback {year}"), []
    for policy in policies_table():
        for stage in stages(policy, date(2024, 12, 10)):
            day = workday(stage.start + timedelta(days=dice.randint(18, 40)))
            if dice.random() < 0.45 or stage.opened_by == "appraisal_date" or day > stage.last or day.year != year:
                continue
            received = dice.randint(4, 60) * (2 if policy["policy_id"] == LAND else 1)
            accepted = int(received * dice.uniform(0.3, 0.7))
            row = {"policy_id": stage.policy_id, "date": day, "received": received, "accepted": accepted}
            row["respondents"] = dice.choice(("citizens", "citizens", "organisations", "enterprises", "agencies"))
            rows.append(row | {"explained": int((received - accepted) * dice.uniform(0.5, 1.0))})
    rows.sort(key=lambda row: (row["date"], row["policy_id"]))
    return [{"feedback_id": f"GY-{number:02d}", **row} for number, row in enumerate(rows, start=1)]


def obstacles_of(unit: Unit, year: int) -> Rows:
    """Obstacles reported; two units say expressly that there are none."""
    if unit.unit_id in (EMPTY_UNIT, "XA-12") and year == 2024:
        return [{"obstacle_id": "VM-01", "category": "none", "reported_date": date(2024, 6, 12)}]
    dice = unit.dice(f"obstacles {year}")
    pool = [line.split("|") for line in _OBSTACLES.strip().splitlines()]
    choices = _COMMUNE_OBSTACLES if unit.level == "commune" else _HIGHER_OBSTACLES
    wanted = sorted(dice.sample(list(choices), k=1 if year == 2023 else dice.choice((1, 2, 2, 3))))
    rows = []
    for number, index in enumerate(wanted, start=1):
        category, description, level, proposal = pool[index]
        day = workday(date(year, dice.choice((2, 3, 4, 5, 5, 9)), dice.randint(5, 27)))
        day = min(day, date(2024, 3, 29)) if unit.unit_id == MERGED and year == 2024 else day
        row = {"obstacle_id": f"VM-{number:02d}", "category": category, "description": description}
        row |= {"reported_date": day, "responsible_level": level, "proposal": proposal}
        if dice.random() < 0.3 and unit.unit_id != MERGED:
            row["resolved_date"] = min(workday(day + timedelta(days=dice.randint(20, 80))), date(year, 12, 20))
        rows.append(row)
    return rows


def inspections_of(unit: Unit, year: int) -> Rows:
    """Inspections by the districts, the province and one commune."""
    below = {"TINH-MAU": ["Sở Tài nguyên và Môi trường", "Sở Nội vụ", "Huyện Mẫu Đông", "Huyện Mẫu Tây"]}
    below |= {"XA-01": [f"Thôn {unit.village(1).removeprefix('thôn ')}"]}
    below |= {name: [x.name for x in all_units() if x.parent_id == name][1:6] for name in ("HU-01", "HU-02")}
    if unit.unit_id not in below or (year == 2023 and unit.unit_id == "XA-01"):
        return []
    dice, rows = unit.dice(f"inspections {year}"), []
    names = below[unit.unit_id][: 5 if year == 2024 else 2]
    for number, name in enumerate(names, start=1):
        day = workday(date(year, 4 + 7 * number // (len(names) + 1), dice.randint(6, 26)))
        row = {"inspection_id": f"KT-{number:02d}", "date": day, "inspected": name}
        row["result"] = dice.choice(("good", "acceptable", "acceptable", "poor"))
        rows.append(row | {"document_number": f"{20 + 14 * number + dice.randint(0, 9)}/TB-UBND"})
    return rows


def members_of(unit: Unit, year: int) -> Rows:
    """Members of the council: the same people in both years; one left in May 2024, one came in June."""
    agencies = {"province": _PROVINCE_AGENCIES, "district": _DISTRICT_AGENCIES}.get(unit.level, "").split(";")
    rows = []
    for number, entry in enumerate(agencies if unit.level in ("province", "district") else (), start=1):
        agency, field = entry.split(":")
        position = {1: "Chủ tịch Hội đồng", 2: "Phó Chủ tịch Hội đồng"}.get(number, "Ủy viên")
        row = {"member_id": f"TV-{number:02d}", "full_name": unit.person(f"member {number}"), "position": position}
        row |= {"agency": agency, "field": field, "member_from": date(2022, 9, 1)}
        if number == len(agencies) - 1 and year == 2024:
            row["member_to"] = date(2024, 5, 15)
        if number == len(agencies):
            row["member_from"] = date(2024, 6, 3)
        rows.append(row)
    return rows if year == 2024 else rows[:-1]


_DISTRICT_AGENCIES = (
    "Ủy ban nhân dân huyện:Chỉ đạo chung;Phòng Tư pháp:Tư pháp;Phòng Văn hóa và Thông tin:Thông tin;"
    "Công an huyện:An ninh, trật tự;Phòng Tài nguyên và Môi trường:Đất đai, môi trường;"
    "Phòng Giáo dục và Đào tạo:Giáo dục;Ủy ban Mặt trận Tổ quốc huyện:Mặt trận;Hội Nông dân huyện:Nông dân;"
    "Liên đoàn Lao động huyện:Lao động;Liên đoàn Lao động huyện:Lao động"
)
_PROVINCE_AGENCIES = (
    "Ủy ban nhân dân tỉnh:Chỉ đạo chung;Sở Tư pháp:Tư pháp;Sở Thông tin và Truyền thông:Báo chí;"
    "Công an tỉnh:An ninh, trật tự;Sở Tài nguyên và Môi trường:Đất đai, môi trường;Sở Giáo dục và Đào tạo:Giáo dục;"
    "Sở Nội vụ:Nội vụ;Ủy ban MTTQ Việt Nam tỉnh:Mặt trận;Hội Nông dân tỉnh:Nông dân;"
    "Hội Liên hiệp Phụ nữ tỉnh:Phụ nữ;Đài Phát thanh và Truyền hình tỉnh:Báo chí;Báo Mẫu:Báo chí;Báo Mẫu:Báo chí"
)


def _sent(unit: Unit, period: str, day: date) -> dict[str, object]:
    people = {"prepared_by": unit.person("clerk"), "approved_by": unit.person("head")}
    return {"period": period, "sent_date": day, **people}


def _sent_date(unit: Unit, cutoff: date) -> date:
    if cutoff.year == 2024 and cutoff.month == 6 and unit.unit_id in _LATE_H1:
        return _LATE_H1[unit.unit_id]
    dice = unit.dice(f"sent {cutoff}")
    allowed = _WORKING_DAYS[unit.level]
    late = dice.random() > 0.6 + unit.zeal / 2 and (cutoff.year, cutoff.month) != (2024, 6)
    left, day = allowed + dice.randint(1, 6) if late else dice.randint(max(1, allowed - 2), allowed), cutoff
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
