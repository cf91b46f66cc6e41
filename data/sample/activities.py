"""The units' activities: steering and training first, then communication of each draft in each of its stages."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sample.places import EMPTY_UNIT, MERGED, MERGED_ON, Unit
from sample.plans import Rows, workday
from sample.policies import (
    LAND,
    NOT_BEFORE,
    SILENT_BELOW,
    SILENT_STAGES,
    Stage,
    assignments_table,
    policies_table,
    stages,
)

_YEAR_END = date(2024, 12, 27)
_FORMS = {
    "commune": "loudspeaker loudspeaker integrated integrated portal social_media dialogue leaflet conference",
    "district": "conference portal social_media news loudspeaker dialogue seminar integrated",
    "department": "portal portal seminar workshop news social_media press_release dialogue",
    "province": "press_conference portal news news workshop press_release conference social_media",
}
_AUDIENCES = {
    "commune": ("citizens", "citizens", "citizens;organisations", "officials;citizens", "citizens;enterprises"),
    "district": ("citizens;organisations", "officials;civil_servants;citizens", "citizens;enterprises;organisations"),
    "department": ("organisations;enterprises", "officials;civil_servants;public_employees", "citizens;organisations"),
    "province": ("citizens;organisations;enterprises", "officials;civil_servants", "citizens;enterprises"),
}
_STAFF = (
    "officials;civil_servants",
    "officials;civil_servants;public_employees",
    "civil_servants;public_employees;workers",
)
# kind, form, task, month-day: what every unit of a level does besides communicating drafts
_STEERING = {
    "commune": (
        ("briefing", "conference", "NV-02", "02-20"),
        ("guidance", "other", "NV-03", "03-20"),
        ("awareness", "integrated", "NV-02", "03-08"),
        ("training", "training_class", "NV-04", "05-09"),
        ("awareness", "loudspeaker", "NV-02", "04-16"),
        ("awareness", "conference", "", "08-22"),
        ("awareness", "conference", "", "11-08"),  # Ngày Pháp luật
    ),
    "district": (
        ("briefing", "conference", "NV-02", "02-19"),
        ("guidance", "other", "NV-03", "03-12"),
        ("training", "training_class", "NV-04", "04-18"),
        ("awareness", "seminar", "NV-06", "05-21"),
        ("training", "training_class", "NV-04", "08-15"),
        ("awareness", "conference", "NV-06", "11-08"),
    ),
}
_STEERING |= {"department": _STEERING["district"], "province": _STEERING["district"]}


def activities_of(unit: Unit, year: int) -> Rows:
    """Return the unit's activities of one plan year's workbook, by date, with keys HD-001 …"""
    dice = unit.dice(f"activities {year}")
    rows = _steering(unit, year, dice) + _communications(unit, year, dice)
    last = MERGED_ON if unit.unit_id == MERGED and year == 2024 else date(year, 12, 31)
    rows = [row for row in rows if row["date"] <= last and _kept(unit, row["date"])]
    rows.sort(key=lambda row: (row["date"], str(row["kind"]), str(row.get("policy_id")), str(row["form"])))
    return [{"activity_id": f"HD-{number:03d}", **row} for number, row in enumerate(rows, start=1)]


def _kept(unit: Unit, day: date) -> bool:
    """The commune with nothing to report did something only in the second half of the year."""
    return unit.unit_id != EMPTY_UNIT or not date(2023, 12, 15) <= day <= date(2024, 6, 14)


def _steering(unit: Unit, year: int, dice: random.Random) -> Rows:
    rows = []
    for kind, form, task, text in _steps(unit, year):
        month, day = map(int, text.split("-"))
        on = workday(date(year, month, day) + timedelta(days=dice.randint(-6, 6)))
        if dice.random() > 0.55 + unit.zeal / 2 or (unit.unit_id == EMPTY_UNIT and year == 2024 and month < 7):
            continue
        row: dict[str, object] = {"date": on, "kind": kind, "form": form}
        task = task if unit.unit_id != EMPTY_UNIT and year == 2024 else ""
        row |= {"task_id": task or None, "audiences": dice.choice(_STAFF)}
        rows.append(row | _measures(unit, form, kind, dice) | _evidence(unit, form, on, dice))
    return rows


def _steps(unit: Unit, year: int) -> tuple[tuple[str, str, str, str], ...]:
    everything = _STEERING[unit.level]
    return everything if year == 2024 else (everything[0], *everything[2:4])


def _communications(unit: Unit, year: int, dice: random.Random) -> Rows:
    mine = {row["policy_id"] for row in assignments_table() if row["unit_id"] == unit.unit_id}
    rows = []
    for policy in policies_table():
        if policy["policy_id"] in mine:
            for stage in stages(policy, _YEAR_END):
                for on in _days(unit, stage, unit.dice(f"{policy['policy_id']} {stage.opened_by}")):
                    if on.year == year:
                        rows.append(_communication(unit, policy["policy_id"], on, dice))
    return rows


def _days(unit: Unit, stage: Stage, dice: random.Random) -> list[date]:
    """On which days a unit communicates a policy in one stage; an empty list is a silence."""
    silent = SILENT_STAGES | SILENT_BELOW.get(unit.unit_id, set()) | SILENT_BELOW.get(unit.parent_id, set())
    if (stage.policy_id, stage.opened_by) in silent or dice.random() > 0.25 + 0.75 * unit.zeal:
        return []
    day = stage.start + timedelta(days=dice.randint(1, 8) if dice.random() < unit.zeal else dice.randint(9, 45))
    day = max(day, NOT_BEFORE.get((stage.policy_id, stage.opened_by), day) + timedelta(days=dice.randint(0, 12)))
    if stage.policy_id == LAND and dice.random() < 0.6:  # the law came back to the Assembly at the end of its window
        return sorted({workday(day), workday(date(2024, 1, dice.randint(3, 12)))})
    days = []
    for _ in range(dice.choice((1, 1, 2))):
        if stage.start <= workday(day) <= stage.last:
            days.append(workday(day))
        day += timedelta(days=dice.randint(14, 50))
    return sorted(set(days))


def _communication(unit: Unit, policy_id: str, on: date, dice: random.Random) -> dict[str, object]:
    form = dice.choice(_FORMS[unit.level].split())
    others = dice.sample("23567", k=dice.choice((1, 2, 3) if unit.zeal > 0.7 else (0, 1, 2)))
    row: dict[str, object] = {"date": on, "kind": "policy_communication", "policy_id": policy_id, "form": form}
    row["contents"] = ";".join(sorted({"1", "4", *others}))
    row["audiences"] = dice.choice(_AUDIENCES[unit.level])
    if on.year == 2024 and unit.unit_id != EMPTY_UNIT:
        row["task_id"] = "NV-06" if form in ("dialogue", "conference") and unit.unit_id != MERGED else "NV-05"
    if unit.unit_id == MERGED:
        row.pop("task_id", None)
    return (
        row
        | _measures(unit, form, "policy_communication", dice)
        | _evidence(unit, form, on, dice)
        | _shared(unit, form, dice)
    )


def _shared(unit: Unit, form: str, dice: random.Random) -> dict[str, object]:
    """Who took part, who owns a joint event, and what another channel already reports."""
    row: dict[str, object] = {}
    if unit.level in ("district", "province") and dice.random() < 0.45:
        row["member_id"] = f"TV-{dice.randint(1, 9):02d}"
    if unit.level == "commune" and form in ("conference", "dialogue"):
        if dice.random() < 0.3:
            row["is_owner"] = False
        row["member_id"] = f"TV-{dice.randint(1, 8):02d}" if dice.random() < 0.5 else None
    if unit.level == "province" and form == "news" and dice.random() < 0.3:
        row["counted_elsewhere"] = True
    return row


def _measures(unit: Unit, form: str, kind: str, dice: random.Random) -> dict[str, object]:
    size = {"commune": 1, "district": 2, "department": 2, "province": 3}[unit.level]
    if form == "loudspeaker":
        return {"broadcasts": dice.choice((2, 3, 4, 4, 6, 8, 10, 12))}
    if form in ("portal", "other"):
        return {"online_documents": dice.randint(1, 3)} if form == "portal" else {}
    if form == "social_media":
        return {"social_posts": dice.randint(1, 2 + 2 * size)}
    if form in ("news", "press_release", "press_conference"):
        attended = {"sessions": 1, "attendances": dice.randint(18, 45)} if form == "press_conference" else {}
        return attended | {"news_items": dice.randint(1, 3 * size)}
    if form == "leaflet":
        return {"printed_documents": 50 * dice.randint(2, 9)}
    sessions = dice.choice((1, 2, 3)) if form == "integrated" else 1
    least, most = {"dialogue": (35, 90), "integrated": (28, 55), "training_class": (25, 60)}.get(form, (35, 80))
    people = sum(dice.randint(least, most) * (size + 1) // 2 for _ in range(sessions))
    row = {"sessions": sessions, "attendances": people}
    if kind == "training" or dice.random() < 0.25:
        row["printed_documents"] = people
    return row


def _evidence(unit: Unit, form: str, on: date, dice: random.Random) -> dict[str, object]:
    if dice.random() < 0.12:
        return {}
    day, village = f"{on.day}/{on.month}/{on.year}", unit.village(dice.randint(0, 7))
    choices = {
        "loudspeaker": [f"Sổ theo dõi truyền thanh tháng {on.month}/{on.year}"],
        "integrated": [
            f"Biên bản sinh hoạt {village} ngày {day}",
            f"Biên bản sinh hoạt Chi hội Nông dân {village}, {day}",
        ],
        "portal": [f"Mục Lấy ý kiến dự thảo, trang thông tin điện tử {unit.own}, đăng ngày {day}"],
        "social_media": [
            f"Trang Zalo của {unit.own} {unit.place}, bài ngày {day}",
            f"Nhóm Zalo các thôn, tin ngày {day}",
        ],
        "dialogue": [f"Biên bản hội nghị đối thoại ngày {day}"],
        "leaflet": [f"Danh sách ký nhận tờ gấp tại {village}"],
        "news": [f"Báo Mẫu số ra ngày {day}", f"Bản tin Đài Phát thanh và Truyền hình tỉnh ngày {day}"],
        "press_release": [f"Thông cáo báo chí ngày {day}"],
        "press_conference": [f"Biên bản họp báo ngày {day}"],
        "training_class": [f"Danh sách học viên, chương trình tập huấn ngày {day}"],
        "other": [f"Văn bản hướng dẫn ngày {day}"],
    }
    return {"evidence": dice.choice(choices.get(form, [f"Biên bản, danh sách ký tên ngày {day}"]))}
