"""Random administrative units: the map before and after 1/7/2025, mergers, chains, units not yet valid."""

from __future__ import annotations

from random import Random

END_OF_DISTRICTS = "2025-06-30"
NEW_MAP = "2025-07-01"
ENDS = ("2023-12-31", "2024-02-29", "2024-06-13", "2024-06-14", "2024-06-15", "2024-11-30", "2024-12-14", "2025-01-31")
FATES = {"stays": 25, "new_map": 45, "joins": 8, "to_parent": 6, "chain": 8, "waits": 4, "named_late": 4}


def unit(unit_id: str, level: str, parent: str, **dates: str) -> dict[str, str]:
    """One row of units."""
    names = {"commune": "Xã", "district": "Huyện", "department": "Sở", "province": "Tỉnh", "ministry": "Bộ"}
    return {
        "unit_id": unit_id,
        "name": f"{names[level]} {unit_id}",
        "level": level,
        "parent_id": parent,
        "valid_from": dates.get("valid_from", "2010-01-01"),
        "valid_to": dates.get("valid_to", ""),
        "successor_id": dates.get("successor_id", ""),
    }


def random_units(rng: Random, number: int) -> list[dict[str, str]]:
    """About `number` units without any error, in random order."""
    units = _upper_units(rng, number)
    districts = [row for row in units if row["level"] == "district"]
    communes = max(1, number - len(units))
    new_map = _new_communes(units, max(1, communes // 5))
    old = []
    for index in range(1, communes - len(new_map) + 1):
        old += _old_commune(rng, f"XA-{index:03d}", districts=districts, new_map=new_map, others=old)
    rows = units + new_map + old
    rng.shuffle(rows)
    return rows


def _upper_units(rng: Random, number: int) -> list[dict[str, str]]:
    """Ministry, provinces (the others join the first one), departments and districts."""
    rows = []
    ministry = "BO-01" if number >= 40 and rng.random() < 0.7 else ""
    if ministry:
        rows.append(unit(ministry, "ministry", ""))
    for index in range(1, 1 + (1 if number < 12 else 2 if number < 150 else 3)):
        province = f"TINH-{index:02d}"
        joins = {"valid_to": END_OF_DISTRICTS, "successor_id": "TINH-01"} if index > 1 else {}
        rows.append(unit(province, "province", ministry, **joins))
        department = joins and {"valid_to": END_OF_DISTRICTS, "successor_id": rng.choice(["SO-01", ""])}
        rows.append(unit(f"SO-{index:02d}", "department", province, **department))
    provinces = [row["unit_id"] for row in rows if row["level"] == "province"]
    for index in range(1, max(1, number // 10) + 1):
        valid_to = rng.choice([END_OF_DISTRICTS, END_OF_DISTRICTS, "", "2025-12-31", "2026-06-30", "2024-10-31"])
        successor = rng.choice(["", "", "", "TINH-01", "SO-01"])
        district = unit(f"HU-{index:02d}", "district", rng.choice(provinces), valid_to=valid_to, successor_id=successor)
        rows.append(district)
    return rows


def _new_communes(units: list[dict[str, str]], number: int) -> list[dict[str, str]]:
    """Communes of the new map, valid from 1/7/2025, directly below the first province."""
    return [unit(f"XM-{index:03d}", "commune", "TINH-01", valid_from=NEW_MAP) for index in range(1, number + 1)]


def _old_commune(rng: Random, unit_id: str, *, districts, new_map, others) -> list[dict[str, str]]:
    """A commune of the old map with what became of it; a chain is two rows."""
    parent = rng.choice(districts)["unit_id"]
    target = rng.choice(new_map)["unit_id"]
    fate = rng.choices(list(FATES), weights=list(FATES.values()))[0]
    end = rng.choice(ENDS)
    if fate == "new_map":
        return [unit(unit_id, "commune", parent, valid_to=END_OF_DISTRICTS, successor_id=target)]
    if fate == "joins" and others:
        return [unit(unit_id, "commune", parent, valid_to=end, successor_id=rng.choice(others)["unit_id"])]
    if fate == "to_parent":
        return [unit(unit_id, "commune", parent, valid_to=end)]
    if fate == "chain":
        middle = unit_id.replace("XA", "XB")
        later = {"valid_from": "2024-01-01", "valid_to": END_OF_DISTRICTS, "successor_id": target}
        return [
            unit(unit_id, "commune", parent, valid_to="2023-12-31", successor_id=middle),
            unit(middle, "commune", parent, **later),
        ]
    if fate == "waits":  # the successor is not yet valid on the cut-offs of 2024: passed through to the province
        return [unit(unit_id, "commune", parent, valid_to=end, successor_id=target)]
    if fate == "named_late":
        return [unit(unit_id, "commune", parent, valid_from=rng.choice(["2024-06-15", "2024-04-01", "2025-01-01"]))]
    return [unit(unit_id, "commune", parent)]
