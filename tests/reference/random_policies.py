"""Random policies with their legislative timetable, and who has to communicate them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

STAGE_DATES = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date")
CUT_OFFS = tuple(date(year, month, day) for year in (2023, 2024, 2025) for month, day in ((6, 14), (9, 14), (12, 14)))
CRITERIA = ("needs_proposal", "direct_effect", "contested", "wide_effect")


def _first_day(rng: Random) -> date:
    """Often within days of a cut-off, where the starting grace matters."""
    if rng.random() < 0.4:
        return rng.choice(CUT_OFFS) - timedelta(days=rng.choice([-1, 0, 1, 2, 4, 6, 7, 8, 30]))
    return date(2022, 10, 1) + timedelta(days=rng.randrange(1150))


def border_on_or_after(rng: Random, day: date) -> date:
    """A last or first day of a period, or the day beside it, not before `day`."""
    borders = [cut_off + timedelta(days=near) for cut_off in CUT_OFFS for near in (-1, 0, 1)]
    return rng.choice([border for border in borders if border >= day][: rng.choice([2, 6])] or [day])


def _next_day(rng: Random, day: date) -> date:
    """When the next stage begins: sometimes the same day, sometimes where a period ends or begins."""
    if rng.random() < 0.35:
        return border_on_or_after(rng, day)
    return day + timedelta(days=rng.choice([0, 0, 1, 7, 8, rng.randrange(1, 60), rng.randrange(30, 250)]))


def random_policy(rng: Random, policy_id: str) -> dict[str, str]:
    """One policy without any error; any stage may be unknown or begin together with the next."""
    day, dates = _first_day(rng), {}
    first = None
    for name in STAGE_DATES:
        known = rng.random() < 0.7
        dates[name] = day.isoformat() if known else ""
        first = first or (day if known else None)
        day = _next_day(rng, day)
    adopted = rng.random() < 0.45
    withdrawn = not adopted and rng.random() < 0.2
    regime = "2025" if first and first >= date(2025, 4, 1) else "2015"
    in_scope = rng.random() < 0.85
    missed = set() if in_scope else set(rng.sample(CRITERIA, rng.randint(1, 4)))
    return {
        "policy_id": policy_id,
        "title": f"Chính sách {policy_id}",
        "document_type": rng.choice(["law", "decree", "assembly_resolution", "provincial_decision", "other"]),
        "level": rng.choice(["central", "province"]),
        "lead_agency": "Bộ Tư pháp",
        "lead_unit_id": rng.choice(["", "TINH-01"]),
        "legal_regime": regime,
        **{name: str(name not in missed).lower() for name in CRITERIA},
        **dates,
        "adoption_date": day.isoformat() if adopted else "",
        "withdrawn_date": _next_day(rng, day).isoformat() if withdrawn else "",
    }


def random_policies(rng: Random, number: int) -> list[dict[str, str]]:
    """`number` policies without any error."""
    return [random_policy(rng, f"CS-{index:03d}") for index in range(1, number + 1)]


def random_assignments(rng: Random, policy_ids: list[str], unit_ids: list[str]) -> list[dict[str, str]]:
    """Pairs, each once; after a succession a receiver may hold a policy several times."""
    rows = []
    for policy_id in policy_ids:
        share = rng.choice([0.0, 0.05, 0.3, 0.6, 1.0])
        for unit_id in unit_ids:
            if rng.random() >= share:
                continue
            assigned = date(2023, 1, 1) + timedelta(days=rng.randrange(1000))
            rows.append(
                {
                    "policy_id": policy_id,
                    "unit_id": unit_id,
                    "role": rng.choice(["lead", "participant"]),
                    "assigned_date": assigned.isoformat() if rng.random() < 0.7 else "",
                }
            )
    return rows


def policy_days(policy: dict[str, str]) -> list[date]:
    """The days around which communications of a policy are interesting."""
    days = []
    for name in (*STAGE_DATES, "adoption_date"):
        try:
            days.append(date.fromisoformat(policy.get(name, "")))
        except ValueError:
            continue
    return days
