"""The units' yearly plans: tasks with their products, and money. Modelled on the plan's own seven kinds of work."""

# ruff: noqa: E501  (one entry of a text table is one line)
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample.places import EMPTY_UNIT, MERGED, MERGED_ON, Unit

Rows = list[dict[str, object]]

# group | title | start | due | product kind | symbol ({TB, KH, BC…}-…); {năm}, {xã}: the year, the unit's own word
_COMMUNE = """
planning|Xây dựng Kế hoạch truyền thông dự thảo chính sách năm {năm} của xã|01-02|01-31|plan|KH-UBND
briefing|Quán triệt Quyết định số 407/QĐ-TTg và Kế hoạch của huyện đến cán bộ chủ chốt xã, bí thư chi bộ, trưởng thôn|01-15|02-29|document|TB-UBND
guidance|Hướng dẫn các ban, ngành, đoàn thể và các thôn về nội dung, hình thức truyền thông dự thảo chính sách|02-05|03-31|document|UBND-TP
training|Tập huấn kỹ năng truyền thông dự thảo chính sách cho tuyên truyền viên pháp luật và tổ hòa giải|03-04|05-15|material|TL-UBND
communication|Truyền thông các dự thảo chính sách được giao trên truyền thanh cơ sở, trang thông tin điện tử của xã|01-02|12-20|report|BC-UBND
communication|Tổ chức đối thoại, lấy ý kiến Nhân dân tại các thôn đối với dự thảo chính sách về đất đai, chăn nuôi, môi trường|03-11|09-30|report|BC-UBND
inspection|Kiểm tra việc truyền thông dự thảo chính sách tại các thôn|04-01|06-10|document|TB-UBND
reporting|Báo cáo kết quả thực hiện Kế hoạch 6 tháng đầu năm {năm}|06-03|06-18|report|BC-UBND
reporting|Báo cáo kết quả thực hiện Kế hoạch năm {năm}|12-02|12-17|report|BC-UBND
"""
_DISTRICT = """
planning|Ban hành Kế hoạch truyền thông dự thảo chính sách năm {năm} trên địa bàn huyện|01-02|01-20|plan|KH-UBND
briefing|Hội nghị quán triệt Kế hoạch của tỉnh đến thủ trưởng các phòng, ban và chủ tịch UBND các xã|01-15|02-20|document|TB-UBND
guidance|Hướng dẫn các xã rà soát, xác định dự thảo chính sách cần truyền thông|01-22|03-15|document|PTP-NV
training|Tập huấn kỹ năng truyền thông dự thảo chính sách cho báo cáo viên pháp luật huyện và công chức Tư pháp - Hộ tịch|03-04|04-30|material|TL-PTP
communication|Truyền thông dự thảo chính sách trên Cổng thông tin điện tử và hệ thống truyền thanh huyện|01-02|12-20|report|BC-UBND
communication|Tổ chức hội nghị đối thoại giữa lãnh đạo UBND huyện với Nhân dân, doanh nghiệp về các dự thảo chính sách|04-01|10-31|report|BC-UBND
inspection|Kiểm tra việc thực hiện Kế hoạch tại các xã|04-15|11-15|document|KL-UBND
reporting|Báo cáo kết quả thực hiện Kế hoạch 6 tháng đầu năm {năm}|06-03|06-20|report|BC-UBND
reporting|Báo cáo kết quả thực hiện Kế hoạch năm {năm}|12-02|12-19|report|BC-UBND
other|Củng cố, kiện toàn đội ngũ báo cáo viên pháp luật huyện|02-01|05-31|document|QĐ-UBND
"""
_DEPARTMENT = """
planning|Tham mưu UBND tỉnh ban hành Kế hoạch truyền thông dự thảo chính sách năm {năm}|01-02|01-15|document|TTr-STP
briefing|Quán triệt Đề án tại Hội nghị triển khai công tác tư pháp|01-08|02-06|report|BC-STP
guidance|Hướng dẫn các sở, ngành, UBND cấp huyện xác định chính sách có tác động lớn đến xã hội|01-15|03-08|document|STP-PBGDPL
training|Tập huấn kỹ năng truyền thông dự thảo chính sách cho báo cáo viên pháp luật tỉnh và cán bộ pháp chế|03-18|05-31|material|TL-STP
communication|Biên soạn, cung cấp tài liệu truyền thông dự thảo chính sách cho báo chí và các địa phương|02-01|11-30|material|TL-STP
communication|Đăng tải nội dung dự thảo chính sách trên Trang thông tin phổ biến, giáo dục pháp luật tỉnh|01-02|12-20|report|BC-STP
reporting|Tổng hợp, báo cáo kết quả thực hiện Đề án 6 tháng đầu năm {năm}|06-03|06-20|report|BC-STP
reporting|Tổng hợp, báo cáo kết quả thực hiện Đề án năm {năm}|12-02|12-20|report|BC-STP
"""
_PROVINCE = """
planning|Ban hành Kế hoạch thực hiện Đề án truyền thông dự thảo chính sách năm {năm} của tỉnh|01-02|01-31|plan|KH-UBND
briefing|Quán triệt Đề án tại phiên họp Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh|01-15|02-29|document|TB-HĐPH
guidance|Chỉ đạo các sở, ngành chủ trì soạn thảo lập danh mục chính sách cần truyền thông trong năm|01-15|03-15|document|UBND-NC
training|Tổ chức hội nghị trực tuyến tập huấn kỹ năng truyền thông chính sách cho cơ quan chủ trì soạn thảo, báo chí|03-18|05-24|material|TL-UBND
communication|Họp báo, cung cấp thông tin định kỳ cho báo chí về các dự thảo nghị quyết trình Hội đồng nhân dân tỉnh|03-01|12-15|document|TCBC-UBND
communication|Duy trì chuyên mục lấy ý kiến dự thảo văn bản trên Cổng thông tin điện tử tỉnh|01-02|12-31|report|BC-VP
inspection|Kiểm tra việc thực hiện Đề án tại các sở, ngành và địa phương|05-06|10-31|document|KL-UBND
reporting|Báo cáo Bộ Tư pháp kết quả thực hiện Đề án 6 tháng đầu năm {năm}|06-10|06-25|report|BC-UBND
reporting|Báo cáo Bộ Tư pháp kết quả thực hiện Đề án năm {năm}|12-02|12-25|report|BC-UBND
"""
_PLANS = {"commune": _COMMUNE, "district": _DISTRICT, "department": _DEPARTMENT, "province": _PROVINCE}
_LEADS = {
    "commune": ("Ủy ban nhân dân xã", "Công chức Tư pháp - Hộ tịch", "Công chức Văn hóa - Xã hội"),
    "district": ("Phòng Tư pháp", "Phòng Tư pháp", "Phòng Văn hóa và Thông tin"),
    "department": ("Phòng Phổ biến, giáo dục pháp luật", "Phòng Xây dựng và kiểm tra văn bản", "Văn phòng Sở"),
    "province": ("Sở Tư pháp", "Văn phòng UBND tỉnh", "Sở Thông tin và Truyền thông"),
}
_PARTNERS = {
    "commune": ("Văn hóa - Xã hội", "Mặt trận Tổ quốc xã", "Đoàn Thanh niên", "Hội Liên hiệp Phụ nữ", "Hội Nông dân"),
    "district": ("Văn phòng HĐND và UBND huyện", "Trung tâm Văn hóa - Thông tin", "Hội Nông dân huyện", "UBND các xã"),
    "department": ("Báo Mẫu", "Đài Phát thanh và Truyền hình tỉnh", "Các sở, ngành liên quan", "Đoàn Luật sư tỉnh"),
    "province": ("Các sở, ban, ngành", "UBND cấp huyện", "Ủy ban MTTQ Việt Nam tỉnh", "Báo Mẫu"),
}
# The plan of a commune with almost nothing in it, as real ones are: one line for the whole year.
_ALMOST_EMPTY = (
    "briefing|Quán triệt, nâng cao nhận thức về Đề án đến cán bộ, công chức và Nhân dân|01-02|12-31|report|BC-UBND"
)


@dataclass(frozen=True)
class Draft:
    """One line of a plan template."""

    group: str
    title: str
    start: date
    due: date
    product: str
    symbol: str


def plan_of(unit: Unit, year: int) -> tuple[Rows, Rows]:
    """Return the unit's tasks and products of a plan year, as they stand at the end of that year."""
    dice = unit.dice(f"plan {year}")
    tasks, products = [], []
    for number, draft in enumerate(_drafts(unit, year), start=1):
        task = _task(unit, draft, f"NV-{number:02d}", dice)
        if task["completed_date"]:
            products.append(_product(task, draft, dice))
        tasks.append({name: value for name, value in task.items() if value is not None})
    return tasks, products + (_further_products(unit, tasks, dice) if unit.level != "commune" else [])


def budget_of(unit: Unit, year: int) -> Rows:
    """Money: every level above the commune, and three communes; one commune was given nothing of its own."""
    amounts = {"XA-01": 12.0, "XA-08": 10.0, "XA-04": None, "HU-01": 85.0, "HU-02": 64.5, "SO-TP": 240.0}
    amounts |= {"TINH-MAU": 520.0}
    if unit.unit_id not in amounts:
        return []
    dice, given = unit.dice(f"budget {year}"), amounts[unit.unit_id]
    if given is None:
        row = {"line_id": "KP-01", "source": "state_regular", "recorded_date": date(year, 6, 5)}
        return [row | {"spent": 2.5, "task_id": "NV-02"}]
    lines = [("NV-04", "state_regular", 0.35, date(year, 5, 28)), ("NV-05", "state_regular", 0.3, date(year, 6, 7))]
    lines += [("NV-05", "state_scheme", 0.25, date(year, 10, 15)), ("NV-06", "mobilised", 0.1, date(year, 11, 20))]
    rows = []
    for number, (task, source, share, day) in enumerate(lines if unit.level != "commune" else lines[:2], start=1):
        allocated = round(given * share, 1)
        row = {"line_id": f"KP-{number:02d}", "task_id": task, "source": source, "allocated": allocated}
        rows.append(row | {"spent": round(allocated * dice.uniform(0.45, 1.0), 1), "recorded_date": day})
    return rows


def _drafts(unit: Unit, year: int) -> list[Draft]:
    text = _ALMOST_EMPTY if unit.unit_id == EMPTY_UNIT else _PLANS[unit.level].strip()
    lines = text.splitlines()[: None if year == 2024 else 5]
    drafts = []
    for line in lines:
        group, title, start, due, product, symbol = line.replace("{năm}", str(year)).split("|")
        days = [_day(year, text) for text in (start, due)]
        drafts.append(Draft(group, title, *days, product, symbol))
    return [draft for draft in drafts if unit.unit_id != MERGED or year < 2024 or draft.due <= MERGED_ON]


def _day(year: int, text: str) -> date:
    month, day = map(int, text.split("-"))
    return date(year, month, 28 if (month, day) == (2, 29) and year % 4 else day)


def _task(unit: Unit, draft: Draft, task_id: str, dice) -> dict[str, object]:
    leads = _LEADS[unit.level]
    lead = leads[0] if draft.group in ("planning", "briefing") else leads[2 if draft.group == "communication" else 1]
    row: dict[str, object] = {"task_id": task_id, "group": draft.group, "title": draft.title, "lead": lead}
    partners = _PARTNERS[unit.level]
    row["coordinating"] = tuple(dice.sample(partners, k=dice.choice((1, 2, 2, 3)))) if dice.random() < 0.8 else None
    row |= {"start_date": draft.start, "due_date": draft.due}
    done = _completed(unit, draft, dice)
    row["completed_date"] = done
    weights = (5, 4, 0.6) if unit.zeal > 0.7 else (2, 5, 1.2)
    rated = done and dice.random() < 0.85
    row["quality"] = dice.choices(("good", "acceptable", "poor"), weights)[0] if rated else None
    return row


def _completed(unit: Unit, draft: Draft, dice) -> date | None:
    """Early, late or never: the less zeal, the later. Every plan exists, otherwise there were no workbook."""
    luck = dice.random()
    if unit.unit_id == EMPTY_UNIT or (luck > 0.78 + unit.zeal / 5 and draft.group not in ("planning", "reporting")):
        return None
    late = luck > 0.35 + unit.zeal / 2
    shift = dice.randint(2, 24) if late else -dice.randint(0, min(12, (draft.due - draft.start).days // 2))
    day = workday(draft.due + timedelta(days=shift))
    latest = MERGED_ON if unit.unit_id == MERGED and draft.due.year == 2024 else date(draft.due.year, 12, 31)
    return min(day, latest)


def _product(task: dict[str, object], draft: Draft, dice) -> dict[str, object]:
    issued = task["completed_date"]
    number = 3 + issued.timetuple().tm_yday // 2 + dice.randint(0, 4)
    kind, _, body = draft.symbol.partition("-")
    words = {"plan": "Kế hoạch", "report": "Báo cáo", "material": "Tài liệu", "document": "Văn bản"}[draft.product]
    row = {"product_id": task["task_id"], "task_id": task["task_id"], "kind": draft.product, "issued_date": issued}
    if draft.product != "material":
        row["document_number"] = f"{number:02d}/{kind}-{body}"
    return row | {"title": words + _about(draft.group)}


def _further_products(unit: Unit, tasks: Rows, dice) -> Rows:
    """Second products of a task, which have a sheet of their own: plans of classes and inspections, leaflets."""
    kinds = {"training": ("plan", "Kế hoạch tổ chức lớp tập huấn"), "inspection": ("plan", "Kế hoạch kiểm tra")}
    kinds["communication"] = ("material", "Tờ gấp giới thiệu nội dung cơ bản của dự thảo chính sách")
    body = {"department": "STP", "province": "UBND"}.get(unit.level, "UBND")
    rows = []
    for task in tasks:
        if task["group"] in kinds and task.get("completed_date"):
            kind, title = kinds[task["group"]]
            day = min(workday(task["start_date"] + timedelta(days=dice.randint(5, 20))), task["completed_date"])
            row = {"product_id": f"SP-{len(rows) + 1:02d}", "task_id": task["task_id"], "kind": kind, "title": title}
            number = f"{8 + day.timetuple().tm_yday // 2}/KH-{body}"
            rows.append(row | ({"document_number": number} if kind == "plan" else {}) | {"issued_date": day})
    return rows


def _about(group: str) -> str:
    return {
        "planning": " truyền thông dự thảo chính sách",
        "briefing": " kết quả hội nghị quán triệt",
        "guidance": " hướng dẫn truyền thông dự thảo chính sách",
        "training": " tập huấn kỹ năng truyền thông",
        "communication": " kết quả truyền thông dự thảo chính sách",
        "inspection": " kết luận kiểm tra",
        "reporting": " kết quả thực hiện Kế hoạch",
        "other": " kiện toàn đội ngũ báo cáo viên",
    }[group]


def workday(day: date) -> date:
    """Return the day, or the Friday before a week-end; New Year and Tết of 2023 and 2024 are passed over."""
    tet = ((date(2023, 1, 20), date(2023, 1, 27)), (date(2024, 2, 8), date(2024, 2, 15)))
    for first, after in tet:
        if first <= day < after:
            day = after
    return day - timedelta(days=max(0, day.weekday() - 4))
