"""What ``kit receive`` hands to its door: what became of each file, and the exit code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """What became of one parcel; places are relative to the data folder."""

    name: str
    action: str
    reason: str = ""
    unit_id: str = ""
    placed: str = ""
    kept: str = ""


@dataclass(frozen=True)
class ReceiptOutcome:
    """All receipts, in the order of unit and age."""

    receipts: tuple[Receipt, ...]
    dry_run: bool = False

    def count(self, action: str) -> int:
        """Number of receipts with that action."""
        return sum(receipt.action == action for receipt in self.receipts)

    @property
    def exit_code(self) -> int:
        """3 when a file cannot be read, else 1 when one was refused, else 0 (contracts.md)."""
        return 3 if self.count("unreadable") else 1 if self.count("refused") else 0

    @property
    def summary(self) -> str:
        """One Vietnamese sentence with the counts."""
        done = "Sẽ nhận" if self.dry_run else "Đã nhận"
        text = f"{done} {self.count('received')} tệp; {self.count('same')} tệp đã có, không đổi"
        for action, words in (("refused", "từ chối"), ("unreadable", "không đọc được"), ("passed", "bỏ qua")):
            text += f"; {words} {self.count(action)} tệp" if self.count(action) else ""
        return text + "."
