"""Errors of units, with units around them that show what follows: children, successions, collected rows."""

from __future__ import annotations

from random import Random

from .broken_rows import ERROR, add_broken, broken
from .random_units import unit

Units = list[dict[str, object]]


def add_broken_units(rng: Random, units: Units, kinds: list[str]) -> None:
    """Add to `units` one story for each kind; `unknown_unit` concerns collected rows only and adds none."""
    clean = [row for row in units if row["level"] in ("commune", "district")]
    districts = [row["unit_id"] for row in units if row["level"] == "district"]
    for number, kind in enumerate(kinds, start=1):
        what = kind.partition(":")[0]
        if what == "parent_cycle":
            units += _parent_cycle(number)
        elif what == "succession_ends_nowhere":
            units.append(unit(f"EN-{number:03d}", "commune", "", valid_to="2023-06-30"))
        elif what == "succession_cycle":
            units += _succession_cycle(number, rng.choice(districts))
        elif what != "unknown_unit":
            base = rng.choice(clean)
            new = broken(rng, kind, base, {"unit_id": f"ER-{number:03d}"})
            add_broken(units, new, rng, at_end="duplicate" in what)
            if what != "duplicate" and not kind.endswith("units.unit_id"):
                units += _around(rng, str(new[-1]["unit_id"]), number, level=new[-1]["level"])


def _parent_cycle(number: int) -> Units:
    """A district below a province that names the district as its parent, and a commune below them."""
    lower, upper = f"EH-{number:03d}", f"ET-{number:03d}"
    rows: Units = [
        unit(lower, "district", upper, successor_id="TINH-01"),
        unit(upper, "province", lower),
        unit(f"EX-{number:03d}", "commune", lower),
    ]
    for row in rows[:2]:
        row[ERROR] = ("parent_id", "parent_cycle", "cell")
    return rows


def _succession_cycle(number: int, parent: str) -> Units:
    first, second = f"EP-{number:03d}", f"EQ-{number:03d}"
    return [
        unit(first, "commune", parent, valid_to="2023-03-31", successor_id=second),
        unit(second, "commune", parent, valid_to="2023-05-31", successor_id=first),
    ]


def _around(rng: Random, broken_id: str, number: int, *, level: object) -> Units:
    """A unit below the broken one where its level allows it, and one whose succession meets it."""
    rows = [unit(f"ES-{number:03d}", "commune", "TINH-01", valid_to="2023-12-31", successor_id=broken_id)]
    if level == "district":
        rows.append(unit(f"EC-{number:03d}", "commune", broken_id))
    return rows if rng.random() < 0.7 else []
