"""What ``kit verify`` prints: one paragraph for the office, or one JSON document."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from kit.console import visible

if TYPE_CHECKING:
    from kit.workflow.verify import VerifyOutcome

_WHAT = {
    "issued": "ĐÚNG bản đã ban hành",
    "built": "ĐÚNG bản dự thảo do bộ công cụ lập",
    "changed": "KHÔNG đúng bản đã lập",
    "unknown": "KHÔNG rõ nguồn gốc",
}


def print_verify(outcome: VerifyOutcome, *, as_json: bool) -> None:
    """Print what the file is and whether today's inputs still give it."""
    if as_json:
        json.dump(outcome.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    print(visible(f"{outcome.path.name}: {_WHAT[outcome.status]}. {' '.join(_sentences(outcome))}"))


def _sentences(outcome: VerifyOutcome) -> list[str]:
    if outcome.status == "unknown":
        return ["Không có báo cáo nào trong thư mục báo cáo có tệp này; tệp đã bị sửa hoặc được lập ở nơi khác."]
    told = [_whose(outcome)]
    if outcome.status == "changed":
        name = outcome.wrong.removesuffix(" was changed").removesuffix(" is missing")
        told.append(f"Tệp {name} {'bị thiếu' if outcome.wrong.endswith('missing') else 'đã bị sửa sau khi lập'}.")
    if outcome.inputs:
        return [*told, f"Đầu vào hôm nay đã khác so với khi lập: {'; '.join(outcome.inputs)}."]
    return [*told, "Đầu vào hôm nay vẫn cho đúng kết quả này."]


def _whose(outcome: VerifyOutcome) -> str:
    report = outcome.report
    if "unit" not in report:
        return f"Tệp chung của kỳ {report['period']}."
    edition = ", bản công khai" if report["edition"] == "public" else ""
    renamed = f" (tên khi lập: {outcome.name})" if outcome.name not in ("", outcome.path.name) else ""
    return f"Báo cáo của {report['unit']}, kỳ {report['period']}, lần {report['issue']}{edition}{renamed}."
