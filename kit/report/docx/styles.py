"""The styles of the Word file: sizes, weights and distances of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Built-in styles (Heading 1–6, Title, Caption, Quote, lists) keep Word's own names so that its navigation, contents and
numbering work; what only an administrative report has is named in Vietnamese, as it stands in Word's list of styles.
"""

from __future__ import annotations

from dataclasses import dataclass

from kit.report.docx.markup import escaped, mm

FONT = "Times New Roman"
MONO = "Courier New"
INK = {"met": "17633A", "nearly": "7A4A00", "not_met": "A01C1C", "no_target": "4D4D4D", "no_data": "4D4D4D"}
FIRST_LINE = mm(10)
_CENTRE, _RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
_KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True)
class Style:
    """A paragraph style: ``look`` names weights (``b`` bold, ``i`` italic), ``size`` is in points."""

    id: str
    name: str
    size: float = 0
    look: str = ""
    keep: str = ""  # w:keepNext, w:keepLines, w:numPr, w:pBdr, w:shd
    spacing: str = ""  # before, after, line
    rest: str = ""  # w:ind, w:jc, w:outlineLvl
    colour: str = ""
    base: str = "Normal"
    next: str = ""

    def xml(self) -> str:
        """Return ``w:style``."""
        follows = f'<w:next w:val="{self.next}"/>' if self.next else ""
        shown = "" if self.id == "KitRule" else "<w:qFormat/>"
        head = f'<w:name w:val="{escaped(self.name)}"/><w:basedOn w:val="{self.base}"/>{follows}{shown}'
        custom = ' w:customStyle="1"' if self.id.startswith("Kit") else ""
        layout = self.keep + self.spacing + self.rest
        return (
            f'<w:style w:type="paragraph"{custom} w:styleId="{self.id}">{head}'
            f"<w:pPr>{layout}</w:pPr><w:rPr>{self._letters()}</w:rPr></w:style>"
        )

    def _letters(self) -> str:
        made = (
            "<w:b/><w:bCs/>" if "b" in self.look else '<w:b w:val="0"/><w:bCs w:val="0"/>' if "r" in self.look else ""
        )
        made += "<w:i/><w:iCs/>" if "i" in self.look else ""
        made += f'<w:color w:val="{self.colour}"/>' if self.colour else ""
        half_points = round(self.size * 2)
        return made + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if self.size else "")


def _space(before: float = 0, after: float = 0, line: int = 240) -> str:
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" w:line="{line}" w:lineRule="auto"/>'
    )


def _indent(first: int = 0, left: int = 0, right: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="{first}"/>'


def _line(side: str, size: int = 6, colour: str = "000000", space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _box(left: int, colour: str = "333333") -> str:
    sides = _line("top", 3, "BFBFBF", 5) + _line("left", left, colour, 7)
    return f"<w:pBdr>{sides}{_line('bottom', 3, 'BFBFBF', 5)}{_line('right', 3, 'BFBFBF', 7)}</w:pBdr>"


_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F5F5F5"/>'
_EXACT = '<w:spacing w:before="{}" w:after="0" w:line="{}" w:lineRule="exact"/>'

_HEAD = (
    Style("KitNation", "Quốc hiệu", 12, "b", rest=_CENTRE),
    Style("KitMotto", "Tiêu ngữ", 13, "b", spacing=_space(2), rest=_CENTRE),
    Style("KitSuperior", "Cơ quan chủ quản", 12, rest=_CENTRE),
    Style("KitIssuer", "Cơ quan ban hành", 12, "b", rest=_CENTRE),
    Style("KitRule", "Đường kẻ", keep=f"<w:pBdr>{_line('bottom')}</w:pBdr>", spacing=_EXACT.format(0, 60)),
    Style("KitNumber", "Số, ký hiệu", 13, spacing=_space(10), rest=_CENTRE),
    Style("KitDate", "Địa danh, thời gian", 13, "i", spacing=_space(10), rest=_CENTRE),
    Style("KitDraft", "Dấu dự thảo", 13, "b", keep="<w:pBdr>"
          + "".join(_line(side, 6, space=3) for side in ("top", "left", "bottom", "right"))
          + "</w:pBdr>", spacing=_space(14), rest=_indent(0, 900, 900) + _CENTRE),
    Style("Title", "Title", 14, "b", keep=_KEEP, spacing=_space(22), rest=_CENTRE, next="Subtitle"),
    Style("Subtitle", "Subtitle", 14, "b", spacing=_space(2), rest=_indent(0, 640, 640) + _CENTRE, next="BodyText"),
    Style("KitPeriod", "Kỳ báo cáo", 13, "i", spacing=_space(8), rest=_CENTRE),
    Style("KitTo", "Kính gửi", 13, spacing=_space(16, 4), rest=_CENTRE),
    Style("KitToList", "Nơi kính gửi", 13, spacing=_space(3)),
)  # fmt: skip

_BODY = (
    Style("KitCardName", "Thẻ: tên chỉ số", 11, "b", spacing=_space(4, 4)),
    Style("KitCardValue", "Thẻ: giá trị", 11, spacing=_space(0, 4)),
    Style("KitCardText", "Thẻ: giải thích", 10.5, spacing=_space(0, 4)),
    Style("Caption", "caption", 12, "b", keep=_KEEP, spacing=_space(12, 5), rest=_CENTRE),
    Style("KitFigure", "Hình", keep="<w:keepNext/>", spacing=_space(12), rest=_CENTRE),
    Style("KitFigureName", "Tên hình", 12, "b", keep="<w:keepLines/>", spacing=_space(4, 10), rest=_CENTRE),
    Style("KitNote", "Ghi chú bảng, hình", 11, "i", keep="<w:keepLines/>", spacing=_space(4, 10)),
    Style("KitEmpty", "Không có số liệu", 13, "i", spacing=_space(0, 8), rest=_CENTRE),
    Style("KitGap", "Khoảng sau bảng", 6, spacing=_EXACT.format(0, 160)),
    Style("KitEnd", "Cuối phần", 1, spacing=_EXACT.format(0, 20)),
    Style("KitCell", "Chữ trong bảng", 11, spacing=_space(2, 2)),
    Style("KitSmallCell", "Chữ nhỏ trong bảng", 10, base="KitCell"),
    Style("KitFineCell", "Chữ rất nhỏ trong bảng", 7.5, base="KitCell"),
    Style("KitTinyCell", "Chữ nhỏ nhất trong bảng", 5.5, base="KitCell"),
    Style("KitCallout", "Lưu ý", 12, keep=f"<w:keepLines/>{_box(12)}{_SHADE}", spacing=_space(9, 11, 264),
          rest=_indent(0, 160, 160) + '<w:jc w:val="both"/>'),
    Style("KitWarning", "Cảnh báo", 12, base="KitCallout", keep=f"<w:keepLines/>{_box(24)}{_SHADE}"),
    Style("Quote", "Quote", 13, "i", keep=f"<w:keepLines/><w:pBdr>{_line('left', 16, 'A6A6A6', 8)}</w:pBdr>",
          spacing=_space(6, 4, 264), rest=_indent(0, 240) + '<w:jc w:val="both"/>'),
    Style("KitSource", "Nguồn lời trích", 12, spacing=_space(0, 8), rest=_RIGHT),
    Style("KitTerm", "Thuật ngữ", 13, "b", keep=_KEEP, spacing=_space(6)),
    Style("KitMeaning", "Giải thích thuật ngữ", base="BodyText", rest=_indent(0, FIRST_LINE)),
    Style("KitCode", "Mã, đầu ra", 9, keep=_SHADE, spacing=_space(6, 6)),
    Style("KitAuthority", "Quyền hạn, chức vụ", 13, "b", keep="<w:keepNext/>", rest=_CENTRE),
    Style("KitSigner", "Họ tên người ký", 13, "b", rest=_CENTRE),
    Style("KitRecipientsHead", "Nơi nhận", 12, "bi", keep="<w:keepNext/>"),
    Style("KitRecipients", "Danh sách nơi nhận", 11, rest='<w:ind w:left="120" w:hanging="120"/>'),
    Style("KitAnnex", "Phụ lục", 14, "b", keep=_KEEP, spacing=_space(0, 4), base="Heading1", next="KitAttached",
          rest=_indent(0, 480, 480) + _CENTRE + '<w:outlineLvl w:val="0"/>'),
    Style("KitAttached", "Kèm theo", 13, "i", spacing=_space(2, 14), rest=_indent(0, 280, 280) + _CENTRE),
    Style("Header", "header", 13, rest=_CENTRE),
)  # fmt: skip


def _text(formal: bool) -> tuple[Style, ...]:
    """Body text and lists; only an administrative report indents first lines."""
    justified = '<w:jc w:val="both"/>'
    body = Style("BodyText", "Body Text", 13, spacing=_space(0, 6, 276),
                 rest=_indent(FIRST_LINE if formal else 0) + justified)  # fmt: skip
    listed = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    return (
        body,
        Style("ListBullet", "List Bullet", base="BodyText", keep=listed.format(1), rest=justified),
        Style("ListNumber", "List Number", base="BodyText", keep=listed.format(2), rest=justified),
        Style("ListContinue", "List Continue", base="BodyText"),
    )


def _headings(formal: bool) -> tuple[Style, ...]:
    """I. in bold capitals, 1. bold, a) upright, as sections of a report are set; otherwise by size."""
    sizes = (13,) * 6 if formal else (18, 15, 14, 13, 13, 13)
    looks = ("b", "b", "r", "r", "r", "r") if formal else ("b", "b", "b", "b", "r", "r")
    return tuple(
        Style(f"Heading{at}", f"heading {at}", size, look, keep=_KEEP, spacing=_space(10, 5, 252), next="BodyText",
              rest=_indent(FIRST_LINE if formal else 0) + f'<w:outlineLvl w:val="{at - 1}"/>')
        for at, (size, look) in enumerate(zip(sizes, looks, strict=True), 1)
    )  # fmt: skip


def _characters() -> str:
    fonts = f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>'
    made = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="Kit_{code}"><w:name w:val="{name}"/>'
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{INK[code]}"/></w:rPr></w:style>'
        for code, name in (
            ("met", "Kết quả: đạt"),
            ("nearly", "Kết quả: gần đạt"),
            ("not_met", "Kết quả: chưa đạt"),
            ("no_target", "Kết quả: không đặt chỉ tiêu"),
            ("no_data", "Kết quả: chưa có số liệu"),
        )
    )
    return made + (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E79"/>'
        '<w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:customStyle="1" w:styleId="KitMono"><w:name w:val="Mã trong dòng"/>'
        f'<w:rPr>{fonts}<w:sz w:val="21"/></w:rPr></w:style>'
    )


_MARGINS = (
    '<w:tblCellMar><w:top w:w="{0}" w:type="dxa"/><w:left w:w="{1}" w:type="dxa"/>'
    '<w:bottom w:w="{0}" w:type="dxa"/><w:right w:w="{1}" w:type="dxa"/></w:tblCellMar>'
)


def _tables() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(_line(side, 4, "737373") for side in sides)
    head = '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>'
    head += '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E5E5E5"/><w:vAlign w:val="center"/></w:tcPr>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f"<w:tblPr>{_MARGINS.format(0, 0)}</w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="KitTable"><w:name w:val="Bảng số liệu"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f'{_MARGINS.format(20, 80)}</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:tblStylePr w:type="firstRow">{head}</w:tblStylePr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="KitCards"><w:name w:val="Thẻ chỉ số"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_MARGINS.format(60, 160)}</w:tblPr></w:style>'
    )


def content(*, formal: bool) -> str:
    """Return what ``w:styles`` holds; ``formal`` is true for a report with the official head."""
    fonts = "".join(f' w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:sz w:val="26"/><w:szCs w:val="26"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        f"{_space()}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    paragraphs = "".join(style.xml() for style in (*_text(formal), *_headings(formal), *_HEAD, *_BODY))
    return defaults + paragraphs + _characters() + _tables()
