"""Blocks as HTML. All text is escaped; nothing from data is ever parsed as markup.

``block`` gives what JupyterLab shows (with a small style of its own); ``fragment`` gives the same markup for a page
that has the one style sheet of the template.
"""

from __future__ import annotations

from hashlib import sha256

from kit.report.html import colours, tables
from kit.report.html.embedded_style import IN_DARK, STYLE
from kit.report.html.markup import badge, optional, status_class, text
from kit.report.plain import annex_number, as_list, target


def block(json_block: dict, *, styled: bool = True) -> str:
    """Return one block in its JSON form (``Block.to_json``) as HTML for JupyterLab, with the style unless not wanted.

    Raises ``ValueError`` for a kind that is not in ``kit.report.blocks``.
    """
    content = repr(json_block).encode("utf-8", "backslashreplace")
    prefix = f"k{sha256(content).hexdigest()[:10]}"  # two different charts in one notebook share no ids
    html = fragment(json_block, prefix)
    dark = colours.dark_variables(html) if json_block["kind"] == "figure" else ""
    style = (STYLE if styled else "") + (f"{IN_DARK}{{{dark}}}" if dark else "")
    return f'<div class="kit kit-embedded">{f"<style>{style}</style>" if style else ""}{html}</div>'


def fragment(json_block: dict, prefix: str) -> str:
    """Return the block as HTML without style; ``prefix`` makes the ids in it unique on the page."""
    kind = json_block.get("kind")
    if kind in ("table", "figure"):
        return getattr(tables, kind)(json_block, prefix)
    if kind not in _RENDERERS:
        raise ValueError(f"unknown block kind {kind!r}; known: {', '.join(sorted(KINDS))}")
    return _RENDERERS[kind](json_block)


_MOTTO = (
    '<div class="kit-motto"><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>'
    "<p><span>Độc lập - Tự do - Hạnh phúc</span></p></div>"
)


def _head(head: dict) -> str:
    issuer = optional("<p>{}</p>", head["superior_body"]) + f"<p><strong>{text(head['body'])}</strong></p>"
    number = optional('<p class="kit-number">{}</p>', head["number_line"])
    date = optional('<p class="kit-date">{}</p>', head["date_line"])
    draft = '<p class="kit-draft">DỰ THẢO</p>' if head["draft"] else ""
    kind, subject = text(head["document_type"]), text(head["subject"])
    letterhead = f'<div class="kit-letterhead">{_MOTTO}<div class="kit-issuer">{issuer}</div>{number}{date}</div>'
    title = f'<h1><span class="kit-type">{kind}</span> <span class="kit-subject">{subject}</span></h1>'
    period = optional('<p class="kit-period">{}</p>', head["period_line"])
    return f'<div class="kit-head">{letterhead}{draft}{title}{period}{_addressees(head["addressees"])}</div>'


def _addressees(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(f'<p class="kit-to"><span>Kính gửi:</span> {text(name)}</p>' for name in names)
    return f'<div class="kit-to"><p>Kính gửi:</p><ul>{_items(as_list(list(names)))}</ul></div>'


def _items(items: list[str]) -> str:
    return "".join(f"<li>{text(item)}</li>" for item in items)


def _cards(cards: dict) -> str:
    return f'<ul class="kit-cards">{"".join(_card(card) for card in cards["cards"])}</ul>' if cards["cards"] else ""


def _card(card: dict) -> str:
    state = badge(card["status"], card["status_text"]) + optional(" <span>{}</span>", target(card["target"]))
    change = optional('<p class="kit-change">{}</p>', card["change"])
    sentence = optional('<p class="kit-sentence">{}</p>', card["sentence"])
    return (
        f'<li class="kit-card kit-{status_class(card["status"])}"><p class="kit-name">{text(card["title"])}</p>'
        f'<p class="kit-value"><strong>{text(card["value"])}</strong>{optional(" <span>{}</span>", card["counts"])}</p>'
        f'<p class="kit-state">{state}</p>{change}{sentence}</li>'
    )


def _quotes(quotes: dict) -> str:
    return "".join(_quote(quote) for quote in quotes["items"])


def _quote(quote: dict) -> str:
    source = optional('<p class="kit-source">{}</p>', quote["source"])
    return f'<blockquote class="kit-quote"><p>{text(quote["text"])}</p>{source}</blockquote>'


def _heading(heading: dict) -> str:
    level = min(4, max(2, int(heading["level"])))
    return f"<h{level}>{text(heading['text'])}</h{level}>"


def _callout(callout: dict) -> str:
    warning = callout["tone"] == "warning"
    name, label = ("kit-warning", "Cảnh báo") if warning else ("kit-note", "Lưu ý")
    return f'<div class="kit-callout {name}" role="note"><p><strong>{label}.</strong> {text(callout["text"])}</p></div>'


def _signature(sign: dict) -> str:
    recipients = _items(as_list(list(sign["recipients"])))
    to = f'<div class="kit-recipients"><p>Nơi nhận:</p><ul>{recipients}</ul></div>' if recipients else "<div></div>"
    return (
        f'<div class="kit-signature"><div class="kit-sign">{optional("<p>{}</p>", sign["authority"])}'
        f'{optional("<p>{}</p>", sign["position"])}<p class="kit-signer">{text(sign["signer"])}</p></div>{to}</div>'
    )


def _annex(annex: dict) -> str:
    attached = optional('<p class="kit-attached">({})</p>', annex["attached_to"].strip("()"))
    # The full stop parts number and title where they are read in one line: in the contents and aloud.
    number = f'{text(annex_number(annex["number"]))}<span class="kit-hidden">.</span>'
    title = f'<span class="kit-title">{text(annex["title"])}</span>'
    return f'<div class="kit-annex"><h2><span>{number}</span> {title}</h2>{attached}</div>'


def _definitions(definitions: dict) -> str:
    pairs = "".join(f"<dt>{text(term)}</dt><dd>{text(meaning)}</dd>" for term, meaning in definitions["items"])
    return f'<dl class="kit-definitions">{pairs}</dl>' if pairs else ""


def _paragraphs(paragraphs: dict) -> str:
    return "".join(f'<p class="kit-text">{text(item)}</p>' for item in paragraphs["items"])


def _bullets(bullets: dict) -> str:
    return f'<ul class="kit-list">{_items(bullets["items"])}</ul>' if bullets["items"] else ""


_RENDERERS = {
    "head": _head,
    "cards": _cards,
    "paragraphs": _paragraphs,
    "bullets": _bullets,
    "quotes": _quotes,
    "heading": _heading,
    "callout": _callout,
    "signature": _signature,
    "annex": _annex,
    "definitions": _definitions,
}
KINDS = frozenset({*_RENDERERS, "table", "figure"})
