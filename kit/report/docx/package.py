"""The Word package: python-docx's container with the kit's styles, lists and settings; the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from urllib.parse import quote

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kit.report.docx import lists, styles
from kit.report.docx.markup import paragraph

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date a ZIP file can hold
_KEPT = {RELATION.STYLES, RELATION.NUMBERING, RELATION.SETTINGS}
_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*"
_HIGHEST_START = 32767  # what Word counts from at most
_PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)


class Package:
    """One Word file in the making: its parts, and the numbers that links, pictures and lists have in it."""

    def __init__(self, *, formal: bool):
        self._document = docx.Document()
        self.part = self._document.part
        self._drawings = 0
        self._list_starts: list[int] = []
        self._drop_samples()
        _refill(self.part.part_related_by(RELATION.STYLES).element, styles.content(formal=formal))
        _refill(self._document.settings.element, _SETTINGS)
        header = self._document.sections[0].header
        header.is_linked_to_previous = False
        _refill(header._element, paragraph(_PAGE_NUMBER, "Header"))
        self.header_id = self._document.element.body.sectPr.xpath("./w:headerReference/@r:id")[0]

    def _drop_samples(self) -> None:
        """Leave out what python-docx's own sample file brings: a thumbnail, a theme, sample properties."""
        package = self.part.package
        for relations, kept in ((self.part.rels, _KEPT), (package.rels, {RELATION.OFFICE_DOCUMENT})):
            for found in [key for key, relation in relations.items() if relation.reltype not in kept]:
                del relations[found]

    def link(self, href: str) -> str:
        """Return the relationship id of an outside address; Word opens no file with an address that is not one."""
        return self.part.relate_to(quote(href, safe=_IN_ADDRESSES), RELATION.HYPERLINK, is_external=True)

    def picture(self, content: bytes) -> tuple[str, int]:
        """Store a PNG or JPEG; return its relationship id and a number for its drawing."""
        self._drawings += 1
        return self.part.get_or_add_image(io.BytesIO(content))[0], self._drawings

    def numbered_list(self, start: int) -> int:
        """Return the id of a new numbered list that begins at ``start``."""
        self._list_starts.append(min(start, _HIGHEST_START))
        return lists.FIRST_OWN + len(self._list_starts) - 1

    def saved(self, body: str, document: dict) -> bytes:
        """Return the file with ``body`` (what ``w:body`` holds) and the properties of the document tree."""
        _refill(self._document.element.body, body)
        _refill(self.part.numbering_part.element, lists.definitions(self._list_starts))
        self._describe(document)
        made = io.BytesIO()
        self._document.save(made)
        return _same_each_time(made)

    def _describe(self, document: dict) -> None:
        day = datetime.fromisoformat(document["date"]).replace(tzinfo=UTC) if document["date"] else _UNDATED
        properties = self._document.core_properties
        for name in ("title", "author", "last_modified_by"):
            setattr(properties, name, document["title" if name == "title" else "author"][:255])
        properties.language, properties.comments, properties.keywords, properties.revision = "vi-VN", "", "", 1
        properties.created = properties.modified = day


def _refill(element, content: str) -> None:
    """Put ``content`` in the place of everything an element of a part holds."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(f"<w:part {_NAMESPACES}>{content}</w:part>")))


def _same_each_time(made: io.BytesIO) -> bytes:
    """Return the ZIP file with one fixed time for all its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _OLDEST)
            member.create_system = 0  # the same on Windows and elsewhere
            packed = zipfile.ZIP_STORED if name.endswith((".png", ".jpg", ".jpeg")) else zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name), packed)
    return out.getvalue()
