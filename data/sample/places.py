"""Fictional units, their zeal, their people, and who issues, signs and receives their reports."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

SEED = 407
NUMBERS = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
NUMBERS += ("Mười Một", "Mười Hai", "Mười Ba", "Mười Bốn")
# How diligently a unit communicates (0–1): what makes the reports differ.
ZEAL = (0.96, 0.74, 0.58, 0.86, 0.72, 0.0, 0.0, 0.92, 0.45, 0.68, 0.66, 0.8, 0.7, 0.6)
MERGED, MERGED_ON, HEIR = "XA-14", date(2024, 3, 31), "XA-13"
SILENT_UNIT, EMPTY_UNIT = "XA-07", "XA-06"  # has not reported in 2024; has nothing to report for 2024-H1
TWO_TIERS = date(2025, 7, 1)

_SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Trịnh",
    "Mai",
    "Cao",
)
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiền",
    "Hòa",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Minh",
    "Nam",
    "Nga",
    "Oanh",
    "Phong",
    "Quang",
    "Sơn",
    "Thảo",
    "Thu",
    "Tùng",
)
_VILLAGES = ("Thượng", "Trung", "Hạ", "Đông", "Đoài", "Nội", "Ngoại", "Tân")


@dataclass(frozen=True)
class Unit:
    """A fictional unit; ``place`` is its name without the word for its level (``Mẫu Một``)."""

    unit_id: str
    name: str
    level: str
    place: str
    parent_id: str = ""
    zeal: float = 0.9

    @property
    def own(self) -> str:
        """How its texts speak of it: ``xã``, ``huyện``, ``Sở``, ``tỉnh``."""
        return {"commune": "xã", "district": "huyện", "department": "Sở", "province": "tỉnh"}[self.level]

    def dice(self, purpose: str) -> random.Random:
        """Random numbers of its own for one purpose: adding a row in one place changes nothing elsewhere."""
        return random.Random(f"{SEED}/{self.unit_id}/{purpose}")

    def person(self, role: str) -> str:
        """A fictional person's name, always the same for a role; every name contains “Mẫu”."""
        dice = self.dice(f"person {role}")
        surname, given = dice.choice(_SURNAMES), dice.choice(_GIVEN)
        return f"{surname} Mẫu {given}" if dice.random() < 0.7 else f"{surname} {dice.choice(['Văn', 'Thị'])} Mẫu"

    def village(self, number: int) -> str:
        """The name of one of its villages."""
        return f"thôn {_VILLAGES[number % len(_VILLAGES)]}"


def all_units() -> list[Unit]:
    """Province, department, two districts and fourteen communes, parents first."""
    places = [Unit("TINH-MAU", "Tỉnh Mẫu", "province", "Mẫu")]
    places += [Unit("SO-TP", "Sở Tư pháp tỉnh Mẫu", "department", "Mẫu", "TINH-MAU", 0.9)]
    places += [Unit("HU-01", "Huyện Mẫu Đông", "district", "Mẫu Đông", "TINH-MAU", 0.85)]
    places += [Unit("HU-02", "Huyện Mẫu Tây", "district", "Mẫu Tây", "TINH-MAU", 0.62)]
    for index, (number, zeal) in enumerate(zip(NUMBERS, ZEAL, strict=True), start=1):
        parent = "HU-01" if index <= 7 else "HU-02"
        places.append(Unit(f"XA-{index:02d}", f"Xã Mẫu {number}", "commune", f"Mẫu {number}", parent, zeal))
    return places


def units_table() -> list[dict[str, object]]:
    """Rows of ``units``."""
    rows = []
    for unit in all_units():
        row = {"unit_id": unit.unit_id, "name": unit.name, "level": unit.level, "parent_id": unit.parent_id or None}
        row["valid_from"] = date(2020, 1, 1)
        if unit.level == "district":
            row["valid_to"] = date(2025, 6, 30)
        if unit.unit_id == MERGED:
            row |= {"valid_to": MERGED_ON, "successor_id": HEIR}
        rows.append(row)
    return rows


def issuers_table() -> list[dict[str, object]]:
    """Rows of ``issuers``: official wording, one line per time in which the addressee stays the same."""
    names = {unit.unit_id: unit for unit in all_units()}
    return [row for unit in names.values() for row in _issuer_lines(unit, names.get(unit.parent_id))]


def _issuer_lines(unit: Unit, parent: Unit | None) -> Iterator[dict[str, object]]:
    first = {**_signature(unit), "addressee": _addressee(unit, parent), "recipients": _recipients(unit)}
    first["valid_from"] = date(2020, 1, 1)
    if unit.level == "district":
        yield {**first, "valid_to": date(2025, 6, 30)}
    elif unit.level == "commune" and unit.unit_id != MERGED:
        yield {**first, "valid_to": date(2025, 6, 30)}
        to_province = {"addressee": "Ủy ban nhân dân tỉnh Mẫu", "recipients": f"Như trên;Sở Tư pháp;{_kept(unit)}"}
        yield {**first, **to_province, "valid_from": TWO_TIERS}
    else:
        yield {**first, "valid_to": MERGED_ON if unit.unit_id == MERGED else None}


def _signature(unit: Unit) -> dict[str, object]:
    department = unit.level == "department"
    head, deputy = ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") if department else ("CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    row: dict[str, object] = {"unit_id": unit.unit_id, "place": unit.place, "signer": unit.person("head")}
    row["body"] = "SỞ TƯ PHÁP" if department else f"ỦY BAN NHÂN DÂN {unit.name.upper()}"
    row["superior_body"] = "ỦY BAN NHÂN DÂN TỈNH MẪU" if department else None
    row["symbol"] = "BC-STP" if department else "BC-UBND"
    by_deputy = unit.unit_id in ("HU-02", "XA-03", "XA-08", "XA-11", "SO-TP")
    lines = [] if department else ["TM. ỦY BAN NHÂN DÂN"]
    lines += [f"KT. {head}"] if by_deputy else []
    return row | {"authority": "\n".join(lines) or None, "position": deputy if by_deputy else head}


def _addressee(unit: Unit, parent: Unit | None) -> str:
    if unit.level == "province":
        return "Bộ Tư pháp"
    return f"Ủy ban nhân dân {parent.name[0].lower()}{parent.name[1:]}"


def _recipients(unit: Unit) -> str:
    above = {
        "commune": "Phòng Tư pháp huyện;Thường trực Đảng ủy, Thường trực HĐND xã;Chủ tịch, các PCT UBND xã",
        "district": "Sở Tư pháp;Thường trực Huyện ủy, Thường trực HĐND huyện;Chủ tịch, các PCT UBND huyện",
        "department": "Cục Phổ biến, giáo dục pháp luật (Bộ Tư pháp);Giám đốc, các Phó Giám đốc Sở",
        "province": "Thường trực Tỉnh ủy, Thường trực HĐND tỉnh;Chủ tịch, các PCT UBND tỉnh;Sở Tư pháp",
    }[unit.level]
    return f"Như trên;{above};{_kept(unit)}"


def _kept(unit: Unit) -> str:
    drafted_by = {"commune": "TP-HT", "district": "TP", "department": "PBGDPL", "province": "NC"}[unit.level]
    return f"Lưu: VT, {drafted_by}"
