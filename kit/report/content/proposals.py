"""V. Proposals, by the level that has the authority: what the units ask for, and open difficulties without a proposal.

Nothing is proposed that no obstacle stands behind. Where a unit did not write who can settle it, the category says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.report import words
from kit.report.blocks import Bullets, Heading, Paragraphs
from kit.report.content.difficulties import reported
from kit.report.content.narrative import own_words
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.schema.load import load_schema

_MOST = 12
_TWO_TIERS = pd.Timestamp("2025-07-01")
_OWN = frozenset(("skills", "initiative", "awareness", "coordination"))  # what a unit can settle itself
_UNWRITTEN = " (cấp giải quyết xác định theo nhóm khó khăn do đơn vị chưa ghi)"
_RANK = {"commune": 0, "district": 1, "department": 1, "province": 2}  # a department has the authority of none
_TO = {
    "commune": "Đối với cấp xã",
    "district": "Đối với cấp huyện",
    "province": "Đối với cấp tỉnh",
    "ministry": "Đối với Bộ, ngành trung ương",
}


def proposals(subject: Subject) -> Blocks:
    """Return section V: what is asked of each level for obstacles not yet resolved, then the unit's own words."""
    asked = [row for row in reported(subject) if not row["resolved"]]
    own = own_words(subject, "proposals")
    if not asked and not own:
        said = "Không có đề xuất, kiến nghị." if subject.reported else "Chưa có thông tin về đề xuất, kiến nghị."
        return Blocks.of(Paragraphs((said,)))
    return Blocks.of(_opening(subject, asked), _by_level(subject, asked), Paragraphs(own) if own else None)


def _opening(subject: Subject, asked: list[dict]) -> Paragraphs | None:
    """How many difficulties of how many units stand behind the section; nothing for one unit alone."""
    if not asked or not subject.pooled:
        return None
    units = len({row["owner"] for row in asked})
    return Paragraphs(
        (
            f"Tổng hợp từ {words.number(len(asked))} khó khăn, vướng mắc chưa được giải quyết của "
            f"{words.number(units)} đơn vị, theo cấp có thẩm quyền giải quyết:",
        )
    )


def _by_level(subject: Subject, asked: list[dict]) -> Blocks:
    units, cutoff = subject.data.frames["units"], subject.cutoff
    levels = dict(zip(units["unit_id"].tolist(), units["level"].tolist(), strict=True))
    by_level: dict[str, list[dict]] = {}
    for row in asked:
        by_level.setdefault(_level(row, levels, cutoff), []).append(row)
    blocks: list = []
    for at, code in enumerate((code for code in _order() if code in by_level), 1):
        title = _title(subject, code)
        if code == "district" and cutoff >= _TWO_TIERS:
            title += " (đã kết thúc hoạt động từ ngày 01/7/2025, chuyển cấp có thẩm quyền mới)"
        blocks += [Heading(f"{at}. {title}", 3), Bullets(_items(subject, code, by_level[code]))]
    if subject.public and any(isinstance(row["proposal"], str) for row in asked):
        blocks.append(Paragraphs(("Nội dung kiến nghị cụ thể không nêu trong bản công khai.",)))
    return Blocks.of(blocks)


def _level(row: dict, levels: dict[str, str], cutoff: pd.Timestamp) -> str:
    """Who can settle an obstacle: as written, else the unit itself or the level above it, by the category."""
    if isinstance(row["responsible_level"], str):
        return row["responsible_level"]
    own = levels.get(row["_unit"], "commune")
    if row["category"] in _OWN:
        return own if own in _TO else "province"
    if own == "commune" and cutoff < _TWO_TIERS:
        return "district"
    return "ministry" if own in ("province", "ministry") else "province"


def _title(subject: Subject, code: str) -> str:
    """To a level above it is a request; what a unit can settle itself, or the units below it, is not addressed up."""
    own, levels = _RANK.get(subject.level, 0), list(load_schema().codelists["responsible_level"].codes)
    if levels.index(code) > own:
        return _TO[code]
    scope = label("responsible_level", code).lower()
    if not subject.pooled:
        return f"Nội dung thuộc thẩm quyền {scope}"
    if levels.index(code) == own:  # some of it the unit itself has raised
        return f"Nội dung thuộc thẩm quyền {scope} (chưa giải quyết)"
    return f"Kiến nghị của các đơn vị thuộc thẩm quyền {scope}"


def _order() -> list[str]:
    return list(reversed(load_schema().codelists["responsible_level"].codes))


def _items(subject: Subject, code: str, rows: list[dict]) -> tuple[str, ...]:
    """The same proposal of several units is said once, with who asked for it; then difficulties without a proposal."""
    proposed: dict[str, list[dict]] = {}
    bare: dict[str, list[dict]] = {}
    for row in rows:
        if isinstance(row["proposal"], str) and not subject.public:
            proposed.setdefault(" ".join(row["proposal"].split()).rstrip(" .;").casefold(), []).append(row)
        else:
            bare.setdefault(row["category"], []).append(row)
    found = [(group, _proposal(subject, code, group)) for group in proposed.values()]
    found += [(group, _difficulty(subject, code, group)) for group in bare.values()]
    found.sort(key=lambda pair: -len({row["_unit"] for row in pair[0]}))
    items = [item + ("" if _written(group) else _UNWRITTEN) + "." for group, item in found]
    more = len(items) - _MOST
    return (*items[:_MOST], f"Và {words.number(more)} kiến nghị khác, xem Phụ lục III.") if more > 0 else tuple(items)


def _written(group: Sequence[dict]) -> bool:
    return any(isinstance(row["responsible_level"], str) for row in group)


def _proposal(subject: Subject, code: str, group: Sequence[dict]) -> str:
    """A proposal and who made it; what a unit asks of itself is its own."""
    said = " ".join(group[0]["proposal"].split()).rstrip(" .;")
    own = {row["_unit"] for row in group} == {subject.unit_id} and subject.level == code
    by = f" – kiến nghị của {_reporters(subject, group)}" if subject.pooled and not own else ""
    return f"{words.capitalised(words.shortened(said))}{by}"


def _difficulty(subject: Subject, code: str, group: Sequence[dict]) -> str:
    """An open difficulty that came without a proposal."""
    category = label("obstacle_category", group[0]["category"])
    what = "các khó khăn khác" if group[0]["category"] == "other" else f"khó khăn về {category.lower()}"
    if subject.pooled:
        return f"Xem xét, tháo gỡ {what} – phản ánh của {_reporters(subject, group)}"
    levels = list(load_schema().codelists["responsible_level"].codes)
    below = levels.index(code) <= _RANK.get(subject.level, 0)
    return f"{'Chủ động khắc phục' if below else 'Xem xét, tháo gỡ'} {what} (nêu tại mục III.4)"


def _reporters(subject: Subject, group: Sequence[dict]) -> str:
    names = sorted({words.in_sentence(subject.reporter(row["_unit"])) for row in group})
    named = words.some_of(names, 4, "đơn vị")
    return named if len(names) < 3 else f"{words.number(len(names))} đơn vị ({named})"
