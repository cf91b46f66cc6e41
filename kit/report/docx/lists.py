"""Lists of Word: dashes, numbers from a given start, nine levels deep."""

from __future__ import annotations

from kit.report.docx.markup import mm

FIRST_OWN = 3  # 1 is the list of dashes, 2 the numbered one of the style; then one for each numbered list
DEEPEST = 8
_STEP = mm(7.5)
_HANGING = mm(4.5)
_LEFT = mm(10) + _HANGING


def left_of(level: int) -> int:
    """Return where the text of a list's level begins, in twips."""
    return _LEFT + _STEP * min(level, DEEPEST)


def definitions(starts: list[int]) -> str:
    """Return what ``w:numbering`` holds: both kinds of lists, and a list of its own for each of ``starts``."""
    kinds = _kind(1, "bullet", "-") + _kind(2, "decimal", "%{}.")
    own = "".join(_own(FIRST_OWN + at, start) for at, start in enumerate(starts))
    usual = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return kinds + usual + own


def _kind(number: int, form: str, text: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text.format(at + 1)}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left_of(at)}" w:hanging="{_HANGING}"/></w:pPr></w:lvl>'
        for at in range(DEEPEST + 1)
    )
    kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'


def _own(number: int, start: int) -> str:
    begins = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start if at == 0 else 1}"/></w:lvlOverride>'
        for at in range(DEEPEST + 1)
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="2"/>{begins}</w:num>'
