"""Data for ``check_speed.py``: ``workbooks FOLDER COUNT`` or ``csv FOLDER ROWS``. Seeded; a few cells are wrong."""

from __future__ import annotations

import csv
import io
import random
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.cases.returned_book import Book  # noqa: E402
from tests.small_folder import write_folder  # noqa: E402

LINES, DIFFERENT, PLACEHOLDER = 60, 20, "XB-0000"
WORDS = (
    *("tuyên truyền", "phổ biến", "pháp luật", "cho", "cán bộ", "Nhân dân", "xã", "thôn", "tổ", "hội nghị"),
    *("tập huấn", "dự thảo", "chính sách", "đất đai"),
)
FORMS = ("conference", "dialogue", "seminar", "training_class", "portal", "leaflet")


def _text(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize() + f" {dice.randrange(1000)}"


def _day(dice: random.Random) -> date:
    return date(2024, 1, 1) + timedelta(days=dice.randrange(160))


def activity(number: int, dice: random.Random) -> dict[str, object]:
    """One activity; one in two hundred has a wrong figure or form."""
    wrong = dice.randrange(200) == 0
    return {
        **{"activity_id": f"HD-{number:07d}", "date": _day(dice), "kind": dice.choice(("training", "awareness"))},
        **{"form": "meeting" if wrong and number % 2 else dice.choice(FORMS), "sessions": dice.randrange(1, 9)},
        **{"attendances": -4 if wrong and not number % 2 else dice.randrange(20, 400)},
    }


def register(dice: random.Random) -> dict[str, list[dict[str, object]]]:
    """Six tables of sixty rows each."""
    lines = range(1, LINES + 1)
    spans = [f"2024-01-01..2024-{1 + at // 28:02d}-{1 + at % 28:02d}" for at in lines]
    texts = {"lead": "Bộ phận Tư pháp", "group": "guidance"}
    marks = ("audiences.citizens", "audiences.officials", "contents.1", "contents.4")
    return {
        "submissions": [{"period": span, "sent_date": date(2024, 6, 20), "prepared_by": "Lê Mẫu"} for span in spans],
        "tasks": [{"task_id": f"NV-{at:03d}", **texts, "title": _text(dice, 9), "start_date": _day(dice),
                   "due_date": date(2024, 11, 29)} for at in lines],
        "activities": [activity(at, dice) | {dice.choice(marks): "x", "task_id": f"NV-{at:03d}"} for at in lines],
        "budget": [{"line_id": f"KP-{at:03d}", "task_id": f"NV-{at:03d}", "source": "state_regular", "allocated": 5.5,
                    "spent": 2.5, "recorded_date": _day(dice)} for at in lines],
        "obstacles": [{"obstacle_id": f"VM-{at:03d}", "category": "staff", "description": _text(dice, 12),
                       "reported_date": _day(dice)} for at in lines],
        "narrative": [{"period": span, "section": "results", "text": _text(dice, 30)} for span in spans],
    }  # fmt: skip


def _for_unit(content: bytes, unit: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name).replace(PLACEHOLDER.encode(), unit.encode()), 8)
    return buffer.getvalue()


def workbooks(folder: Path, count: int) -> None:
    """Write a data folder of ``count`` communes with a workbook each."""
    units = [f"XB-{number:04d}" for number in range(1, count + 1)]
    rows = [{"unit_id": unit, "name": unit, "level": "commune", "valid_from": "2020-01-01"} for unit in units]
    write_folder(folder, units=rows)
    year = folder / "collected" / "2024"
    year.mkdir(parents=True)
    books = [Book(PLACEHOLDER, rows=register(random.Random(seed))).content() for seed in range(DIFFERENT)]
    for at, unit in enumerate(units):
        (year / f"{unit}.xlsx").write_bytes(_for_unit(books[at % DIFFERENT], unit))


def activities_csv(folder: Path, count: int) -> None:
    """Write a data folder of one unit whose activities are a large CSV file."""
    write_folder(folder, units=[{"unit_id": "TINH-1", "name": "Tỉnh", "level": "province", "valid_from": "2020-01-01"}])
    place = folder / "collected" / "2024" / "TINH-1"
    place.mkdir(parents=True)
    dice = random.Random(1)
    with (place / "activities.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(activity(1, dice)), lineterminator="\n")
        writer.writeheader()
        writer.writerows(activity(number, dice) for number in range(1, count + 1))


if __name__ == "__main__":
    {"workbooks": workbooks, "csv": activities_csv}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
