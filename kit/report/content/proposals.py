"""V. Proposals, by the level that has the authority."""

from __future__ import annotations

import pandas as pd

from kit.report import words
from kit.report.blocks import Bullets, Heading, Paragraphs
from kit.report.content.difficulties import difficulties
from kit.report.content.narrative import own_words
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.schema.load import load_schema

_MOST = 12
_TWO_TIERS = pd.Timestamp("2025-07-01")
_RANK = {"commune": 0, "district": 1, "department": 1, "province": 2}  # a department has the authority of none
_TO = {
    "commune": "Đối với cấp xã",
    "district": "Đối với cấp huyện",
    "province": "Đối với cấp tỉnh",
    "ministry": "Đối với Bộ, ngành trung ương",
    "": "Chưa ghi cấp có thẩm quyền giải quyết",
}


def proposals(subject: Subject) -> Blocks:
    """Return section V: proposals of obstacles not yet resolved, then the unit's own words."""
    rows = difficulties(subject)
    asked = rows.loc[rows["proposal"].notna() & ~rows["resolved"]]
    own = own_words(subject, "proposals")
    if asked.empty and not own:
        said = "Không có đề xuất, kiến nghị." if subject.reported else "Chưa có thông tin về đề xuất, kiến nghị."
        return Blocks.of(Paragraphs((said,)))
    return Blocks.of(Paragraphs(own) if own else None, _by_level(subject, asked))


def _by_level(subject: Subject, asked: pd.DataFrame) -> Blocks:
    level = asked["responsible_level"].fillna("")
    blocks: list = []
    for at, code in enumerate([code for code in _order() if (level == code).any()], 1):
        title = _title(subject, code)
        if code == "district" and subject.cutoff >= _TWO_TIERS:
            title += " (đã kết thúc hoạt động từ ngày 01/7/2025, chuyển cấp có thẩm quyền mới)"
        blocks += [Heading(f"{at}. {title}", 3), Bullets(_items(subject, asked.loc[level == code]))]
    return Blocks.of(blocks)


def _title(subject: Subject, code: str) -> str:
    """To a level above it is a request; what a unit can settle itself, or the units below it, is not addressed up."""
    own, levels = _RANK.get(subject.level, 0), list(load_schema().codelists["responsible_level"].codes)
    if not code or levels.index(code) > own:
        return _TO[code]
    scope = label("responsible_level", code).lower()
    if not subject.pooled:
        return f"Nội dung thuộc thẩm quyền {scope}"
    state = " (đang xem xét)" if levels.index(code) == own else ""
    return f"Kiến nghị của các đơn vị thuộc thẩm quyền {scope}{state}"


def _order() -> list[str]:
    return [*reversed(load_schema().codelists["responsible_level"].codes), ""]


def _items(subject: Subject, asked: pd.DataFrame) -> tuple[str, ...]:
    """The same proposal of several units is said once, with how many asked for it; the public edition only counts."""
    if subject.public:
        units = sorted({words.in_sentence(subject.reporter(unit)) for unit in asked["_unit"]})
        by = f" của {words.some_of(units, 4, 'đơn vị')}" if subject.pooled else ""
        return (f"{words.number(len(asked))} kiến nghị{by}; nội dung không nêu trong bản công khai.",)
    asked = asked.assign(said=asked["proposal"].map(lambda text: " ".join(text.split()).rstrip(" .;")))
    groups = asked.groupby(asked["said"].str.casefold(), sort=False)
    items = []
    for _, group in groups:
        names = sorted({subject.reporter(unit) for unit in group["_unit"]})
        named = words.some_of([words.in_sentence(name) for name in names], 4, "đơn vị")
        by = f" – kiến nghị của {named}" if subject.pooled else ""
        items.append(f"{words.capitalised(words.shortened(group['said'].iloc[0]))}{by}.")
    more = len(items) - _MOST
    return (*items[:_MOST], f"Và {words.number(more)} kiến nghị khác, xem Phụ lục III.") if more > 0 else tuple(items)
