"""NT, HD, GY, KP, KT and VM: outreach, council, feedback, money, supervision, obstacles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .figures import Figure, count, ratio
from .pool import Pool
from .rows import Row
from .values import match_form


class OutreachFigures:
    """These figures of every unit."""

    def __init__(self, pool: Pool):
        self.pool, self.period = pool, pool.period
        self.councils = self._councils()

    def figures(self, unit: str) -> dict[str, Figure]:
        """NT-01 … VM-02 of one unit."""
        return {
            **self._activities(unit),
            "HD-01": self._members_taking_part(unit),
            **self._feedback(unit),
            "KP-01": self._spending(unit),
            "KT-01": self._rows_counted(
                unit, sum(self.period.has(row["date"]) for row in self._of("inspections", unit))
            ),
            **self._obstacles(unit),
        }

    def _of(self, table: str, unit: str) -> Iterable[Row]:
        return self.pool.rows(table, unit)

    def _counted_activities(self, unit: str) -> list[Row]:
        """Owned by the unit and not counted elsewhere."""
        return [row for row in self._of("activities", unit) if row["is_owner"] and not row["counted_elsewhere"]]

    def _rows_counted(self, unit: str, number: int) -> Figure:
        """A number of rows: over none it is 0 only where a report says so."""
        return count(number if number or self.pool.has_submission(unit) else None)

    def _sum(self, unit: str, rows: list[Row], *fields: str, blank: int | None = None) -> Figure:
        """Σ of fields; missing when rows are counted but none carries the measure (`blank` stands for a blank cell)."""
        if not rows:
            return self._rows_counted(unit, 0)
        values = [blank if row[name] is None else row[name] for row in rows for name in fields]
        carried = [value for value in values if value is not None]
        return count(sum(carried) if carried else None)

    def _activities(self, unit: str) -> dict[str, Figure]:
        rows = [row for row in self._counted_activities(unit) if self.period.has(row["date"])]
        raising = [row for row in rows if row["kind"] in ("awareness", "briefing")]
        training = [row for row in rows if row["kind"] == "training"]
        return {
            "NT-01": self._sum(unit, raising, "sessions", blank=1),
            "NT-02": self._sum(unit, rows, "attendances"),
            "NT-03": self._audiences(unit, rows),
            "NT-04": self._sum(unit, training, "sessions", blank=1),
            "NT-05": self._sum(unit, training, "attendances"),
            "NT-06": self._sum(unit, rows, "news_items"),
            "NT-07": self._sum(unit, rows, "broadcasts"),
            "NT-08": self._sum(unit, rows, "printed_documents"),
            "NT-09": self._sum(unit, rows, "online_documents", "social_posts"),
        }

    def _audiences(self, unit: str, rows: list[Row]) -> Figure:
        """NT-03: 0 of 7 where a report says that there was nothing; blank of 7 when missing."""
        groups = {group for row in rows for group in row["audiences"] or ()}
        known = bool(groups) if rows else self.pool.has_submission(unit)
        return ratio(len(groups), 7) if known else Figure("%", None, 7, None)

    def _councils(self) -> dict[tuple[str, int], dict[str, list[Row]]]:
        """Council lists by unit and plan year: the rows of each member, set aside or not."""
        lists: dict[tuple[str, int], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for workbook in self.pool.data.workbooks:
            for row in workbook.tables["council_members"]:
                if row.key is not None:
                    lists[workbook.unit_id, workbook.year][row.key[0]].append(row)
        return lists

    def _named_member(self, activity: Row) -> tuple[str, str] | None:
        """The member an activity names: unit of the first council list upwards that has the id, and the id."""
        if activity["member_id"] is None:
            return None
        member = match_form(activity["member_id"])
        for unit in self.pool.tree.recorded_ancestry(activity.unit_id):
            if member in self.councils.get((unit, activity.year), ()):
                return unit, member
        return None

    def _members_taking_part(self, unit: str) -> Figure:
        """HD-01: members on T of the plan year's lists of the subtree's valid units, and those named."""
        day, members = self.period.last, set()
        for owner in self.pool.subtree(unit):
            for member, rows in self.councils.get((owner, self.period.year), {}).items():
                for row in (row for row in rows if not row.set_aside):
                    if row["member_from"] <= day and (row["member_to"] is None or day <= row["member_to"]):
                        members.add((owner, member))
        counted = (row for row in self._counted_activities(unit) if self.period.year_to_date_has(row["date"]))
        named = {self._named_member(row) for row in counted}
        return ratio(len(members & named), len(members))

    def _feedback(self, unit: str) -> dict[str, Figure]:
        rows = [row for row in self._of("feedback", unit) if self.period.has(row["date"])]
        answered = sum(row["accepted"] + row["explained"] for row in rows)
        return {
            "GY-01": self._sum(unit, rows, "received"),
            "GY-02": ratio(answered, sum(row["received"] for row in rows)),
        }

    def _spending(self, unit: str) -> Figure:
        """KP-01: lines of the year to date with an allocation; a blank `spent` adds nothing."""
        rows = [
            row
            for row in self._of("budget", unit)
            if self.period.year_to_date_has(row["recorded_date"]) and row["allocated"] is not None
        ]
        return ratio(sum(row["spent"] or 0 for row in rows), sum(row["allocated"] for row in rows))

    def _inspections(self, unit: str) -> Figure:
        return self._rows_counted(unit, sum(self.period.has(row["date"]) for row in self._of("inspections", unit)))

    def _obstacles(self, unit: str) -> dict[str, Figure]:
        """VM-01 is 0 also where a unit of the subtree reported `none`; VM-02 is 0 of 0 then as always."""
        rows = [row for row in self._of("obstacles", unit) if self.period.year_to_date_has(row["reported_date"])]
        real = [row for row in rows if row["category"] != "none"]
        resolved = [row for row in real if row["resolved_date"] and row["resolved_date"] <= self.period.last]
        said_none = len(real) < len(rows)
        return {
            "VM-01": count(0) if said_none and not real else self._rows_counted(unit, len(real)),
            "VM-02": ratio(len(resolved), len(real)),
        }
