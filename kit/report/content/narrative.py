"""The unit's own words, section by section."""

from __future__ import annotations

from kit.report import words
from kit.report.content.subject import Subject

SHORTENED = " (Nội dung đầy đủ có trong sổ của đơn vị.)"


def own_words(subject: Subject, section: str) -> tuple[str, ...]:
    """Return what the unit itself wrote under a section for this period, one text for each paragraph."""
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
