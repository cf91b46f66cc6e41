"""``kit receive``: files as they arrive, any name → ``collected/<year>/<unit>``; earlier versions kept, logged."""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import UsageError
from kit.run.files import WriteError
from kit.workflow.places import Places
from kit.workflow.receipts import Receipt, ReceiptOutcome
from kit.workflow.receive_files import append_to_log, keep_copy, put_in_place, require_log

if TYPE_CHECKING:
    from kit.collect.inbox_plan import Desk, Step
    from kit.console import Teller

_NOT_WRITTEN = (
    "Không ghi được vào thư mục dữ liệu ({name}). Đề nghị đóng tệp nếu đang mở, kiểm tra quyền ghi và dung lượng ổ đĩa "
    "rồi nhận lại."
)


@dataclass(frozen=True)
class ReceiptRequest:
    """What ``kit receive`` was asked: ``years`` wanted (none: the newest one at hand), ``by`` whom (blank: OS user)."""

    paths: tuple[Path, ...]
    years: tuple[int, ...] = ()
    by: str = ""
    dry_run: bool = False
    force: bool = False


def receive(request: ReceiptRequest, places: Places, *, tell: Teller) -> ReceiptOutcome:
    """Put files where they belong; one that fails does not stop the others. Raises ``UsageError`` (a missing path)."""
    from kit.run.lock import hold

    if request.dry_run:
        return _receive(request, places, tell=tell)
    with hold(places.data_folder / "received", "kit receive"):  # two at once would number earlier versions alike
        return _receive(request, places, tell=tell)


def _receive(request: ReceiptRequest, places: Places, *, tell: Teller) -> ReceiptOutcome:
    from kit.collect.inbox import open_parcels
    from kit.collect.inbox_plan import RECEIVE, plan_receipt
    from kit.schema.load import load_schema

    data, schema = places.data_folder, load_schema()
    desk = _desk(request, data)
    tell.step("Reading files")
    try:
        parcels = open_parcels(request.paths, data, schema)
    except FileNotFoundError as error:
        raise UsageError(f"There is no file or folder '{error}'.") from None
    steps = plan_receipt(parcels, desk)
    log = data / "received" / "log.csv"
    if not request.dry_run and any(step.action == RECEIVE for step in steps):
        require_log(log)
    office = _Office(data, desk, log, request.by or _user(), dry_run=request.dry_run)
    return ReceiptOutcome(tuple(office.settle(step) for step in steps), request.dry_run)


def _desk(request: ReceiptRequest, data: Path) -> Desk:
    from kit.collect.inbox import files_at_hand
    from kit.collect.inbox_plan import Desk

    at_hand = files_at_hand(data)
    newest = max((year for _, year in at_hand), default=0)
    years = frozenset(request.years) or frozenset({newest} - {0})
    return Desk(_known_units(data), years, at_hand, data / "collected", force=request.force)


def _known_units(data: Path) -> Mapping[str, str]:
    """Units of the office's list by match key; only ids that are fit to be file names."""
    from kit.collect.read import read_reference
    from kit.collect.text import match_key
    from kit.schema.load import load_schema

    schema = load_schema()
    shape = re.compile(schema.tables["units"].field("unit_id").pattern or "[A-Z0-9][A-Z0-9-]{1,19}")
    units = read_reference(data, schema).frames["units"]
    ids = [str(value).strip().upper() for value in units["unit_id"]] if "unit_id" in units else []
    known = {match_key(unit): unit for unit in ids if shape.fullmatch(unit)}
    if not known:
        raise UsageError("There is no unit in data/reference/units.csv; list the units first.")
    return known


def _user() -> str:
    try:
        return getpass.getuser()
    except Exception:  # no user name in the environment and no user database: the log says so
        return "không rõ"


@dataclass(frozen=True)
class _Office:
    """Where files are put, and in whose name."""

    data: Path
    desk: Desk
    log: Path
    by: str
    dry_run: bool

    def settle(self, step: Step) -> Receipt:
        """Do what was decided on one parcel."""
        from kit.collect.inbox_plan import RECEIVE, UNREADABLE

        receipt = Receipt(step.parcel.name, step.action, step.reason, step.unit_id)
        if step.action == UNREADABLE:
            return replace(receipt, unit_id=step.parcel.unit_id, reason=_told(step))
        if step.action != RECEIVE:
            return receipt
        target = self.desk.place(step)
        placed = target.relative_to(self.data).as_posix()
        earlier = {
            old: _kept_as(self.data, step, at) for at, old in enumerate(step.earlier.paths if step.earlier else ())
        }
        kept = ", ".join(path.relative_to(self.data).as_posix() for path in earlier.values())
        receipt = replace(receipt, placed=placed, kept=kept)
        return receipt if self.dry_run else self._place(step, receipt, target, earlier=earlier)

    def _place(self, step: Step, receipt: Receipt, target: Path, *, earlier: Mapping[Path, Path]) -> Receipt:
        from kit.collect.inbox import content_of, digest_of
        from kit.collect.inbox_plan import REFUSE

        try:
            content = content_of(step.parcel.path)
            if digest_of(content) != step.parcel.digest:
                reason = "Tệp thay đổi trong khi nhận. Đề nghị đóng tệp rồi nhận lại."
                return replace(receipt, action=REFUSE, reason=reason, placed="", kept="")
            for old, copy in earlier.items():
                keep_copy(old, copy)
            put_in_place(target, content, step.parcel, list(earlier))
        except (OSError, WriteError) as error:
            named = getattr(error, "filename", None) or target
            reason = _NOT_WRITTEN.format(name=Path(named).name)
            return replace(receipt, action=REFUSE, reason=reason, placed="", kept="")
        append_to_log(self.log, receipt, step, by=self.by)
        return receipt


def _told(step: Step) -> str:
    """What the catalogue of findings says of a file that cannot be read."""
    from kit.schema.load import load_schema
    from kit.validation.findings import load_catalogue

    problem = step.parcel.problem
    args = {"value": problem.value, "title": "", "table_title": "", **problem.args}
    return load_catalogue(load_schema()).message(problem.code, args)


def _kept_as(data: Path, step: Step, at: int) -> Path:
    """The first free number under ``received/<year>/<unit>/`` for an earlier version."""
    folder = data / "received" / str(step.year) / step.unit_id
    taken = [int(path.stem) for path in folder.iterdir() if path.stem.isdigit()] if folder.is_dir() else []
    return folder / f"{max(taken, default=0) + 1 + at}{step.earlier.paths[at].suffix.lower()}"
