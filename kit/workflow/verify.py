"""``kit verify``: is the file at hand the one that was issued or built, and do today's inputs still give it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import UsageError
from kit.workflow.places import Places
from kit.workflow.prepare import Prepared, prepare
from kit.workflow.reports import keys_of

if TYPE_CHECKING:
    from kit.console import Teller
    from kit.run.found import Found

ISSUED, BUILT, CHANGED, UNKNOWN = "issued", "built", "changed", "unknown"
_TABLES = {"findings": "Phát hiện", "results": "Kết quả chỉ số", "files": "Tệp đã gửi"}
_TABLES |= {"series": "Số liệu các kỳ trước"}


@dataclass(frozen=True)
class VerifyOutcome:
    """What a file is (``issued``, ``built``, ``changed``, ``unknown``), of which report, which inputs changed since.

    ``inputs`` are Vietnamese phrases, none when today's inputs still give the file.
    """

    path: Path
    status: str
    report: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    wrong: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 for the issued or built file that today's inputs still give, else 1."""
        return int(self.status in (CHANGED, UNKNOWN) or bool(self.inputs))

    def to_json(self) -> dict[str, Any]:
        """The document of ``kit verify --json``."""
        told = {"path": self.path.as_posix(), "status": self.status, "report": dict(self.report) or None}
        told |= {"file": self.name, "wrong": self.wrong, "changed_inputs": list(self.inputs)}
        return {**told, "current": self.status in (ISSUED, BUILT) and not self.inputs, "exit_code": self.exit_code}


def verify(path: Path, places: Places, *, tell: Teller) -> VerifyOutcome:
    """Compare a file, or all files of a report's folder, with the manifests at hand, then its inputs with today's.

    Raises ``UsageError``: there is no such file or folder.
    """
    from kit.run.found import find_manifest

    if not path.exists():
        raise UsageError(f"There is no file or folder '{path}'.")
    found = find_manifest(path, places.out)
    if found is None:
        return VerifyOutcome(path, UNKNOWN)
    report = found.report
    made = prepare(report["period"], places, tell=tell)
    status = CHANGED if found.wrong else ISSUED if _is_issued(found, made) else BUILT
    inputs = _changed(found, made, issued=status == ISSUED)
    return VerifyOutcome(path, status, report, found.name, found.wrong, tuple(inputs))


def _is_issued(found: Found, made: Prepared) -> bool:
    """True for a report whose data are those of the approved issue with its number."""
    from kit.run.issued import issue

    report = found.report
    if "unit" not in report:
        return False
    approved = issue(made.places.data_folder, report["period"], report["unit"], number=report["issue"])
    return bool(approved) and approved.get("data") == found.manifest["inputs"]["data"]


def _changed(found: Found, made: Prepared, *, issued: bool) -> list[str]:
    """What today's inputs differ in, as phrases; an issued report is a matter of its data alone."""
    from kit.digests import key_digest
    from kit.run.keys import changed_inputs
    from kit.run.manifest import made_by_this_kit

    then, kit = found.manifest["inputs"], [] if made_by_this_kit(found.manifest) else ["phiên bản bộ công cụ"]
    unit = found.report.get("unit")
    if unit is None:
        same = then["data"] == key_digest(made.key)
        return ([] if same else ["số liệu, tham số hoặc bộ công cụ"]) + kit
    keys = keys_of(made)
    if unit not in keys.units:
        return [f"{unit} không còn trong danh sách đơn vị của kỳ"]
    now = keys.inputs(unit)
    told: list[str] = []
    for name in changed_inputs(then, now):
        told += _phrases(name, then, now) if name == "data" or not issued else []
    return told + ([] if issued else kit)


def _phrases(name: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    from kit.run.keys import differing
    from kit.schema.load import load_schema

    if name != "data":
        return [{"notebook": "sổ tay lập báo cáo", "issued": "các lần ban hành"}[name]]
    units, tables = (differing(then.get(part, {}), now[part]) for part in ("units", "tables"))
    schema = load_schema().tables
    titles = [_TABLES.get(table) or schema[table].title for table in tables]
    told = [f"số liệu của {', '.join(units[:10])}{' …' if len(units) > 10 else ''}"] if units else []
    return [*told, *([f"bảng {', '.join(titles)}"] if titles else [])] or ["tham số của Kế hoạch"]
