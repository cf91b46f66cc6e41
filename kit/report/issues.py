"""Issues (lần ban hành): what was approved, and how a report at hand stands to it. Pure records; no disk.

``data/issued/<period>/<unit_id>/<n>.json`` holds one issue: number and date, who approved, every figure of the unit's
results table as text (results.csv), what the rows of each file were, and the digests of the approved files. It carries
a digest of itself, so that an edit by hand is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from kit.errors import DeclarationError
from kit.indicators.model import RESULT_COLUMNS
from kit.report import words

VERSION = 1
DRAFT, ISSUED, CHANGED, UNREADABLE = "draft", "issued", "changed", "unreadable"
STATES = {
    DRAFT: "Dự thảo",
    ISSUED: "Đã ban hành",
    CHANGED: "Có thay đổi sau khi ban hành",
    UNREADABLE: "Không đọc được hồ sơ ban hành",
}


@dataclass(frozen=True)
class Sources:
    """What figures came from. A digest stands for rows as read, so saving a workbook again changes nothing.

    ``files``: file → table → digest of its rows. ``references``: reference table → digest of the rows that concern the
    unit. ``corrections``: the office's corrections, one text each. ``params``: plan parameter → its value as text.
    """

    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """One approved issue. ``number`` is whole (``45/BC-UBND``), ``data`` the digest of the data behind it (manifest).

    ``figures`` are the unit's rows of results.csv: texts in the order of ``RESULT_COLUMNS``. ``replaced`` keeps number,
    date and approval that were corrected afterwards with ``--correct``. Without ``outputs`` the approval was begun but
    its files were not finished.
    """

    period: str
    unit_id: str
    issue: int
    number: str
    date: date
    approved_by: str
    approved_at: str
    data: str
    kit: str
    figures: tuple[tuple[str, ...], ...]
    sources: Sources = Sources()
    outputs: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[Mapping[str, str], ...] = ()

    @property
    def name(self) -> str:
        """``Báo cáo số 45/BC-UBND ngày 05 tháng 7 năm 2024``."""
        return f"Báo cáo số {self.number} {words.long_date(self.date)}"

    @property
    def short_name(self) -> str:
        """``số 45/BC-UBND, ngày 05/7/2024``."""
        return f"số {self.number}, ngày {words.short_date(self.date)}"


def render_issue(issue: Issue) -> str:
    """Return the text of an issue's file; the same issue gives the same text."""
    body = {"version": VERSION, **asdict(issue), "date": issue.date.isoformat(), "columns": RESULT_COLUMNS}
    return json.dumps({**body, "digest": _digest(body)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def parse_issue(text: str, where: str) -> Issue:
    """Read an issue's file; ``where`` names it. Raises ``DeclarationError`` for one that is damaged or was edited."""
    try:
        body = json.loads(text)
        claimed = body.pop("digest")
        if body["version"] != VERSION:
            raise ValueError(f"version {body['version']} is not one this kit reads ({VERSION})")
        made = _issue(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DeclarationError(f"{where} is no issue that can be read:", [_said(error), _HELP]) from None
    if claimed != _digest(body):
        raise DeclarationError(f"{where} was changed after approval:", ["its digest does not match", _HELP])
    return made


_HELP = "put back the file as `kit approve` wrote it (from a backup, or from version control)"


def _said(error: Exception) -> str:
    return f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else " ".join(str(error).split())


def _issue(body: Mapping[str, Any]) -> Issue:
    given = {item.name: body[item.name] for item in fields(Issue)}
    columns = [body["columns"].index(name) for name in RESULT_COLUMNS]
    sources = Sources(**{**body["sources"], "corrections": tuple(body["sources"]["corrections"])})
    return Issue(
        **{
            **given,
            "issue": int(body["issue"]),
            "date": date.fromisoformat(body["date"]),
            "figures": tuple(tuple(str(row[at]) for at in columns) for row in body["figures"]),
            "sources": sources,
            "outputs": dict(body["outputs"]),
            "replaced": tuple(dict(one) for one in body["replaced"]),
        }
    )


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Issues:
    """The issues of one unit's report in order, and the digest of the data as they are today."""

    known: tuple[Issue, ...] = ()
    today: str = ""

    @property
    def latest(self) -> Issue | None:
        """The issue approved last."""
        return self.known[-1] if self.known else None

    @property
    def approved(self) -> Issue | None:
        """The issue that the report at hand is; ``None`` while it is a draft."""
        return self.latest if self.latest and self.latest.data == self.today else None

    @property
    def previous(self) -> Issue | None:
        """The issue that the report at hand replaces, or will replace once it is approved."""
        earlier = self.known[:-1] if self.approved else self.known
        return earlier[-1] if earlier else None

    @property
    def digest(self) -> str:
        """What a report's text depends on: all issues but for the digests of their files; blank without issues."""
        if not self.known:
            return ""
        shown = [{**asdict(issue), "date": issue.date.isoformat(), "outputs": {}} for issue in self.known]
        return _digest({"issues": shown})


@dataclass(frozen=True)
class IssueState:
    """How a report stands: ``kind`` is ``draft``, ``issued``, ``changed`` or ``unreadable``; ``text`` says it."""

    kind: str
    text: str
    issue: int = 0
    number: str = ""
    date: date | None = None


def issue_state(issues: Iterable[Issue], today: str | None) -> IssueState:
    """Say how a report stands: ``today`` is the digest of its data now (``None``: not known, taken as unchanged)."""
    latest = max(issues, key=lambda issue: issue.issue, default=None)
    if latest is None:
        return IssueState(DRAFT, STATES[DRAFT])
    kind = ISSUED if today in (None, latest.data) else CHANGED
    tail = latest.short_name if kind == ISSUED else f"({latest.short_name})"
    return IssueState(kind, f"{STATES[kind]} {tail}", latest.issue, latest.number, latest.date)
