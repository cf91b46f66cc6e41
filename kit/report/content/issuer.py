"""Who issues, signs and receives the report: the line of ``issuers`` valid on the document's date.

A draft has no date yet: it takes the period's deadline for the unit's level (data-model.md, issuers).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

import pandas as pd

from kit.report import words
from kit.report.content.once import once
from kit.report.content.records import records
from kit.report.content.subject import Subject

_COMMITTEE = "ủy ban nhân dân"


@dataclass(frozen=True)
class Issuer:
    """The formal facts of one report; what the reference table leaves blank is blank."""

    body: str
    superior_body: str = ""
    place: str = ""
    symbol: str = "BC"
    authority: str = ""
    position: str = ""
    signer: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    declared: bool = True

    def number_line(self, number: str = "") -> str:
        """``Số:      /BC-UBND``; with the number of an approved report ``Số: 45/BC-UBND``."""
        return f"Số: {number or f'     /{self.symbol}'}"

    def date_line(self, day: date, *, known: bool) -> str:
        """``Mẫu Một, ngày 05 tháng 7 năm 2024``; of a draft only the year is known."""
        return f"{self.place or '…'}, {words.long_date(day) if known else f'ngày … tháng … năm {day.year}'}"


@once
def issuer_of(subject: Subject, day: date | None = None) -> Issuer:
    """Return the issuer line valid on ``day`` (default: the document's date), else the unit's own name."""
    on = pd.Timestamp(day or subject.document_date)
    known = [
        row
        for row in records(subject.data.frames["issuers"])
        if row["unit_id"] == subject.unit_id
        and not row["_set_aside"]
        and row["valid_from"] is not None
        and row["valid_from"] <= on
        and (row["valid_to"] is None or row["valid_to"] >= on)
    ]
    if not known:
        return Issuer(body=subject.name.upper(), position="THỦ TRƯỞNG ĐƠN VỊ", declared=False)
    latest = sorted(known, key=itemgetter("valid_from"))[-1]
    row = {name: value if isinstance(value, str) else "" for name, value in latest.items()}
    plain = ("body", "superior_body", "place", "symbol", "authority", "position", "signer")
    return Issuer(
        **{name: row[name] for name in plain}, addressees=_items(row["addressee"]), recipients=_items(row["recipients"])
    )


def _items(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(";") if item.strip())


def body_in_sentence(subject: Subject, issuer: Issuer) -> str:
    """Return the issuing body as a sentence writes it: ``Ủy ban nhân dân xã Mẫu Một``, ``Sở Tư pháp``.

    The reference table holds capitals only, so the small letters come from the unit's name.
    """
    body = words.capitalised(issuer.body.strip().casefold())
    if body.casefold().startswith(_COMMITTEE):
        return f"Ủy ban nhân dân {subject.name_inside}"
    if subject.name.casefold().startswith(body.casefold()):
        return words.in_sentence(subject.name[: len(body)])
    return subject.name_inside
