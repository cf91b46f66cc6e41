"""What the command line prints for the office: what arrived and where it went; who has sent and who has not."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kit.console import visible

if TYPE_CHECKING:
    from kit.workflow.approve import Approval
    from kit.workflow.receipts import ReceiptOutcome
    from kit.workflow.status import StatusOutcome

_ACTIONS = {
    "received": "ĐÃ NHẬN",
    "same": "ĐÃ CÓ",
    "refused": "TỪ CHỐI",
    "unreadable": "KHÔNG ĐỌC ĐƯỢC",
    "passed": "BỎ QUA",
}


def _say(text: str = "") -> None:
    print(visible(text))


def print_receipts(outcome: ReceiptOutcome) -> None:
    """Print one paragraph per file, then the counts."""
    for receipt in outcome.receipts:
        action = "SẼ NHẬN" if outcome.dry_run and receipt.action == "received" else _ACTIONS[receipt.action]
        text = receipt.reason or (f"→ {receipt.placed}" if receipt.placed else "giống tệp đang có, không cần làm gì.")
        if receipt.kept:
            text += f" (bản trước giữ ở {receipt.kept})"
        _say(f"{action:<14} {receipt.name}: {text}")
    _say(outcome.summary)


def print_approval(approval: Approval) -> None:
    """Print what was approved and where its files are kept."""
    issue = approval.issue
    again = f", lần ban hành thứ {issue.issue}" if issue.issue > 1 else ""
    _say(f"ĐÃ BAN HÀNH  {approval.unit_name} ({issue.unit_id}), kỳ {issue.period}{again}: {issue.name}")
    _say(f"  Các tệp đã ban hành giữ ở {approval.kept.as_posix()}")
    for remark in approval.remarks:
        _say(f"  {remark}")


def print_status(outcome: StatusOutcome, *, reminders: Path | None, as_json: bool) -> None:
    """Print how a period stands, or one JSON document."""
    if as_json:
        json.dump(outcome.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    from kit.report import words

    period = outcome.data.period
    day = words.short_date(outcome.today)
    _say(f"{words.period_title(period)} ({words.span(period)}), tính đến ngày {day}")
    _print_rates(outcome)
    _print_units(outcome)
    _print_files(outcome)
    _print_reports(outcome)
    _print_rebuild(outcome)
    if reminders:
        _say(f"Đã ghi {len(outcome.reminders)} tin nhắn đôn đốc vào {reminders.name}.")
    elif outcome.reminders:
        _say(f"{len(outcome.reminders)} đơn vị cần đôn đốc; thêm --reminders TỆP để ghi tin nhắn soạn sẵn.")


def _print_rates(outcome: StatusOutcome) -> None:
    from kit.report import words

    _say("\nTỷ lệ gửi báo cáo (BC-01) và gửi đúng hạn (BC-02)")
    for row in outcome.rates.to_dict("records"):
        sent, on_time, expected = (int(row[name]) for name in ("sent", "on_time", "expected"))
        shares = f"{words.share(sent, expected)}; đúng hạn {words.share(on_time, expected)}"
        _say(f"  {row['unit_id']:<12} {row['name']}: {shares}")


def _print_units(outcome: StatusOutcome) -> None:
    from kit.report import words
    from kit.report.status import REASONS, STATES

    _say("\nTừng đơn vị")
    for row in outcome.units.to_dict("records"):
        due, late = words.short_date(row["deadline"]), " QUÁ HẠN" if row["overdue"] else ""
        state = REASONS.get(row["reason"]) or f"{STATES[row['state']]} ({words.short_date(row['sent_date'])})"
        counts = [f"{row[name]} {told}" for name, told in (("errors", "lỗi"), ("warnings", "cảnh báo")) if row[name]]
        found = f"; {', '.join(counts)}" if counts else ""
        _say(f"  {row['unit_id']:<12} {row['name']}: {state}, hạn {due}{late}{found}")


def _print_files(outcome: StatusOutcome) -> None:
    from kit.report.returns import UNIT_STATES

    if len(outcome.unreadable):
        _say("\nTệp không đọc được")
    for row in outcome.unreadable.to_dict("records"):
        _say(f"  {row['file']}: {row['message']}")
    if len(outcome.others):
        _say("\nTệp của đơn vị không thuộc diện gửi kỳ này")
    for row in outcome.others.to_dict("records"):
        _say(f"  {row['file']}: {UNIT_STATES[row['unit_state']].format(receiver=row['receiver'] or '–')}")


def _print_reports(outcome: StatusOutcome) -> None:
    """How many reports are drafts, and one line for each that was approved."""
    from kit.report.issues import CHANGED, DRAFT, ISSUED, STATES, UNREADABLE

    units = outcome.data.units
    count = Counter(state.kind for state in outcome.reports.values())
    told = [f"{count[kind]} {STATES[kind].lower()}" for kind in (ISSUED, CHANGED, UNREADABLE, DRAFT) if count[kind]]
    absent = len(units) - count.total()
    _say(f"\nBáo cáo của {len(units)} đơn vị: {', '.join(told + [f'{absent} chưa lập'] * bool(absent))}")
    for unit, name in zip(units["unit_id"], units["name"], strict=True):
        if (state := outcome.reports.get(unit)) and state.kind != DRAFT:
            _say(f"  {unit:<12} {name}: {state.text}")


def _print_rebuild(outcome: StatusOutcome) -> None:
    by_reason: dict[str, list[str]] = {}
    for unit, reason in outcome.rebuild.items():
        by_reason.setdefault(reason, []).append(unit)
    total = len(outcome.data.scope.tree.units)
    _say(f"\n`kit run {outcome.data.period.code}` sẽ lập lại {len(outcome.rebuild)}/{total} báo cáo")
    for reason, units in by_reason.items():
        more = f" … (+{len(units) - 10})" if len(units) > 10 else ""
        _say(f"  {reason}: {', '.join(units[:10])}{more}")
