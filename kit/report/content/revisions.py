"""Annex V of a re-issue: every figure changed since the issue it replaces, by how much, because of which file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import PurePosixPath

from kit.indicators.catalog import INDICATORS
from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.head import annex
from kit.report.content.result import Result, limit_words
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, amount, table
from kit.report.issues import Issue
from kit.report.plain import STATUS_WORDS
from kit.report.revision import ADDED, CHANGED, CORRECTED, REMOVED, FigureChange, Revision, SourceChange
from kit.report.sources import UNREAD
from kit.schema.load import load_schema

HOW = {
    ADDED: "Tệp mới, nhận sau lần ban hành trước",
    CHANGED: "Tệp được sửa sau lần ban hành trước",
    CORRECTED: "Được cơ quan tổng hợp đính chính",
    REMOVED: "Tệp không còn trong số liệu",
}
_REFERENCES = {"units": "danh sách đơn vị", "policies": "danh mục chính sách", "assignments": "phân công truyền thông"}
_REFERENCES["issuers"] = "thể thức ban hành"
_NUMBERS = ("numerator", "denominator", "value", "target", "target_national")
_JUDGED = ("met", "nearly", "not_met")
_CAUSES = 3  # files named beside one figure; the table of files has them all
_FILES = 40


def revisions(subject: Subject, issue: Issue, found: Revision) -> Blocks:
    """Return annex V: what changed since ``issue``, in words, as tables, and as exact texts in the download."""
    return Blocks.of(
        annex(subject, "V", "Thay đổi so với lần ban hành trước"),
        Paragraphs(tuple(filter(None, (_headline(subject, issue, found), _beside(found))))),
        _figures(subject, issue, found),
        _recounted(found),
        _files(subject, found),
    )


def _headline(subject: Subject, issue: Issue, found: Revision) -> str:
    replaced = f"Báo cáo này thay thế {issue.name}"
    changed, recounted = len(found.changed), len(found.recounted)
    total = len(subject.results)
    if changed:
        said = f"So với lần ban hành đó, {words.counts(changed, total)} chỉ số có thay đổi"
        said += f"; {words.number(recounted)} chỉ số giữ nguyên kết quả, chỉ khác số dòng số liệu" if recounted else ""
        return f"{replaced}. {said}. Các chỉ số khác không thay đổi."
    if recounted:
        return (
            f"{replaced}. Kết quả của mọi chỉ số không thay đổi; {words.number(recounted)} chỉ số chỉ khác số dòng số "
            "liệu làm căn cứ."
        )
    only_words = {name for change in found.sources for name in change.tables} == {"narrative"}
    what = "lời nhận xét của đơn vị" if only_words else "nội dung không phải số liệu"
    return f"{replaced}. Kết quả của mọi chỉ số không thay đổi; chỉ thay đổi {what}."


def _beside(found: Revision) -> str:
    """Causes that are no collected file, in one sentence."""
    said = [f"cập nhật {_REFERENCES[name]}" for name in found.references]
    said += ["thay đổi tham số của kế hoạch"] if found.params else []
    said += ["dùng phiên bản khác của bộ công cụ"] if found.kit else []
    opening = "Ngoài các tệp nêu dưới đây còn có" if found.sources else "Nguyên nhân ngoài tệp số liệu của đơn vị:"
    return f"{opening} {words.enumeration(said)}." if said else ""


def _figures(subject: Subject, issue: Issue, found: Revision) -> Table | None:
    if not found.changed:
        return None
    answered = any(row[0] == "BC-01" and row[3] not in ("", "0") for row in issue.figures)
    shown = []
    for at, change in enumerate(found.changed, 1):
        old, new = _result(change.old, answered), _result(change.new, subject.reported)
        title = INDICATORS[change.indicator_id].title if change.indicator_id in INDICATORS else ""
        cells = (_told(change, change.old, old), _told(change, change.new, new), _difference(old, new))
        name = f"{change.indicator_id}. {title}".rstrip(". ")
        shown.append((str(at), name, *cells, _because(subject, change.indicator_id, found)))
    return table(
        "Số liệu thay đổi",
        (
            NUMBER,
            Column("Chỉ số", "left", 2.6),
            Column("Lần ban hành trước", "right", 1.5),
            Column("Lần này", "right", 1.5),
            Column("Tăng (+), giảm (–)", "right", 1.1),
            Column("Do", "left", 2.4),
        ),
        shown=shown,
        data=(("indicator_id", "column", "old", "new"), _cells(found.changed)),
        limit=len(shown),
        note="Tỷ lệ so sánh bằng điểm phần trăm.",
        name="phu-luc-5-so-lieu-thay-doi",
    )


def _cells(changes: Sequence[FigureChange]) -> list[tuple[str, ...]]:
    """Every differing cell of the two results tables, as exact texts."""
    return [
        (change.indicator_id, name, change.old.get(name, ""), change.new.get(name, ""))
        for change in changes
        for name in change.columns
    ]


def _result(row: Mapping[str, str], answered: bool) -> Result | None:
    """The figure of a row of texts; ``None`` for an indicator that is not in the table, or no longer in the kit."""
    if not row or row["indicator_id"] not in INDICATORS:
        return None
    numbers = {name: row[name] or None for name in _NUMBERS}
    return Result.from_row({**row, **numbers}, answered=answered)


def _told(change: FigureChange, row: Mapping[str, str], result: Result | None) -> str:
    """A figure with its counts, and beneath it what else of it changed: target, status, remark."""
    if result is None:
        return words.capitalised(row.get("value", "")) or "–"
    lines = [words.capitalised(result.full)]
    differs = set(change.columns) if change.old and change.new else set()
    if "target" in differs:
        lines.append(f"Chỉ tiêu: {limit_words(result, result.target) or 'không đặt'}")
    if "target_national" in differs:
        lines.append(f"Mức của Đề án: {limit_words(result, result.target_national) or 'không có'}")
    if "status" in differs and result.status in _JUDGED:
        lines.append(STATUS_WORDS[result.status])
    if "status_national" in differs and result.status_national in _JUDGED:
        lines.append(f"So với Đề án: {STATUS_WORDS[result.status_national].lower()}")
    if "note" in differs and result.note:
        lines.append(f"({result.note})")
    return "\n".join(lines)


def _difference(old: Result | None, new: Result | None) -> str:
    if old is None or new is None:
        return "chỉ số mới" if old is None else "không còn tính"
    if old.value is None and new.value is None:
        return "–"
    if old.value is None or new.value is None:
        return "mới có số liệu" if old.value is None else "không còn số liệu"
    change = new.value - old.value
    if not change:
        return "0"
    unit = {"%": " điểm\u00a0%", "days": " ngày"}.get(new.indicator.unit, "")
    return f"{'+' if change > 0 else '–'}{_amount(abs(change))}{unit}"


def _amount(change: Fraction) -> str:
    """As many decimals as it takes to see a change at all."""
    told = (words.number(change, decimals=decimals) for decimals in (1, 2, 4, 8))
    return next((text for text in told if text.strip("0,.")), "rất nhỏ")


def _because(subject: Subject, indicator_id: str, found: Revision) -> str:
    behind = found.files_behind(indicator_id)
    years = [f"/{subject.period.year}/" not in change.file for change in behind]  # the plan year's files come first
    files = [_file(subject, change) for _, change in sorted(zip(years, behind, strict=True), key=lambda pair: pair[0])]
    more = len(files) - _CAUSES
    said = [f"tệp {words.some_of(files, _CAUSES, 'tệp')}" if more > 0 else f"tệp {', '.join(files)}"] if files else []
    said += [f"cập nhật {_REFERENCES[name]}" for name in found.references_behind(indicator_id)]
    said += ["thay đổi tham số của kế hoạch"] if found.params_behind(indicator_id) else []
    said += ["bộ công cụ tính theo phiên bản mới"] if found.kit and not said else []
    return words.capitalised("; ".join(said)) or "Không xác định được tệp"


def _file(subject: Subject, change: SourceChange) -> str:
    """A file as readers know it: its name, with the unit's folder and year where the name alone says too little."""
    path = PurePosixPath(change.file)
    parts = [part for part in path.parts if part != "collected"]
    years = {part for part in parts[:-1] if part.isdecimal()} - {str(subject.period.year)}
    kept = [part for part in parts[:-1] if not part.isdecimal()] if path.suffix == ".csv" else []
    year = f" (năm {min(years)})" if years else ""
    return "/".join([*kept, path.name]) + year


def _recounted(found: Revision) -> Table | None:
    if not found.recounted:
        return None
    names = ("n_records", "excluded_records")
    return table(
        "Chỉ số giữ nguyên kết quả, thay đổi số dòng số liệu",
        (
            Column("Chỉ số", "left", 3.6),
            *(Column(f"{title}, lần {when}", "right", 1) for title in ("Số dòng", "Không dùng") for when in _WHEN),
        ),
        shown=[
            (
                f"{change.indicator_id}. {INDICATORS[change.indicator_id].title}",
                *(amount(row[name] or None) for name in names for row in (change.old, change.new)),
            )
            for change in found.recounted
        ],
        data=(("indicator_id", "column", "old", "new"), _cells(found.recounted)),
        limit=len(found.recounted),
        name="phu-luc-5-so-dong-thay-doi",
    )


_WHEN = ("trước", "này")


def _files(subject: Subject, found: Revision) -> Blocks:
    if not found.sources:
        return Blocks()
    titles = {item.name: item.title for item in load_schema().collected} | {UNREAD: "tệp không đọc được"}
    rows = [
        (
            *((_unit(subject, change.file),) if subject.pooled else ()),
            _file(subject, change),
            HOW[change.how],
            "; ".join(titles.get(name, name) for name in _reading_order(change.tables, list(titles))) or "–",
        )
        for change in found.sources
    ]
    made = table(
        "Tệp số liệu thay đổi sau lần ban hành trước",
        (
            *((Column("Đơn vị", "left", 1.6),) if subject.pooled else ()),
            Column("Tệp", "left", 1.8),
            Column("Thay đổi", "left", 2.4),
            Column("Bảng có dòng thay đổi", "left", 3),
        ),
        shown=rows,
        data=(("file", "change", "tables"), [(c.file, c.how, ";".join(c.tables)) for c in found.sources]),
        limit=_FILES,
        name="phu-luc-5-tep",
    )
    return Blocks.of(made)


def _unit(subject: Subject, file: str) -> str:
    """The name of the unit that a file is of, by the file's or its folder's name."""
    path = PurePosixPath(file)
    return next((subject.names[name] for name in (path.stem, path.parent.name) if name in subject.names), "–")


def _reading_order(names: Sequence[str], order: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))
