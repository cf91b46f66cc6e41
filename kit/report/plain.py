"""Blocks as plain text: what a terminal, a log or a screen reader without HTML shows for a block."""

from __future__ import annotations

import re
from textwrap import fill, indent

STATUS_WORDS = {
    "met": "Đạt",
    "nearly": "Gần đạt",
    "not_met": "Chưa đạt",
    "no_target": "Không đặt chỉ tiêu",
    "no_data": "Chưa có số liệu",
}
STATUS_MARKS = {"met": "●", "nearly": "▲", "not_met": "■", "no_target": "○", "no_data": "–"}
FRONT_SHEET = "Giới thiệu"  # of annex.xlsx
SHEET_NAME = 31  # the longest name of a sheet that Excel takes
WIDTH = 100
CELL_WIDTH = 40

# Controls (with ESC: no escape sequence reaches a terminal), bidirectional controls, surrogates, noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LEAD = re.compile(r"^(?:Biểu đồ- |Bảng số liệu )", re.IGNORECASE)
_BREAKS_ELSEWHERE = re.compile(rf"^ | $|  |-|[^\S ]|[^ ]{{{WIDTH + 1}}}")
_FILLED = re.compile(rf"(.{{1,{WIDTH}}})(?: |$)")
_TAKEN = frozenset({"history", FRONT_SHEET.casefold()})


def visible(text: object) -> str:
    """Return the text without control characters; line breaks are kept, as ``\\n``."""
    if isinstance(text, str) and text.isprintable():  # all unwanted characters and line breaks are not
        return text
    return _UNWANTED.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def block(json_block: dict) -> str:
    """Return the plain text of a block in its JSON form (``Block.to_json``); ``ValueError`` for an unknown kind."""
    kind = json_block.get("kind")
    if kind not in _RENDERERS:
        raise ValueError(f"unknown block kind {kind!r}; known: {', '.join(sorted(_RENDERERS))}")
    return visible(_RENDERERS[kind](json_block)).rstrip()


def status_word(status: str, text: str = "") -> str:
    """Return the words for a status code, the given ones first."""
    return text or STATUS_WORDS.get(status, "")


def target(words: str) -> str:
    """Return the target with its label: ``từ 70%`` gives ``Chỉ tiêu: từ 70%``."""
    return words if not words or words.casefold().startswith("chỉ tiêu") else f"Chỉ tiêu: {words}"


def hidden_rows_note(table: dict) -> str:
    """Return the sentence that says where the rows of a table block that are not shown are; blank when all are."""
    hidden = f"{table['hidden_rows']:,}".replace(",", ".")
    return (
        f"Còn {hidden} dòng khác trong tệp annex.xlsx, trang “{sheet_name(table['caption'])}”."
        if table["hidden_rows"]
        else ""
    )


def sheet_name(caption: str, suffix: str = "") -> str:
    """Return the name of a table's or chart's sheet in annex.xlsx: its caption, cut to what Excel takes.

    >>> sheet_name("Bảng số liệu nhiệm vụ theo nhóm và tình trạng")
    'Nhiệm vụ theo nhóm và tình…'
    """
    said = _LEAD.sub("", " ".join(_NOT_IN_SHEET_NAMES.sub("-", visible(caption)).split())).strip("' ")
    said = (said[:1].upper() + said[1:]) or "Số liệu"
    room = SHEET_NAME - len(suffix)
    if _excel_length(said) > room:
        while _excel_length(said) > room - 1:
            said = said[:-1]
        said = (said.rpartition(" ")[0] if len(said.rpartition(" ")[0]) > room // 2 else said).rstrip(" ,;-") + "…"
    return f"{said}{suffix}" if said.casefold() not in _TAKEN else f"{said}.{suffix}"


def _excel_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def annex_number(number: str) -> str:
    """Return ``Phụ lục I`` for ``I``."""
    return number if number.casefold().startswith("phụ lục") else f"Phụ lục {number}".strip()


def as_list(items: list[str], start: str = "- ") -> list[str]:
    """Return the items as Nghị định 30 lists them: dash, ``;`` after each, ``.`` after the last."""
    last = len(items) - 1
    return [f"{start}{item.rstrip(' ;.')}{'.' if at == last else ';'}" for at, item in enumerate(items)]


def _head(head: dict) -> str:
    to = head["addressees"]
    lines = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", ""]
    lines += [body.upper() for body in (head["superior_body"], head["body"]) if body]
    lines += [line for line in (head["number_line"], head["date_line"]) if line]
    lines += ["", head["document_type"].upper(), *(line for line in (head["subject"], head["period_line"]) if line)]
    lines += ["(DỰ THẢO)"] if head["draft"] else []
    if to:
        lines += ["", f"Kính gửi: {to[0]}"] if len(to) == 1 else ["", "Kính gửi:", *as_list(list(to))]
    return "\n".join(lines)


def _cards(cards: dict) -> str:
    return "\n\n".join(_card(card) for card in cards["cards"])


def _card(card: dict) -> str:
    counts = f" ({card['counts']})" if card["counts"] else ""
    status = f"{STATUS_MARKS.get(card['status'], '')} {status_word(card['status'], card['status_text'])}".strip()
    details = " · ".join(part for part in (target(card["target"]), status, card["change"]) if part)
    lines = [
        f"{card['title']}: {card['value']}{counts}",
        f"  {details}" if details else "",
        _text(card["sentence"], "  "),
    ]
    return "\n".join(line for line in lines if line.strip())


def _text(text: str, margin: str = "") -> str:
    lines = visible(text).split("\n")
    return indent("\n".join(_filled(line) for line in lines), margin)


def _filled(line: str) -> str:
    """The line broken at blanks; what may break elsewhere is left to ``textwrap``, which takes ten times as long."""
    return fill(line, WIDTH) if _BREAKS_ELSEWHERE.search(line) else "\n".join(_FILLED.findall(line))


def _bullets(items: list[str]) -> str:
    return "\n".join(f"- {_text(item, '  ').lstrip()}" for item in items)


def _quotes(quotes: dict) -> str:
    quoted = (f"“{q['text']}”" + (f"\n— {q['source']}" if q["source"] else "") for q in quotes["items"])
    return "\n\n".join(_text(quote, "  ") for quote in quoted)


def _cell(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= CELL_WIDTH else line[: CELL_WIDTH - 1] + "…"


def _table(table: dict) -> str:
    lines = [table["caption"]]
    if table["rows"]:
        lines += _grid(table)
    else:
        lines.append(table["empty_text"])
    return "\n".join([*lines, *(note for note in (hidden_rows_note(table), table["note"]) if note)])


def _grid(table: dict) -> list[str]:
    columns = table["columns"]
    rows = [[_cell(column["title"]) for column in columns]] + [[_cell(text) for text in row] for row in table["rows"]]
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns))]
    place = {"right": str.rjust, "center": str.center}
    aligned = [
        "  ".join(
            place.get(c["align"], str.ljust)(text, width) for c, text, width in zip(columns, row, widths, strict=True)
        )
        for row in rows
    ]
    return [aligned[0].rstrip(), "  ".join("-" * width for width in widths), *(line.rstrip() for line in aligned[1:])]


def _figure(figure: dict) -> str:
    lines = (figure["caption"], figure["alt"] and f"[Biểu đồ] {figure['alt']}", figure["note"])
    return "\n".join(_text(line) for line in lines if line)


def _signature(sign: dict) -> str:
    lines = [sign["authority"].upper(), sign["position"].upper(), "", sign["signer"]]
    if sign["recipients"]:
        lines += ["", "Nơi nhận:", *as_list(list(sign["recipients"]))]
    return "\n".join(lines).strip()


def _annex(annex: dict) -> str:
    attached = annex["attached_to"].strip("()")
    return "\n".join([annex_number(annex["number"]), annex["title"].upper(), f"({attached})" if attached else ""])


_RENDERERS = {
    "head": _head,
    "cards": _cards,
    "paragraphs": lambda block: "\n\n".join(_text(item) for item in block["items"]),
    "bullets": lambda block: _bullets(block["items"]),
    "quotes": _quotes,
    "heading": lambda block: f"{block['text']}\n{'-' * min(len(block['text']), WIDTH)}",
    "table": _table,
    "figure": _figure,
    "callout": lambda block: _text(("Lưu ý: " if block["tone"] == "note" else "Cảnh báo: ") + block["text"]),
    "signature": _signature,
    "annex": _annex,
    "definitions": lambda block: "\n".join(f"{term}\n{_text(meaning, '  ')}" for term, meaning in block["items"]),
}
KINDS = frozenset(_RENDERERS)
