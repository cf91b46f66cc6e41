"""The unit's own words, section by section."""

from __future__ import annotations

from kit.indicators.byunit import among
from kit.report import words
from kit.report.blocks import Column, Table
from kit.report.content.issuer import body_in_sentence, issuer_of
from kit.report.content.once import once
from kit.report.content.records import records
from kit.report.content.subject import Subject, label
from kit.report.content.tables import table
from kit.report.public import HIDDEN
from kit.schema.load import load_schema

LONG_TEXTS = "Lời của đơn vị in rút gọn"  # caption of their table, so the name of their sheet in annex.xlsx
SHORTENED = f" (Nội dung đầy đủ có trong tệp annex.xlsx, trang “{LONG_TEXTS}”.)"
WITHHELD = "Phần lời của đơn vị không nêu trong bản công khai."
OPENINGS = {
    "next_tasks": "Nhiệm vụ do {} tự đề ra",
    "proposals": "Kiến nghị của {}",
    "causes": "Nguyên nhân theo {} tự đánh giá",
}
_ASSESSED = "Theo tự đánh giá của {}"


def own_words(subject: Subject, section: str, *more: str) -> tuple[str, ...]:
    """Return what the unit wrote under sections for this period, as a quotation of so many paragraphs.

    The words are the unit's, not the report's: they are introduced as such and stand in quotation marks.
    """
    found = [paragraph for name in (section, *more) for paragraph in _written(subject, name)]
    withheld = HIDDEN in found and _first_withheld(subject) in (section, *more)
    found = [paragraph for paragraph in found if paragraph != HIDDEN]
    if not found:
        return (WITHHELD,) if withheld else ()
    texts = [text.removesuffix(SHORTENED) for text in found]
    quoted = [f"“{text}" for text in texts]  # each paragraph opens the quotation again, the last closes it
    quoted[-1] += "”"
    quoted = [said + (SHORTENED if text.endswith(SHORTENED) else "") for said, text in zip(quoted, found, strict=True)]
    return (f"{OPENINGS.get(section, _ASSESSED).format(_whose(subject, section))}: {quoted[0]}", *quoted[1:])


def _whose(subject: Subject, section: str) -> str:
    """Who speaks: above commune level the office itself, whose counts are not those of the pooled figures."""
    if not subject.pooled:
        return "đơn vị"
    body = body_in_sentence(subject, issuer_of(subject))
    return body if section in OPENINGS else f"riêng {body} (không gồm các đơn vị trực thuộc)"


def _first_withheld(subject: Subject) -> str:
    """The first section with words that the public edition leaves out: there the reader is told, once."""
    codes = load_schema().codelists["narrative_section"].codes
    return next((code for code in codes if HIDDEN in _written(subject, code)), "")


def long_texts(subject: Subject) -> Table | None:
    """Return the unit's texts that the report shortens, whole in the data of the table; ``None`` without any."""
    rows = [row for row in _rows(subject) if words.shortened(row["text"]) != row["text"]]
    if not rows:
        return None
    shown = [(label("narrative_section", row["section"]), words.number(len(row["text"]))) for row in rows]
    return table(
        LONG_TEXTS,
        (Column("Mục", "left", 3), Column("Số ký tự", "right", 1)),
        shown=shown,
        data=(("section", "text"), [(row["section"], row["text"]) for row in rows]),
        note="Báo cáo in phần đầu của mỗi nội dung này.",
        name="phu-luc-4-loi-don-vi",
    )


@once
def _rows(subject: Subject) -> list[dict]:
    rows = subject.own.frames["narrative"]  # of which a province has many, of the units below it
    own = records(among(rows, "_unit", {subject.unit_id}))
    usable = [row for row in own if not row["_set_aside"] and row["text"] is not None]
    return [row for row in usable if row["period"] == subject.period.code]


@once
def _written(subject: Subject, section: str) -> tuple[str, ...]:
    found: list[str] = []
    for text in (row["text"] for row in _rows(subject) if row["section"] == section):
        short = words.shortened(text)
        paragraphs = [line.strip() for line in short.splitlines() if line.strip()]
        if short != text and paragraphs:
            paragraphs[-1] += SHORTENED
        found += paragraphs
    return tuple(found)
