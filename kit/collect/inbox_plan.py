"""What becomes of each file that arrived: received, known already, refused with a reason, unreadable or passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kit.collect.inbox import AtHand, Parcel
from kit.collect.text import match_key
from kit.errors import suggestion

RECEIVE, SAME, REFUSE, UNREADABLE, PASS = "received", "same", "refused", "unreadable", "passed"

# One paragraph each: what was found, what is allowed, what to do.
REASONS = {
    "unknown-unit": "Bên trong ghi mã đơn vị “{unit}”, không có trong danh sách đơn vị (data/reference/units.csv)"
    "{near}. Đề nghị kiểm tra lại mã đơn vị trong tệp, hoặc bổ sung đơn vị vào danh sách rồi nhận lại.",
    "unknown-folder": "Thư mục CSV “{unit}” không mang tên của đơn vị nào trong danh sách{near}. Đề nghị đặt tên thư "
    "mục theo mã đơn vị, trong thư mục của năm, ví dụ 2024/XA-01, rồi nhận lại.",
    "no-year": "Không rõ thư mục CSV là số liệu của năm nào. Đề nghị đặt trong thư mục của năm, ví dụ 2024/{unit}, "
    "hoặc ghi rõ năm khi nhận (--year 2024).",
    "other-year": "Tệp của {unit} là sổ năm {year}, trong khi đang nhận sổ năm {expected}. Nếu gửi nhầm, đề nghị đơn "
    "vị dùng đúng mẫu của năm; nếu đúng là cần nhận sổ năm {year}, chạy lại với --year {year}.",
    "other-name": "Tên tệp là của {named} nhưng bên trong ghi đơn vị {unit}, có thể đã dùng nhầm mẫu của đơn vị khác. "
    "Đề nghị hỏi lại đơn vị gửi; nếu bên trong đúng, đổi tên tệp rồi nhận lại.",
    "older": "Tệp của {unit} (lưu lúc {saved}) cũ hơn tệp đang có (lưu lúc {at_hand}), nên không thay tệp đang có. "
    "Nếu vẫn muốn dùng tệp cũ này, chạy lại với --force.",
    "unclear": "Có nhiều tệp khác nhau của {unit} cùng lưu lúc {saved} ({others}), không rõ tệp nào mới hơn. Đề nghị "
    "chỉ giữ lại tệp đúng rồi nhận lại.",
    "lock-file": "Tệp tạm do Excel tạo khi sổ đang mở, không có số liệu. Đề nghị lưu và đóng sổ rồi nhận lại nếu cần.",
    "not-a-workbook": "Không phải sổ bảng tính (.xlsx, .xlsm, .xls, .ods) hay tệp CSV nên không nhận. Tệp nén thì "
    "giải nén trước rồi nhận lại.",
    "already-placed": "Tệp đã nằm trong thư mục dữ liệu của bộ công cụ.",
}


@dataclass(frozen=True)
class Step:
    """One parcel and its fate; ``unit_id`` is written as the list of units has it, ``earlier`` is what it replaces."""

    parcel: Parcel
    action: str
    reason: str = ""
    unit_id: str = ""
    year: int = 0
    earlier: AtHand | None = None


@dataclass(frozen=True)
class Desk:
    """What a decision is made from: known units (match key → id), plan years wanted (none: all), what is at hand."""

    units: Mapping[str, str]
    years: frozenset[int]
    at_hand: Mapping[tuple[str, int], AtHand]
    collected: Path
    force: bool = False

    def place(self, step: Step) -> Path:
        """Return where a step's parcel belongs: ``<year>/<unit>.xlsx`` (its own suffix), a folder for CSV."""
        suffix = step.parcel.path.suffix.lower() if step.parcel.kind == "workbook" else ""
        return self.collected / str(step.year) / f"{step.unit_id}{suffix}"


def plan_receipt(parcels: Sequence[Parcel], desk: Desk) -> list[Step]:
    """Decide on all parcels, those of one unit from the oldest to the newest, so that the newest ends up at hand."""
    at_hand = dict(desk.at_hand)
    checked = [_checked(parcel, desk) for parcel in parcels]
    checked = _without_unclear(checked)
    steps = []
    for step in sorted(checked, key=_order):
        if step.action == RECEIVE:
            owner = (match_key(step.unit_id), step.year)
            step = _against(step, at_hand.get(owner), force=desk.force)
            if step.action == RECEIVE:
                parcel = step.parcel
                at_hand[owner] = AtHand((desk.place(step),), frozenset({parcel.digest}), parcel.saved)
        steps.append(step)
    return steps


def _order(step: Step) -> tuple:
    parcel = step.parcel
    age = (parcel.saved.timestamp(), parcel.arrived.timestamp()) if parcel.saved and parcel.arrived else (0.0, 0.0)
    return (step.year, step.unit_id, *age, parcel.name)


def _checked(parcel: Parcel, desk: Desk) -> Step:
    """Judge a parcel by itself."""
    if parcel.skip:
        return Step(parcel, REFUSE if parcel.named else PASS, REASONS[parcel.skip])
    if parcel.problem:
        return Step(parcel, UNREADABLE)
    unit = desk.units.get(match_key(parcel.unit_id))
    year = parcel.year or (next(iter(desk.years)) if len(desk.years) == 1 else 0)
    if not unit:
        code = "unknown-folder" if parcel.kind == "csv" else "unknown-unit"
        return _refused(parcel, code, unit=parcel.unit_id, near=_near(parcel.unit_id, desk))
    if not year:
        return _refused(parcel, "no-year", unit=unit)
    if desk.years and year not in desk.years:
        return _refused(parcel, "other-year", unit=unit, year=year, expected=", ".join(map(str, sorted(desk.years))))
    if named := _named_unit(parcel, unit, desk.units):
        return _refused(parcel, "other-name", unit=unit, named=named)
    return Step(parcel, RECEIVE, unit_id=unit, year=year)


def _refused(parcel: Parcel, code: str, **args: object) -> Step:
    return Step(parcel, REFUSE, REASONS[code].format_map(args))


def _near(unit: str, desk: Desk) -> str:
    near = suggestion(unit, desk.units.values())
    return f" (gần giống: {near.split(chr(39))[1]})" if near else ""


def _named_unit(parcel: Parcel, unit: str, units: Mapping[str, str]) -> str:
    """Return the unit that the file's name names, when that is another one than inside; else blank."""
    words = re.split(r"[\s_().,;]+", match_key(parcel.path.stem if parcel.kind == "workbook" else ""))
    named = [units[word] for word in words if word in units and any(char.isalpha() for char in word)]
    return named[0] if named and unit not in named else ""


def _without_unclear(steps: Sequence[Step]) -> list[Step]:
    """Refuse different files of one unit and year that nothing tells the newest of."""
    groups: dict[tuple, list[Step]] = {}
    for step in steps:
        if step.action == RECEIVE:
            parcel = step.parcel
            groups.setdefault((step.unit_id, step.year, parcel.saved, parcel.arrived), []).append(step)
    twins = {id(step): group for group in groups.values() for step in group if _differ(group)}
    return [_unclear(step, twins[id(step)]) if id(step) in twins else step for step in steps]


def _differ(group: Iterable[Step]) -> bool:
    return len({step.parcel.digest for step in group}) > 1


def _unclear(step: Step, group: Sequence[Step]) -> Step:
    names = ", ".join(other.parcel.name for other in group)
    return _refused(step.parcel, "unclear", unit=step.unit_id, saved=moment(step.parcel.saved), others=names)


def _against(step: Step, earlier: AtHand | None, *, force: bool) -> Step:
    """Compare with what is at hand."""
    if earlier is None:
        return step
    parcel = step.parcel
    if parcel.digest in earlier.digests and len(earlier.paths) == 1:
        return replace(step, action=SAME, earlier=earlier)
    if parcel.saved < earlier.saved and not force:
        args = {"unit": step.unit_id, "saved": moment(parcel.saved), "at_hand": moment(earlier.saved)}
        return replace(step, action=REFUSE, reason=REASONS["older"].format_map(args), earlier=earlier)
    return replace(step, earlier=earlier)


def moment(value: datetime | None) -> str:
    """Return a time as people of the office read it, on their own clock."""
    return f"{value.astimezone():%H:%M ngày %d/%m/%Y}" if value else ""
