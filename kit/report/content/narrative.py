"""The unit's own words, section by section."""

from __future__ import annotations

from kit.report import words
from kit.report.content.once import once
from kit.report.content.subject import Subject
from kit.report.public import HIDDEN

SHORTENED = " (Nội dung đầy đủ có trong sổ của đơn vị.)"


WITHHELD = "Phần lời của đơn vị không nêu trong bản công khai."
OPENINGS = {
    "next_tasks": "Nhiệm vụ do đơn vị tự đề ra",
    "proposals": "Kiến nghị của đơn vị",
    "causes": "Nguyên nhân theo đơn vị tự đánh giá",
}
_ASSESSED = "Theo tự đánh giá của đơn vị"


def own_words(subject: Subject, section: str, *more: str) -> tuple[str, ...]:
    """Return what the unit wrote under sections for this period, as a quotation of so many paragraphs.

    The words are the unit's, not the report's: they are introduced as such and stand in quotation marks.
    """
    found = [paragraph for name in (section, *more) for paragraph in _written(subject, name)]
    withheld = HIDDEN in found
    found = [paragraph for paragraph in found if paragraph != HIDDEN]
    if not found:
        return (WITHHELD,) if withheld else ()
    texts = [text.removesuffix(SHORTENED) for text in found]
    quoted = [f"“{text}" for text in texts]  # each paragraph opens the quotation again, the last closes it
    quoted[-1] += "”"
    quoted = [said + (SHORTENED if text.endswith(SHORTENED) else "") for said, text in zip(quoted, found, strict=True)]
    return (f"{OPENINGS.get(section, _ASSESSED)}: {quoted[0]}", *quoted[1:])


@once
def _written(subject: Subject, section: str) -> tuple[str, ...]:
    rows = subject.rows("narrative")
    rows = rows.loc[
        (rows["_unit"] == subject.unit_id) & (rows["period"] == subject.period.code) & (rows["section"] == section)
    ]
    found: list[str] = []
    for text in rows["text"].dropna():
        short = words.shortened(text)
        paragraphs = [line.strip() for line in short.splitlines() if line.strip()]
        if short != text and paragraphs:
            paragraphs[-1] += SHORTENED
        found += paragraphs
    return tuple(found)
