"""The fixed blocks of an administrative report in Word: head, Kính gửi, signature, annex (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import math
import re

from kit.report.docx.markup import TEXT_WIDTH, Cell, indent, mm, paragraph, row, rule, run, table, written
from kit.report.docx.metrics import bold_width

_LEFT = mm(64)
_RIGHT = TEXT_WIDTH - _LEFT
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_KINDS = re.compile(r"^(ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|VĂN PHÒNG|HỘI ĐỒNG PHỐI HỢP)\s+(?=\S)")
_SHARE = 0.4  # of the line above: between a third and a half
_UPRIGHT = 0.93  # letters that are not bold are narrower
_SIGNING_ROOM = mm(27)


def head(node: dict) -> str:
    """Return the letterhead as a borderless table, then BÁO CÁO, trích yếu and Kính gửi."""
    rows = [
        row([Cell(_issuer(node), _LEFT), Cell(_motto(), _RIGHT)]),
        row([Cell(written(node["number_line"], "KitNumber"), _LEFT),
             Cell(written(node["date_line"], "KitDate"), _RIGHT)]),
    ]  # fmt: skip
    if node["draft"]:
        rows.append(row([Cell(written("DỰ THẢO", "KitDraft"), _LEFT), Cell(paragraph(""), _RIGHT)]))
    made = table(rows, [_LEFT, _RIGHT], "TableNormal") + written(node["document_type"].upper(), "Title")
    made += _subject(node["subject"])
    made += written(node["period_line"], "KitPeriod") if node["period_line"] else ""
    return made + addressees(node["addressees"])


def _subject(text: str) -> str:
    """The trích yếu and its rule."""
    side, longest = _balanced(_width(text, 14))
    return written(text, "Subtitle", indent(left=side, right=side)) + rule(TEXT_WIDTH, _SHARE * longest)


def _balanced(wide: float) -> tuple[int, float]:
    """Return the indent on both sides that makes lines of about equal length, and the length of the longest."""
    lines = math.ceil(wide / (TEXT_WIDTH * 0.86))
    if lines <= 1:
        return 0, wide
    longest = min(wide / lines * 1.14, TEXT_WIDTH * 0.9)
    return round((TEXT_WIDTH - longest) / 2), longest


def _issuer(node: dict) -> str:
    superior = written(_in_lines(node["superior_body"], "KitSuperior"), "KitSuperior") if node["superior_body"] else ""
    body = _in_lines(node["body"], "KitIssuer")
    longest = max(_width(line, 12) for line in body.split("\n"))
    return superior + written(body, "KitIssuer") + rule(_LEFT, _SHARE * min(longest, _LEFT))


def _in_lines(name: str, style: str) -> str:
    """A name in capitals; "ỦY BAN NHÂN DÂN" has a line of its own when the whole does not fit the column."""
    whole = name.upper()
    wide = _width(whole, 12) * (1 if style == "KitIssuer" else _UPRIGHT)
    return whole if wide <= _LEFT - 60 else _KINDS.sub(lambda found: f"{found[1]}\n", whole)


def _motto() -> str:
    nation = written("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KitNation")
    return nation + written(_MOTTO, "KitMotto") + rule(_RIGHT, _width(_MOTTO, 13))


def _width(text: str, size: float) -> float:
    return bold_width(text, size)


def addressees(names: list[str]) -> str:
    """Return Kính gửi: one addressee on its line, several in a list whose dashes stand under the colon."""
    if len(names) < 2:
        return "".join(
            written(f"Kính gửi: {name}", "KitTo", '<w:spacing w:before="320" w:after="240"/>') for name in names
        )
    left, dash = mm(28), mm(2)
    under = left + round(_width("Kính gửi", 13) * _UPRIGHT)
    hanging = f'<w:ind w:left="{under + dash}" w:hanging="{dash}"/>'
    listed = [written(name, "KitToList", hanging) for name in names[:-1]]
    last = written(names[-1], "KitToList", f'<w:spacing w:before="60" w:after="240"/>{hanging}')
    return "".join([written("Kính gửi:", "KitTo", f'{indent(left=left)}<w:jc w:val="left"/>'), *listed, last])


def signature(node: dict) -> str:
    """Return Nơi nhận and the signature side by side; the row stays on one page."""
    left = round(TEXT_WIDTH * 0.46)
    above = '<w:spacing w:before="240" w:after="0"/>'
    received = [written("Nơi nhận:", "KitRecipientsHead", above)] if node["recipients"] else [paragraph("")]
    received += [written(item, "KitRecipients") for item in node["recipients"]]
    titles = [node[name].upper() for name in ("authority", "position") if node[name]] or [""]
    signed = "".join(written(title, "KitAuthority", above if at == 0 else "") for at, title in enumerate(titles))
    room = f'<w:spacing w:before="{_SIGNING_ROOM}" w:after="0"/>'
    signed += written(node["signer"], "KitSigner", room)
    both = [Cell("".join(received), left), Cell(signed, TEXT_WIDTH - left)]
    return table([row(both)], [left, TEXT_WIDTH - left], "TableNormal")


def annex_head(node: dict) -> str:
    """Return the head of an annex: its number and title are one heading, so that both are in the navigation."""
    smaller = '<w:sz w:val="26"/><w:szCs w:val="26"/>'
    title = "<w:r><w:br/></w:r>" + run(node["title"].upper(), smaller) if node["title"] else ""
    attached = node["attached_to"].strip("()")
    side, _ = _balanced(_width(attached, 13) * _UPRIGHT)
    return paragraph(run(node["label"]) + title, "KitAnnex") + (
        written(f"({attached})", "KitAttached", indent(left=side, right=side)) if attached else ""
    )
