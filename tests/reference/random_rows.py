"""Random collected rows of one unit and plan year, without any error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .periods import parse_period
from .random_policies import border_on_or_after, policy_days

BORDERS = ((1, 1), (3, 14), (3, 15), (6, 14), (6, 15), (6, 30), (7, 1), (12, 14), (12, 15), (12, 31))
KINDS = ("briefing", "guidance", "training", "awareness", "policy_communication", "policy_communication")
FORMS = ("news", "loudspeaker", "portal", "social_media", "conference", "leaflet", "integrated", "other")
AUDIENCES = ("officials", "civil_servants", "public_employees", "workers", "citizens", "organisations", "enterprises")
MEASURES = ("attendances", "news_items", "broadcasts", "printed_documents", "online_documents", "social_posts")
GROUPS = ("briefing", "guidance", "training", "planning", "communication", "inspection", "reporting", "other")
CATEGORIES = ("skills", "staff", "funding", "coordination", "other", "none", "none")
PERIODS = (*(f"M{n:02d}" for n in range(1, 13)), "Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "Y")

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Office:
    """Who fills in the workbook: unit, level, plan year, and how many rows it is used to write."""

    unit_id: str
    level: str
    year: int
    density: int


class WorkbookWriter:
    """Writes the random tables of one office."""

    def __init__(self, rng: Random, office: Office, policies: list[dict[str, str]]):
        self.rng, self.office = rng, office
        self.policies = [policy for policy in policies if policy["policy_id"]]

    def tables(self) -> dict[str, Rows]:
        """All tables of the office's level; some tables are left out, some are empty."""
        tasks = self._tasks()
        written = {
            "submissions": self._submissions(),
            "tasks": tasks,
            "products": self._products(tasks),
            "activities": self._activities(tasks),
            "budget": self._budget(tasks),
            "obstacles": self._obstacles(),
            "narrative": self._narrative(),
        }
        if self.office.level != "department":
            written["inspections"] = self._inspections()
        if self.office.level != "commune":
            written["feedback"] = self._feedback()
        if self.office.level in ("district", "province", "ministry"):
            written["council_members"] = self._members()
        return {table: rows for table, rows in written.items() if rows or self.rng.random() < 0.5}

    def _number(self, most: int) -> int:
        return 0 if self.rng.random() < 0.15 else self.rng.randint(0, most)

    def _day(self) -> date:
        """A day of the plan year or shortly before, often on a border of periods."""
        year, rng = self.office.year, self.rng
        if rng.random() < 0.3:
            month, day = rng.choice(BORDERS)
            return date(year - (month == 12 and rng.random() < 0.5), month, day)
        return date(year - 1, 12, 10) + timedelta(days=rng.randrange(386))

    def _maybe(self, value: object, share: float = 0.5) -> str:
        return str(value) if self.rng.random() < share else ""

    def _after(self, day: date, most: int = 200) -> date:
        return day + timedelta(days=self.rng.choice([0, 1, self.rng.randrange(most)]))

    def _some(self, items, most: int) -> str:
        return ";".join(self.rng.sample(items, self.rng.randint(0, most)))

    def _submissions(self) -> Rows:
        rows, rng = [], self.rng
        codes = [f"{self.office.year}-{kind}" for kind in PERIODS] + ["2023-04-01..2024-04-30"]
        codes += [f"{self.office.year - 1}-Y"]
        share = rng.choice([0.0, 0.5, 0.9])
        for code in codes:
            if rng.random() < share:
                sent = parse_period(code).last + timedelta(days=rng.choice([-2, 0, 1, 2, 3, 4, 5, 6, 9, 13, 20, 60]))
                flag = rng.choice(["", "", "false", "true"])
                rows.append({"period": code, "sent_date": sent.isoformat(), "nothing_to_report": flag})
        return rows

    def _tasks(self) -> Rows:
        rows, rng = [], self.rng
        for index in range(1, self._number(self.office.density) + 1):
            start = self._day()
            due = rng.choice([self._after(start), max(start, date(self.office.year, 12, 31))])
            done = rng.choice(["", "", self._after(start), self._after(start, 400), due])
            quality = rng.choice(["", "good", "acceptable", "poor"]) if done else ""
            rows.append(
                {
                    "task_id": f"NV-{index:02d}",
                    "group": rng.choice(GROUPS),
                    "title": f"Nhiệm vụ {index}",
                    "lead": "Công chức Tư pháp - Hộ tịch",
                    "coordinating": rng.choice(["", "Công an xã;Đài truyền thanh"]),
                    "start_date": self._maybe(start, 0.7),
                    "due_date": str(due),
                    "completed_date": str(done),
                    "quality": quality,
                    "product_required": rng.choice(["", "true", "false"]),
                }
            )
        return rows

    def _products(self, tasks: Rows) -> Rows:
        chosen = [task for task in tasks for _ in range(self.rng.choice([0, 0, 1, 1, 2]))]
        return [
            {
                "product_id": f"SP-{index:02d}",
                "task_id": task["task_id"],
                "kind": self.rng.choice(["document", "report", "plan", "material"]),
                "document_number": self.rng.choice(["", f"{index:02d}/BC-UBND"]),
                "issued_date": str(self._after(self._day())),
            }
            for index, task in enumerate(chosen, start=1)
        ]

    def _communication(self) -> tuple[str, date]:
        """A policy and a day, mostly near one of the days on which its stages begin or end."""
        policy, rng = self.rng.choice(self.policies), self.rng
        year = self.office.year
        days = [day for day in policy_days(policy) if date(year - 1, 12, 1) <= day <= date(year, 12, 31)]
        if not days or rng.random() < 0.2:
            return policy["policy_id"], self._day()
        offset = rng.choice([-1, 0, 0, 1, 6, 7, 8, rng.randrange(90)])
        return policy["policy_id"], rng.choice(days) + timedelta(days=offset)

    def _activities(self, tasks: Rows) -> Rows:
        rows, rng = [], self.rng
        for index in range(1, self._number(2 * self.office.density) + 1):
            kind, policy, day = rng.choice(KINDS), "", self._day()
            if kind == "policy_communication" and self.policies:
                policy, day = self._communication()
            elif kind == "policy_communication":
                kind = "awareness"
            rows.append(
                {
                    "activity_id": f"HD-{index:03d}",
                    "date": str(day),
                    "kind": kind,
                    "policy_id": policy,
                    "task_id": self._maybe(rng.choice(tasks)["task_id"], 0.3) if tasks else "",
                    "form": rng.choice(FORMS),
                    "audiences": self._some(AUDIENCES, 4),
                    "contents": self._some("1234567", 7),
                    "member_id": self._maybe(f"TV-{rng.randint(1, 8):02d}", 0.3),
                    "is_owner": rng.choice(["", "", "true", "false"]),
                    "counted_elsewhere": rng.choice(["", "", "false", "true"]),
                    "sessions": self._maybe(rng.randint(0, 4)),
                    **{name: self._maybe(rng.choice([0, rng.randrange(200)]), 0.4) for name in MEASURES},
                }
            )
        return rows

    def _feedback(self) -> Rows:
        rows, rng = [], self.rng
        for index in range(1, (self._number(self.office.density) if self.policies else 0) + 1):
            accepted, explained = rng.randrange(20), rng.randrange(20)
            rows.append(
                {
                    "feedback_id": f"GY-{index:02d}",
                    "policy_id": rng.choice(self.policies)["policy_id"],
                    "date": str(self._day()),
                    "respondents": rng.choice(["", "citizens", "agencies"]),
                    "received": str(accepted + explained + rng.choice([0, rng.randrange(30)])),
                    "accepted": str(accepted),
                    "explained": str(explained),
                }
            )
        return rows

    def _budget(self, tasks: Rows) -> Rows:
        """Amounts are multiples of a half, so that no way of adding them changes the last digit."""
        rng = self.rng
        return [
            {
                "line_id": f"KP-{index:02d}",
                "task_id": self._maybe(rng.choice(tasks)["task_id"], 0.5) if tasks else "",
                "source": rng.choice(["state_regular", "state_scheme", "mobilised"]),
                "allocated": self._maybe(rng.choice([0, rng.randrange(200) / 2]), 0.8),
                "spent": self._maybe(rng.randrange(150) / 2, 0.7),
                "recorded_date": str(self._day()),
            }
            for index in range(1, self._number(self.office.density // 2 + 1) + 1)
        ]

    def _obstacles(self) -> Rows:
        rows, rng = [], self.rng
        for index in range(1, self._number(self.office.density // 2 + 1) + 1):
            day, category = self._day(), rng.choice(CATEGORIES)
            none = category == "none"
            rows.append(
                {
                    "obstacle_id": f"VM-{index:02d}",
                    "category": category,
                    "description": "" if none else "Thiếu kinh phí cho công tác truyền thông",
                    "reported_date": str(day),
                    "responsible_level": rng.choice(["", "district", "province"]),
                    "resolved_date": "" if none else self._maybe(self._after(day)),
                }
            )
        return rows

    def _inspections(self) -> Rows:
        return [
            {
                "inspection_id": f"KT-{index:02d}",
                "date": str(self._day()),
                "inspected": "Thôn Trung Kiều",
                "result": self.rng.choice(["", "good", "poor"]),
            }
            for index in range(1, self._number(2) + 1)
        ]

    def _members(self) -> Rows:
        rows = []
        for index in sorted(self.rng.sample(range(1, 8), self.rng.randint(0, 7))):
            first = date(self.office.year - 2, 1, 1) + timedelta(days=self.rng.randrange(1000))
            last = self.rng.choice(
                [self._after(first, 900), border_on_or_after(self.rng, max(first, date(self.office.year, 6, 1)))]
            )
            rows.append(
                {
                    "member_id": f"TV-{index:02d}",
                    "full_name": f"Nguyễn Văn {index}",
                    "agency": "Phòng Tư pháp",
                    "member_from": str(first),
                    "member_to": self._maybe(last, 0.5),
                }
            )
        return rows

    def _narrative(self) -> Rows:
        sections = self.rng.sample(["results", "limitations", "proposals"], self.rng.randint(0, 2))
        period = f"{self.office.year}-{self.rng.choice(['H1', 'Y'])}"
        return [{"period": period, "section": each, "text": "Đã triển khai theo kế hoạch."} for each in sections]
