"""What two communes typed wrongly, as their workbooks show it: realistic defects with what each one means.

``Typed`` is text typed into a cell; where it can be read, ``meant`` is the canonical value, which the CSV form carries.
"""

# ruff: noqa: E501  (one typed row is one line)
from __future__ import annotations

from datetime import date

from sample.places import Unit
from sample.plans import Rows

# Unicode text pushed through a TCVN3 converter (domain.md §7.3).
_TCVN3 = str.maketrans("áâãêìíó", "ỏõóờỡớú")


class Typed(str):
    """Text as typed; ``meant`` is what it says in canonical form (the text itself where it says nothing certain)."""

    meant: str

    def __new__(cls, text: str, meant: str | None = None) -> Typed:
        made = super().__new__(cls, text)
        made.meant = text if meant is None else meant
        return made


def damaged(text: str) -> Typed:
    """Return text as a TCVN3 converter leaves it (``phỏp luật``)."""
    return Typed(text.translate(_TCVN3), text)


def with_defects(unit: Unit, year: int, tables: dict[str, Rows]) -> dict[str, Rows]:
    """Return the tables with the typing mistakes of the two careless communes; others unchanged."""
    careless = {"XA-05": _first, "XA-11": _second}
    if year != 2024 or unit.unit_id not in careless:
        return tables
    return careless[unit.unit_id]({name: [dict(row) for row in rows] for name, rows in tables.items()})


def _first(tables: dict[str, Rows]) -> dict[str, Rows]:
    rows = tables["activities"]
    counted = [row for row in rows if row.get("attendances") and row["kind"] != "policy_communication"]
    counted[0]["date"] = _dotted(counted[0]["date"])
    counted[0]["attendances"] = Typed("hơn 60", "60")
    counted[1].pop("sessions")
    rows[3]["evidence"] = damaged("Sổ tuyên truyền pháp luật, đóng góp của các bước lấy ý kiến")
    tables["tasks"][1]["completed_date"] = date(2024, 1, 5)  # before the task began
    tables["tasks"][3].pop("due_date")
    tables["products"][0]["document_number"] = Typed("12/KHUBND", "12/KH-UBND")
    tables["obstacles"].append(
        {
            "obstacle_id": "VM-09",
            "category": "funding",
            "reported_date": date(2024, 5, 20),
            "responsible_level": "province",
        }
    )
    rows.extend(_keyed("HD-9", _FIRST_EXTRA))
    rows.append(
        {
            "activity_id": "HD-901",
            "date": date(2024, 5, 3),
            "kind": "awareness",
            "form": "leaflet",
            "printed_documents": 150,
        }
    )
    return tables


# Rows typed by hand at the end of the sheet.
_FIRST_EXTRA: tuple[dict[str, object], ...] = (
    {"date": Typed("31/02/2024"), "kind": "awareness", "form": "conference", "sessions": 1, "attendances": 52},
    {"date": date(2024, 2, 26), "kind": "policy_communication", "policy_id": "CS-2023-01", "form": "loudspeaker", "broadcasts": 6},
    {"date": date(2024, 3, 12), "kind": "awareness", "policy_id": "MAU-2024-01", "form": "integrated", "sessions": 1, "attendances": 38},
    {"date": date(2024, 4, 10), "kind": Typed("Tuyên truyền miệng"), "form": "integrated", "sessions": 2, "attendances": 75},
    {"date": date(2024, 4, 17), "kind": "policy_communication", "form": "loudspeaker", "broadcasts": 4},
    {"date": date(2024, 5, 8), "kind": "policy_communication", "policy_id": Typed("CS-2024-99"), "form": "portal", "online_documents": 1},
    {"date": date(2024, 5, 14), "kind": "awareness", "form": "conference", "sessions": 1, "attendances": 1500},
    {"date": date(2024, 5, 22), "kind": "awareness", "form": "leaflet", "printed_documents": -50},
)  # fmt: skip


def _second(tables: dict[str, Rows]) -> dict[str, Rows]:
    rows = tables["activities"]
    tables["submissions"][0]["sent_date"] = date(2024, 6, 12)  # before the period ended
    counted = [row for row in rows if row.get("attendances")]
    counted[0]["attendances"] = Typed("1.234", "1234")
    counted[0]["sessions"] = 4
    counted[1]["attendances"] = Typed(str(counted[1]["attendances"]))  # a number kept as text
    counted[1]["date"] = _spelled(counted[1]["date"])
    counted[2]["member_id"] = Typed("TV-99")
    tables["tasks"][2]["title"] = Typed(
        "Hướng dẫn các tổ chức chính trị - XàHỘI và các thôn về nội dung, hình thức truyền thông dự thảo chính sách",
        "Hướng dẫn các tổ chức chính trị - XÃ HỘI và các thôn về nội dung, hình thức truyền thông dự thảo chính sách",
    )
    tables["tasks"][0].pop("lead")
    tables["tasks"][5] |= {"completed_date": None, "quality": "good"}
    tables["products"] = [row for row in tables["products"] if row["task_id"] != "NV-06"]
    for row in tables["narrative"]:
        if row["section"] == "limitations":
            row["text"] = Typed("Một số hoạt động truyền thông trên phạm vi toàn huyện còn chậm so với kế hoạch đề ra.")
    rows.extend(_keyed("HD-8", _SECOND_EXTRA))
    return tables


_SECOND_EXTRA: tuple[dict[str, object], ...] = (
    {"date": Typed("tháng 3/2024"), "kind": "briefing", "form": "conference", "sessions": 1, "attendances": 44},
    {"date": date(2024, 3, 27), "kind": "awareness", "form": "leaflet", "printed_documents": Typed("khoảng 2 nghìn", "2000")},
    {"date": date(2024, 4, 23), "kind": "policy_communication", "policy_id": "MAU-2024-02", "form": "loudspeaker", "contents": "1;4"},
    {"date": date(2024, 4, 25), "kind": "policy_communication", "policy_id": "MAU-2024-03", "form": "integrated", "sessions": 1, "attendances": 47},
    {"date": date(2024, 4, 25), "kind": "policy_communication", "policy_id": "MAU-2024-03", "form": "integrated", "sessions": 1, "attendances": 47},
    {"date": date(2024, 5, 16), "kind": "awareness", "form": "conference", "sessions": 1, "attendances": Typed("đông")},
    {"date": date(2024, 6, 5), "kind": "policy_communication", "policy_id": "MAU-2024-10", "form": "news"},
)  # fmt: skip


def _keyed(prefix: str, rows: tuple[dict[str, object], ...]) -> Rows:
    return [{"activity_id": f"{prefix}{number:02d}", **row} for number, row in enumerate(rows, start=1)]


def _dotted(day: date) -> Typed:
    return Typed(f"{day.day}.{day.month}.{day.year}", day.isoformat())


def _spelled(day: date) -> Typed:
    return Typed(f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}", day.isoformat())
