"""What the returned workbook says about a cell, a sheet or a file: the record that ``kit.validation.advice`` fills."""

from __future__ import annotations

from dataclasses import dataclass

SEVERITY_WORDS = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}
RANK = {severity: rank for rank, severity in enumerate(SEVERITY_WORDS)}


@dataclass(frozen=True)
class Address:
    """A place in the file sent: ``row`` as Excel shows it (``None``: no row), ``column`` its letter (or blank)."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    table: str = ""
    field: str = ""

    def __str__(self) -> str:
        where = self.sheet or self.file.rpartition("/")[2]
        return f"{where}!{self.column}{self.row}" if self.row else where


@dataclass(frozen=True)
class Remark:
    """One finding in words: ``found`` what is wrong, ``allowed`` what may stand there, ``action`` what to do."""

    address: Address
    severity: str
    title: str
    found: str
    action: str
    allowed: str = ""
    value: str = ""
    column_title: str = ""
    rows_named: bool = False  # ``found`` names other rows of the same sheet ("dòng 5")
